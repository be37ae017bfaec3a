"""What an instrument's file may say: keys, kinds of value, names; everything else is refused, all of it at once."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from math import isfinite
from typing import Any, NamedTuple

from shieldcalc.errors import InputError, Problem, hint, nearest
from shieldcalc.model.facility_words import words
from shieldcalc.regulations.conditions import BETWEEN, COMPARATORS, PREDICATES
from shieldcalc.regulations.geometry import AREA, DISTANCE, GEOMETRY
from shieldcalc.regulations.taxonomy import taxonomy

Path = tuple[str | int, ...]
CONFIDENCES = ("seed", "seed+copy", "copy", "recalled", "unverified")
OF_FACILITY = ("facility", "device", "workplace", "hazard")
SCOPES = (
    *("room", "tube", "source", "beam", "barrier", "point", "person", "protective_equipment"),
    *(*OF_FACILITY, "sealed_source", "sources_together", "operation", "licence", "meter", "incident", "emergency"),
)
INTERVALS = ("[]", "[)", "(]", "()")
BACKGROUNDS = ("excluded", "included")
MOST_OFFERED, ALIKE = 40, 8


class Fault(NamedTuple):
    """One thing wrong, at a path in the file."""

    path: Path
    code: str
    params: Mapping[str, object]


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _number(value: object) -> bool:
    return isinstance(value, float) and isfinite(value)


def _numbers(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(map(_number, value))


_KINDS: Mapping[str, Callable[[object], bool]] = {
    "text": lambda value: isinstance(value, str) and bool(value),
    "date": lambda value: type(value) is date,
    "true or false": lambda value: isinstance(value, bool),
    "a list of texts": _texts,
    "a list": lambda value: isinstance(value, list),
    "a table": lambda value: isinstance(value, dict),
    "a number with a decimal point, true or false, a text, or a list of texts or of such numbers": (
        lambda value: isinstance(value, (bool, str)) or _number(value) or _texts(value) or _numbers(value)
    ),
    'text, "" for none': lambda value: isinstance(value, str),
    "a number with a decimal point above 0": lambda value: _number(value) and value > 0,  # type: ignore[operator]
}
TEXT, DATE, YES_NO, TEXTS, LIST, TABLE, VALUE, OR_NONE, ABOVE_0 = _KINDS

DATE_OF = _KINDS[DATE]
_ORDERS = ("<=", "<", ">=", ">")
_CHOICES = ("in", "excludes", "includes", "includes_all", "is_a", "all_are")
_COMPARED: Mapping[str, Callable[[object], bool]] = {
    "a number with a decimal point": lambda value: isinstance(value, float),
    "a list of texts that is not empty": lambda value: _texts(value) and bool(value),
    "two numbers with decimal points, the lower first": lambda value: (
        _numbers(value) and len(value) == 2 and value[0] < value[1]  # type: ignore[arg-type, index]
    ),
    "one value, no list": lambda value: not isinstance(value, list),
}
ORDERED, CHOICE, RANGE, SINGLE = _COMPARED

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
CONDITION: Mapping[str, str] = {
    "quantity": TEXT, "comparator": TEXT, "value": VALUE, "of": TEXT, "bounds": TEXT,
    "averaging": TEXT,
}  # fmt: skip
REFERENCE: Mapping[str, str] = {"instrument": TEXT, "part": TEXT}
_TOP = {"instrument": TABLE, "defaults": TABLE, "change": LIST, "rule": LIST}
_NEEDED = ("id", "kind", "number", "title_orig", "jurisdiction", "signed", "effective", "text_held", "source")


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


def opened(path: str) -> tuple[str, dict[str, Any]]:
    """Return the text of a file that a person names, and what it holds; nothing where it is empty."""
    from os.path import isdir

    from shieldcalc.model.loader.text import parse, read_bytes

    if isdir(path):
        raise InputError([Problem(path, None, "", "regulation_folder")])
    content = read_bytes(path)
    return parse(path, content) if content.strip() else ("", {})


def problems(path: str, text: str, found: Iterable[Fault]) -> Iterator[Problem]:
    """Yield what is wrong in a text, each with its line and key."""
    from shieldcalc.model.loader.lines import dotted, key_lines

    lines = key_lines(text)
    for fault in found:
        known = next((fault.path[:end] for end in range(len(fault.path), 0, -1) if fault.path[:end] in lines), ())
        yield Problem(path, lines.get(known), dotted(fault.path), f"regulation_{fault.code}", fault.params)


def faults(data: dict[str, Any]) -> Iterator[Fault]:
    """Yield everything in an instrument's parsed file that the format does not know."""
    top = tuple(key_faults((), data, _TOP, ("instrument",)))
    if top:
        yield from top
        return
    yield from key_faults(("instrument",), data["instrument"], INSTRUMENT, _NEEDED)
    yield from _head(data["instrument"])
    for index, entry in enumerate(data.get("change", ())):
        shape = tuple(key_faults(("change", index), entry, CHANGE, tuple(CHANGE)))
        yield from shape or _change(("change", index), entry, data["instrument"])
    defaults = data.get("defaults", {})
    wrong = {fault.path[1] for fault in key_faults(("defaults",), defaults, RULE, ()) if len(fault.path) > 1}
    yield from key_faults(("defaults",), defaults, RULE, ())
    defaults = {key: value for key, value in defaults.items() if key not in wrong}
    entries = [entry for entry in data.get("rule", ()) if isinstance(entry, dict)]
    ids = [entry["id"] for entry in entries if isinstance(entry.get("id"), str)]
    for index, entry in enumerate(data.get("rule", ())):
        place = ("rule", index)
        shape = tuple(key_faults(place, entry, RULE, ())) or tuple(_missing(place, {**defaults, **entry}))
        yield from shape or _rule(place, {**defaults, **entry}, ids)
        yield from (
            ()
            if shape
            else _circles(
                place, {**defaults, **entry}, {one["id"]: one for one in entries if isinstance(one.get("id"), str)}
            )
        )


def _head(entry: dict[str, Any]) -> Iterator[Fault]:
    yield from name_faults(("instrument", "kind"), entry.get("kind"), ("law", "advice"))
    for name in entry["equipment"] if _texts(entry.get("equipment")) else ():
        yield from name_faults(("instrument", "equipment"), name, taxonomy().equipment)
    yield from _plain(("instrument", "id"), entry.get("id"))
    dates = {key: entry[key] for key in ("signed", "effective", "expiry") if DATE_OF(entry.get(key))}
    if {"effective", "expiry"} <= set(dates) and dates["expiry"] <= dates["effective"]:
        yield Fault(("instrument", "expiry"), "dates", dates)
    if {"effective", "signed"} <= set(dates) and dates["signed"] > dates["effective"]:
        yield Fault(("instrument", "signed"), "signed", dates)


def _plain(path: Path, name: object) -> Iterator[Fault]:
    """Yield an id that could not be told from what stands beside it in INSTRUMENT/RULE."""
    if isinstance(name, str) and (set(name) & set("/# \t\n") or not name):
        yield Fault(path, "plain", {"name": name})


def _change(path: Path, entry: dict[str, Any], head: dict[str, Any]) -> Iterator[Fault]:
    yield from name_faults((*path, "kind"), entry["kind"], ("amended", "force_not_verified"))
    begin = head.get("effective")
    if DATE_OF(begin) and entry["on"] < begin:
        yield Fault((*path, "on"), "change_early", {"on": entry["on"], "effective": begin})


def key_faults(path: Path, entry: Any, allowed: Mapping[str, str], needed: Iterable[str]) -> Iterator[Fault]:
    """Yield the keys of a table that are not allowed, of the wrong kind, or missing."""
    if not isinstance(entry, dict):
        yield Fault(path, "kind", {"wanted": TABLE})
        return
    for key, value in entry.items():
        if key not in allowed:
            guess = nearest(key, allowed)
            params = {"name": key, "allowed": ", ".join(allowed), "guess": guess, "hint": hint(guess)}
            yield Fault((*path, key), "key", params)
        elif not _KINDS[allowed[key]](value):
            yield Fault((*path, key), "kind", {"wanted": allowed[key]})
    yield from (Fault(path, "missing", {"name": key}) for key in needed if key not in entry)


def _circles(path: Path, entry: dict[str, Any], known: Mapping[Any, dict[str, Any]]) -> Iterator[Fault]:
    """Name what replaces, suffices for or is a fraction of itself, or of what replaces it or is a fraction itself."""
    yield from _plain((*path, "id"), entry["id"])
    for key in ("exception_to", "alternative_to"):
        if entry["id"] in entry.get(key, ()):
            yield Fault((*path, key), "itself", {"name": entry["id"]})
    both = [
        name for name in entry.get("exception_to", ()) if entry["id"] in known.get(name, {}).get("exception_to", ())
    ]
    for name in both:
        if name != entry["id"]:
            yield Fault((*path, "exception_to"), "circle", {"name": name})
    if "fraction_of" in entry and "fraction_of" in known.get(entry["fraction_of"], {}):
        yield Fault((*path, "fraction_of"), "fraction", {"name": entry["fraction_of"]})


def _missing(path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    needed = ["id", "article", "scope", "confidence"]
    if "reference" not in entry:
        needed += ["quantity", "comparator"] if "value_of" in entry else ["quantity", "comparator", "value"]
    yield from (Fault(path, "missing", {"name": key}) for key in needed if key not in entry)


def name_faults(path: Path, name: object, allowed: Iterable[str]) -> Iterator[Fault]:
    """Yield a name that is not one of those allowed, with the nearest."""
    names = sorted(allowed)
    if name is not None and name not in names:
        guess = nearest(str(name), names)
        yield Fault(path, "name", {"name": name, "allowed": offered(name, names), "guess": guess, "hint": hint(guess)})


def offered(name: object, names: list[str]) -> str:
    """Return the names that are allowed, of many only those that are spelled most alike."""
    from difflib import get_close_matches

    if len(names) <= MOST_OFFERED:
        return ", ".join(names)
    return ", ".join([*get_close_matches(str(name), names, n=ALIKE, cutoff=0.0), "…"])


def _rule(path: Path, entry: dict[str, Any], ids: list[Any]) -> Iterator[Fault]:
    if ids.count(entry["id"]) > 1:
        yield Fault((*path, "id"), "twice", {"name": entry["id"]})
    yield from name_faults((*path, "scope"), entry["scope"], SCOPES)
    yield from name_faults((*path, "confidence"), entry["confidence"], CONFIDENCES)
    for key in ("exception_to", "alternative_to"):
        for name in entry.get(key, ()):
            yield from name_faults((*path, key), name, ids)
    yield from name_faults((*path, "fraction_of"), entry.get("fraction_of"), ids)
    yield from name_faults((*path, "value_of"), entry.get("value_of"), {name for name, _ in taxonomy().quantities})
    yield from _trees(path, entry)
    if "value_of" not in entry and "reference" not in entry:
        yield from _value((*path, "value"), entry["comparator"], entry["value"])
    for key in ("when", "unless"):
        for index, condition in enumerate(entry.get(key, ())):
            yield from condition_faults((*path, key, index), condition)
    if "reference" in entry:
        yield from key_faults((*path, "reference"), entry["reference"], REFERENCE, REFERENCE)
    else:
        yield from _quantity(path, entry)
    if "expiry" in entry and "effective" in entry and entry["expiry"] <= entry["effective"]:
        yield Fault((*path, "expiry"), "dates", {"effective": entry["effective"], "expiry": entry["expiry"]})


def _trees(path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    known = taxonomy()
    trees = {"equipment": known.equipment, "mode": known.mode, "place": known.place, "person": known.person}
    trees["facility"] = words().facility
    for key, tree in (*trees.items(), ("not_equipment", known.equipment), ("not_place", known.place)):
        for name in entry.get(key, ()):
            yield from name_faults((*path, key), name, tree)


def _quantity(path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    units = taxonomy().quantities
    yield from name_faults((*path, "quantity"), entry["quantity"], {name for name, _ in units})
    yield from name_faults((*path, "comparator"), entry["comparator"], (*COMPARATORS, "measured"))
    yield from name_faults((*path, "bounds"), entry.get("bounds"), INTERVALS)
    yield from name_faults((*path, "background"), entry.get("background"), BACKGROUNDS)
    yield from _taken(path, entry)
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


def condition_faults(path: Path, entry: Any) -> Iterator[Fault]:
    """Yield everything that is wrong in one condition, or a predicate that nobody knows."""
    if isinstance(entry, str):
        yield from name_faults(path, entry, PREDICATES)
        return
    shape = tuple(key_faults(path, entry, CONDITION, ("quantity", "comparator", "value")))
    yield from shape
    if not shape:
        yield from name_faults((*path, "quantity"), entry["quantity"], {name for name, _ in taxonomy().quantities})
        yield from name_faults((*path, "comparator"), entry["comparator"], COMPARATORS)
        yield from name_faults((*path, "of"), entry.get("of", "subject"), ("subject", "room", "facility"))
        yield from name_faults((*path, "bounds"), entry.get("bounds"), INTERVALS)
        yield from _value((*path, "value"), entry["comparator"], entry["value"])
        yield from _named(path, entry)
        yield from _when(path, entry)


def _value(path: Path, comparator: str, value: object) -> Iterator[Fault]:
    """Name a value that its comparator cannot compare with: an order asks for a number, a choice for a list."""
    wanted = ORDERED if comparator in _ORDERS else CHOICE if comparator in _CHOICES else SINGLE
    wanted = RANGE if comparator == BETWEEN else wanted
    if comparator in COMPARATORS and not _COMPARED[wanted](value):
        yield Fault(path, "compares", {"comparator": comparator, "wanted": wanted})


def _when(path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Name an averaging that a quantity has not, or one that it needs: without one its first fact would be taken."""
    times = {at for name, at in taxonomy().quantities if name == entry["quantity"] and at not in GEOMETRY}
    if "averaging" in entry:
        yield from name_faults((*path, "averaging"), entry["averaging"], times)
    elif times and "none" not in times:
        yield Fault(path, "missing", {"name": f"averaging: {', '.join(sorted(times))}"})


def _named(path: Path, entry: dict[str, Any]) -> Iterator[Fault]:
    """Name what a condition on devices or people asks for and no tree knows: it could never hold."""
    tree = {"person": taxonomy().person, "equipment": taxonomy().equipment}.get(entry["quantity"])
    for name in entry["value"] if tree and isinstance(entry["value"], list) else ():
        yield from name_faults((*path, "value"), name, tree or ())
