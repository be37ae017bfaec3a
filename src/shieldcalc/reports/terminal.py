"""What ``check`` shows on the terminal: barriers, rules that need attention, what to build, remarks, the verdict."""

import sys
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from shieldcalc.errors import Notice
from shieldcalc.model.assessment import Assessment, BarrierVerdict
from shieldcalc.model.result import Finding, PointResult, Requirement
from shieldcalc.model.site import SiteAssessment
from shieldcalc.reports.blocks import Cell
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.sections import containers, law, lead, maze, methods, open_site, provenance, ward
from shieldcalc.reports.sections.law import is_assumption, ordered, thickness, tone
from shieldcalc.reports.sections.room import place_text
from shieldcalc.reports.sections.rooms import rooms_blocks
from shieldcalc.reports.words import Bounds, Words, decisive, points_of

_PIPE_WIDTH = 100
_STYLES = {"pass": "green", "fail": "bold red", "undetermined": "yellow", "": ""}
_EXIT_TONES = {0: "pass", 1: "fail", 3: "undetermined"}
_DOSES = ("h10_beam_on_uSv_per_h", "h10_hour_uSv", "h10_week_mSv", "h10_year_mSv")


def show(assessment: Assessment | SiteAssessment, language: str = "en", console: Console | None = None) -> None:
    """Write an assessment to the terminal, or as plain UTF-8 text of 100 columns into a pipe.

    Raises TextError where the language lacks a text.
    """
    rooms = assessment.rooms if isinstance(assessment, SiteAssessment) else (assessment,)
    several = any(len(room.results) > 1 for room in rooms)
    words, console = Words(language, several=several), console or _console()
    if isinstance(assessment, SiteAssessment):
        _site(assessment, words, console)
    else:
        _room(assessment, words, console)


def show_content(report: dict[str, Any], console: Console | None = None) -> None:
    """Write any content of a report to the terminal: its head, its verdict, every section's texts and tables."""
    console = console or _console()
    console.print(_text(f"{report['title']} · {report['running']}", "bold"))
    for label, value in report["facts"]["rows"]:
        console.print(Padding(_text(f"{label}: {value}"), (0, 0, 0, 2)))
    for part in report["sections"]:
        _heading(part["title"], console)
        _blocks(part["blocks"], console, noted=True)
    verdict = report["verdict"]
    console.print()
    console.print(_text(f"{verdict['text']} {verdict['note']}", _STYLES[verdict["tone"]]))


def _site(assessment: SiteAssessment, words: Words, console: Console) -> None:
    """Show every room, then what holds for the site: verdicts, shared points, remarks."""
    site = assessment.site
    pairs = list(zip(site.rooms, assessment.rooms, strict=True))
    for room, found in pairs:
        part = words.say("site.part", id=visible(room.id), name=visible(found.design.identity.room))
        console.print(_text(f"━━ {part}", "bold"))
        _room(found, words, console)
        _shares(found, words, console)
        console.print()
    who = site.identity
    console.print(_text(f"━━ {words.say('site.name')}: {visible(who.room)} · {visible(who.facility)}", "bold"))
    for room, found in pairs:
        code = found.exit_code
        line = f"{visible(room.id)}: {words.say(f'headline.{code}')}"
        console.print(Padding(_text(line, _STYLES[_EXIT_TONES[code]]), (0, 0, 0, 2)))
    _said(assessment.notices, words, console)
    _verdict(assessment.exit_code, words, console, "site.headline")


def _shares(assessment: Assessment, words: Words, console: Console) -> None:
    """Show what the other rooms give at each point, as the report does."""
    blocks = [block for block in rooms_blocks(assessment, words) if block.get("type") == "table"]
    if blocks:
        _heading(words.say("section.contributions"), console)
    for block in blocks:
        aligned = {"l": "left", "r": "right"}
        columns = [(head["title"], 0, aligned[head["align"]]) for head in block["columns"]]
        console.print(_table(columns, [[cell["text"] for cell in row] for row in block["rows"]]))


def _room(assessment: Assessment, words: Words, console: Console) -> None:
    who = assessment.design.identity
    console.print(_text(words.say("terminal.head", facility=visible(who.facility), room=visible(who.room)), "bold"))
    console.print(_text(words.say("terminal.asked", on=assessment.on, by=", ".join(assessment.instruments))))
    _instruments(assessment, words, console)
    if assessment.design.ward:
        _ward(assessment, words, console)
    if assessment.design.open_site:
        _open_site(assessment, words, console)
    if assessment.barriers or not (assessment.design.ward or assessment.design.open_site):
        _barriers(assessment, words, console)
    _containers(assessment, words, console)
    _blocks(maze.mazes(assessment, words), console)
    _attention(assessment, words, console)
    _build(assessment, words, console)
    _said(assessment.notices, words, console)
    for label, named in provenance.plugins_in_use(assessment.plugins, words):
        console.print()
        console.print(_text(f"{label}: {named}"))
    _verdict(assessment.exit_code, words, console)


def _verdict(code: int, words: Words, console: Console, headline: str = "headline") -> None:
    last = words.say(
        "terminal.verdict", headline=words.say(f"{headline}.{code}"), code=code, meaning=words.say(f"exit.{code}")
    )
    console.print()
    console.print(_text(last, _STYLES[_EXIT_TONES[code]]))


def _instruments(assessment: Assessment, words: Words, console: Console) -> None:
    """Name the instruments that are not plainly in force, and what of them is not held."""
    for status in assessment.instrument_status:
        asked, state = status["id"] in assessment.asked_by_name, status["state"]
        if (state != "in_force" or status["not_held"]) and (asked or state != "not_yet_valid"):
            line = words.say("terminal.instrument", id=visible(status["id"]), status=words.status(status))
            console.print(Padding(_text(line), (0, 0, 0, 2)))


class _Console(Console):
    """Leaves a closed pipe to the command line: rich alone would end with exit code 1, which says that a rule fails."""

    def on_broken_pipe(self) -> None:
        """Go on as if nobody had caught the error."""
        raise BrokenPipeError


def _console() -> Console:
    reconfigure = getattr(sys.stdout, "reconfigure", None)
    if reconfigure is not None:
        reconfigure(encoding="utf-8")
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return _Console(width=width, highlight=False, markup=False, emoji=False)


def _text(words: str, style: str = "") -> Text:
    return Text(words, style=style, overflow="fold")


def _heading(words: str, console: Console) -> None:
    console.print()
    console.print(_text(words, "bold"))


def _table(columns: Sequence[tuple[str, int, str]], rows: Iterable[Sequence[str | Text]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="bold underline")
    for title, width, justify in columns:
        table.add_column(title, width=width or None, justify=justify, overflow="fold")  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*(cell if isinstance(cell, Text) else _text(cell) for cell in row))
    return table


def _barriers(assessment: Assessment, words: Words, console: Console) -> None:
    bounds = Bounds(assessment, words)
    columns = [(words.say("terminal.barrier"), 22, "left")]
    columns += [(words.say(f"terminal.{field}"), 9, "right") for field in _DOSES]
    columns += [(words.say("column.limit"), 14, "right"), (words.say("terminal.margin"), 8, "right")]
    columns += [(words.say("column.verdict"), 13, "left")]
    for result in assessment.results:
        verdicts = [verdict for verdict in assessment.barriers if verdict.method == result.method]
        points = {point.point.id: point for point in result.points}
        rows = (_row(assessment, verdict, points, words, bounds) for verdict in verdicts)
        _heading(words.say("terminal.table", title=words.citation(result.title)), console)
        console.print(_table(columns, rows))
    console.print(_text(words.say("terminal.note"), "dim"))
    _lead(assessment, words, console)
    _methods(assessment, words, console)


def _lead(assessment: Assessment, words: Words, console: Console) -> None:
    """Set each barrier's lead equivalent against what is required, verified rows of the law first, the others apart."""
    heads = [(title, 0, "right" if align == "r" else "left") for title, _, align in lead.columns(words)]
    for name, found in lead.groups(assessment):
        _heading(words.say(f"lead.{name}"), console)
        console.print(_text(words.say(f"lead.note_{name}"), _STYLES["undetermined"] if name == "unverified" else "dim"))
        console.print(_table(heads, map(_cells, lead.rows(found, words))))


def _methods(assessment: Assessment, words: Words, console: Console) -> None:
    """Set several methods side by side, and say why they differ."""
    if len(assessment.results) < 2:
        return
    _heading(words.say("methods_compared"), console)
    console.print(_text(words.say("note.methods_compared"), "dim"))
    heads = [(title, 0, "left") for title in methods.columns(assessment, words)]
    console.print(_table(heads, _once(map(_cells, methods.rows(assessment, words)))))
    found = list(methods.reasons(assessment, words))
    _heading(words.say("methods_differ"), console)
    if found:
        heads = [(title, 0, "left") for title in methods.reason_columns(words)]
        console.print(_table(heads, map(_cells, found)))
    console.print(_text(words.say("note.methods_differ" if found else "methods_alike"), "dim"))


def _once(rows: Iterable[list[str | Text]]) -> Iterator[list[str | Text]]:
    """Yield the rows, the first cell of each left empty where it repeats the one above."""
    last: str | Text = ""
    for first, *rest in rows:
        yield ["" if first == last else first, *rest]
        last = first


def _cells(row: Iterable[Cell]) -> list[str | Text]:
    return [cell if isinstance(cell, str) else _text(cell["text"], _STYLES[cell["tone"]]) for cell in row]


def _ward(assessment: Assessment, words: Words, console: Console) -> None:
    """Show the zones and the people of a ward."""
    blocks = [*ward.zones(assessment, words, {}, drawn=False)["blocks"], *ward.people(assessment, words, {})["blocks"]]
    _blocks(blocks, console)
    _people_doses(assessment, words, console)
    console.print(_text(words.say("terminal.ward_note"), "dim"))


def _containers(assessment: Assessment, words: Words, console: Console) -> None:
    """Show the rates around containers of sealed sources."""
    found = containers.rates(assessment, words)
    if found:
        _heading(words.say("containers_title", on=assessment.on), console)
        _blocks([found], console)


def _open_site(assessment: Assessment, words: Words, console: Console) -> None:
    """Show the boundaries and the people of an open site."""
    _blocks(open_site.boundaries(assessment, words, {}, drawn=False)["blocks"][1:], console)
    if any(map(open_site.declared, assessment.results)):
        _blocks(open_site.people(assessment, words, {})["blocks"], console)
        _people_doses(assessment, words, console)


def _blocks(blocks: Iterable[dict[str, Any]], console: Console, *, noted: bool = False) -> None:
    """Write blocks; ``noted``: with the notes of cells below their text."""
    for block in blocks:
        if block["type"] == "subheading":
            _heading(block["text"], console)
        elif block["type"] == "table":
            heads = [(c["title"], 0, "right" if c["align"] == "r" else "left") for c in block["columns"]]
            rows = ([_noted(cell) if noted else _toned(cell) for cell in row] for row in block["rows"])
            console.print(_table(heads, rows))
        elif block["type"] == "bullets":
            for item in block["items"]:
                console.print(_text(item))
        elif block["type"] == "text":
            console.print(_text(block["text"]))
        elif block["type"] == "facts":
            for label, value in block["rows"]:
                console.print(Padding(_text(f"{label}: {value}"), (0, 0, 0, 2)))


def _toned(cell: dict[str, str]) -> Text:
    return _text(cell["text"], _STYLES[cell["tone"]])


def _noted(cell: dict[str, str]) -> Text:
    return _toned(cell) + _text(f"\n{cell['note']}", "dim") if cell["note"] else _toned(cell)


def _people_doses(assessment: Assessment, words: Words, console: Console) -> None:
    """Show the doses of the people declared."""
    bounds = Bounds(assessment, words)
    columns = [
        (words.say("column.point"), 0, "left"),
        *((words.say(f"terminal.{field}"), 0, "right") for field in _DOSES),
    ]
    for result in assessment.results:
        _heading(words.say("method_title", title=words.citation(result.title)), console)
        console.print(_table(columns, (_doses_at(point, words, bounds) for point in ward.declared(result))))


def _doses_at(found: PointResult, words: Words, bounds: Bounds) -> list[str | Text]:
    point = found.point.id
    shown = (bounds.show(point, field, getattr(found.doses, field)) for field in _DOSES)
    return [visible(point), *(each or words.say("unknown") for each in shown)]


def _row(
    assessment: Assessment, verdict: BarrierVerdict, points: dict[str, PointResult], words: Words, bounds: Bounds
) -> list[str | Text]:
    behind = [points[name] for name in points_of(assessment, verdict) if name in points]
    found = decisive(assessment, verdict)
    limit = words.compared(found)[1] if found else words.say("dash")
    outcome = words.verdict(found.outcome, found.force) if found else words.no_rule(verdict)
    style = _STYLES[tone(found) if found else "undetermined"]
    return [
        _place(verdict, behind, words),
        *(_highest(behind, field, bounds) or words.say("unknown") for field in _DOSES),
        limit,
        words.margin(found.margin if found else verdict.margin),
        _text(outcome, style),
    ]


def _place(verdict: BarrierVerdict, behind: list[PointResult], words: Words) -> str:
    """Return a barrier's id, what lies beyond, and its worst point."""
    if not behind:
        return visible(verdict.barrier)
    point = behind[0].point
    there = words.say(
        "terminal.beyond", place=words.beyond(point.beyond), occupancy=words.shortest(point.beyond.occupancy)
    )
    at = words.say("terminal.at", place=place_text(point.position, words))
    return f"{visible(verdict.barrier)}\n {there}\n {at}"


def _highest(behind: list[PointResult], field: str, bounds: Bounds) -> str | None:
    """Return the highest dose behind a barrier; None where it cannot be said at one of its points."""
    values = [(getattr(point.doses, field), point.point.id) for point in behind]
    if not values or any(value is None for value, _ in values):
        return None
    value, point = max(values)
    return bounds.show(point, field, value)


def _attention(assessment: Assessment, words: Words, console: Console) -> None:
    """List the rules that fail or are undetermined, each demand once with its subjects below."""
    groups: dict[tuple[str, str, str], list[Finding]] = {}
    for finding in ordered(assessment.findings):
        if finding.outcome in ("fail", "undetermined") and finding.force not in ("repealed", "not_yet_valid"):
            groups.setdefault((finding.outcome, finding.force, finding.rule), []).append(finding)
    if groups:
        _heading(words.say("terminal.attention"), console)
    for found in groups.values():
        head = _text(f"{words.verdict(found[0].outcome, found[0].force)}: ", _STYLES[tone(found[0])])
        console.print(Padding(head + _text(law.rule_of(found[0], words)), (0, 0, 0, 2)))
        common, said = law.shared(found, words)
        lines = [*common, *(_judged(finding, own, words) for finding, own in zip(found, said, strict=True))]
        for line in lines:
            console.print(Padding(_text(line), (0, 0, 0, 6)))


def _judged(finding: Finding, remarks: list[str], words: Words) -> str:
    value, limit = words.compared(finding)
    line = words.say("terminal.judged", subject=words.subject(finding), value=value, limit=limit)
    line = line if finding.comparator else words.subject(finding)
    looked_at = law.shown_values(finding, words) if finding.outcome == "undetermined" else ""
    return "; ".join(part for part in (line, looked_at, *remarks) if part)


def _build(assessment: Assessment, words: Words, console: Console) -> None:
    """Say what is missing at each barrier that does not keep every goal."""
    found = [(verdict, needs) for verdict in assessment.barriers if (needs := law.lacking(verdict))]
    if found:
        _heading(words.say("section.build"), console)
    for verdict, needs in found:
        console.print(Padding(_text(visible(verdict.barrier), "bold"), (0, 0, 0, 2)))
        for line in (*_ways(needs, words), *law.governing(verdict, words)):
            console.print(Padding(_text(line), (0, 0, 0, 6)))


def _ways(needs: list[Requirement], words: Words) -> Iterator[str]:
    known = [need for need in needs if need.required_mm is not None or need.reason == "with_neighbours"]
    for key, field in (("add", "added_mm"), ("alone", "required_mm")):
        parts = [_amount(need, field, words) for need in known if getattr(need, field) is not None]
        if parts:
            yield words.say(f"terminal.{key}", ways="; ".join(parts))
    yield from dict.fromkeys(words.reason(need.reason) for need in known if need.reason)
    unsaid: dict[str, list[str]] = {}
    for need in needs:
        if need not in known or (need.added_mm is None and not need.layers):
            unsaid.setdefault(words.reason(need.reason), []).append(words.named("material", need.material))
    for reason, materials in unsaid.items():
        yield words.say("terminal.cannot", materials=", ".join(materials), reason=reason)


def _amount(need: Requirement, field: str, words: Words) -> str:
    if need.layers:
        return " + ".join(f"{thickness(mm, words)} {words.named('material', name)}" for name, mm in need.layers)
    return f"{thickness(getattr(need, field), words)} {words.named('material', need.material)}"


def _said(notices: Iterable[Notice], words: Words, console: Console) -> None:
    notices = tuple(notices)
    for title, assumed in (("assumptions_title", True), ("warnings_title", False)):
        found = words.notices(each for each in notices if is_assumption(each) == assumed)
        if found:
            _heading(words.say(title), console)
        for words_of_one in found:
            console.print(Padding(_text(f"• {words_of_one}"), (0, 0, 0, 2)))
