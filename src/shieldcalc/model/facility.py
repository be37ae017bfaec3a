"""A facility in the law's eyes: devices, sources, people, meters and what happened to each, with dates."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from shieldcalc.model.emergency import Emergency

Moment = date | datetime
Events = Mapping[str, tuple[Moment, ...]]


@dataclass(frozen=True, kw_only=True, slots=True)
class Licence:
    """A licence: what for, its number, the licence that it takes the place of; issued, expiry, renewal filed."""

    id: str
    kind: str
    number: str = ""
    replaces: str = ""
    events: Events = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class FacilityDevice:
    """A device: its kind in the taxonomy of equipment, serial, room and licence; ``exempt`` from declaration.

    ``dose_check_months`` is the interval of dose calibration checks that the maker recommends, 0 for none.
    """

    id: str
    kind: str
    make: str = ""
    model: str = ""
    serial: str = ""
    room: str = ""
    licence: str = ""
    exempt: bool = False
    dose_check_months: float | None = None
    withdrawn: date | None = None
    events: Events = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class HeldSource:
    """A sealed source as held: activity in Bq on its reference date."""

    id: str
    nuclide: str
    activity_Bq: float
    reference_date: date
    serial: str = ""
    device: str = ""
    room: str = ""
    licence: str = ""
    withdrawn: date | None = None
    events: Events = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class FacilityRoom:
    """A room's design file, in the folder of the facility file or below, with its SHA-256."""

    id: str
    file: str
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonalDose:
    """What one employer recorded of a person in one year, in mSv; None where it recorded none."""

    employer: str
    year: int
    effective_mSv: float | None = None
    lens_mSv: float | None = None
    skin_mSv: float | None = None
    extremities_mSv: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who works there: role, birth date, doses by employer and year, training, health checks."""

    id: str
    role: str
    name: str = ""
    birth_date: date | None = None
    certificate: str = ""
    left: date | None = None
    doses: tuple[PersonalDose, ...] = ()
    events: Events = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Meter:
    """A meter or warning device with its verifications."""

    id: str
    kind: str
    make: str = ""
    model: str = ""
    serial: str = ""
    withdrawn: date | None = None
    events: Events = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Document:
    """A document on file."""

    id: str
    title: str
    number: str = ""
    dated: date | None = None
    file: str = ""
    sha256: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class FacilityEvent:
    """Something that happened to the whole facility; ``for_year`` is the year that a yearly report is about."""

    kind: str
    date: date
    for_year: int | None = None
    note: str = ""
    people: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Application:
    """An application to an authority; ``licence``, ``people`` and ``devices`` say what it is about."""

    id: str
    kind: str
    licence: str = ""
    devices: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    events: Events = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Incident:
    """A radiation incident: its grade where known, discovery, reports."""

    id: str
    what: str
    grade: str = ""
    events: Events = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class FacilityNeighbour:
    """Who lives or works beside the facility."""

    name: str
    kind: str
    distance_m: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Facility:
    """One facility file. ``jurisdiction`` is a country and what lies in it, "VN/Lao Cai"."""

    file: str
    sha256: str
    name: str
    kind: str
    jurisdiction: str
    address: str = ""
    employees: float | None = None
    features: tuple[str, ...] | None = None
    on: date | None = None
    instruments: tuple[str, ...] = ()
    licences: tuple[Licence, ...] = ()
    devices: tuple[FacilityDevice, ...] = ()
    sources: tuple[HeldSource, ...] = ()
    rooms: tuple[FacilityRoom, ...] = ()
    people: tuple[Person, ...] = ()
    meters: tuple[Meter, ...] = ()
    documents: tuple[Document, ...] = ()
    happened: tuple[FacilityEvent, ...] = ()
    applications: tuple[Application, ...] = ()
    incidents: tuple[Incident, ...] = ()
    neighbours: tuple[FacilityNeighbour, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    emergency: Emergency | None = None
