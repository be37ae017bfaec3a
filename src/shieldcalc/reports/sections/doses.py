"""Doses at the points, and the calculation of each with its formulas."""

from collections.abc import Iterator, Mapping

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.result import Component, PointResult, Result
from shieldcalc.model.trace import Step
from shieldcalc.reports.blocks import Block, section, subheading, table, text
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.formulas import Node, definition, printed
from shieldcalc.reports.numbers import rounded
from shieldcalc.reports.sections.room import place_text
from shieldcalc.reports.sections.ward import dose_of
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


def calculation(assessment: Assessment, words: Words, marks: Mapping[str, str]) -> Block:
    """Return every formula once, then, point by point, the components and each formula with its numbers put in."""
    numbers = _numbered(assessment)
    blocks: list[Block] = [text(words.say("note.calculation")), _definitions(numbers, words)]
    for result in assessment.results:
        for point in result.points:
            title = words.say("point_title", mark=marks[point.point.id], id=visible(point.point.id))
            blocks += [subheading(title), _components(point, words)]
            groups = [(_part_title(part, words), part.steps) for part in point.components]
            blocks += _groups([*groups, (words.say("point_total"), point.steps)], words, numbers)
        blocks += _zones(assessment, result, words, numbers)
    return section(words.say("section.calculation"), blocks)


def _zones(
    assessment: Assessment, result: Result, words: Words, numbers: Mapping[tuple[str, ...], tuple[str, Step]]
) -> Iterator[Block]:
    """Yield the calculation of a ward's zones: everything aside at 1 m, then each zone from it."""
    if result.unshielded is None:
        return
    aside = result.unshielded.aside
    yield subheading(words.say("zones_at_1m"))
    yield _components(aside, words)
    groups = [(_part_title(part, words), part.steps) for part in aside.components]
    groups.append((words.say("point_total"), aside.steps))
    for zone in assessment.zones:
        if zone.method == result.method:
            names = {"rule": visible(zone.rule), "dose": dose_of(zone, words)}
            groups.append((words.say("zones_part", **names), zone.steps))
    yield from _groups(groups, words, numbers)


def _steps(assessment: Assessment) -> Iterator[Step]:
    for result in assessment.results:
        aside = (result.unshielded.aside,) if result.unshielded is not None else ()
        for point in (*result.points, *aside):
            for part in point.components:
                yield from part.steps
            yield from point.steps
    for zone in assessment.zones:
        yield from zone.steps


def _key(step: Step) -> tuple[str, ...]:
    units = (f"{symbol}:{unit}" for symbol, (_, unit) in step.inputs.items())
    return step.symbol, step.expression, step.unit, step.source, *units


def _numbered(assessment: Assessment) -> dict[tuple[str, ...], tuple[str, Step]]:
    """Return each distinct formula with its number and the first step that uses it."""
    first: dict[tuple[str, ...], Step] = {}
    for step in _steps(assessment):
        first.setdefault(_key(step), step)
    return {key: (str(number), step) for number, (key, step) in enumerate(first.items(), 1)}


def _definitions(numbers: Mapping[tuple[str, ...], tuple[str, Step]], words: Words) -> Block:
    items = [_definition(number, step, words) for number, step in numbers.values()]
    return {"type": "definitions", "items": items} if items else {}


def _definition(number: str, step: Step, words: Words) -> Block:
    symbol, formula, units = definition(step)
    named = [[localised(each, words), words.unit(unit)] for each, unit in ((symbol, step.unit), *units) if unit]
    formula, source = localised(formula, words), words.citation(step.source)
    return {"number": number, "symbol": symbol, "formula": formula, "units": named, "source": source}


def _groups(
    groups: list[tuple[str, tuple[Step, ...]]], words: Words, numbers: Mapping[tuple[str, ...], tuple[str, Step]]
) -> Iterator[Block]:
    """Yield the steps of each component of one point; a step that stands there already is not repeated."""
    seen: set[str] = set()
    for title, steps in groups:
        own = {repr(step): step for step in steps}
        fresh = [step for name, step in own.items() if name not in seen]
        seen.update(own)
        items = [_step(step, numbers[_key(step)][0], words) for step in fresh]
        yield {"type": "steps", "title": title, "items": items} if items else {}


def _step(step: Step, number: str, words: Words) -> Block:
    shown = printed(step)
    return {
        "number": number,
        "label": words.label(step.label),
        "symbol": shown.symbol,
        "numbers": localised(shown.numbers, words),
        "value": localised(shown.value, words),
        "unit": words.unit(step.unit),
        "remark": "" if shown.reproduced else words.say("not_reproduced"),
    }


def localised(node: Node, words: Words) -> Node:
    """Return a formula with its numbers in the language's format, arguments set apart by the language's sign."""
    match node["t"]:
        case "num":
            return {**node, "s": words.number(node["s"])}
        case "sym" if words.has(f"report.symbol.{node['s']}"):
            return {**node, "s": words.say(f"symbol.{node['s']}")}
        case "call":
            return {**node, "sep": words.say("number.list"), "c": [localised(child, words) for child in node["c"]]}
    grown = {key: localised(child, words) for key, child in node.items() if isinstance(child, dict)}
    return {**node, **grown, **({"c": [localised(child, words) for child in node["c"]]} if "c" in node else {})}


def _part_title(part: Component, words: Words) -> str:
    beam = f", {visible(part.beam)}" if part.beam else ""
    return f"{words.named('component', part.kind)}: {visible(part.source)}{beam}"


def _components(point: PointResult, words: Words) -> Block:
    names = (("component", 2.6, "l"), ("crossed", 1.6, "l"), ("distance", 0.8, "r"), ("transmission", 1.5, "r"))
    last = (("beam_on", 1.1, "r"), ("hour", 1.1, "r"), ("week", 1.1, "r"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, *last)]
    return table(columns, (_component_row(part, words) for part in point.components))


def _component_row(part: Component, words: Words) -> list[str]:
    kerma = (part.kerma.beam_on_uGy_per_h, part.kerma.hour_uGy, part.kerma.week_mGy)
    dash = words.say("dash")
    return [
        _part_title(part, words),
        ", ".join(map(visible, part.crossed)) or dash,
        words.number(f"{part.distance_m:.2f}") if part.distance_m > 0 else dash,
        dash if part.transmission is None else words.number(rounded(part.transmission)),
        *(dash if value is None else words.number(rounded(value)) for value in kerma),
    ]
