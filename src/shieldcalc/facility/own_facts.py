"""Facts of a facility's own things for the rules that judge them: what it is, its devices, workplaces, hazards."""

from collections.abc import Iterator, Sequence
from datetime import date

from shieldcalc.facility.facts import kind_of, staff
from shieldcalc.facility.hazards import overdue
from shieldcalc.model.facility import Facility, FacilityDevice, Hazard, Person, Workplace
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
        yield from _of_device(device, facility, there)
    for workplace in facility.workplaces:
        yield from _of_workplace(workplace, there)
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


def _fact(subject: str, quantity: str, value: float | bool | str | tuple[str, ...] | None, key: str) -> Fact:
    unit = taxonomy().quantities[quantity, "none"].unit
    return Fact(subject=subject, quantity=quantity, value=value, unit=unit, provenance=f"{subject}: {key}")


def _of_device(device: FacilityDevice, facility: Facility, there: Sequence[Person]) -> Iterator[Fact]:
    name = device.id
    operators = [each for each in there if name in each.operates]
    assistants = [each for each in there if name in each.assists]
    kinds = tuple(each.kind for each in facility.licences if each.id == device.licence)
    yield _fact(name, "licence_kinds", kinds or None, "device.licence")
    yield Fact(subject=name, quantity="subject", value="device", equipment=(device.kind,))
    yield Fact(subject=name, quantity="room_designed", value=bool(device.room))
    yield Fact(subject=name, quantity="operator_distance_declared", value="operator_distance" in device.checks)
    yield _worn(name, "protection", device.protection, "device.protection", operators)
    yield _worn(name, "protection_staff", device.protection_staff, "device.protection_staff", assistants)
    for key in CHECKS:
        yield _fact(name, QUANTITY.get(key, key), device.checks.get(key), f"device.checks.{key}")


def _worn(subject: str, quantity: str, declared: tuple[str, ...] | None, key: str, people: Sequence[Person]) -> Fact:
    """Return what everybody who does the work is given: as declared of the work, and by what each person is given.

    Not known while somebody's is not said; the fact says whose is not, else who has less than others.
    """
    said = {f"{each.id}: person.protection": each.protection for each in people}
    if declared is not None or not people:
        said[f"{subject}: {key}"] = declared
    sets = [set(each) for each in said.values() if each is not None]
    every = set().union(*sets)
    known = len(sets) == len(said)
    told = [name for name, given in said.items() if (given is None if not known else set(given or ()) != every)]
    value = tuple(sorted(set.intersection(*sets))) if known else None
    return Fact(subject=subject, quantity=quantity, value=value, provenance="; ".join(told or said))


def _of_workplace(workplace: Workplace, there: Sequence[Person]) -> Iterator[Fact]:
    name, people = workplace.id, [each for each in there if workplace.id in each.handles]
    yield Fact(subject=name, quantity="subject", value="workplace", equipment=("unsealed_source",))
    yield _worn(name, "protection", workplace.protection, "workplace.protection", people)
    yield _fact(name, "designation", workplace.designation or None, "workplace.designation")
    yield _fact(name, "contamination_possible", workplace.contamination_possible, "workplace.contamination_possible")


def _of_hazard(hazard: Hazard, on: date) -> Iterator[Fact]:
    yield Fact(subject=hazard.id, quantity="subject", value="hazard")
    day = "" if hazard.deadline is None else f" {hazard.deadline}"
    yield _fact(hazard.id, "hazard_overdue", overdue(hazard, on), f"hazard.deadline{day}")
