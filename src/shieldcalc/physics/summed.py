"""What a barrier's needs are reckoned with: a field, or the sum of two."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol, Self

from shieldcalc.model.design import Layer, Xyz
from shieldcalc.model.scene import Scene
from shieldcalc.physics.field import Seen
from shieldcalc.physics.rooms import Totals


class Summed(Protocol):
    """What a barrier's needs are reckoned with: all radiation at any place, with other layers and moved faces."""

    @property
    def scene(self) -> Scene:
        """Return the scene."""

    @property
    def starts(self) -> list[Xyz]:
        """Return the places from which this room's radiation comes."""

    @property
    def ends(self) -> list[Xyz]:
        """Return the ends of long sources: the places nearest to them are tried too."""

    @property
    def others(self) -> tuple[Seen, ...]:
        """Return the site's other rooms."""

    @property
    def moves(self) -> bool:
        """Return whether the worst place behind a barrier may move to another source as the barrier grows."""

    def bare(self, position: Xyz, *, given: bool = False) -> Any:
        """Return what every part gives at a place without any barrier."""

    def through(self, place: Any) -> Totals:
        """Return week, hour and beam-on rate of a place behind the barriers."""

    def replacing(self, layers: Mapping[str, tuple[Layer, ...]]) -> Self:
        """Return the field with other layers in some barriers."""

    def in_scene(self, scene: Scene) -> Self:
        """Return the field of the same sources among the same barriers with their faces elsewhere."""

    def ahead(self, positions: Sequence[Xyz]) -> None:
        """Prepare for many places; what gains nothing from it does nothing."""

    @property
    def prepares(self) -> bool:
        """Return whether ``ahead`` gains anything."""

    def exact(self, *, surely: bool = False) -> Self:
        """Return the field for doses that are told; ``surely``: behind other layers too. See ``Field``."""

    @property
    def approximate(self) -> bool:
        """Return whether doses behind other layers are computed in full only ``surely``."""
