"""A tube or an accelerator that is aimed: primary beam, leakage and scatter of every declared direction as terms.

Primary beam and leakage start at the focus, scatter at the patient or object. The primary beam reaches what lies in its
field and a margin around it. Scatter counts with the largest fraction of its step of angle and of both its ends, and
with the layers of the least angle of the step: no place counts with less than its own.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from math import dist, floor
from typing import NamedTuple

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice
from shieldcalc.model.design import Beam as Direction
from shieldcalc.model.design import Source, Xyz
from shieldcalc.model.trace import Equation, Step, evaluate
from shieldcalc.physics.rules import RULES as OF_ROOMS
from shieldcalc.physics.rules import rule as of_rooms
from shieldcalc.physics.terms import Formula, Radiation, Term, inside_field, scatter_angle
from shieldcalc.physics.therapy import aimed_equations as equations
from shieldcalc.physics.therapy.document import LEAKAGE, PRIMARY, SCATTER, Beam, Document, Fraction, cited
from shieldcalc.physics.therapy.energy import Energy
from shieldcalc.physics.therapy.machine import MICRO, MILLI, Inputs
from shieldcalc.physics.therapy.rules import OWN, own_rule
from shieldcalc.physics.therapy.unit import Choice

HALF_TURN, MGY_TO_UGY = 180.0, 1000.0
UNITS = {
    "week": ("mGy/Gy", "Gy/week", "mGy/week"),
    "hour": ("uGy/Gy", "Gy", "uGy"),
    "beam_on": ("uGy/Gy", "Gy/h", "uGy/h"),
}
Leak = Callable[[str], tuple[Equation, Inputs]]
FractionAt = Callable[[Energy, float], Fraction]


class Dose(NamedTuple):
    """A dose at 1 m in Gy, or a rate in Gy/h, with the steps to it; none where the file states it."""

    value: float
    steps: tuple[Step, ...] = ()


class Shot(NamedTuple):
    """What is given in one direction at one energy: by quantity the dose at 1 m.

    ``primary`` and ``share`` are the use factors by quantity of the primary beam and of all else; none for beam-on.
    ``leak`` gives equation and inputs of the leakage of a quantity.
    """

    direction: int
    energy: Energy
    doses: Mapping[str, Dose]
    primary: Mapping[str, float]
    share: float
    leak: Leak
    label: str


class Aimed:
    """One tube or accelerator; ``document`` gives layers, ``fraction_at`` the scatter fraction at an angle."""

    def __init__(
        self, source: Source, document: Document, fraction_at: FractionAt, shots: Iterator[Shot], radiation: Radiation
    ) -> None:
        self.source, self.document, self.radiation = source, document, radiation
        self.step_deg = own_rule("aimed_step")
        self.fraction_at = lru_cache(maxsize=None)(fraction_at)
        self.margin_m = of_rooms("beam_margin_m")
        self.beams: dict[Quality, Beam] = {}
        self.choices: dict[Choice, list[Term]] = {}
        self.unverified = ""
        self._shots: list[list[Term]] = []
        self._fields = [inside_field(each, self.margin_m) for each in source.beams]
        self._angles = [scatter_angle(each) for each in source.beams]
        self.steps = round(HALF_TURN / self.step_deg)
        self._said = {"source": source.id, "margin": f"{self.margin_m:g}"}
        radiation.tables += [document.rules, OWN, OF_ROOMS]
        radiation.notices.append(Notice("assumptions.aimed_room", self._said))
        for shot in shots:
            self._add(shot)
        radiation.terms = [term for terms in self.choices.values() for term in terms]

    @property
    def middles(self) -> tuple[Xyz, ...]:
        """Return where patients or objects are."""
        return tuple(dict.fromkeys(each.patient for each in self.source.beams))

    def start(self, term: Term, position: Xyz) -> Xyz:  # noqa: ARG002
        """Return where a term starts, the same for all places."""
        return term.starts[0]

    def reaching(self, position: Xyz) -> Iterator[tuple[Choice, Xyz]]:
        """Yield what reaches a place, each with where it starts."""
        for index, each in enumerate(self.source.beams):
            yield (LEAKAGE, index), each.focus
            yield (SCATTER, index * (self.steps + 1) + self._step(index, position)), each.patient
            if self._fields[index](position) and not each.stopped_by_receptor:
                yield (PRIMARY, index), each.focus

    def _step(self, index: int, position: Xyz) -> int:
        return min(self.steps, floor(self._angles[index](position) / self.step_deg))

    def _add(self, shot: Shot) -> None:
        direction = self.source.beams[shot.direction]
        made = {(LEAKAGE, shot.direction): self._leakage(shot, direction)}
        if any(shot.primary.values()) and not direction.stopped_by_receptor:
            made[PRIMARY, shot.direction] = self._primary(shot, direction)
        for step in range(self.steps + 1):
            choice = (SCATTER, shot.direction * (self.steps + 1) + step)
            made[choice] = self._scatter(shot, direction, step, choice)
        for choice, term in made.items():
            self.choices.setdefault(choice, []).append(term)
        self._shots.append(list(made.values()))

    def at_1m(self, quantity: str, *, inside: bool) -> float:
        """Return one quantity 1 m away in the primary beam or outside it, scatter that of the worst direction.

        A rate is that of the strongest direction, a dose that of all exposures.
        """
        by_state: dict[str, float] = {}
        for terms in self._shots:
            amounts = [(term.kind, term.amounts.get(quantity, 0.0)) for term in terms]
            scattered = max(amount for kind, amount in amounts if kind == SCATTER)
            others = sum(amount for kind, amount in amounts if kind == LEAKAGE or (inside and kind == PRIMARY))
            by_state[terms[0].beam] = by_state.get(terms[0].beam, 0.0) + scattered + others
        return max(by_state.values()) if quantity == "beam_on" else sum(by_state.values())

    def _primary(self, shot: Shot, direction: Direction) -> Term:
        made: dict[str, tuple[Equation, Inputs]] = {}
        for name, dose in shot.doses.items():
            inputs = {**_factor(name), **_dose(name, dose)}
            if name == "beam_on":
                made[name] = (equations.primary_rate, inputs)
            else:
                made[name] = (equations.primary, {**inputs, "U": (shot.primary.get(name, 0.0), "")})
        return self._term(shot, Beam(shot.energy, PRIMARY), direction.focus, (PRIMARY, shot.direction), made)

    def _leakage(self, shot: Shot, direction: Direction) -> Term:
        made = {name: shot.leak(name) for name in shot.doses}
        return self._term(shot, Beam(shot.energy, LEAKAGE), direction.focus, (LEAKAGE, shot.direction), made)

    def _scatter(self, shot: Shot, direction: Direction, step: int, choice: Choice) -> Term:
        a, angle = self._largest(shot.energy, step)
        d_sca = dist(direction.focus, direction.patient)
        shape: Inputs = {
            "a": (a, ""), "F": (direction.field_cm2 * (d_sca / direction.field_at_m) ** 2, "cm2"),
            "F_0": (own_rule("aimed_field"), "cm2"), "d_sca": (d_sca, "m"),
        }  # fmt: skip
        made: dict[str, tuple[Equation, Inputs]] = {}
        for name, dose in shot.doses.items():
            inputs = {**_factor(name), **_dose(name, dose), **shape}
            if name == "beam_on":
                made[name] = (equations.scatter_rate, inputs)
            else:
                made[name] = (equations.scatter, {**inputs, "U": (shot.share, "")})
        return self._term(shot, self._scattered(shot.energy, angle), direction.patient, choice, made)

    def _scattered(self, energy: Energy, angle: float) -> Beam:
        """Return the beam whose layers scatter counts with: of a tube near its beam those of its own potential."""
        if energy.kV is None:
            return Beam(energy, SCATTER, angle)
        return Beam(energy, SCATTER if angle >= own_rule("kv_scatter_layers_from") else LEAKAGE)

    def _largest(self, energy: Energy, step: int) -> tuple[float, float]:
        """Return the largest fraction of a step and of both its ends, and the angle whose layers count."""
        found = [self.fraction_at(energy, min(HALF_TURN, (step + end) * self.step_deg)) for end in (0, 1)]
        for each in found:
            self.tell(each.notices, each.tables)
        least, most = own_rule("least_angle"), own_rule("aimed_layers_up_to")
        return max(each.a for each in found), min(most, max(least, step * self.step_deg))

    def tell(self, notices: tuple[Notice, ...], tables: tuple[str, ...]) -> None:
        """Add remarks and data files, each once."""
        self.radiation.notices += [each for each in notices if each not in self.radiation.notices]
        self.radiation.tables += [name for name in tables if name not in self.radiation.tables]

    def _term(
        self, shot: Shot, beam: Beam, start: Xyz, choice: Choice, made: dict[str, tuple[Equation, Inputs]]
    ) -> Term:
        """Return a term from the equation of each quantity and its inputs but distance and transmission."""
        energy = shot.energy
        angle = "" if beam.angle_deg is None else f"@{beam.angle_deg:g}"
        quality = Quality(self.document.name, "mv" if energy.kV is None else "kv", energy.words, beam.component + angle)
        self.beams[quality] = beam
        short = self.document.short
        return Term(
            kind=choice[0],
            source=self.source.id,
            beam=shot.label,
            starts=(start,),
            quality=quality,
            amounts={name: _value(formula, inputs, 1.0, 1.0).value for name, (formula, inputs) in made.items()},
            formulas={
                name: _formula(name, formula, inputs, self._before(shot, name, inputs), short)
                for name, (formula, inputs) in made.items()
            },
            gain=lambda position: 1.0 if any(each == choice for each, _ in self.reaching(position)) else 0.0,
        )

    def _before(self, shot: Shot, name: str, inputs: Inputs) -> tuple[Step, ...]:
        """Return the steps to the dose at 1 m where it enters."""
        return shot.doses[name].steps if "W" in inputs or "DR_0" in inputs else ()


def by_share(fraction: float, doses: Mapping[str, Dose], share: float) -> Leak:
    """Return leakage as a fraction of the useful beam."""

    def leak(name: str) -> tuple[Equation, Inputs]:
        inputs = {**_factor(name), "f_L": (fraction, ""), **_dose(name, doses[name])}
        if name == "beam_on":
            return equations.leakage_rate, inputs
        return equations.leakage, {**inputs, "U": (share, "")}

    return leak


def by_rate(L: float, I_L: float, counts: Mapping[str, float], Q: float, current: float, share: float) -> Leak:
    """Return leakage stated in mGy/h at 1 m with the current ``I_L``, of charges Q or of a current in mA."""

    def leak(name: str) -> tuple[Equation, Inputs]:
        inputs: Inputs = {"L": (L, "mGy/h"), "I_L": (I_L, "mA")}
        if name == "beam_on":
            inputs |= {"c_L": (MGY_TO_UGY, "uGy/mGy"), "I": (current, "mA")}
            return equations.leakage_rate_by_current, inputs
        c_L = (1.0, "") if name == "week" else (MGY_TO_UGY, "uGy/mGy")
        n = (counts[name], "1/week" if name == "week" else "")
        return equations.leakage_by_charge, {**inputs, "c_L": c_L, "Q": (Q, "mAs"), "n": n, "U": (share, "")}

    return leak


def _factor(name: str) -> Inputs:
    return {"c": (MILLI if name == "week" else MICRO, UNITS[name][0])}


def _dose(name: str, dose: Dose) -> Inputs:
    return {"DR_0" if name == "beam_on" else "W": (dose.value, UNITS[name][1])}


def _value(formula: Equation, inputs: Inputs, d: float, B: float) -> Step:
    distance = "d_sec" if "d_sca" in inputs else "d"
    return evaluate(formula, {**inputs, "B": (B, ""), distance: (d, "m")})


def _formula(name: str, formula: Equation, inputs: Inputs, before: tuple[Step, ...], short: str) -> Formula:
    def steps(d: float, gain: float, B: float) -> tuple[Step, ...]:  # noqa: ARG001
        last = _value(formula, inputs, d, B)._replace(unit=UNITS[name][2], label=name)
        return (*before, cited(last, short))

    return steps
