"""Checks of size: a room that would take minutes to compute is refused, with the figures that make it large.

The work is the number of places where the dose is wanted (barriers and points) times what is summed at each: a beam
counts its focus, its patient and its primary, scatter and leakage; a protocol counts once for each beam that it is made
in. The weights follow the times measured.
"""

from shieldcalc.model.loader.limits import limit
from shieldcalc.model.loader.names import OPENINGS, rows
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree

OF_A_BEAM = 5  # focus, patient, primary, scatter, leakage
SLABS = 2


def check_size(tree: Tree, problems: Problems) -> None:
    """Report more barriers, or more work, than is computed in about a minute."""
    barriers = sum(len(tree[key] or ()) for key in ("wall", *OPENINGS, "screen"))
    if barriers > limit("barriers"):
        problems.say(("wall",), "design.many_barriers", found=barriers, most=limit("barriers"))
    beams = sum(len(source["beam"] or ()) for _, source in rows(tree, "source"))
    if beams > limit("beams"):
        problems.say(("source",), "design.many_beams", found=beams, most=limit("beams"))
        return
    places = barriers + SLABS + len(tree["point"] or ())
    parts = sum(_parts(source) for _, source in rows(tree, "source"))
    if places * parts > limit("work"):
        said = {"places": places, "parts": parts, "work": places * parts, "most": limit("work")}
        problems.say(("source",), "design.much_work", **said)


def _parts(source: Tree) -> int:
    """Return how many starts and parts of radiation one source has."""
    beams, protocols = source["beam"] or (), source["protocol"] or ()
    if source["exposure"]:
        return 1 + sum(2 + len((row and row["positions"]) or ()) for row in source["exposure"])
    if not beams:
        return 1 + len(protocols)
    made = sum(1 if protocol is not None and protocol["beam"] else len(beams) for protocol in protocols)
    return OF_A_BEAM * len(beams) + made
