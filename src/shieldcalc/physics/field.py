"""The dose field of a scene: quick totals at any place for the search, transmissions computed once a stack."""

from collections.abc import Callable, Mapping
from functools import cache
from math import dist
from typing import NamedTuple

from shieldcalc import beams
from shieldcalc.beams import Layer as Sheet
from shieldcalc.model.design import Layer, Source, Xyz
from shieldcalc.model.move import Move
from shieldcalc.model.neighbours import holds
from shieldcalc.model.paths import Key, Rays
from shieldcalc.model.scene import Scene
from shieldcalc.physics.rooms import Totals, with_rooms
from shieldcalc.physics.rules import RULES
from shieldcalc.physics.terms import QUANTITIES, Radiation, Term
from shieldcalc.physics.values import BIR_PRESHIELDING, PRESHIELDING
from shieldcalc.tables import table

LEAD = "lead"
Strengths = Callable[[Source], list[Radiation]]


class _Part(NamedTuple):
    """A term with the indexes of its starts and beam quality, and its amounts in the order of QUANTITIES."""

    term: Term
    starts: tuple[int, ...]
    quality: int
    week: float
    hour: float
    beam_on: float


Line = tuple[float, Key]
Bare = tuple[_Part, float, list[Line]]


class Place(NamedTuple):
    """What a place gets: of this room's parts without any barrier, of other rooms (by name) behind their own."""

    parts: list[Bare]
    others: tuple[tuple[str, Totals], ...]


class Field:
    """All terms of a scene, and their sum at any place. ``radiation_of`` gives the terms of one source.

    ``others`` are the fields of the site's other rooms; what they give is added at every place outside them.
    """

    def __init__(self, scene: Scene, radiation_of: Strengths, others: tuple["Seen", ...] = ()) -> None:
        self.scene = scene
        self.others = others
        self.rays = Rays(scene)
        self.radiations = [each for source in scene.sources for each in radiation_of(source)]
        self.terms = [term for each in self.radiations for term in each.terms]
        self.starts = list(dict.fromkeys(start for term in self.terms for start in term.starts))
        self.unknown = set[str]().union(*(each.unknown for each in self.radiations))
        self.together = scene.simultaneous_operation is not False
        place = {start: index for index, start in enumerate(self.starts)}
        qualities = list(dict.fromkeys((term.quality, term.preshielding) for term in self.terms))
        self._parts = [
            _Part(
                term,
                tuple(place[start] for start in term.starts),
                qualities.index((term.quality, term.preshielding)),
                *(term.amounts.get(quantity, 0.0) for quantity in QUANTITIES),
            )
            for term in self.terms
        ]
        self._known: dict[tuple[int, Key], float] = {}

    def unknown_of(self, source: str) -> set[str]:
        """Return the quantities that cannot be said of one source."""
        return set[str]().union(*(each.unknown for each in self.radiations if each.source == source))

    def totals(self, position: Xyz) -> Totals:
        """Return week (mGy), busiest hour (uGy) and beam-on rate (uGy/h) at a place; None where unknown."""
        return self.through(self.bare(position))

    def bare(self, position: Xyz, *, given: bool = False) -> Place:
        """Return what every part gives at a place without any barrier, with the lines that it may come along.

        ``given``: the place was given by somebody; see ``seen``.
        """
        others = tuple((each.room, each.totals(position)) for each in self.seen(position, given=given))
        return Place(self._bare(position), others)

    def seen(self, position: Xyz, *, given: bool) -> list["Seen"]:
        """Return the other rooms that give dose at a place: those that it lies in only if it was given by somebody.

        Behind a barrier of this room may lie another room; who is in there while its own sources radiate is judged by
        the points of that room.
        """
        return [each for each in self.others if given or not each.holds(position)]

    def _bare(self, position: Xyz) -> list[Bare]:
        lines = [(dist(start, position), self.rays.key(start, position)) for start in self.starts]
        found: list[Bare] = []
        for part in self._parts:
            gain = part.term.gain(position)
            if gain:
                along = [lines[start] for start in part.starts]
                nearest = min([d for d, _ in along])
                found.append((part, gain / (nearest * nearest), along))
        return found

    def through(self, place: Place) -> Totals:
        """Return the totals of a place behind the barriers: each part by its weakest line, other rooms added."""
        return with_rooms(self.scene, self._through(place.parts), place.others)

    def _through(self, parts: list[Bare]) -> Totals:
        week = hour = 0.0
        rates: dict[str, dict[str, float]] = {}
        known = self._known
        for (term, _, quality, weekly, hourly, beam_on), gain, along in parts:
            weakest = 0.0
            for _, key in along:
                B = known.get((quality, key))
                if B is None:
                    B = known[(quality, key)] = self.transmission(term, key)
                if weakest < B:
                    weakest = B
            part = gain * weakest
            week += weekly * part
            hour += hourly * part
            if beam_on:
                rate = rates.setdefault(term.source, {})
                rate[term.beam] = rate.get(term.beam, 0.0) + beam_on * part
        highest = [max(by_beam.values()) for by_beam in rates.values()]
        beam_on_total = (sum if self.together else max)(highest) if highest else 0.0
        return (
            week,
            None if "hour" in self.unknown else hour,
            None if "beam_on" in self.unknown else beam_on_total,
        )

    def transmission(self, term: Term, key: Key) -> float:
        """Return the transmission of the weakest stack of one line."""
        return max(self.transmission_of(term, stack) for stack in self.rays.stacks(key)[0])

    def transmission_of(self, term: Term, stack: tuple[Layer, ...]) -> float:
        """Return the transmission of one stack in one term's beam."""
        return passed(term, stack).transmission

    def replacing(self, layers: Mapping[str, tuple[Layer, ...]]) -> "Field":
        """Return the field with other layers in some barriers, all places and lines kept."""
        other = object.__new__(Field)
        other.__dict__.update(self.__dict__)
        other.rays = self.rays.replacing(layers)
        other._known = {}
        return other

    def in_scene(self, scene: Scene) -> "Field":
        """Return the field of the same sources among other barriers."""
        other = object.__new__(Field)
        other.__dict__.update(self.__dict__)
        other.scene, other.rays, other._known = scene, Rays(scene), {}
        return other


class Seen(NamedTuple):
    """The field of another room of the site, and where its frame lies in this room's."""

    room: str
    field: Field
    move: Move

    def totals(self, position: Xyz) -> Totals:
        """Return week, hour and beam-on rate at a place of this room's frame, behind the other room's barriers."""
        return self.field.totals(self.move.back(position))

    def holds(self, position: Xyz) -> bool:
        """Return whether a place of this room's frame lies in the other room."""
        return holds(self.field.scene, self.move.back(position))


def others_of(scene: Scene, field_of: Callable[[Scene], Field]) -> tuple[Seen, ...]:
    """Return the fields of the other rooms of a scene's site, each by the same method."""
    return tuple(Seen(each.room, field_of(each.scene), each.move) for each in scene.others)


def passed(term: Term, stack: tuple[Layer, ...]) -> beams.Transmission:
    """Return the transmission of a stack in a term's beam, with what stands in the primary beam (Table 4.6).

    That counts in a material of the barrier which the table has (of several, the one that lets least through), as lead
    where the barrier has another material: so another layer never raises the dose. With no barrier the most holds.
    """
    found = [Sheet(each.material, each.thickness_mm, each.density_g_per_cm3, each.form) for each in stack]
    if term.preshielding == "none":
        return beams.log_transmission(term.quality, found)
    in_front = _in_front(term.preshielding, {each.material for each in stack})
    choices = [beams.log_transmission(term.quality, (sheet, *found)) for sheet in in_front]
    return (min if stack else max)(choices, key=lambda choice: choice.log_transmission)


@cache
def _preshielding(kind: str) -> dict[str, Sheet]:
    rows = table(_table_of(kind)).where(kind=kind)
    return {row["material"]: Sheet(row["material"], float(row["thickness_mm"])) for row in rows}


def _table_of(kind: str) -> str:
    """Return the table that has a kind of preshielding: those of BIR are named ``bir_...``."""
    return BIR_PRESHIELDING if kind.startswith("bir_") else PRESHIELDING


def _in_front(kind: str, materials: set[str]) -> list[Sheet]:
    """Return the readings of Table 4.6 that a barrier of some materials allows."""
    known = _preshielding(kind)
    if not materials:
        return list(known.values())
    own = [sheet for material, sheet in known.items() if material in materials]
    return own if materials <= known.keys() or LEAD in materials else [*own, known[LEAD]]


def tables_of(radiations: list[Radiation], terms: list[Term]) -> tuple[str, ...]:
    """Return the tables behind the strengths of all terms."""
    found = [name for each in radiations for name in each.tables]
    found += [_table_of(term.preshielding) for term in terms if term.preshielding != "none"]
    found += [RULES for term in terms if term.kind == "primary"]
    return tuple(dict.fromkeys(found))
