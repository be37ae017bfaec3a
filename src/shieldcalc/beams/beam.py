"""What is asked and what is answered: a beam, the layers in it, their transmission."""

from collections.abc import Mapping
from typing import NamedTuple

from shieldcalc.beams.distributions import workloads
from shieldcalc.errors import Notice, OutsideDataError, UnknownNameError

STANDARDS = ("ncrp147", "bir")
KEY_TYPES = ("kvp", "workload", "ct")
COMPONENTS = ("primary", "secondary", "scatter", "leakage")


class Beam(NamedTuple):
    """A kind of X-ray beam: a single tube potential, a clinical workload distribution, or CT.

    ``key`` is a tube potential in kV as text for ``kvp`` and ``ct``, a distribution's name for ``workload``. CT has one
    component; "scatter" and "leakage" are the two parts of "secondary".
    """

    standard: str = "ncrp147"
    key_type: str = "kvp"
    key: str = "100"
    component: str = "primary"

    @property
    def kv(self) -> float:
        """Return the tube potential in kV; refuses a workload distribution."""
        try:
            return float(self.key)
        except ValueError:
            raise OutsideDataError("beam_kv_not_number", key=self.key) from None


class Layer(NamedTuple):
    """One layer: material, thickness in mm, density as built, ``form`` "solid" or "hollow" of brick.

    Lead glass and lead rubber: the lead equivalent in mm that is marked on them, and at how many kV it was measured.
    """

    material: str
    thickness_mm: float
    density_g_per_cm3: float | None = None
    form: str | None = None
    lead_equivalent_mm: float | None = None
    lead_equivalent_kv: float | None = None


class Transmission(NamedTuple):
    """Transmission B of layers in a beam.

    ``method`` says how layers were added up, ``tables`` where the numbers come from; ``alternatives`` gives B by other
    readings of the same barrier, where one differs by more than data/xray/beam_rules.csv says.
    """

    log_transmission: float
    transmission: float
    method: str
    tables: tuple[str, ...]
    notices: tuple[Notice, ...]
    alternatives: Mapping[str, float]


def checked(beam: Beam) -> Beam:
    """Return the beam; refuses names that do not exist, and combinations without tables."""
    for kind, name, allowed in (
        ("standard", beam.standard, STANDARDS),
        ("kind of beam", beam.key_type, KEY_TYPES),
        ("component", beam.component, COMPONENTS),
    ):
        if name not in allowed:
            raise UnknownNameError(kind, name, allowed)
    if beam.standard == "bir" and beam.key_type != "kvp":
        raise OutsideDataError("beam_not_in_bir", key_type=beam.key_type)
    if beam.key_type == "workload" and beam.key not in workloads():
        raise UnknownNameError("workload distribution", beam.key, workloads())
    return beam
