"""Patients with radiopharmaceuticals in the report: what they were given, how many there are and how long they stay."""

from collections.abc import Iterator

from shieldcalc.model.patients import Declared, Patients
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.words import Words

_MEGA = 1e6
CONSTANT_UNIT = "µSv·m²/(MBq·h)"


def patient_facts(patients: Patients, words: Words) -> Iterator[tuple[str, str]]:
    """Yield label and value of the radiopharmaceutical, the place, and what is declared of one patient."""
    yield words.say("label.nuclide"), visible(patients.nuclide)
    yield words.say("label.activity_of_patient"), words.optional(patients.activity_Bq / _MEGA, "MBq")
    yield words.say("label.position_of_source"), ", ".join(f"{words.shortest(at, 4)} m" for at in patients.position)
    for key, declared, unit in (
        ("patient_constant", patients.constant, CONSTANT_UNIT),
        ("patient_rate", patients.rate, "µSv/h"),
        ("effective_half_life", patients.effective_half_life_h, "h"),
    ):
        if declared is not None:
            yield words.say(f"label.{key}"), _declared(declared, unit, words)


def stay_facts(patients: Patients, words: Words) -> Iterator[tuple[str, str]]:
    """Yield label and value of how many patients there are, how long, and what they keep of the activity."""
    yield words.say("label.patients_per_week"), words.optional(patients.per_week)
    yield words.say("label.patients_in_busiest_hour"), words.optional(patients.in_busiest_hour)
    yield words.say("label.patients_at_once"), words.shortest(patients.number)
    stay = words.optional(patients.stay_h, "h")
    yield words.say("label.stay"), words.say("assumed", text=stay) if patients.stay_assumed else stay
    if patients.decay_h:
        yield words.say("label.decay_before"), words.optional(patients.decay_h, "h")
    if patients.voiding != 1:
        yield words.say("label.voiding"), words.shortest(patients.voiding)


def _declared(declared: Declared, unit: str, words: Words) -> str:
    return f"{words.optional(declared.value, unit)} ({visible(declared.document)})"
