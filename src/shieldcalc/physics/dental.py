"""Largest published scatter of dental units per kerma-area product (``[dental_scatter]`` of bir_scatter.toml)."""

from functools import cache
from typing import Any

from shieldcalc.resources import data_path

SCATTER = "xray/bir_scatter.toml"
PER_CM2 = 1e-6


@cache
def _values() -> dict[str, Any]:
    import tomllib

    with open(data_path(*SCATTER.split("/")), "rb") as file:
        return tomllib.load(file)


def largest_scatter(kind: str, kv: float) -> float:
    """Return the largest air kerma scattered in any direction, uGy at 1 m per Gy cm2; 0 for kinds without a figure.

    Holroyd (2018) measured at one tube potential (70 kV intra-oral, 80 kV panoramic); above it the figure is raised as
    BIR's scatter factor rises with kV, below it stays.
    """
    found = _values()["dental_scatter"]
    if kind not in found["kv"]:
        return 0.0
    form = _values()["scatter_factor"]["angular"]
    high, measured = (1 + float(form["f"]) * (x - float(form["kv_0"])) for x in (kv, float(found["kv"][kind])))
    return float(found[kind]) * max(1.0, high / measured)


def has_figure(kind: str) -> bool:
    """Return whether a largest scatter is published for a kind of equipment."""
    return kind in _values()["dental_scatter"]["kv"]


def scattered_fraction(kind: str, kv: float) -> float:
    """Return the same as a fraction at 1 m per cm2 of field at 1 m, as NCRP 147's a1; 0 without a figure.

    Air kerma times field area is the kerma-area product: 1 uGy per (Gy cm2) is 1e-6 per cm2.
    """
    return PER_CM2 * largest_scatter(kind, kv)
