"""The names that a facility file may use (``data/facility/words.toml``): kinds, roles, meters, events by owner."""

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple

from shieldcalc.resources import data_path

Tree = Mapping[str, frozenset[str]]


class Words(NamedTuple):
    """Trees of kinds: each name with everything that it also is, itself included; and plain lists of names."""

    facility: Tree
    role: Tree
    meter: Tree
    feature: tuple[str, ...]
    licence: tuple[str, ...]
    application: tuple[str, ...]
    grade: tuple[str, ...]
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
        licence=tuple(data["licence"]["names"]),
        application=tuple(data["application"]["names"]),
        grade=tuple(data["grade"]["names"]),
        event={owner: tuple(names) for owner, names in data["event"].items()},
    )


def _tree(parents: Mapping[str, Any]) -> Tree:
    def ancestors(name: str) -> frozenset[str]:
        return frozenset({name}).union(*(ancestors(parent) for parent in parents[name]))

    return {name: ancestors(name) for name in parents}
