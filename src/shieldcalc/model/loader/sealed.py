"""Checks of sealed gamma sources: their keys, nuclide, layers around them, exposure, and the people's hours."""

from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.shapes import KEYS, SIZES, SOLID, TURNS
from shieldcalc.model.loader.structure import Tree

SEALED = ("source_store", "gauge")
NEEDED = ("nuclide", "position")
ACTIVITIES = ("activity", "activity_concentration", "specific_activity")
OPTIONAL = (
    *("number", "reference_date", "container", "shield", "exposed_per_week", "exposed_in_busiest_hour"),
    *("cutoff", "daughters", "shape", *KEYS, *TURNS, "self_absorption", *ACTIVITIES),
)
WITHOUT_SHAPE = ("container", "shield", "exposed_per_week", "exposed_in_busiest_hour")
COMMON = ("id", "kind", "device", "make", "model", "serial")
WHOLE_WEEK_H, HOUR_S, ROUNDING = 168.0, 3600.0, 1e-9


def check_sealed(path: Path, source: Tree, evaluation: Tree, problems: Problems) -> None:
    """Report what sealed sources lack, what has no meaning for them, unknown nuclides and materials."""
    why = f"a source of kind {source['kind']}"
    for key in NEEDED:
        if source[key] is None and not problems.about((*path, key)):
            problems.say((*path, key), "design.needed_here", why=why)
    for key in source:
        if key not in (*NEEDED, *OPTIONAL, *COMMON) and source[key] is not None:
            problems.say((*path, key), "design.not_here", why=why)
    _nuclide((*path, "nuclide"), source["nuclide"], problems)
    _activity(path, source, why, problems)
    for key in ("container", "shield"):
        for index, layer in enumerate(source[key] or ()):
            if layer is not None:
                _layer((*path, key, index), layer, problems)
    _exposure(path, source, evaluation.get("working_hours"), problems)
    _dates((*path, "reference_date"), source["reference_date"], evaluation.get("date"), problems)


def _activity(path: Path, source: Tree, why: str, problems: Problems) -> None:
    """Report an activity not said once: of each source, per volume of a shape, or per mass of what fills it."""
    said = [key for key in ACTIVITIES if source[key] is not None]
    if not said and not any(problems.about((*path, key)) for key in ACTIVITIES):
        problems.say((*path, "activity"), "design.needed_here", why=why)
    for key in said[1:]:
        problems.say((*path, key), "design.not_here", why=f"a source that gives {said[0]}")
    absorber = source["self_absorption"]
    if source["shape"] is None:
        for key in (*ACTIVITIES[1:], "self_absorption"):
            if source[key] is not None:
                problems.say((*path, key), "shape_missing", allowed=", ".join(SIZES))
        return
    if source["shape"] not in SOLID:
        for key in (*ACTIVITIES[1:], "self_absorption"):
            if source[key] is not None:
                problems.say((*path, key), "shape_no_volume", shape=source["shape"], allowed=", ".join(SOLID))
    elif source["specific_activity"] is not None and absorber is None:
        problems.say((*path, "self_absorption"), "design.needed_here", why="a source that gives specific_activity")
    for key in WITHOUT_SHAPE:
        if source[key] is not None:
            problems.say((*path, key), "body_instead")
    if absorber is not None:
        check_medium((*path, "self_absorption"), absorber, problems)


def check_medium(path: Path, row: Tree, problems: Problems) -> None:
    """Report a material or density that the photon data do not have."""
    from shieldcalc.photons.materials import material, names

    if row["material"] is None:
        return
    if row["material"] not in names():
        problems.unknown((*path, "material"), "material", row["material"], names())
        return
    try:
        material(row["material"]).density(row["density"])
    except (UnknownNameError, OutsideDataError) as refused:
        problems.say((*path, "density"), refused.code, **refused.params)


def refuse_sealed_keys(path: Path, source: Tree, problems: Problems) -> None:
    """Report keys of sealed sources in a source of X-rays."""
    for key in (*NEEDED, *OPTIONAL):
        if source[key] is not None:
            problems.say((*path, key), "design.not_here", why=f"a source of kind {source['kind']}")


def _nuclide(path: Path, name: str | None, problems: Problems) -> None:
    from shieldcalc.photons.nuclides import nuclide

    if name is None:
        return
    try:
        nuclide(name)
    except UnknownNameError as unknown:
        problems.say(path, unknown.code, **unknown.params)
    except OutsideDataError as refused:
        problems.say(path, refused.code, **refused.params)


def _layer(path: Path, layer: Tree, problems: Problems) -> None:
    """Report a layer of a container that has no thickness or whose material or density the photon data do not have."""
    from shieldcalc.photons.materials import material

    for key in ("form", "lead_equivalent", "lead_equivalent_kv"):
        if layer[key] is not None:
            problems.say((*path, key), "design.not_here", why="a layer around sealed sources")
    if layer["thickness"] is None and not problems.about((*path, "thickness")):
        problems.say((*path, "thickness"), "design.needed_here", why="a layer around sealed sources")
    if layer["material"] is None:
        return
    try:
        material(layer["material"]).density(layer["density"])
    except (UnknownNameError, OutsideDataError) as refused:
        problems.say((*path, "material"), refused.code, **refused.params)


def _exposure(path: Path, source: Tree, hours: float | None, problems: Problems) -> None:
    """People's hours are asked for; a part of the week exposed asks for what shields the source in the rest."""
    if hours is None and not problems.about(("evaluation", "working_hours")):
        problems.say(("evaluation", "working_hours"), "design.gamma_hours_missing")
    weekly, hourly = source["exposed_per_week"], source["exposed_in_busiest_hour"]
    sometimes = weekly is not None and weekly < WHOLE_WEEK_H
    if sometimes and source["shield"] is None and not problems.about((*path, "shield")):
        problems.say((*path, "shield"), "design.needed_here", why="a source that is exposed a part of the week")
    if not sometimes:
        for key in ("shield", "exposed_in_busiest_hour"):
            if source[key] is not None:
                problems.say((*path, key), "design.not_here", why="a source that is always exposed")
    elif hourly is not None and hours is not None and weekly is not None:
        least = min(1.0, weekly / hours) * 60
        if hourly / 60 < least * (1 - ROUNDING):
            at = (*path, "exposed_in_busiest_hour")
            said = {"value": f"{hourly / 60:g}", "least": f"{least:.4g}", "week": f"{weekly:g}", "hours": f"{hours:g}"}
            problems.say(at, "design.gamma_hour_below", **said)


def _dates(path: Path, reference: object, on: object, problems: Problems) -> None:
    if reference is not None and on is not None and str(reference) > str(on):
        problems.say(path, "design.gamma_reference_later", value=str(reference), date=str(on))
