"""A method: what the tubes would give if no barrier stood in their way. An upper bound to compare other methods with.

K = sum over protocols of n Q Y / d^2, every exposure taken as aimed at the point: n exposures a week, Q their charge
(mAs), Y the declared tube output (mGy m2/mAs) at their tube potential, d the distance from the nearest focus (m). Air
kerma in mGy per week. Sources without protocols are refused.
"""

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from math import dist
from typing import Any

from shieldcalc.errors import PluginError
from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.design import Protocol, Source, Xyz
from shieldcalc.model.result import BarrierResult, Component, Doses, Kerma, Method, PointResult, Result
from shieldcalc.model.scene import Barrier, Point, Scene
from shieldcalc.model.search import worst_places
from shieldcalc.model.trace import equation, evaluate
from shieldcalc.resources import data_path

__version__ = "1.0"
shieldcalc_api = 1
NAME, TITLE, REFERENCE = "unshielded", "Every exposure at the point, without any barrier", "inverse square law"
WEEKS_PER_YEAR = 50


@equation("K", "n*Q*Y/d**2", "mGy/week", REFERENCE)
def unshielded_kerma(n: float, Q: float, Y: float, d: float) -> float:
    """Return the weekly air kerma of one protocol."""
    return n * Q * Y / d**2


def compute(scene: Scene, points: tuple[Point, ...], options: Mapping[str, Any]) -> Result:  # noqa: ARG001
    """Return the unshielded weekly air kerma at the fixed points and at the worst place behind each barrier."""
    behind = {barrier.id: point for barrier in scene.barriers for point in _worst(scene, barrier)}
    return Result(
        method=NAME,
        title=TITLE,
        reference=REFERENCE,
        points=tuple(_at(scene, point) for point in (*points, *behind.values())),
        barriers=tuple(
            BarrierResult(barrier=name, points=(point.id,), lead_equivalent_mm=None, lead_equivalent_beam="")
            for name, point in behind.items()
        ),
        tables=(),
    )


def _worst(scene: Scene, barrier: Barrier) -> Iterator[Point]:
    foci = [beam.focus for source in scene.sources for beam in source.beams]
    if barrier.beyond is not None and barrier.beyond.kind != "nothing":
        found = worst_places(scene, barrier, lambda place: (_week(scene, place),), foci, ("week",))
        for place in found.values():
            yield Point(id=barrier.id, position=place, barrier=barrier.id, beyond=barrier.beyond)


def _week(scene: Scene, place: Xyz) -> float:
    return sum(part.kerma.week_mGy for source in scene.sources for part in _components(source, place))


def _at(scene: Scene, point: Point) -> PointResult:
    parts = tuple(part for source in scene.sources for part in _components(source, point.position))
    week = sum(part.kerma.week_mGy for part in parts)
    return PointResult(point=point, doses=_doses(week, point.beyond.occupancy), components=parts)


def _components(source: Source, place: Xyz) -> Iterator[Component]:
    if not (source.beams and source.protocols):
        raise PluginError("plugin_says", plugin=NAME, words=f"source {source.id} has no tube protocols")
    beam = min(source.beams, key=lambda beam: dist(beam.focus, place))
    d = dist(beam.focus, place)
    for protocol in source.protocols:
        inputs = {
            "n": (protocol.per_week, "1/week"),
            "Q": (protocol.charge_mAs or 0.0, "mAs"),
            "Y": (_output(source, protocol), "mGy m2/mAs"),
            "d": (d, "m"),
        }
        step = evaluate(unshielded_kerma, inputs, label=protocol.id)
        kerma = Kerma(beam_on_uGy_per_h=None, hour_uGy=None, week_mGy=step.value)
        yield Component(
            kind="primary",
            source=source.id,
            beam=beam.id,
            kerma=kerma,
            unshielded=kerma,
            distance_m=d,
            transmission=1.0,
            crossed=(),
            steps=(step,),
        )


def _output(source: Source, protocol: Protocol) -> float:
    for output in source.outputs:
        if output.kv == protocol.kv:
            return output.mGy_m2_per_mAs
    words = f"source {source.id} declares no output at the {protocol.kv} kV of {protocol.id}"
    raise PluginError("plugin_says", plugin=NAME, words=words)


def _doses(week: float, occupancy: float) -> Doses:
    """Return the columns of a point; rates and the busiest hour are None: this method does not say them."""
    factor = h10_per_air_kerma()
    return Doses(
        air_kerma_beam_on_uGy_per_h=None,
        air_kerma_hour_uGy=None,
        air_kerma_week_mGy=week,
        air_kerma_week_occupied_mGy=week * occupancy,
        air_kerma_year_mGy=week * occupancy * WEEKS_PER_YEAR,
        air_kerma_year_full_occupancy_mGy=week * WEEKS_PER_YEAR,
        h10_beam_on_uSv_per_h=None,
        h10_hour_uSv=None,
        h10_week_mSv=week * factor,
        h10_year_mSv=week * occupancy * WEEKS_PER_YEAR * factor,
        h10_year_full_occupancy_mSv=week * WEEKS_PER_YEAR * factor,
    )


@cache
def h10_per_air_kerma() -> float:
    """Return the bound of H*(10) over air kerma, Sv/Gy, that shieldcalc ships."""
    with open(data_path("dose", "air_kerma_to_h10.toml"), "rb") as file:
        return float(tomllib.load(file)["h10_per_air_kerma_bound"])


@hookimpl
def register_methods() -> list[Method]:
    """Return the one method of this file."""
    kinds = ("radiography", "chest", "fluoroscopy", "radiography_fluoroscopy")
    return [Method(name=NAME, title=TITLE, reference=REFERENCE, valid_for=kinds, compute=compute)]
