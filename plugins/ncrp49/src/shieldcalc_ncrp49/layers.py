"""Transmission by the half-value layers of NCRP Report No. 49, Table 27: B = exp(-mu x), mu the smaller of two.

mu = min(ln 2 / HVL, ln 10 / TVL) at the next higher tube potential of the table. Of several materials that one counts
alone which stops most. Masonry counts as concrete by its mass with the share of shieldcalc's mass_equivalent.csv;
whatever else is neither lead nor concrete counts for nothing.
"""

from collections.abc import Iterable
from functools import cache
from math import log
from os.path import abspath, dirname, join

from shieldcalc.beams import Beam, Layer, LayerLike
from shieldcalc.beams.counted import counted_as, credited, mass_share
from shieldcalc.beams.materials import known
from shieldcalc.errors import OutsideDataError
from shieldcalc.tables import table

TABLE = join(dirname(abspath(__file__)), "half_value_layers.csv")
BASES = {"lead": ("lead_hvl_mm", "lead_tvl_mm", 1.0), "concrete": ("concrete_hvl_cm", "concrete_tvl_cm", 10.0)}
MASONRY = ("brick", "barium_plaster")
LEAST_SHARE_AT_KV = 30.0
CONCRETE_G_PER_CM3 = 2.35


@cache
def mu_per_mm(base: str, kv: float) -> float:
    """Return the attenuation of lead or concrete at a tube potential in kV; refuses above 300 kV."""
    row = next((row for row in table(TABLE).rows if kv <= float(row["kv"])), None)
    if row is None:
        raise OutsideDataError("ct_kv", kv=f"{kv:g}", rows=", ".join(row["kv"] for row in table(TABLE).rows))
    hvl, tvl, mm = BASES[base]
    return min(log(2) / (mm * float(row[hvl])), log(10) / (mm * float(row[tvl])))


def log_transmission(beam: Beam, layers: Iterable[LayerLike]) -> float:
    """Return ln B of layers in a beam of one tube potential."""
    thick = dict.fromkeys(BASES, 0.0)
    for layer in layers:
        base, x = _counted(beam, layer)
        if base in thick:
            thick[base] += x
    return -max(mu_per_mm(base, beam.kv) * x for base, x in thick.items())


def _counted(beam: Beam, layer: LayerLike) -> tuple[str, float]:
    """Return lead or concrete and the thickness in mm that a layer counts for; an empty name for nothing."""
    own = Layer(
        layer.material,
        layer.thickness_mm,
        layer.density_g_per_cm3,
        layer.form,
        layer.lead_equivalent_mm,
        layer.lead_equivalent_kv,
    )
    base = counted_as(layer.material)
    if base in BASES:
        return base, credited(own, beam).x_mm
    if layer.material in MASONRY:
        density = layer.density_g_per_cm3 or known(layer.material).density_g_per_cm3 or 0.0
        share = mass_share(layer.material, beam.kv) or mass_share(layer.material, LEAST_SHARE_AT_KV) or 0.0
        return "concrete", share * layer.thickness_mm * density / CONCRETE_G_PER_CM3
    return "", 0.0
