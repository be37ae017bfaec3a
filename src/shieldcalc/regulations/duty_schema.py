"""What a file of duties may say: keys, kinds of value, names; everything else is refused, all of it at once."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from typing import Any

from pydantic_core import CoreSchema, core_schema

from shieldcalc.errors import InputError
from shieldcalc.model.facility_words import words
from shieldcalc.model.loader.lines import Path, key_lines
from shieldcalc.model.loader.names import known, rows
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree, read_structure
from shieldcalc.model.loader.text import parse, read_bytes
from shieldcalc.model.loader.values import choice, day, flag, listing, number, refused, shown, table, text
from shieldcalc.regulations.conditions import COMPARATORS
from shieldcalc.regulations.duty_rules import UNITS
from shieldcalc.regulations.strict import CONFIDENCES
from shieldcalc.regulations.taxonomy import taxonomy

SCOPES = ("facility", "licence", "device", "sealed_source", "person", "meter", "application", "incident")
TIMINGS = ("once", "recurring", "yearly", "fixed", "standing")
BOUNDARIES = ("included", "excluded", "end_of_month")
QUANTITIES = (
    *("exempt", "dose_check_months", "licence_kind", "application_kind", "grade", "features", "employees"),
    "first_licensed",
)
NUMBERS = ("dose_check_months", "employees")
# Dates that facts hold of a subject besides what happened to it: of the licence, of the applications that name it.
DERIVED = {"device": ("licence_applied", "licensed"), "facility": ("licence_applied",)}
NEEDED = ("id", "article", "scope", "timing", "confidence", "holder")
BY_TIMING: Mapping[str, tuple[str, ...]] = {
    "once": ("count", "day_one"),
    "recurring": ("count", "done", "day_one"),
    "yearly": ("day", "boundary", "done"),
    "fixed": ("date", "boundary", "done"),
    "standing": (),
}


def read(path: str, instrument: str) -> list[Tree]:
    """Return the duties of one file, its defaults put in; raise InputError with everything that is wrong in it."""
    content, parsed = parse(path, read_bytes(path))
    problems = Problems(path, key_lines(content))
    tree = read_structure(parsed, problems, schema)
    if tree["instrument"] is not None and tree["instrument"] != instrument:
        problems.unknown(("instrument",), "instrument", tree["instrument"], (instrument,))
    defaults = tree["defaults"] or {}
    found = {
        index: {key: defaults.get(key) if value is None else value for key, value in row.items()}
        for index, row in rows(tree, "duty")
    }
    ids = [row["id"] for row in found.values()]
    for index, row in found.items():
        _check(("duty", index), row, tree["duty"][index], ids, problems)
    if problems.found:
        raise InputError(problems.sorted())
    return list(found.values())


@cache
def schema() -> CoreSchema:
    """Return the whole file as one schema of pydantic's engine."""
    duty = _duty()
    return table(
        {"instrument": text(), "duty": listing(table({}, duty), 1, 200, wanted="tables [[duty]]")},
        {"defaults": table({}, duty)},
    )


def _duty() -> dict[str, CoreSchema]:
    kinds, equipment = words(), tuple(taxonomy().equipment)
    amounts = {unit: number(least=0, most=10_000, whole=True) for unit in UNITS}
    count = table({"from": listing(text(), 1, 10)}, {**amounts, "ahead": flag(), "grid": flag(), "months_of": text()})
    condition = table({"quantity": choice(*QUANTITIES), "comparator": choice(*COMPARATORS), "value": _any()})
    names = {
        "facility": listing(choice(*kinds.facility), 1, 20),
        "not_facility": listing(choice(*kinds.facility), 1, 20),
        "equipment": listing(choice(*equipment), 1, 20),
        "not_equipment": listing(choice(*equipment), 1, 20),
        "meter": listing(choice(*kinds.meter), 1, 20),
        "role": listing(choice(*kinds.role), 1, 20),
        "not_role": listing(choice(*kinds.role), 1, 20),
    }
    return {
        "id": text(), "article": text(), "scope": choice(*SCOPES), "timing": choice(*TIMINGS),
        "confidence": choice(*CONFIDENCES), "effective": day(), "expiry": day(), "holder": text(),
        "addressee": listing(text(), 1, 10), **names, "when": listing(condition, 1, 10),
        "unless": listing(condition, 1, 10), "count": listing(count, 1, 5), "day": text(), "date": day(),
        "boundary": choice(*BOUNDARIES), "about": choice("previous_year"), "day_one": choice("counted", "not_counted"),
        "done": listing(text(), 1, 10), "done_any": flag(), "done_since": text(),
        "done_in_time": listing(text(), 1, 10), "needs_anchor": flag(), "late": flag(), "stated": flag(),
        "notes": listing(text(), 1, 5),
    }  # fmt: skip


def _any() -> CoreSchema:
    """Accept a text, a number with a decimal point, true or false, or a list of texts."""

    def take(value: Any) -> Any:
        texts = isinstance(value, list) and all(isinstance(item, str) for item in value)
        if value is not None and not texts and not isinstance(value, str | float | bool):
            raise refused("design.wrong_type", value=shown(value), wanted="a text, a number with a decimal point")
        return tuple(value) if isinstance(value, list) else value

    return core_schema.no_info_plain_validator_function(take)


def _compared(path: Path, condition: Tree, problems: Problems) -> None:
    """Report a value that its comparator cannot compare with the quantity: numbers by order, names by choice."""
    number, value = condition["quantity"] in NUMBERS, condition["value"]
    comparator = condition["comparator"]
    fits = {"in": isinstance(value, tuple), "includes": isinstance(value, tuple), "==": not isinstance(value, tuple)}
    if value is None or comparator is None or condition["quantity"] is None:
        return
    if not fits.get(comparator, not isinstance(value, tuple | bool)) or number != isinstance(value, float):
        problems.say(path, "regulation_compared", quantity=condition["quantity"], comparator=comparator)


def _check(path: Path, row: Tree, own: Tree, ids: list[Any], problems: Problems) -> None:
    if row["id"] is not None and ids.count(row["id"]) > 1:
        problems.say((*path, "id"), "regulation_twice", name=row["id"])
    needed = BY_TIMING.get(row["timing"] or "", ())
    for key in (*NEEDED, *needed):
        if row[key] is None and not problems.about((*path, key)):
            problems.say((*path, key), "regulation_missing", name=key)
    for key in ("count", "day", "date", "boundary") if row["timing"] in BY_TIMING else ():
        if own[key] is not None and key not in needed:
            problems.say((*path, key), "regulation_timing", timing=row["timing"], name=key)
    for key in ("when", "unless"):
        for index, condition in rows(row, key):
            _compared((*path, key, index, "value"), condition, problems)
    dates = (
        event_names(row["scope"]) if row["scope"] else sorted({each for kind in SCOPES for each in event_names(kind)})
    )
    for key in ("done", "done_in_time"):
        for place, name in enumerate(row[key] or ()):
            known((*path, key, place), "event", name, dates, problems)
    known((*path, "done_since"), "event", row["done_since"], dates, problems)
    for index, count in rows(row, "count"):
        given = [unit for unit in UNITS if count[unit] is not None]
        told = problems.about((*path, "count", index))
        if len(given) + (count["months_of"] is not None) != 1 and not told:
            problems.say((*path, "count", index), "regulation_one_amount", allowed=", ".join((*UNITS, "months_of")))
        if count["ahead"] and (set(given) & {"hours", "working_days"} or count["grid"]):
            problems.say((*path, "count", index, "ahead"), "regulation_no_ahead")
        if count["grid"] and not set(given) & {"months", "years"}:
            problems.say((*path, "count", index, "grid"), "regulation_no_grid")
        known((*path, "count", index, "months_of"), "quantity", count["months_of"], list(QUANTITIES), problems)
        for place, name in enumerate(count["from"] or ()):
            allowed = [*dates, "effective", *(f"{way}:{other}" for other in ids for way in ("due", "replaced"))]
            known((*path, "count", index, "from", place), "event", name, allowed, problems)
    if row["day"] is not None and not _is_day(row["day"]):
        problems.say((*path, "day"), "regulation_kind", wanted="a month and a day, such as 11-30")


def event_names(scope: str) -> list[str]:
    """Return the names of dates that facts of one kind of subject hold, the facility's included."""
    kinds = words().event
    return [*kinds.get(scope, ()), *kinds["facility"], *DERIVED.get(scope, ())]


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(f"2023-{value}")
    except ValueError:
        return False
    return True
