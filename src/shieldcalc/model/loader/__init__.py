"""A design file to a Design: ``load(path, catalog)``. Every error names file, line, key, what is allowed, a guess.

text reads and parses; lines finds the keys; schema and structure turn values into the units of Design; names, ward,
room, positions, sources and size check what one key alone cannot show; convert builds the Design.
"""

from dataclasses import replace
from hashlib import sha256

from shieldcalc.errors import InputError
from shieldcalc.model.catalog import Catalog
from shieldcalc.model.design import Design


def load(path: str, catalog: Catalog) -> Design:
    """Return the Design of one file, lengths in metres, layers in millimetres.

    Raises InputError with everything that is wrong, at once after the syntax parses, in the order of the file.
    """
    from shieldcalc.model.loader.background import background
    from shieldcalc.model.loader.convert import Converter
    from shieldcalc.model.loader.lines import dotted, key_lines
    from shieldcalc.model.loader.names import check_names
    from shieldcalc.model.loader.positions import check_positions
    from shieldcalc.model.loader.problems import Problems
    from shieldcalc.model.loader.room import check_room
    from shieldcalc.model.loader.size import check_size
    from shieldcalc.model.loader.sources import check_sources
    from shieldcalc.model.loader.structure import read_structure
    from shieldcalc.model.loader.text import parse, read_bytes
    from shieldcalc.model.loader.ward import check_ward

    content = read_bytes(path)
    text, parsed = parse(path, content)
    lines = key_lines(text)
    problems = Problems(path, lines)
    tree = read_structure(parsed, problems)
    check_names(tree, catalog, problems)
    check_ward(tree, problems)
    check_room(tree, problems)
    check_positions(tree, problems)
    check_sources(tree, problems)
    check_size(tree, problems)
    picture = background(tree, path, problems)
    if problems.found:
        raise InputError(problems.sorted())
    by_key = {dotted(place): line for place, line in lines.items()}
    design = Converter(tree, catalog).design(path, sha256(content).hexdigest(), by_key)
    return design if picture is None else replace(design, background=picture)
