"""What reaches a place from an accelerator that turns: round the isocentre, in its beam, by other ways.

What all places one over another have in common is kept: the line from the isocentre, where that is the same at every
height, how they lie to the plane of rotation, to the walls of a maze and to the maze.
"""

from collections.abc import Iterator
from functools import cached_property
from math import asin, degrees, dist, sqrt
from typing import NamedTuple

from shieldcalc.model.design import Xy, Xyz
from shieldcalc.model.geometry import crossing
from shieldcalc.model.paths import LINES_KEPT, Key, Rays
from shieldcalc.model.scene import Scene
from shieldcalc.physics.lines_met import LineNumbers
from shieldcalc.physics.therapy.document import LEAKAGE
from shieldcalc.physics.therapy.groups import Bundle, Gathered, Groups, Lines
from shieldcalc.physics.therapy.heads import Heads
from shieldcalc.physics.therapy.machine import AT_REST, Machine
from shieldcalc.physics.therapy.maze_terms import Beside
from shieldcalc.physics.therapy.stray import LAMINATE

SLANT = -2


class Column(NamedTuple):
    """What all places one over another have in common.

    ``code`` of the line from the isocentre, None where it depends on the height; ``off`` the plane of rotation (m) and
    ``square`` of the distance along it (m2); the ``heads`` seen where a screen hides the isocentre; how the places lie
    to a maze that counts there, the code of the line ``along`` it, the gains of the strays. Apart for places over or
    under the room.
    """

    code: int | None
    off: float
    square: float
    heads: list[Xyz]
    maze: Beside | None
    along: int | None
    inner: tuple[float, ...]


class Turned:
    """The ways of one accelerator to any place of a scene."""

    def __init__(
        self,
        scene: Scene,
        rays: Rays,
        lines: LineNumbers,
        groups: Groups,
        machine: Machine,
        screens: list[tuple[Xy, Xy]],
    ) -> None:
        self.machine, self._scene, self._rays, self._lines = machine, scene, rays, lines
        self._name, self._groups, self._screens = machine.source.id, groups, screens
        self._corridor, self._strays = machine.stray.corridor, groups.strays[machine.source.id]
        self._level: dict[Xy, Column] = {}
        self._beyond: dict[Xy, Column] = {}
        self._aside: dict[int, Bundle] = {}
        self._lit: dict[tuple[int, int, tuple[int, ...]], Bundle] = {}
        self._opened: dict[Key, bool] = {}

    def at(self, position: Xyz) -> list[Gathered]:
        """Return what reaches a place: groups of parts with the lines that they come along, and their gains."""
        centre = self.machine.rotation.isocentre
        columns = self._level if 0 <= position[2] <= self._rays.height else self._beyond
        column = columns.get(position[:2])
        if column is None:
            column = self._column(columns, position)
        code, d = column.code, dist(centre, position)
        if code is None:
            code = self._line(centre, position)[1]
        heads = self._lines_of(column.heads, position) if column.heads else []
        if self.machine.stated.found and position in self.machine.stated.found:
            found = [*self._by_choice(position, heads)]
        else:
            found = self._by_sight(position, column, d, code, heads)
        found += self._strays_at(position, column, d, (code, *heads))
        if self.machine.sky.counted:
            found += self._sky_at(position)
        return found

    def _column(self, columns: dict[Xy, Column], position: Xyz) -> Column:
        """Return what all places over and under one have in common, kept."""
        if len(columns) >= LINES_KEPT:
            columns.clear()
        centre, at = self.machine.rotation.isocentre, position[:2]
        off, along = self.machine.rotation.in_plan(at)
        maze = None if self._corridor is None else self._corridor.beside(at)
        maze = None if maze is None or maze.inside else maze
        column = columns[at] = Column(
            self._level_line(columns, centre, position),
            off,
            along * along,
            self._heads_past_screens(position),
            maze,
            None if maze is None else self._level_line(columns, (*maze.start, centre[2]), position),
            () if maze is None else tuple([gain(maze.left) if gain else 0.0 for _, _, gain in self._strays]),
        )
        return column

    def _level_line(self, columns: dict[Xy, Column], start: Xyz, position: Xyz) -> int | None:
        """Return the code of lines to places in the room's height, None where it depends on the height."""
        key = self._rays.level_key(start, position) if columns is self._level else None
        return None if key is None else self._lines.code(key)

    def _by_sight(self, position: Xyz, column: Column, d: float, code: int, heads: list[int]) -> list[Gathered]:
        """Return leakage, scatter and primary beam by how a place lies to the gantry."""
        rotation, gain = self.machine.rotation, 1.0 / (d * d)
        up = position[2] - rotation.isocentre[2]
        beams: list[Gathered] = []
        if column.off > rotation.reach(sqrt(column.square + up * up)):
            step = self.machine.scatter_step(degrees(asin(min(1.0, column.off / d))) if d else 0.0)
            bundle = self._aside.get(step)
            if bundle is None:
                met = self.machine.met(rotation.sight(position))
                bundle = self._aside[step] = self._groups.bundle(self._name, met)
        else:
            sight = rotation.sight(position)
            key = self.machine.scatter_step(sight.aside_deg), sight.nearest, sight.overlapping
            bundle = self._lit.get(key)
            if bundle is None:
                bundle = self._lit[key] = self._groups.bundle(self._name, self.machine.met(sight))
            beams = self._beams(bundle, sight.target, position)
        if heads:
            found = [((bundle.leakage, (code, *heads)), gain), ((bundle.scatter, (code,)), gain), *beams]
        else:
            found = [((bundle.both, (code,)), gain), *beams]
        if self.machine.rests:
            far, beam = self._line(self.machine.parked(position), position)
            found += [((group, (beam,)), 1.0 / (far * far)) for group, _ in self._groups.chosen[self._name][AT_REST, 0]]
        return found

    def _beams(self, bundle: Bundle, target: Xyz, position: Xyz) -> list[Gathered]:
        """Return the primary beam, and what it makes in laminates."""
        if bundle.primary is None:
            return []
        far, beam = self._line(target, position)
        found: list[Gathered] = [((bundle.primary, (beam,)), 1.0 / (far * far))]
        if bundle.laminate is not None:
            found.append(((bundle.laminate, (beam,)), 1.0))
        return found

    def _by_choice(self, position: Xyz, heads: list[int]) -> Iterator[Gathered]:
        """Yield what reaches a place with stated figures."""
        for choice, start in self.machine.reaching(position):
            d, code = self._line(start, position)
            along = (code, *heads) if choice[0] == LEAKAGE else (code,)
            yield from self._as_stated(self._groups.chosen[self._name][choice], position, d, along)

    def _as_stated(self, groups: list[tuple[int, bool]], position: Xyz, d: float, codes: Lines) -> Iterator[Gathered]:
        """Yield parts that count with figures stated at a place, each by itself."""
        stated = self.machine.stated
        for part in (part for group, _ in groups for part in self._groups.parts[group]):
            slant = stated.slant(part.term.kind, position)
            along = codes if slant == 1 else tuple([self._slanted_line(code, slant) for code in codes])
            far = 1.0 if part.term.kind == LAMINATE else stated.distance(part.term.kind, position, d)
            yield (self._groups.alone[id(part.term)], along), 1.0 / (far * far)

    def _slanted_line(self, code: int, slant: float) -> int:
        return self._lines.code((*self._lines.keys[code // self._lines.qualities], ((SLANT, slant),)))

    def _strays_at(self, position: Xyz, column: Column, plan: float, ways: Lines) -> list[Gathered]:
        """Return neutrons, capture gammas and what a maze lets through."""
        d = self.machine.stated.nearest(position, plan) if self.machine.stated.found else plan
        square = d**2
        if column.maze is None:
            return [((group, ways), gain(d) / square) for group, gain, _ in self._strays if gain]
        assert self._corridor is not None
        less, away, z = self._corridor.reaching(column.maze, position)
        along = (self._line((*column.maze.start, z), position)[1] if column.along is None else column.along,)
        far = (column.maze.from_wall + away) ** 2
        return [
            ((group, ways), gain(d) / square) if gain else ((group, along), less * inner * far / far)
            for (group, gain, _), inner in zip(self._strays, column.inner, strict=True)
        ]

    def _sky_at(self, position: Xyz) -> Iterator[Gathered]:
        """Yield skyshine of a beam that points up: behind the roof, by how far the place is from the isocentre."""
        sky = self.machine.sky
        if sky.gain(position):
            for term in self.machine.skies:
                code = self._line(term.starts[0], sky.above)[1]
                yield (self._groups.alone[id(term)], (code,)), 1 / sky.aside_m(position) ** 2

    def _line(self, start: Xyz, position: Xyz) -> tuple[float, int]:
        return dist(start, position), self._lines.code(self._rays.key(start, position))

    def heads(self, position: Xyz) -> list[Xyz]:
        """Return places of the head that a place sees past all screens through openings: one for each kind of line.

        None where the place sees the isocentre past them.
        """
        return [*self._open_lines(self._heads_past_screens(position), position).values()]

    def _lines_of(self, heads: list[Xyz], position: Xyz) -> list[int]:
        """Return the lines from the head through doors alone to a place that a screen hides from the isocentre.

        A source that is seen is never hidden behind a wall of a maze: leakage and neutrons then count as if they came
        that way, at their distance from the isocentre.
        """
        return [self._lines.code(key) for key in self._open_lines(heads, position)]

    def _heads_past_screens(self, position: Xyz) -> list[Xyz]:
        """Return places of the head that no screen hides from a place that the isocentre is hidden from."""
        hidden = self._behind_screen(self.machine.rotation.isocentre, position)
        return self._looks.seen_from(position) if hidden else []

    def _open_lines(self, heads: list[Xyz], position: Xyz) -> dict[Key, Xyz]:
        lines = dict[Key, Xyz]()
        for head in heads:
            lines.setdefault(self._rays.key(head, position), head)
        return {key: head for key, head in lines.items() if self._open(key)}

    @cached_property
    def _looks(self) -> Heads:
        return Heads(self._scene, self.machine.rotation)

    def _open(self, key: Key) -> bool:
        """Return whether a line past all screens meets nothing but doors and windows on its way."""
        known = self._opened.get(key)
        if known is None:
            by_id, stacks = self._scene.by_id, self._rays.stacks(key)[1]
            known = any(all(by_id[name].host is not None for name in crossed) for crossed in stacks)
            self._opened[key] = known
        return known

    def _behind_screen(self, start: Xyz, position: Xyz) -> bool:
        a, b = start[:2], position[:2]
        return any(crossing(a, b, c, d) is not None for c, d in self._screens)
