"""Accelerators in the report: isocentre, leakage and field; beams with dose rate and workload; gantry angles."""

from collections.abc import Iterator

from shieldcalc.model.accelerator import Accelerator, BeamEnergy
from shieldcalc.model.design import Source
from shieldcalc.reports.words import Words

_PER_MINUTE, _CM = 60.0, 100.0


def accelerator_facts(source: Source, found: Accelerator, words: Words) -> Iterator[tuple[str, str]]:
    """Yield label and value of what an accelerator is."""
    if found.gantry:
        yield from _turning(source, found, words)
    if found.leakage_off_mGy_per_h is not None:
        yield words.say("label.source_distance"), words.optional(found.source_distance_m, "m")
        yield words.say("label.leakage_off"), words.optional(found.leakage_off_mGy_per_h, "mGy/h")
    share = words.optional(found.leakage_fraction)
    yield (
        words.say("label.linac_leakage"),
        share if found.leakage_fraction is not None else words.say("not_declared_table"),
    )


def _turning(source: Source, found: Accelerator, words: Words) -> Iterator[tuple[str, str]]:
    centre = source.isocentre or ()
    yield words.say("label.linac_isocentre"), ", ".join(f"{words.shortest(at, 4)} m" for at in centre)
    sides = found.field_sides_m or (found.field_m, found.field_m)
    field = " × ".join(words.optional(_CM * side, "cm") for side in sides)
    yield words.say("label.linac_field"), words.say("assumed", text=field) if found.field_assumed else field


def beam_facts(found: Accelerator, words: Words) -> Iterator[tuple[str, str]]:
    """Yield label and value of what each beam of an accelerator gives, and from which gantry angles."""
    for each in found.energies:
        yield words.say("label.linac_energy", energy=each.words), _beam(each, found.source_distance_m**2, words)
    if not found.gantry:
        return
    angles = ((f"{words.shortest(each.angle_deg)}°", words.shortest(each.use_factor)) for each in found.gantry)
    told = (words.say("by_beam", beam=angle, value=use) for angle, use in angles)
    yield words.say("label.linac_gantry"), "; ".join(told)


def _beam(each: BeamEnergy, square: float, words: Words) -> str:
    """Return what a beam gives at the isocentre, ``square`` m2 from target or source."""
    hour = each.in_busiest_hour_Gy
    return words.say(
        "linac_beam",
        rate=words.optional(each.dose_rate_Gy_per_h / square / _PER_MINUTE, "Gy/min"),
        week=words.optional(each.per_week_Gy / square, "Gy"),
        hour=words.optional(None if hour is None else hour / square, "Gy"),
        units=words.shortest(each.monitor_units),
    )
