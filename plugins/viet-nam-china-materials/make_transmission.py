"""Make transmission.csv anew: its text goes to standard output."""

# ruff: noqa: E501 - the head of a data file
import sys
from collections.abc import Iterator
from pathlib import Path

from shieldcalc.beams.rows import A1, B1, C1, Row, printed
from shieldcalc.tables import table

MATERIALS = Path(__file__).parent / "src" / "shieldcalc_viet_nam_china_materials" / "materials.csv"
REFERENCE = {"concrete": 2.35, "lead": 11.35}  # g/cm3 of the printed rows: data/materials/shielding.csv
SOFTEST = 40.0
HEAD = """\
# title: Transmission of diagnostic X rays through building materials of Viet Nam and China
# source: NCRP Report No. 147 (2004), Tables A.1, B.1 and C.1, concrete and lead; alpha and beta times density and share over 2.35 or 11.35 g/cm3
# version: 1
# units: key kV for kvp and ct; alpha_per_mm and beta_per_mm 1/mm; gamma 1
# valid: as those tables; by mass per area at the density of materials.csv
# confidence: computed; a bound, not measured
# Masonry and plaster: the share of the least absorbing brick, aerated concrete and plain plaster against the rows of concrete, as
#   shieldcalc's data/materials/mass_equivalent.csv has it (NISTIR 5632); mammography and rows below 40 kV take the smaller one.
# Lead rubber and lead glass: the lead in them by weight alone.
material,key_type,key,component,alpha_per_mm,beta_per_mm,gamma"""


def rows() -> Iterator[str]:
    """Yield the lines of the table."""
    for material in table(str(MATERIALS)).rows:
        for name in (A1, B1, C1):
            for row in printed(name, material["counts"]):
                soft = "mammography" in row.key if row.key_type == "workload" else row.kv < SOFTEST
                share = float(material["share_below_40" if soft else "share"])
                factor = share * float(material["density_g_per_cm3"]) / REFERENCE[material["counts"]]
                yield _line(material["material"], row, factor)


def _line(material: str, row: Row, factor: float) -> str:
    alpha, beta = row.shape.alpha * factor, row.shape.beta * factor
    return f"{material},{row.key_type},{row.key},{row.component},{alpha:.6g},{beta:.6g},{row.shape.gamma:g}"


if __name__ == "__main__":
    sys.stdout.write("\n".join([HEAD, *rows()]) + "\n")
