"""Grade I to IV of a radiation accident in China: every criterion judged, the gravest that is met decides.

Guangxi emergency plan 44/2021, Annex 1; Regulation 449, Art. 40, which supplies the gravest grade that the text held
of the plan lacks. What was not said leaves a criterion open; an unverified graver grade is never hidden.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from shieldcalc.accident.law import force_of
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.result import Force
from shieldcalc.regulations.status import NOT_LIVE, weakest
from shieldcalc.resources import data_path
from shieldcalc.tables import table

GRADES_TABLE = "accident/grades.toml"
ACTIVATION = "accident/activation.csv"
GRADES = ("I", "II", "III", "IV")
CONTAMINATION = ("none", "local", "small_area", "larger_area", "wide_severe")
ASKED = ("source_category", "deaths", "severe", "contamination", "over_annual_limit", "source_with_wide_contamination")
GUANGXI = "CN/Guangxi"
FIRM: tuple[Force, ...] = ("binding", "secondary_source")

Value = float | bool | str


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


class Criterion(NamedTuple):
    """One criterion: bounds of a quantity that give a grade."""

    id: str
    instrument: str
    grade: str
    article: str
    quantity: str
    confidence: str
    values: tuple[Value, ...] = ()
    least: float | None = None
    most: float | None = None
    below: float | None = None
    over: float | None = None

    def holds(self, value: Value) -> bool:
        """Return whether a value of the quantity meets the criterion."""
        if self.values:
            return value in self.values
        number = float(value)
        return (
            (self.least is None or number >= self.least)
            and (self.most is None or number <= self.most)
            and (self.below is None or number < self.below)
            and (self.over is None or number > self.over)
        )


class Judged(NamedTuple):
    """A criterion with the value that was compared and whether it is met; None: the value is not known.

    ``informs``: the criterion is no part of the law of the place.
    """

    criterion: Criterion
    value: Value | None
    met: bool | None
    force: Force
    informs: bool = False


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


@cache
def criteria() -> tuple[Criterion, ...]:
    """Return every criterion."""
    rows = _data()["criterion"]
    return tuple(Criterion(**{**row, "values": tuple(row.get("values", ()))}) for row in rows)


def limits() -> tuple[Mapping[str, str], ...]:
    """Return which yearly limit holds for which person and organ."""
    return tuple(_data()["annual_limit"])


def graded(known: Known, jurisdiction: str = GUANGXI, on: date | None = None) -> Grading:
    """Return the grade of an accident at a place, as the law stands on a day (None: as its texts stand).

    Raises OutsideDataError for a place whose law has no grades here, and for a dose without limit.
    """
    held = _instruments(jurisdiction)
    values = _values(known)
    judged = tuple(_judged(each, values, held, on) for each in criteria() if each.instrument in held)
    live = [each for each in judged if each.force not in NOT_LIVE]
    met = [each for each in live if each.met]
    grade, firm = _gravest(met), _gravest([each for each in met if each.force in FIRM])
    graver = [
        each
        for each in live
        if each.met is None and each.criterion.quantity in ASKED and _rank(each.criterion.grade) < _rank(grade)
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


def _judged(each: Criterion, values: Mapping[str, tuple[Value | None, Force]], held: Any, on: date | None) -> Judged:
    value, sure = values[each.quantity]
    met = None if value is None else each.holds(value)
    informs = bool(held[each.instrument].get("informs"))
    return Judged(each, value, met, weakest(_force(each, held[each.instrument], on), sure), informs)


def _force(each: Criterion, head: Mapping[str, Any], on: date | None) -> Force:
    return "unverified" if head.get("informs") else force_of(head["held"], each.confidence, on)


def _values(known: Known) -> dict[str, tuple[Value | None, Force]]:
    """Return every quantity's value, and how sure it is."""
    category: Value | None = 0 if known.no_source else known.source_category
    over, sure = _over_limit(known)
    flags, amounts = known.flags or {}, known.amounts or {}
    found: dict[str, tuple[Value | None, Force]] = {
        "source_category": (category, "binding"),
        "deaths": (known.deaths, "binding"),
        "severe": (known.severe, "binding"),
        "contamination": (known.contamination, "binding"),
        "over_annual_limit": (over, sure),
        "source_with_wide_contamination": (_wide(category, known.contamination), "binding"),
    }
    for each in criteria():
        found.setdefault(each.quantity, (flags.get(each.quantity, amounts.get(each.quantity)), "binding"))
    return found


def _wide(category: Value | None, contamination: str | None) -> bool | None:
    """Return whether a source of category 1 or 2 is lost and the contamination wide and severe."""
    if (category is not None and category not in (1, 2)) or contamination not in (None, CONTAMINATION[-1]):
        return False
    return None if category is None or contamination is None else True


def _over_limit(known: Known) -> tuple[bool | None, Force]:
    """Return whether a dose is above a yearly limit; above the mean of five years alone that is unverified."""
    from shieldcalc.regulations.rules import load

    book = load("CN-GB18871-2002")
    outcomes: list[str] = []
    for person, organ, dose in known.doses:
        row = next((row for row in limits() if (row["person"], row["organ"]) == (person, organ)), None)
        if row is None:
            raise OutsideDataError("accident.no_limit", person=person, organ=organ)
        bounds = [float(str(book.rule(row[key]).value)) for key in ("sure", "rule")]
        outcomes.append("sure" if dose > bounds[0] else "mean" if dose > bounds[1] else "under")
    if "sure" in outcomes:
        return True, "secondary_source"
    if "mean" in outcomes:
        return True, "unverified"
    return (False, "binding") if outcomes or known.no_doses else (None, "binding")


def _rank(grade: str) -> int:
    return GRADES.index(grade) if grade else len(GRADES)


def _gravest(judged: "list[Judged]") -> str:
    return min((each.criterion.grade for each in judged), key=_rank, default="")


def _response(grade: str) -> Response:
    row = next(row for row in _data()["response"] if row["grade"] == grade)
    forces = dict(next(iter(table(ACTIVATION).where(level=row["level"]))))
    forces.pop("level")
    return Response(row["level"], row["started_by"], row["article"], forces, row["at_post"])


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
