"""A facility file to a Facility: structure, then names, references, files and the order of dates."""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any

from shieldcalc.errors import InputError
from shieldcalc.model.catalog import Catalog
from shieldcalc.model.facility import (
    Application,
    Document,
    Events,
    Facility,
    FacilityDevice,
    FacilityEvent,
    FacilityNeighbour,
    FacilityRoom,
    Hazard,
    HeldSource,
    Incident,
    Inspection,
    Licence,
    Meter,
    Operation,
    Person,
    PersonalDose,
    Pregnancy,
    Workplace,
)
from shieldcalc.model.facility_words import words
from shieldcalc.model.loader.emergency import emergency_of
from shieldcalc.model.loader.equipment import check_plugins
from shieldcalc.model.loader.facility_checks import check_facility
from shieldcalc.model.loader.facility_schema import facility as schema
from shieldcalc.model.loader.lines import dotted, key_lines
from shieldcalc.model.loader.lost import name_lost
from shieldcalc.model.loader.names import rows
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree, read_structure
from shieldcalc.model.loader.text import parse, read_bytes

HAZARD = ("id", "what", "found", "level", "unit", "inspection", "deadline", "corrected")


def load_facility(path: str, kinds: Sequence[str], catalog: Catalog) -> Facility:
    """Return the Facility of one file; ``kinds`` are the kinds of equipment that a device may be.

    Activities in Bq, doses in mSv, distances in metres. Raises InputError with everything that is wrong, in the order
    of the file.
    """
    content = read_bytes(path)
    text, parsed = parse(path, content, start="facility")
    problems = Problems(path, key_lines(text))
    tree = read_structure(parsed, problems, schema)
    check_facility(tree, kinds, catalog, path, problems)
    check_plugins(tree, catalog, problems)
    name_lost(problems, catalog)
    if problems.found:
        raise InputError(problems.sorted())
    lines = {dotted(place): line for place, line in problems.lines.items()}
    return _facility(tree, path, sha256(content).hexdigest(), lines)


def _given(row: Tree, *keys: str) -> dict[str, Any]:
    """Return those of the keys that the file gives."""
    return {key: row[key] for key in keys if row[key] is not None}


def _events(owner: str, row: Tree) -> Events:
    return {name: row[name] for name in words().event[owner] if row[name] is not None and row[name] is not False}


def _all(tree: Tree, key: str) -> list[Tree]:
    return [row for _, row in rows(tree, key)]


def _facility(tree: Tree, path: str, digest: str, lines: Mapping[str, int]) -> Facility:
    head, evaluation = tree["facility"], tree["evaluation"] or {}
    return Facility(
        file=path,
        sha256=digest,
        lines=lines,
        emergency=emergency_of(tree),
        plugins=tree["plugins"] or {},
        on=evaluation.get("date"),
        instruments=evaluation.get("instruments") or (),
        five_years_from=_whole(evaluation.get("five_years_from")),
        ledger=head["hazard_ledger"],
        self_inspection=_answers(tree["self_inspection"]),
        **_given(head, "name", "kind", "jurisdiction", "address", "employees", "features"),
        licences=tuple(map(_licence, _all(tree, "licence"))),
        devices=tuple(map(_device, _all(tree, "device"))),
        sources=tuple(map(_source, _all(tree, "sealed_source"))),
        rooms=tuple(FacilityRoom(**row) for row in _all(tree, "room")),
        people=tuple(map(_person, _all(tree, "person"))),
        meters=tuple(map(_meter, _all(tree, "meter"))),
        documents=tuple(map(_document, _all(tree, "document"))),
        happened=tuple(map(_event, _all(tree, "event"))),
        applications=tuple(map(_application, _all(tree, "application"))),
        incidents=tuple(map(_incident, _all(tree, "incident"))),
        neighbours=tuple(
            FacilityNeighbour(name=row["name"], kind=row["kind"], distance_m=row["distance"])
            for row in _all(tree, "neighbour")
        ),
        workplaces=tuple(map(_workplace, _all(tree, "workplace"))),
        inspections=tuple(map(_inspection, _all(tree, "inspection"))),
        hazards=tuple(Hazard(**_given(row, *HAZARD)) for row in _all(tree, "hazard")),
    )


def _answers(row: Tree | None) -> dict[str, bool] | None:
    return None if row is None else {name: value for name, value in row.items() if value is not None}


def _whole(value: float | None) -> int | None:
    return None if value is None else int(value)


def _licence(row: Tree) -> Licence:
    return Licence(**_given(row, "id", "kind", "number", "replaces"), events=_events("licence", row))


def _device(row: Tree) -> FacilityDevice:
    keys = ("id", "kind", "make", "model", "serial", "room", "licence", "exempt", "dose_check_months", "withdrawn")
    checks = {key: value for key, value in (row["checks"] or {}).items() if value is not None}
    said = {"surface_rate": row["surface_rate"], "maximum_energy": row["maximum_energy"]}
    given = {key: value for key, value in said.items() if value is not None}
    own = _given(row, *keys, "protection", "protection_staff")
    return FacilityDevice(**own, checks={**checks, **given}, events=_events("device", row))


def _source(row: Tree) -> HeldSource:
    keys = ("id", "nuclide", "reference_date", "serial", "device", "room", "licence", "withdrawn")
    return HeldSource(**_given(row, *keys), activity_Bq=row["activity"], events=_events("sealed_source", row))


def _person(row: Tree) -> Person:
    keys = ("id", "role", "name", "birth_date", "certificate", "left", "exposed_since", "reproductive_capacity")
    work = ("operates", "assists", "handles", "protection")
    doses, pregnancies = tuple(map(_dose, _all(row, "dose"))), tuple(map(_pregnancy, _all(row, "pregnancy")))
    return Person(**_given(row, *keys, *work), doses=doses, pregnancies=pregnancies, events=_events("person", row))


def _pregnancy(row: Mapping[str, Any]) -> Pregnancy:
    return Pregnancy(notice=row["notice"], moved=row["moved"], ended=row["ended"], fetus_mSv=row["fetus"])


def _dose(row: Mapping[str, Any]) -> PersonalDose:
    return PersonalDose(
        employer=row["employer"],
        year=int(row["year"]),
        effective_mSv=row["effective"],
        lens_mSv=row["lens"],
        skin_mSv=row["skin"],
        extremities_mSv=row["extremities"],
        abdomen_mSv=row["abdomen"],
        special_circumstances=bool(row["special_circumstances"]),
    )


def _meter(row: Tree) -> Meter:
    keys = ("id", "kind", "make", "model", "serial", "withdrawn")
    return Meter(**_given(row, *keys), events=_events("meter", row))


def _document(row: Tree) -> Document:
    return Document(**_given(row, "id", "title", "number", "expiry", "file", "sha256"), dated=row["date"])


def _event(row: Tree) -> FacilityEvent:
    year = None if row["for_year"] is None else int(row["for_year"])
    return FacilityEvent(**_given(row, "kind", "note", "people"), date=row["date"][0], for_year=year)


def _application(row: Tree) -> Application:
    own = _given(row, "id", "kind", "licence", "devices", "people")
    return Application(**own, fees_unpaid=row["fees_paid"] is False, events=_events("application", row))


def _incident(row: Tree) -> Incident:
    return Incident(**_given(row, "id", "what", "grade"), events=_events("incident", row))


def _workplace(row: Tree) -> Workplace:
    own = _given(row, "id", "protection", "designation", "contamination_possible")
    return Workplace(**own, operations=tuple(map(_operation, _all(row, "operation"))))


def _operation(row: Mapping[str, Any]) -> Operation:
    groups = {key: row[key] for key in ("nuclide", "toxicity", "handling", "form")}
    return Operation(**groups, daily_Bq=row["daily_activity"])


def _inspection(row: Tree) -> Inspection:
    officers, vehicles = _whole(row["officers"]), _whole(row["vehicles"])
    return Inspection(**_given(row, "id", "unit", "date"), officers=officers, vehicles=vehicles)
