"""Refusing a submission: one clear sentence, exit code 2."""

from shieldcalc.errors import ShieldcalcError


class SubmissionError(ShieldcalcError):
    """A submission that cannot be used; ``code`` is a key under ``errors.submission``."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(f"submission.{code}", **params)
