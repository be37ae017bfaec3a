"""Single tube potential: output of the tube, scattered fraction, leakage through the housing.

For protocols and beam-on rates; workloads by number of patients use ``kerma``. The report's own output curve (Fig. B.1)
belongs to those and is not a tube's output.
"""

from collections.abc import Iterable, Sequence
from functools import cache
from itertools import pairwise
from math import exp, log
from typing import NamedTuple

from shieldcalc import beams
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics import equations
from shieldcalc.physics.kerma import FORWARD_BACK_DEG, housing_transmission
from shieldcalc.physics.values import value
from shieldcalc.tables import table

OUTPUT = "xray/tube_output.csv"
Line = Sequence[tuple[float, float]]


class TubeOutput(NamedTuple):
    """Output ``Y`` in mGy m2/mAs, what was assumed for it, the tables used."""

    Y: float
    notices: tuple[Notice, ...]
    tables: tuple[str, ...]


def tube_output(kv: float, filtration_mmAl: float | None, declared: Line = ()) -> TubeOutput:
    """Return the air kerma per charge at 1 m at ``kv`` (40 to 150 kV).

    ``declared``: (kV, mGy m2/mAs) by maker or measurement: a straight line in ln-ln between them; outside them, and
    without any, the shape and values of the shipped table at this filtration (1.5 to 5.0 mm Al; unknown: the highest
    output), stated as assumed. Raises OutsideDataError outside the table.
    """
    line = sorted(declared)
    if line and line[0][0] <= kv <= line[-1][0]:
        return TubeOutput(_between(line, kv), (), ())
    if line:
        near, output = line[0] if kv < line[0][0] else line[-1]
        scaled = output * _shape(kv, near, filtration_mmAl)
        return TubeOutput(scaled, (Notice("assumptions.output_scaled", {"kv": kv, "declared_kv": near}),), (OUTPUT,))
    code = "output_filtration_unknown" if filtration_mmAl is None else "output_from_table"
    Y = shipped_output(kv, _filtrations()[0] if filtration_mmAl is None else filtration_mmAl)
    shown = {"kv": kv, "filtration_mmAl": _filtrations()[0] if filtration_mmAl is None else filtration_mmAl}
    return TubeOutput(Y, (Notice(f"assumptions.{code}", shown),), (OUTPUT,))


def _shape(kv: float, near: float, filtration: float | None) -> float:
    """Return the shipped output at ``kv`` over that at ``near``; the largest of all filtrations when it is unknown."""
    possible = _filtrations() if filtration is None else (filtration,)
    return max(shipped_output(kv, mmAl) / shipped_output(near, mmAl) for mmAl in possible)


def shipped_output(kv: float, filtration_mmAl: float) -> float:
    """Return the shipped table's output in mGy m2/mAs, straight in ln-ln between rows; refused outside."""
    kvs = [point for point, _ in _column(_filtrations()[0])]
    _inside("tube_output_kv", kv, kvs)
    _inside("tube_output_filtration", filtration_mmAl, _filtrations())
    return _between([(mmAl, _between(_column(mmAl), kv)) for mmAl in _filtrations()], filtration_mmAl)


@cache
def _filtrations() -> tuple[float, ...]:
    return tuple(sorted({float(row["filtration_mmAl"]) for row in table(OUTPUT).rows}))


@cache
def _column(filtration_mmAl: float) -> Line:
    rows = (row for row in table(OUTPUT).rows if float(row["filtration_mmAl"]) == filtration_mmAl)
    return tuple((float(row["kv"]), 1e-3 * float(row["output_uGy_per_mAs"])) for row in rows)


def _inside(code: str, asked: float, known: Iterable[float]) -> None:
    low, *_, high = known
    if not low <= asked <= high:
        raise OutsideDataError(code, value=f"{asked:g}", low=f"{low:g}", high=f"{high:g}")


def _between(line: Line, x: float) -> float:
    """Return y at x on the line through the points, straight in ln-ln; x lies among them."""
    for (x0, y0), (x1, y1) in pairwise(line):
        if x <= x1:
            return exp(log(y0) + (log(y1) - log(y0)) * (log(x) - log(x0)) / (log(x1) - log(x0)))
    return line[-1][1]


def scattered_fraction(kv: float, theta: float) -> float:
    """Return a1 at 1 m per cm2 of field area at 1 m, ``theta`` degrees from the forward beam (Fig. C.1).

    The curve is drawn from 20 to 140 degrees and 50 to 150 kV. Nearer to the beam the larger of the values at 20 and
    135 degrees serves, further back that at 140 degrees, below 50 kV that of 50 kV; tubes of 40 kV and more only.
    """
    low, high, lowest_kv = _scatter_range()
    kv = max(kv, lowest_kv)
    if theta < low:
        return max(beams.scatter_fraction(kv, low), beams.scatter_fraction(kv, FORWARD_BACK_DEG))
    return beams.scatter_fraction(kv, min(theta, high))


@cache
def curve(kv: float, least: float) -> tuple[float, ...]:
    """Return ``scattered_fraction``, at least so much, as numbers for ``kernels.gains.gain`` (columns 7 to 16)."""
    low, high, lowest_kv = _scatter_range()
    return low, high, scattered_fraction(kv, 0.0), least, *beams.scatter_numbers(max(kv, lowest_kv))


@cache
def _scatter_range() -> tuple[float, float, float]:
    return value("scatter_angle_min"), value("scatter_angle_max"), value("output_tungsten_kv_min")


class Housing(NamedTuple):
    """Tube housing as lead: ``h_mm``, its transmission at the technique's kV and at the leakage technique's kV."""

    h_mm: float
    B_h: float
    B_hL: float
    steps: tuple[Step, ...]


@cache
def housing(kv: float, L: float, kV_L: float, I_L: float) -> Housing:
    """Return the housing that leaks ``L`` mGy/h at 1 m at kV_L and I_L mA (section C.2), seen at ``kv``.

    The housing is the thickness of lead whose transmission of the report's output gives L. Raises OutsideDataError
    for a leakage technique outside 50 to 150 kV, and for more than the bare tube gives.
    """
    inputs = {"L": (L, "mGy/h"), "I_L": (I_L, "mA"), "Y_1": (beams.output_ncrp(kV_L), "mGy/(mA min)")}
    step = evaluate(equations.housing_transmission, inputs)
    h = beams.housing_lead_mm(L, kV_L, I_L)
    return Housing(h, housing_transmission(kv, h), housing_transmission(kV_L, h), (step,))


class AssumedLeakage(NamedTuple):
    """Leakage at the limit: mGy/h at 1 m, at kV and mA, with the notice that says so."""

    L: float
    kV_L: float
    I_L: float
    notices: tuple[Notice, ...]


def leakage_at_limit(kind: str = "radiographic") -> AssumedLeakage:
    """Return the leakage that a tube without declared leakage is taken to have; kind radiographic or mammographic."""
    L, kV_L, I_L = value("leakage_limit_mGy_per_h"), value(f"leakage_{kind}_kvp"), value(f"leakage_{kind}_mA")
    shown = {"rate_mGy_per_h": L, "kv": kV_L, "current_mA": I_L}
    return AssumedLeakage(L, kV_L, I_L, (Notice("assumptions.leakage_at_limit", shown),))
