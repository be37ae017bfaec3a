"""Classes of a facility's sources, devices and workplaces, and whether what it calls exempt is."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import chain

from shieldcalc.errors import Notice
from shieldcalc.facility.items import Item
from shieldcalc.facility.jurisdiction import plain
from shieldcalc.facility.own_facts import devices_in_use
from shieldcalc.facility.sources import Held, held_sources, places
from shieldcalc.model.classification import Classification
from shieldcalc.model.facility import Facility, FacilityDevice, Workplace
from shieldcalc.model.result import Fact, Finding, Outcome
from shieldcalc.regulations.ladders import CONFIDENCE, Ladder, classified, ladders
from shieldcalc.regulations.taxonomy import is_a, taxonomy
from shieldcalc.tables import table

FACTORS = "ladders/unsealed_factors.csv"
EXEMPTION = "S01"
_WITH_SOURCE = ("sealed_source", "unsealed_source", "teletherapy", "gamma_knife")
_OUTCOMES: Mapping[str, Outcome] = {"exempt": "pass", "exempt_if_approved": "undetermined", "declare": "fail"}


def classes(facility: Facility, on: date) -> tuple[Classification, ...]:
    """Return the class of every source, place with sources, device and workplace by the ladders of the place.

    Ladders of no country inform everywhere. Whether a device may be exempt is told where it is known, or claimed.
    """
    sources = held_sources(facility, on)
    facts = tuple(
        chain(
            *(_of_source(each) for each in sources),
            *(_of_place(name, group) for name, group in places(facility, sources)),
            *(_of_device(each, facility, on) for each in devices_in_use(facility, on)),
            *map(_of_workplace, facility.workplaces),
        )
    )
    here = (each for each in ladders() if _holds_here(each, facility))
    claimed = _claimed(facility)
    every = (found for each in here for found in classified(facts, each, on))
    return tuple(each for each in every if each.grade or each.system != EXEMPTION or each.subject in claimed)


def _holds_here(ladder: Ladder, facility: Facility) -> bool:
    here = f"{plain(facility.jurisdiction)}/"
    return ladder.jurisdiction == "international" or here.startswith(f"{plain(ladder.jurisdiction)}/")


def _of_source(each: Held) -> Iterator[Fact]:
    name = each.source.id
    yield Fact(subject=name, quantity="subject", value="sealed_source", equipment=("sealed_source",))
    yield from _ratios(name, each.over_d, each.over_exempt, each.source.nuclide, each.confidence)


def _ratios(
    name: str, over_d: float | None, over_exempt: float | None, nuclides: str, confidence: str
) -> Iterator[Fact]:
    yield Fact(subject=name, quantity="activity_over_D", value=over_d, provenance=f"{nuclides}: D")
    yield Fact(subject=name, quantity="activity_over_exempt", value=over_exempt, provenance=f"{nuclides}: exempt_Bq")
    yield Fact(subject=name, quantity=CONFIDENCE, value=confidence)


def _of_place(name: str, group: tuple[Held, ...]) -> Iterator[Fact]:
    known = [each.over_d for each in group]
    total = None if None in known else float(sum(Decimal(str(each)) for each in known))
    lost = ", ".join(dict.fromkeys(each.source.nuclide for each in group if each.over_d is None))
    weak = "recalled" if any(each.confidence == "recalled" for each in group) else "copy"
    yield Fact(subject=name, quantity="subject", value="sources_together")
    yield from _ratios(name, total, None, lost, weak)


def _of_device(device: FacilityDevice, facility: Facility, on: date) -> Iterator[Fact]:
    name, rate, energy = device.id, device.checks.get("surface_rate"), device.checks.get("maximum_energy")
    held = any(each.device == name and (each.withdrawn is None or each.withdrawn > on) for each in facility.sources)
    source = held or is_a(taxonomy().equipment, device.kind, _WITH_SOURCE)
    yield Fact(subject=name, quantity="subject", value="device", equipment=(device.kind,))
    yield Fact(subject=name, quantity="holds_source", value=source)
    yield _thousandfold(name, "surface_rate", rate, "device.surface_rate")
    yield _thousandfold(name, "maximum_energy_keV", energy, "device.maximum_energy")
    yield Fact(subject=name, quantity="maximum_energy", value=energy, provenance=f"{name}: device.maximum_energy")


def _thousandfold(name: str, quantity: str, value: float | bool | None, key: str) -> Fact:
    """Return a fact in uSv/h of mSv/h, or in keV of MeV, in exact decimals."""
    shown = None if value is None else float(Decimal(str(value)) * 1000)
    return Fact(subject=name, quantity=quantity, value=shown, provenance=f"{name}: {key}")


def _of_workplace(workplace: Workplace) -> Iterator[Fact]:
    name, amount = workplace.id, daily_equivalent(workplace)
    yield Fact(subject=name, quantity="subject", value="workplace")
    key = f"{name}: workplace.operation"
    yield Fact(subject=name, quantity="daily_equivalent_activity", value=amount, provenance=key)
    yield Fact(subject=name, quantity=CONFIDENCE, value="recalled")


def daily_equivalent(workplace: Workplace) -> float | None:
    """Return the daily equivalent activity in Bq: the sum of activity x toxicity / operation; None without operations.

    Source: GB 18871-2002, Annex C, with the factors of tables C2 and C3.
    """
    parts = [
        Decimal(str(each.daily_Bq)) * _factor("toxicity", each.toxicity) / _factor("handling", each.handling, each.form)
        for each in workplace.operations
    ]
    return float(sum(parts)) if parts else None


def _factor(group: str, name: str, form: str = "") -> Decimal:
    return Decimal(next(table(FACTORS).where(group=group, name=name, form=form))["factor"])


def exemption_items(facility: Facility, found: tuple[Classification, ...]) -> Iterator[Item]:
    """Yield, for each device that the file calls exempt, whether the law of its place lets it be."""
    claimed = _claimed(facility)
    for each in found:
        if each.system == EXEMPTION and each.subject in claimed:
            yield Item(each.system, _exempt(each), each.missing)


def _claimed(facility: Facility) -> frozenset[str]:
    return frozenset(device.id for device in facility.devices if device.exempt)


def _exempt(each: Classification) -> Finding:
    outcome: Outcome = _OUTCOMES.get(each.grade, "undetermined")
    instrument, article = each.ladder.partition("/")[0], each.decided_by or "-"
    reasons = {"fail": "not_exempt", "undetermined": "exempt_open", "pass": "exempt_by"}
    reason = Notice(f"findings.audit.{reasons[outcome]}", {"article": article})
    return Finding(
        rule=f"{each.ladder}.exempt", instrument=instrument, article=article, subject=each.subject, quantity="exempt",
        outcome=outcome, force=each.force, value=True, unit="", comparator="", limit=None, limit_unit="",
        averaging="none", margin=None, reason=reason, paraphrase="rules.called_exempt",
    )  # fmt: skip
