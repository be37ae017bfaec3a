"""What is told to be used no times a week: it is computed for the rate alone, which has to be said."""

from collections.abc import Iterator

from shieldcalc.errors import Notice
from shieldcalc.model.loader.names import rows
from shieldcalc.model.loader.structure import Tree

OF_SOURCE = ("energy", "protocol", "exposure")


def idle(tree: Tree) -> list[Notice]:
    """Return which energies, protocols, exposures and treatments of a checked design count nothing a week."""
    return [
        Notice("warnings.nothing_a_week", {"source": source["id"], "what": ", ".join(named)})
        for _, source in rows(tree, "source")
        if (named := [*_idle(source)])
    ]


def _idle(source: Tree) -> Iterator[str]:
    for kind in OF_SOURCE:
        yield from (row.get("mv") or row.get("id") or kind for _, row in rows(source, kind) if row["per_week"] == 0)
    if source["treatments_per_week"] == 0:
        yield "treatments_per_week"
