"""Grade I to IV of a radiation accident in China: every criterion judged, the gravest that is met decides.

Guangxi emergency plan 44/2021, Annex 1; Regulation 449, Art. 40, which supplies the gravest grade that the text held
of the plan lacks. What was not said leaves a criterion open; an unverified graver grade is never hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from shieldcalc.accident.judged import Judged, Value, conditions, facts, judge
from shieldcalc.accident.judged import criteria as criteria_of
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.result import Fact, Force
from shieldcalc.regulations.classes import Criterion
from shieldcalc.regulations.conditions import compare
from shieldcalc.regulations.rules import load
from shieldcalc.regulations.status import NOT_LIVE
from shieldcalc.resources import data_path
from shieldcalc.tables import table

GRADES_TABLE = "accident/grades.toml"
ACTIVATION = "accident/activation.csv"
GRADES = ("I", "II", "III", "IV")
CONTAMINATION = ("none", "local", "small_area", "larger_area", "wide_severe")
LADDER = "grade"
ASKED = ("lost_source_category", "acute_deaths", "severe_sickness_or_disability", "contamination_extent",
         "dose_over_annual_limit")  # fmt: skip
NAMES: Mapping[str, str] = {
    "mine_discharge": "mine_discharge_over_limit",
    "well_source_sealed_in": "well_logging_source_sealed_in",
    "space_or_foreign": "spacecraft_or_foreign_event",
    "release_air": "release_i131_equivalent",
    "release_water": "release_sr90_equivalent_water",
    "release_ground": "release_sr90_equivalent_soil",
    "release_transport": "transport_release_d2",
    "area": "contaminated_area",
}
GUANGXI, LIMITS_OF = "CN/Guangxi", "CN-GB18871-2002"
PLAN, WATCH = "CN-GX-44-2021", "6.3b"
FIRM: tuple[Force, ...] = ("binding", "secondary_source")


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What is known of an accident; None where nothing was said. Doses are (person, organ, mSv in the year)."""

    source_category: int | None = None
    no_source: bool = False
    deaths: int | None = None
    severe: int | None = None
    contamination: str | None = None
    doses: tuple[tuple[str, str, float], ...] = ()
    no_doses: bool = False
    flags: Mapping[str, bool | None] | None = None
    amounts: Mapping[str, float] | None = None


class Response(NamedTuple):
    """What a grade sets off: level, who starts it, where that stands, forces by name, watch at post."""

    level: str
    started_by: str
    article: str
    forces: Mapping[str, str]
    at_post: bool


class Grading(NamedTuple):
    """The grade: ``grade`` the gravest met ("" none), ``firm`` that without unverified criteria.

    ``may_be`` is the gravest that what is not known of sources, people and contamination may still give.
    """

    grade: str
    firm: str
    deciding: tuple[Judged, ...]
    judged: tuple[Judged, ...]
    may_be: str
    response: Response | None
    notices: tuple[Notice, ...]


@cache
def _data() -> dict[str, Any]:
    import tomllib

    with open(data_path(*GRADES_TABLE.split("/")), "rb") as file:
        return tomllib.load(file)


def criteria() -> tuple[Criterion, ...]:
    """Return every criterion of every instrument."""
    return tuple(each for row in _data()["instrument"] for each in criteria_of(row["id"], LADDER))


def limits() -> tuple[Mapping[str, str], ...]:
    """Return which yearly limit holds for which person and organ."""
    return tuple(_data()["annual_limit"])


def graded(known: Known, jurisdiction: str = GUANGXI, on: date | None = None) -> Grading:
    """Return the grade of an accident at a place, as the law stands on a day (None: as its texts stand).

    Raises OutsideDataError for a place whose law has no grades here, and for a dose without limit.
    """
    held = _instruments(jurisdiction)
    given = _facts(known)
    judged = tuple(
        each._replace(informs=True, force="unverified") if row.get("informs") else each
        for name, row in held.items()
        for each in judge(criteria_of(name, LADDER), given, on)
    )
    live = [each for each in judged if each.force not in NOT_LIVE]
    met = [each for each in live if each.met]
    grade, firm = _gravest(met), _gravest([each for each in met if each.force in FIRM])
    graver = [
        each
        for each in live
        if each.met is None and _asked(each.criterion) and _rank(each.criterion.grade) < _rank(grade)
    ]
    deciding = tuple(each for each in met if each.criterion.grade == grade)
    response = _response(grade) if jurisdiction == GUANGXI and grade else None
    return Grading(
        grade, firm, deciding, judged, _gravest(graver), response, _notices(known, grade, firm, jurisdiction)
    )


def _instruments(jurisdiction: str) -> dict[str, Mapping[str, Any]]:
    here = f"{jurisdiction}/".lower()
    found = {row["id"]: row for row in _data()["instrument"] if here.startswith(f"{row['jurisdiction']}/".lower())}
    if not found:
        raise OutsideDataError("accident.no_grades", place=jurisdiction)
    return found


def _asked(criterion: Criterion) -> bool:
    return any(condition.quantity in ASKED for condition in conditions(criterion))


def _facts(known: Known) -> tuple[Fact, ...]:
    """Return the facts of the accident, what was not said without a value."""
    category = "none" if known.no_source else None if known.source_category is None else str(known.source_category)
    over, sure = _over_limit(known)
    told: dict[str, Value | None] = {**(known.flags or {}), **(known.amounts or {})}
    values: dict[str, Value | None] = {
        "lost_source_category": category,
        "acute_deaths": None if known.deaths is None else float(known.deaths),
        "severe_sickness_or_disability": None if known.severe is None else float(known.severe),
        "contamination_extent": known.contamination,
        "dose_over_annual_limit": over,
        **{quantity: told.get(name) for name, quantity in NAMES.items()},
    }
    return facts("incident", values, {"dose_over_annual_limit": sure})


def _over_limit(known: Known) -> tuple[float | None, str]:
    """Return the largest dose over its yearly limit, and how sure it is: above a mean of five years alone it is not."""
    ratios = [_ratios(*each) for each in known.doses]
    if any(single > 1 for single, _ in ratios):
        return float(max(single for single, _ in ratios)), "copy"
    largest = max((limit for _, limit in ratios), default=None)
    if largest is None:
        return (0.0 if known.no_doses else None), ""
    return float(largest), "unverified" if largest > 1 else ""


def _ratios(person: str, organ: str, dose_mSv: float) -> tuple[Fraction, Fraction]:
    """Return a dose over the limit of a single year and over the one that is named, in exact decimals."""
    row = next((row for row in limits() if (row["person"], row["organ"]) == (person, organ)), None)
    if row is None:
        raise OutsideDataError("accident.no_limit", person=person, organ=organ)
    book = load(LIMITS_OF)
    single, limit = (Fraction(str(book.rule(row[key]).value)) for key in ("sure", "rule"))
    return Fraction(str(dose_mSv)) / single, Fraction(str(dose_mSv)) / limit


def _rank(grade: str) -> int:
    return GRADES.index(grade) if grade else len(GRADES)


def _gravest(judged: "list[Judged]") -> str:
    return min((each.criterion.grade for each in judged), key=_rank, default="")


def _response(grade: str) -> Response:
    """Return what the plan sets off: level and grade are one number (1.4), 4.1.1 to 4.1.3 say who starts it."""
    starts = judge(criteria_of(PLAN, "response"), facts("emergency", {"accident_grade": grade}), None)
    by = next(each.criterion for each in starts if each.met)
    (watch,) = (each for each in load(PLAN).rule(WATCH).when if not isinstance(each, str))
    forces = dict(next(iter(table(ACTIVATION).where(level=grade))))
    forces.pop("level")
    return Response(grade, by.grade, by.article, forces, compare(watch.comparator, grade, watch.value))


def _notices(known: Known, grade: str, firm: str, jurisdiction: str) -> tuple[Notice, ...]:
    found = []
    if grade != firm:
        params = {"grade": grade, "firm": firm or "-"}
        found.append(Notice("warnings.accident.grade_unverified", params))
    if grade == "I" and jurisdiction == GUANGXI:
        found.append(Notice("warnings.accident.grade_one"))
    if known.amounts:
        found.append(Notice("warnings.accident.quantified"))
    return tuple(found)
