"""Many lines of photons of one source side by side, behind stacks of layers: what ``physics.gamma.passing`` sums.

The same equations by the same rows, on arrays, for sources of hundreds of lines (Ra-226 in equilibrium has 679). What
is known behind the first layers of a stack is kept: a thickness is searched by changing the last one.
"""

from collections.abc import Sequence
from functools import lru_cache, reduce
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shieldcalc.photons.attenuation import kernel_mu_rho
from shieldcalc.photons.buildup import BELOW_LINE, FITTED_MFP, GP, RISING, Between, Curve, curve
from shieldcalc.photons.dose import H10, per_fluence
from shieldcalc.photons.materials import Material
from shieldcalc.photons.rules import rule
from shieldcalc.photons.shield import Layer, parts
from shieldcalc.photons.source import Emission

Floats = NDArray[np.float64]
_SOURCES, _STACKS = 16, 512


def gp_log_buildup(
    b: Floats | float, c: Floats | float, a: Floats | float, X_k: Floats | float, d: Floats | float, x: Floats
) -> Floats:
    """Return ln B of the geometric-progression form at optical depths x (mean free paths), 0 <= x <= 40, row by row.

    B = 1 + (b - 1)(K^x - 1)/(K - 1), or 1 + (b - 1) x at K = 1; K = c x^a + d [tanh(x/X_k - 2) - tanh(-2)]/[1 -
    tanh(-2)] (ANSI/ANS-6.4.3-1991, Eq. 5 and 6). ln B = 0 at x = 0.
    """
    deep = np.where(x > 0, x, 1.0)
    K = c * deep**a + d * (np.tanh(deep / X_k - 2) - np.tanh(-2)) / (1 - np.tanh(-2))
    line = np.abs(K - 1) < 1e-9
    growth = np.where(line, deep, np.expm1(deep * np.log(K)) / np.where(line, 1.0, K - 1))
    return np.asarray(np.where(x > 0, np.log1p((b - 1) * growth), 0.0), np.float64)


class Through(NamedTuple):
    """Lines behind layers: mean free paths, those that count, B, the least kerma and H*(10) of all layers so far."""

    depth: Floats
    counted: Floats
    buildup: Floats
    kerma: Floats
    h10: Floats


class Many:
    """The lines of one source, with what is known of them in each material and behind each stack met."""

    def __init__(self, lines: Sequence[Emission]) -> None:
        of = [per_fluence(each.energy_MeV) for each in lines]
        self.energies = [each.energy_MeV for each in lines]
        self.kerma = np.array([each.per_s * found.kerma for each, found in zip(lines, of, strict=True)])
        self.ratio = np.array([each.ratios[H10] for each in of])
        self.largest = np.array([each.largest[H10] for each in of])
        self.limit = rule("buildup_limit_mfp")
        self._media: dict[Material, tuple[Floats, Buildup]] = {}
        self._known: dict[tuple[Layer, ...], Through] = {}

    def passed(self, sheets: Sequence[Layer]) -> tuple[float, float, float]:
        """Return kerma and H*(10) times 4 pi r^2 of all lines behind merged layers, and the kerma beyond the tables."""
        found = self._behind(tuple(sheets))
        h10 = reduce(np.minimum, [self._behind(each).h10 for each in parts(sheets)])
        return float(found.kerma.sum()), float(h10.sum()), float(found.kerma[found.depth > self.limit].sum())

    def _behind(self, sheets: tuple[Layer, ...]) -> Through:
        """Return what is left of every line behind a stack, from that behind all layers but the last."""
        found = self._known.get(sheets)
        if found is None:
            if len(self._known) >= _STACKS:
                self._known.clear()
            found = self._known[sheets] = self._next(self._behind(sheets[:-1]), sheets[-1]) if sheets else self._bare()
        return found

    def _bare(self) -> Through:
        none = np.zeros(len(self.kerma))
        return Through(none, none, none + 1.0, self.kerma, self.kerma * self.ratio)

    def _next(self, before: Through, sheet: Layer) -> Through:
        """Return what one more layer leaves, by Broder's rule; none raises a line's dose (``photons.layering``)."""
        mu, of = self._medium(sheet.material)
        x = mu * sheet.density_g_per_cm3 * sheet.thickness_mm / 10
        counted = np.minimum(before.counted + x, self.limit)
        wanted = before.buildup + (of.at(counted) - of.at(before.counted))
        B = np.maximum(1.0, np.minimum(wanted, before.buildup * np.exp(counted - before.counted)))
        uncollided = np.exp(-counted)
        kerma = np.minimum(before.kerma, self.kerma * np.minimum(1.0, B * uncollided))
        direct = np.minimum(kerma, self.kerma * uncollided)
        h10 = np.minimum(before.h10, direct * self.ratio + (kerma - direct) * self.largest)
        return Through(before.depth + x, counted, B, kerma, h10)

    def _medium(self, material: Material) -> tuple[Floats, "Buildup"]:
        """Return mu/rho (cm2/g) and the buildup of a material at every line."""
        if material not in self._media:
            mu = np.array([kernel_mu_rho(material.weights, each) for each in self.energies])
            self._media[material] = mu, Buildup([curve(material, each) for each in self.energies])
        return self._media[material]


@lru_cache(maxsize=_SOURCES)
def many(lines: tuple[Emission, ...]) -> Many:
    """Return the lines of one source, the last sources kept."""
    return Many(lines)


class Buildup:
    """Buildup factors of one material at many energies: the curves of ``photons.buildup`` side by side."""

    def __init__(self, curves: Sequence[Curve]) -> None:
        parts = [(k, *part) for k, each in enumerate(curves) for part in each.parts]
        self.lines = len(curves)
        self.line = np.array([k for k, *_ in parts], np.intp)
        self.weight = np.array([weight for _, weight, _, _ in parts])
        self.straight = np.array([share for _, _, share, _ in parts])
        self.rows = _Rows([row.row if isinstance(row, Between) else row for *_, row in parts])
        between = [(p, row) for p, (*_, row) in enumerate(parts) if isinstance(row, Between)]
        self.between = np.array([p for p, _ in between], np.intp)
        self.low, self.high = (_Rows([getattr(row, end) for _, row in between]) for end in ("low", "high"))
        self.first = self._fit(np.full(self.lines, RISING[0]))
        self.crest = self._crest()

    def at(self, x: Floats) -> Floats:
        """Return ``Curve.buildup`` of each line at x mean free paths, 0 to 40."""
        depth, height = self.crest
        B, above = self._fitted(x), np.exp(x + height)
        held = np.where(x < depth, above, np.where(x > RISING[-1], B, np.minimum(B, above)))
        return np.where(x <= 0, 1.0, held)

    def _fitted(self, x: Floats) -> Floats:
        near = x < RISING[0]
        return np.where(near, 1 + (self.first - 1) * x / RISING[0], self._fit(np.where(near, RISING[0], x)))

    def _fit(self, x: Floats) -> Floats:
        """Return B of the fits from where they begin."""
        deep = np.minimum(x, FITTED_MFP)[self.line]
        logs = self.rows.logs(deep)
        if len(self.between):
            ends = [each.logs(deep[self.between]) for each in (self.low, self.high)]
            logs[self.between] = np.clip(logs[self.between], np.minimum(*ends), np.maximum(*ends))
        polynomial, straight = (np.bincount(self.line, of * logs, self.lines) for of in (self.weight, self.straight))
        return np.asarray(np.maximum(1.0, np.exp(np.maximum(polynomial, straight - BELOW_LINE))), np.float64)

    def _crest(self) -> tuple[Floats, Floats]:
        """Return ``Curve.crest`` of each line: the depth where ln(B exp(-x)) is highest, and that value, at most 0."""
        logs = np.array([np.log(self._fit(np.full(self.lines, x))) - x for x in RISING])
        highest = len(RISING) - 1 - np.argmax(logs[::-1], axis=0)
        falls = (logs[1] <= logs[0]) & (logs[0] <= 0)
        depth, height = np.array(RISING)[highest], np.minimum(logs.max(axis=0), 0.0)
        return np.where(falls, 0.0, depth), np.where(falls, 0.0, height)


class _Rows:
    """Rows of the geometric-progression form side by side, with what corrects some of them to the printed tables."""

    def __init__(self, rows: Sequence[GP]) -> None:
        self.parameters = np.array([each.parameters() for each in rows]).reshape(len(rows), 5).T
        printed: dict[GP, list[int]] = {}
        for p, each in enumerate(rows):
            if each.depths:
                printed.setdefault(each, []).append(p)
        self.printed = [(each, np.array(places, np.intp)) for each, places in printed.items()]

    def logs(self, x: Floats) -> Floats:
        """Return ln B of each row at its depth (mean free paths, 0.5 to 40)."""
        b, c, a, X_k, d = self.parameters
        found = gp_log_buildup(b, c, a, X_k, d, x)
        for row, places in self.printed:
            found[places] += np.interp(x[places], (0.0, *row.depths), (0.0, *row.log_ratios))
        return found
