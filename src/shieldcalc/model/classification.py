"""A class that a ladder gives: what decided it, what else there is, what is missing for it."""

from dataclasses import dataclass

from shieldcalc.model.result import Force


@dataclass(frozen=True, kw_only=True, slots=True)
class Classification:
    """A ladder's class with the deciding criterion and every other one shown.

    ``grade`` is "" where it is not known, with the keys in ``missing``; ``quantity`` and ``value`` say what was
    compared.
    """

    ladder: str
    subject: str
    grade: str
    decided_by: str
    others: tuple[str, ...] = ()
    system: str = ""
    number: str = ""
    force: Force = "unverified"
    quantity: str = ""
    value: float | None = None
    missing: tuple[str, ...] = ()
