"""Attenuation curves of tubes read from figures: beside tenth value layers, informing alone."""

from collections.abc import Iterable, Mapping
from math import log10

from shieldcalc.physics.therapy import industrial_equations as equations
from shieldcalc.physics.therapy.grid import along
from shieldcalc.physics.therapy.rules import own_rule
from shieldcalc.tables import table

NCRP49, GBZT250 = "therapy/ncrp49_curves.csv", "therapy/gbzt250_curves.csv"
MINUTES = 60.0


def readings(kV: float, material: str, H_c: float, R: float, mA: float, B: float) -> dict[str, float]:
    """Return thicknesses in mm against a primary beam by the curves that reach it.

    Of two neighbouring potentials the higher counts. ``H_c`` uSv/h at ``R`` m, tube current ``mA``, transmission ``B``.
    """
    K = equations.exposure_behind(H_c=H_c, R=R, I=mA, m=MINUTES, X=own_rule("uSv_per_R"))
    exposed = (
        (float(row["kv"]), float(row["K"]), float(row["mm"]))
        for row in table(NCRP49).rows
        if row["material"] == material
    )
    passed = (
        (float(row["kv"]), float(row["transmission"]), float(row[material]))
        for row in table(GBZT250).rows
        if material in row
    )
    found = {"ncrp49_curves": _read(exposed, kV, K), "gbzt250_curves": _read(passed, kV, B)}
    return {name: mm for name, mm in found.items() if mm is not None}


def _read(points: Iterable[tuple[float, float, float]], kV: float, wanted: float) -> float | None:
    """Return mm of the curve at the potential or the next higher one; None where no curve reaches."""
    curves: Mapping[float, list[tuple[float, float]]] = _by_potential(points)
    at = min((kv for kv in curves if kv >= kV), default=None)
    if at is None or kV < min(curves):
        return None
    curve = sorted(curves[at])
    return along(curve, -log10(wanted)) if curve[0][0] <= -log10(wanted) <= curve[-1][0] else None


def _by_potential(points: Iterable[tuple[float, float, float]]) -> dict[float, list[tuple[float, float]]]:
    found: dict[float, list[tuple[float, float]]] = {}
    for kv, y, mm in points:
        found.setdefault(kv, []).append((-log10(y), mm))
    return found
