"""A design or a site file to a Design or a Site. Every error names file, line, key, what is allowed, a guess.

text reads and parses; lines finds the keys; schema and structure turn values into the units of Design; names, ward,
room, positions, sources, sealed, patients and size check what one key alone cannot show; convert builds the Design;
site, site_schema and site_places do the same for a site.
"""

from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from shieldcalc.errors import InputError
from shieldcalc.model.catalog import Catalog
from shieldcalc.model.design import Design

if TYPE_CHECKING:
    from shieldcalc.model.loader.problems import Problems
    from shieldcalc.model.site import Site


def load(path: str, catalog: Catalog) -> Design:
    """Return the Design of one file, lengths in metres, layers in millimetres.

    Raises InputError with everything that is wrong, at once after the syntax parses, in the order of the file.
    """
    from shieldcalc.model.loader.site import is_site

    content, parsed, problems = _read(path)
    if is_site(parsed):
        raise _other_file(problems, "room", "site.not_a_room")
    return _design(path, content, parsed, problems, catalog)


def load_any(path: str, catalog: Catalog) -> "Design | Site":
    """Return the Design of a room's file or the Site of a site file, told apart by what the file holds.

    Raises InputError as ``load`` does.
    """
    from shieldcalc.model.loader.site import is_site, load_site

    content, parsed, problems = _read(path)
    if is_site(parsed):
        return load_site(path, content, parsed, problems, catalog)
    return _design(path, content, parsed, problems, catalog)


def _read(path: str) -> "tuple[bytes, dict[str, Any], Problems]":
    from shieldcalc.model.loader.lines import key_lines
    from shieldcalc.model.loader.problems import Problems
    from shieldcalc.model.loader.text import parse, read_bytes

    content = read_bytes(path)
    text, parsed = parse(path, content, start="radiography")
    problems = Problems(path, key_lines(text))
    if isinstance(parsed.get("facility"), dict):
        raise _other_file(problems, "facility", "site.a_facility")
    return content, parsed, problems


def _other_file(problems: "Problems", key: str, code: str) -> InputError:
    """Return the refusal of a file of another kind, which a table shows."""
    problems.say((key,), code)
    return InputError(problems.found)


def _design(path: str, content: bytes, parsed: dict[str, Any], problems: "Problems", catalog: Catalog) -> Design:
    from shieldcalc.model.loader.background import background
    from shieldcalc.model.loader.bodies import check_bodies
    from shieldcalc.model.loader.convert import Converter
    from shieldcalc.model.loader.ducts import check_ducts
    from shieldcalc.model.loader.equipment import check_plugins, with_equipment
    from shieldcalc.model.loader.lines import dotted
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
    check_sources(tree, problems)
    check_bodies(tree, problems)
    check_maze(tree, problems)
    check_stated(tree, problems)
    check_ducts(tree, problems)
    check_size(tree, problems)
    picture = background(tree, path, problems)
    name_lost(problems, catalog)
    lost = taken_lost(problems)
    if problems.found:
        raise InputError(problems.sorted())
    by_key = {dotted(place): line for place, line in problems.lines.items()}
    design = Converter(tree, catalog).design(path, sha256(content).hexdigest(), by_key)
    return replace(design, background=picture, assumptions=(*taken, *design.assumptions), lost=lost)
