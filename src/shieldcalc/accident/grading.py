"""Grade I to IV of a radiation accident in China: every criterion judged, the gravest that is met decides.

Guangxi emergency plan 44/2021, Annex 1; Regulation 449, Art. 40, which supplies the gravest grade that the text held
of the plan lacks. What was not said leaves a criterion open; an unverified graver grade is never hidden.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from fractions import Fraction
from functools import cache
from typing import Any, NamedTuple

from shieldcalc.accident.ladders import Judged, conditions_of, facts, judged, strongest_first
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.classification import ClassFound
from shieldcalc.model.result import Fact
from shieldcalc.records import dataclass
from shieldcalc.regulations.classify import classify
from shieldcalc.regulations.conditions import compare
from shieldcalc.regulations.rules import load
from shieldcalc.regulations.status import NOT_LIVE
from shieldcalc.resources import data_path
from shieldcalc.tables import table

GRADES_TABLE = "accident/grades.toml"
ACTIVATION = "accident/activation.csv"
GRADES = ("I", "II", "III", "IV")
CONTAMINATION = ("none", "local", "small_area", "larger_area", "wide_severe")
ASKED = (
    "lost_source_category", "acute_deaths", "severe_sickness_or_disability", "contamination_extent",
    "dose_over_annual_limit",
)  # fmt: skip
FLAGS: Mapping[str, str] = {
    "mine_discharge": "mine_discharge_over_limit",
    "well_source_sealed_in": "well_logging_source_sealed_in",
    "space_or_foreign": "spacecraft_or_foreign_event",
}
AMOUNTS: Mapping[str, str] = {
    "release_air": "release_i131_equivalent",
    "release_water": "release_sr90_equivalent_water",
    "release_ground": "release_sr90_equivalent_soil",
    "release_transport": "transport_release_d2",
    "area": "contaminated_area",
}
GUANGXI, PLAN = "CN/Guangxi", "CN-GX-44-2021"
INCIDENT = "incident"
LIMITS_OF, WATCH = "CN-GB18871-2002", "6.3b"
UNSURE = "recalled"


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """What is known of an accident; None where nothing was said. Doses are (person, organ, mSv in the year).

    ``category_or_graver``: another source has no category, so that all together may be of a graver one.
    """

    source_category: int | None = None
    category_or_graver: bool = False
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

    ``classes`` are those of the ladders of the place; ``may_be`` is the gravest that what is not known of sources,
    people and contamination may still give.
    """

    grade: str
    firm: str
    deciding: tuple[Judged, ...]
    judged: tuple[Judged, ...]
    may_be: str
    response: Response | None
    notices: tuple[Notice, ...]
    classes: tuple[ClassFound, ...] = ()


@cache
def _data() -> dict[str, Any]:
    import tomllib

    with open(data_path(*GRADES_TABLE.split("/")), "rb") as file:
        return tomllib.load(file)


def limits() -> tuple[Mapping[str, str], ...]:
    """Return which yearly limit holds for which person and organ."""
    return tuple(_data()["annual_limit"])


def graded(known: Known, jurisdiction: str = GUANGXI, on: date | None = None) -> Grading:
    """Return the grade of an accident at a place, as the law stands on a day (None: as its texts stand).

    Raises OutsideDataError for a place whose law has no grades here, and for a dose without limit.
    """
    held, given = _instruments(jurisdiction), _facts(known)
    asked = [name for name, row in held.items() if known.amounts or not row.get("quantified")]
    classes = tuple(each for each in classify(given, asked, on=on) if each.force not in NOT_LIVE)
    informs = {name for name, row in held.items() if not _within(jurisdiction, row.get("binds", row["jurisdiction"]))}
    every = tuple(one for each in classes for one in judged(each, given, informs=each.instrument in informs))
    grade = _gravest([each.grade for each in classes])
    firm = _gravest([each.verified for each in classes if each.instrument not in informs])
    deciding = strongest_first(each for each in every if each.met and each.criterion.grade == grade)
    response = _response(grade) if grade and any(each.instrument == PLAN for each in classes) else None
    said = _notices(known, grade, firm, classes, on)
    may_be = _gravest([_may_be(every, grade), _with_gravest_source(known, jurisdiction, on, grade)])
    return Grading(grade, firm, deciding, every, may_be, response, said, classes)


def _with_gravest_source(known: Known, jurisdiction: str, on: date | None, grade: str) -> str:
    """Return the grade with a source of category 1 where the one known is a least one; "" if it is no graver."""
    if not known.category_or_graver:
        return ""
    found = graded(replace(known, source_category=1, category_or_graver=False), jurisdiction, on)
    worst = _gravest([found.grade, found.may_be])
    return worst if _rank(worst) < _rank(grade) else ""


def _may_be(every: tuple[Judged, ...], grade: str) -> str:
    """Return the gravest grade above the one met that sources, people or contamination may still give."""
    graver = [
        each.criterion.grade
        for each in every
        if each.met is None and set(each.missing) <= set(ASKED) and _rank(each.criterion.grade) < _rank(grade)
    ]
    return _gravest(graver)


def _within(place: str, area: str) -> bool:
    return f"{place}/".lower().startswith(f"{area}/".lower())


def _instruments(jurisdiction: str) -> dict[str, Mapping[str, Any]]:
    found = {row["id"]: row for row in _data()["instrument"] if _within(jurisdiction, row["jurisdiction"])}
    if not found:
        raise OutsideDataError("accident.no_grades", place=jurisdiction)
    return found


def _facts(known: Known) -> tuple[Fact, ...]:
    """Return what the ladders read of an accident; without value what was not said."""
    over, sure = _over_limit(known)
    counts = {"acute_deaths": known.deaths, "severe_sickness_or_disability": known.severe}
    values: dict[str, float | bool | str | tuple[str, ...] | None] = {
        "lost_source_category": "none" if known.no_source else str(known.source_category or "") or None,
        "contamination_extent": known.contamination,
        "dose_over_annual_limit": over,
        **{name: None if count is None else float(count) for name, count in counts.items()},
        **{name: (known.flags or {}).get(flag) for flag, name in FLAGS.items()},
        **{name: (known.amounts or {}).get(amount) for amount, name in AMOUNTS.items()},
    }
    return facts(INCIDENT, values, {"dose_over_annual_limit": sure})


def _over_limit(known: Known) -> tuple[float | None, str]:
    """Return the largest ratio of a dose to its yearly limit; above the mean of five years alone it is not verified."""
    ratios = [_ratios(*each) for each in known.doses]
    sure, mean = (max((each[at] for each in ratios), default=Fraction(0)) for at in (0, 1))
    return float(mean) if ratios or known.no_doses else None, UNSURE if mean > 1 >= sure else ""


def _ratios(person: str, organ: str, dose_mSv: float) -> tuple[Fraction, Fraction]:
    """Return a dose over the limit that is one in any case, and over the yearly limit, in exact decimals."""
    row = next((row for row in limits() if (row["person"], row["organ"]) == (person, organ)), None)
    if row is None:
        raise OutsideDataError("accident.no_limit", person=person, organ=organ)
    book = load(LIMITS_OF)
    sure, limit = (Fraction(str(book.rule(row[key]).value)) for key in ("sure", "rule"))
    return Fraction(str(dose_mSv)) / sure, Fraction(str(dose_mSv)) / limit


def _rank(grade: str) -> int:
    return GRADES.index(grade) if grade else len(GRADES)


def _gravest(grades: list[str]) -> str:
    return min(grades, key=_rank, default="")


def _response(grade: str) -> Response:
    """Return what the plan sets off: level and grade are one number (1.4), 4.1.1 to 4.1.3 say who starts it."""
    found = classify(facts("emergency", {"accident_grade": grade}), (PLAN,), on=None)
    starts = next(each for each in found if each.ladder == f"{PLAN}/response")
    (watch,) = conditions_of(load(PLAN).rule(WATCH).when)
    forces = dict(next(iter(table(ACTIVATION).where(level=grade))))
    forces.pop("level")
    return Response(grade, starts.grade, starts.article, forces, compare(watch.comparator, grade, watch.value))


def _notices(
    known: Known, grade: str, firm: str, classes: tuple[ClassFound, ...], on: date | None
) -> tuple[Notice, ...]:
    found = []
    if not classes and on is not None:
        found.append(Notice("warnings.accident.grade_no_law", {"on": on.isoformat()}))
    if grade != firm:
        params = {"grade": grade, "firm": firm or "-"}
        found.append(Notice("warnings.accident.grade_unverified", params))
    if grade == "I" and any(each.instrument == PLAN for each in classes):
        found.append(Notice("warnings.accident.grade_one"))
    if known.amounts:
        found.append(Notice("warnings.accident.quantified"))
    return tuple(found)
