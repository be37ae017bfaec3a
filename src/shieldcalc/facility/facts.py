"""The facts of a facility: its subjects, what they are, and the days of what happened to them as ISO dates."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from shieldcalc.model.facility import Application, Events, Facility, FacilityDevice, Incident, Licence, Moment, Person
from shieldcalc.model.facility_words import words
from shieldcalc.model.result import Fact
from shieldcalc.regulations.book import FACILITY, FOR_YEAR
from shieldcalc.regulations.taxonomy import is_a

WITH_RADIATION = "_with_radiation"
RENEWAL = "licence_renewal_xray"
LICENCES = ("licence_xray", "licence_other")


def facts(facility: Facility, on: date) -> tuple[Fact, ...]:
    """Return what the file says, for the rules, on a day: without what was withdrawn, left or replaced by then.

    People who came, licences issued, applications and incidents after the day are not known on it; devices that are to
    come are planned and stay. A day that is not known is a fact without value. Days are ISO dates, or with a time.
    """
    return (
        *_of_facility(facility),
        *_each(_of_licence(each, facility, on) for each in facility.licences),
        *_each(_of_device(each, facility) for each in facility.devices if not _over(each.withdrawn, on)),
        *_each(_subject(each.id, "sealed_source", each.events) for each in facility.sources
               if not _over(each.withdrawn, on)),
        *_each(_of_person(each, facility) for each in staff(facility, on)),
        *_each(_subject(each.id, "meter", each.events, place=each.kind) for each in facility.meters
               if not _over(each.withdrawn, on)),
        *_each(_of_application(each) for each in facility.applications if _begun(each.events, on, "filed", "complete")),
        *_each(_of_incident(each) for each in facility.incidents if _begun(each.events, on, "discovered")),
    )  # fmt: skip


def kind_of(facility: Facility) -> str:
    """Return the kind of a facility; of an industrial enterprise that of a user of radiation, where it is one.

    It is one where its file holds a device, a source, a room, a workplace, a licence, or anybody of a radiation role.
    """
    using = facility.kind + WITH_RADIATION
    roles = any(is_a(words().role, each.role, ("radiation_worker",)) for each in facility.people)
    holds = (facility.devices, facility.sources, facility.rooms, facility.workplaces, facility.licences)
    return using if using in words().facility and (roles or any(holds)) else facility.kind


def staff(facility: Facility, on: date) -> tuple[Person, ...]:
    """Return the people who are there on a day: employed by then, or without a day, and not left."""
    there = (each for each in facility.people if not _over(each.left, on))
    return tuple(each for each in there if _begun(each.events, on, "employed"))


_each = chain.from_iterable


def _over(day: date | None, on: date) -> bool:
    return day is not None and day <= on


def _begun(events: Events, on: date, *names: str) -> bool:
    """Return whether something had begun on a day; what has no date had."""
    days = [day for name in names for day in _iso(events.get(name, ()))]
    return not days or min(days)[:10] <= on.isoformat()


def _replaced(licence: Licence, facility: Facility, on: date) -> bool:
    later = [each for each in facility.licences if each.replaces == licence.id]
    return any(
        _iso(each.events.get("issued", ()))[:1] <= (on.isoformat(),) for each in later if "issued" in each.events
    )


def _iso(days: Iterable[Moment]) -> tuple[str, ...]:
    return tuple(day.isoformat() for day in days)


def _fact(subject: str, name: str, days: Iterable[str]) -> Fact:
    return Fact(subject=subject, quantity=name, value=tuple(sorted(days)) or None, provenance=f"{subject}.{name}")


def _subject(
    name: str, scope: str, events: Events, *, place: str = "any", person: str = "any", equipment: tuple[str, ...] = ()
) -> Iterator[Fact]:
    """Yield what a subject is, and of every event of its kind the days, or that none is known."""
    yield Fact(subject=name, quantity="subject", value=scope, place=place, person=person, equipment=equipment)
    yield from (_fact(name, event, _iso(events.get(event, ()))) for event in words().event[scope])


def _of_facility(facility: Facility) -> Iterator[Fact]:
    yield Fact(subject=FACILITY, quantity="subject", value="facility")
    yield Fact(subject=FACILITY, quantity="facility_kind", value=kind_of(facility))
    yield Fact(subject=FACILITY, quantity="features", value=facility.features)
    yield Fact(subject=FACILITY, quantity="employees", value=facility.employees)
    for name in words().event["facility"]:
        found = sorted((event for event in facility.happened if event.kind == name), key=lambda event: event.date)
        if name != "first_licensed":
            yield Fact(subject=FACILITY, quantity=name, value=_iso(event.date for event in found) or None)
            years = tuple("" if event.for_year is None else str(event.for_year) for event in found)
            yield Fact(subject=FACILITY, quantity=name + FOR_YEAR, value=years or None)
    yield Fact(subject=FACILITY, quantity="first_licensed", value=_first_licensed(facility))
    yield _fact(FACILITY, "licence_applied", _applied(facility.applications))


def _first_licensed(facility: Facility) -> str | None:
    """Return the first day on which a licence was issued, or what the file says it was."""
    issued = [day for licence in facility.licences for day in _iso(licence.events["issued"])]
    said = [event.date.isoformat() for event in facility.happened if event.kind == "first_licensed"]
    return min([*issued, *said], default=None)


def _applied(applications: Iterable[Application]) -> Iterator[str]:
    asked = (each for each in applications if each.kind in LICENCES)
    return (day for each in asked for day in _iso(each.events.get("filed", each.events.get("complete", ()))))


def _of_licence(licence: Licence, facility: Facility, on: date) -> Iterator[Fact]:
    """Yield the facts of a licence; one that was replaced is no subject, its days are kept for the one after it."""
    events = dict(with_renewals(licence, facility))
    old = next((each for each in facility.licences if each.id == licence.replaces), None)
    if old is not None and "expiry" in old.events:
        events.setdefault("previous_expiry", old.events["expiry"])
    known, *days = _subject(licence.id, "licence", events)
    held = _begun(licence.events, on, "issued") and not _replaced(licence, facility, on)
    yield from (known, *days) if held else days
    yield Fact(subject=licence.id, quantity="licence_kind", value=licence.kind)
    yield Fact(subject=licence.id, quantity="replaces", value=licence.replaces or None)


def with_renewals(licence: Licence, facility: Facility) -> Events:
    """Return what happened to a licence; an application for its renewal that names it is a renewal applied for."""
    about = (each for each in facility.applications if each.kind == RENEWAL and each.licence == licence.id)
    days = [day for each in about for day in each.events.get("filed", each.events.get("complete", ()))]
    told = sorted({*licence.events.get("renewal_filed", ()), *days}, key=lambda day: day.isoformat())
    return {**licence.events, **({"renewal_filed": tuple(told)} if told else {})}


def _of_device(device: FacilityDevice, facility: Facility) -> Iterator[Fact]:
    yield from _subject(device.id, "device", device.events, equipment=(device.kind,))
    yield Fact(subject=device.id, quantity="exempt", value=device.exempt)
    yield Fact(subject=device.id, quantity="dose_check_months", value=device.dose_check_months)
    about = (
        each
        for each in facility.applications
        if device.id in each.devices or (not each.devices and device.licence and each.licence == device.licence)
    )
    yield _fact(device.id, "licence_applied", _applied(about))
    yield _fact(device.id, "licensed", _licensed(device, facility))


def _licensed(device: FacilityDevice, facility: Facility) -> tuple[str, ...]:
    """Return since when the device has been under its licence or those that it replaced."""
    held = {licence.id: licence for licence in facility.licences}
    licence = held.get(device.licence)
    found: list[str] = []
    while licence is not None:
        found += _iso(licence.events["issued"])
        licence = held.pop(licence.replaces, None)
    return tuple(found)


def _of_person(person: Person, facility: Facility) -> Iterator[Fact]:
    events = {name: list(days) for name, days in person.events.items()}
    for event in facility.happened:
        if person.id in event.people:
            events.setdefault(event.kind, []).append(event.date)
    yield from _subject(person.id, "person", {name: tuple(days) for name, days in events.items()}, person=person.role)


def _of_application(application: Application) -> Iterator[Fact]:
    yield from _subject(application.id, "application", application.events)
    yield Fact(subject=application.id, quantity="application_kind", value=application.kind)
    if application.fees_unpaid:
        yield Fact(subject=application.id, quantity="fees_paid", value=False)


def _of_incident(incident: Incident) -> Iterator[Fact]:
    yield from _subject(incident.id, "incident", incident.events)
    yield Fact(subject=incident.id, quantity="grade", value=incident.grade or None)
