"""The printed Archer rows, and which of them a material and a beam may use."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from shieldcalc.beams import materials
from shieldcalc.beams.models import is_molybdenum
from shieldcalc.beams.shapes import Archer
from shieldcalc.tables import table

A1 = "xray/ncrp147_a1_primary_kvp.csv"
B1 = "xray/ncrp147_b1_primary_workload.csv"
C1 = "xray/ncrp147_c1_secondary.csv"
BIR = "xray/bir_archer.csv"
_OWN = {"ncrp147": (A1, B1, C1), "bir": (BIR,)}
_OTHERS = {"ncrp147": (BIR,), "bir": ()}


class Row(NamedTuple):
    """One printed row: what it is for, its parameters and its table."""

    material: str
    key_type: str
    key: str
    component: str
    shape: Archer
    table: str

    @property
    def kv(self) -> float:
        """Return the tube potential in kV of a ``kvp`` or ``ct`` row."""
        return float(self.key)

    @property
    def molybdenum(self) -> bool:
        """Say whether the row belongs to a molybdenum anode."""
        return is_molybdenum(self.kv)


def _row(name: str, cells: Mapping[str, str]) -> Row:
    key_type = cells.get("key_type") or ("workload" if "workload" in cells else "kvp")
    key = cells.get("key") or cells.get("workload") or cells["kvp"]
    component = cells.get("component") or ("secondary" if name == C1 else "primary")
    shape = Archer(float(cells["alpha_per_mm"]), float(cells["beta_per_mm"]), float(cells["gamma"]))
    return Row(cells["material"], key_type, key, component, shape, name)


def printed(name: str, material: str | None = None) -> Iterator[Row]:
    """Yield every row of one Archer table, or those of one material, in the form that all of them share."""
    return (_row(name, cells) for cells in table(name).rows if material in (None, cells["material"]))


@cache
def rows(standard: str, material: str, key_type: str, component: str) -> tuple[Row, ...]:
    """Return a material's rows: those of the standard, else (NCRP only) of BIR, else of the material's own tables."""
    added = materials.known(material).tables if materials.is_added(material) else ()
    for names in (_OWN[standard], _OTHERS[standard], added):
        found = tuple(_matching(names, material, key_type, component))
        if found:
            return tuple(sorted(found, key=lambda row: row.kv)) if key_type != "workload" else found
    return ()


def _matching(names: tuple[str, ...], material: str, key_type: str, component: str) -> Iterator[Row]:
    every = (row for name in names for row in printed(name, material))
    return (row for row in every if (row.key_type, row.component) == (key_type, component))
