"""Curves at a single tube potential: the primary beam, which scatter follows too, and leakage."""

from functools import cache

from shieldcalc.beams import counted, materials
from shieldcalc.beams.curve import Curve, distinct
from shieldcalc.beams.models import rule
from shieldcalc.beams.rows import BIR, Row, rows
from shieldcalc.beams.shapes import Archer, Between, Scaled, Shape, exponential, interpolated
from shieldcalc.errors import Notice, OutsideDataError

LEAD, CONCRETE = BASES = ("lead", "concrete")


@cache
def primary(standard: str, material: str, kv: float) -> Curve:
    """Return the curve of the primary beam (NCRP 147 Table A.1; BIR where NCRP has no row for the material).

    Between rows of one anode: thickness at equal transmission, its logarithm linear in kV where the rows are close
    (data/xray/beam_rules.csv), itself linear where they are far apart. Refuses between molybdenum and tungsten rows and
    outside the rows, unless data/materials/mass_equivalent.csv has a share of the material's mass that counts as
    concrete there.
    """
    found = rows(standard, material, "kvp", "primary")
    share = None if found and found[0].kv <= kv <= found[-1].kv else counted.mass_share(material, kv)
    if share is not None:
        return _as_concrete(standard, material, kv, share)
    low, high = _neighbours(found, material, kv)
    notices = _not_of_standard(standard, found)
    if low is high:
        return Curve(low.shape, (low.table,), notices)
    share = (kv - low.kv) / (high.kv - low.kv)
    close = high.kv - low.kv <= rule("close_rows_kv")
    return Curve(Between(low.shape, high.shape, share, close), distinct([(low.table, high.table)]), notices)


def _neighbours(found: tuple[Row, ...], material: str, kv: float) -> tuple[Row, Row]:
    """Return the rows at or around a tube potential; both are the same row where it is printed."""
    if not (found and found[0].kv <= kv <= found[-1].kv):
        span = f"{found[0].kv:g} to {found[-1].kv:g} kV" if found else "no rows"
        raise OutsideDataError("kv_outside", material=material, kv=f"{kv:g}", span=span)
    low = next(row for row in reversed(found) if row.kv <= kv)
    high = next(row for row in found if row.kv >= kv)
    if low.molybdenum and not high.molybdenum:
        raise OutsideDataError(
            "kv_between_anodes", material=material, kv=f"{kv:g}", low=f"{low.kv:g}", high=f"{high.kv:g}"
        )
    return low, high


def _not_of_standard(standard: str, found: tuple[Row, ...]) -> tuple[Notice, ...]:
    if standard == "ncrp147" and found[0].table == BIR:
        return (Notice("warnings.bir_row_used", {"material": found[0].material}),)
    return ()


def _as_concrete(standard: str, material: str, kv: float, share: float) -> Curve:
    concrete = primary(standard, CONCRETE, kv)
    factor = concrete_mass_factor(material)
    assert factor is not None
    notice = Notice("warnings.mass_as_concrete", {"material": material, "kv": f"{kv:g}", "percent": f"{100 * share:g}"})
    tables = (*concrete.tables, materials.MATERIALS_TABLE, counted.MASS_EQUIVALENT)
    return Curve(Scaled(concrete.shape, share * factor), tables, (*concrete.notices, notice))


def concrete_mass_factor(material: str, density: float | None = None) -> float | None:
    """Return mm of concrete of the same mass as 1 mm of the material; None where no density is known."""
    concrete = materials.known(CONCRETE).density_g_per_cm3
    used = density or materials.known(material).density_g_per_cm3
    return used / concrete if used and concrete else None


@cache
def asymptotic_alpha(kv: float, material: str, standard: str = "ncrp147") -> float:
    """Return alpha in 1/mm: the slope of ln B at high attenuation, by which leakage falls (NCRP 147 section C.2).

    Printed rows as they are; between them 1/alpha is interpolated as ``primary`` interpolates thickness.
    """
    return 1 / _deep_mm(primary(standard, material, kv).shape)


def _deep_mm(shape: Shape) -> float:
    """Return the thickness in mm that lowers ln B by 1 at high attenuation."""
    if isinstance(shape, Archer):
        return 1 / shape.alpha
    if isinstance(shape, Between):
        low, high = _deep_mm(shape.low), _deep_mm(shape.high)
        return interpolated(low, high, shape.share, shape.geometric)
    assert isinstance(shape, Scaled)
    return _deep_mm(shape.shape) / shape.factor


@cache
def leakage(standard: str, material: str, kv: float) -> Curve:
    """Return exp(-alpha x): leakage has been hardened by the housing (NCRP 147 section C.2)."""
    beam = primary(standard, material, kv)
    return Curve(exponential(asymptotic_alpha(kv, material, standard)), beam.tables, beam.notices)
