"""A case as it was known at a time: what each desk says of it, and what a report has to tell and cannot yet."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timezone
from typing import NamedTuple

from shieldcalc.accident import cordon, deadlines, ending, exposure, grading, phases
from shieldcalc.accident.activity import Stated, stated
from shieldcalc.accident.categories import CN_CLASSES, Categorised, Piece, categorised
from shieldcalc.accident.told import once
from shieldcalc.errors import Notice, OutsideDataError, ShieldcalcError
from shieldcalc.model.accident_case import Case, CaseExposure, CaseSource, CaseSurvey, Entry
from shieldcalc.photons.source import Dates, of_nuclide

KINDS = ("initial", "follow_up", "final", "summary")
# What each report has to tell: plan 44/2021, 3.3 (1) to (3); of the summary 4.5.3 says no more than that it sums up.
WANTED: Mapping[str, tuple[str, ...]] = {
    "initial": ("cause", "people", "hazard"),
    "follow_up": ("cause", "process", "progress", "data", "measures"),
    "summary": ("cause", "people", "measures", "process", "result", "remaining", "hazard", "impact", "evidence"),
    "final": ("measures", "process", "result", "remaining", "hazard", "impact", "evidence"),
}


class Told(NamedTuple):
    """Something that a report has to tell, and the last words about it; "" not known yet."""

    name: str
    words: str


class Stay(NamedTuple):
    """Somebody's stay beside a source with its dose and what was assumed of it, or why there is none."""

    given: CaseExposure
    dose: exposure.Dose | None
    reason: Notice | None
    notices: tuple[Notice, ...] = ()


class Known(NamedTuple):
    """A case at a time."""

    case: Case
    at: datetime
    kind: str
    entries: tuple[Entry, ...]
    told: tuple[Told, ...]
    category: Categorised | None
    grading: grading.Grading | None
    situation: cordon.Situation | None
    reaches: tuple[cordon.Reach, ...]
    perimeter: cordon.Perimeter
    stays: tuple[Stay, ...]
    reports: tuple[deadlines.Due, ...]
    goals: tuple[phases.Goal, ...]
    ending: tuple[ending.Ending, ...]
    notices: tuple[Notice, ...]
    zone: timezone


def known(file: Case, kind: str, at: datetime | None = None) -> Known:
    """Return a case as it was known at a time (None: with everything in the file).

    Raises OutsideDataError for a time before the discovery, and for a place whose reports are not held.
    """
    learnt = (*(each.at for each in file.entries), *filter(None, (each.known for each in file.sources)))
    when = at or max([file.discovered, *learnt])
    if when < file.discovered:
        raise OutsideDataError(
            "accident.before_discovery", event="--at", time=f"{when:%Y-%m-%d %H:%M}",
            discovered=f"{file.discovered:%Y-%m-%d %H:%M}",
        )  # fmt: skip
    there = tuple(each for each in file.sources if each.known is None or each.known <= when)
    case = replace(file, sources=there)
    entries = tuple(each for each in case.entries if each.at <= when)
    found, refused = _category(case)
    where = deadlines.place(case.jurisdiction)
    grade = _grade(case, entries, found, where.jurisdiction)
    around = _around(case, entries, when)
    stays = tuple(_stay(case, each) for entry in entries for each in entry.exposures)
    due = _due(case, entries, where, grade, when)
    goals = phases.checklist(goal for entry in entries for goal in entry.done)
    met = [name for entry in entries for name in entry.end_conditions]
    end = ending.checklist(where.jurisdiction, met, case.happened)
    words = {name: text for entry in entries for name, text in entry.words.items()}
    told = tuple(Told(name, words.get(name, "")) for name in WANTED[kind])
    said = (*refused, *around.notices, *(notice for each in stays for notice in each.notices),
            *(found.notices if found else ()), *(grade.notices if grade else ()),
            *deadlines.notices(due, where, True), *ending.notices(end, ended=_ended(entries)))  # fmt: skip
    return Known(
        case, when, kind, entries, told, found, grade, around.situation, around.reaches, around.perimeter,
        stays, due, goals, end, once(said), where.zone,
    )  # fmt: skip


class _Around(NamedTuple):
    """What is cordoned off, and by what."""

    situation: cordon.Situation | None
    reaches: tuple[cordon.Reach, ...]
    perimeter: cordon.Perimeter
    notices: tuple[Notice, ...]


def _around(case: Case, entries: tuple[Entry, ...], when: datetime) -> _Around:
    """Return the perimeter as it was known; none of situation and readings once the response has ended."""
    over = _ended(entries) and not _out(case, entries)
    situation = cordon.situation(case.situation, when.date()) if case.situation and not over else None
    reaches, lost = _reaches(case, entries, when.date())
    surveys = () if over else _surveys(case, entries)
    readings = [(each.place, cordon.reading(each.distance_m, each.rate)) for each in surveys]
    there = [read for place, read in readings if place is None]
    placed = [(place, read) for place, read in readings if place is not None]
    found = cordon.perimeter(situation, reaches, there, placed, indoors=case.indoors)
    misprint = (cordon.printed_rate_notice(),) if reaches or readings else ()
    assumed = (notice for each in reaches for notice in each.notices)
    return _Around(situation, reaches, found, (*lost, *misprint, *assumed))


def _ended(entries: Iterable[Entry]) -> bool:
    return any(each.event == "ended" for each in entries)


def _on(source: CaseSource, day: date) -> Stated:
    return stated(source.nuclide, source.activity_Bq, source.reference, day)


def _dates(source: CaseSource, then: Stated, day: date) -> Dates:
    """Return the days of a source's activity; of one without daughters on a day, that of the question too."""
    on = then.on if source.separated is None else day.toordinal()
    return Dates(then.reference, on, source.separated)


def _category(case: Case) -> tuple[Categorised | None, tuple[Notice, ...]]:
    """Return the category of the sources on the day of the accident, whatever the day of the report."""
    if not case.sources:
        return None, ()
    try:
        return categorised([Piece(each.nuclide, *_on(each, case.happened)) for each in case.sources]), ()
    except ShieldcalcError as refusal:
        return None, (refusal.notice(),)


def _least(case: Case) -> int | None:
    """Return the category of those sources that have one, where another has none: that of all is no milder."""
    known = []
    for each in case.sources:
        try:
            piece = Piece(each.nuclide, *_on(each, case.happened))
            categorised([piece])
            known.append(piece)
        except ShieldcalcError:
            continue
    return lost_category(categorised(known)) if known else None


def lost_category(found: Categorised | None) -> int | None:
    """Return the graver of the categories of both tables; None below class V or without one."""
    if found is None:
        return None
    own = [found.category, CN_CLASSES.index(found.class_cn) + 1 if found.class_cn else None]
    return min((each for each in own if each), default=None)


def _grade(case: Case, entries: tuple[Entry, ...], found: Categorised | None, place: str) -> grading.Grading | None:
    if not place.startswith("CN"):
        return None
    least = None if found else _least(case)
    facts = grading.Known(
        source_category=lost_category(found) if found else least,
        category_or_graver=least is not None,
        no_source=case.no_source,
        deaths=_last(each.deaths for each in entries),
        severe=_last(each.severe for each in entries),
        contamination=next((each.contamination for each in reversed(entries) if each.contamination), None),
        doses=tuple((each.person, each.organ, each.dose_mSv) for entry in entries for each in entry.doses),
    )
    return grading.graded(facts, place, case.happened)


def _last(values: Iterable[int | None]) -> int | None:
    found = [each for each in values if each is not None]
    return found[-1] if found else None


def _out(case: Case, entries: tuple[Entry, ...]) -> list[CaseSource]:
    """Return the sources that have not been recovered."""
    back = {name for entry in entries for name in entry.recovered}
    return [each for each in case.sources if each.id not in back and each.state != "recovered"]


def _surveys(case: Case, entries: tuple[Entry, ...]) -> tuple[CaseSurvey, ...]:
    """Return the readings that count: with every source recovered, those since the last of them was.

    A later entry's reading at a place takes that of an earlier one; of one entry all count, and so do readings of
    which only the distance is known: the next may have been taken on another side.
    """
    since = max((each.at for each in entries if each.recovered), default=None) if not _out(case, entries) else None
    found: tuple[CaseSurvey, ...] = ()
    for entry in entries:
        if since is None or entry.at >= since:
            again = {each.place for each in entry.surveys if each.place is not None}
            found = (*(each for each in found if each.place not in again), *entry.surveys)
    return found


def _reaches(case: Case, entries: tuple[Entry, ...], day: date) -> tuple[tuple[cordon.Reach, ...], tuple[Notice, ...]]:
    """Return how far the sources that have not been recovered reach together, unshielded, as if in one place.

    Nothing where one of them is not computed: what the others reach would be too little.
    """
    from shieldcalc.photons.neutrons import mixed, of_mixed

    reaches: list[cordon.Reach] = []
    refused: list[Notice] = []
    for each in _out(case, entries):
        try:
            neutron, now = mixed(each.nuclide), _on(each, day)
            dates = _dates(each, now, day)
            bounded = None if neutron is None else of_mixed(neutron, now.activity_Bq, dates=dates)
            source = of_nuclide(each.nuclide, now.activity_Bq, dates=dates) if bounded is None else bounded.photons
            reaches.append(cordon.reach(source, bounded))
        except ShieldcalcError as refusal:
            refused.append(refusal.notice())
    return (() if refused or not reaches else (cordon.together(reaches),)), tuple(refused)


def _stay(case: Case, given: CaseExposure) -> Stay:
    """Return a stay with its dose by the activity on its day, that of the accident if not said."""
    from shieldcalc.photons.neutrons import mixed

    day = given.on or case.happened
    each = next(source for source in case.sources if source.id == given.source)
    size = None if each.diameter_m is None or each.length_m is None else exposure.Size(each.diameter_m, each.length_m)
    try:
        if mixed(each.nuclide) is not None:
            raise OutsideDataError("accident.neutron_dose", nuclide=each.nuclide)
        then = _on(each, day)
        source = of_nuclide(each.nuclide, then.activity_Bq, dates=_dates(each, then, day))
        if given.distance_m is not None:
            where = exposure.Place(exposure.GIVEN, given.hours, given.distance_m, None)
        else:
            where = exposure.place(given.kind, given.hours, size)
        found = exposure.dose(source, where, size)
        return Stay(given, found, None, (*exposure.notices(source, (found,), size), *source.notices))
    except ShieldcalcError as refusal:
        return Stay(given, None, refusal.notice())


def _due(
    case: Case, entries: tuple[Entry, ...], where: deadlines.Place, grade: grading.Grading | None, when: datetime
) -> tuple[deadlines.Due, ...]:
    happened: dict[str, datetime] = {}
    for entry in entries:
        if entry.event:
            happened.setdefault(entry.event, entry.at.replace(tzinfo=where.zone))
    start = case.discovered.replace(tzinfo=where.zone)
    now = when.replace(tzinfo=where.zone)
    return deadlines.dues(where, start, happened, grade.grade or None if grade else None, now)
