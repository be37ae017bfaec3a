"""The names that rules and facts share (``data/regulations/_taxonomy.toml``): trees of kinds, quantities with units."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from shieldcalc.resources import data_path

Tree = Mapping[str, frozenset[str]]


class Quantity(NamedTuple):
    """One quantity in one averaging: its unit, and the field of Doses that holds it ("" for none).

    ``of_source``: a dose rate around a source, of which a part may be unknown.
    ``upper_bound``: what is known of it is the most that it can be, so that it can keep a bound but not break one.
    """

    unit: str
    dose: str = ""
    upper_bound: bool = False
    of_source: bool = False


class Taxonomy(NamedTuple):
    """Each name of a tree with everything that it also is, itself included; quantities by (name, averaging).

    ``modes``: the modes of operation that each kind of equipment works in; ``names`` the quantities that are no
    numbers: yes or no, a name, several names; ``doses``: those of the quantities that a field of Doses holds.
    """

    equipment: Tree
    mode: Tree
    modes: Mapping[str, frozenset[str]]
    place: Tree
    person: Tree
    quantities: Mapping[tuple[str, str], Quantity]
    names: frozenset[str]
    doses: Mapping[tuple[str, str], Quantity]


@cache
def taxonomy() -> Taxonomy:
    """Return the shared names, read once."""
    import tomllib

    with open(data_path("regulations", "_taxonomy.toml"), "rb") as file:
        data = tomllib.load(file)
    equipment, quantities = _tree(data["equipment"]), _quantities(data["quantity"])
    return Taxonomy(
        equipment=equipment,
        mode=_tree(data["mode"]),
        modes={kind: _modes(kind, equipment, data["modes"]) for kind in equipment},
        place=_tree(data["place"]),
        person=_tree(data["person"]),
        quantities=quantities,
        names=frozenset(data["quantity"]["names"]["of"]),
        doses={name: row for name, row in quantities.items() if row.dose},
    )


def _tree(parents: Mapping[str, list[str]]) -> Tree:
    def ancestors(name: str) -> frozenset[str]:
        return frozenset({name}).union(*(ancestors(parent) for parent in parents[name]))

    return {name: ancestors(name) for name in parents}


def _modes(kind: str, equipment: Tree, modes: Mapping[str, list[str]]) -> frozenset[str]:
    """Return the modes of a kind and of everything that it also is."""
    return frozenset(mode for name in equipment[kind] for mode in modes.get(name, ()))


def _quantities(data: Mapping[str, Any]) -> Mapping[tuple[str, str], Quantity]:
    found = {(name, "none"): Quantity("") for name in data["names"]["of"]}
    for name, averagings in data.items():
        if name != "names":
            found |= {(name, averaging): Quantity(**row) for averaging, row in averagings.items()}
    return found


def is_a(tree: Tree, name: str, wanted: Iterable[str]) -> bool:
    """Return whether a name is one of the wanted ones or below one of them; a name outside the tree is only itself."""
    return not tree.get(name, frozenset({name})).isdisjoint(wanted)
