"""Checks of size: a room that would take minutes to compute is refused, with the figures that make it large.

The work is the number of places where the dose is wanted (barriers and points) times what is summed at each: the places
that radiation starts from (focus and patient of every beam) and its parts (primary, scatter and leakage of every beam,
for the maximum technique and for every protocol made in it).
"""

from shieldcalc.model.loader.limits import limit
from shieldcalc.model.loader.names import OPENINGS, rows
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree

KINDS_OF_PART = 3  # primary, scatter, leakage
SLABS = 2


def check_size(tree: Tree, problems: Problems) -> None:
    """Report more barriers, or more work, than is computed in about a minute."""
    barriers = sum(len(tree[key] or ()) for key in ("wall", *OPENINGS, "screen"))
    if barriers > limit("barriers"):
        problems.say(("wall",), "design.many_barriers", found=barriers, most=limit("barriers"))
    places = barriers + SLABS + len(tree["point"] or ())
    parts = sum(_parts(source) for _, source in rows(tree, "source"))
    if places * parts > limit("work"):
        said = {"places": places, "parts": parts, "work": places * parts, "most": limit("work")}
        problems.say(("source",), "design.much_work", **said)


def _parts(source: Tree) -> int:
    """Return how many starts and parts of radiation one source has."""
    beams, protocols = source["beam"] or (), source["protocol"] or ()
    if not beams:
        return 1 + len(protocols)
    made = sum(1 if protocol is not None and protocol["beam"] else len(beams) for protocol in protocols)
    return 2 * len(beams) + KINDS_OF_PART * (len(beams) + made)
