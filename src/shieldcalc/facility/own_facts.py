"""Facts of a facility's own things for the rules that judge them: what it is, its devices, workplaces, hazards."""

from collections.abc import Iterator
from datetime import date

from shieldcalc.facility.facts import kind_of, staff
from shieldcalc.facility.hazards import overdue
from shieldcalc.model.facility import Facility, FacilityDevice, Hazard, Workplace
from shieldcalc.model.facility_words import words
from shieldcalc.model.result import Fact
from shieldcalc.regulations.book import FACILITY
from shieldcalc.regulations.taxonomy import taxonomy

# Keys of a device's safety check whose quantity has another name.
QUANTITY = {
    "leakage": "air_kerma_rate_leakage",
    "leakage_all_modes": "leakage_known_to_highest_voltage",
    "operator_distance": "operator_tube_distance",
    "table_panels": "table_panels_lead",
}
CHECKS = (
    *QUANTITY, "filtration_marked", "light_field", "technique_displayed", "exposure_ends_by_itself",
    "fluoroscopy_control", "ceiling_screen", "interventional_use",
)  # fmt: skip


def own_facts(facility: Facility, on: date) -> Iterator[Fact]:
    """Yield the facts of a day: the facility, devices in use, workplaces, hazards found by then."""
    yield Fact(subject=FACILITY, quantity="subject", value="facility")
    there = staff(facility, on)
    officers = sum(each.role == "safety_officer" for each in there)
    yield _fact(FACILITY, "safety_officers", float(officers) if there else None, "person.role")
    yield _fact(FACILITY, "hazard_ledger", facility.ledger, "facility.hazard_ledger")
    yield Fact(subject=FACILITY, quantity="facility_kind", value=kind_of(facility))
    yield from _self_inspection(facility)
    for device in devices_in_use(facility, on):
        yield from _of_device(device, facility)
    for workplace in facility.workplaces:
        yield from _of_workplace(workplace)
    for hazard in facility.hazards:
        if hazard.found <= on:
            yield from _of_hazard(hazard, on)


def _self_inspection(facility: Facility) -> Iterator[Fact]:
    """Yield whether the file has a self-inspection, and every answer of it; what is not answered is not known."""
    answers = facility.self_inspection
    yield Fact(subject=FACILITY, quantity="self_inspection", value=answers is not None)
    if answers is not None:
        for name in words().self_inspection:
            yield _fact(FACILITY, name, answers.get(name), f"self_inspection.{name}")


def devices_in_use(facility: Facility, on: date) -> tuple[FacilityDevice, ...]:
    """Return the devices that are there on a day and in use, or not said not to be: those to come are not."""
    there = (each for each in facility.devices if each.withdrawn is None or each.withdrawn > on)
    began = ("acquired", "put_into_use")
    return tuple(each for each in there if all(day <= on for name in began for day in each.events.get(name, ())))


def _fact(subject: str, quantity: str, value: float | bool | tuple[str, ...] | None, key: str) -> Fact:
    unit = taxonomy().quantities[quantity, "none"].unit
    return Fact(subject=subject, quantity=quantity, value=value, unit=unit, provenance=f"{subject}: {key}")


def _of_device(device: FacilityDevice, facility: Facility) -> Iterator[Fact]:
    name = device.id
    kinds = tuple(each.kind for each in facility.licences if each.id == device.licence)
    yield _fact(name, "licence_kinds", kinds or None, "device.licence")
    yield Fact(subject=name, quantity="subject", value="device", equipment=(device.kind,))
    yield Fact(subject=name, quantity="room_designed", value=bool(device.room))
    yield _fact(name, "protection", device.protection, "device.protection")
    yield _fact(name, "protection_staff", device.protection_staff, "device.protection_staff")
    for key in CHECKS:
        yield _fact(name, QUANTITY.get(key, key), device.checks.get(key), f"device.checks.{key}")


def _of_workplace(workplace: Workplace) -> Iterator[Fact]:
    yield Fact(subject=workplace.id, quantity="subject", value="workplace", equipment=("unsealed_source",))
    yield _fact(workplace.id, "protection", workplace.protection, "workplace.protection")


def _of_hazard(hazard: Hazard, on: date) -> Iterator[Fact]:
    yield Fact(subject=hazard.id, quantity="subject", value="hazard")
    day = "" if hazard.deadline is None else f" {hazard.deadline}"
    yield _fact(hazard.id, "hazard_overdue", overdue(hazard, on), f"hazard.deadline{day}")
