"""An audit as lines of text: the verdict, findings by system, rooms, doses of people, what is not in force."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from shieldcalc.facility.audit import Audit, RoomAudit, counted, counts
from shieldcalc.facility.audit_ledger import ledger_lines
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
from shieldcalc.facility.doses import PersonYear
from shieldcalc.facility.items import Item
from shieldcalc.facility.text import instrument_lines, not_in_force
from shieldcalc.facility.wording import word
from shieldcalc.reports.words import Words

INDENT = "      "
SHOWN_TISSUES = ("effective", "lens", "skin", "extremities")


def lines(found: Audit, language: str) -> Iterator[str]:
    """Yield the audit line by line: within a system what fails first, then what is undetermined, then what is kept."""
    words = Words(language)
    yield words.say("audit.heading", facility=found.facility.name, on=found.on.isoformat())
    yield words.say(f"audit.headline.{found.exit_code}")
    yield from instrument_lines(found.dues, language)
    if not found.items:
        yield from ("", words.say("audit.nothing"))
    for system, group in groupby(found.items, key=lambda item: item.system):
        yield from _system(system, list(group), words)
    yield from _listed("licences", ((each.licence, licence_line(each, words)) for each in found.licences), words)
    yield from _listed("classes", ((each.subject, class_line(each, words)) for each in found.classes), words)
    yield from _listed(
        "terms", ((each.finding.subject, term_line(each, words)) for each in authority_terms(found)), words
    )
    yield from _listed("unused", ((name, words.notice(said)) for name, said in found.unused), words)
    yield from _desk(found, words)
    yield from _rooms(found.rooms, words)
    yield from _listed(
        "neighbours", ((each.name, neighbour_line(each, words)) for each in found.facility.neighbours), words
    )
    yield from _listed("documents", ((each.id, document_line(each, words)) for each in found.documents), words)
    yield from _doses(found.years, words)
    yield from ledger_lines(found, words)
    yield from not_in_force(found.dues, language)
    yield from _rules_not_in_force(found, words)


def _rules_not_in_force(found: Audit, words: Words) -> Iterator[str]:
    """Yield the rules, beside duties, that would judge the facility and are not in force on the day."""
    dead = {each.rule: each for each in dead_findings(found)}
    if dead and not found.dues.not_in_force:
        yield from ("", word("not_in_force", words.language))
    for rule, finding in dead.items():
        force = words.say(f"force.{finding.force}")
        yield "  " + words.say("audit.dead_rule", rule=rule, force=force, text=words.paraphrase(finding))


def _system(system: str, items: list[Item], words: Words) -> Iterator[str]:
    told = counts(items)
    if not any(told.values()):
        return
    yield ""
    yield f"{system_name(system, words)}: {words.say('audit.counts', **counted(items))}"
    for item in together((item for item in items if judges(item.finding)), words):
        yield from item_lines(item, words)


def item_lines(item: Item, words: Words) -> Iterator[str]:
    """Yield what one finding says: outcome, subject, demand; article and force; value and limit; reasons."""
    finding = item.finding
    outcome = words.say(f"outcome.{finding.outcome}")
    yield f"  [{outcome}] {subject(finding, words)}: {words.paraphrase(finding)}"
    compared = comparison(finding, words)
    yield f"{INDENT}{citation(finding, words)}{' · ' if compared else ''}{compared}"
    yield from (f"{INDENT}{reason}" for reason in reasons(item, words))


def _listed(title: str, rows: Iterable[tuple[str, str]], words: Words) -> Iterator[str]:
    told = [f"  {thing(name, words)}: {line}" for name, line in rows]
    if told:
        yield from ("", words.say(f"audit.{title}"), *told)


def _desk(found: Audit, words: Words) -> Iterator[str]:
    if found.desk is None:
        return
    yield from ("", words.say("audit.emergency"))
    for title, said in found.desk.parts:
        yield f"  {title.text(words.language)}"
        yield from (f"    {plain(line, words)}" for line in said)
    yield from (f"  {notice.text(words.language)}" for notice in found.desk.notices)


def _rooms(rooms: tuple[RoomAudit, ...], words: Words) -> Iterator[str]:
    if rooms:
        yield from ("", words.say("audit.rooms"))
    for room in rooms:
        headline = words.say(f"headline.{room.exit_code}")
        yield "  " + words.say("audit.room_line", id=room.room.id, file=room.room.file, headline=headline)
        for system, told in room_systems(room).items():
            yield f"    {system_name(system, words)}: {words.say('audit.counts', **told)}"
        open_ones = [item for item in room_items(room) if item.finding.outcome in ("fail", "undetermined")]
        for item in by_rule(open_ones, words):
            yield from (f"  {line}" for line in item_lines(item, words))


def _doses(years: tuple[PersonYear, ...], words: Words) -> Iterator[str]:
    if not years:
        return
    yield from ("", words.say("audit.doses"), "  " + words.say("audit.doses_note"))
    for each in years:
        cells = (
            f"{words.say(f'audit.tissue.{tissue}')} {dose(each.doses[tissue], words)}"
            f" ({dose(each.five_years[tissue], words)})"
            for tissue in SHOWN_TISSUES
        )
        yield f"  {each.person} {each.year}: {'; '.join(cells)}"
