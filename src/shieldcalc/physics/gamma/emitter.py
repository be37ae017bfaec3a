"""What a method says of one gamma source: the ways in which it radiates, and its terms of radiation."""

from collections.abc import Callable, Mapping
from typing import NamedTuple, Protocol

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice
from shieldcalc.model.design import Layer, Source, Xyz
from shieldcalc.model.scene import Scene
from shieldcalc.physics.gamma.passing import Rates
from shieldcalc.physics.terms import Radiation


class Told(NamedTuple):
    """By which rule a transmission is computed, from which data files, and what has to be said of it."""

    rule: str
    tables: tuple[str, ...]
    notices: tuple[Notice, ...]


class Way(Protocol):
    """One way in which a source radiates: exposed, or behind its shield. Rates at 1 m, before inverse square."""

    @property
    def rates(self) -> Rates:
        """Return the rates at 1 m with no barrier."""

    def through(self, stack: tuple[Layer, ...]) -> Rates:
        """Return the rates at 1 m behind further layers; no layer may raise them."""

    def told(self, stack: tuple[Layer, ...]) -> Told:
        """Return what has to be said of a stack."""


class Emitter(NamedTuple):
    """One source on the day of evaluation.

    ``ways`` by beam quality, whose ``key`` is the source's id and ``component`` the way's name. ``radiation(hours_h,
    quantity)`` gives its terms with people there for so many hours a week, in KERMA or H10. No point may lie nearer to
    ``position`` than ``nearest_m``; ``around`` are all layers that belong to the source. ``also`` are the other places
    where it may be, with the nearest distance there.
    """

    position: Xyz
    nearest_m: float
    around: tuple[Layer, ...]
    ways: Mapping[Quality, Way]
    radiation: Callable[[float, str], Radiation]
    also: tuple[tuple[Xyz, float], ...] = ()

    @property
    def places(self) -> tuple[tuple[Xyz, float], ...]:
        """Return every place where the source may be, each with the distance that no point may be nearer than."""
        return ((self.position, self.nearest_m), *self.also)


Emitters = Callable[[Source, Scene], Emitter]
