"""Checks of sources with a shape: their activity said once, what fills them, what has no meaning around them."""

from collections.abc import Collection

from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.shapes import SIZES, SOLID
from shieldcalc.model.loader.structure import Tree

ACTIVITIES: tuple[str, ...] = ("activity", "activity_concentration", "specific_activity")
OF_VOLUMES = (*ACTIVITIES[1:], "self_absorption")
WITHOUT_SHAPE = (
    *("container", "shield", "exposed_per_week", "exposed_in_busiest_hour", "cavity", "source_size", "exposure"),
)


def check_extent(path: Path, source: Tree, why: str, problems: Problems, own: Collection[str]) -> None:
    """Report an activity not said once, keys of a shape without one, keys that a source with a shape has not.

    The activity is that of each source, per volume of a shape, or per mass of what fills it. ``own`` are the materials
    that the file declares.
    """
    said = [key for key in ACTIVITIES if source[key] is not None]
    if not said and not any(problems.about((*path, key)) for key in ACTIVITIES):
        problems.say((*path, "activity"), "design.needed_here", why=why)
    for key in said[1:]:
        problems.say((*path, key), "design.not_here", why=f"a source that gives {said[0]}")
    if source["shape"] is None:
        _refuse(path, source, OF_VOLUMES, problems, "shape_missing", allowed=", ".join(SIZES))
        return
    absorber = source["self_absorption"]
    if source["shape"] not in SOLID:
        allowed = ", ".join(SOLID)
        _refuse(path, source, OF_VOLUMES, problems, "shape_no_volume", shape=source["shape"], allowed=allowed)
    elif source["specific_activity"] is not None and absorber is None:
        problems.say((*path, "self_absorption"), "design.needed_here", why="a source that gives specific_activity")
    _refuse(path, source, WITHOUT_SHAPE, problems, "body_instead")
    if absorber is not None:
        check_medium((*path, "self_absorption"), absorber, problems, own)


def _refuse(path: Path, source: Tree, keys: Collection[str], problems: Problems, code: str, **said: str) -> None:
    for key in keys:
        if source[key] is not None:
            problems.say((*path, key), code, **said)


def check_medium(path: Path, row: Tree, problems: Problems, own: Collection[str]) -> None:
    """Report a material or density that neither the file nor the photon data have."""
    from shieldcalc.photons.materials import material, names

    if row["material"] in own and row["density"] is not None:
        problems.say((*path, "density"), "design.not_here", why=f"a body of {row['material']}")
    if row["material"] is None or row["material"] in own:
        return
    try:
        found = material(row["material"])
    except (UnknownNameError, OutsideDataError):
        problems.unknown((*path, "material"), "material", row["material"], [*own, *names()])
        return
    try:
        found.density(row["density"])
    except OutsideDataError as refused:
        problems.say((*path, "density"), refused.code, **refused.params)
