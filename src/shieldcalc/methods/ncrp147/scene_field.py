"""The dose field of a scene: quick totals at any place for the search, transmissions computed once a stack."""

from collections.abc import Sequence
from functools import cache
from math import cos, dist, pi, sin, sqrt

from shieldcalc import beams
from shieldcalc.beams import Layer as Sheet
from shieldcalc.errors import OutsideDataError
from shieldcalc.methods.ncrp147.scene_ct import by_scans
from shieldcalc.methods.ncrp147.scene_technique import at_maximum, by_protocols
from shieldcalc.methods.ncrp147.scene_terms import QUANTITIES, Radiation, Term, field_slope
from shieldcalc.methods.ncrp147.scene_workload import by_patients
from shieldcalc.methods.ncrp147.values import PRESHIELDING
from shieldcalc.model.design import Beam, Layer, Source, Xyz
from shieldcalc.model.paths import Key, Rays
from shieldcalc.model.scene import Barrier, Scene
from shieldcalc.model.surfaces import Surface, surface_of
from shieldcalc.tables import table

RULES = "xray/scene_rules.csv"
CT, LEAD = "ct", "lead"
KINDS = (
    *("radiography", "chest", "fluoroscopy", "radiography_fluoroscopy", "angiography", "cardiac_angiography"),
    *("interventional", "c_arm", "mammography", "ct", "skull_xray", "mobile_xray"),
)
AZIMUTHS = 48
WITHIN = 0.999


def rule(name: str) -> float:
    """Return one value of data/xray/scene_rules.csv."""
    return float(next(table(RULES).where(name=name))["value"])


def radiation_of(source: Source) -> list[Radiation]:
    """Return what one source gives out. Raises OutsideDataError for a kind of equipment that the report lacks."""
    if source.kind not in KINDS:
        raise OutsideDataError("kind_without_method", source=source.id, kind=source.kind, allowed=", ".join(KINDS))
    if source.kind == CT:
        return [by_scans(source)]
    margin = rule("beam_margin_m")
    weekly = by_protocols if source.protocols else by_patients
    return [weekly(source, margin), at_maximum(source, margin)]


class Field:
    """All terms of a scene, and their sum at any place."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.rays = Rays(scene)
        self.radiations = [each for source in scene.sources for each in radiation_of(source)]
        self.terms = [term for each in self.radiations for term in each.terms]
        self.starts = list(dict.fromkeys(start for term in self.terms for start in term.starts))
        self.unknown = set[str]().union(*(each.unknown for each in self.radiations))
        self.together = scene.simultaneous_operation is not False
        place = {start: index for index, start in enumerate(self.starts)}
        qualities = list(dict.fromkeys((term.quality, term.preshielding) for term in self.terms))
        self._plan = [
            (
                term,
                [place[start] for start in term.starts],
                qualities.index((term.quality, term.preshielding)),
                *(term.amounts.get(quantity, 0.0) for quantity in QUANTITIES),
            )
            for term in self.terms
        ]
        self._known: dict[tuple[int, Key], float] = {}

    def unknown_of(self, source: str) -> set[str]:
        """Return the quantities that cannot be said of one source."""
        return set[str]().union(*(each.unknown for each in self.radiations if each.source == source))

    def totals(self, position: Xyz) -> Sequence[float | None]:
        """Return week (mGy), busiest hour (uGy) and beam-on rate (uGy/h) at a place; None where unknown."""
        lines = [(dist(start, position), self.rays.key(start, position)) for start in self.starts]
        return self.sums(position, lines)

    def sums(self, position: Xyz, lines: list[tuple[float, Key]]) -> Sequence[float | None]:
        """Return the totals at a place whose lines to all starts are known."""
        week = hour = 0.0
        rates: dict[str, dict[str, float]] = {}
        known = self._known
        for term, starts, quality, weekly, hourly, beam_on in self._plan:
            gain = term.gain(position)
            if not gain:
                continue
            d, key = lines[starts[0]]
            B = known.get((quality, key))
            if B is None:
                B = known[(quality, key)] = self.transmission(term, key)
            for other in starts[1:]:
                nearer, key = lines[other]
                d = min(d, nearer)
                other_B = known.get((quality, key))
                if other_B is None:
                    other_B = known[(quality, key)] = self.transmission(term, key)
                B = max(B, other_B)
            part = gain * B / (d * d)
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

    def replacing(self, barrier: str, layers: tuple[Layer, ...]) -> "Field":
        """Return the field with other layers in one barrier, all places and lines kept."""
        other = object.__new__(Field)
        other.__dict__.update(self.__dict__)
        other.rays = self.rays.replacing(barrier, layers)
        other._known = {}
        return other


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
    rows = table(PRESHIELDING).where(kind=kind)
    return {row["material"]: Sheet(row["material"], float(row["thickness_mm"])) for row in rows}


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
    found += [PRESHIELDING for term in terms if term.preshielding != "none"]
    found += [RULES for term in terms if term.kind == "primary"]
    return tuple(dict.fromkeys(found))


def beam_places(scene: Scene, barrier: Barrier) -> list[Xyz]:
    """Return where the axis and the rim of every primary beam meet the surface behind a barrier."""
    surface = surface_of(scene, barrier)
    found = []
    for source in scene.sources:
        for beam in source.beams:
            if not beam.stopped_by_receptor:
                found += _meets(surface, beam)
    return found


def _meets(surface: Surface, beam: Beam) -> list[Xyz]:
    """Return the places on a surface of the central ray and of rays just within the rim of the widened field."""
    size = dist(beam.focus, beam.target) or 1.0
    axis = tuple((t - f) / size for f, t in zip(beam.focus, beam.target, strict=True))
    slope, margin = field_slope(beam), rule("beam_margin_m")
    behind = margin / slope
    apex = tuple(f - behind * a for f, a in zip(beam.focus, axis, strict=True))
    across = (0.0, 0.0, 1.0) if abs(axis[2]) < WITHIN else (1.0, 0.0, 0.0)
    one = _unit_cross(axis, across)
    two = _unit_cross(axis, one)
    found = [_hit(surface, beam.focus, axis)]
    for step in range(AZIMUTHS):
        c, s = cos(2 * pi * step / AZIMUTHS) * slope * WITHIN, sin(2 * pi * step / AZIMUTHS) * slope * WITHIN
        ray = tuple(a + c * u + s * v for a, u, v in zip(axis, one, two, strict=True))
        found.append(_hit(surface, (apex[0], apex[1], apex[2]), ray))
    return [place for place in found if place is not None]


def _hit(surface: Surface, start: Xyz, ray: Sequence[float]) -> Xyz | None:
    towards = sum(r * n for r, n in zip(ray, surface.normal, strict=True))
    away = surface.height_over(start)
    if towards <= 1e-9 or away >= 0:
        return None
    t = -away / towards
    return start[0] + t * ray[0], start[1] + t * ray[1], start[2] + t * ray[2]


def _unit_cross(a: Sequence[float], b: Sequence[float]) -> Xyz:
    x, y, z = a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    size = sqrt(x * x + y * y + z * z) or 1.0
    return x / size, y / size, z / size
