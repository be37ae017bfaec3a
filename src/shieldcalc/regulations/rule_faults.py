"""What is wrong in the file of one instrument: each key by itself, then what its keys say together; all at once."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from shieldcalc.errors import InputError, Problem
from shieldcalc.model.facility_words import words
from shieldcalc.regulations.conditions import BETWEEN, COMPARATORS
from shieldcalc.regulations.geometry import AREA, DISTANCE, GEOMETRY
from shieldcalc.regulations.strict import (
    ABOVE_0,
    CONFIDENCES,
    DATE,
    INTERVALS,
    LIST,
    SCOPES,
    TABLE,
    TEXT,
    TEXTS,
    VALUE,
    YES_NO,
    Fault,
    Path,
    compared_faults,
    condition_faults,
    key_faults,
    name_faults,
    problems,
    sound,
)  # fmt: skip
from shieldcalc.regulations.taxonomy import taxonomy

BACKGROUNDS = ("excluded", "included")
INSTRUMENT: Mapping[str, str] = {
    "id": TEXT, "kind": TEXT, "number": TEXT, "title_orig": TEXT, "jurisdiction": TEXT, "signed": DATE,
    "effective": DATE, "text_held": YES_NO, "source": TEXT, "expiry": DATE, "effective_confidence": TEXT,
    "replaced_by": TEXT, "replaces": TEXTS, "not_held": TEXTS, "equipment": TEXTS,
}  # fmt: skip
CHANGE: Mapping[str, str] = {"on": DATE, "kind": TEXT, "by": TEXT, "text_held": YES_NO, "source": TEXT}
RULE: Mapping[str, str] = {
    "id": TEXT, "article": TEXT, "scope": TEXT, "confidence": TEXT, "quantity": TEXT, "comparator": TEXT,
    "value": VALUE, "unit": TEXT, "averaging": TEXT, "reading": TEXT, "bounds": TEXT,
    "distance": ABOVE_0, "averaging_area": ABOVE_0, "background": TEXT, "mode": TEXTS, "facility": TEXTS,
    "holder": TEXT, "dose_rule": YES_NO, "equipment": TEXTS,
    "not_equipment": TEXTS, "place": TEXTS, "not_place": TEXTS, "person": TEXTS, "when": LIST, "unless": LIST,
    "exception_to": TEXTS, "alternative_to": TEXTS, "fraction_of": TEXT, "value_of": TEXT, "reference": TABLE,
    "part": TEXT, "continues": TEXTS, "notes": TEXTS, "source": TEXT, "effective": DATE, "expiry": DATE,
}  # fmt: skip
REFERENCE: Mapping[str, str] = {"instrument": TEXT, "part": TEXT}
_TOP = {"instrument": TABLE, "defaults": TABLE, "change": LIST, "rule": LIST}
_NEEDED = ("id", "kind", "number", "title_orig", "jurisdiction", "signed", "effective", "text_held", "source")
_STATED = ("quantity", "comparator", "value", "value_of", "fraction_of", "bounds", "unit", "averaging")


def check(path: str, text: str, parse: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Return the parsed file. Raises InputError with everything that is wrong in it, each with line and key."""
    try:
        data = parse(text)
    except ValueError as error:
        raise InputError([Problem(path, None, "", "regulation_syntax", {"reason": str(error)})]) from None
    found = tuple(faults(data))
    if found:
        raise InputError(problems(path, text, found))
    return data


def faults(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield everything in an instrument's parsed file that the format does not know."""
    yield from key_faults((), data, _TOP, ("instrument",))
    top = sound(data, _TOP)
    if "instrument" in top:
        yield from key_faults(("instrument",), top["instrument"], INSTRUMENT, _NEEDED)
        yield from _head(sound(top["instrument"], INSTRUMENT))
    begin = sound(top.get("instrument"), INSTRUMENT).get("effective")
    for index, entry in enumerate(top.get("change", ())):
        yield from key_faults(("change", index), entry, CHANGE, tuple(CHANGE))
        yield from _change(("change", index), sound(entry, CHANGE), begin)
    yield from _rules(top.get("defaults", {}), top.get("rule", ()))


def _rules(defaults: dict[str, Any], rules: list[Any]) -> Iterator[Fault]:
    entries = [sound(entry, RULE) for entry in rules]
    ids = [entry["id"] for entry in entries if "id" in entry]
    yield from key_faults(("defaults",), defaults, RULE, ())
    shared = sound(defaults, RULE)
    yield from _names(("defaults",), shared, ids)
    for index, (entry, own) in enumerate(zip(rules, entries, strict=True)):
        path: Path = ("rule", index)
        yield from key_faults(path, entry, RULE, ())
        if isinstance(entry, dict):
            yield from _missing(path, {**defaults, **entry})
        yield from _names(path, own, ids)
        yield from _together(path, {**shared, **own}, ids)
        yield from (Fault((*path, key), "refers") for key in _STATED if key in own and "reference" in own)
        yield from _circles(path, {**shared, **own}, {each["id"]: each for each in entries if "id" in each})


def _head(entry: dict[str, Any]) -> Iterator[Fault]:
    yield from name_faults(("instrument", "kind"), entry.get("kind"), ("law", "advice"))
    for name in entry.get("equipment", ()):
        yield from name_faults(("instrument", "equipment"), name, taxonomy().equipment)
    yield from _plain(("instrument", "id"), entry.get("id"))
    dates: dict[str, Any] = {key: entry[key] for key in ("signed", "effective", "expiry") if key in entry}
    if {"effective", "expiry"} <= set(dates) and dates["expiry"] <= dates["effective"]:
        yield Fault(("instrument", "expiry"), "dates", dates)
    if {"effective", "signed"} <= set(dates) and dates["signed"] > dates["effective"]:
        yield Fault(("instrument", "signed"), "signed", dates)


def _plain(path: Path, name: str | None) -> Iterator[Fault]:
    """Yield an id that could not be told from what stands beside it in INSTRUMENT/RULE."""
    if name is not None and set(name) & set("/# \t\n"):
        yield Fault(path, "plain", {"name": name})


def _change(path: Path, entry: dict[str, Any], begin: Any) -> Iterator[Fault]:
    yield from name_faults((*path, "kind"), entry.get("kind"), ("amended", "force_not_verified"))
    if begin is not None and "on" in entry and entry["on"] < begin:
        yield Fault((*path, "on"), "change_early", {"on": entry["on"], "effective": begin})


def _missing(path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    needed = ["id", "article", "scope", "confidence"]
    if "reference" not in entry:
        needed += ["quantity", "comparator"] if "value_of" in entry else ["quantity", "comparator", "value"]
    yield from (Fault(path, "missing", {"name": key}) for key in needed if key not in entry)


def _names(path: Path, entry: dict[str, Any], ids: list[str]) -> Iterator[Fault]:
    """Yield the names of a rule, or of what all rules share, that nobody knows."""
    trees, quantities = _trees(), {name for name, _ in taxonomy().quantities}
    allowed = {
        "scope": SCOPES, "confidence": CONFIDENCES, "fraction_of": ids, "value_of": quantities, "quantity": quantities,
        "comparator": (*COMPARATORS, "measured"), "bounds": INTERVALS, "background": BACKGROUNDS,
    }  # fmt: skip
    for key, names in allowed.items():
        yield from name_faults((*path, key), entry.get(key), names)
    for key, tree in (("exception_to", ids), ("alternative_to", ids), *trees.items()):
        for name in entry.get(key, ()):
            yield from name_faults((*path, key), name, tree)
    for key in ("when", "unless"):
        for index, condition in enumerate(entry.get(key, ())):
            yield from condition_faults((*path, key, index), condition)
    if "reference" in entry:
        yield from key_faults((*path, "reference"), entry["reference"], REFERENCE, REFERENCE)


def _trees() -> Mapping[str, Mapping[str, Any]]:
    known = taxonomy()
    named = {"equipment": known.equipment, "mode": known.mode, "place": known.place, "person": known.person}
    return {**named, "facility": words().facility, "not_equipment": known.equipment, "not_place": known.place}


def _together(path: Path, entry: dict[str, Any], ids: list[str]) -> Iterator[Fault]:
    """Yield what two keys of a rule say against one another."""
    if ids.count(entry.get("id", "")) > 1:
        yield Fault((*path, "id"), "twice", {"name": entry["id"]})
    if {"effective", "expiry"} <= set(entry) and entry["expiry"] <= entry["effective"]:
        yield Fault((*path, "expiry"), "dates", {"effective": entry["effective"], "expiry": entry["expiry"]})
    if "reference" in entry:
        return
    if "bounds" in entry and entry.get("comparator", BETWEEN) != BETWEEN:
        yield Fault((*path, "bounds"), "bounds", {"comparator": entry["comparator"]})
    if "value_of" not in entry and {"value", "comparator"} <= set(entry):
        yield from compared_faults((*path, "value"), entry)
    if "quantity" in entry:
        yield from _taken(path, entry)
        yield from _averaged(path, entry)


def _averaged(path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    units = taxonomy().quantities
    rows = {at: row.unit for (name, at), row in units.items() if name == entry["quantity"] and at not in GEOMETRY}
    averaging = entry.get("averaging", "none")
    if averaging == "not_stated":
        rows[averaging] = rows.get("instant", "")
    yield from name_faults((*path, "averaging"), averaging, rows or (averaging,))
    if entry.get("unit", "") != rows.get(averaging, entry.get("unit", "")):
        found, wanted = entry.get("unit", ""), rows[averaging]
        yield Fault((*path, "unit"), "unit", {"found": found, "wanted": wanted, "quantity": entry["quantity"]})


def _taken(path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Name a distance or an area of a quantity that no fact says the distance or the area of."""
    units = taxonomy().quantities
    kept = {key: sorted(name for name, at in units if at == key) for key in (DISTANCE, AREA)}
    for key, names in kept.items():
        if key in entry:
            yield from name_faults((*path, key), entry["quantity"], names)


def _circles(path: Path, entry: dict[str, Any], known: Mapping[str, dict[str, Any]]) -> Iterator[Fault]:
    """Name what replaces, suffices for or is a fraction of itself, or of what replaces it or is a fraction itself."""
    own = entry.get("id")
    yield from _plain((*path, "id"), own)
    for key in ("exception_to", "alternative_to"):
        if own in entry.get(key, ()):
            yield Fault((*path, key), "itself", {"name": own})
    for name in entry.get("exception_to", ()):
        if name != own and own in known.get(name, {}).get("exception_to", ()):
            yield Fault((*path, "exception_to"), "circle", {"name": name})
    if "fraction_of" in known.get(entry.get("fraction_of", ""), {}):
        yield Fault((*path, "fraction_of"), "fraction", {"name": entry["fraction_of"]})
