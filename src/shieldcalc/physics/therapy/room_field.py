"""The dose field of a treatment room: parts by how a place lies to the gantry, tenth value layers in their way."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from math import dist, log
from typing import Protocol

from shieldcalc import beams
from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Layer, Xyz
from shieldcalc.model.scene import Scene
from shieldcalc.physics.field import Bare, Field, Received
from shieldcalc.physics.terms import Radiation, Term
from shieldcalc.physics.therapy.counted import Behind, Sheet, behind
from shieldcalc.physics.therapy.document import Beam, Document
from shieldcalc.physics.therapy.machine import Choice
from shieldcalc.physics.therapy.rules import own_rule, rule

FAINTEST = 1e-300
NOTHING = Behind(0.0, "", (), ())
NCRP151_RULES = "therapy/ncrp151_rules.csv"


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

    def __init__(self, scene: Scene, document: Document, machines: Mapping[str, Unit]) -> None:
        self.machines = machines
        self._beams = {quality: beam for each in machines.values() for quality, beam in each.beams.items()}
        self.passing = cache(_passing(document, self._beams))
        super().__init__(scene, lambda source: [machines[source.id].radiation])
        by_term = {id(part.term): part for part in self._parts}
        self._chosen = {
            name: {choice: [by_term[id(term)] for term in terms] for choice, terms in each.choices.items()}
            for name, each in machines.items()
        }

    def _bare(self, position: Xyz) -> list[Bare]:
        found: list[Bare] = []
        for name, machine in self.machines.items():
            lines: dict[Xyz, tuple[float, int]] = {}
            for choice, start in machine.reaching(position):
                if start not in lines:
                    lines[start] = self._line(start, position)
                d, code = lines[start]
                found += [(part, 1.0 / (d * d), [code + part.quality]) for part in self._chosen[name][choice]]
        return found

    def _line(self, start: Xyz, position: Xyz) -> tuple[float, int]:
        key = self.rays.key(start, position)
        code = self._lines.numbers.get(key)
        return dist(start, position), self._lines.first_code(key) if code is None else code

    def transmission_of(self, term: Term, stack: tuple[Layer, ...]) -> float:
        """Return the transmission of one stack by tenth value layers."""
        B: float = 10 ** -self.passing(term.quality, stack).tenths
        return B

    def passed(self, term: Term, stack: tuple[Layer, ...]) -> beams.Transmission:
        """Return the transmission of one stack, with what has to be said of it."""
        B, found = self.transmission_of(term, stack), self.passing(term.quality, stack)
        return beams.Transmission(log(max(B, FAINTEST)), B, found.method, found.tables, found.notices, {})

    def received(self, term: Term, position: Xyz) -> Received:
        """Return how a place sees a term, the target turned to it."""
        return super().received(replace(term, starts=(self.machines[term.source].start(term, position),)), position)

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


def _passing(document: Document, known: Mapping[Quality, Beam]) -> Callable[[Quality, tuple[Layer, ...]], Behind]:
    """Return what gives the tenth value layers of a stack in a beam."""

    def passing(quality: Quality, stack: tuple[Layer, ...]) -> Behind:
        if not stack:
            return NOTHING
        return behind(document, known[quality], [_sheet(quality, each) for each in stack])

    return passing


def _sheet(quality: Quality, layer: Layer) -> Sheet:
    """Return a layer as the tables know it; refuses lead equivalents and the file's own materials."""
    if layer.lead_equivalent_mm is not None:
        raise OutsideDataError("therapy_marked", material=layer.material, energy=quality.key)
    if layer.composition:
        raise OutsideDataError("therapy_own_material", material=layer.material, energy=quality.key)
    return Sheet(layer.material, layer.thickness_mm, layer.density_g_per_cm3)
