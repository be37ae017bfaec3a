"""Industrial X rays in the open: how far the dose rate stays above a limit, in the beam, outside it, by direction.

Inverse square from the focus; no air, no scatter from the ground. In the beam leakage adds to it. Outside the beam
leakage and scatter of the object add up, scatter taken at its largest over all angles: that holds in every direction. A
collimator holds back leakage outside the beam, a shield all that goes into its sector. Layers of a lower potential for
scatter are printed for 90 degrees: nearer to the beam (``kv_scatter_layers_from``) those of the tube's own count.
"""

from collections.abc import Sequence
from math import sqrt
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy import industrial_equations as equations
from shieldcalc.physics.therapy.counted import Behind, Sheet, behind
from shieldcalc.physics.therapy.document import LEAKAGE, PRIMARY, SCATTER, Beam, Document, cited
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.industrial import Tube, inputs, output_step
from shieldcalc.physics.therapy.rules import OWN, own_rule
from shieldcalc.physics.values import h10_per_air_kerma

TURN, BESIDE = 360.0, 1e-6


class Boundary(NamedTuple):
    """One limit in uSv/h and how far in m the dose rate stays above it."""

    limit: float
    in_beam_m: float
    outside_beam_m: float


class Shield(NamedTuple):
    """Layers that stand between two directions, in degrees from the beam axis, turning from the first to the last."""

    first_deg: float
    last_deg: float
    sheets: tuple[Sheet, ...]

    def holds(self, angle: float) -> bool:
        """Return whether a direction lies in the sector."""
        whole = self.last_deg - self.first_deg == TURN
        return whole or (angle - self.first_deg) % TURN <= (self.last_deg - self.first_deg) % TURN


class Around(NamedTuple):
    """What stands where: the object in the beam, layers around all outside it, the collimator, shields in sectors.

    ``half_deg``: half the opening of the beam; ``every_deg``: the step of the directions.
    """

    in_beam: Sequence[Sheet]
    screen: Sequence[Sheet]
    collimator: Sequence[Sheet]
    shields: Sequence[Shield]
    half_deg: float
    every_deg: float


class Direction(NamedTuple):
    """A direction in degrees from the beam axis: rate at 1 m in uSv/h, radii in m in the order of the limits.

    Both are the largest of its step, half of it to either side.
    """

    angle_deg: float
    rate: float
    radii_m: tuple[float, ...]


class Site(NamedTuple):
    """Rates at 1 m in uSv/h, boundaries, directions, steps, remarks, data files."""

    in_beam: float
    outside_beam: float
    boundaries: tuple[Boundary, ...]
    directions: tuple[Direction, ...]
    steps: tuple[Step, ...]
    warnings: tuple[Notice, ...]
    tables: tuple[str, ...]


def open_site(document: Document, tube: Tube, limits: Sequence[float], around: Around) -> Site:
    """Return the boundaries of an open site in the beam, outside it, and by direction.

    Raises OutsideDataError for what there are no data of.
    """
    if tube.leakage is None or tube.constant is None:
        raise OutsideDataError("therapy_leakage_missing", energy=f"{tube.kV:g} kV")
    output = output_step(tube)
    rates = _Rates(document, tube, output.value)
    beam = rates.in_beam(around.in_beam)
    aside = rates.aside(around.screen, around.collimator)
    steps = max(1, round(TURN / around.every_deg))
    directions = tuple(_towards(rates, around, limits, TURN / steps, step) for step in range(steps))
    notices = {f"{notice.code}{notice.params}": notice for each in rates.used for notice in each.notices}
    bound = h10_per_air_kerma()
    said = (
        Notice("warnings.therapy_open_site", {}),
        Notice("warnings.therapy_open_site_quantity", {"times": f"{bound:g}", "farther": f"{sqrt(bound):.3g}"}),
        Notice("warnings.therapy_open_site_beam", {"half": f"{around.half_deg:g}"}),
    )
    return Site(
        beam.value,
        aside.value,
        tuple(Boundary(limit, sqrt(beam.value / limit), sqrt(aside.value / limit)) for limit in limits),
        directions,
        tuple(cited(step, "GBZ/T 250") for step in (output, beam, aside)),
        (*said, *tube.notices, *notices.values()),
        tuple(dict.fromkeys((*(name for each in rates.used for name in each.tables), *tube.tables, OWN))),
    )


def _towards(rates: "_Rates", around: Around, limits: Sequence[float], every: float, step: int) -> Direction:
    """Return the boundaries in one direction: the farthest of its step, half to either side."""
    angle, half = every * step, every / 2
    soft = own_rule("kv_scatter_layers_from")
    edges = [around.half_deg, -around.half_deg, soft, -soft, *(edge for each in around.shields for edge in each[:2])]
    turns = [angle - half, angle, angle + half]
    turns += [edge + side for edge in edges for side in (-BESIDE, BESIDE) if _apart(edge, angle) <= half]
    rate = max(_rate(rates, around, turn % TURN) for turn in turns)
    return Direction(angle, rate, tuple(sqrt(rate / limit) for limit in limits))


def _apart(one: float, other: float) -> float:
    away = (one - other) % TURN
    return min(away, TURN - away)


def _rate(rates: "_Rates", around: Around, angle: float) -> float:
    shields = [sheet for each in around.shields if each.holds(angle) for sheet in each.sheets]
    turned = _apart(angle, 0.0)
    if turned <= around.half_deg:
        return rates.in_beam([*around.in_beam, *shields]).value
    return rates.aside([*around.screen, *shields], around.collimator, turned).value


class _Rates:
    """Rates at 1 m of one tube behind layers; ``used``: all that layers were looked up for."""

    def __init__(self, document: Document, tube: Tube, H_0: float) -> None:
        self.document, self.energy, self.used = document, Energy(kV=tube.kV), list[Behind]()
        self.strength = inputs(I=tube.mA, H_0=H_0, H_L=tube.leakage or 0.0)
        self.scatter = inputs(C=tube.constant or 0.0, m_a=own_rule("scatter_any_angle"))

    def in_beam(self, sheets: Sequence[Sheet]) -> Step:
        """Return beam and leakage behind the object."""
        passed = inputs(B=self._passed(PRIMARY, sheets), B_L=self._passed(LEAKAGE, sheets))
        return evaluate(equations.rate_in_beam, {**self.strength, **passed}, PRIMARY)

    def aside(self, sheets: Sequence[Sheet], collimator: Sequence[Sheet], angle: float = 0.0) -> Step:
        """Return leakage, which the collimator holds back too, and scatter at ``angle`` degrees from the beam."""
        scattered = SCATTER if angle >= own_rule("kv_scatter_layers_from") else LEAKAGE
        passed = inputs(B_L=self._passed(LEAKAGE, [*collimator, *sheets]), B_s=self._passed(scattered, sheets))
        return evaluate(equations.rate_outside_beam, {**self.strength, **self.scatter, **passed})

    def _passed(self, part: str, sheets: Sequence[Sheet]) -> float:
        if not sheets:
            return 1.0
        found = behind(self.document, Beam(self.energy, part), sheets)
        self.used.append(found)
        return float(10**-found.tenths)
