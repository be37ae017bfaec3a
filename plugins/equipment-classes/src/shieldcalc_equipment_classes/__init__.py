"""Classes of X-ray equipment: output by kV, leakage, filtration; equipment = "…" in a design takes them."""

import tomllib
from os.path import abspath, dirname, join
from typing import Any

from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.catalog import Equipment, SourceKind
from shieldcalc.tables import table

shieldcalc_api = 1
__license__ = "MIT"
CLASSES = join(dirname(abspath(__file__)), "classes.toml")
OUTPUT = "xray/tube_output.csv"
PER_MGY = 1000.0


def _equipment(row: dict[str, Any], sources: dict[str, str]) -> Equipment:
    values = {"filtration": f"{row['filtration_mmAl']} mm Al"}
    if "output_kv" in row:
        values |= {"output": [_output(kv, row["filtration_mmAl"]) for kv in row["output_kv"]]}
    if "leakage" in row:
        values |= {"leakage": row["leakage"]}
    cited = "; ".join(sources[name] for name in row["sources"])
    return Equipment(name=row["name"], kind=row["kind"], values=values, source=cited)


def _output(kv: int, filtration_mmAl: float) -> dict[str, str]:
    """Return the output at 1 m by shieldcalc's own table of computed tube output."""
    rows = table(OUTPUT).rows
    at = (row for row in rows if float(row["kv"]) == kv and float(row["filtration_mmAl"]) == filtration_mmAl)
    return {"kv": f"{kv} kV", "air_kerma": f"{float(next(at)['output_uGy_per_mAs']) / PER_MGY:.4g} mGy m2/mAs"}


@hookimpl
def register_sources() -> list[SourceKind | Equipment]:
    """Return the classes of classes.toml."""
    with open(CLASSES, "rb") as file:
        read = tomllib.load(file)
    return [_equipment(row, read["sources"]) for row in read["class"]]
