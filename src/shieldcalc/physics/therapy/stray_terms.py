"""The terms of a room beside primary beam, leakage and scatter: neutrons, capture gammas, what a maze lets through."""

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from functools import partial
from math import acos, degrees, dist, pi, sqrt
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.accelerator import BeamEnergy
from shieldcalc.model.design import Source, Xyz
from shieldcalc.model.gantry import target
from shieldcalc.model.maze import Maze
from shieldcalc.model.scene import Scene
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.terms import Formula
from shieldcalc.physics.therapy import room_equations as equations
from shieldcalc.physics.therapy.document import Document, cited
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.maze import Work
from shieldcalc.physics.therapy.maze_beam import unknown_way
from shieldcalc.physics.therapy.maze_plan import Beams, CentreLine, Figure, Lay, beam_at, centre_line, lay
from shieldcalc.physics.therapy.maze_stated import by_plan, stated_less
from shieldcalc.physics.therapy.maze_terms import AlongMaze, AtDoor, Corridor, neutrons_at_door, photons_at_door, rising
from shieldcalc.physics.therapy.neutron_terms import Neutrons, ThroughWalls, formula, neutrons_of
from shieldcalc.physics.therapy.rules import own_rule
from shieldcalc.physics.therapy.stated_places import Places
from shieldcalc.physics.therapy.stray import CAPTURE, MAZE, MAZE_CAPTURE, MAZE_NEUTRON, NEUTRON, OF_MAZE

WEEK, HOUR, BEAM_ON = "week", "hour", "beam_on"
MILLI, MICRO, CM = 1e3, 1e6, 100.0
DOSE = {WEEK: "Sv/week", HOUR: "Sv", BEAM_ON: "Sv/h"}
GRAY = {WEEK: "Gy/week", HOUR: "Gy", BEAM_ON: "Gy/h"}
TOLD = {WEEK: ("mSv/Sv", "mSv/week"), HOUR: ("uSv/Sv", "uSv"), BEAM_ON: ("uSv/Sv", "uSv/h")}
PER_GRAY = {WEEK: "mSv/Sv", HOUR: "uSv/Sv", BEAM_ON: "uSv/Sv"}


class Made(NamedTuple):
    """One term before it has a beam: kind, amounts and printed steps by quantity, gain by place."""

    kind: str
    amounts: Mapping[str, float]
    formulas: Mapping[str, Formula]
    gain: Callable[[Xyz], float]


class Stray:
    """What one accelerator gives beside its beams; ``refused``: why the photons of its maze are not known."""

    def __init__(self, source: Source, document: Document, scene: Scene) -> None:
        assert source.accelerator is not None
        assert source.isocentre is not None
        self.accelerator, self.document, self.scene = source.accelerator, document, scene
        self.isocentre: Xyz = source.isocentre
        self.stated = Places.of(scene, source.id)
        self.field_m = source.accelerator.field_m
        self.refused: OutsideDataError | None = None
        self.notices: list[Notice] = []
        self.tables: list[str] = []
        self.lay: Lay | None = None
        self.corridor: Corridor | None = None
        if scene.maze is not None:
            line = centre_line(scene, scene.maze, self.isocentre)
            self.refused = unknown_way(source, scene, scene.maze, line)
            self.lay = self._lay(scene.maze, line)
            self.corridor = Corridor(scene, scene.maze, self.lay)

    def made(self, each: BeamEnergy) -> Iterator[Made]:
        """Yield the parts of one beam."""
        found = None
        if Energy(MV=each.MV).makes_neutrons:
            S_r = None if self.lay is None else self.lay.of("sr")
            found = neutrons_of(self.document, each, self.scene, self.isocentre, S_r)
            self._tell((*found.machine.notices, *_dose_assumed(each, found)), found.machine.tables)
            yield from self._through_walls(each, found)
        if self.lay is None or self.corridor is None:
            return
        of_maze = [*self._of_maze(each, found, self.lay, self.corridor)]
        yield from of_maze
        if (plan := by_plan(self.lay)) is not None:
            other = copy(self)
            other.notices, other.tables, other.refused, other.U_G = [], [], None, plan.of("gantry_share")
            by_figures = [*other._of_maze(each, found, plan, self.corridor)]
            own, there = (sum(part.amounts[WEEK] for part in parts) for parts in (of_maze, by_figures))
            self._tell(tuple(stated_less(each.words, own, there, self.refused, other.refused)), ())

    def _of_maze(self, each: BeamEnergy, found: Neutrons | None, lay: Lay, corridor: Corridor) -> Iterator[Made]:
        try:
            yield self._maze_photons(each, lay, corridor)
        except OutsideDataError as refused:
            self.refused = self.refused or refused
        if found is not None:
            yield from self._maze_neutrons(each, found, lay, corridor)

    def start(self, kind: str, position: Xyz) -> Xyz:
        """Return where a part starts towards a place."""
        if kind in OF_MAZE and self.corridor is not None:
            return self.corridor.at(position).start
        return self.isocentre

    def distance(self, kind: str, position: Xyz) -> float:
        """Return the distance that a part counts with at a place."""
        if kind in OF_MAZE and self.corridor is not None:
            return self.corridor.distance(position)
        return self.direct(position)

    def direct(self, position: Xyz) -> float:
        """Return the distance from the isocentre that neutrons and capture gammas through walls count with."""
        return self.stated.nearest(position, dist(self.isocentre, position))

    def _tell(self, notices: tuple[Notice, ...], tables: tuple[str, ...]) -> None:
        self.notices += [each for each in notices if each not in self.notices]
        self.tables += [name for name in tables if name not in self.tables]

    def _through_walls(self, each: BeamEnergy, found: Neutrons) -> Iterator[Made]:
        gain = ThroughWalls(self.document, found, self.direct)
        beta, Q_n = (found.beta, ""), (found.machine.Q_n, "1/Gy")
        head = {"H_0": (found.H_0, "Sv/Gy"), "d_0": (found.machine.d_0, "m")}
        K = {"K": (self.document.rule("capture_K"), "Sv m2"), "beta": beta, "Q_n": Q_n, "Omega": (4 * pi, "sr")}
        for kind, of, own in ((NEUTRON, equations.neutrons, head), (CAPTURE, equations.capture_gammas, K)):
            amounts, formulas = {}, {}
            for name, W in doses_of(each).items():
                told = {"c": (_factor(name), PER_GRAY[name]), "C_I": _C_I(each, name), "W": (W, GRAY[name]), **own}
                numbers = {symbol: number for symbol, (number, _) in told.items()}
                amounts[name] = of(**numbers, d=1.0, s=0.0, B=1.0)
                formulas[name] = formula(self.document, found, of, told, TOLD[name][1], name)
            yield Made(kind, amounts, formulas, gain)

    def _lay(self, maze: Maze, line: CentreLine) -> Lay:
        """Return the maze with the beam that gives most at its door by reflection from the wall that it meets."""
        choices = [each for each in self._beams(maze) if each is not None]
        least = own_rule("gantry_share_least")
        shares = {gantry.angle_deg: gantry.use_factor for gantry in self.accelerator.gantry}
        scatter_deg, field_m = self._scatter_deg(line.seen.at), self.field_m / self.accelerator.source_distance_m
        known = self.scene, maze, line, self.isocentre
        found = [(lay(*known, each, field_m, scatter_deg), each) for each in choices]

        def strength(of: tuple[Lay, Beams]) -> float:
            share = max(least, shares.get(of[1].angle_deg, 0.0))
            return share * of[0].of("a0") / (of[0].of("dh") * of[0].of("dr")) ** 2

        best, beam = max(found, key=strength)
        self.lit_deg, share = beam.angle_deg, max(least, shares.get(beam.angle_deg, 0.0))
        self.U_G = maze.stated.get("gantry_share", share)
        stated = "gantry_share" in maze.stated
        own = {"gantry_share": Figure(self.U_G, "", stated, share if stated else None)}
        return best._replace(figures={**best.figures, **own})

    def _beams(self, maze: Maze) -> Iterator[Beams | None]:
        angles = [each.angle_deg for each in self.accelerator.gantry]
        found = [beam for angle in angles if (beam := self._beam(maze, angle)) is not None]
        yield from found or (self._beam(maze, angle) for angle in (90.0, 270.0))

    def _beam(self, maze: Maze, angle: float) -> Beams | None:
        focus = target(self.isocentre, self.accelerator.axis, angle, self.accelerator.source_distance_m)
        return beam_at(self.scene, maze, self.isocentre, focus, angle)

    def _scatter_deg(self, seen: tuple[float, float]) -> float:
        """Return the smallest angle between a declared beam and the line from the patient to the wall seen."""
        x, y = seen[0] - self.isocentre[0], seen[1] - self.isocentre[1]
        size, found = sqrt(x * x + y * y) or 1.0, []
        for each in self.accelerator.gantry:
            focus = target(self.isocentre, self.accelerator.axis, each.angle_deg, 1.0)
            along = (self.isocentre[0] - focus[0]) * x + (self.isocentre[1] - focus[1]) * y
            found.append(degrees(acos(min(1.0, max(-1.0, along / size)))))
        return min(own_rule("most_angle"), max(own_rule("least_angle"), min(found)))

    def _maze_photons(self, each: BeamEnergy, lay: Lay, corridor: Corridor) -> Made:
        field = (CM * self.field_m) ** 2
        at_door: dict[str, AtDoor] = {}
        shares = (0.0, 0.0)
        for name, W in doses_of(each).items():
            week = name != BEAM_ON
            work = Work(
                Energy(MV=each.MV, fff=each.fff), W, W * _C_I(each, name)[0], self._share(each, name), field,
                lay.of("scatter_angle"), self.accelerator.source_distance_m, f_L=self.accelerator.leakage_fraction,
            )  # fmt: skip
            at_door[name], shares = photons_at_door(self.document, work, lay, all_angles=week)
            self._tell(at_door[name].notices, at_door[name].tables)
        return self._of_door(MAZE, at_door, partial(corridor.photons, shares), corridor)

    def at_rest(self, grays: Mapping[str, float]) -> Iterator[Made]:
        """Yield what a maze lets through of leakage at rest (Gy at 1 m by quantity): by the wall that the door sees."""
        if self.lay is None or self.corridor is None:
            return
        lay, corridor = self.lay, self.corridor
        field, angle = self.document.rule("reference_field"), lay.of("scatter_angle")
        works = {name: Work(Energy(), 0.0, L, 1.0, field, angle, f_L=1.0) for name, L in grays.items()}
        try:
            found = {name: photons_at_door(self.document, work, lay, all_angles=False) for name, work in works.items()}
        except OutsideDataError as refused:
            self.refused = self.refused or refused
            return
        at_door, (_, shares) = {name: each for name, (each, _) in found.items()}, found[WEEK]
        yield self._of_door(MAZE, at_door, partial(corridor.photons, shares), corridor)

    def _share(self, each: BeamEnergy, name: str) -> float:
        """Return the share of the gantry angle that lights the maze; of a rate the whole."""
        lit = [gantry for gantry in self.accelerator.gantry if gantry.angle_deg == self.lit_deg]
        own = [each.use_factor(gantry, hour=name == HOUR) for gantry in lit if each.tbi is not None]
        return 1.0 if name == BEAM_ON else max([self.U_G, *own])

    def _maze_neutrons(self, each: BeamEnergy, found: Neutrons, lay: Lay, corridor: Corridor) -> Iterator[Made]:
        by_name = {
            name: neutrons_at_door(self.document, found, lay, W * (_C_I(each, name)[0]))
            for name, W in doses_of(each).items()
        }
        self._tell(by_name[WEEK][1].notices, by_name[WEEK][1].tables)
        for which, (kind, ratio) in enumerate(
            zip((MAZE_CAPTURE, MAZE_NEUTRON), rising(self.document, found, lay), strict=True)
        ):
            at_door = {name: both[which] for name, both in by_name.items()}
            yield self._of_door(kind, at_door, ratio, corridor)

    def _of_door(
        self, kind: str, at_door: Mapping[str, AtDoor], inner: Callable[[float], float], corridor: Corridor
    ) -> Made:
        amounts = {name: _factor(name) * each.value for name, each in at_door.items()}
        formulas = {name: partial(_at_place, self.document.short, name, each.steps) for name, each in at_door.items()}
        return Made(kind, amounts, formulas, AlongMaze(corridor, inner))


def _dose_assumed(each: BeamEnergy, found: Neutrons) -> tuple[Notice, ...]:
    told = {"energy": each.words, "H_0": f"{MILLI * found.H_0:.3g}", "d_0": f"{found.machine.d_0:g}"}
    return (Notice("warnings.linac_neutron_dose", told),) if found.assumed_dose else ()


def doses_of(each: BeamEnergy) -> Mapping[str, float]:
    """Return grays at the isocentre of the week, of the busiest hour where it is known, and of an hour at most."""
    hour = {} if each.in_busiest_hour_Gy is None else {HOUR: each.in_busiest_hour_Gy}
    return {WEEK: each.per_week_Gy, **hour, BEAM_ON: each.dose_rate_Gy_per_h}


def _factor(name: str) -> float:
    return MILLI if name == WEEK else MICRO


def _C_I(each: BeamEnergy, name: str) -> tuple[float, str]:
    """Return the monitor units over conventional ones: of doses, not of a rate."""
    return (1.0 if name == BEAM_ON else each.units(hour=name == HOUR)), ""


def _at_place(short: str, name: str, door: tuple[Step, ...], d: float, gain: float, B: float) -> tuple[Step, ...]:
    """Return the steps of one quantity: at the door, and from there to a place."""
    factor, unit = TOLD[name]
    told = {"c": (_factor(name), factor), "H_door": (door[-1].value, DOSE[name]), "g": (gain / d**2, ""), "B": (B, "")}
    last = cited(evaluate(equations.along_maze, told, name)._replace(unit=unit), short)
    return (*(_in_units(step, name) for step in door), last)


def _in_units(step: Step, name: str) -> Step:
    inputs = {symbol: (value, _unit(unit, name)) for symbol, (value, unit) in step.inputs.items()}
    label = ", ".join(part for part in (step.label, name) if part)
    return step._replace(inputs=inputs, unit=_unit(step.unit, name), label=label)


def _unit(unit: str, name: str) -> str:
    return {"Sv/week": DOSE[name], "Gy/week": GRAY[name]}.get(unit, unit)
