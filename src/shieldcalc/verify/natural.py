"""Rules that only readings decide: equal to the natural background at every measured point (Lao Cai 15.3, homes).

With u the relative uncertainty of the meter, a reading r that counts and the background b: kept where r <= b (1 + u)
at the maximum technique, or one at most ``background_technique`` times weaker; broken where r (1 - u) > b (1 + u) at
any technique; otherwise nothing is decided and the reading has to be repeated.
"""

from collections.abc import Iterable
from typing import Literal

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.result import Finding
from shieldcalc.verify.claimed import CannotSayError, points
from shieldcalc.verify.model import Measured
from shieldcalc.verify.vocabulary import rule

ONLY_MEASURED = "findings.only_measurement_decides"
Decided = Literal["kept", "broken", "open"]
_WORST: tuple[Decided, ...] = ("broken", "open", "kept")


def is_measured(finding: Finding) -> bool:
    """Return whether only readings can decide a finding."""
    return finding.reason is not None and finding.reason.code == ONLY_MEASURED


def decided(finding: Finding, own: Assessment, readings: Iterable[Measured]) -> tuple[Decided, Measured] | None:
    """Return what the readings at the place of a finding decide, with the one that does; None where there is none."""
    found = [(_decides(each), each) for each in readings if each.status != "not_counted" and _there(finding, own, each)]
    return min(found, key=lambda pair: _WORST.index(pair[0]), default=None)


def _there(finding: Finding, own: Assessment, measured: Measured) -> bool:
    subject = measured.reading.subject
    try:
        return finding.subject == subject or finding.subject in points(subject, own.results[0])
    except CannotSayError:
        return False


def _decides(measured: Measured) -> Decided:
    reading, band = measured.reading, measured.uncertainty
    background = reading.background or 0.0
    if reading.value * (1 - band) > background * (1 + band):
        return "broken"
    strong = measured.scale is not None and measured.scale <= rule("background_technique")
    strong = strong and reading.dose_rate_Gy_per_h is None  # the beam of an accelerator may have pointed elsewhere
    return "kept" if strong and background > 0 and reading.value <= background * (1 + band) else "open"
