"""An audit as a report: the same content for HTML and PDF, in one language."""

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from os.path import splitext
from typing import Any

from shieldcalc import __version__, plugins
from shieldcalc.errors import TextError
from shieldcalc.facility.audit import Audit, RoomAudit, counted
from shieldcalc.facility.audit_ledger import SIX, number, remarks, title
from shieldcalc.facility.audit_words import (
    authority_terms,
    by_rule,
    citation,
    class_line,
    comparison,
    dead_findings,
    document_line,
    dose,
    judges,
    licence_line,
    neighbour_line,
    plain,
    reasons,
    room_items,
    room_systems,
    subject,
    system_name,
    term_line,
    thing,
    together,
)
from shieldcalc.facility.classes import UNSEALED
from shieldcalc.facility.doses import TERMS
from shieldcalc.facility.items import SYSTEMS, Item
from shieldcalc.facility.wording import shown, whom
from shieldcalc.model.result import Duty
from shieldcalc.photons.dangerous import D_VALUES
from shieldcalc.reports.blocks import Block, Cell, bullets, facts, section, subheading, table, text, toned
from shieldcalc.reports.content import numbered, running
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.sections import provenance
from shieldcalc.reports.sections.law import tone
from shieldcalc.reports.words import Words
from shieldcalc.tables import provenance as data_file

TONES = {0: "pass", 1: "fail", 3: "undetermined"}
TISSUES = ("effective", "lens", "skin", "extremities")
ENDINGS = (".html", ".pdf")


def writer(target: str) -> Callable[[dict[str, Any]], bytes]:
    """Return what writes a report's content as a file of this ending; TextError for any but .html and .pdf."""
    ending = splitext(target)[1].lower()
    if ending not in ENDINGS:
        raise TextError("audit_report_kind", value=target, allowed=", ".join(ENDINGS))
    if ending == ".pdf":
        from shieldcalc.reports.pdf import rendered

        return rendered
    from shieldcalc.reports.html import rendered as page

    return page


def content(found: Audit, language: str) -> dict[str, Any]:
    """Return the report of an audit: head, verdict, sections. Raises TextError where the language lacks a text."""
    words = Words(language)
    code, name = found.exit_code, visible(found.facility.name)
    verdict = {"text": words.say(f"audit.headline.{code}"), "note": words.say(f"audit.exit.{code}")}
    return {
        "lang": language,
        "date": found.on.isoformat(),
        "title": words.say("audit.title"),
        "running": running(name),
        "page": words.say("page"),
        "facts": facts(_head(found, words)),
        "verdict": {**verdict, "tone": TONES[code]},
        "sections": numbered([part for part in _sections(found, words) if part["blocks"]]),
    }


def _head(found: Audit, words: Words) -> list[tuple[str, str]]:
    facility, rows = found.facility, found.dues.instruments
    return [
        (words.say("label.facility"), visible(facility.name)),
        (words.say("audit.facility_kind"), words.say(f"audit.kind.{facility.kind}")),
        (words.say("audit.jurisdiction"), visible(facility.jurisdiction)),
        (words.say("label.address"), visible(facility.address) or words.say("dash")),
        (words.say("label.on"), found.on.isoformat()),
        (words.say("label.instruments"), ", ".join(visible(row["id"]) for row in rows)),
        (words.say("audit.file"), f"{visible(facility.file)}, SHA-256 {facility.sha256}"),
    ]


def _sections(found: Audit, words: Words) -> Iterator[Block]:
    yield section(words.say("audit.findings"), _findings(found, words))
    yield section(words.say("audit.dues"), [_overdue(found, words)])
    yield section(words.say("audit.licences"), [_pairs("licence", _licences(found, words), words)])
    yield section(words.say("audit.classes"), [_pairs("class_of", _classes(found, words), words)])
    yield section(words.say("audit.terms"), [_pairs("term", _terms(found, words), words)])
    unused = [(name, words.notice(said)) for name, said in found.unused]
    yield section(words.say("audit.unused"), [_pairs("unused_value", unused, words)])
    yield section(words.say("audit.emergency"), _desk(found, words))
    yield section(words.say("audit.rooms"), _rooms(found, words))
    yield section(words.say("audit.neighbours"), [_pairs("neighbour", _neighbours(found, words), words)])
    yield section(words.say("audit.documents"), [_pairs("document", _documents(found, words), words)])
    yield section(words.say("audit.doses"), _doses(found, words))
    yield section(words.say("audit.ledger"), _ledger(found, words))
    yield section(words.say("audit.not_in_force"), [_dead(found, words)])
    yield provenance.force_of(found.dues.instruments, found.on.isoformat(), words)
    yield section(words.say("audit.provenance"), _provenance(found, words))
    yield provenance.signatures(words)


def _columns(names: Iterable[tuple[str, float]], words: Words) -> list[tuple[str, float, str]]:
    return [(words.say(name), share, "l") for name, share in names]


def _findings(found: Audit, words: Words) -> Iterator[Block]:
    yield text(words.say("audit.findings_note"))
    for system, group in groupby(found.items, key=lambda item: item.system):
        items = [item for item in group if judges(item.finding)]
        if items:
            yield subheading(system_name(system, words))
            yield text(words.say("audit.counts", **counted(items)))
            yield items_table(together(items, words), words)


def items_table(items: Iterable[Item], words: Words) -> Block:
    """Return findings as a table: about what, what is asked and where, value and limit, outcome, reasons."""
    names = (("column.subject", 1.3), ("column.rule", 3.4), ("column.value", 1.3), ("audit.outcome", 2.6))
    return table(_columns(names, words), (_row(item, words) for item in items))


def _row(item: Item, words: Words) -> list[Cell]:
    finding = item.finding
    rule = toned(words.paraphrase(finding), "", citation(finding, words))
    note = visible(" ".join(_stops(reasons(item, words), words)))
    verdict = toned(words.say(f"outcome.{finding.outcome}"), tone(finding), note)
    return [visible(subject(finding, words).replace("/", ": ")), rule, comparison(finding, words), verdict]


def _stops(said: Iterable[str], words: Words) -> Iterator[str]:
    return (words.say("audit.stop", text=each) for each in said)


def _overdue(found: Audit, words: Words) -> Block:
    names = (("column.subject", 1.3), ("audit.duty", 3.4), ("audit.due_day", 1.1), ("audit.from_to", 2.2))
    rows = (_duty(duty, words) for duty in found.dues.duties if duty.status == "overdue")
    return table(_columns(names, words), rows) or text(words.say("audit.none_overdue"))


def _duty(duty: Duty, words: Words) -> list[Cell]:
    weighs = duty.force in ("binding", "secondary_source")
    what = toned(words.code(duty.what, {}), "", f"{duty.instrument} {words.article(duty.article)}")
    day = toned(shown(duty.due), "fail" if weighs else "")
    return [visible(thing(duty.subject, words)), what, day, whom(duty, words.language)]


def _pairs(name: str, rows: Iterable[tuple[str, str]], words: Words) -> Block:
    columns = _columns((("column.subject", 1.2), (f"audit.{name}", 5.0)), words)
    return table(columns, ([visible(thing(subject, words)), visible(line)] for subject, line in rows))


def _licences(found: Audit, words: Words) -> Iterator[tuple[str, str]]:
    return ((each.licence, licence_line(each, words)) for each in found.licences)


def _classes(found: Audit, words: Words) -> Iterator[tuple[str, str]]:
    return ((each.subject, class_line(each, words)) for each in found.classes)


def _terms(found: Audit, words: Words) -> Iterator[tuple[str, str]]:
    return ((item.finding.subject, term_line(item, words)) for item in authority_terms(found))


def _neighbours(found: Audit, words: Words) -> Iterator[tuple[str, str]]:
    return ((each.name, neighbour_line(each, words)) for each in found.facility.neighbours)


def _documents(found: Audit, words: Words) -> Iterator[tuple[str, str]]:
    return ((each.id, document_line(each, words)) for each in found.documents)


def _desk(found: Audit, words: Words) -> Iterator[Block]:
    if found.desk is None:
        return
    for heading, said in found.desk.parts:
        yield subheading(heading.text(words.language))
        yield bullets(visible(plain(line, words)) for line in said)
    yield bullets(visible(notice.text(words.language)) for notice in found.desk.notices)


def _rooms(found: Audit, words: Words) -> Iterator[Block]:
    names = (("label.room", 1.2), ("label.input_file", 2.0), ("audit.outcome", 3.0))
    rows = (_room(room, words) for room in found.rooms)
    yield table(_columns(names, words), rows)
    for room in found.rooms:
        yield subheading(visible(room.room.id))
        yield table(_columns((("audit.system", 1.6), ("audit.outcome", 4.0)), words), _by_system(room, words))
        open_ones = [item for item in room_items(room) if item.finding.outcome in ("fail", "undetermined")]
        if open_ones:
            yield items_table(by_rule(open_ones, words), words)


def _by_system(room: RoomAudit, words: Words) -> Iterator[list[Cell]]:
    for system, counts in room_systems(room).items():
        yield [system_name(system, words), words.say("audit.counts", **counts)]


def _room(room: RoomAudit, words: Words) -> list[Cell]:
    code = room.exit_code
    verdict = toned(words.say(f"headline.{code}"), TONES[code])
    return [visible(room.room.id), toned(visible(room.room.file), "", f"SHA-256 {room.room.sha256}"), verdict]


def _doses(found: Audit, words: Words) -> Iterator[Block]:
    if not found.years:
        yield text(words.say("audit.no_doses"))
        return
    yield text(words.say("audit.doses_note"))
    tissues = [(f"audit.tissue.{tissue}", 1.5) for tissue in TISSUES]
    columns = _columns([("audit.person", 1.4), ("audit.year", 0.7), *tissues], words)
    yield table(columns, _dose_rows(found, words))


def _dose_rows(found: Audit, words: Words) -> Iterator[list[Cell]]:
    for each in found.years:
        cells = [f"{dose(each.doses[name], words)} ({dose(each.five_years[name], words)})" for name in TISSUES]
        year = toned(str(each.year), "", "" if each.over else words.say("audit.so_far"))
        yield [toned(visible(each.person), "", visible(", ".join(each.employers))), year, *cells]


def _ledger(found: Audit, words: Words) -> Iterator[Block]:
    names = (
        ("audit.found", 1.0),
        ("audit.unit", 1.6),
        ("audit.hazard", 2.6),
        ("audit.deadline", 1.0),
        ("audit.state", 1.8),
    )
    yield table(_columns(names, words), _hazards(found, words))
    if found.statistics:
        yield subheading(title(found, words))
        six = [(f"audit.statistic.{name}", 1.2) for name in SIX]
        columns = _columns([("audit.period", 0.9), ("audit.unit", 1.7), *six], words)
        yield table(columns, _six(found, words))
        yield bullets(remark for row in found.statistics if not row.unit for remark in remarks(row, words))


def _hazards(found: Audit, words: Words) -> Iterator[list[Cell]]:
    for entry in found.hazards:
        hazard, dash = entry.hazard, words.say("dash")
        level = words.say(f"audit.hazard_level.{hazard.level}") if hazard.level else ""
        late = words.say("audit.days_late", days=entry.days) if entry.days else ""
        state = toned(words.say(f"audit.hazard_state.{entry.state}"), "fail" if entry.state == "overdue" else "", late)
        due = hazard.deadline.isoformat() if hazard.deadline else dash
        yield [hazard.found.isoformat(), visible(entry.unit), toned(visible(hazard.what), "", level), due, state]


def _six(found: Audit, words: Words) -> Iterator[list[Cell]]:
    for row in found.statistics:
        unit = visible(row.unit) or words.say("audit.all_units")
        yield [row.period, unit, *(number(row, name) for name in SIX)]


def _provenance(found: Audit, words: Words) -> Iterator[Block]:
    used = provenance.plugins_in_use(plugins.loaded(), words)
    yield facts([(words.say("label.program"), f"shieldcalc {__version__}"), *used])
    names = [SYSTEMS, *([TERMS] if found.years else []), *([D_VALUES, UNSEALED] if found.classes else [])]
    columns = _columns((("column.data_file", 2.0), ("column.title", 3.0), ("column.digest", 2.4)), words)
    read = (data_file(name) for name in (*names, *(found.desk.tables if found.desk else ())))
    yield subheading(words.say("audit.data_files"))
    yield table(columns, ([each["name"], provenance.title_of(each, words), each["sha256"]] for each in read))


def _dead(found: Audit, words: Words) -> Block:
    duties = [(rule.full_id, words.code(rule.paraphrase, {}), force) for rule, force in found.dues.not_in_force]
    rules = [(each.rule, words.paraphrase(each), each.force) for each in dead_findings(found)]
    params = (
        {"rule": rule, "force": words.say(f"force.{force}"), "text": said} for rule, said, force in duties + rules
    )
    return bullets(words.say("audit.dead_rule", **each) for each in params)
