"""First and further tenth value layers of one beam in one material, both ways."""

from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy import equations


class Layers(NamedTuple):
    """The first and the further tenth value layers in mm at a density; data files; what is to be said of them."""

    first_mm: float
    further_mm: float
    density_g_per_cm3: float
    tables: tuple[str, ...]
    notices: tuple[Notice, ...] = ()

    def scaled(self, factor: float) -> "Layers":
        """Return the layers times a factor: another density, another material."""
        return self._replace(first_mm=self.first_mm * factor, further_mm=self.further_mm * factor)

    def tenths(self, mm: float) -> float:
        """Return how many tenth value layers ``mm`` are."""
        return mm / self.first_mm if mm <= self.first_mm else 1 + (mm - self.first_mm) / self.further_mm

    def behind_others(self, mm: float) -> float:
        """Return how many tenth value layers ``mm`` count behind other materials: no thinner first layer."""
        return min(self.tenths(mm), mm / self.further_mm) if self.first_mm < self.further_mm else self.tenths(mm)

    def thickness(self, n: float, label: str = "") -> Step:
        """Return the step from tenth value layers to mm; none for 0 and less."""
        n = max(n, 0.0)
        if n < 1:
            return evaluate(equations.thickness_below_one, {"n": (n, ""), "TVL_1": (self.first_mm, "mm")}, label)
        told = {"n": (n, ""), "TVL_1": (self.first_mm, "mm"), "TVL_e": (self.further_mm, "mm")}
        return evaluate(equations.thickness, told, label)
