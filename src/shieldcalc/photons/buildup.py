"""Exposure buildup factors of ANSI/ANS-6.4.3-1991 in the geometric-progression form, and of media without rows.

B(E, x) = 1 + (b - 1)(K^x - 1)/(K - 1), K = c x^a + d [tanh(x/Xk - 2) - tanh(-2)]/[1 - tanh(-2)], x in mean free paths
without coherent scattering. Between energies ln B is interpolated in ln E through the four nearest rows, never across a
K edge, and never more than 2 % below the straight line between the two next to it: above K edges a polynomial
overshoots. Rows whose fit leaves the printed table by more than 3 % (lead by up to 14 %) follow the table. From 40 to
80 mean free paths K is extrapolated by Y. Harima et al., J. Nucl. Sci. Technol. 28 (1991) 74. Below the lowest
row (15 keV) that row is taken.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from math import exp, expm1, log, tanh
from typing import NamedTuple

from shieldcalc.errors import DataError, OutsideDataError
from shieldcalc.photons.attenuation import edges_MeV
from shieldcalc.photons.blocks import block
from shieldcalc.photons.elements import named
from shieldcalc.photons.materials import Material
from shieldcalc.photons.rules import rule

GP_TABLE = "buildup/ans643_gp_exposure.csv"
PRINTED_TABLE = "buildup/ans643_table_exposure.csv"
_FIT_HOLDS = 0.03
_TANH = tanh(-2)
_NEAR_ONE, _LAST_BITS = 1e-9, 1e-12
RISING = (0.5, 0.75, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 7.0, 10.0)
_BEFORE = 35.0
FITTED_MFP = 40.0  # the rows are fitted to this depth
_ROWS_KEPT, _CURVES_KEPT, _DEPTHS_KEPT = 1024, 8192, 64
_POWER, _SLOW = 0.1, 0.8
BELOW_LINE = 0.02  # of ln B between two energies; rows left out come back within this


class GP(NamedTuple):
    """The parameters of the geometric-progression form at one energy, and ln of printed over fitted B by depth."""

    b: float
    c: float
    a: float
    Xk: float
    d: float
    depths: tuple[float, ...] = ()
    log_ratios: tuple[float, ...] = ()

    def parameters(self) -> tuple[float, ...]:
        """Return b, c, a, Xk, d."""
        return self.b, self.c, self.a, self.Xk, self.d

    def K(self, x: float) -> float:
        """Return K at x > 0 mean free paths, extrapolated above 40."""
        _, c, a, Xk, d, *_ = self
        if x <= FITTED_MFP:
            return c * float(x**a) + d * (tanh(x / Xk - 2) - _TANH) / (1 - _TANH)
        k35, k40 = self.K(_BEFORE), self.K(FITTED_MFP)
        xi = ((x / _BEFORE) ** _POWER - 1) / ((FITTED_MFP / _BEFORE) ** _POWER - 1)
        if k35 != 1 and 0 <= (k40 - 1) / (k35 - 1) <= 1:
            return float(1 + (k35 - 1) * ((k40 - 1) / (k35 - 1)) ** xi)
        return float(k35 * (k40 / k35) ** (xi**_SLOW))

    def log_buildup(self, x: float) -> float:
        """Return ln B at x mean free paths, 0 to 80."""
        if x <= 0:
            return 0.0
        K, b = self.K(x), self.b
        fitted = log(1 + (b - 1) * (x if abs(K - 1) < _NEAR_ONE else expm1(x * log(K)) / (K - 1)))
        return fitted + self._log_ratio(x) if self.depths else fitted

    def _log_ratio(self, x: float) -> float:
        i = bisect_left(self.depths, x)
        if i == len(self.depths):
            return self.log_ratios[-1]
        x0, y0 = (self.depths[i - 1], self.log_ratios[i - 1]) if i else (0.0, 0.0)
        return y0 + (self.log_ratios[i] - y0) * (x - x0) / (self.depths[i] - x0)


class Between(NamedTuple):
    """A row interpolated between two elements: its ln B stays between theirs.

    Beside a K edge parameters of neighbours differ so much that those between describe no medium at all.
    """

    row: GP
    low: GP
    high: GP

    def log_buildup(self, x: float) -> float:
        """Return ln B at x mean free paths, 0 to 80."""
        least, most = sorted((self.low.log_buildup(x), self.high.log_buildup(x)))
        return min(max(self.row.log_buildup(x), least), most)


Row = GP | Between


def gp(parameters: Iterable[float]) -> GP:
    """Return a row of b, c, a, Xk, d."""
    b, c, a, Xk, d = parameters
    return GP(b, c, a, Xk, d)


@dataclass(frozen=True)
class Curve:
    """Buildup of one medium at one energy by rows, each with its weight in the polynomial and in the straight line.

    ln B is the sum of weight times ln B of a row: the polynomial's, at least nearly the straight line's.
    B exp(-x) never rises with x here: where the fit lets it rise first, its highest value, at most 1, holds from the
    source to that depth. The fits begin at 0.5 mean free paths; nearer, B is linear from 1.
    """

    parts: tuple[tuple[float, float, Row], ...]
    _known: dict[float, float] = field(default_factory=dict, compare=False, repr=False)

    def fitted(self, x: float) -> float:
        """Return B of the fit at x mean free paths, 0 to 80; at least 1. The last depths are kept."""
        found = self._known.get(x)
        if found is None:
            if len(self._known) >= _DEPTHS_KEPT:
                self._known.clear()
            found = self._known[x] = self._fitted(x)
        return found

    def _fitted(self, x: float) -> float:
        if x < RISING[0]:
            return 1 + (self.fitted(RISING[0]) - 1) * x / RISING[0]
        return exp(self._larger([row.log_buildup(x) for _, _, row in self.parts]))

    def _larger(self, logs: Sequence[float]) -> float:
        """Return ln B from that of each row: the polynomial, but not far below the straight line, at least 0."""
        polynomial = straight = 0.0
        for (weight, share, _), value in zip(self.parts, logs, strict=True):
            polynomial += weight * value
            straight += share * value
        return max(0.0, polynomial, straight - BELOW_LINE)

    def buildup(self, x: float) -> float:
        """Return B at x mean free paths, 0 to 80, such that B exp(-x) falls everywhere."""
        if x <= 0:
            return 1.0
        B = self.fitted(x)
        if x > RISING[-1]:
            return B
        depth, height = self.crest
        return exp(x + height) if x < depth else min(B, exp(x + height))

    def log_table(self, depths: tuple[float, ...]) -> list[float]:
        """Return ln of ``buildup`` at many depths (mean free paths, 0 to 80): the tables of a compiled kernel.

        What rows give at these depths is kept, so that further energies of a medium cost little.
        """
        found = [self._larger(logs) for logs in zip(*(_row_logs(row, depths) for _, _, row in self.parts), strict=True)]
        near = bisect_right(depths, RISING[-1])
        return [log(self.buildup(x)) for x in depths[:near]] + found[near:]

    def buildup_begins(self) -> tuple[float, float]:
        """Return the depth at which the fits begin, and B there; nearer, B is linear from 1."""
        return RISING[0], self.fitted(RISING[0])

    @property
    def held_until_mfp(self) -> float:
        """Return the depth beyond which ``buildup`` is the fit itself."""
        return RISING[-1]

    def held(self, x: float) -> bool:
        """Say whether the fit at this depth lies above what ``buildup`` lets stand."""
        return x <= RISING[-1] and self.fitted(x) > self.buildup(x) * (1 + _NEAR_ONE)

    @cached_property
    def crest(self) -> tuple[float, float]:
        """Return where ln(B exp(-x)) is highest, and that value, at most 0; (0, 0) where it falls from the start."""
        logs = [(log(self.fitted(x)) - x, x) for x in RISING[:2]]
        if logs[1][0] <= logs[0][0] <= 0:
            return 0.0, 0.0
        logs += [(log(self.fitted(x)) - x, x) for x in RISING[2:]]
        height, depth = max(logs)
        return depth, min(height, 0.0)


class Rows(NamedTuple):
    """Rows of one medium over ln E (MeV); ``edge`` is ln of the K edge among them, if there is one."""

    x: Sequence[float]
    gp: Sequence[Row]
    edge: float | None

    def at(self, energy_MeV: float) -> Curve:
        """Return the curve at one energy: four rows about it on its side of the K edge."""
        x = log(energy_MeV)
        low, high = 0, len(self.x)
        if self.edge is not None:
            cut = bisect_right(self.x, self.edge)
            low, high = (low, cut) if x <= self.edge else (cut, high)
        if not self.x[low] < x < self.x[high - 1]:
            return Curve(((1.0, 1.0, self.gp[low if x <= self.x[low] else high - 1]),))
        if (node := self.row(x)) is not None:
            return Curve(((1.0, 1.0, node),))
        start = min(max(bisect_left(self.x, x) - 2, low), max(high - 4, low))
        return Curve(tuple(_lagrange(x, self.x[start : min(start + 4, high)], self.gp[start:high])))

    def row(self, x: float) -> Row | None:
        """Return the row at ln E = x, if there is one."""
        i = bisect_left(self.x, x - _LAST_BITS)
        return self.gp[i] if i < len(self.x) and abs(self.x[i] - x) < _LAST_BITS else None


@lru_cache(maxsize=_ROWS_KEPT)
def _row_logs(row: Row, depths: tuple[float, ...]) -> list[float]:
    return [row.log_buildup(x) for x in depths]


def buildup(material: Material, energy_MeV: float, mfp: float, *, extrapolate: bool = False) -> float:
    """Return the exposure buildup factor of a point isotropic source in an infinite medium, at ``mfp`` mean free paths.

    Valid to 40 mean free paths, to 80 with ``extrapolate``, to 15 MeV; below 15 keV the row of 15 keV is used.
    Raises OutsideDataError beyond.
    """
    limit, furthest = (rule(f"{name}_limit_mfp") for name in ("buildup", "extrapolation"))
    used = furthest if extrapolate else limit
    if not 0 <= mfp <= used:
        raise OutsideDataError("buildup_mfp", mfp=f"{mfp:g}", limit=f"{used:g}", furthest=f"{furthest:g}")
    return curve(material, energy_MeV).fitted(mfp)


@lru_cache(maxsize=_CURVES_KEPT)
def curve(material: Material, energy_MeV: float) -> Curve:
    """Return the buildup of a material at one energy in MeV: rows of its medium, or by equivalent atomic number.

    The last ones are kept: lines of one source are asked for at many thicknesses. Raises OutsideDataError above 15 MeV.
    """
    highest = exp(medium("water").x[-1])
    if not 0 < energy_MeV <= highest * (1 + _LAST_BITS):
        raise OutsideDataError("buildup_energy", energy=f"{energy_MeV:g}", high=f"{highest:g}")
    if material.buildup:
        return medium(material.buildup).at(energy_MeV)
    from shieldcalc.photons.equivalent_z import rows

    return rows(material.weights).at(energy_MeV)


@cache
def medium(name: str) -> Rows:
    """Return the rows of one medium of the standard; DataError for a name that is none."""
    cells = block(GP_TABLE, name)
    if not cells:
        raise DataError("table_missing", name=f"{GP_TABLE}: {name}")
    printed = _printed(name)
    x = [log(float(row[1])) for row in cells]
    element = named(name)
    edges = edges_MeV(element.symbol) if element else []
    edge = log(edges[-1]) if edges and x[0] < log(edges[-1]) < x[-1] else None
    return Rows(x, [_corrected(gp(map(float, row[2:7])), printed.get(float(row[1]), [])) for row in cells], edge)


def lowest_MeV() -> float:
    """Return the lowest energy of the rows in MeV."""
    return exp(medium("water").x[0])


def _lagrange(x: float, nodes: Sequence[float], rows: Sequence[Row]) -> list[tuple[float, float, Row]]:
    """Return the weights at x of the polynomial through some nodes and of the straight line, with their rows."""
    found, above = [], bisect_left(nodes, x)
    share = (x - nodes[above - 1]) / (nodes[above] - nodes[above - 1])
    for i, node in enumerate(nodes):
        weight = 1.0
        for j, other in enumerate(nodes):
            if i != j:
                weight *= (x - other) / (node - other)
        found.append((weight, {above - 1: 1 - share, above: share}.get(i, 0.0), rows[i]))
    return found


def _printed(name: str) -> dict[float, list[tuple[float, float]]]:
    """Return the printed (depth, B) of one medium by energy; of some media and depths none is held."""
    found: dict[float, list[tuple[float, float]]] = {}
    for row in block(PRINTED_TABLE, name):
        found.setdefault(float(row[1]), []).append((float(row[2]), float(row[3])))
    return found


def _corrected(gp: GP, printed: list[tuple[float, float]]) -> GP:
    """Return a row that follows the printed table where its fit leaves it by more than 3 %.

    Where the printed cells that are held end before 40 mean free paths, it goes back to its fit there.
    """
    ratios = [(x, log(B) - gp.log_buildup(x)) for x, B in printed]
    if all(abs(exp(-ratio) - 1) <= _FIT_HOLDS for _, ratio in ratios):
        return gp
    ratios += [(FITTED_MFP, 0.0)] if ratios[-1][0] < FITTED_MFP else []
    return gp._replace(depths=tuple(x for x, _ in ratios), log_ratios=tuple(ratio for _, ratio in ratios))
