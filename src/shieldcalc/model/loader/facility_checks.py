"""Checks of a facility file that one key alone cannot show: ids, references, names, files, the order of dates."""

from collections.abc import Iterator, Sequence
from datetime import date
from hashlib import sha256
from os.path import isfile, realpath
from typing import Any

from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.model.catalog import Catalog
from shieldcalc.model.loader.emergency import check_emergency
from shieldcalc.model.loader.folder import below
from shieldcalc.model.loader.limits import limit
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.names import REFUSED, check_evaluation, ids, known, rows, unique
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree
from shieldcalc.model.loader.values import shown

OWNED = ("licence", "device", "sealed_source", "room", "person", "meter", "document", "application", "incident",
         "workplace", "inspection", "hazard")  # fmt: skip
NAMED = {"licence": "licence", "replaces": "licence", "device": "device", "room": "room", "inspection": "inspection"}
LISTED = {"devices": "device", "people": "person", "operates": "device", "assists": "device", "handles": "workplace"}
# What cannot come before what: the second not before the first.
ORDER = (("issued", "expiry"), ("previous_expiry", "expiry"), ("certificate_issued", "certificate_expiry"),
         ("filed", "complete"), ("complete", "answered"), ("complete", "assessed"))  # fmt: skip
OF_INCIDENTS = ("notified", "reported_in_writing", "reported_by", "response_ended", "summary_report")
OF_PEOPLE = ("trained", "health_checked", "dosimeter_read")


def check_facility(tree: Tree, kinds: Sequence[str], catalog: Catalog, path: str, problems: Problems) -> None:
    """Report everything that does not fit together; ``kinds`` are the kinds of equipment of the taxonomy."""
    tree = {**tree, REFUSED: {problem.key for problem in problems.found}}
    seen: dict[str, Path] = {"facility": ("facility",)}
    for owner in OWNED:
        for index, row in rows(tree, owner):
            unique((owner, index), row, seen, problems)
            _references((owner, index), row, tree, problems)
    for index, row in rows(tree, "device"):
        known(("device", index, "kind"), "kind of equipment", row["kind"], list(kinds), problems)
    for owner in ("device", "sealed_source", "meter"):
        for index, row in rows(tree, owner):
            for came in ("acquired", "put_into_use"):
                if came in row:
                    _leaves((owner, index), row, came, "withdrawn", problems)
    for index, row in rows(tree, "sealed_source"):
        _nuclide(("sealed_source", index, "nuclide"), row["nuclide"], problems, mixed=True)
    for index, row in rows(tree, "event"):
        _event(("event", index), row, tree, problems)
    check_emergency(tree, problems)
    _chains(tree, problems)
    _order(tree, problems)
    _people(tree, problems)
    _hazards(tree, problems)
    for index, row in rows(tree, "workplace"):
        for number, operation in rows(row, "operation"):
            _nuclide(("workplace", index, "operation", number, "nuclide"), operation["nuclide"], problems)
    _files(tree, path, problems)
    evaluation = tree["evaluation"] or {}
    check_evaluation({"methods": None, "instruments": evaluation.get("instruments")}, catalog, problems)


def _references(path: Path, row: Tree, tree: Tree, problems: Problems) -> None:
    for key, owner in NAMED.items():
        if key in row:
            known((*path, key), owner, row[key], ids(tree, owner), problems)
    for key, owner in LISTED.items():
        for number, name in enumerate(row.get(key) or ()):
            known((*path, key, number), owner, name, ids(tree, owner), problems)


def _chains(tree: Tree, problems: Problems) -> None:
    """Report a licence that takes, over others or at once, its own place."""
    before = {row["id"]: row["replaces"] for _, row in rows(tree, "licence")}
    for index, row in rows(tree, "licence"):
        seen, name = {row["id"]}, row["replaces"]
        while name is not None and name not in seen:
            seen.add(name)
            name = before.get(name)
        if name is not None:
            problems.say(("licence", index, "replaces"), "facility.replaces_itself", id=row["id"])


def _event(path: Path, row: Tree, tree: Tree, problems: Problems) -> None:
    if row["kind"] in OF_PEOPLE and row["people"] is None and not problems.about((*path, "people")):
        problems.say((*path, "people"), "design.needed_here", why=f"an event of kind {row['kind']}")
    if row["kind"] is not None and row["kind"] not in OF_PEOPLE and row["people"] is not None:
        problems.say((*path, "people"), "design.not_here", why=f"an event of kind {row['kind']}")
    last = row["date"][0].year + 1 if row["date"] else None
    if last is not None and row["for_year"] is not None and row["for_year"] > last:
        problems.say((*path, "for_year"), "facility.for_year", value=str(int(row["for_year"])), last=str(last))
    for number, name in enumerate(row["people"] or ()):
        known((*path, "people", number), "person", name, ids(tree, "person"), problems)


def _nuclide(path: Path, name: str | None, problems: Problems, *, mixed: bool = False) -> None:
    """Report a nuclide that is none; ``mixed`` neutron sources, such as Am-241/Be, may be held."""
    from shieldcalc.photons.nuclides import nuclide

    if name is None:
        return
    try:
        nuclide(name)
    except UnknownNameError as refused:
        problems.say(path, refused.code, **refused.params)
    except OutsideDataError as refused:
        if not mixed:
            problems.say(path, refused.code, **refused.params)


def _order(tree: Tree, problems: Problems) -> None:
    incidents = tuple(("discovered", after) for after in OF_INCIDENTS)
    for path, row in _every_row(tree):
        for before, after in (*ORDER, *(incidents if path[0] == "incident" else ())):
            first, second = row.get(before), row.get(after)
            if first and second and _day(second[0]) < _day(first[0]):
                params = {"value": str(second[0]), "before": before, "date": str(first[0])}
                problems.say((*path, after), "facility.before", **params)


def _day(moment: date) -> str:
    return moment.isoformat()[:10]


def _every_row(tree: Tree) -> Iterator[tuple[Path, Tree]]:
    return (((owner, index), row) for owner in OWNED for index, row in rows(tree, owner))


def _people(tree: Tree, problems: Problems) -> None:
    for index, person in rows(tree, "person"):
        born = person["birth_date"]
        _pregnancies(("person", index), person, problems)
        _after(("person", index), person, "birth_date", "exposed_since", problems)
        _exposed(("person", index), person, problems)
        _leaves(("person", index), person, "employed", "left", problems)
        for key in ("employed", "trained", "health_checked", "certificate_issued"):
            if born is not None and person[key] and person[key][0] <= born:
                params = {"value": str(person[key][0]), "before": "birth_date", "date": str(born)}
                problems.say(("person", index, key), "facility.before", **params)
        seen: set[tuple[Any, Any]] = set()
        for number, dose in rows(person, "dose"):
            who = (dose["employer"], dose["year"])
            if who in seen and None not in who:
                problems.say(
                    ("person", index, "dose", number), "facility.dose_twice", employer=who[0], year=int(who[1])
                )
            seen.add(who)


def _exposed(path: Path, person: Tree, problems: Problems) -> None:
    """Report a dose of work from before the first work with radiation."""
    begins = [(key, person[key]) for key in ("exposed_since", "birth_date") if person[key] is not None]
    for number, row in rows(person, "dose"):
        early = ((key, day) for key, day in begins if row["year"] is not None and row["year"] < day.year)
        for key, day in list(early)[:1]:
            params = {"value": str(int(row["year"])), "before": key, "date": str(day)}
            problems.say((*path, "dose", number, "year"), "facility.before", **params)


def _leaves(path: Path, row: Tree, first: str, last: str, problems: Problems) -> None:
    """Report a thing that is gone before it came."""
    if row[first] and row[last] is not None and row[last].isoformat() < _day(row[first][0]):
        problems.say((*path, last), "facility.before", value=str(row[last]), before=first, date=str(row[first][0]))


def _pregnancies(path: Path, person: Tree, problems: Problems) -> None:
    for number, row in rows(person, "pregnancy"):
        for key in ("moved", "ended"):
            _after((*path, "pregnancy", number), row, "notice", key, problems)
        both = {**row, "birth_date": person["birth_date"]}
        _after((*path, "pregnancy", number), both, "birth_date", "notice", problems)


def _after(path: Path, row: Tree, before: str, after: str, problems: Problems) -> None:
    first, second = row[before], row[after]
    if first is not None and second is not None and second < first:
        problems.say((*path, after), "facility.before", value=str(second), before=before, date=str(first))


def _hazards(tree: Tree, problems: Problems) -> None:
    """Report a hazard corrected, or to be corrected, before it was found, and one that two units are said to have."""
    visits = {row["id"]: row for _, row in rows(tree, "inspection")}
    for index, row in rows(tree, "hazard"):
        for key in ("corrected", "deadline"):
            _after(("hazard", index), row, "found", key, problems)
        visit = visits.get(row["inspection"])
        if visit is not None and row["unit"] is not None and row["unit"] != visit["unit"]:
            params = {"value": shown(row["unit"]), "inspection": visit["id"], "unit": shown(visit["unit"])}
            problems.say(("hazard", index, "unit"), "facility.hazard_elsewhere", **params)


def _files(tree: Tree, path: str, problems: Problems) -> None:
    for owner in ("room", "document"):
        for index, row in rows(tree, owner):
            if row["file"] is not None:
                _file((owner, index), row, path, problems)
            elif row["sha256"] is not None and owner == "document":
                problems.say((owner, index, "sha256"), "design.not_here", why="a document without a file")
    for index, row in rows(tree, "document"):
        if row["date"] and row["expiry"] and row["expiry"] < row["date"]:
            params = {"value": str(row["expiry"]), "before": "date", "date": str(row["date"])}
            problems.say(("document", index, "expiry"), "facility.before", **params)


def _file(key: Path, row: Tree, path: str, problems: Problems) -> None:
    real = below(row["file"], path)
    if real is None:
        problems.say((*key, "file"), "facility.file_outside", value=shown(row["file"]))
    elif not isfile(real):
        problems.say((*key, "file"), "facility.file_missing", value=shown(row["file"]))
    elif real == realpath(path):
        problems.say((*key, "file"), "facility.file_itself", value=shown(row["file"]))
    elif row["sha256"] is not None:
        found = _digest(real)
        if found is None:
            problems.say(
                (*key, "file"), "facility.file_large", value=shown(row["file"]), most=limit("facility_file_bytes")
            )
        elif found != row["sha256"]:
            problems.say((*key, "sha256"), "facility.file_changed", value=shown(row["file"]), found=found)


def _digest(real: str) -> str | None:
    most = limit("facility_file_bytes")
    try:
        with open(real, "rb") as file:
            content = file.read(most + 1)
    except OSError:
        return ""
    return None if len(content) > most else sha256(content).hexdigest()
