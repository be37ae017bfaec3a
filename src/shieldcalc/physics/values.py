"""The report's single values and short tables, read by name from ``data/xray``."""

from functools import cache

from shieldcalc import beams
from shieldcalc.resources import data_path
from shieldcalc.tables import table

MODELS = "xray/ncrp147_models.csv"
WORKLOADS = "xray/ncrp147_table_4_3_totals.csv"
PRIMARY = "xray/ncrp147_table_4_5_primary_kerma.csv"
PRESHIELDING = "xray/ncrp147_preshielding.csv"
BIR_PRESHIELDING = "xray/bir_preshielding.csv"
SECONDARY = "xray/ncrp147_table_4_7_secondary_kerma.csv"


def value(name: str) -> float:
    """Return one value of the report, for example ``value("ct_kappa_head_per_cm")``; the unit stands in the file."""
    return beams.constant(name)


@cache
def _wnorm(workload: str) -> float:
    row = next(table(WORKLOADS).where(workload=workload))
    return float(row["wnorm_mA_min_per_patient"])


def wnorm(workload: str) -> float:
    """Return the workload per patient of a distribution in mA min (Tables 4.2 and 4.3); of a plugin's its bins' sum."""
    found = beams.workload(workload)
    return found.total_mA_min if found.added else _wnorm(workload)


def preshielding_mm(kind: str, material: str) -> float | None:
    """Return the equivalent thickness of what stands in the primary beam (Table 4.6); None where it lists none."""
    row = next(table(PRESHIELDING).where(kind=kind, material=material), None)
    return None if row is None else float(row["thickness_mm"])


@cache
def h10_per_air_kerma() -> float:
    """Return the bound of H*(10) per air kerma in Sv/Gy (ICRP Publication 74)."""
    import tomllib

    with open(data_path("dose", "air_kerma_to_h10.toml"), "rb") as file:
        return float(tomllib.load(file)["h10_per_air_kerma_bound"])
