"""A curve of one material in one beam with where it comes from."""

from collections.abc import Callable, Iterable
from typing import NamedTuple, TypeVar

from shieldcalc.beams.shapes import Deep, Shape
from shieldcalc.errors import Notice

T = TypeVar("T")


class Curve(NamedTuple):
    """ln B(x) and x(ln B) of one material, the tables behind it, and what must be said of it.

    ``bins`` gives the sum over bins behind a ``Deep`` shape; its tables count only where it governs.
    """

    shape: Shape
    tables: tuple[str, ...]
    notices: tuple[Notice, ...] = ()
    bins: "Callable[[], Curve] | None" = None

    def log_transmission(self, x_mm: float) -> float:
        """Return ln B of a thickness in mm."""
        return self.shape.log_transmission(x_mm)

    def thickness_mm(self, log_transmission: float) -> float:
        """Return the smallest thickness in mm whose ln B is not above the given one."""
        return self.shape.thickness_mm(log_transmission)

    def used_at(self, x_mm: float) -> tuple[tuple[str, ...], tuple[Notice, ...]]:
        """Return the tables and notices that count at a thickness in mm."""
        if self.bins is not None and isinstance(self.shape, Deep) and self.shape.bins_govern(x_mm):
            return (*self.tables, *self.bins().tables), (*self.notices, Notice("warnings.bin_sum_governs", {}))
        return self.tables, self.notices


def distinct(groups: Iterable[Iterable[T]]) -> tuple[T, ...]:
    """Return what the groups hold, in order, each once."""
    found: list[T] = []
    for group in groups:
        found.extend(item for item in group if item not in found)
    return tuple(found)
