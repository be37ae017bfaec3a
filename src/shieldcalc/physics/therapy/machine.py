"""What an accelerator gives out in a room: primary beam, leakage and scatter of every energy as terms.

Leakage and scatter start at the isocentre, the primary beam at the target. Scatter has no use factor as printed: the
whole workload counts with the beam turned as near to the place as the gantry turns. Its angle is taken down to whole
steps, so that no place counts with less scatter or thinner layers than its own.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from math import floor

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.accelerator import BeamEnergy
from shieldcalc.model.design import Source, Xyz
from shieldcalc.model.gantry import apart_deg
from shieldcalc.model.scene import Scene
from shieldcalc.model.trace import Equation, Step, evaluate
from shieldcalc.physics.rules import RULES as OF_ROOMS
from shieldcalc.physics.rules import rule as of_rooms
from shieldcalc.physics.terms import Formula, Radiation, Term
from shieldcalc.physics.therapy import room_equations as equations
from shieldcalc.physics.therapy.document import AT_DEPTH, LEAKAGE, PRIMARY, SCATTER, Beam, Document, cited
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.rotation import Rotation, Sight
from shieldcalc.physics.therapy.rules import OWN, own_rule
from shieldcalc.physics.therapy.sky import SKY, UP_DEG, Sky
from shieldcalc.physics.therapy.stated_places import Places
from shieldcalc.physics.therapy.stray import LAMINATE, OF_LAMINATE, OF_MAZE
from shieldcalc.physics.therapy.stray_terms import Made, Stray
from shieldcalc.physics.therapy.unit import Choice, leakage_stated

MILLI, MICRO, CM = 1e3, 1e6, 100.0
RIGHT_ANGLE = 90
Inputs = dict[str, tuple[float, str]]
UNITS = {
    "week": ("mGy/Gy", "Gy/week", "mGy/week"),
    "hour": ("uGy/Gy", "Gy", "uGy"),
    "beam_on": ("uGy/Gy", "Gy/h", "uGy/h"),
}
OVERLAP, AT_REST = "overlap", "at_rest"
LAMINATE_UNITS = {"week": 1e-3, "hour": 1.0, "beam_on": 1.0}


class Machine:
    """One accelerator in a room: its geometry, its terms by what they belong to, the beams behind their qualities."""

    def __init__(self, source: Source, document: Document, scene: Scene) -> None:
        assert source.accelerator is not None
        self.source, self.accelerator, self.document = source, source.accelerator, document
        self.rotation = Rotation(source, self.accelerator.source_distance_m, of_rooms("beam_margin_m"))
        self.unverified = ""
        self.stated = Places.of(scene, source.id)
        self.beams: dict[Quality, Beam] = {}
        self.step_deg = own_rule("scatter_step")
        self.least_deg = own_rule("least_angle")
        self._least_step = round(self.least_deg / self.step_deg)
        self.choices: dict[Choice, list[Term]] = {}
        self.radiation = Radiation(source=source.id, notices=list(self._said()), tables=[document.rules, OWN, OF_ROOMS])
        self.stray = Stray(source, document, scene)
        self.strays: list[Term] = []
        self.rests = self.accelerator.leakage_off_mGy_per_h is not None
        self.sky = Sky(document, scene, self.rotation.isocentre, self.rotation.distance_m, self.accelerator.field_m)
        self.skies: list[Term] = []
        for energy in self.accelerator.energies:
            self._add(energy)
        if self.accelerator.leakage_off_mGy_per_h is not None:
            self._at_rest(self.accelerator.leakage_off_mGy_per_h)
        self._tell(tuple(self.stray.notices), tuple(self.stray.tables))
        if any(each.in_busiest_hour_Gy is None for each in self.accelerator.energies):
            self.radiation.unknown.add("hour")
            told = {"source": source.id, "key": "energy.in_busiest_hour"}
            self.radiation.notices.append(Notice("warnings.hour_undetermined", told))
        self.radiation.terms = [*(term for terms in self.choices.values() for term in terms), *self.strays, *self.skies]

    def met(self, sight: Sight) -> list[Choice]:
        """Return what reaches a place."""
        found: list[Choice] = [(LEAKAGE, 0)]
        if self.rests:
            found.append((AT_REST, 0))
        found.append((SCATTER, self.scatter_step(sight.aside_deg)))
        if sight.in_belt:
            found.append((PRIMARY, sight.nearest))
            found += [(OVERLAP, index) for index in sight.overlapping]
        return found

    def scatter_step(self, aside_deg: float) -> int:
        """Return the angle of scatter in steps, taken down, never below the first one of the tables."""
        return max(floor(aside_deg / self.step_deg), self._least_step)

    def start(self, term: Term, position: Xyz) -> Xyz:
        """Return where a term starts towards a place: the target turned to it, or the isocentre."""
        if term.kind in (PRIMARY, *OF_LAMINATE):
            return self.rotation.sight(position).target
        if term.kind == SKY:
            return term.starts[0]
        if term.beam == AT_REST:
            return self.parked(position)
        return self.stray.start(term.kind, position)

    def reaching(self, position: Xyz) -> list[tuple[Choice, Xyz]]:
        """Return what reaches a place, each with where it starts."""
        sight = self._sight(position)
        return [(choice, self._begins(choice[0], sight, position)) for choice in self.met(sight)]

    def _begins(self, kind: str, sight: Sight, position: Xyz) -> Xyz:
        """Return where what reaches a place starts."""
        if kind == AT_REST:
            return self.parked(position)
        return sight.target if kind in (PRIMARY, OVERLAP) else self.rotation.isocentre

    def _sight(self, position: Xyz) -> Sight:
        return self.stated.sight(position, self.rotation.sight(position))

    def parked(self, position: Xyz) -> Xyz:
        """Return the place of the head nearest to a place, wherever it is parked: opposite to where it aims there."""
        aimed = self.rotation.sight(position).target
        x, y, z = (2 * middle - there for middle, there in zip(self.rotation.isocentre, aimed, strict=True))
        return x, y, z

    def at_1m(self, quantity: str, *, inside: bool) -> float:  # noqa: ARG002
        """Refuse: what turns in a treatment room is on no open site."""
        raise OutsideDataError("therapy_kind", source=self.source.id, kind=self.source.kind, allowed="-")

    @property
    def middles(self) -> tuple[Xyz, ...]:
        """Return where patients or objects are."""
        return (self.rotation.isocentre,)

    def _add(self, each: BeamEnergy) -> None:
        energy = Energy(MV=each.MV, fff=each.fff)
        self._put((LEAKAGE, 0), self._leakage(each, energy))
        for index in range(len(self.accelerator.gantry)):
            self._put((PRIMARY, index), self._primary(each, energy, index, ("week", "hour", "beam_on")))
            if self.document.laminates and energy.makes_neutrons:
                for kind in OF_LAMINATE:
                    self._put((PRIMARY, index), self._laminate(each, energy, index, kind))
            if len(self.accelerator.gantry) > 1:
                self._put((OVERLAP, index), self._primary(each, energy, index, ("week", "hour")))
        for step in range(self._least_step, round(RIGHT_ANGLE / self.step_deg) + 1):
            self._put((SCATTER, step), self._scatter(each, energy, step * self.step_deg))
        self.strays += [self._stray(each, energy, made) for made in self.stray.made(each)]
        self.skies += self._skyshine(each, energy)

    def _skyshine(self, each: BeamEnergy, energy: Energy) -> Iterator[Term]:
        """Yield skyshine: of the beam that points up by the nearest declared gantry angle, of leakage, of scatter."""
        up = min(self.accelerator.gantry, key=lambda gantry: apart_deg(gantry.angle_deg, UP_DEG))
        doses = {**_doses(each), "beam_on": each.dose_rate_Gy_per_h}
        shares = {name: each.use_factor(up, hour=name == "hour") if name != "beam_on" else 1.0 for name in doses}
        yield self._of_sky(each, Beam(energy, PRIMARY), doses, shares)
        f_L = self.accelerator.leakage_fraction
        f_L = self.document.rule("leakage_fraction") if f_L is None else f_L
        units = {name: 1.0 if name == "beam_on" else each.units(hour=name == "hour") for name in doses}
        yield self._of_sky(each, Beam(energy, LEAKAGE), doses, {name: f_L * units[name] for name in doses})
        beam = Beam(energy, SCATTER, own_rule("skyshine_angle"))
        field = (CM * self.accelerator.field_m) ** 2 / self.document.rule("reference_field")
        share = self.document.fraction(beam, AT_DEPTH).a * field / self.rotation.distance_m**2
        yield self._of_sky(each, beam, doses, dict.fromkeys(doses, share))

    def _of_sky(self, each: BeamEnergy, beam: Beam, doses: Mapping[str, float], shares: Mapping[str, float]) -> Term:
        amounts, formulas = self.sky.made({n: (W, shares[n]) for n, W in doses.items()}, beam=beam.component == PRIMARY)
        angle = "" if beam.angle_deg is None else f"@{beam.angle_deg:g}"
        quality = Quality(self.document.name, "mv", each.words, f"{beam.component}{angle}")
        self.beams[quality] = beam
        return Term(
            kind=SKY,
            source=self.source.id,
            beam=each.words,
            starts=(self.sky.target if beam.component == PRIMARY else self.sky.isocentre,),
            quality=quality,
            amounts=amounts,
            formulas=formulas,
            gain=self.sky.gain,
        )

    def _stray(self, each: BeamEnergy, energy: Energy, made: Made) -> Term:
        quality = Quality(self.document.name, "mv", f"{each.words}", made.kind)
        self.beams[quality] = Beam(energy, made.kind)
        ends = () if self.stray.corridor is None else (self.stray.start(made.kind, self._door()),)
        return Term(
            kind=made.kind,
            source=self.source.id,
            beam=each.words,
            starts=ends if made.kind in OF_MAZE else (self.rotation.isocentre,),
            quality=quality,
            amounts=made.amounts,
            formulas=made.formulas,
            gain=made.gain,
        )

    def _door(self) -> Xyz:
        """Return the outer end of the maze's centre line."""
        assert self.stray.lay is not None
        x, y = self.stray.lay.line.corners[-1]
        return x, y, self.rotation.isocentre[2]

    def _put(self, choice: Choice, term: Term) -> None:
        self.choices.setdefault(choice, []).append(term)

    def _term(
        self,
        each: BeamEnergy,
        beam: Beam,
        starts: tuple[Xyz, ...],
        choice: Choice,
        made: dict[str, tuple[Equation, Inputs]],
    ) -> Term:
        """Return a term from the equation of each quantity and its inputs but distance and transmission."""
        angle = "" if beam.angle_deg is None else f"@{beam.angle_deg:g}"
        quality = Quality(self.document.name, "mv", f"{each.words}", f"{beam.component}{angle}")
        self.beams[quality] = beam
        return Term(
            kind=beam.component,
            source=self.source.id,
            beam=each.words,
            starts=starts,
            quality=quality,
            amounts={name: _value(formula, inputs, 1.0, 1.0).value for name, (formula, inputs) in made.items()},
            formulas={
                name: _formula(name, formula, inputs, self.document.short) for name, (formula, inputs) in made.items()
            },
            gain=self._gain(choice),
        )

    def _gain(self, choice: Choice) -> Callable[[Xyz], float]:
        sight, met = self._sight, self.met
        return lambda position: 1.0 if choice in met(sight(position)) else 0.0

    def _leakage(self, each: BeamEnergy, energy: Energy) -> Term:
        fraction = self.accelerator.leakage_fraction
        f_L: Inputs = {"f_L": (self.document.rule("leakage_fraction") if fraction is None else fraction, "")}
        made = {
            name: (
                equations.leakage,
                {**_factor(name), **f_L, "C_I": (each.units(hour=name == "hour"), ""), "W": (W, UNITS[name][1])},
            )
            for name, W in _doses(each).items()
        }
        made["beam_on"] = (equations.leakage_rate, {**_factor("beam_on"), **f_L, **_rate(each)})
        return self._term(each, Beam(energy, LEAKAGE), (self.rotation.isocentre,), (LEAKAGE, 0), made)

    def _primary(self, each: BeamEnergy, energy: Energy, index: int, quantities: tuple[str, ...]) -> Term:
        gantry = self.accelerator.gantry[index]
        made = {
            name: (
                equations.primary,
                {
                    **_factor(name),
                    "W": (W, UNITS[name][1]),
                    "U": (each.use_factor(gantry, hour=name == "hour"), ""),
                },
            )
            for name, W in _doses(each).items()
        }
        made["beam_on"] = (equations.primary_rate, {**_factor("beam_on"), **_rate(each)})
        kept = {name: made[name] for name in quantities if name in made}
        choice = (PRIMARY if "beam_on" in kept else OVERLAP, index)
        return self._term(each, Beam(energy, PRIMARY), (self.rotation.foci[index],), choice, kept)

    def _laminate(self, each: BeamEnergy, energy: Energy, index: int, kind: str) -> Term:
        """Return neutrons, or their capture gammas, that the primary beam makes in the metal of a wall."""
        gantry = self.accelerator.gantry[index]
        own: Inputs = {"m": (self.document.rule("laminate_photons"), "")}
        equation = equations.laminate_captures
        if kind == LAMINATE:
            own = {"c_D": (CM, "cGy/Gy"), "F_max": (self.accelerator.field_m**2, "m2")}
            equation = equations.laminate_neutrons
        doses = {**_doses(each), "beam_on": each.dose_rate_Gy_per_h}
        shares = {name: each.use_factor(gantry, hour=name == "hour") if name != "beam_on" else 1.0 for name in doses}
        made: dict[str, tuple[Equation, Inputs]] = {}
        for name, W in doses.items():
            c: Inputs = _factor(name)
            if kind == LAMINATE:
                c = {"c": (LAMINATE_UNITS[name], "mSv/uSv" if name == "week" else "")}
            made[name] = equation, {**c, **own, "W": (W, UNITS[name][1]), "U": (shares[name], "")}
        return self._term(each, Beam(energy, kind), (self.rotation.foci[index],), (PRIMARY, index), made)

    def _scatter(self, each: BeamEnergy, energy: Energy, angle: float) -> Term:
        beam = Beam(energy, SCATTER, angle)
        fraction = self.document.fraction(beam, AT_DEPTH)
        self._tell(fraction.notices, fraction.tables)
        field = (CM * self.accelerator.field_m) ** 2
        shape: Inputs = {
            "a": (fraction.a, ""), "F": (field, "cm2"), "F_0": (self.document.rule("reference_field"), "cm2"),
            "d_sca": (self.rotation.distance_m, "m"),
        }  # fmt: skip
        made = {
            name: (equations.scatter, {**_factor(name), **shape, "W": (W, UNITS[name][1])})
            for name, W in _doses(each).items()
        }
        made["beam_on"] = (equations.scatter_rate, {**_factor("beam_on"), **shape, **_rate(each)})
        return self._term(each, beam, (self.rotation.isocentre,), (SCATTER, round(angle / self.step_deg)), made)

    def _at_rest(self, L: float) -> None:
        """Add the leakage of a cobalt unit whose source is at rest, in all hours of the week."""
        hours = {"week": own_rule("hours_of_a_week"), "hour": 1.0}
        c: Mapping[str, float] = {"week": 1.0, "hour": MILLI, "beam_on": MILLI}
        made: dict[str, tuple[Equation, Inputs]] = {
            name: (equations.at_rest, {"c": (c[name], ""), "L": (L, "mGy/h"), "t": (t, "h/week" if t > 1 else "h")})
            for name, t in hours.items()
        }
        made["beam_on"] = (equations.at_rest_rate, {"c": (c["beam_on"], "uGy/mGy"), "L": (L, "mGy/h")})
        choice = (AT_REST, 0)
        each = self.accelerator.energies[0]
        term = self._term(each, Beam(Energy(), LEAKAGE), (self.rotation.isocentre,), choice, made)
        self._put(choice, replace(term, beam=AT_REST))
        of_maze = self.stray.at_rest({name: L / MILLI * t for name, t in {**hours, "beam_on": 1.0}.items()})
        self.strays += [self._stray(each, Energy(), made) for made in of_maze]

    def _tell(self, notices: tuple[Notice, ...], tables: tuple[str, ...]) -> None:
        self.radiation.notices += [each for each in notices if each not in self.radiation.notices]
        self.radiation.tables += [name for name in tables if name not in self.radiation.tables]

    def _said(self) -> Iterator[Notice]:
        name = self.source.id
        yield Notice("assumptions.linac_room", {"source": name, "margin": f"{self.rotation.margin_m:g}"})
        if self.accelerator.leakage_off_mGy_per_h is not None:
            told = {"source": name, "distance": f"{self.rotation.distance_m:g}"}
            yield Notice("assumptions.cobalt_room", {**told, "hours": f"{own_rule('hours_of_a_week'):g}"})
        if self.accelerator.field_assumed:
            yield Notice("assumptions.linac_field", {"source": name, "field": f"{CM * self.accelerator.field_m:g}"})
        stated, of_document = self.accelerator.leakage_fraction, self.document.rule("leakage_fraction")
        if stated is None:
            yield Notice("assumptions.linac_leakage", {"source": name, "share": f"{of_document:g}"})
        else:
            yield from leakage_stated(name, stated, of_document)
        for each in self.accelerator.energies:
            if each.tbi is not None:
                told = {"dose": f"{each.tbi.dose_Gy:g}", "distance": f"{each.tbi.distance_m:g}"}
                told |= {"W": f"{each.tbi.at_1m_Gy:.4g}", "angle": f"{each.tbi.gantry_deg:g}"}
                yield Notice("assumptions.linac_tbi", {"source": name, "energy": each.words, **told})
            if each.quality_assurance_Gy:
                told = {"dose": f"{each.quality_assurance_Gy:.4g}", "factor": f"{each.imrt_factor:g}"}
                yield Notice("assumptions.linac_quality_assurance", {"source": name, "energy": each.words, **told})
            if each.fff:
                yield Notice("assumptions.therapy_fff", {"energy": each.words})
            if Energy(MV=each.MV).makes_neutrons:
                yield Notice("assumptions.linac_neutrons", {"energy": each.words})


def _doses(each: BeamEnergy) -> Mapping[str, float]:
    found = {"week": each.per_week_Gy}
    return found if each.in_busiest_hour_Gy is None else {**found, "hour": each.in_busiest_hour_Gy}


def _rate(each: BeamEnergy) -> Inputs:
    return {"DR_0": (each.dose_rate_Gy_per_h, "Gy/h")}


def _factor(name: str) -> Inputs:
    return {"c": (MILLI if name == "week" else MICRO, UNITS[name][0])}


def _value(formula: Equation, inputs: Inputs, d: float, B: float) -> Step:
    distance = {} if "F_max" in inputs else {"d_sec" if "d_sca" in inputs else "d": (d, "m")}
    return evaluate(formula, {**inputs, "B": (B, ""), **distance})


def _formula(name: str, formula: Equation, inputs: Inputs, short: str) -> Formula:
    def steps(d: float, gain: float, B: float) -> tuple[Step, ...]:  # noqa: ARG001
        return (cited(_value(formula, inputs, d, B)._replace(unit=UNITS[name][2], label=name), short),)

    return steps
