"""Checks of materials that X-ray tables do not know: those that the file declares, and those of the gamma data.

Both may stand in the barriers of a design with gamma sources; a method without data for them refuses.
"""

from typing import Any

from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.model.catalog import Catalog
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree

COMPOSITION = "composition of the file"  # no key of the format: put into layers of declared materials
ONLY_OF_CATALOG = ("form", "lead_equivalent", "lead_equivalent_kv")


def is_gamma(tree: Tree) -> bool:
    """Return whether a design has a source of gamma rays."""
    return any(source is not None and source["nuclide"] is not None for source in tree["source"] or ())


def knows_photon_materials(tree: Tree) -> bool:
    """Return whether layers may be of any material with photon data: rooms with gamma sources or accelerators."""
    return is_gamma(tree) or any(source is not None and source["kind"] == "linac" for source in tree["source"] or ())


def own_materials(tree: Tree) -> dict[str, Tree]:
    """Return the materials that the file declares, by id."""
    return {row["id"]: row for row in tree["material"] or () if row is not None and row["id"] is not None}


def fill_in(tree: Tree) -> None:
    """Put density and composition of the declared materials into everything that is made of one."""
    own = own_materials(tree)
    if own:
        _fill(tree, own)


def _fill(node: Any, own: dict[str, Tree]) -> None:
    if isinstance(node, dict):
        name = node.get("material")
        if isinstance(name, str) and (declared := own.get(name)):
            node["density"] = declared["density"]
            node[COMPOSITION] = declared["composition"] or declared["formula"]
        node = node.values()
    elif not isinstance(node, list | tuple):
        return
    for child in node:
        _fill(child, own)


def check_materials(tree: Tree, catalog: Catalog, problems: Problems) -> None:
    """Report declared materials that take the name of another, and compositions that are none."""
    for index, row in enumerate(tree["material"] or ()):
        if row is not None:
            _declared(("material", index), row, tree, catalog, problems)


def _declared(path: Path, row: Tree, tree: Tree, catalog: Catalog, problems: Problems) -> None:
    if not is_gamma(tree):
        problems.say(path, "design.not_here", why="a design without gamma sources")
        return
    if row["id"] is not None and (row["id"] in catalog.materials or _known(row["id"])):
        problems.say((*path, "id"), "design.material_taken", id=row["id"])
    written = [key for key in ("composition", "formula") if row[key] is not None or problems.about((*path, key))]
    if not written:
        problems.say((*path, "composition"), "design.needed_here", why="a material without formula")
    elif len(written) > 1:
        problems.say((*path, "formula"), "design.not_here", why="a material that gives composition")
    else:
        _composition((*path, written[0]), row[written[0]], problems)


def _composition(path: Path, text: str | None, problems: Problems) -> None:
    from shieldcalc.photons.elements import composition_weights, formula_weights

    if text is None:
        return
    read = composition_weights if path[-1] == "composition" else formula_weights
    try:
        found = read(text)
    except OutsideDataError as refused:
        problems.say(path, refused.code, **refused.params)
        return
    if not found:
        problems.say(path, "design.no_composition", value=text)


def check_gamma_layer(path: Path, layer: Tree, own: dict[str, Tree], catalog: Catalog, problems: Problems) -> None:
    """Report a layer of a declared material, or of one of the gamma data alone, that says too much or is not known."""
    from shieldcalc.photons.materials import material, names

    name = layer["material"]
    if name not in own and not _known(name):
        problems.unknown((*path, "material"), "material", name, {*catalog.materials, *names(), *own})
        return
    for key in (*ONLY_OF_CATALOG, *(("density",) if name in own else ())):
        if layer[key] is not None:
            problems.say((*path, key), "design.not_here", why=f"a layer of {name}")
    if name in own:
        return
    try:
        material(name).density(layer["density"])
    except OutsideDataError as refused:
        problems.say((*path, "density" if layer["density"] is not None else "material"), refused.code, **refused.params)


def _known(name: str) -> bool:
    from shieldcalc.photons.materials import material

    try:
        material(name)
    except (UnknownNameError, OutsideDataError):
        return False
    return True
