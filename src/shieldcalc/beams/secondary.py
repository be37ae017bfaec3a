"""Secondary radiation at a single tube potential: as printed, or rebuilt from scatter and leakage."""

from functools import cache

from shieldcalc.beams.curve import Curve
from shieldcalc.beams.housing import leakage_per_mAmin
from shieldcalc.beams.models import MODELS_TABLE, RULES_TABLE, output_ncrp, rule, scatter_fraction
from shieldcalc.beams.rows import rows
from shieldcalc.beams.shapes import weighted_sum
from shieldcalc.beams.single_kv import leakage, primary
from shieldcalc.errors import Notice, OutsideDataError


@cache
def secondary(standard: str, material: str, kv: float) -> Curve:
    """Return the curve of secondary radiation.

    A printed row (NCRP 147 Table C.1) as printed; between printed rows the primary row below 100 kV and the next higher
    printed row above; without printed rows the primary row below 100 kV and ``rebuilt`` above.
    """
    found = rows(standard, material, "kvp", "secondary")
    for row in found:
        if row.kv == kv:
            return Curve(row.shape, (row.table,))
    if kv < rule("secondary_exact_from_kv"):
        return primary(standard, material, kv)
    if not found:
        return rebuilt(standard, material, kv)
    higher = next((row for row in found if row.kv > kv), None)
    if higher is None:
        span = f"{found[0].kv:g} to {found[-1].kv:g} kV"
        raise OutsideDataError("kv_outside", material=material, kv=f"{kv:g}", span=span)
    notice = Notice("warnings.secondary_next_higher_row", {"kv": f"{kv:g}", "row": f"{higher.kv:g}"})
    return Curve(higher.shape, (higher.table,), (notice,))


def rebuilt(standard: str, material: str, kv: float) -> Curve:
    """Return scatter by the primary row plus leakage exp(-alpha x), in the proportions behind Table C.1.

    Proportions: 90 degrees, 1000 cm2 at 1 m, leakage technique of section C.2, equal distances.
    """
    field = rule("rebuild_field_cm2") / rule("rebuild_field_distance_m") ** 2
    scatter = output_ncrp(kv) * scatter_fraction(kv, rule("rebuild_angle")) * field
    beam, leaking = primary(standard, material, kv), leakage(standard, material, kv)
    shape = weighted_sum([(scatter, beam.shape), (leakage_per_mAmin(kv), leaking.shape)])
    notice = Notice("warnings.secondary_rebuilt", {"material": material, "kv": f"{kv:g}"})
    return Curve(shape, (*beam.tables, MODELS_TABLE, RULES_TABLE), (*beam.notices, notice))
