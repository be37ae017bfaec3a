"""The dose field of a treatment room: parts by how a place lies to the gantry, tenth value layers in their way."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from math import dist, log
from typing import Protocol, Self

from shieldcalc import beams
from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.design import Layer, Xyz
from shieldcalc.model.result import MazeFigure, MazeResult, PointResult, Requirement
from shieldcalc.model.scene import Scene
from shieldcalc.physics.field import Field, Part, Received, Seen
from shieldcalc.physics.rooms import Totals
from shieldcalc.physics.terms import Gain, Radiation, Term
from shieldcalc.physics.therapy.counted import Behind, Sheet, behind, tenths
from shieldcalc.physics.therapy.document import CONCRETE, Beam, Document
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.machine import Choice, Machine
from shieldcalc.physics.therapy.rules import MAZE, SKYSHINE, UNVERIFIED, own_rule, rule
from shieldcalc.physics.therapy.stray import OF_MAZE, STRAY, stray_behind, stray_tenths

FAINTEST = 1e-300
NOTHING = Behind(0.0, "", (), ())
NCRP151_RULES = "therapy/ncrp151_rules.csv"
Gathered = tuple[int, float, int]  # the number of a group of parts, their gain at a place, the code of their line
GroupBehind = tuple[float, float, tuple[tuple[int, float], ...]]


class Unit(Protocol):
    """What radiates in a room: terms by what they belong to, the beams behind their qualities, what reaches a place.

    ``unverified``: what of it stands on figures that are not verified, empty where nothing does.
    """

    radiation: Radiation
    beams: dict[Quality, Beam]
    choices: dict[Choice, list[Term]]
    unverified: str

    def reaching(self, position: Xyz) -> Iterable[tuple[Choice, Xyz]]:
        """Yield what reaches a place, each with where it starts."""

    def start(self, term: Term, position: Xyz) -> Xyz:
        """Return where a term starts towards a place."""

    def at_1m(self, quantity: str, *, inside: bool) -> float:
        """Return one quantity 1 m away, in the primary beam or outside it."""

    @property
    def middles(self) -> tuple[Xyz, ...]:
        """Return where patients or objects are."""


class RoomField(Field):
    """All accelerators of a room; walls count with their normal thickness, whatever the angle at which they are met."""

    shields = ()
    moves = True  # leakage, scatter and primary beam are held back by different layers

    def __init__(
        self, scene: Scene, document: Document, machines: Mapping[str, Unit], others: tuple[Seen, ...] = ()
    ) -> None:
        self.machines = machines
        self.turning = {name: each for name, each in machines.items() if isinstance(each, Machine)}
        self._beams = {quality: beam for each in machines.values() for quality, beam in each.beams.items()}
        self.passing = cache(_passing(document, self._beams))
        self.tenths = cache(_tenths(document, self._beams))
        super().__init__(scene, lambda source: [machines[source.id].radiation], others)
        self._groups: list[list[Part]] = []
        self._behind: dict[int, GroupBehind] = {}
        by_term = {id(part.term): part for part in self._parts}
        self._chosen = {
            name: {choice: self._group(by_term[id(term)] for term in terms) for choice, terms in each.choices.items()}
            for name, each in machines.items()
        }
        self._strays = {name: [*self._alike(by_term, each.strays)] for name, each in self.turning.items()}

    def _group(self, parts: Iterable[Part]) -> int:
        """Return the number of parts that reach every place along one line with one gain."""
        self._groups.append(list(parts))
        return len(self._groups) - 1

    def _alike(self, by_term: Mapping[int, Part], strays: Iterable[Term]) -> Iterator[tuple[int, Gain, bool]]:
        """Yield groups of strays, their gain and whether they come along the maze."""
        alike: dict[tuple[int, bool], list[Part]] = {}
        for term in strays:
            alike.setdefault((id(term.gain), term.kind in OF_MAZE), []).append(by_term[id(term)])
        for (_, of_maze), parts in alike.items():
            yield self._group(parts), parts[0].gain, of_maze

    def _bare(self, position: Xyz) -> list[Gathered]:
        found: list[Gathered] = []
        for name, machine in self.machines.items():
            lines: dict[Xyz, tuple[float, int]] = {}
            chosen = self._chosen[name]
            for choice, start in machine.reaching(position):
                if start not in lines:
                    lines[start] = self._line(start, position)
                d, code = lines[start]
                found.append((chosen[choice], 1.0 / (d * d), code))
            if name in self.turning:
                found += self._strays_at(name, position, lines[self.turning[name].rotation.isocentre])
        return found

    def _strays_at(self, name: str, position: Xyz, from_isocentre: tuple[float, int]) -> Iterator[Gathered]:
        """Yield neutrons, capture gammas and what a maze lets through."""
        strays, (d, through_walls) = self._strays[name], from_isocentre
        corridor = self.turning[name].stray.corridor if strays else None
        reached = corridor is not None and corridor.at(position).less > 0
        code = self._line(corridor.at(position).start, position)[1] if corridor is not None and reached else 0
        away = corridor.distance(position) if corridor is not None and reached else 1.0
        for group, gain, of_maze in strays:
            if of_maze and reached:
                yield group, gain(position) / away**2, code
            elif not of_maze:
                yield group, gain(position) / d**2, through_walls

    def _through(self, parts: list[Gathered]) -> Totals:
        week = hour = 0.0
        rates, known, count = self._no_rates.copy(), self._behind, len(self._groups)
        for group, gain, code in parts:
            behind = known.get(code * count + group)
            if behind is None:
                behind = known[code * count + group] = self._group_behind(group, code)
            weekly, hourly, beams_on = behind
            week += weekly * gain
            hour += hourly * gain
            for rate, beam_on in beams_on:
                rates[rate] += beam_on * gain
        return self._totals(week, hour, rates)

    def _group_behind(self, group: int, line: int) -> GroupBehind:
        """Return what the parts of a group give 1 m away behind a line's barriers: week, hour and each rate."""
        week = hour = 0.0
        rates: dict[int, float] = {}
        for part in self._groups[group]:
            B = self._transmission(part.term, line + part.quality)
            week += part.week * B
            hour += part.hour * B
            rates[part.rate] = rates.get(part.rate, 0.0) + part.beam_on * B
        return week, hour, tuple(rates.items())

    def _copy(self) -> Self:
        other = super()._copy()
        other._behind = {}
        return other

    def _line(self, start: Xyz, position: Xyz) -> tuple[float, int]:
        """Return the length of a line in m, and its code for the first quality."""
        key = self.rays.key(start, position)
        code = self._lines.numbers.get(key)
        return dist(start, position), self._lines.first_code(key) if code is None else code

    def maze_unknown(self, point: str, position: Xyz) -> Iterator[Notice]:
        """Yield that the photons of a maze are not known at a place that they may reach, with the reason."""
        for name, machine in self.turning.items():
            refused, corridor = machine.stray.refused, machine.stray.corridor
            if refused is not None and corridor is not None and corridor.at(position).less:
                why = Notice(f"errors.{refused.code}", refused.params)
                yield Notice(MAZE, {"point": point, "source": name, "why": why})
        for other in self.others:
            if isinstance(other.field, RoomField):
                yield from other.field.maze_unknown(point, other.move.back(position))

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
        found = super().received(replace(term, starts=(machine.start(term, position),)), position)
        if term.kind not in STRAY or not isinstance(machine, Machine):
            return found
        return found._replace(distance_m=machine.stray.distance(term.kind, position))

    def lead_equivalent(self, term: Term, layers: tuple[Layer, ...]) -> tuple[float | None, str]:  # noqa: ARG002
        """Return none: a lead equivalent of X-rays says nothing of megavoltage beams."""
        return None, ""


def shines_over(field: RoomField) -> bool:
    """Return whether skyshine over the roof may matter beside the room: judged 2 m above it over each patient."""
    scene, share = field.scene, own_rule("skyshine_share")
    roof = max((each.thickness_m for each in scene.barriers if each.kind == "ceiling"), default=0.0)
    above = scene.height_m + roof + rule(NCRP151_RULES, "skyshine_above_roof")
    for x, y, _ in (place for machine in field.machines.values() for place in machine.middles):
        week, _, beam_on = field.totals((x, y, above))
        if share * (week or 0.0) > own_rule("skyshine_week") or share * (beam_on or 0.0) > own_rule("skyshine_rate"):
            return True
    return False


def with_unknown(field: RoomField, points: Iterable[PointResult]) -> Iterator[PointResult]:
    """Yield the results with what is said of them: skyshine or photons of a maze not computed, not verified."""
    others = [each.field for each in field.others if isinstance(each.field, RoomField)]
    over = any(shines_over(each) for each in (field, *others) if not each.scene.open_site)
    known = [unit.unverified for each in (field, *others) for unit in each.machines.values()]
    not_verified = [Notice(UNVERIFIED, {"what": what}) for what in dict.fromkeys(known) if what]
    for each in points:
        said = [*not_verified]
        said += [Notice(SKYSHINE, {"point": each.point.id})] if over and _beside(field.scene, each) else []
        said += [*field.maze_unknown(each.point.id, each.point.position)]
        yield replace(each, notices=(*each.notices, *said)) if said else each


def mazes_of(field: RoomField) -> Iterator[MazeResult]:
    """Yield the maze of the room as each accelerator sees it."""
    for name, machine in field.turning.items():
        lay, maze = machine.stray.lay, field.scene.maze
        if lay is not None and maze is not None:
            figures = (
                MazeFigure(symbol=symbol, value=each.value, unit=each.unit, stated=each.stated, plan=each.plan)
                for symbol, each in lay.figures.items()
            )
            yield MazeResult(
                source=name,
                figures=tuple(figures),
                path=lay.line.corners,
                door_sees_isocentre=lay.sees_isocentre,
                document=maze.document,
            )


def _beside(scene: Scene, found: PointResult) -> bool:
    barrier = scene.by_id.get(found.point.barrier or "")
    return barrier is None or barrier.kind not in ("floor", "ceiling")


def makes_neutrons(scene: Scene) -> bool:
    """Return whether a beam of the room makes neutrons."""
    found = (source.accelerator.energies for source in scene.sources if source.accelerator is not None)
    return any(Energy(MV=each.MV).makes_neutrons for energies in found for each in energies)


def against_neutrons(found: Requirement) -> Requirement:
    """Return why no thickness of a material will do: where it never does and holds no neutrons back, these."""
    beside = found.reason in ("passes_beside", "with_neighbours")
    if found.required_mm is None and beside and found.material != CONCRETE:
        return replace(found, reason="neutrons")
    return found


def _passing(document: Document, known: Mapping[Quality, Beam]) -> Callable[[Quality, tuple[Layer, ...]], Behind]:
    """Return what gives the tenth value layers of a stack in a beam."""

    def passing(quality: Quality, stack: tuple[Layer, ...]) -> Behind:
        if not stack:
            return NOTHING
        beam, sheets = known[quality], [_sheet(quality, each) for each in stack]
        return stray_behind(document, beam, sheets) if beam.component in STRAY else behind(document, beam, sheets)

    return passing


def _tenths(document: Document, known: Mapping[Quality, Beam]) -> Callable[[Quality, tuple[Layer, ...]], float]:
    """Return what gives the tenth value layers of a stack in a beam as a number alone."""

    def found(quality: Quality, stack: tuple[Layer, ...]) -> float:
        if not stack:
            return NOTHING.tenths
        beam, sheets = known[quality], [_sheet(quality, each) for each in stack]
        return stray_tenths(document, beam, sheets) if beam.component in STRAY else tenths(document, beam, sheets)

    return found


def _sheet(quality: Quality, layer: Layer) -> Sheet:
    """Return a layer as the tables know it; refuses lead equivalents and the file's own materials."""
    if layer.lead_equivalent_mm is not None:
        raise OutsideDataError("therapy_marked", material=layer.material, energy=quality.key)
    if layer.composition:
        raise OutsideDataError("therapy_own_material", material=layer.material, energy=quality.key)
    return Sheet(layer.material, layer.thickness_mm, layer.density_g_per_cm3)
