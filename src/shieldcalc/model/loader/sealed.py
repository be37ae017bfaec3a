"""Checks of sealed gamma sources: their keys, nuclide, layers around them, exposure, and the people's hours."""

from collections.abc import Collection

from shieldcalc.errors import OutsideDataError, UnknownNameError
from shieldcalc.model.loader.exposures import RADIOGRAPHY, check_exposures
from shieldcalc.model.loader.extent import ACTIVITIES, check_extent
from shieldcalc.model.loader.layers import check_layer
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.shapes import KEYS, TURNS
from shieldcalc.model.loader.structure import Tree

SEALED = ("source_store", "gauge", "blood_irradiator", "industrial_radiography", "well_logging")
UNSEALED = ("hot_lab", "generator", "waste_store")
STANDING = (*SEALED, *UNSEALED)
NEEDED = ("nuclide", "position")
OPTIONAL = (
    *("number", "reference_date", "container", "shield", "exposed_per_week", "exposed_in_busiest_hour"),
    *("cutoff", "daughters", "cavity", "source_size", "exposure"),
    *("shape", *KEYS, *TURNS, "self_absorption", *ACTIVITIES),
)
COMMON = ("id", "kind", "device", "make", "model", "serial")
WHOLE_WEEK_H, HOUR_S, ROUNDING = 168.0, 3600.0, 1e-9


def check_sealed(
    path: Path,
    source: Tree,
    evaluation: Tree,
    problems: Problems,
    own: Collection[str] = (),
    *,
    beside: bool = False,
) -> None:
    """Report what sealed sources lack, what has no meaning for them, unknown nuclides and materials.

    ``own`` are the materials that the file declares; ``beside``: the file has a source that can be computed.
    """
    why = f"a source of kind {source['kind']}"
    for key in NEEDED:
        if source[key] is None and not problems.about((*path, key)):
            problems.say((*path, key), "design.needed_here", why=why)
    for key in source:
        if key not in (*NEEDED, *OPTIONAL, *COMMON) and source[key] is not None:
            problems.say((*path, key), "design.not_here", why=why)
    left_open = beside and source["shape"] is None and source["exposure"] is None
    check_nuclide((*path, "nuclide"), source["nuclide"], problems, neutrons=True, left_open=left_open)
    check_extent(path, source, why, problems, own)
    for key in ("container", "shield"):
        for index, layer in enumerate(source[key] or ()):
            if layer is not None:
                check_layer((*path, key, index), layer, problems, own)
    if source["cavity"] is not None and source["container"] is None and source["shield"] is None:
        problems.say((*path, "cavity"), "design.not_here", why="a source without container and shield")
    check_exposures(path, source, evaluation.get("working_hours"), problems, own)
    _exposure(path, source, evaluation.get("working_hours"), problems)


def refuse_sealed_keys(path: Path, source: Tree, problems: Problems) -> None:
    """Report keys of sealed sources in a source of X-rays."""
    for key in (*NEEDED, *OPTIONAL):
        if source[key] is not None:
            problems.say((*path, key), "design.not_here", why=f"a source of kind {source['kind']}")


def check_nuclide(
    path: Path, name: str | None, problems: Problems, *, neutrons: bool = False, left_open: bool = False
) -> None:
    """Report a nuclide that nobody knows, and one that cannot be computed.

    ``neutrons``: neutron sources that are bounded are allowed; ``left_open``: those without data too.
    """
    from shieldcalc.photons.neutrons import is_bounded
    from shieldcalc.photons.nuclides import is_neutron_source, nuclide

    if name is None or (neutrons and is_bounded(name)) or (left_open and is_neutron_source(name)):
        return
    try:
        nuclide(name)
    except UnknownNameError as unknown:
        problems.say(path, unknown.code, **unknown.params)
    except OutsideDataError as refused:
        problems.say(path, refused.code, **refused.params)


def _exposure(path: Path, source: Tree, hours: float | None, problems: Problems) -> None:
    """People's hours are asked for; a part of the week exposed asks for what shields the source in the rest."""
    need_hours(hours, problems)
    weekly, hourly = source["exposed_per_week"], source["exposed_in_busiest_hour"]
    sometimes = source["exposure"] is not None or (weekly is not None and weekly < WHOLE_WEEK_H)
    if sometimes and source["shield"] is None and not problems.about((*path, "shield")):
        problems.say((*path, "shield"), "design.needed_here", why="a source that is exposed a part of the week")
    if not sometimes:
        _always(path, source, problems)
    elif hourly is not None and hours is not None and weekly is not None:
        least = min(1.0, weekly / hours) * 60
        if hourly / 60 < least * (1 - ROUNDING):
            at = (*path, "exposed_in_busiest_hour")
            said = {"value": f"{hourly / 60:g}", "least": f"{least:.4g}", "week": f"{weekly:g}", "hours": f"{hours:g}"}
            problems.say(at, "design.gamma_hour_below", **said)


def _always(path: Path, source: Tree, problems: Problems) -> None:
    """Report what has no meaning for a source that is always exposed; of radiography with a shield, exposures lack."""
    if any(problems.about((*path, key)) for key in ("exposed_per_week", "exposure")):
        return
    if source["kind"] == RADIOGRAPHY and source["shield"] is not None:
        problems.say((*path, "exposure"), "design.needed_here", why=f"a source of kind {RADIOGRAPHY}")
        return
    for key in ("shield", "exposed_in_busiest_hour"):
        if source[key] is not None:
            problems.say((*path, key), "design.not_here", why="a source that is always exposed")


def need_hours(hours: float | None, problems: Problems) -> None:
    """Report that the hours of people at places of work are missing."""
    if hours is None and not problems.about(("evaluation", "working_hours")):
        problems.say(("evaluation", "working_hours"), "design.gamma_hours_missing")
