"""Figures of a maze that a design states in place of the plan's: whether they give less at the door."""

from collections.abc import Iterator

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.physics.therapy.maze_plan import Figure, Lay

SAME = 1e-6


def by_plan(lay: Lay) -> Lay | None:
    """Return a maze without what the design states of it: the plan's figures, the tables' reflection; None if alike."""
    if not any(each.stated for each in lay.figures.values()):
        return None
    figures = {name: each if each.plan is None else Figure(each.plan, each.unit) for name, each in lay.figures.items()}
    return lay._replace(figures={name: each for name, each in figures.items() if not each.stated})


def stated_less(
    energy: str,
    stated: float,
    plan: float,
    refused: OutsideDataError | None,
    plan_refused: OutsideDataError | None,
) -> Iterator[Notice]:
    """Yield that a beam gives less at the door by the stated figures, or is known there by these alone."""
    if refused is not None:
        return
    if plan_refused is not None:
        why = Notice(f"errors.{plan_refused.code}", plan_refused.params)
        yield Notice("warnings.maze_stated_known", {"energy": energy, "why": why})
    elif plan > stated * (1 + SAME) > 0:
        yield Notice("warnings.maze_stated_less", {"energy": energy, "times": f"{plan / stated:.3g}"})
