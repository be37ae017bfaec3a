"""The dose field of a treatment room: parts by how a place lies to the gantry, tenth value layers in their way."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from math import dist, log
from typing import Self

from shieldcalc import beams
from shieldcalc.errors import Notice
from shieldcalc.model.build import outer_face_m
from shieldcalc.model.design import Layer, Xyz
from shieldcalc.model.geometry import contains, convex
from shieldcalc.model.paths import LINES_KEPT, Key
from shieldcalc.model.scene import Point, Scene
from shieldcalc.physics.ducts import behind_ducts
from shieldcalc.physics.field import Field, Received, Seen
from shieldcalc.physics.rooms import Totals
from shieldcalc.physics.terms import Term
from shieldcalc.physics.therapy.document import LEAKAGE, Document
from shieldcalc.physics.therapy.groups import Gathered, Groups, Lines
from shieldcalc.physics.therapy.machine import Machine
from shieldcalc.physics.therapy.rules import MAZE, SKYSHINE, UNVERIFIED, own_rule
from shieldcalc.physics.therapy.sky import SKY, Shining, over_roof, passing_roof, roof_top, shining
from shieldcalc.physics.therapy.stacks import Left, left_in, passing_in
from shieldcalc.physics.therapy.stated_places import slanted
from shieldcalc.physics.therapy.stray import CAPTURE, NEUTRON, STRAY
from shieldcalc.physics.therapy.turned import SLANT, Turned
from shieldcalc.physics.therapy.unit import Unit

FAINTEST = 1e-300
Given = tuple[float, float, list[tuple[int, float]]]  # of a group 1 m away: week, hour, beam-on rates by their number


class RoomField(Field):
    """All accelerators of a room; walls count with their normal thickness, whatever the angle at which they are met."""

    moves = True  # leakage, scatter and primary beam are held back by different layers

    def __init__(
        self, scene: Scene, document: Document, machines: Mapping[str, Unit], others: tuple[Seen, ...] = ()
    ) -> None:
        self.machines = machines
        self.turning = {name: each for name, each in machines.items() if isinstance(each, Machine)}
        self._beams = {quality: beam for each in machines.values() for quality, beam in each.beams.items()}
        self.passing = cache(passing_in(document, self._beams))
        self._left_by = left_in(document, self._beams)
        super().__init__(scene, lambda source: [machines[source.id].radiation], others)
        self._groups = Groups(self._parts, machines)
        self._behind: dict[tuple[int, Lines], Given] = {}
        self._left: dict[int, list[Left]] = {}
        self._screens = [(each.a, each.b) for each in scene.barriers if each.kind == "screen"]
        self._ways = self._turned()
        self._reached: dict[Xyz, list[Gathered]] = {}
        self.shining = self._shining()
        for each in self.turning.values():
            each.sky.counted = self.shining.counts
        self._reached.clear()

    def _shining(self) -> Shining:
        """Return what passes the roof: the worst of all patients of beams, leakage and scatter, and all else."""
        found = [[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]]
        middles = (place for unit in self.machines.values() for place in unit.middles)
        for place in over_roof(self.scene, middles):
            parts: list[list[Gathered]] = [[], [], []]
            for part in self._bare(place):
                term = self._groups.parts[part[0][0]][0].term
                parts[passing_roof(term.kind) if term.source in self.turning else 2].append(part)
            for into, own in zip(found, parts, strict=True):
                week, _, rate = self._through(own)
                into[:] = max(into[0], week or 0.0), max(into[1], rate or 0.0)
        beams, wide, rest = ((week, rate) for week, rate in found)
        return shining(beams, wide, rest)

    def _bare(self, position: Xyz) -> list[Gathered]:
        """Return what reaches a place, kept: it depends on where the faces of barriers are, not on their layers."""
        found = self._reached.get(position)
        if found is None:
            if len(self._reached) >= LINES_KEPT:
                self._reached.clear()
            found = self._reached[position] = []
            for name, unit in self.machines.items():
                ways = self._ways.get(name)
                found += self._reaching(name, unit, position) if ways is None else ways.at(position)
        return found

    def _turned(self) -> dict[str, Turned]:
        """Return the ways of each accelerator that turns."""
        known = self.scene, self.rays, self._lines, self._groups
        return {name: Turned(*known, each, self._screens) for name, each in self.turning.items()}

    def _reaching(self, name: str, unit: Unit, position: Xyz) -> Iterator[Gathered]:
        """Yield what reaches a place from a unit that stands still."""
        lines: dict[Xyz, tuple[float, int]] = {}
        for choice, start in unit.reaching(position):
            if start not in lines:
                key = self.rays.key(start, position)
                lines[start] = dist(start, position), self._lines.code(key)
            d, code = lines[start]
            gain = 1.0 / (d * d)
            yield from (((group, (code,)), gain if far else 1.0) for group, far in self._groups.chosen[name][choice])

    def _through(self, parts: list[Gathered]) -> Totals:
        week = hour = 0.0
        rates, known = self._no_rates.copy(), self._behind
        for key, gain in parts:
            behind = known.get(key)
            if behind is None:
                behind = known[key] = self._group_behind(*key)
            week += gain * behind[0]
            hour += gain * behind[1]
            for rate, beam_on in behind[2]:
                rates[rate] += gain * beam_on
        return self._totals(week, hour, rates)

    def _group_behind(self, group: int, lines: Lines) -> Given:
        """Return what the parts of a group give 1 m away, each behind the weakest of its lines."""
        week = hour = 0.0
        rates: dict[int, float] = {}
        left = [each for line in lines for each in self._left.get(line) or self._left_along(line)]
        for term, _, _, _, rate, weekly, hourly, beam_on in self._groups.parts[group]:
            B = max([each[term.quality] for each in left])
            week += weekly * B
            hour += hourly * B
            if beam_on:
                rates[rate] = rates.get(rate, 0.0) + beam_on * B
        return week, hour, [*rates.items()]

    def _left_along(self, line: int) -> list[Left]:
        """Return what each of the stacks leaves that a line may meet, kept."""
        found = self._left[line] = [
            self._left_by(stack) for stack in self._stacks(self._lines.keys[line // self._lines.qualities])
        ]
        return found

    def _stacks(self, key: Key) -> Iterable[tuple[Layer, ...]]:
        """Return the stacks of one line, those along a stated slant as thick as that."""
        mark = key[-1][0] if key and key[-1] else 0
        if not isinstance(mark, tuple) or mark[0] != SLANT:
            return self.rays.stacks(key)[0]
        return [slanted(each, mark[1]) for each in self.rays.stacks(key[:-1])[0]]

    def _copy(self) -> Self:
        other = super()._copy()
        other._behind, other._left = {}, {}
        return other

    def _stated(self, name: str, kind: str, position: Xyz, d: float) -> float:
        """Return the distance of a part that counts at a place: the stated one, else that of the plan."""
        return self.turning[name].stated.distance(kind, position, d) if name in self.turning else d

    def in_scene(self, scene: Scene) -> Self:
        """Return the field among the same barriers with their faces elsewhere; of the same faces all lines kept."""
        if _drawn(scene) == _drawn(self.scene) and not self._changed:
            other = self._copy()
            other.scene = scene
            return other
        other = super().in_scene(scene)
        other._ways, other._reached = other._turned(), {}
        return other

    def left_out(self, point: Point, *, aside: bool) -> Iterator[Notice]:
        """Yield what of this room no dose at a place holds: figures not verified, skyshine, ducts, ways of a maze."""
        yield from (Notice(UNVERIFIED, {"what": unit.unverified}) for unit in self.machines.values() if unit.unverified)
        if aside and not self.scene.open_site:
            yield from self._of_the_sky(point)
        yield from behind_ducts(self.scene, point, self._crossed(point.position) if self.scene.ducts else ())
        yield from self._maze_unknown(point)
        for machine in self.turning.values():
            sight = machine.rotation.sight(point.position)
            yield from machine.stated.told(point.position, point.id, sight, machine.rotation.isocentre)

    def _crossed(self, position: Xyz) -> set[str]:
        """Return the barriers between the middles of the machines and a place."""
        starts = (start for unit in self.machines.values() for start in unit.middles)
        stacks = (self.rays.stacks(self.rays.key(start, position))[1] for start in starts)
        return {name for names in stacks for each in names for name in each}

    def _of_the_sky(self, point: Point) -> Iterator[Notice]:
        high = point.position[2] > roof_top(self.scene)
        if self.shining.unknown or (self.shining.counts and high):
            yield Notice(SKYSHINE, {"point": point.id})
        elif self.shining.counts and not contains(self.scene.plan, point.position[:2]):
            yield Notice("warnings.linac_skyshine_counted", {"times": f"{own_rule('skyshine_times'):g}"})

    def _maze_unknown(self, point: Point) -> Iterator[Notice]:
        """Yield that the photons of a maze are not known at a place that they may reach, with the reason."""
        for name, machine in self.turning.items():
            refused, corridor = machine.stray.refused, machine.stray.corridor
            if refused is not None and corridor is not None and corridor.at(point.position).less:
                why = Notice(f"errors.{refused.code}", refused.params)
                yield Notice(MAZE, {"point": point.id, "source": name, "why": why})

    def transmission_of(self, term: Term, stack: tuple[Layer, ...]) -> float:
        """Return the transmission of one stack by tenth value layers."""
        return self._left_by(stack)[term.quality]

    def passed(self, term: Term, stack: tuple[Layer, ...]) -> beams.Transmission:
        """Return the transmission of one stack, with what has to be said of it."""
        B, found = self.transmission_of(term, stack), self.passing(term.quality, stack)
        return beams.Transmission(log(max(B, FAINTEST)), B, found.method, found.tables, found.notices, {})

    def received(self, term: Term, position: Xyz) -> Received:
        """Return how a place sees a term, the target turned to it."""
        machine = self.machines[term.source]
        if term.kind == SKY and isinstance(machine, Machine):
            found = super().received(term, machine.sky.above)
            return found._replace(distance_m=machine.sky.aside_m(position))
        start = machine.start(term, position)
        found = super().received(replace(term, starts=(start, *self._heads_of(term, position))), position)
        found = found._replace(distance_m=self._stated(term.source, term.kind, position, dist(start, position)))
        if term.source in self.turning and self.turning[term.source].stated.slant(term.kind, position) != 1:
            found = found._replace(through=self._along_slant(term, start, position))
        if term.kind not in STRAY or not isinstance(machine, Machine):
            return found
        return found._replace(distance_m=machine.stray.distance(term.kind, position))

    def _along_slant(self, term: Term, start: Xyz, position: Xyz) -> beams.Transmission:
        """Return what the weakest stack leaves along the stated slant."""
        slant = self.turning[term.source].stated.slant(term.kind, position)
        starts = (start, *self._heads_of(term, position))
        stacks = [each for here in starts for each in self.rays.stacks(self.rays.key(here, position))[0]]
        found = [self.passed(term, slanted(each, slant)) for each in stacks]
        return max(found, key=lambda each: each.transmission)

    def _heads_of(self, term: Term, position: Xyz) -> list[Xyz]:
        machine = self.machines[term.source]
        if term.kind not in (LEAKAGE, NEUTRON, CAPTURE) or not isinstance(machine, Machine) or not self._screens:
            return []
        return self._ways[term.source].heads(position)

    def lead_equivalent(self, term: Term, layers: tuple[Layer, ...]) -> tuple[float | None, str]:  # noqa: ARG002
        """Return none: a lead equivalent of X-rays says nothing of megavoltage beams."""
        return None, ""


def _drawn(scene: Scene) -> list[tuple[float, tuple[Layer, ...]]]:
    """Return what tells scenes of the same barriers apart: how far (m) their faces lie from one another, their layers.

    An opening no thicker than its wall ends at the wall's face; in a room with an inward corner, where lines may meet
    a part of a barrier alone, its own thickness counts.
    """
    if convex(scene.plan):
        return [(outer_face_m(each, scene), each.layers) for each in scene.barriers]
    return [(each.thickness_m, each.layers) for each in scene.barriers]
