"""Rates around containers of sealed sources: at the surface, 1 m from it, 1 m from the source; the transport index."""

from collections.abc import Iterator, Mapping
from math import ceil
from typing import Literal

from shieldcalc.model.design import SealedSource, Source
from shieldcalc.model.result import ContainerRates
from shieldcalc.model.scene import Scene
from shieldcalc.model.trace import Step, equation, evaluate
from shieldcalc.photons.rules import rule
from shieldcalc.physics.gamma.emitter import Emitter
from shieldcalc.physics.gamma.sealed import EXPOSED, SHIELDED

_SOURCE = "inverse square from the centre of the source; lines behind the layers as for a point kernel"
_INDEX = "IAEA SSR-6 (Rev. 1) (2018), para. 523: highest rate in mSv/h 1 m from the surface, times 100"
ROUNDING = 9
STATES: Mapping[str, Literal["container", "shield"]] = {EXPOSED: "container", SHIELDED: "shield"}


@equation("H10_rate", "H10_rate_1 / d**2", "uSv/h", _SOURCE)
def rate_at(H10_rate_1: float, d: float) -> float:
    """Return the H*(10) rate d metres from a source that gives H10_rate_1 at 1 m."""
    return H10_rate_1 / d**2


@equation("TI", "N * H10_rate / 1000", "", _INDEX)
def index(N: float, H10_rate: float) -> float:
    """Return the transport index before it is rounded, from the rate in uSv/h at 1 m from the surface."""
    return N * H10_rate / 1000


def transport_index(unrounded: float) -> float:
    """Return the index as it is written: rounded up to the first decimal; 0.05 and less is 0 (SSR-6, para. 523)."""
    if unrounded <= rule("transport_index_zero"):
        return 0.0
    steps = 1 / rule("transport_index_step")
    return ceil(round(unrounded * steps, ROUNDING)) / steps


def containers(scene: Scene, emitters: Mapping[str, Emitter]) -> Iterator[ContainerRates]:
    """Yield the rates around each sealed source in its container, and in its shield where it has one.

    All sources of one entry count as standing in one container. None where a surface is nearer than five times the
    size of the source.
    """
    for source in scene.sources:
        if source.sealed is None or source.id not in emitters:
            continue
        for quality, way in emitters[source.id].ways.items():
            state = STATES.get(quality.component)
            if state is not None and _around(source.sealed, state):
                yield _rates(source, source.sealed, state, way.rates.h10)


def _around(sealed: SealedSource, state: str) -> bool:
    return bool(sealed.container) if state == "container" else bool(sealed.shield)


def _rates(
    source: Source, sealed: SealedSource, state: Literal["container", "shield"], h10_at_1m: float
) -> ContainerRates:
    layers = (*sealed.container, *(sealed.shield if state == "shield" else ()))
    surface = sealed.cavity_m + sum(each.thickness_mm for each in layers) / 1000
    at = [_at(source, sealed, h10_at_1m, d) for d in (surface, surface + 1)]
    from_source = _at(source, sealed, h10_at_1m, 1.0) if surface <= 1 else None
    at_rest = state == "shield" or not sealed.shield
    raw = None if at[1] is None or not at_rest else evaluate(index, _of_index(at[1].value), source.id)
    steps = tuple(step for step in (*at, from_source, raw) if step is not None)
    return ContainerRates(
        source=source.id,
        state=state,
        surface_m=surface,
        surface_uSv_per_h=_value(at[0]),
        at_1m_uSv_per_h=_value(at[1]),
        from_source_uSv_per_h=_value(from_source),
        transport_index=None if raw is None else transport_index(raw.value),
        steps=steps,
    )


def _of_index(rate: float) -> dict[str, tuple[float, str]]:
    return {"N": (rule("transport_index_factor"), "h/mSv"), "H10_rate": (rate, "uSv/h")}


def _at(source: Source, sealed: SealedSource, h10_at_1m: float, d: float) -> Step | None:
    if d < rule("point_sizes") * (sealed.size_m or 0.0):
        return None
    return evaluate(rate_at, {"H10_rate_1": (h10_at_1m, "uSv/h"), "d": (d, "m")}, source.id)


def _value(step: Step | None) -> float | None:
    return None if step is None else step.value
