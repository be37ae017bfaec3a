"""Checks of names: ids are unique, and everything named exists in the file or in the catalog."""

from collections.abc import Iterator
from math import inf
from typing import Any

from shieldcalc.beams.materials import instead_of
from shieldcalc.model.build import UNREACHED_ROOF
from shieldcalc.model.catalog import Catalog, Material
from shieldcalc.model.loader.lines import Path, dotted
from shieldcalc.model.loader.marking import check_marking
from shieldcalc.model.loader.materials import check_gamma_layer, check_materials, knows_photon_materials, own_materials
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree

OPENINGS = ("door", "window", "control_window")
SLABS = ("floor", "ceiling")
INSIDE_ROOM = "inside_room"
NOTHING = "nothing"
NOBODY = (NOTHING, UNREACHED_ROOF)  # kinds of place where nobody stays
OF_PEOPLE = ("occupancy", "designation", "person", "storey_height")
REFUSED_OF = {NOTHING: (*OF_PEOPLE, "other_contributions"), UNREACHED_ROOF: OF_PEOPLE}
SMALLEST_STOREY_M = 2.0
REFUSED = "refused"  # no key of the format: the tables at the top that were refused as a whole


def rows(tree: Tree | None, key: str) -> Iterator[tuple[int, Tree]]:
    """Yield (index, table) of an array of tables, without those that were refused."""
    return ((index, row) for index, row in enumerate((tree or {}).get(key) or ()) if row is not None)


def openings(tree: Tree) -> Iterator[tuple[Path, Tree]]:
    """Yield (path, table) of every door and window."""
    return (((kind, index), row) for kind in OPENINGS for index, row in rows(tree, kind))


def ids(tree: Tree, *keys: str) -> list[str] | None:
    """Return the ids of some arrays of tables; None when one was refused, so that nothing is blamed for missing it."""
    if any(key in tree.get(REFUSED, ()) for key in keys):
        return None
    found = [row and row["id"] for key in keys for row in tree.get(key) or ()]
    return None if None in found else found


def barrier_ids(tree: Tree) -> list[str] | None:
    """Return the ids that a beam or a console may name: walls, openings, floor, ceiling."""
    named = ids(tree, "wall", *OPENINGS)
    return None if named is None else [*named, *SLABS]


def check_names(tree: Tree, catalog: Catalog, problems: Problems) -> None:
    """Report every id given twice and every name that nobody knows."""
    tree = {**tree, REFUSED: {problem.key for problem in problems.found}}
    _unique_ids(tree, problems)
    check_materials(tree, catalog, problems)
    for path, layers in _stacks(tree):
        for index, layer in enumerate(layers):
            if layer is not None:
                _layer((*path, "layers", index), layer, tree, catalog, problems)
    for path, beyond in _neighbours(tree):
        check_beyond((*path, "beyond"), beyond, catalog, problems)
    check_evaluation(tree["evaluation"] or {}, catalog, problems)
    _references(tree, problems)
    for index, source in rows(tree, "source"):
        _source(("source", index), source, tree, catalog, problems)


def known(path: Path, kind: str, name: Any, allowed: list[str] | None, problems: Problems) -> None:
    """Report a name that is not among the allowed ones; nothing where these are not all known."""
    if name is not None and allowed is not None and name not in allowed:
        problems.unknown(path, kind, name, allowed)


def _unique_ids(tree: Tree, problems: Problems) -> None:
    seen: dict[str, Path] = {name: (name,) for name in SLABS}
    for key in ("wall", *OPENINGS, "screen", "source", "point", "body"):
        for index, row in rows(tree, key):
            unique((key, index), row, seen, problems)
    own: dict[str, Path] = {}
    for index, row in rows(tree, "material"):
        unique(("material", index), row, own, problems)
    for number, source in rows(tree, "source"):
        for key in ("beam", "protocol", "exposure"):
            inner: dict[str, Path] = {}
            for index, row in rows(source, key):
                unique(("source", number, key, index), row, inner, problems)


def unique(path: Path, row: Tree, seen: dict[str, Path], problems: Problems) -> None:
    """Report an id that is among those seen, and keep it."""
    if row["id"] is None:
        return
    if row["id"] in seen:
        first = seen[row["id"]]
        problems.say((*path, "id"), "design.duplicate_id", id=row["id"], first=dotted(first), line=problems.line(first))
    seen.setdefault(row["id"], path)


def _stacks(tree: Tree) -> Iterator[tuple[Path, Any]]:
    """Yield (path, layers) of everything that is built of layers."""
    for key in ("wall", *OPENINGS, "screen"):
        for index, row in rows(tree, key):
            yield (key, index), row["layers"] or ()
    for key in SLABS:
        yield (key,), (tree[key] or {}).get("layers") or ()


def _layer(path: Path, layer: Tree, tree: Tree, catalog: Catalog, problems: Problems) -> None:
    own = own_materials(tree)
    check_marking(path, layer, catalog, problems)
    if layer["material"] is None:
        return
    if layer["material"] in own or (knows_photon_materials(tree) and layer["material"] not in catalog.materials):
        check_gamma_layer(path, layer, own, catalog, problems)
        return
    if layer["material"] not in catalog.materials:
        instead = instead_of(layer["material"])
        if instead:
            said = {"material": layer["material"], "instead": instead}
            problems.say((*path, "material"), "material_without_data", **said)
            return
        problems.unknown((*path, "material"), "material", layer["material"], catalog.materials)
        return
    material = catalog.materials[layer["material"]]
    if material.forms:
        for key in ("form", "density"):
            if layer[key] is None and not problems.about((*path, key)):
                forms = ", ".join(material.forms)
                problems.say((*path, key), f"design.needs_{key}", material=material.name, allowed=forms)
    elif material.declares == "density" and layer["density"] is None and not problems.about((*path, "density")):
        problems.say((*path, "density"), "design.needs_density", material=material.name)
    if not material.forms and layer["form"] is not None:
        problems.say((*path, "form"), "design.no_form", material=material.name)
    _density((*path, "density"), layer["density"], material, problems)


def _density(path: Path, density: float | None, material: Material, problems: Problems) -> None:
    least = material.density_g_per_cm3
    if density is not None and least is not None and not material.scaled and density < least:
        problems.say(path, "design.light_material", material=material.name, value=f"{density:g}", least=f"{least:g}")
    low, high = material.density_range or (0.0, inf)
    if density is not None and not low <= density <= high:
        said = {"value": f"{density:g}", "material": material.name, "low": f"{low:g}", "high": f"{high:g}"}
        problems.say(path, "design.other_material", **said)


def _neighbours(tree: Tree) -> Iterator[tuple[Path, Tree]]:
    for key in ("wall", *OPENINGS, "point"):
        for index, row in rows(tree, key):
            if row["beyond"] is not None:
                yield (key, index), row["beyond"]
    for key in SLABS:
        if (tree[key] or {}).get("beyond") is not None:
            yield (key,), tree[key]["beyond"]


def check_beyond(path: Path, beyond: Tree, catalog: Catalog, problems: Problems) -> None:
    """Report what a kind of place does not allow or still needs; ``path`` is that of the table ``beyond``."""
    kind = beyond["kind"]
    if kind is None:
        return
    if kind not in catalog.places:
        problems.unknown((*path, "kind"), "kind of place", kind, catalog.places)
        return
    if catalog.places[kind].get("explicit"):
        for key in ("occupancy", "designation", "person"):
            if beyond[key] is None and not problems.about((*path, key)):
                problems.say((*path, key), "design.place_explicit", kind=kind)
    if kind == INSIDE_ROOM and path[0] != "point":
        problems.say((*path, "kind"), "design.inside_room_only")
    if kind == UNREACHED_ROOF and path[0] != "ceiling":
        problems.say((*path, "kind"), "design.roof_only")
    for key in REFUSED_OF.get(kind, ()):
        if beyond[key] is not None:
            problems.say((*path, key), f"design.place_{kind}")
    _storey(path, beyond, problems)


def _storey(path: Path, beyond: Tree, problems: Problems) -> None:
    key = (*path, "storey_height")
    height = beyond["storey_height"]
    if path[0] not in SLABS:
        if height is not None:
            problems.say(key, "design.storey_beside")
    elif height is None and beyond["kind"] not in NOBODY and not problems.about(key):
        problems.say(key, "design.storey_missing")
    elif height is not None and height < SMALLEST_STOREY_M:
        problems.say(key, "design.storey_low", value=f"{height:g}", least=f"{SMALLEST_STOREY_M:g}")


def check_evaluation(evaluation: Tree, catalog: Catalog, problems: Problems) -> None:
    """Report instruments and methods that nobody knows or that are named twice."""
    for key, allowed in (("instruments", catalog.instruments), ("methods", catalog.methods)):
        names = evaluation.get(key) or ()
        for index, name in enumerate(names):
            if name is None or name in allowed or not catalog.lost(key[:-1], name):
                known(("evaluation", key, index), key[:-1], name, list(allowed), problems)
            if name is not None and name in names[:index]:
                problems.say(("evaluation", key, index), "design.named_twice", name=name)


def _references(tree: Tree, problems: Problems) -> None:
    walls = ids(tree, "wall")
    for path, opening in openings(tree):
        known((*path, "wall"), "wall", opening["wall"], walls, problems)
    console = tree["console"] or {}
    known(("console", "barrier"), "barrier", console.get("barrier"), barrier_ids(tree), problems)
    known(("console", "screen"), "screen", console.get("screen"), ids(tree, "screen"), problems)


def _beams(path: Path, source: Tree) -> Iterator[tuple[Path, Tree]]:
    return (((*path, "beam", index), beam) for index, beam in rows(source, "beam"))


def _source(path: Path, source: Tree, tree: Tree, catalog: Catalog, problems: Problems) -> None:
    known((*path, "kind"), "kind of source", source["kind"], list(catalog.equipment_kinds), problems)
    for at, named in ((path, source["workload"] or {}), *_beams(path, source)):
        key = (*at, "workload", "distribution") if at == path else (*at, "distribution")
        known(key, "workload distribution", named.get("distribution"), list(catalog.distributions), problems)
    for at, beam in _beams(path, source):
        if isinstance(beam["toward"], str):
            known((*at, "toward"), "barrier", beam["toward"], barrier_ids(tree), problems)
    beams = ids(source, "beam")
    for index, protocol in rows(source, "protocol"):
        known((*path, "protocol", index, "beam"), "beam", protocol["beam"], beams, problems)
