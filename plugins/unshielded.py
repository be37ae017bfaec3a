"""A method: what primary beams would give if no barrier stood in their way. An upper bound to compare others with.

K = sum over protocols of n Q Y U / d^2, n exposures a week, Q their charge (mAs), Y the declared tube output
(mGy m2/mAs), U the use factor of the beam, d the distance from its focus (m). Air kerma in mGy per week.
"""

from collections.abc import Iterator, Mapping
from math import dist
from typing import Any

from shieldcalc.errors import PluginError
from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.design import Beam, Output, Protocol, Source
from shieldcalc.model.result import Component, Doses, Kerma, Method, PointResult, Result
from shieldcalc.model.scene import Point, Scene
from shieldcalc.model.trace import equation, evaluate

shieldcalc_api = 1
WEEKS_PER_YEAR = 50


@equation("K", "n*Q*Y*U/d**2", "mGy/week", "inverse square law")
def unshielded_kerma(n: float, Q: float, Y: float, U: float, d: float) -> float:
    """Return the weekly air kerma of one protocol in one beam direction."""
    return n * Q * Y * U / d**2


def compute(scene: Scene, points: tuple[Point, ...], options: Mapping[str, Any]) -> Result:  # noqa: ARG001
    """Return the unshielded weekly air kerma at the fixed points."""
    return Result(
        method=METHOD.name,
        title=METHOD.title,
        reference=METHOD.reference,
        points=tuple(_at(scene, point) for point in points),
        barriers=(),
        tables=(),
    )


def _at(scene: Scene, point: Point) -> PointResult:
    parts = tuple(part for source in scene.sources for part in _components(source, point))
    week = sum(part.kerma.week_mGy for part in parts)
    return PointResult(point=point, doses=_doses(week, point.beyond.occupancy), components=parts)


def _components(source: Source, point: Point) -> Iterator[Component]:
    for beam in source.beams:
        for protocol in source.protocols:
            if protocol.beam in (None, beam.id) and protocol.charge_mAs is not None:
                yield _component(source, beam, protocol, point)


def _component(source: Source, beam: Beam, protocol: Protocol, point: Point) -> Component:
    d = dist(beam.focus, point.position)
    inputs = {
        "n": (protocol.per_week, "1/week"),
        "Q": (protocol.charge_mAs or 0.0, "mAs"),
        "Y": (_output(source, protocol).mGy_m2_per_mAs, "mGy m2/mAs"),
        "U": (beam.use_factor if protocol.beam is None else 1.0, ""),
        "d": (d, "m"),
    }
    step = evaluate(unshielded_kerma, inputs, label=protocol.id)
    kerma = Kerma(beam_on_uGy_per_h=None, hour_uGy=None, week_mGy=step.value)
    return Component(
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


def _output(source: Source, protocol: Protocol) -> Output:
    for output in source.outputs:
        if output.kv == protocol.kv:
            return output
    words = f"source {source.id} declares no output at {protocol.kv:g} kV"
    raise PluginError("plugin_says", plugin=METHOD.name, words=words)


def _doses(week: float, occupancy: float) -> Doses:
    return Doses(
        air_kerma_beam_on_uGy_per_h=None,
        air_kerma_hour_uGy=None,
        air_kerma_week_mGy=week,
        air_kerma_week_occupied_mGy=week * occupancy,
        air_kerma_year_mGy=week * occupancy * WEEKS_PER_YEAR,
        air_kerma_year_full_occupancy_mGy=week * WEEKS_PER_YEAR,
        h10_beam_on_uSv_per_h=None,
        h10_hour_uSv=None,
        h10_week_mSv=week,
        h10_year_mSv=week * occupancy * WEEKS_PER_YEAR,
        h10_year_full_occupancy_mSv=week * WEEKS_PER_YEAR,
    )


METHOD = Method(
    name="unshielded",
    title="Primary beams without any barrier",
    reference="inverse square law",
    valid_for=("radiography", "chest"),
    compute=compute,
)


@hookimpl
def register_methods() -> list[Method]:
    """Return the one method of this file."""
    return [METHOD]
