"""An open site: how far each limit reaches, drawn and as a table, and the people declared with their verdicts."""

from collections.abc import Iterator, Mapping

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.result import PointResult, Reach, Result
from shieldcalc.reports.blocks import Block, Cell, section, subheading, table, text, toned
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.numbers import rounded_up
from shieldcalc.reports.sections.law import tone
from shieldcalc.reports.sections.ward import decisive_of, dose_of, nearest_m
from shieldcalc.reports.words import Words

SITUATIONS = ("beam", "outside_beam", "wind_out", "at_rest")
_RATE = "h10_beam_on_uSv_per_h"
_LOOKS = (("B1", "controlled_zone"), ("B2", "supervised_zone"))


def boundaries(assessment: Assessment, words: Words, marks: Mapping[str, str], *, drawn: bool = True) -> Block:
    """Return how far each limit reaches, by the method of each result; ``drawn`` on the site's plan too."""
    blocks: list[Block] = [text(words.say("note.boundaries"))]
    for result in assessment.results:
        own = [reach for reach in assessment.reaches if reach.method == result.method]
        blocks += [subheading(words.say("method_title", title=words.citation(result.title)))]
        blocks += [_figure(assessment, words, marks, result, own)] if drawn else []
        blocks += [_table(words, own) or text(words.say("no_boundary"))]
    return section(words.say("section.boundaries"), blocks)


def _table(words: Words, own: list[Reach]) -> Block:
    names = (("limit_of", 2.2, "l"), ("dose", 1.8, "l"), ("limit", 1.3, "r"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in names]
    columns += [(words.say(f"column.reach_{name}"), 1.3, "r") for name in SITUATIONS]
    columns += [(words.say("column.status"), 1.5, "l")]
    return table(columns, _rows(words, own))


def _rows(words: Words, own: list[Reach]) -> Iterator[list[str]]:
    groups: dict[tuple[object, ...], dict[str, Reach]] = {}
    for reach in own:
        key = (reach.limit_of, reach.quantity, reach.limit, reach.worker)
        groups.setdefault(key, {})[reach.situation] = reach
    for by in groups.values():
        first = next(iter(by.values()))
        yield [
            _limit_of(words, first),
            dose_of(first, words),
            words.amount(words.shortest(first.limit), first.unit),
            *(
                words.number(rounded_up(by[name].distance_m)) if name in by else words.say("dash")
                for name in SITUATIONS
            ),
            words.say("asked_by_user") if first.force is None else words.say(f"force.{first.force}"),
        ]


def _limit_of(words: Words, reach: Reach) -> str:
    if reach.force is None:
        return visible(reach.limit_of)
    named = (visible(reach.instrument), words.article(reach.article))
    who = words.say("person.radiation_worker" if reach.worker else "person.public")
    return f"{', '.join(part for part in named if part.strip('- '))}; {who}"


def _figure(assessment: Assessment, words: Words, marks: Mapping[str, str], result: Result, own: list[Reach]) -> Block:
    """Return the site with the circles of the first rate that a boundary is wanted for.

    Outside the beam during exposures, and in the beam, which is also the circle all round while the source is bare.
    """
    from shieldcalc.reports.zone_plan import Ring, draw_zones

    people = [each.point for each in result.points if each.point.role == "user"]
    rates = [each for each in own if each.quantity == _RATE]
    found = {each.situation: each.distance_m for each in rates if each.limit == rates[0].limit}
    names = ("outside_beam", "beam") if _collimated(assessment) else ("beam",)
    pairs = zip((name for name in names if name in found), _LOOKS, strict=False)
    rings = [Ring(mark, found[name], look) for name, (mark, look) in pairs]
    drawing = draw_zones(assessment.scene, people, rings, (), marks, words.number)
    said = {"scale": drawing.scale, "limit": words.shortest(rates[0].limit) if rates else words.say("dash")}
    caption = words.say("boundaries_caption" if len(rings) > 1 else "boundary_caption", **said)
    size = {"width_mm": drawing.width_mm, "height_mm": drawing.height_mm}
    return {"type": "figure", "svg": drawing.svg, **size, "caption": caption, "alt": words.say("boundaries_alt")}


def _collimated(assessment: Assessment) -> bool:
    sealed = [source.sealed for source in assessment.design.sources if source.sealed is not None]
    return all(each.collimator is not None for source in sealed for each in source.exposures)


def people(assessment: Assessment, words: Words, marks: Mapping[str, str]) -> Block:
    """Return one row a person of each method: nearest source, tightest rule, outcome; no block where nobody is."""
    names = [("number", 0.5, "l")] if marks else []
    names += [("point", 1.7, "l"), ("place", 2.2, "l"), ("nearest_source", 1.3, "r")]
    last = (("value", 1.5, "r"), ("limit", 1.5, "r"), ("margin", 0.9, "r"), ("verdict", 1.9, "l"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, *last)]
    blocks: list[Block] = []
    for result in assessment.results:
        rows = [_person(assessment, words, marks, point) for point in declared(result)]
        blocks += [subheading(words.say("method_title", title=words.citation(result.title))), table(columns, rows)]
    return section(words.say("section.people"), blocks)


def declared(result: Result) -> list[PointResult]:
    """Return the people declared on an open site."""
    return [each for each in result.points if each.point.role == "user"]


def _person(assessment: Assessment, words: Words, marks: Mapping[str, str], point: PointResult) -> list[Cell]:
    near, found = nearest_m(point), decisive_of(assessment, point.point.id)
    value, limit = words.compared(found) if found else (words.say("dash"), words.say("dash"))
    outcome: Cell = toned(words.verdict(found.outcome, found.force), tone(found)) if found else words.say("dash")
    return [
        *([marks[point.point.id]] if marks else []),
        visible(point.point.id),
        words.beyond(point.point.beyond),
        words.say("dash") if near is None else words.number(f"{near:.2f}"),
        value,
        limit,
        words.margin(found.margin if found else None),
        outcome,
    ]
