"""The words of a submission and the figures that judge it: data/verify."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from shieldcalc.model.design import Source
from shieldcalc.resources import data_path
from shieldcalc.tables import table

RULES = "verify/rules.csv"


@cache
def rule(name: str) -> float:
    """Return one figure of data/verify/rules.csv."""
    return float(next(table(RULES).where(name=name))["value"])


@cache
def toml(name: str) -> Mapping[str, Any]:
    """Return one file of data/verify."""
    import tomllib

    with open(data_path("verify", name), "rb") as file:
        return tomllib.load(file)


def is_tube(source: Source) -> bool:
    """Return whether a source is an X-ray tube: no sealed source, no patients, no accelerator."""
    return source.sealed is None and source.patients is None and source.accelerator is None


def attachment_kinds() -> tuple[str, ...]:
    """Return what an attachment may be."""
    return tuple(toml("attachments.toml")["kinds"])
