"""Materials without rows of their own that count as another: as lead by their marking, as concrete by their mass.

data/materials/declared_lead.csv and mass_equivalent.csv say what share is credited, and how that was computed.
"""

from collections.abc import Mapping
from functools import cache
from math import isfinite
from typing import NamedTuple

from shieldcalc.beams import materials
from shieldcalc.beams.beam import Beam, Layer
from shieldcalc.beams.models import bins, is_molybdenum
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.tables import table

DECLARED_LEAD = "materials/declared_lead.csv"
MASS_EQUIVALENT = "materials/mass_equivalent.csv"


class Counted(NamedTuple):
    """What a layer counts for in mm of another material or of its own, what to say of it, and the tables behind it."""

    x_mm: float
    notices: tuple[Notice, ...]
    tables: tuple[str, ...] = ()


def counted_as(material: str) -> str:
    """Return the material whose rows stand for one: itself for most."""
    return materials.known(material).counted_as or material


def credited(layer: Layer, beam: Beam) -> Counted:
    """Return the thickness in mm of ``counted_as`` that a layer counts for in a beam.

    Refuses (OutsideDataError) what materials.credited refuses, a marking outside the table, and potentials for which no
    share was computed.
    """
    x, notices = materials.credited(layer)
    known = materials.known(layer.material)
    if known.declares == "lead_equivalent":
        return _as_lead(layer, beam, notices)
    if not known.counted_as:
        return Counted(x, notices)
    share = min(_shares(layer.material, *_span(beam)), default=None)
    if share is None:
        spans = ", ".join(f"{row['kv_from']} to {row['kv_to']} kV" for row in _mass_rows(layer.material))
        raise OutsideDataError("kv_outside", material=layer.material, kv=beam.key, span=spans)
    said = Notice("warnings.counted_by_mass", {"material": layer.material, "percent": f"{100 * share:g}"})
    return Counted(share * x, (*notices, said), (MASS_EQUIVALENT,))


def mass_share(material: str, kv: float) -> float | None:
    """Return the share of a material's mass that counts as concrete at a tube potential in kV; None: not computed."""
    return min(_shares(material, kv, kv), default=None)


def _shares(material: str, low_kv: float, high_kv: float) -> list[float]:
    rows = _mass_rows(material)
    return [float(row["share"]) for row in rows if float(row["kv_from"]) <= high_kv and low_kv <= float(row["kv_to"])]


@cache
def _mass_rows(material: str) -> tuple[Mapping[str, str], ...]:
    return tuple(table(MASS_EQUIVALENT).where(material=material))


def _span(beam: Beam) -> tuple[float, float]:
    """Return the lowest and the highest tube potential of a beam."""
    kvs = [each.table_kv for each in bins(beam.key)] if beam.key_type == "workload" else [beam.kv]
    return min(kvs), max(kvs)


def _as_lead(layer: Layer, beam: Beam, notices: tuple[Notice, ...]) -> Counted:
    """Return the share of a marked lead equivalent that holds at every tube potential of a beam."""
    row = next(iter(table(DECLARED_LEAD).where(material=layer.material)))
    lead, kv = layer.lead_equivalent_mm or 0.0, layer.lead_equivalent_kv
    low, high, most = (float(row[name]) for name in ("kv_min", "kv_max", "lead_mm_max"))
    if not (isfinite(lead) and 0 < lead <= most):
        given = {"material": layer.material, "value": f"{lead:g}", "most": f"{most:g}"}
        raise OutsideDataError("lead_equivalent_range", **given)
    if kv is not None and not low <= kv <= high:
        given = {"material": layer.material, "marked": f"{kv:g}", "low": f"{low:g}", "high": f"{high:g}"}
        raise OutsideDataError("lead_equivalent_kv", **given)
    share = _share_of_marking(row, kv, *_span(beam))
    if beam.key_type == "ct":
        share = min(share, float(row["share_ct"]))
    said = {"material": layer.material, "percent": f"{100 * share:g}"}
    code = _code(kv, share, _span(beam))
    said = said if kv is None else {**said, "marked": f"{kv:g}"}
    return Counted(share * lead, (*notices, Notice(f"warnings.{code}", said)), (DECLARED_LEAD,))


def _code(kv: float | None, share: float, span: tuple[float, float]) -> str:
    """Return what is said of a marking: without kV, at the beam's own, at another, or at that of a CT beam."""
    if kv is None:
        return "marking_without_kv"
    if share == 1:
        return "marking_same_kv"
    return "marking_in_ct" if span == (kv, kv) else "marking_other_kv"


def _share_of_marking(row: Mapping[str, str], kv: float | None, low: float, high: float) -> float:
    """Return the least share for beams from ``low`` to ``high`` kV of what was marked at ``kv`` (None: not known)."""
    found = [1.0]
    if is_molybdenum(low):
        found.append(float(row["share_molybdenum"]))
    if kv is None or low < kv:
        found.append(float(row["share_softer"]))
    if kv is None or high > kv:
        found.append(float(row["share_harder"]))
    return min(found)
