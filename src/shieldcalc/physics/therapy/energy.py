"""Beam energies as people write them: "6", "6 MV", "10 MV FFF", "Co-60"; tube potentials "250 kV"."""

from math import isfinite
from typing import NamedTuple

from shieldcalc.errors import UnitError
from shieldcalc.physics.therapy.rules import own_rule

COBALT = "Co-60"


class Energy(NamedTuple):
    """A beam: ``MV`` of an accelerator, ``kV`` of a tube, neither of Co-60; flattening-filter free or not."""

    MV: float | None = None
    kV: float | None = None
    fff: bool = False

    @property
    def name(self) -> str:
        """Return the name as tables have it: "6", "Co-60", "250"."""
        value = self.MV if self.kV is None else self.kV
        return COBALT if value is None else f"{value:.12g}"

    @property
    def words(self) -> str:
        """Return the name with its unit."""
        return self.name if self.name == COBALT else f"{self.name} {'MV' if self.kV is None else 'kV'}"

    @property
    def makes_neutrons(self) -> bool:
        """Return whether neutrons have to be thought of: from 10 MV."""
        return self.MV is not None and own_rule("neutrons_from") <= self.MV


def megavolts(text: str) -> Energy:
    """Return the energy that a text names; raises UnitError for anything that is none."""
    plain = "".join(text.split()).upper()
    if plain.replace("-", "") in ("CO60", "60CO"):
        return Energy()
    fff = plain.endswith("FFF")
    number = plain.removesuffix("FFF").removesuffix("-").removesuffix("X").removesuffix("MV")
    try:
        value = float(number)
    except ValueError:
        value = 0.0
    if not (isfinite(value) and value > 0):
        raise UnitError("therapy_energy", value=text)
    return Energy(MV=value, fff=fff)
