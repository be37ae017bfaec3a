"""What plugins know of a source: the values of its ``equipment``, the built-in kind behind its ``kind``.

Both are put into the file's own table before it is read, so that they are checked like what a user writes.
"""

from typing import Any

from shieldcalc.entrypoints import plain
from shieldcalc.errors import Notice, listed
from shieldcalc.model.catalog import Catalog, Equipment
from shieldcalc.model.loader.problems import Problems
from shieldcalc.model.loader.structure import Tree


def with_equipment(parsed: Tree, catalog: Catalog, problems: Problems) -> tuple[Tree, tuple[Notice, ...]]:
    """Return the file with what its sources take from catalogues, and what to say of it; the file wins."""
    sources = parsed.get("source")
    if not isinstance(sources, list):
        return parsed, ()
    said: list[Notice] = []
    read = [_source(index, each, catalog, problems, said) for index, each in enumerate(sources)]
    return {**parsed, "source": read}, tuple(said)


def _source(index: int, source: Any, catalog: Catalog, problems: Problems, said: list[Notice]) -> Any:
    if not isinstance(source, dict):
        return source
    name, kind = source.get("equipment"), source.get("kind")
    if isinstance(kind, str) and (like := catalog.kinds_like.get(kind)):
        source = {**source, "kind": like.like}
        said.append(Notice("assumptions.kind_like", {"kind": kind, "like": like.like, "source": like.source}))
    if not isinstance(name, str):
        return source
    known = catalog.equipment.get(name)
    if known is None:
        problems.unknown(("source", index, "equipment"), "equipment", name, catalog.equipment)
        return source
    if source.get("kind", known.kind) != known.kind:
        told = {"name": name, "kind": known.kind}
        problems.say(("source", index, "kind"), "design.equipment_kind", **told)
    return _filled(source, known, said)


def _filled(source: Tree, known: Equipment, said: list[Notice]) -> Tree:
    taken = {key: value for key, value in {"kind": known.kind, **known.values}.items() if key not in source}
    keys = ", ".join(taken) or "-"
    params = {"id": str(source.get("id", "")), "name": known.name, "keys": keys, "source": known.source}
    said.append(Notice("assumptions.equipment", params))
    return {**source, **taken}


def check_plugins(tree: Tree, catalog: Catalog, problems: Problems) -> None:
    """Report tables ``[plugins.NAME]`` of plugins that this run does not have."""
    if catalog.plugins is None:
        return
    known = {plain(name) for name in catalog.plugins}
    for name in tree["plugins"] or ():
        if plain(name) not in known:
            told = {"name": name, "allowed": listed(sorted(catalog.plugins), str(name)) or "-"}
            problems.say(("plugins", name), "design.plugin_absent", **told)
