"""A design or a site file to a Design or a Site. Every error names file, line, key, what is allowed, a guess.

text reads and parses; lines finds the keys; schema and structure turn values into the units of Design; names, ward,
room, positions, sources, sealed, patients and size check what one key alone cannot show; convert builds the Design;
site, site_schema and site_places do the same for a site.
"""

from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple

from shieldcalc.errors import InputError
from shieldcalc.model.catalog import Catalog
from shieldcalc.model.design import Design

if TYPE_CHECKING:
    from shieldcalc.model.loader.problems import Problems
    from shieldcalc.model.site import Site


class Held(NamedTuple):
    """A design file in memory; ``on_disk`` gives a path of it beside its pictures, where one is asked for."""

    content: bytes
    on_disk: Callable[[], str]


def load(path: str, catalog: Catalog, held: Held | None = None) -> Design:
    """Return the Design of one file, lengths in metres, layers in millimetres.

    ``held`` is the file where it is in memory: then ``path`` is its name, for what is said of it.

    Raises InputError with everything that is wrong, at once after the syntax parses, in the order of the file.
    """
    from shieldcalc.model.loader.site import is_site

    content, parsed, problems = _read(path, held)
    if is_site(parsed):
        raise _other_file(problems, "room", "site.not_a_room")
    return _design(path, content, parsed, problems, catalog, held)


def load_any(path: str, catalog: Catalog) -> "Design | Site":
    """Return the Design of a room's file or the Site of a site file, told apart by what the file holds.

    Raises InputError as ``load`` does.
    """
    from shieldcalc.model.loader.site import is_site, load_site

    content, parsed, problems = _read(path, None)
    if is_site(parsed):
        return load_site(path, content, parsed, problems, catalog)
    return _design(path, content, parsed, problems, catalog, None)


def _read(path: str, held: Held | None) -> "tuple[bytes, dict[str, Any], Problems]":
    from shieldcalc.model.loader.lines import KeyLines
    from shieldcalc.model.loader.problems import Problems
    from shieldcalc.model.loader.text import fitting, parse, read_bytes

    content = read_bytes(path) if held is None else fitting(path, held.content)
    text, parsed = parse(path, content, start="radiography")
    problems = Problems(path, KeyLines(text))
    if isinstance(parsed.get("facility"), dict):
        raise _other_file(problems, "facility", "site.a_facility")
    return content, parsed, problems


def _other_file(problems: "Problems", key: str, code: str) -> InputError:
    """Return the refusal of a file of another kind, which a table shows."""
    problems.say((key,), code)
    return InputError(problems.found)


def _design(
    path: str, content: bytes, parsed: dict[str, Any], problems: "Problems", catalog: Catalog, held: Held | None
) -> Design:
    from shieldcalc.model.loader.background import background
    from shieldcalc.model.loader.bodies import check_bodies
    from shieldcalc.model.loader.convert import Converter
    from shieldcalc.model.loader.ducts import check_ducts
    from shieldcalc.model.loader.equipment import check_plugins, with_equipment
    from shieldcalc.model.loader.lines import DottedLines
    from shieldcalc.model.loader.lost import name_lost, taken_lost
    from shieldcalc.model.loader.maze import check_maze
    from shieldcalc.model.loader.names import check_names
    from shieldcalc.model.loader.open_site import check_open_site
    from shieldcalc.model.loader.positions import check_positions
    from shieldcalc.model.loader.room import check_room
    from shieldcalc.model.loader.size import check_size
    from shieldcalc.model.loader.sources import check_sources
    from shieldcalc.model.loader.stated import check_stated
    from shieldcalc.model.loader.structure import read_structure
    from shieldcalc.model.loader.ward import check_ward

    parsed, taken = with_equipment(parsed, catalog, problems)
    tree = read_structure(parsed, problems)
    check_plugins(tree, catalog, problems)
    check_names(tree, catalog, problems)
    check_ward(tree, problems)
    check_open_site(tree, problems)
    check_room(tree, problems)
    check_positions(tree, problems)
    check_sources(tree, catalog, problems)
    check_bodies(tree, problems)
    check_maze(tree, problems)
    check_stated(tree, problems)
    check_ducts(tree, problems)
    check_size(tree, problems)
    picture = background(tree, (lambda: path) if held is None else held.on_disk, problems)
    name_lost(problems, catalog)
    lost = taken_lost(problems)
    if problems.found:
        raise InputError(problems.sorted())
    lines = DottedLines(problems.lines)
    design = Converter(tree, catalog).design(path, sha256(content).hexdigest(), lines)
    return replace(design, background=picture, assumptions=(*taken, *design.assumptions), lost=lost)
