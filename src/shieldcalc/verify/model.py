"""What an applicant states, and what the verifier says of it."""

from collections.abc import Callable, Mapping
from dataclasses import field
from datetime import date
from typing import Literal

from shieldcalc.errors import Notice
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.result import Finding
from shieldcalc.records import dataclass

Status = Literal["agrees", "conservative", "understated", "not_reproduced"]
Counted = Literal["agrees", "below", "above", "not_counted"]
Verdict = Literal["accept", "accept_with_conditions", "query", "reject"]


def _nowhere() -> None:
    """Return that there is no line."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Claim:
    """One claim for a barrier or a point, in the unit of the recomputed quantity; ``half_unit`` half its last digit.

    ``quantity``: a field of Doses, "thickness", "required", "lead_equivalent" or "verdict". ``safe``: which side of
    the truth is safe: "high" for doses and required thickness, "low" for what is said to stand or to protect.
    ``line_of``: gives the line that it stands on, looked for when somebody is told.
    """

    id: str
    design: str
    subject: str
    quantity: str
    written: str
    method: str
    value: float | None = None
    unit: str = ""
    half_unit: float = 0.0
    safe: Literal["high", "low"] = "high"
    material: str = ""
    rule: str = ""
    program: str = ""
    uncertainty: float = 0.0
    line_of: Callable[[], int | None] = field(default=_nowhere, repr=False, compare=False)

    @property
    def line(self) -> int:
        """Return the line of ``claims.toml`` that it stands on, 0 for one that stands in none."""
        return self.line_of() or 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Instrument:
    """A survey meter: what it shows, calibration, response time (s), relative uncertainty (k = 2), photon energies.

    ``detector``: a word of ``[[instrument]] detector``, "" where it is not said.
    """

    id: str
    make: str
    model: str
    serial: str
    shows: Literal["h10", "air_kerma", "neutron_h10"]
    detector: str = ""
    calibrated: date | None = None
    valid_until: date | None = None
    certificate: str = ""
    factor: float | None = None
    response_s: float | None = None
    uncertainty: float | None = None
    energy_low_MeV: float | None = None
    energy_high_MeV: float | None = None
    least_uSv_per_h: float | None = None
    most_uSv_per_h: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """One row of a survey: rates in uSv/h or uGy/h, integrated doses in uSv or uGy (``integrated``), time in s.

    ``activity_Bq`` is what patients held when it was taken; ``dose_rate_Gy_per_h`` that of an accelerator's isocentre,
    ``gantry_deg`` and ``field_mm`` its angle and the side of its field there.
    """

    id: str
    design: str
    subject: str
    instrument: str
    file: str
    row: int
    value: float
    integrated: bool
    shows: Literal["h10", "air_kerma"]
    background: float | None = None
    on: date | None = None
    source: str = ""
    beam: str = ""
    kv: float | None = None
    current_mA: float | None = None
    charge_mAs: float | None = None
    dlp_mGy_cm: float | None = None
    time_s: float | None = None
    filtration_mmAl: float | None = None
    phantom: str = ""
    activity_Bq: float | None = None
    dose_rate_Gy_per_h: float | None = None
    gantry_deg: float | None = None
    field_mm: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Drawn:
    """What the plan shows of a barrier: its whole thickness, and how far it lies from a source."""

    design: str
    barrier: str
    thickness_mm: float | None = None
    source: str = ""
    distance_m: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Attachment:
    """A document of the submission: what it is (a word of data/verify/attachments.toml) and its digest where said."""

    file: str
    what: str
    sha256: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """Everything in ``claims.toml`` and the survey files."""

    applicant: str
    designs: tuple[str, ...]
    site: str = ""
    reference: str = ""
    dated: date | None = None
    claims: tuple[Claim, ...] = ()
    instruments: tuple[Instrument, ...] = ()
    readings: tuple[Reading, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    attachments: tuple[Attachment, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Judged:
    """A claim beside what its own method gives; ``factor`` is how far the truth lies on the unsafe (above 1) side.

    ``spread``: what the other methods give. ``missing`` says why it cannot be reproduced, ``slip`` which unit may have
    been mistaken.
    """

    claim: Claim
    status: Status
    recomputed: float | None = None
    recomputed_verdict: str = ""
    factor: float | None = None
    band: float = 0.0
    missing: Notice | None = None
    slip: Notice | None = None
    spread: tuple[tuple[str, float], ...] = ()
    refused: tuple[tuple[str, Notice], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Measured:
    """A reading beside the calculation: scaled to the maximum technique, in uSv/h or uGy/h, and measured / computed.

    ``scale`` is what net was multiplied by. ``hidden``: of a reading that cannot be told from the background the
    highest measured / computed that it leaves possible. ``share``: at most this share of any dose there is what was
    measured. ``slip``: which unit may have been mistaken.
    """

    reading: Reading
    status: Counted
    why: tuple[Notice, ...] = ()
    net: float | None = None
    scale: float | None = None
    scaled: float | None = None
    computed: float | None = None
    ratio: float | None = None
    hidden: float | None = None
    uncertainty: float = 0.0
    share: float = 1.0
    slip: Notice | None = None
    steps: tuple[Notice, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Remark:
    """Something that does not look right, said of a subject."""

    subject: str
    said: Notice


@dataclass(frozen=True, kw_only=True, slots=True)
class Flip:
    """One assumption: how far it is moved, what then no longer passes, and the least change that does it.

    ``change`` and ``least`` are in ``unit``; ``least`` None: nothing up to ``most`` does it, or (``refused``) the
    method does not say.
    """

    assumption: str
    change: float
    most: float
    unit: str
    flips: tuple[str, ...] = ()
    least: float | None = None
    subject: str = ""
    rule: str = ""
    refused: Notice | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Item:
    """A line of a checklist: there, not there, or (None) not decidable here."""

    id: str
    instrument: str
    article: str
    said: Notice
    present: bool | None
    confidence: str
    found: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Reason:
    """Why an outcome is what it is: in words, with the article where there is one.

    ``condition``: the name by which a reviewer says that he has seen it fulfilled; "" where nobody can.
    """

    weight: Verdict
    said: Notice
    instrument: str = ""
    article: str = ""
    subject: str = ""
    condition: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class RoomVerification:
    """One design of the submission: the recomputation, and everything compared with it."""

    name: str
    assessment: Assessment
    others: Mapping[str, Assessment] = field(default_factory=dict)
    claims: tuple[Judged, ...] = ()
    unclaimed: tuple[str, ...] = ()
    readings: tuple[Measured, ...] = ()
    by_readings: tuple[Finding, ...] = ()
    by_hidden: tuple[Finding, ...] = ()
    remarks: tuple[Remark, ...] = ()
    flips: tuple[Flip, ...] = ()
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Verification:
    """A whole submission verified."""

    name: str
    statement: Statement
    hashes: Mapping[str, str]
    manifest: bool
    rooms: tuple[RoomVerification, ...]
    verdict: Verdict
    reasons: tuple[Reason, ...]
    exit_code: int
    on: str
    version: str
