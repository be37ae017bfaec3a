"""Refusing a submission: one clear sentence, exit code 2."""

from shieldcalc.errors import ShieldcalcError


class SubmissionError(ShieldcalcError):
    """A submission that cannot be used."""
