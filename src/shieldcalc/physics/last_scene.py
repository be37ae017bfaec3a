"""A room's field is asked for again for each barrier's needs: the last ones made are kept."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from shieldcalc.model.scene import Scene
from shieldcalc.physics.field import Field

FIELDS_KEPT = 2
F = TypeVar("F", bound=Field)


def of_last_scene(make: Callable[[Scene], F]) -> Callable[[Scene], F]:
    """Return ``make`` with its last answers kept: a room's field is asked for again for each barrier's needs.

    Of two: a room is compared with what it would be after a change.
    """
    kept: list[tuple[Scene, F]] = []

    @wraps(make)
    def field_of(scene: Scene) -> F:
        found = next((each for each in kept if each[0] is scene), None) or (scene, make(scene))
        kept[:] = [found, *(each for each in kept if each[0] is not scene)][:FIELDS_KEPT]
        return found[1]

    return field_of
