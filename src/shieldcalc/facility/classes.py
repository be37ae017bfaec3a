"""Classes of a facility's sources, devices and workplaces, and whether what it calls exempt is."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import chain

from shieldcalc.errors import Notice
from shieldcalc.facility.items import Item, system_of
from shieldcalc.facility.jurisdiction import holds_here
from shieldcalc.facility.own_facts import devices_in_use
from shieldcalc.facility.sources import Held, held_sources, place_of
from shieldcalc.model.catalog import Instrument
from shieldcalc.model.classification import ClassFound
from shieldcalc.model.facility import Facility, FacilityDevice, Operation, Workplace
from shieldcalc.model.result import Fact, Finding, Outcome
from shieldcalc.photons.dangerous import d_row, seen_in_notice
from shieldcalc.regulations.book import FACILITY
from shieldcalc.regulations.classify import classify
from shieldcalc.regulations.rules import load
from shieldcalc.regulations.status import NOT_LIVE, weakest
from shieldcalc.regulations.taxonomy import is_a, taxonomy
from shieldcalc.tables import table

UNSEALED = "nuclides/unsealed_factors.csv"
EXEMPTION, NOTICE = "S01", "CN-SRC-2005"
_WITH_SOURCE = ("sealed_source", "unsealed_source", "teletherapy", "gamma_knife")
_OUTCOMES: Mapping[str, Outcome] = {"exempt": "pass", "exempt_if_approved": "undetermined", "declare": "fail"}


def classes(facility: Facility, known: Iterable[Instrument], on: date) -> tuple[ClassFound, ...]:
    """Return the class of every source, place with sources, device and workplace by the ladders of the place.

    Ladders of no country inform everywhere; those that are not in force on the day tell nothing, nor do those whose
    classes are not for the thing. Whether a device may be exempt is told where it is known, or
    claimed. A class by a row of the Chinese notice that was not seen is unverified.
    """
    here = [each for each in known if holds_here(facility, load(each))]
    devices, claimed = frozenset(device.id for device in facility.devices), _claimed(facility)
    listed = frozenset(each.source.id for each in held_sources(facility, on) if seen_in_notice(d_row(each.listed)))
    return tuple(
        each if each.instrument != NOTICE or each.subject in listed else unverified(each)
        for each in classify(tuple(_facts(facility, on)), here, on=on)
        if each.force not in NOT_LIVE
        and not (each.outcome == "none" and each.subject in devices)
        and (system_of(each.ladder) != EXEMPTION or each.subject in claimed or (each.grade and _is_law(each)))
    )


def _is_law(each: ClassFound) -> bool:
    return load(each.instrument).kind == "law"


def unverified(each: ClassFound) -> ClassFound:
    """Return a class as one that is not verified, whatever its ladder."""
    others = tuple(replace(read, force=weakest(read.force, "unverified")) for read in each.others)
    return replace(each, force=weakest(each.force, "unverified"), verified="", others=others)


def _facts(facility: Facility, on: date) -> Iterator[Fact]:
    sources = held_sources(facility, on)
    rooms = dict.fromkeys(place_of(each.source, facility) for each in sources)
    for place in [*filter(None, rooms), *([FACILITY] if sources else [])]:
        yield Fact(subject=place, quantity="subject", value="sources_together")
    yield from chain(
        *(_of_source(each, facility) for each in sources),
        *(_of_device(each, facility, on) for each in devices_in_use(facility, on)),
        *map(_of_workplace, facility.workplaces),
    )


def _of_source(each: Held, facility: Facility) -> Iterator[Fact]:
    name = each.source.id
    yield Fact(subject=name, quantity="subject", value="sealed_source", equipment=("sealed_source",))
    yield Fact(subject=name, quantity="nuclide", value=each.listed)
    key = f"{name}: sealed_source.reference_date"
    yield Fact(subject=name, quantity="source_activity", value=each.activity_Bq, unit="Bq", provenance=key)
    yield Fact(subject=name, quantity="kept_in", value=place_of(each.source, facility))


def _of_device(device: FacilityDevice, facility: Facility, on: date) -> Iterator[Fact]:
    name, rate, energy = device.id, device.checks.get("surface_rate"), device.checks.get("maximum_energy")
    held = any(each.device == name and (each.withdrawn is None or each.withdrawn > on) for each in facility.sources)
    source = held or is_a(taxonomy().equipment, device.kind, _WITH_SOURCE)
    yield Fact(subject=name, quantity="subject", value="device", equipment=(device.kind,))
    yield Fact(subject=name, quantity="holds_source", value=source)
    yield _thousandfold(name, "surface_rate", rate, "device.surface_rate")
    yield _thousandfold(name, "maximum_energy_keV", energy, "device.maximum_energy")
    yield Fact(subject=name, quantity="particle_energy", value=energy, provenance=f"{name}: device.maximum_energy")


def _thousandfold(name: str, quantity: str, value: float | bool | None, key: str) -> Fact:
    """Return a fact in uSv/h of mSv/h, or in keV of MeV, in exact decimals."""
    shown = None if value is None else float(Decimal(str(value)) * 1000)
    return Fact(subject=name, quantity=quantity, value=shown, provenance=f"{name}: {key}")


def _of_workplace(workplace: Workplace) -> Iterator[Fact]:
    """Yield a workplace and its operations; one that a facility names is not exempt by the amount that it handles."""
    name, lost = workplace.id, f"{workplace.id}: workplace.operation"
    yield Fact(subject=name, quantity="subject", value="workplace")
    yield Fact(subject=name, quantity="daily_activity", value=None, provenance=lost)
    yield Fact(subject=name, quantity="daily_operation_exempt", value=False)
    for number, each in enumerate(workplace.operations):
        yield from _of_operation(f"{name}/{number}", name, each)


def _of_operation(name: str, workplace: str, each: Operation) -> Iterator[Fact]:
    toxicity, handling = _factor("toxicity", each.toxicity), _factor("handling", each.handling, each.form)
    yield Fact(subject=name, quantity="subject", value="operation")
    yield Fact(subject=name, quantity="workplace", value=workplace)
    yield Fact(subject=name, quantity="daily_activity", value=each.daily_Bq, unit="Bq")
    yield Fact(subject=name, quantity="toxicity_factor", value=float(toxicity["factor"]), confidence=_sure())
    yield Fact(subject=name, quantity="operation_factor", value=float(handling["factor"]), confidence=_sure())


def _factor(group: str, name: str, form: str = "") -> Mapping[str, str]:
    return next(table(UNSEALED).where(group=group, name=name, form=form))


def _sure() -> str:
    return table(UNSEALED).meta["confidence"]


def exemption_items(facility: Facility, found: tuple[ClassFound, ...]) -> Iterator[Item]:
    """Yield, for each device that the file calls exempt, whether the law of its place lets it be."""
    claimed = _claimed(facility)
    for each in found:
        if _is_law(each) and system_of(each.ladder) == EXEMPTION and each.subject in claimed:
            yield Item(EXEMPTION, _exempt(each), each.missing)


def _claimed(facility: Facility) -> frozenset[str]:
    return frozenset(device.id for device in facility.devices if device.exempt)


def _exempt(each: ClassFound) -> Finding:
    outcome: Outcome = _OUTCOMES.get(each.grade if each.outcome == "classified" else "", "undetermined")
    reasons = {"fail": "not_exempt", "undetermined": "exempt_open", "pass": "exempt_by"}
    reason = Notice(f"findings.audit.{reasons[outcome]}", {"article": each.article})
    return Finding(
        rule=f"{each.ladder}.exempt", instrument=each.instrument, article=each.article, subject=each.subject,
        quantity="exempt", outcome=outcome, force=each.force, value=True, unit="", comparator="", limit=None,
        limit_unit="", averaging="none", margin=None, reason=reason, paraphrase="rules.called_exempt",
    )  # fmt: skip
