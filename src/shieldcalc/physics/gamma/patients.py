"""Patients with radiopharmaceuticals as point sources: uptake, imaging and therapy, decay during their stay.

Of the hours that people are at a place a patient is there in as many as can be, the first after the administration: an
upper value. Patients at work places of somebody count no longer than the places for patients allow.
"""

from collections.abc import Mapping
from functools import lru_cache, partial
from typing import NamedTuple

from shieldcalc.beams import Beam as Quality
from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.design import Layer, Source
from shieldcalc.model.patients import Patients
from shieldcalc.model.scene import Scene
from shieldcalc.model.trace import Equation, Step, evaluate
from shieldcalc.photons import source as emitted
from shieldcalc.photons.dose import H10, ICRP74_TABLE
from shieldcalc.photons.nuclides import nuclide
from shieldcalc.photons.rules import RULES_TABLE, rule
from shieldcalc.physics.gamma import patient_equations as equations
from shieldcalc.physics.gamma import sealed
from shieldcalc.physics.gamma.betas import of_betas
from shieldcalc.physics.gamma.constants import CONSTANTS, Constants, constants_of
from shieldcalc.physics.gamma.emission import emission
from shieldcalc.physics.gamma.emitter import Emitter, Emitters, Told
from shieldcalc.physics.gamma.measured import measured_tables
from shieldcalc.physics.gamma.passing import Rates, at_1m
from shieldcalc.physics.gamma.patient_notices import about, declared_constant, refuse_far
from shieldcalc.physics.gamma.told import told
from shieldcalc.physics.terms import Formula, Radiation, Term, everywhere

PATIENT = "patient"
KINDS = ("nm_uptake", "nm_imaging", "nm_therapy")
MEGA, HOUR_S = 1e6, 3600.0


class Choice(NamedTuple):
    """How patients count: with the report's constants or as bare nuclides; 511 keV by TG-108 or by the kernel alone."""

    constants: bool
    published: bool


TG108, PURE_KERNEL = Choice(True, True), Choice(False, False)


class Body(NamedTuple):
    """What one patient emits when the stay begins: lines and betas, by what body and voiding lower them."""

    source: str
    emission: emitted.Source
    kerma_share: float
    h10_share: float
    published: bool
    rates: Rates

    def through(self, stack: tuple[Layer, ...]) -> Rates:
        """Return the rates at 1 m behind layers; betas stop in the patient, whose bremsstrahlung is bounded."""
        found = _of_lines(self.emission.lines, stack, self.published)
        more = _bremsstrahlung(self.emission, stack)
        return Rates(
            self.kerma_share * (found.kerma + more.kerma),
            self.h10_share * (found.h10 + more.h10),
            self.kerma_share * (found.beyond + more.beyond),
        )

    def told(self, stack: tuple[Layer, ...]) -> Told:
        """Return what has to be said of a stack."""
        return told(self.source, self.emission.lines, stack, published=self.published)


class Stay(NamedTuple):
    """A stay in hours, and the effective half-life in it."""

    hours: float
    half_life_h: float

    def step(self, label: str) -> Step:
        """Return the reduction by decay during the stay."""
        return evaluate(equations.reduction, {"h": (self.half_life_h, "h"), "t": (self.hours, "h")}, label)


def emitter_by(choice: Choice) -> Emitters:
    """Return what makes emitters of patients by a choice, and of sealed sources and unsealed activity with its curves.

    It raises OutsideDataError as ``emission`` and ``sealed.emitter`` do.
    """

    def emitter(source: Source, scene: Scene) -> Emitter:
        if source.patients is None and source.sealed is None:
            allowed = ", ".join((*KINDS, *sealed.KINDS))
            raise OutsideDataError("gamma_kind", source=source.id, kind=source.kind, allowed=allowed)
        if source.patients is None:
            return sealed.emitter(source, scene, published=choice.published)
        return of_patients(source, source.patients, choice)

    return emitter


DEFAULT = emitter_by(TG108)


def of_patients(source: Source, patients: Patients, choice: Choice) -> Emitter:
    """Return patients as an emitter; no dose is computed nearer than a body's half width."""
    known = constants_of(nuclide(patients.nuclide).name) if choice.constants else None
    if known is not None and known.patient is None:
        known = None
    body = _body(source, patients, known, choice)
    quality = Quality("patients", sealed.GAMMA, source.id, PATIENT)
    return Emitter(
        position=patients.position,
        nearest_m=rule("patient_nearest_m"),
        around=(),
        ways={quality: body},
        radiation=lambda hours_h, quantity: _radiation(source, patients, body, known, quality, hours_h, quantity),
    )


def _body(source: Source, patients: Patients, known: Constants | None, choice: Choice) -> Body:
    """Return one patient as the stay begins: by a declared figure, the report's constant, or as the bare nuclide."""
    found = emission(
        source.id,
        patients.nuclide,
        patients.activity_Bq,
        daughters=patients.daughters,
        cutoff_MeV=patients.cutoff_MeV,
        counted=True,
    )
    body = Body(source.id, found, 1.0, 1.0, choice.published, Rates(0.0, 0.0, 0.0))
    bare = body.through(()).h10
    refuse_far(source.id, patients, bare / (patients.activity_Bq / MEGA))
    left = _left(patients, _half_life(patients, known))
    if left * patients.activity_Bq < rule("strength_min_per_s"):
        raise OutsideDataError("photon_gone", source=source.id, nuclide=patients.nuclide)
    MBq = patients.activity_Bq / MEGA
    declared = declared_constant(patients)
    if declared is not None:
        of_body = (declared * MBq / bare,) * 2
    elif known is not None and known.patient is not None:
        of_body = known.patient / known.air, known.patient * MBq / bare
    else:
        of_body = 1.0, 1.0
    body = body._replace(kerma_share=of_body[0] * left, h10_share=of_body[1] * left)
    return body._replace(rates=body.through(()))


def _half_life(patients: Patients, known: Constants | None) -> float:
    if patients.effective_half_life_h is not None:
        return patients.effective_half_life_h.value
    return known.half_life_h if known is not None else nuclide(patients.nuclide).half_life_s / HOUR_S


def _before(patients: Patients, half_life_h: float) -> Step:
    return evaluate(
        equations.decay_in_uptake, {"t_U": (patients.decay_h, "h"), "h": (half_life_h, "h")}, patients.nuclide
    )


def _left(patients: Patients, half_life_h: float) -> float:
    """Return the share of the activity left when the stay begins."""
    return patients.voiding * _before(patients, half_life_h).value


@lru_cache(maxsize=4096)
def _of_lines(lines: tuple[emitted.Emission, ...], stack: tuple[Layer, ...], published: bool) -> Rates:
    """Return what ``at_1m`` does, computed once for all beds with the same activity."""
    return at_1m(lines, stack, published=published)


def _bremsstrahlung(found: emitted.Source, stack: tuple[Layer, ...]) -> Rates:
    """Return the bound of bremsstrahlung made in the body, behind a stack."""
    if not found.betas:
        return Rates(0.0, 0.0, 0.0)
    return of_betas(found, stack, rule("patient_Z"))


def _radiation(
    source: Source,
    patients: Patients,
    body: Body,
    known: Constants | None,
    quality: Quality,
    hours_h: float,
    quantity: str,
) -> Radiation:
    """Return the terms of patients in air kerma or H*(10), with people there for so many hours a week."""
    half_life = _half_life(patients, known)
    found = Radiation(source=source.id, notices=_notices(source, patients, body, known, half_life))
    found.tables += [*body.emission.tables, ICRP74_TABLE, RULES_TABLE, *([CONSTANTS] if known else [])]
    found.tables += measured_tables(nuclide(patients.nuclide).name)
    rates = body.rates
    strength = rates.h10 if quantity == H10 else rates.kerma
    at_once = patients.number * hours_h / patients.per_week
    week, hour = (Stay(min(patients.stay_h, most), half_life) for most in (min(hours_h, at_once), 1.0))
    first = _first(patients, rates.kerma, half_life)
    amounts: dict[str, float] = {
        "week": strength * patients.per_week * week.hours * week.step("").value / 1000,
        "beam_on": strength * patients.number,
    }
    N, n = (patients.per_week, "1/week"), (float(patients.number), "")
    formulas: dict[str, Formula] = {
        "week": partial(_at, first, equations.patients_week, {"N": N}, week),
        "beam_on": partial(_at, first, equations.patients_rate, {"n": n}, None),
    }
    n_h = patients.in_busiest_hour
    if n_h is None:
        key = f"source.{source.id}.patients_in_busiest_hour"
        found.unknown.add("hour")
        found.notices.append(Notice("warnings.hour_undetermined", {"source": source.id, "key": key}))
    else:
        amounts["hour"] = strength * n_h * hour.hours * hour.step("").value
        formulas["hour"] = partial(_at, first, equations.patients_hour, {"n_h": (n_h, "")}, hour)
    found.terms.append(
        Term(
            kind=sealed.GAMMA,
            source=source.id,
            beam=PATIENT,
            starts=(patients.position,),
            quality=quality,
            amounts=amounts,
            formulas=formulas,
            gain=everywhere,
        )
    )
    return found


def _first(patients: Patients, kerma: float, half_life_h: float) -> tuple[Step, ...]:
    """Return the share left after decay, and the air kerma rate at 1 m of one patient when the stay begins."""
    before = _before(patients, half_life_h)
    MBq = patients.activity_Bq / MEGA
    inputs = {
        "Gamma": (kerma / MBq / (patients.voiding * before.value), "uGy m2/(MBq h)"),
        "A": (MBq, "MBq"),
        "v": (patients.voiding, ""),
        "F_U": (before.value, ""),
    }
    return before, evaluate(equations.patient_rate, inputs, patients.nuclide)


def _at(
    first: tuple[Step, ...],
    formula: Equation,
    counted: Mapping[str, tuple[float, str]],
    stay: Stay | None,
    d: float,
    gain: float,
    B: float,
) -> tuple[Step, ...]:
    last = first[-1]
    inputs = {"K_1": (last.value * gain, last.unit), **counted, "B": (B, ""), "d": (d, "m")}
    if stay is None:
        return (*first, evaluate(formula, inputs, last.label))
    R = stay.step(last.label)
    inputs |= {"t": (stay.hours, "h"), "R": (R.value, "")}
    return (*first, R, evaluate(formula, inputs, last.label))


def _notices(
    source: Source, patients: Patients, body: Body, known: Constants | None, half_life_h: float
) -> list[Notice]:
    bare = body._replace(h10_share=1.0).through(()).h10 / (patients.activity_Bq / MEGA)
    said = [*body.emission.notices, *about(source.id, patients, known, bare, half_life_h)]
    if body.emission.betas:
        said.append(Notice("warnings.nm_bremsstrahlung", {"source": source.id}))
    return said
