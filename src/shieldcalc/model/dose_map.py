"""DoseMap: one dose quantity at the nodes of a grid on a plane through a room."""

from shieldcalc.model.design import Xyz
from shieldcalc.records import dataclass

_AXES = {"z": (0, 1), "y": (0, 2), "x": (1, 2)}


@dataclass(frozen=True, slots=True)
class Plane:
    """A plane square to one axis (x, y or z) at a place in m; ``across`` and ``up`` are the axes of the picture."""

    axis: str
    at_m: float

    @property
    def across(self) -> int:
        """Return the index of the coordinate that runs to the right."""
        return _AXES[self.axis][0]

    @property
    def up(self) -> int:
        """Return the index of the coordinate that runs upwards."""
        return _AXES[self.axis][1]

    def place(self, u: float, v: float) -> Xyz:
        """Return the place in the room of a place on the picture."""
        found = [self.at_m, self.at_m, self.at_m]
        found[self.across], found[self.up] = u, v
        return found[0], found[1], found[2]


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit on the quantity of a map, and the rules that set it."""

    value: float
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoseMap:
    """Values at the nodes (``us`` to the right, ``vs`` upwards, metres), row by row; None where nothing is known.

    ``raised``: each value is the highest of the nodes about it times 1 + this, where places are computed approximately.
    """

    plane: Plane
    quantity: str
    unit: str
    method: str
    us: tuple[float, ...]
    vs: tuple[float, ...]
    values: tuple[tuple[float | None, ...], ...]
    limits: tuple[Limit, ...]
    raised: float | None = None
