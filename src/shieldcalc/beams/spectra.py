"""Workload distributions bin by bin: Table 4.2 x output x scatter or leakage x transmission at each potential.

The sums behind NCRP 147 Tables B.1 and C.1, for the 90 degree geometry of Table 4.7.
"""

from functools import cache

from shieldcalc.beams.curve import Curve, distinct
from shieldcalc.beams.distributions import Workload
from shieldcalc.beams.distributions import workload as found_workload
from shieldcalc.beams.housing import leakage_per_mAmin
from shieldcalc.beams.models import (
    MODELS_TABLE,
    RULES_TABLE,
    SECONDARY_TABLE,
    Bin,
    bins,
    is_molybdenum,
    output_ncrp,
    rule,
    scatter_fraction,
)
from shieldcalc.beams.shapes import weighted_sum
from shieldcalc.beams.single_kv import leakage, primary
from shieldcalc.errors import Notice
from shieldcalc.tables import table

Part = tuple[float, Curve]


@cache
def bin_sum(workload: str, material: str, component: str) -> Curve:
    """Return the curve of one distribution as a sum over its bins, for one component.

    primary: W(kV) K_W(kV) with the primary rows; scatter: the same times a1(kV, 90) F / d_F^2; leakage: W(kV) times
    the leakage per mA min with exp(-alpha x); secondary: scatter and leakage together at equal distances.
    """
    parts = _PARTS[component](workload, material)
    shape = weighted_sum([(weight, curve.shape) for weight, curve in parts])
    found = found_workload(workload)
    tables = distinct([(found.table, MODELS_TABLE), *(curve.tables for _, curve in parts)])
    tables = tables if component == "primary" else distinct([tables, *_of_field(found), (RULES_TABLE,)])
    return Curve(shape, tables, _one_a_kind(parts))


def _of_field(found: Workload) -> tuple[tuple[str, ...], ...]:
    """Return the table that the scattering field is from: that of an added distribution stands with it."""
    return () if found.added else ((SECONDARY_TABLE,),)


def _one_a_kind(parts: list[Part]) -> tuple[Notice, ...]:
    """Return the notices of the bins, each code once: that of the highest potential."""
    return tuple({notice.code: notice for _, curve in parts for notice in curve.notices}.values())


def _primary(workload: str, material: str) -> list[Part]:
    return [(each.mA_min * output_ncrp(each.table_kv), _beam(each, material)) for each in bins(workload)]


def _beam(each: Bin, material: str) -> Curve:
    return primary("ncrp147", material, each.table_kv)


def _scatter(workload: str, material: str) -> list[Part]:
    """Return the scattered bins; a molybdenum tube's, for which no a1 is printed, share Table 4.7 by W K_W alone."""
    direct = _primary(workload, material)
    if _is_molybdenum(workload):
        total, side = sum(weight for weight, _ in direct), _table_4_7(workload)["side"]
        return [(weight / total * side, curve) for weight, curve in direct]
    found = found_workload(workload)
    field, angle = found.field_cm2 / found.field_at_m**2, rule("rebuild_angle")
    fractions = [scatter_fraction(each.table_kv, angle) * field for each in bins(workload)]
    return [(weight * fraction, curve) for (weight, curve), fraction in zip(direct, fractions, strict=True)]


def _leakage(workload: str, material: str) -> list[Part]:
    """Return the leakage bins; all of a molybdenum tube's leakage of Table 4.7 goes to its highest potential."""
    if _is_molybdenum(workload):
        highest = bins(workload)[-1].table_kv
        return [(_table_4_7(workload)["leakage"], leakage("ncrp147", material, highest))]
    return [
        (each.mA_min * leakage_per_mAmin(each.table_kv), leakage("ncrp147", material, each.table_kv))
        for each in bins(workload)
    ]


def _secondary(workload: str, material: str) -> list[Part]:
    return [*_scatter(workload, material), *_leakage(workload, material)]


_PARTS = {"primary": _primary, "scatter": _scatter, "leakage": _leakage, "secondary": _secondary}


def _is_molybdenum(workload: str) -> bool:
    return is_molybdenum(bins(workload)[-1].table_kv)


def _table_4_7(workload: str) -> dict[str, float]:
    row = next(table(SECONDARY_TABLE).where(workload=workload))
    return {name: float(text) for name, text in row.items() if name != "workload"}
