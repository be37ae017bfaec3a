"""A case file (``accident.toml``) to a Case: structure, then ids, references and the order of times."""

from datetime import datetime
from functools import cache
from hashlib import sha256
from os.path import isfile
from typing import Any, NamedTuple

from pydantic_core import CoreSchema, core_schema

from shieldcalc.errors import InputError, OutsideDataError, UnknownNameError
from shieldcalc.model.accident_case import CONTENTS, Case
from shieldcalc.model.catalog import Catalog
from shieldcalc.model.loader.convert_case import case_of
from shieldcalc.model.loader.equipment import check_plugins
from shieldcalc.model.loader.folder import below
from shieldcalc.model.loader.limits import limit
from shieldcalc.model.loader.lines import Path, key_lines
from shieldcalc.model.loader.names import ids, known, rows, unique
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.schema import FORMAT
from shieldcalc.model.loader.structure import Tree, read_structure
from shieldcalc.model.loader.text import parse, read_bytes
from shieldcalc.model.loader.values import (
    any_table,
    choice,
    day,
    flag,
    identifier,
    listing,
    metres,
    number,
    place,
    quantity,
    refused,
    shown,
    table,
    text,
)

STATES = ("lost", "stolen", "out_of_control", "stuck", "found", "recovered")
PERSONS, ORGANS = ("worker", "apprentice", "public"), ("effective", "lens", "skin")
CONTAMINATION = ("none", "local", "small_area", "larger_area", "wide_severe")
KINDS = ("distance", "contact", "pocket", "bedside")
MOST, LONGEST = 200, 2000
FARTHEST_M = 1e4


class Names(NamedTuple):
    """The names that a case may use: situations, places, events, goals, conditions for the end, organs."""

    situations: tuple[str, ...]
    places: tuple[str, ...]
    events: tuple[str, ...]
    goals: tuple[str, ...]
    conditions: tuple[str, ...]
    organs: tuple[str, ...]


def load_case(path: str, names: Names, catalog: Catalog) -> Case:
    """Return the Case of one file; raise InputError with everything that is wrong, in the order of the file."""
    content = read_bytes(path)
    written, parsed = parse(path, content)
    problems = Problems(path, key_lines(written))
    tree = read_structure(parsed, problems, schema)
    _check(tree, names, problems)
    check_plugins(tree, catalog, problems)
    if problems.found:
        raise InputError(problems.sorted())
    return case_of(tree, path, sha256(content).hexdigest())


def moment() -> CoreSchema:
    """Accept a local date and time without offset."""

    def read(value: Any) -> datetime | None:
        if value is not None and (not isinstance(value, datetime) or value.tzinfo is not None):
            wanted = "a local date and time without quotes, such as 2026-03-01T08:15:00"
            raise refused("design.wrong_type", value=shown(value), wanted=wanted)
        if value is not None and not 1950 <= value.year <= 2150:
            raise refused("facility.year", value=shown(value), first=1950, last=2150)
        return value

    return core_schema.no_info_plain_validator_function(read, json_schema_input_schema=core_schema.str_schema())


def paragraph() -> CoreSchema:
    """Accept words of one or several lines, shown in reports."""

    def read(value: Any) -> str | None:
        if value is None:
            return None
        if not isinstance(value, str):
            raise refused("design.wrong_type", value=shown(value), wanted="a text in quotes")
        if not value.strip() or len(value) > LONGEST:
            raise refused("design.text_length", value=shown(value), longest=LONGEST)
        if not value.replace("\n", "").isprintable():
            raise refused("design.text_control", value=shown(value))
        return " ".join(value.split())

    return core_schema.no_info_plain_validator_function(read, json_schema_input_schema=core_schema.str_schema())


def _entry_schema() -> CoreSchema:
    count = number(least=0, most=1e6, whole=True)
    dose = table(
        {"person": choice(*PERSONS), "organ": choice(*ORGANS), "dose": quantity("dose", least=0, most=1e8)},
        {"who": text()},
    )
    absorbed = table({"organ": text(), "dose": quantity("kerma", least=0, most=1e8)}, {"who": text()})
    exposure = table(
        {"source": identifier(), "kind": choice(*KINDS), "time": quantity("time", above=0, most=3.2e8)},
        {"who": text(), "distance": metres(above=0, most=FARTHEST_M), "on": day()},
    )
    survey = table(
        {"rate": quantity("dose_rate", least=0, most=1e12)},
        {"distance": metres(above=0, most=FARTHEST_M), "place": place(2, most=FARTHEST_M)},
    )
    return table(
        {"at": moment(), "what": paragraph()},
        {
            "event": text(),
            "deaths": count,
            "severe": count,
            "contamination": choice(*CONTAMINATION),
            "recovered": listing(identifier(), 1, MOST),
            "done": listing(text(), 1, MOST),
            "end_conditions": listing(text(), 1, MOST),
            **{name: paragraph() for name in CONTENTS},
            "dose": listing(dose, 0, MOST, wanted="tables [[entry.dose]]"),
            "absorbed": listing(absorbed, 0, MOST, wanted="tables [[entry.absorbed]]"),
            "exposure": listing(exposure, 0, MOST, wanted="tables [[entry.exposure]]"),
            "survey": listing(survey, 0, MOST, wanted="tables [[entry.survey]]"),
        },
    )


@cache
def schema() -> CoreSchema:
    """Return the whole file as one schema of pydantic's engine."""
    source = table(
        {"id": identifier(), "nuclide": text(), "activity": quantity("activity", above=0, most=1e20)},
        {
            "reference_date": day(),
            "state": choice(*STATES),
            "diameter": metres(above=0),
            "length": metres(above=0),
            "known": moment(),
            "separated": day(),
        },
    )
    head = table(
        {"id": identifier(), "name": text(), "place": text(), "jurisdiction": text(), "discovered": moment()},
        {
            "unit": text(),
            "happened": day(),
            "situation": text(),
            "indoors": flag(),
            "source_out_of_control": flag(),
            "plan": text(),
            "source_at": place(2, most=FARTHEST_M),
        },
    )
    return table(
        {"format": number(least=FORMAT, most=FORMAT, whole=True), "case": head},
        {
            "source": listing(source, 0, MOST, wanted="tables [[source]]"),
            "entry": listing(_entry_schema(), 0, limit("facility_rows"), wanted="tables [[entry]]"),
            "plugins": any_table(),
        },
    )


def _check(tree: Tree, names: Names, problems: Problems) -> None:
    head = tree["case"] or {}
    known(("case", "situation"), "situation", head.get("situation"), list(names.situations), problems)
    _head(tree, names, problems)
    _plan(head, problems)
    seen: dict[str, Path] = {}
    for index, row in rows(tree, "source"):
        unique(("source", index), row, seen, problems)
        _nuclide(("source", index, "nuclide"), row["nuclide"], problems)
        if (row["diameter"] is None) != (row["length"] is None):
            problems.say(("source", index), "accident.half_size")
        _after(("source", index, "known"), row["known"], "case.discovered", head.get("discovered"), problems)
    for index, row in rows(tree, "entry"):
        _entry(("entry", index), row, tree, names, problems)


def _head(tree: Tree, names: Names, problems: Problems) -> None:
    head = tree["case"] or {}
    place = head.get("jurisdiction")
    if place is not None and not any(f"{place}/".lower().startswith(f"{each}/".lower()) for each in names.places):
        problems.say(("case", "jurisdiction"), "accident.no_reports", place=place, held=", ".join(names.places))
    if head.get("source_out_of_control") is False and next(rows(tree, "source"), None) is not None:
        problems.say(("case", "source_out_of_control"), "design.not_here", why="a case with [[source]]")
    happened, found = head.get("happened"), head.get("discovered")
    if happened is not None and found is not None and happened > found.date():
        params = {"value": str(found), "before": "case.happened", "date": str(happened)}
        problems.say(("case", "discovered"), "facility.before", **params)


def _plan(head: Tree, problems: Problems) -> None:
    """Report a plan without the place of the source on it, or one that is no file beside the case file or below."""
    plan = head.get("plan")
    if plan is None:
        return
    if head.get("source_at") is None and not problems.about(("case", "source_at")):
        problems.say(("case", "source_at"), "design.needed_here", why="a plan")
    real = below(plan, problems.file)
    if real is None:
        problems.say(("case", "plan"), "accident.plan_outside", value=shown(plan))
    elif not isfile(real):
        problems.say(("case", "plan"), "accident.plan_missing", value=shown(plan))


def _nuclide(path: Path, name: str | None, problems: Problems) -> None:
    from shieldcalc.photons.neutrons import mixed
    from shieldcalc.photons.nuclides import nuclide

    if name is None or mixed(name) is not None:
        return
    try:
        nuclide(name)
    except (UnknownNameError, OutsideDataError) as refusal:
        problems.say(path, refusal.code, **refusal.params)


def _entry(path: Path, row: Tree, tree: Tree, names: Names, problems: Problems) -> None:
    known((*path, "event"), "event", row["event"], list(names.events), problems)
    _after((*path, "at"), row["at"], "case.discovered", (tree["case"] or {}).get("discovered"), problems)
    for each in _named(row):
        found = next((source for _, source in rows(tree, "source") if source["id"] == each), None)
        if found is not None:
            _after((*path, "at"), row["at"], f"source {each}: known", found["known"], problems)
    for number_, name in enumerate(row["recovered"] or ()):
        known((*path, "recovered", number_), "source", name, ids(tree, "source"), problems)
    for number_, name in enumerate(row["end_conditions"] or ()):
        known((*path, "end_conditions", number_), "condition", name, list(names.conditions), problems)
    for number_, goal in enumerate(row["done"] or ()):
        known((*path, "done", number_), "goal", goal, list(names.goals), problems)
    for number_, each in rows(row, "absorbed"):
        known((*path, "absorbed", number_, "organ"), "organ", each["organ"], list(names.organs), problems)
    for number_, each in rows(row, "exposure"):
        here = (*path, "exposure", number_)
        known((*here, "source"), "source", each["source"], ids(tree, "source"), problems)
        if each["kind"] == "distance" and each["distance"] is None:
            problems.say((*here, "distance"), "design.needed_here", why="an exposure at a distance")
        if each["kind"] not in ("distance", None) and each["distance"] is not None:
            problems.say((*here, "distance"), "design.not_here", why=f"an exposure of kind {each['kind']}")
    for number_, each in rows(row, "survey"):
        _survey((*path, "survey", number_), each, (tree["case"] or {}).get("source_at"), problems)


def _named(row: Tree) -> list[Any]:
    """Return the ids of the sources that an entry names."""
    return [*(row["recovered"] or ()), *(each["source"] for _, each in rows(row, "exposure"))]


def _after(path: Path, when: Any, before: str, start: Any, problems: Problems) -> None:
    """Report a time before the one that it has to follow; ``before`` names that one."""
    if when is not None and start is not None and when < start:
        problems.say(path, "facility.before", value=str(when), before=before, date=str(start))


def _survey(path: Path, row: Tree, source_at: Any, problems: Problems) -> None:
    """Report a reading without distance or place, with both, or at the place of the source itself."""
    given = [key for key in ("distance", "place") if row[key] is not None or problems.about((*path, key))]
    if not given:
        problems.say((*path, "distance"), "design.needed_here", why="a reading without a place")
    if len(given) > 1:
        problems.say((*path, "distance"), "design.not_here", why="a reading at a place")
    if row["place"] is not None and row["rate"] is not None and row["place"] == (source_at or (0.0, 0.0)):
        problems.say((*path, "place"), "accident.survey_at_source", rate=f"{1000 * row['rate']:g}")
