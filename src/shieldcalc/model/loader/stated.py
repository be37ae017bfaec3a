"""Stated figures of points in the design file: what they need, what becomes of them."""

from shieldcalc.model.loader.names import known, rows
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree
from shieldcalc.model.stated import FIGURES, Stated

TURNING = ("linac", "co60_teletherapy")


def check_stated(tree: Tree, problems: Problems) -> None:
    """Report stated figures of rooms without an accelerator that turns, of sources that are none."""
    turning = [source["id"] for _, source in rows(tree, "source") if source["kind"] in TURNING]
    for index, point in rows(tree, "point"):
        stated = point["stated_figures"]
        if stated is None:
            continue
        if not turning:
            problems.say(
                ("point", index, "stated_figures"), "design.not_here", why="a room without an accelerator that turns"
            )
        elif stated["source"] is not None:
            known(("point", index, "stated_figures", "source"), "source", stated["source"], turning, problems)


def stated_of(row: Tree) -> Stated | None:
    """Return the stated figures of a checked point."""
    stated = row["stated_figures"]
    if stated is None:
        return None
    figures = {key: stated[key] for key in FIGURES}
    return Stated(
        point=row["id"],
        position=row["position"],
        document=stated["document"],
        source=stated["source"] or "",
        **figures,
    )
