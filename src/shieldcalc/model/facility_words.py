"""The names that a facility file may use (``data/facility/words.toml``): kinds, roles, meters, events by owner."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from shieldcalc.resources import data_path

Tree = Mapping[str, frozenset[str]]
_LISTS = ("grade", "hazard", "protection", "toxicity", "handling", "form")


class Words(NamedTuple):
    """Trees of kinds: each name with everything that it also is, itself included; and plain lists of names."""

    facility: Tree
    role: Tree
    meter: Tree
    feature: tuple[str, ...]
    self_inspection: tuple[str, ...]
    licence: tuple[str, ...]
    application: tuple[str, ...]
    grade: tuple[str, ...]
    hazard: tuple[str, ...]
    protection: tuple[str, ...]
    toxicity: tuple[str, ...]
    handling: tuple[str, ...]
    form: tuple[str, ...]
    event: Mapping[str, tuple[str, ...]]


@cache
def words() -> Words:
    """Return the names, read once."""
    import tomllib

    with open(data_path("facility", "words.toml"), "rb") as file:
        data = tomllib.load(file)
    return Words(
        facility=_tree(data["facility"]),
        role=_tree(data["role"]),
        meter=_tree(data["meter"]),
        feature=tuple(data["feature"]["names"]),
        self_inspection=tuple(data["self_inspection"]["names"]),
        licence=tuple(data["licence"]["names"]),
        application=tuple(data["application"]["names"]),
        **{name: tuple(data[name]["names"]) for name in _LISTS},
        event={owner: tuple(names) for owner, names in data["event"].items()},
    )


def _tree(parents: Mapping[str, Any]) -> Tree:
    def ancestors(name: str) -> frozenset[str]:
        return frozenset({name}).union(*(ancestors(parent) for parent in parents[name]))

    return {name: ancestors(name) for name in parents}
