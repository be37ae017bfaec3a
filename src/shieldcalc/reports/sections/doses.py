"""Doses at the points: where they are, and their air kerma and H*(10) for every averaging."""

from collections.abc import Iterator, Mapping

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.result import PointResult, Result
from shieldcalc.reports.blocks import Block, section, subheading, table, text
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.sections.room import place_text
from shieldcalc.reports.words import Bounds, Words

KERMA = (
    "air_kerma_beam_on_uGy_per_h",
    "air_kerma_hour_uGy",
    "air_kerma_week_mGy",
    "air_kerma_week_occupied_mGy",
    "air_kerma_year_mGy",
    "air_kerma_year_full_occupancy_mGy",
)
H10 = (
    "h10_beam_on_uSv_per_h",
    "h10_hour_uSv",
    "h10_week_mSv",
    "h10_year_mSv",
    "h10_year_full_occupancy_mSv",
)
MODES = tuple(f"h10_beam_on_{mode}_uSv_per_h" for mode in ("fluoroscopy", "radiography", "listed_devices"))


def doses(assessment: Assessment, words: Words, marks: Mapping[str, str], barrier_marks: Mapping[str, str]) -> Block:
    """Return where the points are, and their air kerma and H*(10) for every averaging."""
    bounds = Bounds(assessment, words)
    blocks: list[Block] = [text(words.say("note.points"))]
    for result in assessment.results:
        blocks.append(subheading(words.say("method_title", title=words.citation(result.title))))
        blocks.append(_places(result, words, marks, barrier_marks))
        blocks += [_columns(result, words, marks, bounds, fields) for fields in (KERMA, H10, by_mode(result)) if fields]
    return section(words.say("section.doses"), [*blocks, text(words.say("note.h10"))])


def by_mode(result: Result) -> tuple[str, ...]:
    """Return the fields of rates of single modes that a method gives anywhere: fluoroscopy, short exposures, others."""
    found = (name for name in MODES if any(getattr(point.doses, name) is not None for point in result.points))
    return tuple(found)


def _places(result: Result, words: Words, marks: Mapping[str, str], barrier_marks: Mapping[str, str]) -> Block:
    names = (("number", 0.5, "l"), ("point", 1.8, "l"), ("position", 1.7, "l"), ("behind", 0.8, "l"))
    last = (("beyond", 2.4, "l"), ("occupancy", 0.6, "r"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, *last)]
    rows = (
        [
            marks[p.point.id],
            visible(p.point.id),
            _where(p, words),
            barrier_marks.get(p.point.barrier or "", words.say("dash")),
            words.beyond(p.point.beyond),
            words.shortest(p.point.beyond.occupancy),
        ]
        for p in result.points
    )
    return table(columns, rows)


def _where(found: PointResult, words: Words) -> str:
    """Return coordinates, or the distance that somebody keeps wherever the unit stands."""
    kept = found.point.distance_m
    if kept is None:
        return place_text(found.point.position, words)
    return words.say("operator_distance", value=words.shortest(kept))


def _columns(result: Result, words: Words, marks: Mapping[str, str], bounds: Bounds, fields: tuple[str, ...]) -> Block:
    heads = [(words.say("column.number"), 0.5, "l"), (words.say("column.point"), 1.6, "l")]
    heads += [(words.say(f"dose.{field}"), 1.2, "r") for field in fields]
    rows = ([marks[p.point.id], visible(p.point.id), *_values(p, words, bounds, fields)] for p in result.points)
    return table(heads, rows)


def _values(result: PointResult, words: Words, bounds: Bounds, fields: tuple[str, ...]) -> Iterator[str]:
    for field in fields:
        yield bounds.show(result.point.id, field, getattr(result.doses, field)) or words.say("unknown")
