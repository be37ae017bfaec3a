"""The calculation: every formula once, then point by point the components and each formula with its numbers put in."""

from collections.abc import Iterable, Iterator, Mapping

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.result import Component, PointResult, Result
from shieldcalc.model.trace import Step
from shieldcalc.reports.blocks import Block, section, subheading, table, text
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.formulas import Node, definition, number_node, printed, symbol_node
from shieldcalc.reports.numbers import rounded
from shieldcalc.reports.sections.likewise import Group, Told, parts_told
from shieldcalc.reports.sections.ward import dose_of
from shieldcalc.reports.words import Words

GAMMA = "gamma"
Numbered = Mapping[tuple[str, ...], tuple[str, Step]]


def calculation(assessment: Assessment, words: Words, marks: Mapping[str, str]) -> Block:
    """Return every formula once, then, point by point, the components and each formula with its numbers put in.

    Of parts with the same formulas the first is derived; at other points they show what differs.
    """
    numbers = _numbered(assessment)
    blocks: list[Block] = [text(words.say("note.calculation")), _definitions(numbers, words)]
    for result in assessment.results:
        parts = parts_told(result)
        for point in result.points:
            title = words.say("point_title", mark=marks[point.point.id], id=visible(point.point.id))
            blocks += [subheading(title), *_of_point(point, parts[point.point.id], words, numbers, marks)]
        blocks += _zones(assessment, result, words, numbers)
        blocks += _sealed(assessment, result, words, numbers)
    return section(words.say("section.calculation"), blocks)


def _parts(point: PointResult, words: Words) -> list[Group]:
    return [(_part_title(part, words), part.steps) for part in point.components]


def _of_point(
    point: PointResult, parts: list[Told], words: Words, numbers: Numbered, marks: Mapping[str, str]
) -> Iterator[Block]:
    """Yield the parts derived at this point, what the others have of their own, and the sums."""
    derived = [each.part for each in parts if each.row is None]
    if derived or not parts:
        yield _components(derived, words)
    yield from _groups([(_part_title(part, words), part.steps) for part in derived], words, numbers)
    told = [each for each in parts if each.like and each.row and each.row.results]
    if told:
        yield text(words.say("as_points"))
        heads = [words.say(f"column.{name}") for name in ("component", "numbers_in", "results")]
        yield {"type": "varied", "heads": heads, "rows": [_varied_row(each, words, numbers, marks) for each in told]}
    yield from _as_there(parts, words, marks)
    totals = _groups([(words.say("point_total"), point.steps)], words, numbers)
    yield from ({**block, "flow": True} for block in totals if block)


def _as_there(parts: list[Told], words: Words, marks: Mapping[str, str]) -> Iterator[Block]:
    """Yield which parts are the same as at another point, number for number."""
    same: dict[str, list[str]] = {}
    for each in parts:
        if each.like and each.row and not each.row.results:
            same.setdefault(marks[each.like[0].point.id], []).append(_part_title(each.part, words))
    yield from (text(words.say("as_there", mark=mark, parts="; ".join(names))) for mark, names in same.items())


def _varied_row(told: Told, words: Words, numbers: Numbered, marks: Mapping[str, str]) -> Block:
    assert told.like is not None
    assert told.row is not None
    like, row = told.like[0], told.row
    title = words.say("part_as_point", part=_part_title(told.part, words), mark=marks[like.point.id])
    if told.part.distance_m > 0:
        crossed = ", ".join(map(visible, told.part.crossed)) or words.say("dash")
        title = words.say("part_crosses", part=title, crossed=crossed, d=words.number(f"{told.part.distance_m:.2f}"))
    given = [[localised(symbol_node(name), words), localised(number_node(shown), words)] for name, shown in row.given]
    results = [
        {
            "number": numbers[_key(step)][0],
            "symbol": localised(symbol_node(step.symbol), words),
            "value": localised(number_node(shown), words),
            "unit": words.unit(step.unit),
            "label": words.label(step.label),
        }
        for step, shown in row.results
    ]
    return {"title": title, "given": given, "results": results}


def _zones(assessment: Assessment, result: Result, words: Words, numbers: Numbered) -> Iterator[Block]:
    """Yield the calculation of a ward's zones: everything aside at 1 m, then each zone from it."""
    if result.unshielded is None:
        return
    aside = result.unshielded.aside
    yield subheading(words.say("zones_at_1m"))
    yield _components(aside.components, words)
    groups = [*_parts(aside, words), (words.say("point_total"), aside.steps)]
    for zone in assessment.zones:
        if zone.method == result.method:
            names = {"rule": visible(zone.rule), "dose": dose_of(zone, words)}
            groups.append((words.say("zones_part", **names), zone.steps))
    yield from _groups(groups, words, numbers)


def _sealed(assessment: Assessment, result: Result, words: Words, numbers: Numbered) -> Iterator[Block]:
    """Yield the calculation of the rates around containers and of the boundaries of an open site."""
    groups: list[Group] = [
        (f"{visible(each.source)}: {words.say(f'container_state.{each.state}')}", each.steps)
        for each in result.containers
    ]
    for reach in assessment.reaches:
        if reach.method == result.method:
            situation = words.say(f"column.reach_{reach.situation}")
            groups.append((words.say("reach_part", of=visible(reach.limit_of), situation=situation), reach.steps))
    if groups:
        yield subheading(words.say("sealed_calculation"))
        yield from _groups(groups, words, numbers)


def _steps(assessment: Assessment) -> Iterator[Step]:
    for result in assessment.results:
        aside = (result.unshielded.aside,) if result.unshielded is not None else ()
        for point in (*result.points, *aside):
            for part in point.components:
                yield from part.steps
            yield from point.steps
        for each in result.containers:
            yield from each.steps
    for zone in assessment.zones:
        yield from zone.steps
    for reach in assessment.reaches:
        yield from reach.steps


def _key(step: Step) -> tuple[str, ...]:
    units = (f"{symbol}:{unit}" for symbol, (_, unit) in step.inputs.items())
    return step.symbol, step.expression, step.unit, step.source, *units


def _numbered(assessment: Assessment) -> dict[tuple[str, ...], tuple[str, Step]]:
    """Return each distinct formula with its number and the first step that uses it."""
    first: dict[tuple[str, ...], Step] = {}
    for step in _steps(assessment):
        first.setdefault(_key(step), step)
    return {key: (str(number), step) for number, (key, step) in enumerate(first.items(), 1)}


def _definitions(numbers: Numbered, words: Words) -> Block:
    items = [_definition(number, step, words) for number, step in numbers.values()]
    return {"type": "definitions", "items": items} if items else {}


def _definition(number: str, step: Step, words: Words) -> Block:
    symbol, formula, units = definition(step)
    named = [[localised(each, words), words.unit(unit)] for each, unit in ((symbol, step.unit), *units) if unit]
    formula, source = localised(formula, words), words.citation(step.source)
    return {"number": number, "symbol": symbol, "formula": formula, "units": named, "source": source}


def _groups(groups: list[Group], words: Words, numbers: Numbered) -> Iterator[Block]:
    """Yield the steps of each component of one point; a step that stands there already is not repeated."""
    seen: set[str] = set()
    for title, steps in groups:
        own = {repr(step): step for step in steps}
        fresh = [step for name, step in own.items() if name not in seen]
        seen.update(own)
        common = _common_label(fresh, words)
        items = [_step(step, numbers[_key(step)][0], common, words) for step in fresh]
        full = words.say("part_of", part=title, label=words.label(common)) if common else title
        yield {"type": "steps", "title": full, "items": items} if items else {}


def _common_label(steps: list[Step], words: Words) -> str:
    """Return the leading parts, such as protocol and tube potential, that all labels of a component share."""
    labels = [step.label.split(", ") for step in steps if step.label]
    if not labels or any(words.is_label(step.label) for step in steps):
        return ""
    length = next(
        (n for n, parts in enumerate(zip(*labels, strict=False)) if len(set(parts)) > 1), min(map(len, labels))
    )
    return ", ".join(labels[0][:length])


def _step(step: Step, number: str, common: str, words: Words) -> Block:
    shown = printed(step)
    label = words.label(step.label.removeprefix(common).removeprefix(", "))
    return {
        "number": number,
        "label": label,
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
    told = _state(part.beam, words) if part.kind == GAMMA else visible(part.beam)
    beam = f", {told}" if part.beam else ""
    return f"{words.named('component', part.kind)}: {visible(part.source)}{beam}"


def _state(beam: str, words: Words) -> str:
    """Return how a gamma source stands: exposed, shielded, in an exposure of the file, or on its way in one."""
    exposure, on_its_way, state = beam.rpartition(".")
    told = words.named("exposure", state)
    return f"{visible(exposure)}, {told}" if on_its_way else told


def _components(parts: Iterable[Component], words: Words) -> Block:
    names = (("component", 2.6, "l"), ("crossed", 1.6, "l"), ("distance", 0.8, "r"), ("transmission", 1.5, "r"))
    last = (("beam_on", 1.1, "r"), ("hour", 1.1, "r"), ("week", 1.1, "r"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in (*names, *last)]
    return table(columns, (_component_row(part, words) for part in parts))


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
