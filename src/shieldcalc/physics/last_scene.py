"""A room's field is asked for again for each barrier's needs: the last ones made are kept."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from shieldcalc.model.scene import Scene
from shieldcalc.physics.field import Field

KEPT = 2  # a room is compared with what it would be after a change
F = TypeVar("F", bound=Field)
Of = TypeVar("Of")
Made = TypeVar("Made")


def of_last_scene(make: Callable[[Scene], F]) -> Callable[[Scene], F]:
    """Return ``make`` with its last answers kept: a room's field is asked for again for each barrier's needs."""
    return of_last(make)


def of_last(make: Callable[[Of], Made]) -> Callable[[Of], Made]:
    """Return ``make`` with its last answers kept, by which object is asked about: a source stays with other layers."""
    kept: list[tuple[Of, Made]] = []

    @wraps(make)
    def made(of: Of) -> Made:
        found = next((each for each in kept if each[0] is of), None) or (of, make(of))
        kept[:] = [found, *(each for each in kept if each[0] is not of)][:KEPT]
        return found[1]

    return made
