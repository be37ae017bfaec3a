"""Ducts in the design file: checks of their keys, what becomes of them."""

from math import dist

from shieldcalc.model.design import Xyz
from shieldcalc.model.duct import Duct
from shieldcalc.model.loader.accelerator import ACCELERATORS
from shieldcalc.model.loader.lines import Path
from shieldcalc.model.loader.names import barrier_ids, known, rows, unique
from shieldcalc.model.loader.positions import Room
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree
from shieldcalc.model.loader.therapy_tubes import THERAPY_TUBES

KINDS = {*ACCELERATORS, *THERAPY_TUBES, "industrial_xray", "hdr_brachytherapy", "industrial_radiography"}
SAME_M, INWARDS_M = 0.01, 0.05


def check_ducts(tree: Tree, problems: Problems) -> None:
    """Report ducts of rooms of neither radiotherapy nor industry, through nothing or another wall, ids given twice."""
    kinds = {source["kind"] for _, source in rows(tree, "source")}
    room, seen = Room.of(tree), dict[str, Path]()
    for index, duct in rows(tree, "duct"):
        path: Path = ("duct", index)
        if kinds and not kinds & KINDS:
            problems.say(path, "design.not_here", why="a room without a source of radiotherapy or industry")
        unique(path, duct, seen, problems)
        known((*path, "barrier"), "barrier", duct["barrier"], barrier_ids(tree), problems)
        start, end = duct["from"], duct["to"]
        if start is None or end is None:
            continue
        if dist(start, end) < SAME_M:
            problems.say((*path, "to"), "design.coincide", one="from", other="to")
        elif room is not None and room.holds(end) and not room.holds(start):
            problems.say((*path, "from"), "design.duct_inwards", duct=duct["id"])
        elif room is not None and duct["barrier"] in (barrier_ids(tree) or ()):
            _leads_through(path, duct, room, problems)


def _leads_through(path: Path, duct: Tree, room: Room, problems: Problems) -> None:
    """Report a duct that does not lead through the inner face of its barrier: that of another would not be told."""
    start, end = duct["from"], duct["to"]
    back: Xyz = tuple(s + INWARDS_M * (s - e) / dist(start, end) for s, e in zip(start, end, strict=True))
    met = room.hit(back, end, duct["barrier"])
    if met is None or dist(back, met) > dist(back, end):
        told = {"duct": duct["id"], "barrier": duct["barrier"], "met": room.met_by(back, end)}
        problems.say((*path, "barrier"), "design.duct_misses", **told)


def ducts_of(tree: Tree) -> tuple[Duct, ...]:
    """Return the ducts of a checked tree."""
    return tuple(
        Duct(id=row["id"], barrier=row["barrier"], start=row["from"], end=row["to"], diameter_m=row["diameter"])
        for _, row in rows(tree, "duct")
    )
