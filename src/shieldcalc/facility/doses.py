"""Doses of people: each year by tissue, summed over employers, the mean of five years, and what is missing of them."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from shieldcalc.model.facility import Facility, Person, PersonalDose, Pregnancy
from shieldcalc.model.facility_words import words
from shieldcalc.tables import table

TISSUES = ("effective", "lens", "skin", "extremities", "abdomen")
TERMS = "facility/five_years.csv"
_LEARNING = ("trainee", "student")


class Known(NamedTuple):
    """The sum in mSv of what is recorded, and the keys of the file that would give the rest."""

    mSv: Decimal
    missing: tuple[str, ...] = ()

    def plus(self, other: "Known") -> "Known":
        """Return both together."""
        return Known(self.mSv + other.mSv, tuple(dict.fromkeys((*self.missing, *other.missing))))


class Terms(NamedTuple):
    """How an instrument counts: over how many years a mean is taken, whether the authority fixes them, the two ages."""

    fixed: bool
    years: int
    trainee_from: int
    adult_from: int


def terms(instrument: str) -> Terms:
    """Return how an instrument counts; of one that the table does not name the row of all others."""
    rows = {row["instrument"]: row for row in table(TERMS).rows}
    row = rows.get(instrument, rows["other"])
    return Terms(row["window"] == "fixed", int(row["years"]), int(row["trainee_from"]), int(row["adult_from"]))


class PersonYear(NamedTuple):
    """One person in one year: what the person is to the limits, doses of the year, sums of five years, unborn child.

    ``moved`` says whether, after every notice of a pregnancy, the work is without radiation; ``fetus`` is the
    highest of them; ``early``: before the first of the fixed periods that the file knows.

    ``too_young``: to work with radiation so, on the first day of that work in the year; ``special``: special
    circumstances are claimed for the year.
    ``unsure`` names the key without which it is not known that the person is that; ``over`` says whether the year is.
    """

    person: str
    year: int
    kind: str
    doses: Mapping[str, Known]
    five_years: Mapping[str, Known]
    period: tuple[int, int]
    employers: tuple[str, ...]
    fetus: Known | None
    moved: bool | None
    early: bool
    unsure: str
    over: bool
    too_young: bool | None = False
    special: bool = False
    years: int = 0

    @property
    def subject(self) -> str:
        """Return the name of the subject of rules: "worker_1/2024"."""
        return f"{self.person}/{self.year}"


def person_years(facility: Facility, on: date, by: Terms) -> tuple[PersonYear, ...]:
    """Return the years of everybody up to a day: those recorded, and of the last five those that had to be recorded.

    The five years of a year are those that end in it; where they are fixed, and the first of the periods is given,
    those of its period up to it. Who has left has the years up to then. Doses are summed over employers exactly.
    """
    start = facility.five_years_from if by.fixed else None
    return tuple(year for person in facility.people for year in _of_person(person, on, start, by))


def _of_person(person: Person, on: date, start: int | None, by: Terms) -> Iterator[PersonYear]:
    for year in _years(person, on, by.years):
        rows = [row for row in person.doses if row.year == year]
        first = _first_of_five(year, start, by.years)
        every = {tissue: [_known(person, each, tissue, on) for each in range(first, year + 1)] for tissue in TISSUES}
        kind, unsure = _kind(person, year, on, by)
        pregnancy = next((each for each in _pregnancies(person, on) if each.notice.year == year), None)
        yield PersonYear(
            person=person.id,
            year=year,
            kind="pregnant_apprentice" if pregnancy and kind == "apprentice_16_18" else kind,
            doses={tissue: found[-1] for tissue, found in every.items()},
            five_years={tissue: _sum(found) for tissue, found in every.items()},
            period=(first, year),
            employers=tuple(dict.fromkeys(row.employer for row in rows)),
            fetus=None if pregnancy is None else _fetuses(person, year, on),
            moved=None if pregnancy is None else _moved(person, year, on),
            early=start is not None and year < start,
            unsure=unsure,
            over=year < on.year,
            too_young=_too_young(person, year, by),
            special=any(row.special_circumstances for row in rows),
            years=by.years,
        )


def _sum(found: list[Known]) -> Known:
    total = Known(Decimal(0))
    for each in found:
        total = total.plus(each)
    return total


def _first_of_five(year: int, start: int | None, years: int) -> int:
    if start is None or year < start:
        return year - years + 1
    return year - (year - start) % years


def _works(person: Person) -> bool:
    """Return whether somebody's doses have to be recorded: radiation workers, and those who learn to be."""
    return "radiation_worker" in words().role[person.role] or person.role in _LEARNING


def _begun(person: Person) -> int | None:
    """Return the first year of work here, or with radiation anywhere; None where it is not known."""
    if person.exposed_since is not None:
        return person.exposed_since.year
    return min((day.year for day in person.events.get("employed", ())), default=None)


def _first(person: Person, on: date) -> int:
    """Return the first year whose doses have to be on file: that of the work, else the first on file or the last."""
    begun = _begun(person)
    return min((*(row.year for row in person.doses), on.year - 1)) if begun is None else begun


def _years(person: Person, on: date, years: int) -> list[int]:
    recorded = {row.year for row in person.doses if row.year <= on.year}
    noticed = {each.notice.year for each in _pregnancies(person, on)}
    if not _works(person):
        return sorted(recorded)
    last = on.year - 1 if person.left is None else min(on.year - 1, person.left.year)
    wanted = range(max(_first(person, on), on.year - years + 1), last + 1)
    return sorted(recorded | noticed | set(wanted))


def _known(person: Person, year: int, tissue: str, on: date) -> Known:
    rows = [row for row in person.doses if row.year == year]
    if rows:
        return _recorded(person, rows, tissue)
    if person.exposed_since is not None and year < person.exposed_since.year:
        return Known(Decimal(0))
    if _works(person) and year < _first(person, on):
        return Known(Decimal(0), (f"{person.id}: person.exposed_since",))
    return Known(Decimal(0), (f"{person.id}: person.dose {year}",))


def _recorded(person: Person, rows: list[PersonalDose], tissue: str) -> Known:
    values = [(row, getattr(row, f"{tissue}_mSv")) for row in rows]
    missing = tuple(
        f"{person.id}: person.dose {row.year}, {row.employer}: {tissue}" for row, value in values if value is None
    )
    return Known(sum((Decimal(str(value)) for _, value in values if value is not None), Decimal(0)), missing)


def _kind(person: Person, year: int, on: date, by: Terms) -> tuple[str, str]:
    """Return what somebody is to the limits in a year, and the key that would say it surely.

    Whoever is too young for an apprentice when the year begins is the public, for an adult an apprentice. Of
    apprentices without a birth date the stricter limits are kept.
    """
    if not _works(person):
        return "non_radiation_staff", ""
    if person.birth_date is None:
        learning = person.role in _LEARNING
        return ("apprentice_16_18", f"{person.id}: person.birth_date") if learning else (_adult(person, year, on), "")
    age = year - person.birth_date.year - ((person.birth_date.month, person.birth_date.day) > (1, 1))
    if age < by.adult_from:
        return ("public" if age < by.trainee_from else "apprentice_16_18"), ""
    return _adult(person, year, on), ""


def _too_young(person: Person, year: int, by: Terms) -> bool | None:
    """Return whether somebody who works with radiation, or learns it, was too young on the first day of it in a year.

    Not known where the file does not say since when, and the year decides.
    """
    if person.birth_date is None or not _works(person):
        return False
    least, born = by.trainee_from if person.role in _LEARNING else by.adult_from, person.birth_date
    began = [day for day in (person.exposed_since, *person.events.get("employed", ())) if day is not None]
    first, last = date(year, 1, 1), date(year, 12, 31)
    days = (max(first, *(date(day.year, day.month, day.day) for day in began)),) if began else (first, last)
    young = {day.year - born.year - ((day.month, day.day) < (born.month, born.day)) < least for day in days}
    return young.pop() if len(young) == 1 else None


def _adult(person: Person, year: int, on: date) -> str:
    if any(each.notice.year == year for each in _pregnancies(person, on)):
        return "pregnant_worker"
    return "employee_of_reproductive_capacity" if person.reproductive_capacity else "radiation_worker"


def _pregnancies(person: Person, on: date) -> list[Pregnancy]:
    told = {each.notice: each for each in person.pregnancies}
    for moment in person.events.get("pregnancy_notice", ()):
        told.setdefault(date(moment.year, moment.month, moment.day), Pregnancy(notice=moment))
    return [each for day, each in sorted(told.items()) if day <= on]


def _moved(person: Person, year: int, on: date) -> bool | None:
    told = (each.moved for each in _pregnancies(person, on) if each.notice.year == year)
    moved = {None if day is None else day <= on for day in told}
    return False if False in moved else None if None in moved else True


def _fetuses(person: Person, year: int, on: date) -> Known:
    found = [_fetus(person, each) for each in _pregnancies(person, on) if each.notice.year == year]
    return Known(max(each.mSv for each in found), tuple(key for each in found for key in each.missing))


def _fetus(person: Person, pregnancy: Pregnancy) -> Known:
    if pregnancy.fetus_mSv is None:
        return Known(Decimal(0), (f"{person.id}: person.pregnancy {pregnancy.notice}: fetus",))
    return Known(Decimal(str(pregnancy.fetus_mSv)))
