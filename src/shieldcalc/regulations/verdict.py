"""Verdict: what the facts say of one rule at one subject, before dates and exceptions."""

from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.result import Outcome
from shieldcalc.regulations.rules import Value


class Verdict(NamedTuple):
    """What the facts say: outcome, the value that decided, its averaging, why, and what stands beside it."""

    outcome: Outcome
    value: Value | None
    averaging: str
    reason: Notice | None = None
    notices: tuple[Notice, ...] = ()
