"""Doses at the points, and the calculation of each with its formulas."""

from collections.abc import Iterator, Mapping

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.result import Component, PointResult, Result
from shieldcalc.model.trace import Step
from shieldcalc.reports.blocks import Block, section, subheading, table, text
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.formulas import printed
from shieldcalc.reports.numbers import rounded, shortest
from shieldcalc.reports.sections.room import place_text
from shieldcalc.reports.words import Bounds, Words, pretty

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


def doses(assessment: Assessment, words: Words, marks: Mapping[str, str], barrier_marks: Mapping[str, str]) -> Block:
    """Return where the points are, and their air kerma and H*(10) for every averaging."""
    bounds = Bounds(assessment)
    blocks: list[Block] = [text(words.say("note.points"))]
    for result in assessment.results:
        blocks.append(subheading(words.say("method_title", title=visible(result.title))))
        blocks.append(_places(result, words, marks, barrier_marks))
        blocks += [_columns(result, words, marks, bounds, fields) for fields in (KERMA, H10)]
    return section(words.say("section.doses"), [*blocks, text(words.say("note.h10"))])


def _places(result: Result, words: Words, marks: Mapping[str, str], barrier_marks: Mapping[str, str]) -> Block:
    names = (("number", 0.5, "l"), ("point", 1.8, "l"), ("position", 1.7, "l"), ("behind", 0.8, "l"))
    last = (("beyond", 2.4, "l"), ("occupancy", 0.6, "r"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, *last)]
    rows = (
        [
            marks[p.point.id],
            visible(p.point.id),
            place_text(p.point.position),
            barrier_marks.get(p.point.barrier or "", words.say("dash")),
            words.beyond(p.point.beyond),
            shortest(p.point.beyond.occupancy),
        ]
        for p in result.points
    )
    return table(columns, rows)


def _columns(result: Result, words: Words, marks: Mapping[str, str], bounds: Bounds, fields: tuple[str, ...]) -> Block:
    heads = [(words.say("column.number"), 0.5, "l"), (words.say("column.point"), 1.6, "l")]
    heads += [(words.say(f"dose.{field}"), 1.2, "r") for field in fields]
    rows = ([marks[p.point.id], visible(p.point.id), *_values(p, words, bounds, fields)] for p in result.points)
    return table(heads, rows)


def _values(result: PointResult, words: Words, bounds: Bounds, fields: tuple[str, ...]) -> Iterator[str]:
    for field in fields:
        yield bounds.show(result.point.id, field, getattr(result.doses, field)) or words.say("unknown")


def calculation(assessment: Assessment, words: Words, marks: Mapping[str, str]) -> Block:
    """Return, point by point, the components and every formula with its numbers put in."""
    blocks: list[Block] = [text(words.say("note.calculation"))]
    for result in assessment.results:
        for point in result.points:
            title = words.say("point_title", mark=marks[point.point.id], id=visible(point.point.id))
            blocks += [subheading(title), _components(point, words)]
            blocks += [_formulas(part.steps, words, _part_title(part, words)) for part in point.components]
            blocks.append(_formulas(point.steps, words, words.say("point_total")))
    return section(words.say("section.calculation"), blocks)


def _part_title(part: Component, words: Words) -> str:
    beam = f", {visible(part.beam)}" if part.beam else ""
    return f"{words.named('component', part.kind)}: {visible(part.source)}{beam}"


def _components(point: PointResult, words: Words) -> Block:
    names = (("component", 2.4, "l"), ("crossed", 1.6, "l"), ("distance", 0.8, "r"), ("transmission", 1.2, "r"))
    last = (("beam_on", 1.1, "r"), ("hour", 1.1, "r"), ("week", 1.1, "r"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, *last)]
    return table(columns, (_component_row(part, words) for part in point.components))


def _component_row(part: Component, words: Words) -> list[str]:
    kerma = (part.kerma.beam_on_uGy_per_h, part.kerma.hour_uGy, part.kerma.week_mGy)
    dash = words.say("dash")
    return [
        _part_title(part, words),
        ", ".join(map(visible, part.crossed)) or dash,
        f"{part.distance_m:.2f}" if part.distance_m > 0 else dash,
        dash if part.transmission is None else rounded(part.transmission),
        *(dash if value is None else rounded(value) for value in kerma),
    ]


def _formulas(steps: tuple[Step, ...], words: Words, title: str) -> Block:
    items = [_formula(step, words) for step in steps]
    return {"type": "formulas", "title": title, "items": items} if items else {}


def _formula(step: Step, words: Words) -> Block:
    shown = printed(step)
    return {
        "label": visible(shown.label),
        "symbol": shown.symbol,
        "formula": shown.formula,
        "numbers": shown.numbers,
        "value": shown.value,
        "unit": pretty(shown.unit),
        "source": visible(shown.source),
        "inputs": [[symbol, number, pretty(unit)] for symbol, number, unit in shown.inputs],
        "remark": "" if shown.reproduced else words.say("not_reproduced"),
    }
