"""What one point receives: every component with its formulas, and the sums in every dose quantity."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.design import Contribution
from shieldcalc.model.result import Component, Doses, Kerma, PointResult, RoomShare
from shieldcalc.model.scene import Point
from shieldcalc.model.trace import Step
from shieldcalc.physics.by_methods import added
from shieldcalc.physics.field import Field, Received, Seen, tables_of
from shieldcalc.physics.rooms import Totals
from shieldcalc.physics.terms import Term

CONTRIBUTION = "other"
MISSING = tuple(
    f"warnings.{quantity}_{why}" for quantity in ("hour", "beam_on") for why in ("undetermined", "outside_data")
)

DosesAt = Callable[[Point, Sequence[float | None]], tuple[Doses, tuple[Step, ...]]]


def point_result(field: Field, point: Point, doses_at: DosesAt) -> tuple[PointResult, tuple[str, ...], dict[int, Term]]:
    """Return the doses at one point with all components, the tables used, and the term behind each own component.

    ``doses_at`` turns week (mGy), hour (uGy) and beam-on (uGy/h) of all computed sources, those of the site's other
    rooms among them, into a method's doses.
    """
    own = _parts_at(field, point)
    seen = field.seen(point.position, given=point.role != "worst")
    others = [(each, _parts_at(each.field, _from(each, point))) for each in seen]
    notices = [*own.notices, *_incomplete(point), *_left_out(field, seen, point)]
    for each, parts in others:
        notices += [*parts.notices, *_missing(each.field), *_counted(each)]
    sums: list[tuple[Seen, Totals]] = [(each, _sums(each.field, parts.components)) for each, parts in others]
    alone = _sums(field, own.components)
    alike = [(each.room, totals) for each, totals in sums if each.doses_at is None]
    doses, steps = doses_at(point, field.with_others(alone, alike))
    doses, more = added(field, point, doses, [each for each in sums if each[0].doses_at is not None])
    found = [*own.components]
    found += [replace(part, room=each.room) for each, parts in others for part in parts.components]
    found += [_declared(each) for each in point.beyond.other_contributions]
    distinct = tuple({(each.code, repr(each.params)): each for each in notices}.values())
    shares = (
        tuple(_share(*each) for each in ((field.scene.room, alone), *((each.room, own) for each, own in sums)))
        if field.others
        else ()
    )
    result = PointResult(
        point=point, doses=doses, components=tuple(found), notices=distinct, steps=(*steps, *more), rooms=shares
    )
    tables = [*own.tables, *(name for each, parts in others for name in (*_tables(each.field), *parts.tables))]
    return result, tuple(dict.fromkeys(tables)), own.terms


def _left_out(field: Field, seen: Iterable[Seen], point: Point) -> Iterator[Notice]:
    barrier = field.scene.by_id.get(point.barrier or "")
    aside = barrier is None or barrier.kind not in ("floor", "ceiling")
    yield from field.left_out(point, aside=aside)
    for each in seen:
        yield from each.field.left_out(_from(each, point), aside=aside)


def _counted(room: Seen) -> Iterator[Notice]:
    if room.method:
        yield Notice("assumptions.room_by_method", {"room": room.room, "method": room.method})


def _share(room: str, sums: Totals) -> RoomShare:
    week, hour, beam_on = sums
    return RoomShare(room=room, kerma=Kerma(beam_on_uGy_per_h=beam_on, hour_uGy=hour, week_mGy=week or 0.0))


class _Parts(NamedTuple):
    """What one room gives at a place: components, notices, tables, the term behind each component."""

    components: list[Component]
    notices: list[Notice]
    tables: list[str]
    terms: dict[int, Term]


def _from(room: Seen, point: Point) -> Point:
    """Return the point in another room's frame: a person who goes with a unit stays at a place to other rooms."""
    return replace(point, position=room.move.back(point.position), distance_m=None, worn=())


def _parts_at(field: Field, point: Point) -> _Parts:
    parts = _Parts([], [], [], {})
    for term in field.terms:
        seen = _seen(field, term, point)
        if seen is not None and seen.by.through.transmission > 0:
            component, said, used = _component(field, term, seen)
            parts.terms[len(parts.components)] = term
            parts.components.append(component)
            parts.notices.extend(said)
            parts.tables.extend(used)
    return parts


def _tables(field: Field) -> tuple[str, ...]:
    return tables_of(field.radiations, field.terms)


def _missing(field: Field) -> list[Notice]:
    """Return what another room does not say, so that a sum with it cannot be said."""
    said = (notice for each in field.radiations if each.unknown for notice in each.notices)
    return [notice for notice in said if notice.code in MISSING]


class _Seen(NamedTuple):
    """A term as a point sees it: in what direction (as gain), how far, through what."""

    gain: float
    by: Received


def _seen(field: Field, term: Term, point: Point) -> _Seen | None:
    """Return how a point sees a term, if at all; one that keeps a distance sees the most, behind what is worn."""
    if point.distance_m is not None:
        most = term.most()
        return _Seen(most, Received(point.distance_m, field.passed(term, point.worn), ())) if most else None
    gain = term.gain(point.position)
    return _Seen(gain, field.received(term, point.position)) if gain else None


def _component(field: Field, term: Term, seen: _Seen) -> tuple[Component, tuple[Notice, ...], tuple[str, ...]]:
    gain, (d, through, crossed, error) = seen
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
        integration_error=error,
    )
    return component, through.notices, through.tables


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
