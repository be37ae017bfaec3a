"""Verdict: one check of one thing."""

from typing import Literal, NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.plugin_raised import reason_of

Outcome = Literal["pass", "fail", "skip"]
PASS: Outcome = "pass"
FAIL: Outcome = "fail"
SKIP: Outcome = "skip"


class Verdict(NamedTuple):
    """One check (a code of report.contract), the thing that was tried, its outcome and why it is not a pass."""

    check: str
    thing: str
    outcome: Outcome
    reason: Notice | None = None


def failed(check: str, thing: str, **params: object) -> Verdict:
    """Return a failure whose sentence is the code warnings.contract_CHECK."""
    return Verdict(check, thing, FAIL, Notice(f"warnings.contract_{check}", {"thing": thing, **params}))


def raised(check: str, thing: str, error: BaseException) -> Verdict:
    """Return the failure of a check that raised."""
    return Verdict(check, thing, FAIL, Notice("warnings.contract_raised", {"thing": thing, "reason": reason_of(error)}))
