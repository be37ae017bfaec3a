"""Annex C of GBZ 130-2020 for one beam: by which rows it is computed, and what is not verified of them."""

from collections.abc import Iterable

from shieldcalc.beams import Beam
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.methods.gbz130.values import ANNEX_C
from shieldcalc.tables import table

NAME = "gbz130"
_COMPONENTS = {"primary": "primary", "secondary": "secondary", "scatter": "secondary"}


def computing(beam: Beam) -> Beam:
    """Return the beam whose rows Annex C is inferred to have: those of NCRP 147, or of BIR where it has none.

    What the annex calls scatter is what NCRP 147 calls secondary. Raises OutsideDataError for a workload distribution
    and for leakage by itself, which the annex does not know.
    """
    if beam.key_type == "workload" or beam.component not in _COMPONENTS:
        raise OutsideDataError(
            "gbz130_not_in_annex_c", asked=beam.key if beam.key_type == "workload" else beam.component
        )
    return beam._replace(standard="ncrp147", component=_COMPONENTS[beam.component])


def notices(beam: Beam, materials: Iterable[str]) -> tuple[Notice, ...]:
    """Return for each material whether its row of the annex was inferred from published equivalents or is unknown."""
    key = f"ct {beam.key}" if beam.key_type == "ct" else beam.key
    rows = table(ANNEX_C).where(key=key, component=_COMPONENTS[beam.component])
    known = {row["material"] for row in rows if row["evidence"] != "none found"}
    found = dict.fromkeys(("lead", *materials))
    return tuple(
        Notice(f"warnings.gbz130_row_{'inferred' if name in known else 'unknown'}", {"material": name, "kv": beam.key})
        for name in found
    )
