"""A site file to a Site: its own keys, then every room's design file, then how they lie to one another."""

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from os.path import dirname, isfile, join, realpath
from typing import Any

from shieldcalc.errors import InputError, Notice, Problem
from shieldcalc.model.catalog import Catalog
from shieldcalc.model.design import Design, Identity, UserPoint
from shieldcalc.model.loader.convert import beyond_of, given
from shieldcalc.model.loader.equipment import check_plugins
from shieldcalc.model.loader.folder import below
from shieldcalc.model.loader.lines import Path, dotted
from shieldcalc.model.loader.names import check_beyond, check_evaluation, ids, known, rows, unique
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.site_places import check_places
from shieldcalc.model.loader.site_schema import site as schema
from shieldcalc.model.loader.structure import Tree, read_structure
from shieldcalc.model.loader.values import shown
from shieldcalc.model.site import NeverTogether, Site, SiteRoom


def is_site(parsed: Mapping[str, Any]) -> bool:
    """Return whether a file is a site: it has tables ``[[room]]`` and nothing that only a room has."""
    return isinstance(parsed.get("room"), list) and not {"wall", "source", "floor", "ceiling"} & set(parsed)


def load_site(path: str, content: bytes, parsed: Tree, problems: Problems, catalog: Catalog) -> Site:
    """Return the Site of one parsed file with the designs of its rooms.

    Raises InputError with everything that is wrong: first of the site file itself, then of the rooms' files.
    """
    tree = read_structure(parsed, problems, schema)
    _names(tree, catalog, problems)
    check_plugins(tree, catalog, problems)
    files = {index: _file(index, row["file"], path, problems) for index, row in rows(tree, "room") if row["file"]}
    if problems.found:
        raise InputError(problems.sorted())
    rooms = [_told(room, tree["plugins"]) for room in _rooms(tree, {k: v for k, v in files.items() if v}, catalog)]
    for index, room in enumerate(rooms):
        if room.design.ward:
            problems.say(("room", index, "file"), "site.ward")
        if room.design.open_site:
            problems.say(("room", index, "file"), "site.open_site")
    check_places(tree, dict(enumerate(rooms)), problems)
    if problems.found:
        raise InputError(problems.sorted())
    lines = {dotted(place): line for place, line in problems.lines.items()}
    return _site(tree, catalog, rooms, path, sha256(content).hexdigest(), lines)


def _names(tree: Tree, catalog: Catalog, problems: Problems) -> None:
    for key in ("room", "point"):
        seen: dict[str, Path] = {}
        for index, row in rows(tree, key):
            unique((key, index), row, seen, problems)
    for index, point in rows(tree, "point"):
        if point["beyond"] is not None:
            check_beyond(("point", index, "beyond"), point["beyond"], catalog, problems)
    check_evaluation({"instruments": None, "methods": None, **(tree["evaluation"] or {})}, catalog, problems)
    _interlocks(tree, problems)


def _interlocks(tree: Tree, problems: Problems) -> None:
    named: dict[str, int | None] = {}
    for index, group in rows(tree, "never_together"):
        for number, room in enumerate(group["rooms"] or ()):
            key: Path = ("never_together", index, "rooms", number)
            known(key, "room", room, ids(tree, "room"), problems)
            if room in named:
                problems.say(key, "site.together_twice", room=room, line=named[room])
            elif room is not None:
                named[room] = problems.line(key)


def _file(index: int, name: str, path: str, problems: Problems) -> str | None:
    key, real = ("room", index, "file"), below(name, path)
    if real is None:
        problems.say(key, "site.file_outside", value=shown(name))
    elif not isfile(real):
        problems.say(key, "site.file_missing", value=shown(name))
    elif real == realpath(path):
        problems.say(key, "site.file_itself", value=shown(name))
    else:
        return join(dirname(path), name)
    return None


def _rooms(tree: Tree, files: Mapping[int, str], catalog: Catalog) -> list[SiteRoom]:
    """Return the rooms with their designs; a file named twice is read once."""
    designs: dict[str, Design] = {}
    found: list[Problem] = []
    for name in dict.fromkeys(files.values()):
        try:
            designs[name] = _design(name, catalog)
        except InputError as error:
            found += error.problems
    if found:
        raise InputError(found)
    return [
        SiteRoom(
            id=row["id"], file=row["file"], design=designs[files[index]], at=row["at"], turn_deg=row["turn"] or 0.0
        )
        for index, row in rows(tree, "room")
    ]


def _told(room: SiteRoom, plugins: Tree | None) -> SiteRoom:
    """Return a room with the site's keys of plugins; those that its own file gives win."""
    if not plugins:
        return room
    return replace(room, design=replace(room.design, plugins={**plugins, **room.design.plugins}))


def _design(name: str, catalog: Catalog) -> Design:
    from shieldcalc.model.loader import load

    return load(name, catalog)


def _site(
    tree: Tree, catalog: Catalog, rooms: list[SiteRoom], path: str, digest: str, lines: Mapping[str, int]
) -> Site:
    evaluation, who = tree["evaluation"] or {}, tree["identity"]
    assumed: list[Notice] = []
    points = tuple(
        UserPoint(
            id=row["id"],
            position=row["position"],
            beyond=beyond_of(row["id"], row["beyond"], catalog.places, assumed),
        )
        for _, row in rows(tree, "point")
    )
    return Site(
        file=path,
        sha256=digest,
        identity=Identity(room=who["site"], **{key: value for key, value in given(who).items() if key != "site"}),
        rooms=tuple(rooms),
        on=evaluation.get("date"),
        instruments=evaluation.get("instruments") or (),
        methods=evaluation.get("methods") or (),
        points=points,
        never_together=tuple(
            NeverTogether(rooms=row["rooms"], because=row["because"]) for _, row in rows(tree, "never_together")
        ),
        assumptions=tuple(assumed),
        lines=lines,
    )
