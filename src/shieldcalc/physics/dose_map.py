"""One dose quantity on a plane through a room: a grid of values, and the limits that the law sets on that quantity."""

import re
from collections.abc import Callable, Iterable

from shieldcalc import plugins
from shieldcalc.errors import ShieldcalcError, UnknownNameError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.dose_map import DoseMap, Limit, Plane
from shieldcalc.model.scene import Scene
from shieldcalc.plugin_raised import NO_DOSE
from shieldcalc.units import parse

QUANTITIES = {
    "h10_beam_on_uSv_per_h": "uSv/h",
    "h10_hour_uSv": "uSv",
    "h10_week_mSv": "mSv",
    "h10_year_full_occupancy_mSv": "mSv",
    "air_kerma_beam_on_uGy_per_h": "uGy/h",
    "air_kerma_hour_uGy": "uGy",
    "air_kerma_week_mGy": "mGy",
    "air_kerma_year_full_occupancy_mGy": "mGy",
}
_WITH_OCCUPANCY = {
    "h10_year_full_occupancy_mSv": "h10_year_mSv",
    "air_kerma_week_mGy": "air_kerma_week_occupied_mGy",
    "air_kerma_year_full_occupancy_mGy": "air_kerma_year_mGy",
}
CHECKED = 6  # nodes a side at which an approximate dose is computed in full
BESIDE_M = 2.0  # how far a map reaches beyond the outer faces of the room
Axis = tuple[float, ...]
Values = tuple[tuple[float | None, ...], ...]
_PLANE = re.compile(r"\s*([xyz])\s*=\s*(.+)")


class MapError(ShieldcalcError):
    """A map that cannot be drawn: a plane that misses the room, a quantity that the file does not say."""


def plane_of(text: str) -> Plane:
    """Return the plane written as "z=1 m", "x=2.5 m" or "y=30 cm"; raises MapError or UnitError for anything else."""
    found = _PLANE.fullmatch(text)
    if found is None:
        raise MapError("map_plane", value=text)
    return Plane(found[1], parse(found[2], "length") / 1000)


def dose_map(
    assessment: Assessment,
    plane: Plane,
    quantity: str | None,
    method: str | None,
    nodes: int,
    rows: Callable[[Iterable[float]], Iterable[float]] = iter,
) -> DoseMap:
    """Return one quantity on a plane, with T = 1 and without declared contributions.

    ``quantity`` is a field of Doses, by default the first that the law limits in this room and the file says;
    ``method`` one of those of the assessment, by default its first. ``rows`` may watch the rows pass. Raises MapError
    for a plane that misses the room, a quantity that is not known and a method without doses, UnknownNameError for
    names.
    """
    result = _method(assessment, method)
    _refuse_without_doses(assessment, result)
    known = plugins.method(result)
    if known.dose_field is None:
        raise MapError("map_method", method=result)
    us, vs = _grid(assessment.scene, plane, nodes)
    chosen = quantity or _default(assessment, result)
    if chosen not in QUANTITIES:
        raise UnknownNameError("quantity of a map", chosen, QUANTITIES)
    at = known.dose_field(assessment.scene, chosen)
    if at is None:
        raise MapError("map_unknown", quantity=chosen, method=result)
    ahead = getattr(at, "ahead", None)

    def row(v: float) -> tuple[float | None, ...]:
        places = [plane.place(u, v) for u in us]
        if ahead is not None:
            ahead(places)
        return tuple(map(at, places))

    values = tuple(row(v) for v in rows(vs))
    if all(value is None for row in values for value in row):
        raise MapError("map_unknown", quantity=chosen, method=result)
    full = getattr(at, "full", None)
    raised = None if full is None else _short_by(plane, us, vs, values, full)
    if raised is not None:
        values = _highest_about(values, 1 + raised)
    return DoseMap(plane, chosen, QUANTITIES[chosen], result, us, vs, values, _limits(assessment, chosen), raised)


def _refuse_without_doses(assessment: Assessment, method: str) -> None:
    """Raise MapError where a method gives no dose at all, as for a room that needs what a broken plugin lacks."""
    said = (each for result in assessment.results if result.method == method for each in result.notices)
    why = next((each for each in said if each.code in NO_DOSE), None)
    if why is not None:
        raise MapError("map_nothing", reason=why)


def _short_by(
    plane: Plane, us: Axis, vs: Axis, values: Values, full: Callable[[tuple[float, float, float]], float | None]
) -> float:
    """Return the largest share by which the values at some nodes, spread over the plane, fall short of the dose."""
    raised = 0.0
    rows, columns = (range(len(each) // (2 * CHECKED), len(each), max(1, len(each) // CHECKED)) for each in (vs, us))
    for i in rows:
        for j in columns:
            value, dose = values[i][j], full(plane.place(us[j], vs[i]))
            if value and dose is not None:
                raised = max(raised, dose / value - 1)
    return raised


def _highest_about(values: Values, factor: float) -> Values:
    """Return the highest of each value and those beside it, times a factor; None where there is none."""
    rows = [tuple(_highest(row[max(0, j - 1) : j + 2]) for j in range(len(row))) for row in values]
    return tuple(
        tuple(
            None if value is None else factor * (_highest([row[j] for row in rows[max(0, i - 1) : i + 2]]) or 0.0)
            for j, value in enumerate(values[i])
        )
        for i in range(len(values))
    )


def _highest(values: Iterable[float | None]) -> float | None:
    return max((each for each in values if each is not None), default=None)


def _method(assessment: Assessment, wanted: str | None) -> str:
    names = [result.method for result in assessment.results]
    if wanted is None:
        return names[0]
    if wanted not in names:
        raise UnknownNameError("method of this check", wanted, names)
    return wanted


def _default(assessment: Assessment, method: str) -> str:
    """Return the first rate or dose that the law limits here and the file says; else beam-on, else the week."""
    result = next(each for each in assessment.results if each.method == method)
    known = [name for name in QUANTITIES if all(getattr(each.doses, name) is not None for each in result.points)]
    limited = [name for name in known if _limits(assessment, name)]
    return next(iter((*limited, *known)), "h10_week_mSv")


def extent(scene: Scene) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
    """Return from where to where the map of a scene reaches in x, y and z (metres)."""
    thickest = max([0.0, *(barrier.thickness_m for barrier in scene.barriers if not barrier.outline)])
    around = thickest + BESIDE_M
    xs, ys = zip(*scene.plan, strict=True)
    slabs = {barrier.kind: barrier.thickness_m for barrier in scene.barriers if barrier.outline}
    below, above = slabs.get("floor", 0.0) + BESIDE_M, scene.height_m + slabs.get("ceiling", 0.0) + BESIDE_M
    return (min(xs) - around, max(xs) + around), (min(ys) - around, max(ys) + around), (-below, above)


def _grid(scene: Scene, plane: Plane, nodes: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
    reach = extent(scene)
    low, high = reach["xyz".index(plane.axis)]
    if not low <= plane.at_m <= high:
        raise MapError("map_misses", axis=plane.axis, value=f"{plane.at_m:g}", low=f"{low:.2f}", high=f"{high:.2f}")
    return _even(reach[plane.across], nodes), _even(reach[plane.up], nodes)


def _even(ends: tuple[float, float], nodes: int) -> tuple[float, ...]:
    low, high = ends
    return tuple(low + (high - low) * index / (nodes - 1) for index in range(nodes))


def _limits(assessment: Assessment, quantity: str) -> tuple[Limit, ...]:
    """Return the limits that the rules of this check put on the quantity, the lowest first.

    Limits with occupancy are drawn on the map without it (T = 1): on the safe side.
    """
    found: dict[float, dict[str, None]] = {}
    for finding in assessment.findings:
        for bounded in (quantity, _WITH_OCCUPANCY.get(quantity, "")):
            if finding.outcome != "not_applicable" and bounded in finding.bounds:
                found.setdefault(finding.bounds[bounded], {})[finding.rule] = None
    for reach in assessment.reaches:
        if reach.quantity == quantity:
            found.setdefault(reach.limit, {})[reach.limit_of] = None
    return tuple(Limit(value, tuple(rules)) for value, rules in sorted(found.items()))
