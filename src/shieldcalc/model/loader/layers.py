"""Check of one layer around a sealed source: a thickness, and a material of the photon data."""

from collections.abc import Collection

from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree


def check_layer(path: Path, layer: Tree, problems: Problems, own: Collection[str] = ()) -> None:
    """Report a layer of a container that has no thickness or whose material or density the photon data do not have.

    ``own`` are the materials that the file declares.
    """
    from shieldcalc.photons.materials import material

    for key in ("form", "lead_equivalent", "lead_equivalent_kv"):
        if layer[key] is not None:
            problems.say((*path, key), "design.not_here", why="a layer around sealed sources")
    if layer["thickness"] is None and not problems.about((*path, "thickness")):
        problems.say((*path, "thickness"), "design.needed_here", why="a layer around sealed sources")
    if layer["material"] in own and layer["density"] is not None:
        problems.say((*path, "density"), "design.not_here", why=f"a layer of {layer['material']}")
    if layer["material"] is None or layer["material"] in own:
        return
    try:
        material(layer["material"]).density(layer["density"])
    except (UnknownNameError, OutsideDataError) as refused:
        problems.say((*path, "material"), refused.code, **refused.params)
