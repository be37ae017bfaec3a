"""Photon skyshine of one accelerator in a room: what passes a thin roof, scattered back by the air.

NCRP 151, equation 5.1, for the largest field of the beam that points up, and for leakage and patient scatter as if they
were beams over the whole sky; counted ``skyshine_times``, for measurements differ from the equation by a factor of a
few. It holds at places beside the room that lie no higher than its roof, beyond the plan of the room. Nothing counts
where all that passes the roof could give too little to matter.
"""

from collections.abc import Callable, Iterable, Mapping
from functools import partial
from math import atan, degrees, hypot
from typing import NamedTuple

from shieldcalc.model.aim import unit
from shieldcalc.model.design import Xyz
from shieldcalc.model.geometry import contains
from shieldcalc.model.scene import Scene
from shieldcalc.model.trace import Equation, Step, evaluate
from shieldcalc.physics.therapy import neutron_equations as by
from shieldcalc.physics.therapy import room_equations as equations
from shieldcalc.physics.therapy.document import LEAKAGE, PRIMARY, SCATTER, Document, cited
from shieldcalc.physics.therapy.rules import own_rule, rule

NCRP151_RULES = "therapy/ncrp151_rules.csv"
SKY = "skyshine"
UP_DEG, RIGHT_ANGLE = 180.0, 90.0
MGY_PER_USV = {"week": 1e-3, "hour": 1.0, "beam_on": 1.0}
UNITS = {"week": ("Gy/week", "mGy/week", "mGy/uSv"), "hour": ("Gy", "uGy", "uGy/uSv"),
         "beam_on": ("Gy/h", "uGy/h", "uGy/uSv")}  # fmt: skip
NEAREST_M = 0.1
LEVEL = 0.1  # cosine to straight up: beams so level leave through walls
Pair = tuple[float, float]
Inputs = dict[str, tuple[float, str]]
Formulas = Mapping[str, Callable[[float, float, float], tuple[Step, ...]]]


class Sky:
    """Where one beam that points up leaves the room, and what the sky gives beside it; ``counted`` where it matters."""

    def __init__(self, document: Document, scene: Scene, isocentre: Xyz, distance_m: float, field_m: float) -> None:
        self.document, self.scene, self.middle = document, scene, isocentre[:2]
        self.top_m = roof_top(scene)
        self.isocentre, self.target = isocentre, (*self.middle, isocentre[2] - distance_m)
        self.above: Xyz = (*self.middle, sky_above(scene))
        self.theta = degrees(atan(field_m / distance_m / 2))
        self.counted = False

    def aside_m(self, position: Xyz) -> float:
        """Return how far a place is from the isocentre, level."""
        return max(NEAREST_M, hypot(position[0] - self.middle[0], position[1] - self.middle[1]))

    def gain(self, position: Xyz) -> float:
        """Return 1 where skyshine counts, else 0."""
        beside = self.counted and position[2] <= self.top_m and not contains(self.scene.plan, position[:2])
        return 1.0 if beside else 0.0

    def made(self, doses: Mapping[str, tuple[float, float]], *, beam: bool) -> tuple[dict[str, float], Formulas]:
        """Return amounts at 1 m without a roof and the printed steps, from (Gy at 1 m, share of it) by quantity.

        ``beam``: that which points up; all else goes over the whole sky from the isocentre.
        """
        theta, start = (self.theta, self.target) if beam else (RIGHT_ANGLE, self.isocentre)
        numbers = {name: self._inputs(name, *dose, theta, start) for name, dose in doses.items()}
        amounts = {name: evaluate(_OF, _at(own, 1.0, 1.0)).value for name, own in numbers.items()}
        return amounts, {name: partial(self._steps, name, theta, own) for name, own in numbers.items()}

    def _inputs(self, name: str, W: float, U: float, theta: float, start: Xyz) -> Inputs:
        omega = evaluate(by.solid_angle, {"theta": (theta, "deg")}).value
        return {
            "c": (MGY_PER_USV[name], UNITS[name][2]), "k": (own_rule("skyshine_times"), ""),
            "c_k": (rule(NCRP151_RULES, "skyshine_photon"), "uSv/Gy"), "W": (W, UNITS[name][0]), "U": (U, ""),
            "Omega": (omega, "sr"), "d_i": (self.above[2] - start[2], "m"),
        }  # fmt: skip

    def _steps(
        self, name: str, theta: float, own: Inputs, d: float, gain: float, B: float,  # noqa: ARG002
    ) -> tuple[Step, ...]:  # fmt: skip
        angle = evaluate(by.solid_angle, {"theta": (theta, "deg")}, name)
        last = evaluate(_OF, _at(own, B, d), name)._replace(unit=UNITS[name][1])
        return tuple(cited(step, self.document.short) for step in (angle, last))


def _at(own: Inputs, B: float, d_s: float) -> Inputs:
    return {**own, "B": (B, ""), "d_s": (d_s, "m")}


_OF: Equation = equations.skyshine


def roof_top(scene: Scene) -> float:
    """Return the height of the upper face of the roof in m."""
    return scene.height_m + max((each.thickness_m for each in scene.barriers if each.kind == "ceiling"), default=0.0)


def sky_above(scene: Scene) -> float:
    """Return the height in m at which equation 5.1 takes the beam above the roof."""
    return roof_top(scene) + rule(NCRP151_RULES, "skyshine_above_roof")


def over_roof(scene: Scene, middles: Iterable[Xyz]) -> tuple[Xyz, ...]:
    """Return where what passes a roof is looked at: over patients and objects, and where middles of beams get there."""
    top_m = sky_above(scene)
    found = [(x, y, top_m) for x, y, _ in middles]
    for beam in (each for source in scene.sources for each in source.beams):
        x, y, z = unit(beam.focus, beam.target)
        if z > LEVEL:
            far_m = (top_m - beam.focus[2]) / z
            found.append((beam.focus[0] + far_m * x, beam.focus[1] + far_m * y, top_m))
    return tuple(dict.fromkeys(found))


class Shining(NamedTuple):
    """What passes a roof: whether skyshine counts beside the room, whether a part of it is not known."""

    counts: bool
    unknown: bool


def shining(beams: Pair, wide: Pair, rest: Pair) -> Shining:
    """Return whether skyshine matters from week (mGy) and rate (uGy/h) 2 m above the roof over each patient.

    ``beams`` primary beams, ``wide`` leakage and scatter, both computed; ``rest`` all else, which is not.
    """
    narrow, whole = own_rule("skyshine_share"), own_rule("skyshine_share_of_rest")
    most = own_rule("skyshine_week"), own_rule("skyshine_rate")
    found = list(zip(beams, wide, rest, most, strict=True))
    counts = any(narrow * beam + whole * (aside + other) > limit for beam, aside, other, limit in found)
    return Shining(counts, any(whole * other > limit for _, _, other, limit in found))


def passing_roof(kind: str) -> int:
    """Return which part of skyshine a term above the roof stands for: beams, leakage and scatter, what is left out."""
    return 0 if kind == PRIMARY else 1 if kind in (LEAKAGE, SCATTER) else 2
