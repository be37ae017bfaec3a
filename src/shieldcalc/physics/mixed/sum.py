"""The sum of X-ray equipment and gamma sources in one quantity, at any place, behind any layers."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Self

from shieldcalc.model.design import Layer, Xyz
from shieldcalc.model.scene import Scene
from shieldcalc.physics.anywhere import ANYWHERE, UNITS
from shieldcalc.physics.components import DosesAt
from shieldcalc.physics.field import Field, Place, Seen
from shieldcalc.physics.gamma.doses import doses_of
from shieldcalc.physics.rooms import Totals


def index_of(quantity: str) -> int:
    """Return which of week, busiest hour and beam-on rate a field of Doses is made of."""
    return 2 if "beam_on" in quantity else 1 if "hour" in quantity else 0


def weight(doses_at: DosesAt, quantity: str) -> float:
    """Return what the air kerma of X-rays counts in a field of Doses, over what the gamma field's own quantity counts.

    It holds the factor from air kerma to H*(10) and the weeks of a year of the X-ray method: 1.77 x 50/52 in the year.
    0 where the method does not say the quantity: its sums are not known then.
    """
    unit = UNITS[index_of(quantity)]
    of_gamma: float = getattr(doses_of(ANYWHERE, unit, unit)[0], quantity)
    return (getattr(doses_at(ANYWHERE, unit)[0], quantity) or 0.0) / of_gamma


def added(xrays: Totals, factor: float, gamma: Totals) -> Totals:
    """Return factor x X-rays + gamma of week, hour and rate; None where one of the two is not known."""
    return [None if x is None or g is None else factor * x + g for x, g in zip(xrays, gamma, strict=True)]


class Places(NamedTuple):
    """What a place gets without this room's barriers: of X-ray equipment, and of gamma sources."""

    xrays: Place
    gamma: Place

    def of_others(self) -> Self:
        """Return what other rooms give there alone."""
        return self._replace(xrays=self.xrays.of_others(), gamma=self.gamma.of_others())


class Sum(NamedTuple):
    """Factor x X-rays + gamma, in the units of the gamma field: air kerma or H*(10)."""

    scene: Scene
    xrays: Field
    factor: float
    gamma: Field

    @property
    def starts(self) -> list[Xyz]:
        """Return the places from which this room's radiation comes."""
        return [*self.xrays.starts, *self.gamma.starts]

    @property
    def ends(self) -> list[Xyz]:
        """Return the ends of long sources of either."""
        return [*self.xrays.ends, *self.gamma.ends]

    @property
    def others(self) -> tuple[Seen, ...]:
        """Return the other rooms of the site, of either kind."""
        return (*self.xrays.others, *self.gamma.others)

    @property
    def moves(self) -> bool:
        """Return that the worst place may move: a barrier holds X-rays back sooner than gamma rays."""
        return True

    def bare(self, position: Xyz, *, given: bool = False) -> Places:
        """Return what every part gives at a place without this room's barriers."""
        return Places(self.xrays.bare(position, given=given), self.gamma.bare(position, given=given))

    def through(self, place: Places) -> Totals:
        """Return week, hour and beam-on rate of a place behind the barriers."""
        return added(self.xrays.through(place.xrays), self.factor, self.gamma.through(place.gamma))

    def replacing(self, layers: Mapping[str, tuple[Layer, ...]]) -> Self:
        """Return the sum with other layers in some barriers."""
        return self._replace(xrays=self.xrays.replacing(layers), gamma=self.gamma.replacing(layers))

    def in_scene(self, scene: Scene) -> Self:
        """Return the sum among the same barriers with their faces elsewhere."""
        return self._replace(scene=scene, xrays=self.xrays.in_scene(scene), gamma=self.gamma.in_scene(scene))

    def ahead(self, positions: Sequence[Xyz]) -> None:
        """Prepare for many places."""
        self.xrays.ahead(positions)
        self.gamma.ahead(positions)

    @property
    def prepares(self) -> bool:
        """Return whether one of the two gains from ``ahead``."""
        return self.xrays.prepares or self.gamma.prepares

    def exact(self, *, surely: bool = False) -> Self:
        """Return the sum for doses that are told; ``surely``: behind other layers too."""
        return self._replace(xrays=self.xrays.exact(surely=surely), gamma=self.gamma.exact(surely=surely))

    @property
    def approximate(self) -> bool:
        """Return whether gamma rays behind other layers are computed in full only ``surely``."""
        return self.gamma.approximate


class Column(NamedTuple):
    """One quantity of the sum: name in point ids, X-ray field, H*(10) or air kerma, which of the totals, factor."""

    name: str
    field: str
    in_h10: bool
    total: int
    factor: float

    def of(self, xrays: Mapping[str, Totals], gamma: Sequence[Totals]) -> float | None:
        """Return the quantity from the totals of each X-ray field, and of gamma in air kerma and in H*(10)."""
        x, g = xrays[self.field][self.total], gamma[self.in_h10][self.total]
        return None if x is None or g is None else self.factor * x + g
