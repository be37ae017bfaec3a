"""The method's values, read by name from ``data/xray/bir_scatter.toml``."""

from collections.abc import Callable
from functools import cache
from typing import Any

from shieldcalc.errors import OutsideDataError
from shieldcalc.methods.bir import equations
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.dental import largest_scatter
from shieldcalc.resources import data_path

SCATTER = "xray/bir_scatter.toml"
SIDES = ("wall", "tube", "receptor")
_LINES = {"wall": "smax_wall", "tube": "smax_tube_side", "receptor": "smax_receptor_side"}


@cache
def _all() -> dict[str, Any]:
    import tomllib

    with open(data_path(*SCATTER.split("/")), "rb") as file:
        return tomllib.load(file)


def value(group: str, *names: str) -> float:
    """Return one number, for example ``value("design", "weeks_per_year")``; units stand in the file."""
    found = _all()[group]
    for name in names:
        found = found[name]
    return float(found)


def known_kv(kv: float) -> float:
    """Return the tube potential itself; raise OutsideDataError outside that of the scatter factors."""
    low, high = value("rules", "valid_kv", "least"), value("rules", "valid_kv", "most")
    if not low <= kv <= high:
        raise OutsideDataError("bir_kv", kv=f"{kv:g}", low=f"{low:g}", high=f"{high:g}")
    return kv


def smax(side: str, kv: float, label: str = "") -> Step:
    """Return the largest scatter factor of one side ("wall", "tube", "receptor") at a tube potential."""
    line = _all()["scatter_factor"][_LINES[side]]
    inputs = {
        "m": (float(line["slope_per_kv"]), "uGy/(Gy cm2 kV)"),
        "kV": (known_kv(kv), "kV"),
        "c": (float(line["offset"]), "uGy/(Gy cm2)"),
    }
    return evaluate(equations.largest_scatter_factor, inputs, label)


def by_angle(kv: float, theta: float) -> Step:
    """Return the scatter factor at an angle in degrees from the forward beam (0 to 180)."""
    form = _all()["scatter_factor"]["angular"]
    if not 0 <= theta <= 180:
        raise OutsideDataError("bir_angle", angle=f"{theta:g}")
    inputs = {name: (float(form[name]), "") for name in ("a", "b", "c", "d", "e", "f")}
    kvs = {"kV": (known_kv(kv), "kV"), "kV_0": (float(form["kv_0"]), "kV")}
    return evaluate(equations.scatter_factor, {**inputs, "theta": (theta, "degree"), **kvs})


def room_factor(kind: str, kv: float) -> Callable[[float], float]:
    """Return the factor by angle of a room: S(theta), never below S_max of walls or a dental maximum.

    From some 110 degrees on S(theta) is the larger, and reaches the line of the tube side; the smaller line of the
    receptor side, which counts on a receptor, is not used for rooms.
    """
    least = max(smax("wall", kv).value, largest_scatter(kind, kv))
    inputs = {name: number for name, (number, _) in by_angle(kv, 0.0).inputs.items() if name != "theta"}
    return lambda theta: max(least, equations.scatter_factor(theta=theta, **inputs))
