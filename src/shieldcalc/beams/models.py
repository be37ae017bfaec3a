"""Tube output, scatter fraction and workload bins of NCRP Report No. 147 (2004): Fig. B.1, Fig. C.1, Table 4.2."""

from functools import cache
from typing import NamedTuple

from shieldcalc.beams.distributions import workload as found_workload
from shieldcalc.errors import OutsideDataError
from shieldcalc.tables import table

MODELS_TABLE = "xray/ncrp147_models.csv"
RULES_TABLE = "xray/beam_rules.csv"
SECONDARY_TABLE = "xray/ncrp147_table_4_7_secondary_kerma.csv"


@cache
def _values(name: str) -> dict[str, float]:
    return {row["name"]: float(row["value"]) for row in table(name).rows}


def constant(name: str) -> float:
    """Return one value of data/xray/ncrp147_models.csv in the unit of its row."""
    return _values(MODELS_TABLE)[name]


def rule(name: str) -> float:
    """Return one value of data/xray/beam_rules.csv in the unit of its row."""
    return _values(RULES_TABLE)[name]


class Bin(NamedTuple):
    """One bin of Table 4.2: its highest potential, mA min per patient, and the potential that the tables have for it.

    ``table_kv`` differs at 40 and 45 kV alone: there the tables of output and transmission begin at 50 kV.
    """

    kv: float
    mA_min: float
    table_kv: float


def bins(workload: str) -> tuple[Bin, ...]:
    """Return the bins of one workload distribution that carry workload (NCRP 147 Table 4.2), mA min per patient."""
    return tuple(Bin(kv, mA_min, _tabulated(kv)) for kv, mA_min in found_workload(workload).bins)


def _tabulated(kv: float) -> float:
    lowest = constant("output_tungsten_kv_min")
    return lowest if constant("output_molybdenum_kv_max") < kv < lowest else kv


def is_molybdenum(kvp: float) -> bool:
    """Say whether the tables of this potential belong to a molybdenum anode (35 kV and less)."""
    return kvp <= constant("output_molybdenum_kv_max")


def output_ncrp(kvp: float) -> float:
    """Return the tube output in mGy per mA min at 1 m (NCRP 147 Fig. B.1).

    Valid at 25-35 kV (Mo/Mo) and 50-150 kV (W/Al); refuses elsewhere. It belongs to the report's workload method:
    modern tubes give more.
    """
    anode, powers = ("molybdenum", (0, 2)) if is_molybdenum(kvp) else ("tungsten", (0, 1, 2, 3))
    low, high = constant(f"output_{anode}_kv_min"), constant(f"output_{anode}_kv_max")
    if not low <= kvp <= high:
        raise OutsideDataError("output_kv", kv=f"{kvp:g}", low=f"{low:g}", high=f"{high:g}")
    return sum(constant(f"output_{anode}_c{power}") * kvp**power for power in powers)


def scatter_fraction(kvp: float, theta_deg: float) -> float:
    """Return a1: air kerma scattered to 1 m per primary air kerma at 1 m and cm2 of field at 1 m (NCRP 147 Fig. C.1).

    ``theta_deg`` from the forward beam, 20 to 140 degrees; 50 to 150 kV, tungsten anode. Refuses elsewhere.
    """
    low, high, kv_low, kv_high, reference, slope, scale, b0, b1, b2, b3 = _scatter_constants()
    if not low <= theta_deg <= high:
        raise OutsideDataError("scatter_angle", angle=f"{theta_deg:g}", low=f"{low:g}", high=f"{high:g}")
    if not kv_low <= kvp <= kv_high:
        raise OutsideDataError("scatter_kv", kv=f"{kvp:g}", low=f"{kv_low:g}", high=f"{kv_high:g}")
    by_angle = b0 + b1 * theta_deg + b2 * theta_deg**2 + b3 * theta_deg**3
    return scale * (slope * (kvp - reference) + by_angle)


def scatter_numbers(kvp: float) -> tuple[float, ...]:
    """Return what ``scatter_fraction`` of one potential is made of: s, f and b0 to b3 of f (s + b0 + b1 x + ...)."""
    *_, reference, slope, scale, b0, b1, b2, b3 = _scatter_constants()
    return slope * (kvp - reference), scale, b0, b1, b2, b3


@cache
def _scatter_constants() -> tuple[float, ...]:
    """Return the range of angles and potentials of Fig. C.1 and the numbers of its curve."""
    names = ("scatter_angle_min", "scatter_angle_max", "output_tungsten_kv_min", "output_tungsten_kv_max")
    curve = ("scatter_kv_reference", "scatter_a_kvp", "scatter_scale", *(f"scatter_b{power}" for power in range(4)))
    return tuple(constant(name) for name in (*names, *curve))
