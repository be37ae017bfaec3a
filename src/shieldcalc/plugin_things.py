"""What each hook may return: its type, the names that it claims, and what is wrong with one thing before it is used."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from datetime import date
from math import isfinite
from os.path import isabs, isfile
from typing import Any, NamedTuple

from shieldcalc import builtins
from shieldcalc.errors import ShieldcalcError
from shieldcalc.model.catalog import (
    Command,
    Distribution,
    Equipment,
    Instrument,
    Material,
    NuclideTable,
    ReportKind,
    SourceKind,
)
from shieldcalc.model.result import Method
from shieldcalc.plugin_raised import writable
from shieldcalc.resources import data_path

ARCHER = ("material", "key_type", "key", "component", "alpha_per_mm", "beta_per_mm", "gamma")
DENSEST = 25.0
DEEPEST = 8
DECLARES = ("", "density", "lead_equivalent")
RULES = "shieldcalc.regulations.rules:load"
LONGEST_NAME = 120
SCRIPTS = ("LATIN ", "CJK ")  # letters of other scripts look like Latin ones
SIGNS = frozenset("\\/;|&$`<>*?\"'!\n\r\t\0")


class Fault(NamedTuple):
    """One thing wrong: the field, its value, what it has to be."""

    field: str
    value: object
    wanted: str


class Hook(NamedTuple):
    """A hook: the word for what it returns, its types, the names that one thing claims, its checks."""

    word: str
    types: tuple[type, ...]
    names: Callable[[Any], Iterable[str]]
    faults: Callable[[Any], Iterator[Fault]]

    @property
    def wanted(self) -> str:
        """Return the names of the types."""
        return " | ".join(each.__name__ for each in self.types)


def wrong_with(hook: str, thing: Any) -> Fault | None:
    """Return the first thing wrong with what a hook gave, None where it can be used."""
    known = HOOKS[hook]
    untyped = _untyped(thing)
    if untyped is not None:
        return untyped
    names = known.names(thing)
    if isinstance(names, str) or not all(map(is_name, names)):
        return Fault("name", names, "plain text")
    return next(known.faults(thing), None)


def _untyped(thing: Any) -> Fault | None:
    """Return the first field that is not of the type that it is declared with."""
    for each in fields(thing):
        value, fits = getattr(thing, each.name), FITS.get(each.type)
        if fits is not None and not fits(value):
            return Fault(each.name, value, each.type.__name__ if isinstance(each.type, type) else str(each.type))
    return None


def _are_texts(value: object) -> bool:
    return isinstance(value, list | tuple) and all(map(_is_text, value))


def _is_text(value: object) -> bool:
    """Say whether something is text that any file can hold."""
    return isinstance(value, str) and value == writable(value)


def _is_span(value: object) -> bool:
    if not isinstance(value, list | tuple) or len(value) != len(("low", "high")) or not all(map(_is_number, value)):
        return value is None
    return bool(0 <= value[0] <= value[1])


def is_name(name: object) -> bool:
    """Say whether something can be the name of a plugin or of what it gives."""
    return type(name) is str and 0 < len(name) <= LONGEST_NAME and name.isprintable() and _is_plain(name)


def _is_plain(name: str) -> bool:
    """Say whether a name means nothing to a shell, is no option, and looks like no other name."""
    from unicodedata import is_normalized
    from unicodedata import name as called

    if name != name.strip() or name.startswith("-") or not SIGNS.isdisjoint(name) or not is_normalized("NFKC", name):
        return False
    return all(called(char, "").startswith(SCRIPTS) for char in name if char.isalpha())


def _material(thing: Material) -> Iterator[Fault]:
    density = thing.density_g_per_cm3
    if density is not None and not (_is_number(density) and 0 < density <= DENSEST):
        yield Fault("density_g_per_cm3", density, f"0 < g/cm3 <= {DENSEST:g}")
    if thing.scaled and density is None:
        yield Fault("density_g_per_cm3", None, "scaled = True")
    if thing.declares not in DECLARES:
        yield Fault("declares", thing.declares, ", ".join(filter(None, DECLARES)))
    for name in thing.tables:
        yield from _archer(name)
    if thing.composition:
        yield from _composition(thing.composition)


def _archer(name: str) -> Iterator[Fault]:
    """Yield what is wrong with a table of Archer rows: alpha and gamma above 0, beta not below -alpha, all finite."""
    from shieldcalc.tables import table

    try:
        read = table(name)
    except (ShieldcalcError, UnicodeDecodeError) as error:
        yield Fault("tables", name, str(error))
        return
    if not name.startswith("xray/") and not set(ARCHER) <= set(read.columns):
        yield Fault("tables", name, ",".join(ARCHER))
        return
    for row in read.rows:
        try:
            alpha, beta, gamma = (float(row[key]) for key in ARCHER[4:])
        except ValueError:
            yield Fault("tables", f"{name}: {','.join(row.values())}", "alpha, beta, gamma")
            return
        if not (all(map(isfinite, (alpha, beta, gamma))) and alpha > 0 and gamma > 0 and beta > -alpha):
            yield Fault("tables", f"{name}: {','.join(row.values())}", "alpha > 0, gamma > 0, beta > -alpha")


def _composition(written: str) -> Iterator[Fault]:
    from shieldcalc.photons.elements import composition_weights, formula_weights

    try:
        found = composition_weights(written) or formula_weights(written)
    except ShieldcalcError as error:
        yield Fault("composition", written, str(error))
        return
    if not found:
        yield Fault("composition", written, "H:0.11 O:0.89 | H2O")


NUCLIDE, WORKLOAD = "nuclide ", "workload "
Sources = SourceKind | Equipment | NuclideTable | Distribution


def _sources(thing: Sources) -> list[str]:
    """Return the names that a thing of register_sources claims; nuclides and distributions have their own words."""
    if isinstance(thing, Distribution):
        return [f"{WORKLOAD}{thing.name}"]
    if not isinstance(thing, NuclideTable):
        return [thing.name]
    from shieldcalc.tables import table

    return [f"{NUCLIDE}{row.get('nuclide', '')}" for row in table(thing.nuclides).rows]


def _source(thing: Sources) -> Iterator[Fault]:
    """Yield what is wrong; raises DataError for files that are no tables."""
    from shieldcalc import plugin_tables

    if not thing.source:
        yield Fault("source", thing.source, "plain text")
    if isinstance(thing, NuclideTable):
        yield from (Fault(*each) for each in plugin_tables.nuclides(thing))
    elif isinstance(thing, Distribution):
        yield from (Fault(*each) for each in plugin_tables.distribution(thing))
    else:
        yield from _kind(thing)


def _kind(thing: SourceKind | Equipment) -> Iterator[Fault]:
    field = "like" if isinstance(thing, SourceKind) else "kind"
    if getattr(thing, field) not in builtins.EQUIPMENT_KINDS:
        yield Fault(field, getattr(thing, field), ", ".join(builtins.EQUIPMENT_KINDS))
    if isinstance(thing, Equipment):
        yield from _values(thing)


def _values(thing: Equipment) -> Iterator[Fault]:
    if not isinstance(thing.values, dict) or not thing.values:
        yield Fault("values", thing.values, "dict")
        return
    if not _is_toml(thing.values):
        yield Fault("values", thing.values, "TOML")
        return
    for key in {"id", "kind", "equipment"}.intersection(thing.values):
        yield Fault("values", key, "[[source]]")


def _is_toml(value: object, depth: int = 0) -> bool:
    """Say whether something is such as a design file holds: texts, numbers, days, lists and tables, not too deep."""
    if isinstance(value, dict):
        return depth < DEEPEST and all(_is_text(key) and _is_toml(each, depth + 1) for key, each in value.items())
    if isinstance(value, list | tuple):
        return depth < DEEPEST and all(_is_toml(each, depth + 1) for each in value)
    return isinstance(value, int | float | date) or _is_text(value)


def _method(thing: Method) -> Iterator[Fault]:
    for field in ("compute", "require", "dose_field", "emitter_of"):
        value = getattr(thing, field)
        if not callable(value) and (value is not None or field == "compute"):
            yield Fault(field, value, "callable")


def _instrument(thing: Instrument) -> Iterator[Fault]:
    """Yield what is wrong with a file of rules; raises what reading it refuses, with the place in the file."""
    path = thing.path if isabs(thing.path) else data_path("regulations", thing.path)
    if not isfile(path):
        yield Fault("path", thing.path, "*.toml")
        return
    held = builtins.resolve(RULES)(thing)
    if held.id != thing.id:
        yield Fault("id", thing.id, held.id)


def _report(thing: ReportKind) -> Iterator[Fault]:
    if not thing.endings or not all(each.startswith(".") and each == each.lower() for each in thing.endings):
        yield Fault("endings", thing.endings, '(".abc",)')
    if not callable(thing.write):
        yield Fault("write", thing.write, "callable")


def _command(thing: Command) -> Iterator[Fault]:
    if not isinstance(thing.command, str) and not callable(thing.command):
        yield Fault("command", thing.command, "click.Command | module:attribute")


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


FITS: dict[Any, Callable[[Any], bool]] = {
    str: _is_text,
    bool: lambda value: isinstance(value, bool),
    float: _is_number,
    float | None: lambda value: value is None or _is_number(value),
    tuple[str, ...]: _are_texts,
    tuple[float, float] | None: _is_span,
}
HOOKS: dict[str, Hook] = {
    "register_materials": Hook("material", (Material,), lambda each: [each.name], _material),
    "register_sources": Hook("source", (SourceKind, Equipment, NuclideTable, Distribution), _sources, _source),
    "register_methods": Hook("method", (Method,), lambda each: [each.name], _method),
    "register_regulations": Hook("instrument", (Instrument,), lambda each: [each.id], _instrument),
    "register_reports": Hook("report ending", (ReportKind,), lambda each: each.endings, _report),
    "register_commands": Hook("command", (Command,), lambda each: [each.name], _command),
}
