"""Neutrons and capture gammas of an accelerator through walls and direct doors, as terms of a room.

From 10 MV: those of the head by inverse square from the isocentre, those scattered in the room the same everywhere in
it, and beyond its farthest corner by inverse square. All count with the dose of direct ones. No published measurement
of direct doors is there to compare with; each choice is on the safe side.
"""

from collections.abc import Callable, Mapping
from functools import partial
from math import dist
from typing import NamedTuple

from shieldcalc.model.accelerator import BeamEnergy
from shieldcalc.model.design import Xyz
from shieldcalc.model.geometry import area, edges, length
from shieldcalc.model.scene import Scene
from shieldcalc.model.trace import Equation, Step, evaluate
from shieldcalc.physics.terms import Formula
from shieldcalc.physics.therapy import room_equations as equations
from shieldcalc.physics.therapy.document import Document, cited
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.maze_data import Machine
from shieldcalc.physics.therapy.maze_neutrons import LEAD_HEAD, Work, machine_of
from shieldcalc.physics.therapy.rules import own_rule

TARGET_M = 1.41  # from the target: where Table B.9 of NCRP 151 has its neutron doses
Inputs = Mapping[str, tuple[float, str]]


class Neutrons(NamedTuple):
    """The neutrons of one beam in a room: strengths, what is stated, the room's surface m2, its farthest corner m."""

    machine: Machine
    H_0: float
    work: Work
    beta: float
    S_r: float
    reach_m: float
    assumed_dose: bool


def neutrons_of(document: Document, each: BeamEnergy, scene: Scene, isocentre: Xyz, S_r: float | None) -> Neutrons:
    """Return the neutrons of a beam; where the machine's H_0 is not known the largest per neutron of the table."""
    stated = each.neutrons
    work = Work(
        Energy(MV=each.MV, fff=each.fff), each.per_week_Gy * each.monitor_units, stated.machine, stated.Q_n,
        stated.H_0, stated.head or LEAD_HEAD,
    )  # fmt: skip
    machine = machine_of(document, work)
    H_0 = machine.H_0
    if H_0 is None:
        H_0 = own_rule("neutron_dose_per_strength") * machine.Q_n * (TARGET_M / machine.d_0) ** 2
    corners = [(*corner, z) for corner in scene.plan for z in (0.0, scene.height_m)]
    surface = 2 * area(scene.plan) + scene.height_m * sum(length(a, b) for a, b in edges(scene.plan))
    reach = max(dist(isocentre, corner) for corner in corners)
    beta = document.rule(f"beta_{work.head}")
    return Neutrons(machine, H_0, work, beta, S_r or surface, reach, machine.H_0 is None)


class ThroughWalls:
    """What direct and scattered neutrons at a place are over direct ones alone; ``distance`` gives m to a place."""

    __slots__ = ("_distance", "_reach_m", "_whole")

    def __init__(self, document: Document, found: Neutrons, distance: Callable[[Xyz], float]) -> None:
        self._whole, self._reach_m = _scattered(document, found, 0.0).value, found.reach_m
        self._distance = distance

    def __call__(self, position: Xyz) -> float:
        """Return it at a place."""
        return self.at(self._distance(position))

    def at(self, d: float) -> float:
        """Return it at so many metres."""
        return 1 + self._whole * min(d, self._reach_m) ** 2


def _scattered(document: Document, found: Neutrons, d: float) -> Step:
    told = {
        "c_s": (document.rule("neutron_scattered"), ""), "c_t": (document.rule("neutron_thermal"), ""),
        "beta": (found.beta, ""), "S_r": (found.S_r, "m2"), "r": (min(1.0, found.reach_m / d) if d else 1.0, ""),
    }  # fmt: skip
    return evaluate(equations.scattered_neutrons, told)


def formula(document: Document, found: Neutrons, of: Equation, inputs: Inputs, unit: str, label: str) -> Formula:
    """Return the printed steps of one quantity."""
    return partial(_steps, document, found, of, inputs, unit, label)


def _steps(
    document: Document, found: Neutrons, of: Equation, inputs: Inputs, unit: str, label: str,
    d: float, gain: float, B: float,  # noqa: ARG001
) -> tuple[Step, ...]:  # fmt: skip
    scattered = _scattered(document, found, d)
    told = {**inputs, "d": (d, "m"), "s": (scattered.value, "1/m2"), "B": (B, "")}
    steps = scattered._replace(label=label), evaluate(of, told, label)._replace(unit=unit)
    return tuple(cited(step, document.short) for step in steps)
