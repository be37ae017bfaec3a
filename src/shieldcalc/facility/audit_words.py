"""Words of an audit in a language: systems, findings of one kind told together, doses with what is not recorded."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import reduce
from itertools import groupby

from shieldcalc.facility.audit import Audit, RoomAudit, counted
from shieldcalc.facility.desk import Line
from shieldcalc.facility.dose_facts import OF_TISSUE
from shieldcalc.facility.doses import Known
from shieldcalc.facility.items import Item, system_of
from shieldcalc.facility.licences import LicenceDates
from shieldcalc.facility.wording import OF_INSTRUMENTS, event, shown
from shieldcalc.model.classification import ClassFound
from shieldcalc.model.facility import Document, FacilityNeighbour
from shieldcalc.model.result import Finding
from shieldcalc.regulations.classes import ladders
from shieldcalc.regulations.rules import load
from shieldcalc.regulations.status import NOT_LIVE
from shieldcalc.reports import numbers
from shieldcalc.reports.words import Words

_DUTY, ROOM_SYSTEM, OF_ANOTHER = "duty", "S07", "findings.audit.of_another"
TISSUE_OF = {
    **{quantity: tissue for tissue, quantity in OF_TISSUE.items()},
    "equivalent_dose_skin_extremities": "skin_extremities",
    "equivalent_dose_abdomen": "abdomen",
    "fetal_dose": "fetus",
}


def system_name(system: str, words: Words) -> str:
    """Return a system of rules by its number and name."""
    return f"{system} {words.say(f'audit.system_name.{system}')}"


def judges(finding: Finding) -> bool:
    """Return whether a finding is of a rule that is in force and applies."""
    return finding.force not in NOT_LIVE and finding.outcome != "not_applicable"


def dead_findings(found: Audit) -> list[Finding]:
    """Return one finding of each rule, beside duties, that is not in force and would apply."""
    dead = (item.finding for item in found.items if item.finding.force in NOT_LIVE)
    return list({each.rule: each for each in dead if each.outcome != "not_applicable"}.values())


def together(items: Iterable[Item], words: Words) -> list[Item]:
    """Return the items, with those of one person that come out alike in several years as one: "worker_1/2023, 2024".

    What a rule on people keeps for several of them is one item, at the highest.
    """
    found: dict[tuple[object, ...], list[Item]] = {}
    for number, item in enumerate(items):
        finding = item.finding
        person, _, year = finding.subject.partition("/")
        who = "" if finding.outcome == "pass" else person
        alike = (finding.rule, finding.quantity, finding.averaging, finding.outcome, who)
        found.setdefault(alike if year else (number,), []).append(item)
    return [_years(group, words) if len(group) > 1 else group[0] for group in found.values()]


def _years(group: list[Item], words: Words) -> Item:
    worst = max(group, key=lambda item: item.finding.value if isinstance(item.finding.value, float) else -1.0)
    people = {item.finding.subject.partition("/")[0] for item in group}
    years = ", ".join(item.finding.subject.partition("/")[2] for item in group)
    subject = f"{worst.finding.subject.partition('/')[0]}/{years}"
    if len(people) > 1:
        subject = words.say("audit.highest_of", subject=worst.finding.subject, count=len(people))
    missing = tuple(dict.fromkeys(key for item in group for key in item.missing))
    return Item(worst.system, replace(worst.finding, subject=subject), missing)


def by_rule(items: Iterable[Item], words: Words) -> list[Item]:
    """Return the findings of a room with those of one rule that come out alike as one: the worst, and which others."""
    found: dict[tuple[str, ...], list[Item]] = {}
    for item in items:
        finding = item.finding
        code = "" if finding.reason is None else finding.reason.code
        found.setdefault((finding.rule, finding.outcome, finding.method, code), []).append(item)
    return [_places(group, words) if len(group) > 1 else group[0] for group in found.values()]


def _places(group: list[Item], words: Words) -> Item:
    worst = min(group, key=lambda item: 1.0 if item.finding.margin is None else item.finding.margin)
    others = ", ".join(item.finding.subject for item in group if item is not worst)
    subject = words.say("audit.and_others", subject=worst.finding.subject, others=others)
    return worst._replace(finding=replace(worst.finding, subject=subject))


def keys(missing: Iterable[str]) -> str:
    """Return keys of the file as a list, those that differ in their last word alone told once."""
    found: dict[str, list[str]] = {}
    for key in missing:
        start, _, last = key.rpartition(" ")
        found.setdefault(start, []).append(last)
    return "; ".join(f"{start} {', '.join(last)}".strip() for start, last in found.items())


def thing(name: str, words: Words) -> str:
    """Return what something is about: the id in the file, or the facility."""
    return words.say("due.facility") if name == "facility" else name


def subject(finding: Finding, words: Words) -> str:
    """Return what a finding is about."""
    return thing(finding.subject, words)


def citation(finding: Finding, words: Words) -> str:
    """Return instrument, article and force; the force alone of what no instrument says, or no article of it."""
    force = words.say(f"force.{finding.force}")
    if finding.article in ("", "-"):
        return force
    article = words.article(finding.article)
    return words.say("due.citation", instrument=finding.instrument, article=article, force=force)


def comparison(finding: Finding, words: Words) -> str:
    """Return value and limit of a finding, or the day of a duty; "" where there is neither."""
    if finding.quantity == _DUTY:
        return shown(str(finding.value)) if finding.value else ""
    if not finding.comparator or isinstance(finding.limit, bool | tuple):
        return ""
    value, limit = words.compared(finding)
    told = f"{value} ({limit})" if finding.value is not None else limit
    tissue = TISSUE_OF.get(finding.quantity)
    return told if tissue is None else f"{words.say(f'audit.tissue.{tissue}')}: {told}"


def reasons(item: Item, words: Words) -> list[str]:
    """Return why a finding is what it is, what is to be given, and what stands beside it."""
    finding = item.finding
    found = [words.say("audit.missing", keys=keys(item.missing))] if item.missing else []
    if finding.reason is not None and not item.missing:
        found.append(words.notice(finding.reason))
    notices = (notice for notice in finding.notices if notice.code not in OF_INSTRUMENTS)
    return list(dict.fromkeys([*found, *map(words.notice, notices)]))


def joined(parts: Iterable[str], words: Words) -> str:
    """Return several things that are said of one as a line."""
    return reduce(lambda first, rest: words.say("audit.joined", first=first, rest=rest), parts)


def class_line(each: ClassFound, words: Words) -> str:
    """Return one class: the grade, what was compared, number and article, force; or what is missing."""
    value, known = "", each.value if each.value is not None else each.value_at_least
    if known is not None:
        least = "≥ " if each.value is None else ""
        shown = numbers.clear_of(known, _bounds(each))
        value = f"{words.say(f'audit.compared.{each.quantity}')} {least}{words.number(shown)}"
    place = f"{load(each.instrument).number} {words.article(each.article)}"
    force = words.say(f"force.{each.force}")
    missing = words.say("audit.missing", keys=keys(each.missing)) if each.missing else ""
    return joined((part for part in (_grade(each, words), value, place, force, missing) if part), words)


def _bounds(each: ClassFound) -> Iterator[float]:
    """Yield the numbers that the criteria of a ladder compare the value with: it is never rounded across one."""
    criteria = (one for ladder in ladders(each.instrument) if ladder.full_id == each.ladder for one in ladder.criteria)
    conditions = (one for criterion in criteria for one in criterion.when if not isinstance(one, str))
    for one in conditions:
        if one.quantity == each.quantity and isinstance(one.value, float):
            yield one.value


def _grade(each: ClassFound, words: Words) -> str:
    """Return the class by its name, at least which where a graver one is not known, and what is verified of it."""
    if not each.grade:
        return words.say(f"audit.grade.{each.outcome}")
    found = grade(each, each.grade, words)
    found = words.say("audit.at_least", grade=found) if each.outcome == "at_least" else found
    if each.verified in ("", each.grade):
        return found
    return words.say("audit.verified", grade=found, verified=grade(each, each.verified, words))


def grade(each: ClassFound, name: str, words: Words) -> str:
    """Return the name of one class of a ladder."""
    return words.say(f"audit.grade.{each.ladder}.{name}")


def licence_line(each: LicenceDates, words: Words) -> str:
    """Return the dates of one licence: end, latest day of renewal, state."""
    unknown = words.say("unknown")
    ends = words.say("audit.ends", day=each.ends or unknown, counted=_counted(each, words))
    said = [ends, *([f"{each.instrument} {words.article(each.article)}"] if each.instrument else [])]
    if each.renew_by:
        said.append(words.say("audit.renew_by", day=each.renew_by, article=words.article(each.renewal_article)))
    if each.renewal_filed:
        said.append(words.say("audit.renewal_filed", day=each.renewal_filed))
    said.append(words.say(f"audit.licence_state.{each.state or 'open'}"))
    return joined(said, words)


def term_line(item: Item, words: Words) -> str:
    """Return the term of an authority: what it is to do, by which article, by when."""
    finding = item.finding
    return joined((shown(str(finding.value)), citation(finding, words), words.paraphrase(finding)), words)


def neighbour_line(each: FacilityNeighbour, words: Words) -> str:
    """Return what a neighbour is and how far away."""
    distance = words.say("unknown") if each.distance_m is None else f"{words.number(f'{each.distance_m:g}')} m"
    return joined((each.kind, distance), words)


def document_line(each: Document, words: Words) -> str:
    """Return a document with its number, day and last day, as far as they are given."""
    dated = words.say("audit.dated", day=each.dated.isoformat()) if each.dated else ""
    expiry = words.say("audit.holds_until", day=each.expiry.isoformat()) if each.expiry else ""
    return joined((part for part in (each.title, each.number, dated, expiry) if part), words)


def plain(said: Line, words: Words) -> str:
    """Return a line of the accident desk in the language."""
    return said if isinstance(said, str) else said.text(words.language)


def _counted(each: LicenceDates, words: Words) -> str:
    return event(each.counted_from, words.language) if each.counted_from else words.say("dash")


def dose(known: Known, words: Words) -> str:
    """Return a dose in mSv; what is not wholly recorded is at least that, and nothing recorded is not known."""
    if known.missing and not known.mSv:
        return words.say("unknown")
    text = words.number(f"{known.mSv.normalize():f}")
    return f"≥ {text}" if known.missing else text


def room_items(room: RoomAudit) -> list[Item]:
    """Return the findings of a room, or of all rooms of a site, that are in force, each told once, what fails first."""
    live = [each for part in room.parts for each in part.findings if each.force not in NOT_LIVE]
    order = ("fail", "undetermined", "pass", "not_applicable")
    unique = {
        (each.rule, each.subject, each.outcome, each.method): Item(system_of(each.rule, ROOM_SYSTEM), each)
        for each in live
    }
    return sorted(unique.values(), key=lambda item: order.index(item.finding.outcome))


def room_systems(room: RoomAudit) -> dict[str, dict[str, object]]:
    """Return the counts of a room's findings by system of rules."""
    items = sorted((item for item in room_items(room) if judges(item.finding)), key=lambda item: item.system)
    return {system: counted(group) for system, group in groupby(items, key=lambda item: item.system)}


def authority_terms(found: Audit) -> list[Item]:
    """Return the duties of others, such as the terms of authorities, that have a day: they judge nobody here."""
    items = (item for item in found.items if item.finding.force not in NOT_LIVE and item.finding.value)
    return [item for item in items if item.finding.reason and item.finding.reason.code == OF_ANOTHER]
