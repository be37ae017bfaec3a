"""Libraries that only some commands need: each belongs to an optional extra of the package."""

from importlib import import_module
from typing import Any

from shieldcalc.errors import ShieldcalcError


class MissingExtraError(ShieldcalcError):
    """A command whose optional library is not installed."""


def require(module: str, extra: str) -> Any:
    """Return an imported module; raise MissingExtraError that names the extra when it is not installed."""
    try:
        return import_module(module)
    except ImportError as error:
        raise MissingExtraError("extra_missing", library=module.partition(".")[0], extra=extra) from error
