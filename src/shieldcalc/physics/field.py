"""The dose field of a scene: quick totals at any place for the search, transmissions computed once a stack."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import dist, sqrt
from typing import Any, NamedTuple, Self, TypeVar

from shieldcalc import beams
from shieldcalc.errors import Notice
from shieldcalc.model.design import Layer, Source, Xyz
from shieldcalc.model.move import Move
from shieldcalc.model.neighbours import holds
from shieldcalc.model.paths import Key, Rays
from shieldcalc.model.scene import Point, Scene
from shieldcalc.physics.ducts import behind_ducts
from shieldcalc.physics.lines_met import LineNumbers, may_cross
from shieldcalc.physics.preshielding import passed, table_of, with_preshielding
from shieldcalc.physics.rooms import Totals, with_rooms
from shieldcalc.physics.rules import RULES
from shieldcalc.physics.terms import QUANTITIES, Gain, Radiation, Term

Strengths = Callable[[Source], list[Radiation]]


Made = TypeVar("Made")


class Part(NamedTuple):
    """A term with the indexes of its starts, beam quality and rate, and its amounts in the order of QUANTITIES."""

    term: Term
    gain: Gain
    starts: tuple[int, ...]
    quality: int
    rate: int
    week: float
    hour: float
    beam_on: float


Bare = tuple[Part, float, list[int]]


class Received(NamedTuple):
    """How a place sees a term: distance in m, transmission, the barriers and bodies met, error of integrating."""

    distance_m: float
    through: beams.Transmission
    crossed: tuple[str, ...]
    error: float | None = None


class Place(NamedTuple):
    """What a place gets: of this room's parts without any barrier, of other rooms (by name) behind their own.

    The parts as the field has them: ``Bare`` of a plain one.
    """

    parts: list[Any]
    others: tuple[tuple[str, Totals], ...]

    def of_others(self) -> Self:
        """Return what other rooms give there alone."""
        return self._replace(parts=[])


class Field:
    """All terms of a scene, and their sum at any place. ``radiation_of`` gives the terms of one source.

    ``others`` are the fields of the site's other rooms; what they give is added at every place outside them.
    """

    moves = approximate = False

    def __init__(self, scene: Scene, radiation_of: Strengths, others: tuple["Seen", ...] = ()) -> None:
        self.scene = scene
        self.others = others
        self.interlocks = scene.never_together
        self.rays = Rays(scene)
        self.radiations = [each for source in scene.sources for each in radiation_of(source)]
        self.terms = [term for each in self.radiations for term in each.terms]
        self.ends: list[Xyz] = []
        self.starts = list(dict.fromkeys(start for term in self.terms for start in term.starts))
        self.unknown = set[str]().union(*(each.unknown for each in self.radiations))
        self.together = scene.simultaneous_operation is not False
        place = {start: index for index, start in enumerate(self.starts)}
        qualities = list(dict.fromkeys((term.quality, term.preshielding) for term in self.terms))
        rates = list(dict.fromkeys((term.source, term.beam) for term in self.terms))
        sources = dict.fromkeys(source for source, _ in rates)
        self._rates = [[i for i, (source, _) in enumerate(rates) if source == each] for each in sources]
        self._no_rates = [0.0] * len(rates)
        self._parts = [
            Part(
                term,
                term.gain,
                tuple(place[start] for start in term.starts),
                qualities.index((term.quality, term.preshielding)),
                rates.index((term.source, term.beam)),
                *(term.amounts.get(quantity, 0.0) for quantity in QUANTITIES),
            )
            for term in self.terms
        ]
        self._lines = LineNumbers(len(qualities))
        self._changed: frozenset[int] = frozenset()
        self._met: dict[int, bool] = {}
        self._known: dict[int, float] = {}
        self._made: dict[Callable[[Self], Any], Any] = {}
        self.kept: dict[Xyz, Totals] = {}
        self._here: Xyz | None = None
        self._met_here: dict[Xyz, list[tuple[tuple[Layer, ...], tuple[str, ...]]]] = {}

    @property
    def parts(self) -> Sequence[Part]:
        """Return the terms with what the field keeps of each."""
        return self._parts

    @property
    def source_of_rates(self) -> list[int]:
        """Return the number of the source that each rate is of."""
        of = {rate: source for source, rates in enumerate(self._rates) for rate in rates}
        return [of[rate] for rate in range(len(of))]

    def passed_by(self, key: Key, part: int) -> float:
        """Return the transmission of one line in the beam of one part."""
        code = self._lines.code(key) + self._parts[part].quality
        B = self._known.get(code)
        if B is None:
            B = self._known[code] = self._transmission(self._parts[part].term, code)
        return B

    def once(self, make: Callable[[Self], Made]) -> Made:
        """Return what ``make`` gives of this field, made once."""
        if make not in self._made:
            self._made[make] = make(self)
        made: Made = self._made[make]
        return made

    def left_out(self, point: Point, *, aside: bool) -> Iterator[Notice]:  # noqa: ARG002
        """Yield what this room's sources give at a place and its doses do not hold; ``aside``: not over or under it."""
        if self.scene.ducts:
            keys = (self.rays.key(start, point.position) for start in self.starts)
            crossed = {name for key in keys for names in self.rays.stacks(key)[1] for name in names}
            yield from behind_ducts(self.scene, point, crossed)

    def unknown_of(self, source: str) -> set[str]:
        """Return the quantities that cannot be said of one source."""
        return self.once(_unknown_by_source).get(source, set())

    def totals(self, position: Xyz) -> Totals:
        """Return week (mGy), busiest hour (uGy) and beam-on rate (uGy/h) at a place; None where unknown."""
        return self.through(self.bare(position)) if self.others else self._through(self._bare(position))

    def known_totals(self, position: Xyz) -> Totals:
        """Return the totals at a place, kept for the next time."""
        known = self.kept.get(position)
        if known is None:
            known = self.kept[position] = self.totals(position)
        return known

    def bare(self, position: Xyz, *, given: bool = False) -> Place:
        """Return what every part gives at a place without any barrier, with the lines that it may come along.

        ``given``: the place was given by somebody; see ``seen``.
        """
        if not self.others:
            return Place(self._bare(position), ())
        others = tuple((each.room, each.totals(position)) for each in self.seen(position, given=given))
        return Place(self._bare(position), others)

    def seen(self, position: Xyz, *, given: bool) -> list["Seen"]:
        """Return the other rooms that give dose at a place: those that it lies in only if it was given by somebody.

        Behind a barrier of this room may lie another room; who is in there while its own sources radiate is judged by
        the points of that room.
        """
        return [each for each in self.others if given or not each.holds(position)]

    def _bare(self, position: Xyz) -> list[Any]:
        key_of, numbers = self.rays.key, self._lines.numbers
        lines: dict[int, tuple[float, int]] = {}
        found: list[Bare] = []
        for part in self._parts:
            gain = part.gain(position)
            if gain:
                starts, quality = part.starts, part.quality
                for each in starts:
                    if each not in lines:
                        key = key_of(self.starts[each], position)
                        code = numbers.get(key)
                        code = self._lines.first_code(key) if code is None else code
                        lines[each] = _far(self.starts[each], position), code
                if len(starts) == 1:
                    nearest, code = lines[starts[0]]
                    codes = [code + quality]
                else:
                    along = [lines[start] for start in starts]
                    nearest, codes = min(along)[0], [code + quality for _, code in along]
                found.append((part, gain / (nearest * nearest), codes))
        return found

    def through(self, place: Place) -> Totals:
        """Return the totals of a place behind the barriers: each part by its weakest line, other rooms added."""
        own = self._through(place.parts)
        return self.with_others(own, place.others) if place.others else own

    def with_others(self, own: Totals, others: Iterable[tuple[str, Totals]]) -> Totals:
        """Return the totals of this room together with those of other rooms by name."""
        return with_rooms(self.scene.room, self.interlocks, own, others)

    def _through(self, parts: list[Any]) -> Totals:
        week = hour = 0.0
        rates = self._no_rates.copy()
        known = self._known
        for (term, _, _, _, rate, weekly, hourly, beam_on), gain, codes in parts:
            weakest = 0.0
            for code in codes:
                B = known.get(code)
                if B is None:
                    B = known[code] = self._transmission(term, code)
                if weakest < B:
                    weakest = B
            part = gain * weakest
            week += weekly * part
            hour += hourly * part
            rates[rate] += beam_on * part
        return self._totals(week, hour, rates)

    def _totals(self, week: float, hour: float, rates: list[float]) -> Totals:
        """Return the totals of parts from their sums and those of each rate."""
        one = len(self._rates) == 1
        highest = [max(rates)] if one else [max([rates[i] for i in of_source]) for of_source in self._rates]
        beam_on_total = (sum if self.together else max)(highest) if highest else 0.0
        return (
            week,
            None if "hour" in self.unknown else hour,
            None if "beam_on" in self.unknown else beam_on_total,
        )

    def _transmission(self, term: Term, code: int) -> float:
        """Return the transmission of one code; of lines that meet no changed barrier it is computed once for all."""
        number = code // self._lines.qualities
        key, meets = self._lines.keys[number], self._met.get(number)
        if meets is None:
            meets = self._met[number] = may_cross(key, self._changed)
        if meets:
            return self.transmission(term, key)
        unchanged = self._lines.unchanged
        if code not in unchanged:
            unchanged[code] = self.transmission(term, key)
        return unchanged[code]

    def transmission(self, term: Term, key: Key) -> float:
        """Return the transmission of the weakest stack of one line."""
        return max([self.transmission_of(term, stack) for stack in self.rays.stacks(key)[0]])

    def transmission_of(self, term: Term, stack: tuple[Layer, ...]) -> float:
        """Return the transmission of one stack in one term's beam."""
        return beams.transmission(term.quality, with_preshielding(term, stack))

    def passed(self, term: Term, stack: tuple[Layer, ...]) -> beams.Transmission:
        """Return the transmission of one stack in one term's beam, with what has to be said of it."""
        return passed(term, stack)

    def received(self, term: Term, position: Xyz) -> Received:
        """Return how a place sees a term: of all lines of the term, by the stack that lets most through."""
        choices = [choice for start in term.starts for choice in self._alternatives(start, position)]
        most = choices[0] if len(choices) == 1 else max(choices, key=lambda each: self.transmission_of(term, each[0]))
        return Received(min(dist(start, position) for start in term.starts), self.passed(term, most[0]), most[1])

    def _alternatives(self, start: Xyz, position: Xyz) -> list[tuple[tuple[Layer, ...], tuple[str, ...]]]:
        """Return the stacks of one line with their barriers; kept for a place, for many terms have the same start."""
        if self._here != position:
            self._here, self._met_here = position, {}
        known = self._met_here.get(start)
        if known is None:
            stacks = self.rays.stacks(self.rays.key(start, position))
            known = self._met_here[start] = list(zip(*stacks, strict=True))
        return known

    def ahead(self, positions: Sequence[Xyz]) -> None:
        """Prepare ``totals`` at many places; a field that gains nothing from it does nothing of its own."""
        for each in self.others:
            each.field.ahead([each.move.back(place) for place in positions])

    @property
    def prepares(self) -> bool:
        """Return whether ``ahead`` gains anything."""
        return any(each.field.prepares for each in self.others)

    def exact(self, *, surely: bool = False) -> Self:
        """Return the field for doses that are told; this one may be quicker, to compare places.

        ``surely``: behind other layers in barriers too, where an ``approximate`` one is else still quicker.
        """
        others = tuple(each._replace(field=each.field.exact(surely=surely)) for each in self.others)
        if all(one.field is other.field for one, other in zip(others, self.others, strict=True)):
            return self
        exact = self._copy()
        exact.others = others
        return exact

    def closer(self) -> Self:
        """Return the field to compare places close to one another; an ``approximate`` one may be too rough for that."""
        others = tuple(each._replace(field=each.field.closer()) for each in self.others)
        if all(one.field is other.field for one, other in zip(others, self.others, strict=True)):
            return self
        closer = self._copy()
        closer.others = others
        return closer

    def lead_equivalent(self, term: Term, layers: tuple[Layer, ...]) -> tuple[float | None, str]:
        """Return the lead in mm that a barrier is worth in a term's beam, and that beam in words."""
        return beams.lead_equivalent_mm(term.quality, layers), _words(term.quality)

    def replacing(self, layers: Mapping[str, tuple[Layer, ...]]) -> Self:
        """Return the field with other layers in some barriers, all places and lines kept."""
        other = self._copy()
        other.rays = self.rays.replacing(layers)
        indexes = (index for index, each in enumerate(self.scene.barriers) if each.id in layers)
        other._changed = self._changed.union(indexes)
        other._met = self._lines.met.setdefault(other._changed, {})
        return other

    def in_scene(self, scene: Scene) -> Self:
        """Return the field of the same sources among the same barriers with their faces elsewhere."""
        other = self._copy()
        other.scene, other.rays = scene, Rays(scene)
        return other

    def _copy(self) -> Self:
        other = object.__new__(type(self))
        other.__dict__.update(self.__dict__)
        other._known = {}
        other._made, other.kept, other._here = {}, {}, None
        return other


def _unknown_by_source(field: Field) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for each in field.radiations:
        found[each.source] = found.get(each.source, set()) | each.unknown
    return found


def _far(a: Xyz, b: Xyz) -> float:
    """Return the distance in m, bit by bit as the compiled search has it."""
    x, y, z = a[0] - b[0], a[1] - b[1], a[2] - b[2]
    return sqrt(x * x + y * y + z * z)


def _words(quality: beams.Beam) -> str:
    unit = " kV" if quality.key_type != "workload" else ""
    return f"{'CT ' if quality.key_type == 'ct' else ''}{quality.key}{unit} {quality.component}"


class Seen(NamedTuple):
    """The field of another room of the site, and where its frame lies in this room's.

    Of a room by another ``method``, ``doses_at`` that makes its doses; ``counts``: what the search of worst places and
    what barriers need take its air kerma for, never too little in any quantity.
    """

    room: str
    field: Field
    move: Move
    counts: float = 1.0
    method: str = ""
    doses_at: Callable[..., Any] | None = None

    def totals(self, position: Xyz) -> Totals:
        """Return week, hour and beam-on rate at a place of this room's frame, behind the other room's barriers."""
        return self.counted(self.field.totals(self.move.back(position)))

    def counted(self, totals: Totals) -> Totals:
        """Return doses of that room as they count in this one's."""
        return totals if self.counts == 1 else [None if each is None else self.counts * each for each in totals]

    def holds(self, position: Xyz) -> bool:
        """Return whether a place of this room's frame lies in the other room."""
        return holds(self.field.scene, self.move.back(position))


def tables_of(radiations: list[Radiation], terms: list[Term]) -> tuple[str, ...]:
    """Return the tables behind the strengths of all terms."""
    found = [name for each in radiations for name in each.tables]
    found += [table_of(term.preshielding) for term in terms if term.preshielding != "none"]
    found += [RULES for term in terms if term.kind == "primary"]
    return tuple(dict.fromkeys(found))
