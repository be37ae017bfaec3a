"""Which curve a beam and a material have: single potential, workload distribution, CT."""

from functools import cache, partial

from shieldcalc.beams import materials
from shieldcalc.beams.beam import Beam, checked
from shieldcalc.beams.curve import Curve, distinct
from shieldcalc.beams.models import RULES_TABLE, rule
from shieldcalc.beams.rows import rows
from shieldcalc.beams.secondary import secondary
from shieldcalc.beams.shapes import Deep, Equivalent
from shieldcalc.beams.single_kv import CONCRETE, concrete_mass_factor, leakage, primary
from shieldcalc.beams.spectra import bin_sum
from shieldcalc.errors import Notice, OutsideDataError

SECONDARY_ONLY = "rad_room_all_barriers"
_PRINTED = ("primary", "secondary")


@cache
def curve(beam: Beam, material: str, density: float | None = None) -> Curve:
    """Return the curve of one material in one beam.

    ``density`` in g/cm3 bounds the concrete equivalent of a material without CT fit by its mass; nothing else uses it.
    Raises UnknownNameError for a name, OutsideDataError where the tables do not reach.
    """
    checked(beam)
    materials.known(material)
    if beam.key_type == "workload":
        return _workload(beam, material)
    if beam.key_type == "ct":
        return _ct(beam, material, density)
    return _AT_KV[beam.component](beam.standard, material, beam.kv)


_AT_KV = {"primary": primary, "scatter": primary, "secondary": secondary, "leakage": leakage}


def _workload(beam: Beam, material: str) -> Curve:
    """Return the printed fit kept from falling below the sum over bins; that sum where no fit is printed."""
    said = _without_primary(beam)
    bins = partial(bin_sum, beam.key, material, beam.component)
    row = next((row for row in rows("ncrp147", material, "workload", beam.component) if row.key == beam.key), None)
    if row is not None:
        deep = Deep(row.shape, lambda: bins().shape, rule("bin_sum_ceiling"))
        return Curve(deep, (row.table,), said, bins)
    if beam.component in _PRINTED:
        said = (Notice("warnings.workload_by_bins", {"material": material}), *said)
    return bins()._replace(notices=(*bins().notices, *said))


def _without_primary(beam: Beam) -> tuple[Notice, ...]:
    """Return the note to NCRP 147 Table 4.4: one distribution describes a room, not one beam."""
    if beam.component == "primary" and beam.key == SECONDARY_ONLY:
        return (Notice("warnings.workload_secondary_only", {"workload": beam.key}),)
    return ()


def _ct(beam: Beam, material: str, density: float | None) -> Curve:
    """Return the CT curve of the next higher potential that has one (NCRP 147 Figs. A.2 and A.3).

    A material without CT fit goes by its equivalent in concrete for secondary radiation at the potential that
    data/xray/beam_rules.csv names, but never by more concrete than has its mass.
    """
    row_kv = _ct_kv(beam.kv)
    said = () if row_kv == beam.kv else (Notice("warnings.ct_next_higher_kv", {"kv": beam.key, "row": f"{row_kv:g}"}),)
    fits = {row.kv: row for row in rows("ncrp147", material, "ct", "secondary")}
    if row_kv in fits:
        return Curve(fits[row_kv].shape, (fits[row_kv].table,), said)
    return _ct_by_concrete(material, density, row_kv, said)


def _ct_kv(kv: float) -> float:
    """Return the potential of the CT fit to use; refuses above the highest and anything that is no potential."""
    found = [row.kv for row in rows("ncrp147", CONCRETE, "ct", "secondary")]
    higher = next((row_kv for row_kv in found if 0 < kv <= row_kv), None)
    if higher is None:
        raise OutsideDataError("ct_kv", kv=f"{kv:g}", rows=", ".join(f"{row_kv:g}" for row_kv in found))
    return higher


def _ct_by_concrete(material: str, density: float | None, row_kv: float, said: tuple[Notice, ...]) -> Curve:
    at_kv = rule(f"ct_reference_kv_{row_kv:g}")
    own, base = secondary("ncrp147", material, at_kv), secondary("ncrp147", CONCRETE, at_kv)
    target = curve(Beam("ncrp147", "ct", f"{row_kv:g}", "secondary"), CONCRETE)
    factor = concrete_mass_factor(material, density)
    code = "warnings.ct_by_concrete" if factor is None else "warnings.ct_by_concrete_and_mass"
    notice = Notice(code, {"material": material, "kv": f"{row_kv:g}", "at_kv": f"{at_kv:g}"})
    tables = distinct([target.tables, own.tables, base.tables, (RULES_TABLE, materials.MATERIALS_TABLE)])
    return Curve(Equivalent(own.shape, base.shape, target.shape, factor), tables, (*said, *own.notices, notice))
