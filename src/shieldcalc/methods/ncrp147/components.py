"""What one point receives: every component with its formulas, and the sums in every dose quantity."""

from collections.abc import Iterable, Sequence
from math import dist

from shieldcalc.errors import Notice
from shieldcalc.methods.ncrp147 import equations
from shieldcalc.methods.ncrp147.design_goals import h10_per_air_kerma
from shieldcalc.methods.ncrp147.scene_field import Field, passed
from shieldcalc.methods.ncrp147.scene_terms import Term
from shieldcalc.methods.ncrp147.values import value
from shieldcalc.model.design import Contribution, Layer, Xyz
from shieldcalc.model.result import Component, Doses, Kerma, PointResult
from shieldcalc.model.scene import Point
from shieldcalc.model.trace import Step, equation, evaluate

CONTRIBUTION = "other"
_SUM = "sum of all components, other contributions as declared"


@equation("H10_total", "h * K + H_other", "uSv/h", f"ICRP Publication 74 (1996); {_SUM}")
def with_contributions(h: float, K: float, H_other: float) -> float:
    """Return the ambient dose equivalent of this room's air kerma together with what others are declared to give."""
    return h * K + H_other


def point_result(field: Field, point: Point) -> tuple[PointResult, tuple[str, ...], dict[int, Term]]:
    """Return the doses at one point with all components, the tables used, and the term behind each component."""
    found: list[Component] = []
    terms: dict[int, Term] = {}
    notices: list[Notice] = []
    tables: list[str] = []
    for term in field.terms:
        if term.gain(point.position):
            component, said, used = _component(field, term, point.position)
            terms[len(found)] = term
            found.append(component)
            notices += said
            tables += used
    others = [_declared(each) for each in point.beyond.other_contributions]
    notices += _incomplete(point)
    week, hour, beam_on = _sums(field, found)
    doses, steps = doses_at(point, (week, hour, beam_on))
    distinct = tuple({(each.code, repr(each.params)): each for each in notices}.values())
    result = PointResult(point=point, doses=doses, components=(*found, *others), notices=distinct, steps=steps)
    return result, tuple(dict.fromkeys(tables)), terms


def _component(field: Field, term: Term, position: Xyz) -> tuple[Component, tuple[Notice, ...], tuple[str, ...]]:
    gain = term.gain(position)
    d = min(dist(start, position) for start in term.starts)
    stack, crossed = _weakest(field, term, position)
    through = passed(term, stack)
    by_quantity = {name: formula(d, gain, through.transmission) for name, formula in term.formulas.items()}
    bare = {name: amount * gain / d**2 for name, amount in term.amounts.items()}
    last = {name: steps[-1].value for name, steps in by_quantity.items()}
    component = Component(
        kind=term.kind,
        source=term.source,
        beam=term.beam,
        kerma=_kerma(field, term, last),
        unshielded=_kerma(field, term, bare),
        distance_m=d,
        transmission=through.transmission,
        crossed=crossed,
        steps=tuple(step for steps in by_quantity.values() for step in steps),
    )
    return component, through.notices, through.tables


def _weakest(field: Field, term: Term, position: Xyz) -> tuple[tuple[Layer, ...], tuple[str, ...]]:
    """Return the stack that lets most through, of all lines of a term, and the barriers in it."""
    choices: list[tuple[tuple[Layer, ...], tuple[str, ...]]] = []
    for start in term.starts:
        choices += zip(*field.rays.stacks(field.rays.key(start, position)), strict=True)
    return max(choices, key=lambda choice: field.transmission_of(term, choice[0]))


def _kerma(field: Field, term: Term, values: dict[str, float]) -> Kerma:
    """Return the parts by quantity: None where the source's figure is missing, 0 where another component carries it."""
    unknown = field.unknown_of(term.source)
    return Kerma(
        beam_on_uGy_per_h=None if "beam_on" in unknown else values.get("beam_on", 0.0),
        hour_uGy=None if "hour" in unknown else values.get("hour", 0.0),
        week_mGy=values.get("week", 0.0),
    )


def _declared(contribution: Contribution) -> Component:
    """Return a declared contribution as a component; its sieverts count as as many grays."""
    kerma = Kerma(
        beam_on_uGy_per_h=contribution.beam_on_uSv_per_h,
        hour_uGy=contribution.hour_uSv_per_h,
        week_mGy=contribution.air_kerma_mGy_per_week,
    )
    return Component(
        kind=CONTRIBUTION,
        source=contribution.origin,
        beam="",
        kerma=kerma,
        unshielded=kerma,
        distance_m=0.0,
        transmission=None,
        crossed=(),
    )


def _incomplete(point: Point) -> list[Notice]:
    found = []
    for each in point.beyond.other_contributions:
        for key, figure in (("beam_on", each.beam_on_uSv_per_h), ("hour", each.hour_uSv_per_h)):
            if figure is None:
                shown = {"point": point.id, "origin": each.origin, "key": key}
                found.append(Notice("warnings.contribution_incomplete", shown))
    return found


def _sums(field: Field, components: Iterable[Component]) -> tuple[float, float | None, float | None]:
    """Return week, hour and beam-on sums: over beams of one source the highest rate, over sources as declared."""
    week = hour = 0.0
    rates: dict[str, dict[str, float]] = {}
    for each in components:
        week += each.kerma.week_mGy
        hour += each.kerma.hour_uGy or 0.0
        by_beam = rates.setdefault(each.source, {})
        by_beam[each.beam] = by_beam.get(each.beam, 0.0) + (each.kerma.beam_on_uGy_per_h or 0.0)
    highest = [max(by_beam.values()) for by_beam in rates.values()]
    beam_on = (sum if field.together else max)(highest) if highest else 0.0
    return week, None if "hour" in field.unknown else hour, None if "beam_on" in field.unknown else beam_on


def doses_at(point: Point, own: Sequence[float | None]) -> tuple[Doses, tuple[Step, ...]]:
    """Return every dose quantity from week (mGy), hour (uGy) and beam-on (uGy/h) of the room's own sources.

    Declared contributions are added; occupancy enters the occupied week and the year only. H*(10) is a bound by the
    largest ratio to air kerma; declared sieverts enter it as they are.
    """
    declared = point.beyond.other_contributions
    week = (own[0] or 0.0) + sum(each.air_kerma_mGy_per_week for each in declared)
    other_hour = _sum_or_none([each.hour_uSv_per_h for each in declared])
    other_rate = _sum_or_none([each.beam_on_uSv_per_h for each in declared])
    weeks, h = (value("weeks_per_year"), "1/year"), (h10_per_air_kerma(), "Sv/Gy")
    occupied = evaluate(equations.occupied_air_kerma, {"T": (point.beyond.occupancy, ""), "K": (week, "mGy/week")})
    year = evaluate(equations.yearly_air_kerma, {"weeks": weeks, "K": (occupied.value, "mGy/week")}, "with T")
    full = evaluate(equations.yearly_air_kerma, {"weeks": weeks, "K": (week, "mGy/week")}, "T = 1")
    h_week, h_year, h_full = (
        evaluate(equations.ambient_dose_equivalent, {"h": h, "K": (K, unit)}, label)
        for K, unit, label in (
            (week, "mGy/week", "week"),
            (year.value, "mGy/year", "year with T"),
            (full.value, "mGy/year", "year, T = 1"),
        )
    )
    h_hour = _h10(h, own[1], other_hour, "hour")
    h_rate = _h10(h, own[2], other_rate, "beam_on")
    doses = Doses(
        air_kerma_beam_on_uGy_per_h=_plus(own[2], other_rate),
        air_kerma_hour_uGy=_plus(own[1], other_hour),
        air_kerma_week_mGy=week,
        air_kerma_week_occupied_mGy=occupied.value,
        air_kerma_year_mGy=year.value,
        air_kerma_year_full_occupancy_mGy=full.value,
        h10_beam_on_uSv_per_h=h_rate[-1].value if h_rate else None,
        h10_hour_uSv=h_hour[-1].value if h_hour else None,
        h10_week_mSv=h_week.value,
        h10_year_mSv=h_year.value,
        h10_year_full_occupancy_mSv=h_full.value,
    )
    return doses, (occupied, year, full, *h_rate, *h_hour, h_week, h_year, h_full)


def _sum_or_none(figures: list[float | None]) -> float | None:
    return None if None in figures else sum(each or 0.0 for each in figures)


def _plus(own: float | None, other: float | None) -> float | None:
    return None if own is None or other is None else own + other


def _h10(h: tuple[float, str], own: float | None, other: float | None, quantity: str) -> tuple[Step, ...]:
    if own is None or other is None:
        return ()
    if other:
        inputs = {"h": h, "K": (own, "uGy/h"), "H_other": (other, "uSv/h")}
        return (evaluate(with_contributions, inputs, quantity),)
    if quantity == "hour":
        return (evaluate(equations.ambient_dose_equivalent_hour, {"h": h, "K_hour": (own, "uGy")}, quantity),)
    return (evaluate(equations.ambient_dose_equivalent_rate, {"h": h, "K_rate": (own, "uGy/h")}, quantity),)
