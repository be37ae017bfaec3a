"""A facility in the law's eyes: devices, sources, people, meters and what happened to each, with dates."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from shieldcalc.model.emergency import Emergency
from shieldcalc.records import dataclass

Moment = date | datetime
Events = Mapping[str, tuple[Moment, ...]]
MOST_BQ = 1e20  # no source that a file may name holds more


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
    ``checks`` holds the answers of its safety check by quantity, with what it is worth at 0.1 m and its highest energy;
    ``protection`` what those who operate it are given, ``protection_staff`` doctors and others who work in its room,
    None where nothing is said.
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
    checks: Mapping[str, float | bool] = field(default_factory=dict)
    protection: tuple[str, ...] | None = None
    protection_staff: tuple[str, ...] | None = None
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

    def path(self, facility: "Facility") -> str:
        """Return where the design file lies, beside the facility's file."""
        from os.path import dirname, join

        return join(dirname(facility.file), self.file)


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonalDose:
    """What one employer recorded of a person in one year, in mSv; None where it recorded none.

    ``abdomen_mSv`` is the highest of any three months in a row; ``special_circumstances``: claimed for the year.
    """

    employer: str
    year: int
    effective_mSv: float | None = None
    lens_mSv: float | None = None
    skin_mSv: float | None = None
    extremities_mSv: float | None = None
    abdomen_mSv: float | None = None
    special_circumstances: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Pregnancy:
    """A pregnancy from the notice on; since when the work is without radiation; dose of the unborn child in mSv."""

    notice: date
    moved: date | None = None
    ended: date | None = None
    fetus_mSv: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Person:
    """Somebody who works there: role, birth date, doses by employer and year, training, health checks.

    ``exposed_since`` is the first day of work with radiation anywhere: before it there was no dose of work.
    ``operates`` and ``assists`` name devices, ``handles`` workplaces; ``protection`` is what the person has for that.
    """

    id: str
    role: str
    name: str = ""
    birth_date: date | None = None
    certificate: str = ""
    left: date | None = None
    exposed_since: date | None = None
    reproductive_capacity: bool = False
    operates: tuple[str, ...] = ()
    assists: tuple[str, ...] = ()
    handles: tuple[str, ...] = ()
    protection: tuple[str, ...] | None = None
    doses: tuple[PersonalDose, ...] = ()
    pregnancies: tuple[Pregnancy, ...] = ()
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
    """A document on file; ``expiry`` is the last day on which it holds."""

    id: str
    title: str
    number: str = ""
    dated: date | None = None
    expiry: date | None = None
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
    """An application to an authority; ``licence``, ``people`` and ``devices`` say what it is about.

    ``fees_unpaid``: the file says that its fees have not been paid.
    """

    id: str
    kind: str
    licence: str = ""
    devices: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    fees_unpaid: bool = False
    events: Events = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Incident:
    """A radiation incident: its grade where known, discovery, reports."""

    id: str
    what: str
    grade: str = ""
    events: Events = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class Operation:
    """One way of work with an unsealed nuclide: the largest activity of a day in Bq, and its groups of Annex C."""

    nuclide: str
    daily_Bq: float
    toxicity: str
    handling: str
    form: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Workplace:
    """A place of work with unsealed sources: its area, and what those who work there are given."""

    id: str
    operations: tuple[Operation, ...] = ()
    protection: tuple[str, ...] | None = None
    designation: str = ""
    contamination_possible: bool | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Inspection:
    """One visit to one unit: how many officers and vehicles were sent."""

    id: str
    unit: str
    date: date
    officers: int | None = None
    vehicles: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Hazard:
    """One hazard of the ledger: found, to be corrected by ``deadline`` where one was ordered, corrected."""

    id: str
    what: str
    found: date
    level: str = ""
    unit: str = ""
    inspection: str = ""
    deadline: date | None = None
    corrected: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class FacilityNeighbour:
    """Who lives or works beside the facility."""

    name: str
    kind: str
    distance_m: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Facility:
    """One facility file. ``jurisdiction`` is a country and what lies in it, "VN/Lao Cai".

    ``five_years_from``: the first year of the five-year periods of the dose limits; ``ledger`` says whether a ledger of
    hazards is kept; ``self_inspection`` holds its answers where it made one.
    """

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
    five_years_from: int | None = None
    ledger: bool | None = None
    self_inspection: Mapping[str, bool] | None = None
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
    workplaces: tuple[Workplace, ...] = ()
    inspections: tuple[Inspection, ...] = ()
    hazards: tuple[Hazard, ...] = ()
    lines: Mapping[str, int] = field(default_factory=dict)
    emergency: Emergency | None = None
    plugins: Mapping[str, object] = field(default_factory=dict)
