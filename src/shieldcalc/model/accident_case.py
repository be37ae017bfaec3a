"""An accident as it became known: what is fixed, and entries of what was learnt when."""

from collections.abc import Mapping
from dataclasses import field
from datetime import date, datetime

from shieldcalc.records import dataclass

CONTENTS = (
    "cause", "people", "hazard", "process", "progress", "data", "measures", "result", "remaining", "impact", "evidence",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseSource:
    """A source of the accident: activity in Bq on its reference date, what happened to it, its size in m.

    ``known``: when it became known what it is; None: with the discovery. ``separated``: the day, as an ordinal, on
    which it was without daughters.
    """

    id: str
    nuclide: str
    activity_Bq: float
    reference: int | None
    state: str
    diameter_m: float | None = None
    length_m: float | None = None
    known: datetime | None = None
    separated: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseDose:
    """A dose in mSv that somebody received, as learnt: person and organ as ``accident grade`` has them."""

    who: str
    person: str
    organ: str
    dose_mSv: float


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseAbsorbed:
    """An absorbed dose in Gy of somebody's organ, as somebody determined it."""

    who: str
    organ: str
    dose_Gy: float


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseExposure:
    """How somebody was beside a source: kind, hours, distance in m where the kind has none of its own; its day."""

    who: str
    source: str
    kind: str
    hours: float
    distance_m: float | None = None
    on: date | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseSurvey:
    """A survey reading in uSv/h: its place in m from the source (east, north) where it is known, else its distance."""

    rate: float
    distance_m: float
    place: tuple[float, float] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """What was learnt at a time; None and empty where nothing new was said of it."""

    at: datetime
    what: str
    event: str = ""
    deaths: int | None = None
    severe: int | None = None
    contamination: str | None = None
    recovered: tuple[str, ...] = ()
    done: tuple[str, ...] = ()
    end_conditions: tuple[str, ...] = ()
    words: dict[str, str] = field(default_factory=dict)
    doses: tuple[CaseDose, ...] = ()
    absorbed: tuple[CaseAbsorbed, ...] = ()
    exposures: tuple[CaseExposure, ...] = ()
    surveys: tuple[CaseSurvey, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """A case file. Times are the place's own; ``happened``: the day of the accident, else that of the discovery.

    ``no_source``: no source was out of control; False leaves that open where none is listed. ``plan``: the design or
    site file of where it happened, "" none; ``source_at``: where the source is on it, in m.
    """

    file: str
    sha256: str
    id: str
    name: str
    place: str
    jurisdiction: str
    unit: str
    discovered: datetime
    happened: date
    situation: str = ""
    indoors: bool = False
    no_source: bool = False
    plan: str = ""
    source_at: tuple[float, float] = (0.0, 0.0)
    sources: tuple[CaseSource, ...] = ()
    entries: tuple[Entry, ...] = ()
    plugins: Mapping[str, object] = field(default_factory=dict)
