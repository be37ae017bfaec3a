"""A ward that mobile units are brought to: its zones, drawn and as tables, and the people in it with their verdicts."""

from collections.abc import Iterator, Mapping
from math import sqrt

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Beam
from shieldcalc.model.result import Finding, PointResult, Reach, Result, Unshielded, Zone
from shieldcalc.reports.blocks import Block, Cell, bullets, facts, section, subheading, table, text, toned
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.numbers import rounded_up
from shieldcalc.reports.sections.law import tone
from shieldcalc.reports.words import STRONGEST_FIRST, Words

_WITH_T = {
    "air_kerma_week_occupied_mGy": "air_kerma_week_mGy",
    "air_kerma_year_mGy": "air_kerma_year_full_occupancy_mGy",
    "h10_year_mSv": "h10_year_full_occupancy_mSv",
}
_WORST = ("fail", "undetermined", "pass")


def zones(assessment: Assessment, words: Words, marks: Mapping[str, str], *, drawn: bool = True) -> Block:
    """Return where the zones of a ward end, by the method of each result; ``drawn`` on its plan too."""
    found = [(result, base) for result in assessment.results if (base := result.unshielded) is not None]
    blocks: list[Block] = [text(words.say("note.zones", least=words.shortest(base.least_m))) for _, base in found[:1]]
    for result, base in found:
        own = [zone for zone in assessment.zones if zone.method == result.method]
        blocks += [subheading(words.say("method_title", title=words.citation(result.title)))]
        blocks += [_figure(assessment, words, marks, result, base, own)] if drawn else []
        blocks += _tables(assessment, words, base, own)
    return section(words.say("section.zones"), blocks)


def _tables(assessment: Assessment, words: Words, base: Unshielded, own: list[Zone]) -> Iterator[Block]:
    yield text(words.say("note.zones_edges"))
    yield _edges(assessment, words, base, own)
    yield subheading(words.say("zones_table_title"))
    yield _limits(words, base, own)
    yield bullets(_protected(words, base))


def edge(zones: list[Zone], *, worker: bool) -> Zone | None:
    """Return the zone that decides for radiation workers or for everybody else; one not known decides first."""
    own = [zone for zone in zones if zone.inside and zone.worker == worker]
    return max(own, key=lambda zone: float("inf") if zone.aside_m is None else zone.aside_m, default=None)


def reach(zone: Zone | None, base: Unshielded) -> float | None:
    """Return the distance to keep aside in m, never less than the rule holds for; None where it is not known."""
    return None if zone is None or zone.aside_m is None else max(zone.aside_m, base.least_m)


def _rings(assessment: Assessment, base: Unshielded, own: list[Zone]) -> Iterator[tuple[str, float, str]]:
    """Yield mark, radius in m and look of each zone to draw."""
    looks = (("Z1", "controlled_zone", True), ("Z2", "supervised_zone", False))
    for mark, look, worker in looks:
        radius = reach(edge(own, worker=worker), base)
        if radius is not None:
            yield mark, radius, look
    kept = [source.operator.distance_m for source in assessment.design.sources if source.operator is not None]
    if kept:
        yield "Z3", min(kept), "operator_zone"


def _fans(assessment: Assessment, own: list[Zone]) -> Iterator[tuple[str, Beam, float]]:
    """Yield the primary beams that nothing stops, as far as everybody but workers stays out of them."""
    far = primary_edge(own, worker=False)
    for source in assessment.design.sources if far is not None else ():
        yield from (("Z4", beam, far) for beam in source.beams if far is not None and not beam.stopped_by_receptor)


def _figure(
    assessment: Assessment, words: Words, marks: Mapping[str, str], result: Result, base: Unshielded, own: list[Zone]
) -> Block:
    from shieldcalc.reports.zone_plan import Fan, Ring, draw_zones

    people = [each.point for each in result.points if each.point.role == "user"]
    rings = (Ring(*ring) for ring in _rings(assessment, base, own))
    fans = (Fan(*fan) for fan in _fans(assessment, own))
    drawing = draw_zones(assessment.scene, people, rings, fans, marks, words.number)
    caption = words.say("zones_caption", scale=drawing.scale)
    size = {"width_mm": drawing.width_mm, "height_mm": drawing.height_mm}
    return {"type": "figure", "svg": drawing.svg, **size, "caption": caption, "alt": words.say("zones_alt")}


def _edges(assessment: Assessment, words: Words, base: Unshielded, own: list[Zone]) -> Block:
    names = (("mark", 0.5, "l"), ("zone", 2.6, "l"), ("aside", 1.3, "r"), ("in_primary", 1.5, "r"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, ("decided_by", 2.6, "l"))]
    rows = [
        _edge_row(words, base, edge(own, worker=worker), mark, name, own, worker=worker)
        for mark, name, worker in (("Z1", "zone_controlled", True), ("Z2", "zone_free", False))
    ]
    for source in assessment.design.sources:
        if source.operator is not None:
            kept, dash = words.shortest(source.operator.distance_m), words.say("dash")
            rows.append(["Z3", words.say("zone_operator"), kept, dash, visible(source.id)])
    return table(columns, rows)


def _edge_row(
    words: Words, base: Unshielded, zone: Zone | None, mark: str, name: str, own: list[Zone], *, worker: bool
) -> list[str]:
    if zone is None:
        return [mark, words.say(name), words.say("dash"), words.say("dash"), words.say("no_zone_rule")]
    primary = primary_edge(own, worker=worker)
    return [
        mark,
        words.say(name),
        _metres(words, zone.aside_m, base),
        _in_primary(words, primary, base),
        _rule(words, zone),
    ]


def primary_edge(zones: list[Zone], *, worker: bool) -> float | None:
    """Return the largest distance from the focus in a primary beam; None where none leaves or it is not known."""
    found = [zone.primary_m for zone in zones if zone.inside and zone.worker == worker]
    known = [each for each in found if each is not None]
    return max(known) if known and len(known) == len(found) else None


def _rule(words: Words, zone: Zone) -> str:
    return ", ".join(part for part in (visible(zone.instrument), words.article(zone.article)) if part.strip("- "))


def _metres(words: Words, value: float | None, base: Unshielded) -> str:
    """Return a distance rounded up; below the least one says so."""
    if value is None:
        return words.say("unknown")
    if value < base.least_m:
        return words.say("less_than_m", value=words.shortest(base.least_m))
    return words.number(rounded_up(value))


def _in_primary(words: Words, value: float | None, base: Unshielded) -> str:
    if base.primary is None:
        return words.say("no_primary")
    return words.say("unknown") if value is None else words.number(rounded_up(value))


def _limits(words: Words, base: Unshielded, own: list[Zone]) -> Block:
    names = (("rule", 2.4, "l"), ("person", 1.4, "l"), ("dose", 1.8, "l"), ("limit", 1.3, "r"), ("aside", 1.2, "r"))
    last = (("in_primary", 1.3, "r"), ("status", 1.7, "l"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, *last)]
    return table(columns, (_limit_row(words, base, zone) for zone in own))


def _limit_row(words: Words, base: Unshielded, zone: Zone) -> list[str]:
    who = words.say("person.radiation_worker" if zone.worker else "person.public")
    return [
        _rule(words, zone),
        who,
        dose_of(zone, words),
        words.amount(words.shortest(zone.limit), zone.unit),
        _metres(words, zone.aside_m, base),
        _in_primary(words, zone.primary_m, base),
        words.say(f"force.{zone.force}"),
    ]


def dose_of(zone: Zone | Reach, words: Words) -> str:
    """Return the name of the dose of a zone or boundary, which counts full occupancy."""
    return words.say(f"dose.{_WITH_T.get(zone.quantity, zone.quantity)}")


def _protected(words: Words, base: Unshielded) -> Iterator[str]:
    for mm, found in base.protected:
        doses = found.doses
        shown = {
            "hour": _dose(words, doses.h10_hour_uSv, "uSv"),
            "week": _dose(words, doses.h10_week_mSv, "mSv"),
            "year": _dose(words, doses.h10_year_mSv, "mSv"),
        }
        yield words.say("protected", id=visible(found.point.id), value=words.shortest(mm), **shown)


def _dose(words: Words, value: float | None, unit: str) -> str:
    return words.value(value, unit)


def people(assessment: Assessment, words: Words, marks: Mapping[str, str]) -> Block:
    """Return one row a person of each method: distance, tightest rule, distance needed, outcome."""
    names = [("number", 0.5, "l")] if marks else []
    names += [("point", 1.7, "l"), ("place", 2.2, "l"), ("nearest", 1.2, "r"), ("needed", 1.2, "r")]
    last = (("value", 1.5, "r"), ("limit", 1.5, "r"), ("margin", 0.9, "r"), ("verdict", 1.9, "l"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, *last)]
    blocks: list[Block] = []
    for result in assessment.results:
        rows = [_person(assessment, words, marks, result, point) for point in declared(result)]
        blocks += [subheading(words.say("method_title", title=words.citation(result.title))), table(columns, rows)]
    return section(words.say("section.people"), [*blocks, text(words.say("note.zones_people"))])


def declared(result: Result) -> list[PointResult]:
    """Return the people of a ward: those declared and the operators."""
    return [each for each in result.points if each.point.role in ("user", "operator")]


def decisive_of(assessment: Assessment, point: str) -> Finding | None:
    """Return the dose rule that stands for a person: the worst outcome, the strongest force, the smallest margin."""
    own = [f for f in assessment.findings if f.subject == point and f.dose_rule and f.outcome in _WORST]
    return min(own, key=_rank, default=None)


def _rank(finding: Finding) -> tuple[int, int, float]:
    margin = float("inf") if finding.margin is None else finding.margin
    return _WORST.index(finding.outcome), STRONGEST_FIRST.index(finding.force), margin


def nearest_m(result: PointResult) -> float | None:
    """Return how far a person is from the nearest tube or patient in m; None where no radiation comes."""
    own = [part.distance_m for part in result.components if part.transmission is not None]
    return min(own, default=None)


def needed_m(assessment: Assessment, result: Result, point: PointResult) -> float | None:
    """Return how far this person has to be for every limit, by occupancy; None where a dose is not known."""
    rules = {f.rule for f in assessment.findings if f.subject == point.point.id and f.outcome in _WORST}
    worker = point.point.beyond.person == "radiation_worker"
    own = [z for z in assessment.zones if z.method == result.method and z.rule in rules and z.worker == worker]
    if not own or any(zone.aside_m is None for zone in own):
        return None
    T = point.point.beyond.occupancy
    return max((zone.aside_m or 0.0) * (sqrt(T) if zone.quantity in _WITH_T else 1.0) for zone in own)


def _person(
    assessment: Assessment, words: Words, marks: Mapping[str, str], result: Result, point: PointResult
) -> list[Cell]:
    dash, base = words.say("dash"), result.unshielded
    near, needed = nearest_m(point), needed_m(assessment, result, point)
    found = decisive_of(assessment, point.point.id)
    value, limit = words.compared(found) if found else (dash, dash)
    outcome: Cell = toned(words.verdict(found.outcome, found.force), tone(found)) if found else dash
    return [
        *([marks[point.point.id]] if marks else []),
        visible(point.point.id),
        words.beyond(point.point.beyond),
        dash if near is None else words.number(f"{near:.2f}"),
        dash if base is None else _metres(words, needed, base),
        value,
        limit,
        words.margin(found.margin if found else None),
        outcome,
    ]


def conditions(assessment: Assessment, words: Words) -> list[Block]:
    """Return the distances that the verdict stands on."""
    return [facts(_distances(assessment, words)), text(words.say("note.zones_condition"))]


def _distances(assessment: Assessment, words: Words) -> Iterator[tuple[str, str]]:
    for source in assessment.design.sources:
        if source.operator is not None:
            label = words.say("by_beam", beam=words.say("label.operator"), value=visible(source.id))
            yield label, f"{words.shortest(source.operator.distance_m)} m"
    for result in assessment.results[:1]:
        for point in declared(result):
            near = nearest_m(point)
            if point.point.role == "user" and near is not None:
                yield words.beyond(point.point.beyond), words.say("ward_people", value=words.number(f"{near:.2f}"))
