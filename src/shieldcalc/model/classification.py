"""Classes by ladders of instruments: what decided, every criterion as it was read, what is missing."""

from typing import Literal

from shieldcalc.model.result import Force
from shieldcalc.records import dataclass


@dataclass(frozen=True, kw_only=True, slots=True)
class CriterionRead:
    """One criterion of a ladder as it was read: None in ``holds`` is not known, ``missing`` says what would tell."""

    criterion: str
    grade: str
    article: str
    holds: bool | None
    force: Force
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class ClassFound:
    """A ladder's class with the criterion that decides and every other one shown.

    ``outcome``: classified; at_least, where a graver criterion is not known (``missing``); none, where no criterion is
    met; undetermined, where none is met and some are not known. ``grade`` is the gravest that is met by a criterion of
    any force; ``verified`` the gravest by one that is binding or of secondary source, "" where there is none.
    ``quantity`` and ``value`` say what the criterion that decides compared, where that is a number;
    ``value_at_least`` the part of a sum that is known, where the whole is not.
    """

    ladder: str
    instrument: str
    article: str
    subject: str
    outcome: Literal["classified", "at_least", "none", "undetermined"]
    grade: str
    decided_by: str
    force: Force
    verified: str = ""
    quantity: str = ""
    value: float | None = None
    value_at_least: float | None = None
    missing: tuple[str, ...] = ()
    others: tuple[CriterionRead, ...] = ()
