"""The dose field of a treatment room: parts by how a place lies to the gantry, tenth value layers in their way."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import groupby
from math import dist, log
from typing import NamedTuple, Self

from shieldcalc import beams
from shieldcalc.errors import Notice
from shieldcalc.model.design import Layer, Xyz
from shieldcalc.model.geometry import contains, crossing
from shieldcalc.model.paths import Key
from shieldcalc.model.scene import Point, Scene
from shieldcalc.physics.ducts import behind_ducts
from shieldcalc.physics.field import Field, Part, Received, Seen
from shieldcalc.physics.rooms import Totals
from shieldcalc.physics.terms import Gain, Term
from shieldcalc.physics.therapy.document import LEAKAGE, SCATTER, Document
from shieldcalc.physics.therapy.heads import Heads
from shieldcalc.physics.therapy.machine import AT_REST, Machine
from shieldcalc.physics.therapy.rules import MAZE, SKYSHINE, UNVERIFIED, own_rule
from shieldcalc.physics.therapy.sky import SKY, Shining, over_roof, passing_roof, roof_top, shining
from shieldcalc.physics.therapy.stacks import passing_in, tenths_in
from shieldcalc.physics.therapy.stated_places import slanted
from shieldcalc.physics.therapy.stray import (
    CAPTURE,
    LAMINATE,
    NEUTRON,
    OF_MAZE,
    STRAY,
)
from shieldcalc.physics.therapy.unit import Choice, Unit

FAINTEST, SLANT = 1e-300, -2
Lines = tuple[int, ...]  # the codes of the lines that a part may come along, for the first quality
Gathered = tuple[tuple[int, Lines], float]  # the number of a group of parts with its lines, the gain at a place
Left = tuple[float, float, list[tuple[int, float]]]  # of a group 1 m away: week, hour, beam-on rates by their number


class Bundle(NamedTuple):
    """Groups of what reaches a place from one accelerator along the same lines: numbers, None for no such part."""

    leakage: int
    scatter: int
    both: int
    primary: int | None
    laminate: int | None


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
        self.tenths = cache(tenths_in(document, self._beams))
        super().__init__(scene, lambda source: [machines[source.id].radiation], others)
        self._groups = [[part] for part in self._parts]
        self._alone = {id(part.term): number for number, part in enumerate(self._parts)}
        self._behind: dict[tuple[int, Lines], Left] = {}
        self._chosen = {
            name: {choice: [*self._of_one_line(terms)] for choice, terms in each.choices.items()}
            for name, each in machines.items()
        }
        self._strays = {name: [*self._of_one_gain(each.strays)] for name, each in self.turning.items()}
        self._bundles: dict[tuple[str, tuple[Choice, ...]], Bundle] = {}
        self._screens = [(each.a, each.b) for each in scene.barriers if each.kind == "screen"]
        self._looks = self._looking(scene)
        self._opened: dict[Key, bool] = {}
        self.shining = self._shining()
        for each in self.turning.values():
            each.sky.counted = self.shining.counts

    def _group(self, terms: Iterable[Term]) -> int:
        """Return the number of parts that reach every place along the same lines with one gain."""
        self._groups.append([self._parts[self._alone[id(term)]] for term in terms])
        return len(self._groups) - 1

    def _of_one_line(self, terms: Iterable[Term]) -> Iterator[tuple[int, bool]]:
        """Yield groups of one kind of a choice's terms, and whether they count with the distance."""
        for kind, alike in groupby(terms, lambda term: term.kind):
            yield self._group(alike), kind != LAMINATE

    def _of_one_gain(self, strays: Iterable[Term]) -> Iterator[tuple[int, Gain, bool]]:
        """Yield groups of strays, their gain and whether they come along the maze."""
        for (gain, of_maze), alike in groupby(strays, lambda term: (term.gain, term.kind in OF_MAZE)):
            yield self._group(alike), gain, of_maze

    def _shining(self) -> Shining:
        """Return what passes the roof: the worst of all patients of beams, leakage and scatter, and all else."""
        found = [[0.0, 0.0], [0.0, 0.0], [0.0, 0.0]]
        middles = (place for unit in self.machines.values() for place in unit.middles)
        for place in over_roof(self.scene, middles):
            parts: list[list[Gathered]] = [[], [], []]
            for part in self._bare(place):
                term = self._groups[part[0][0]][0].term
                parts[passing_roof(term.kind) if term.source in self.turning else 2].append(part)
            for into, own in zip(found, parts, strict=True):
                week, _, rate = self._through(own)
                into[:] = max(into[0], week or 0.0), max(into[1], rate or 0.0)
        beams, wide, rest = ((week, rate) for week, rate in found)
        return shining(beams, wide, rest)

    def _bare(self, position: Xyz) -> list[Gathered]:
        found: list[Gathered] = []
        for name, unit in self.machines.items():
            turning = self.turning.get(name)
            if turning is None:
                found += self._reaching(name, unit, position)
            else:
                found += self._turned(name, turning, position)
        return found

    def _reaching(self, name: str, unit: Unit, position: Xyz) -> Iterator[Gathered]:
        """Yield what reaches a place from a unit that stands still."""
        lines: dict[Xyz, tuple[float, int]] = {}
        for choice, start in unit.reaching(position):
            if start not in lines:
                lines[start] = self._line(start, position)
            d, code = lines[start]
            gain = 1.0 / (d * d)
            yield from (((group, (code,)), gain if far else 1.0) for group, far in self._chosen[name][choice])

    def _turned(self, name: str, machine: Machine, position: Xyz) -> list[Gathered]:
        """Return what reaches a place from an accelerator: round the isocentre, in its beam, by other ways."""
        heads = self._heads_seen(name, position)
        from_isocentre = d, code = self._line(machine.rotation.isocentre, position)
        if position in machine.stated.found:
            found = [*self._by_choice(name, machine, position, heads)]
        else:
            sight, gain = machine.rotation.sight(position), 1.0 / (d * d)
            bundle = self._bundle(name, machine.met(sight))
            if heads:
                found = [((bundle.leakage, (code, *heads)), gain), ((bundle.scatter, (code,)), gain)]
            else:
                found = [((bundle.both, (code,)), gain)]
            if bundle.primary is not None:
                far, beam = self._line(sight.target, position)
                found.append(((bundle.primary, (beam,)), 1.0 / (far * far)))
                if bundle.laminate is not None:
                    found.append(((bundle.laminate, (beam,)), 1.0))
            if machine.rests:
                far, beam = self._line(machine.parked(position), position)
                found += [((group, (beam,)), 1.0 / (far * far)) for group, _ in self._chosen[name][AT_REST, 0]]
        found += self._strays_at(name, position, from_isocentre, heads)
        if machine.sky.counted:
            found += self._sky_at(name, position)
        return found

    def _bundle(self, name: str, met: list[Choice]) -> Bundle:
        """Return the groups of what an accelerator's choices at a place belong to, each made once."""
        key = name, tuple(met)
        known = self._bundles.get(key)
        if known is None:
            terms = [term for choice in met if choice[0] != AT_REST for term in self.machines[name].choices[choice]]
            leak = [term for term in terms if term.kind == LEAKAGE]
            scattered = [term for term in terms if term.kind == SCATTER]
            made = [term for term in terms if term.kind == LAMINATE]
            beams = [term for term in terms if term.kind not in (LEAKAGE, SCATTER, LAMINATE)]
            known = self._bundles[key] = Bundle(
                self._group(leak),
                self._group(scattered),
                self._group([*leak, *scattered]),
                self._group(beams) if beams else None,
                self._group(made) if made else None,
            )
        return known

    def _by_choice(self, name: str, machine: Machine, position: Xyz, heads: list[int]) -> Iterator[Gathered]:
        """Yield what reaches a place with stated figures."""
        for choice, start in machine.reaching(position):
            d, code = self._line(start, position)
            along = (code, *heads) if choice[0] == LEAKAGE else (code,)
            yield from self._as_stated(name, self._chosen[name][choice], position, d, along)

    def _as_stated(
        self, name: str, groups: list[tuple[int, bool]], position: Xyz, d: float, codes: Lines
    ) -> Iterator[Gathered]:
        """Yield parts that count with figures stated at a place, each by itself."""
        for part in (part for group, _ in groups for part in self._groups[group]):
            along = self._slanted(name, part.term.kind, position, codes)
            far = 1.0 if part.term.kind == LAMINATE else self._stated(name, part.term.kind, position, d)
            yield (self._alone[id(part.term)], along), 1.0 / (far * far)

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

    def _group_behind(self, group: int, lines: Lines) -> Left:
        """Return what the parts of a group give 1 m away, each behind the weakest of its lines."""
        week = hour = 0.0
        rates: dict[int, float] = {}
        for part in self._groups[group]:
            B = max([self._left(part, line + part.quality) for line in lines])
            week += part.week * B
            hour += part.hour * B
            if part.beam_on:
                rates[part.rate] = rates.get(part.rate, 0.0) + part.beam_on * B
        return week, hour, [*rates.items()]

    def _left(self, part: Part, code: int) -> float:
        """Return the transmission of one code, computed once for all parts of its quality."""
        B = self._known.get(code)
        if B is None:
            B = self._known[code] = self._transmission(part.term, code)
        return B

    def _copy(self) -> Self:
        other = super()._copy()
        other._behind = {}
        return other

    def _stated(self, name: str, kind: str, position: Xyz, d: float) -> float:
        """Return the distance of a part that counts at a place: the stated one, else that of the plan."""
        return self.turning[name].stated.distance(kind, position, d) if name in self.turning else d

    def _slanted(self, name: str, kind: str, position: Xyz, codes: Lines) -> Lines:
        """Return the lines to a place with the slant thickness that the design states for it."""
        slant = self.turning[name].stated.slant(kind, position) if name in self.turning else 1.0
        return codes if slant == 1 else tuple([self._slanted_line(code, slant) for code in codes])

    def _slanted_line(self, code: int, slant: float) -> int:
        key: Key = (*self._lines.keys[code // self._lines.qualities], ((SLANT, slant),))
        known = self._lines.numbers.get(key)
        return self._lines.first_code(key) if known is None else known

    def transmission(self, term: Term, key: Key) -> float:
        """Return the transmission of the weakest stack of one line, along a stated slant."""
        mark = key[-1][0] if key and key[-1] else 0
        if not isinstance(mark, tuple) or mark[0] != SLANT:
            return super().transmission(term, key)
        slant = mark[1]
        return max(self.transmission_of(term, slanted(each, slant)) for each in self.rays.stacks(key[:-1])[0])

    def _heads_seen(self, name: str, position: Xyz) -> list[int]:
        """Return the lines from an accelerator's head through doors alone, where the isocentre is behind a screen.

        A source that is seen is never hidden behind a wall of a maze: leakage and neutrons then count as if they came
        that way, at their distance from the isocentre.
        """
        if name not in self.turning or not self._screens:
            return []
        return list({self._line(head, position)[1]: None for head in self._heads(name, position)})

    def _heads(self, name: str, position: Xyz) -> list[Xyz]:
        """Return places of the head that a place sees past all screens through openings: one for each kind of line."""
        if not self._behind_screen(self.turning[name].rotation.isocentre, position):
            return []
        lines = dict[Key, Xyz]()
        for head in self._looks[name].seen_from(position):
            lines.setdefault(self.rays.key(head, position), head)
        return [head for key, head in lines.items() if self._open(key)]

    def _looking(self, scene: Scene) -> dict[str, Heads]:
        return {name: Heads(scene, each.rotation) for name, each in self.turning.items()} if self._screens else {}

    def in_scene(self, scene: Scene) -> Self:
        """Return the field among the same barriers with their faces elsewhere."""
        other = super().in_scene(scene)
        other._looks = other._looking(scene)
        return other

    def _open(self, key: Key) -> bool:
        """Return whether a line past all screens meets nothing but doors and windows on its way."""
        known = self._opened.get(key)
        if known is None:
            by_id, stacks = self.scene.by_id, self.rays.stacks(key)[1]
            known = any(all(by_id[name].host is not None for name in crossed) for crossed in stacks)
            self._opened[key] = known
        return known

    def _behind_screen(self, start: Xyz, position: Xyz) -> bool:
        a, b = start[:2], position[:2]
        for c, d in self._screens:  # noqa: SIM110 - asked of every place and head
            if crossing(a, b, c, d) is not None:
                return True
        return False

    def _sky_at(self, name: str, position: Xyz) -> Iterator[Gathered]:
        """Yield skyshine of a beam that points up: behind the roof, by how far the place is from the isocentre."""
        machine = self.turning[name]
        if machine.sky.gain(position):
            for term in machine.skies:
                code = self._line(term.starts[0], machine.sky.above)[1]
                yield (self._alone[id(term)], (code,)), 1 / machine.sky.aside_m(position) ** 2

    def _strays_at(
        self, name: str, position: Xyz, from_isocentre: tuple[float, int], heads: list[int]
    ) -> list[Gathered]:
        """Return neutrons, capture gammas and what a maze lets through."""
        corridor, (plan, through_walls) = self.turning[name].stray.corridor, from_isocentre
        d = self.turning[name].stated.nearest(position, plan)
        ways, strays = (through_walls, *heads), self._strays[name]
        at = None if corridor is None else corridor.at(position)
        if at is None or not at.less > 0:
            return [((group, ways), gain(position) / d**2) for group, gain, of_maze in strays if not of_maze]
        along, away = (self._line(at.start, position)[1],), at.from_wall + at.away
        far = (d**2, away**2)
        return [((group, along if of_maze else ways), gain(position) / far[of_maze]) for group, gain, of_maze in strays]

    def _line(self, start: Xyz, position: Xyz) -> tuple[float, int]:
        key = self.rays.key(start, position)
        code = self._lines.numbers.get(key)
        return dist(start, position), self._lines.first_code(key) if code is None else code

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
        B: float = 10 ** -self.tenths(term.quality, stack)
        return B

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
        return self._heads(term.source, position)

    def lead_equivalent(self, term: Term, layers: tuple[Layer, ...]) -> tuple[float | None, str]:  # noqa: ARG002
        """Return none: a lead equivalent of X-rays says nothing of megavoltage beams."""
        return None, ""
