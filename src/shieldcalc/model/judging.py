"""What a design says of how it is to be judged: the reading of a rule, the licensee's own dose constraints."""

from typing import Literal

from shieldcalc.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class Reading:
    """The authority's reading of a rule that does not say how to average, with the document that states it."""

    averaging: Literal["beam_on", "hour"]
    document: str


@dataclass(frozen=True, kw_only=True, slots=True)
class DoseConstraints:
    """The licensee's own yearly dose constraints in mSv, with the document that sets them."""

    document: str
    worker_mSv_per_year: float | None = None
    public_mSv_per_year: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Identity:
    """Who and what the file is about; every text is shown, none is computed with."""

    facility: str
    room: str
    author: str
    address: str = ""
