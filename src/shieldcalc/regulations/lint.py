"""What a lawyer's file says beyond its own format: whether what it names elsewhere is there (format: docs/rules.md)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple, TypeVar

from shieldcalc.errors import InputError, hint, nearest
from shieldcalc.model.catalog import Instrument
from shieldcalc.regulations.rule_faults import faults
from shieldcalc.regulations.rules import LoadedInstrument, instrument_of
from shieldcalc.regulations.strict import Fault, Path, offered, opened, problems
from shieldcalc.texts import catalogue

NOTE = "findings."
PARTY = "rules.duty.party."
ABOUT = "findings.duty."
T = TypeVar("T")
Library = Callable[[str], LoadedInstrument]


class Clean(NamedTuple):
    """A file without slips: whose it is, what it holds (rules, duties, classes, cases), and how many."""

    instrument: str
    kind: str
    entries: int


def linted(path: str, known: Mapping[str, Instrument], find: Library) -> Clean:
    """Return what a file of rules, duties, classes or cases holds, by its tables.

    Raises InputError as ``lint``, or as what reads the other kinds.
    """
    text, data = opened(path)
    name = str(data.get("instrument", ""))
    if "case" in data:
        from shieldcalc.regulations.casebook import read as read_cases

        return Clean("", "cases", len(read_cases(path, known)))
    if "duty" in data:
        from shieldcalc.regulations.duty_schema import read as read_duties

        count = len(_both(path, text, (*_held(name, known), *_beside(name, data)), lambda: read_duties(path, name)))
        return Clean(name, "duties", count)
    if "ladder" in data or "criterion" in data:
        from shieldcalc.regulations.class_schema import read as read_classes

        found = (*_held(name, known), *_articles(name, data, ("ladder", "criterion")))
        return Clean(name, "classes", len(_both(path, text, found, lambda: read_classes(path, name))["criterion"]))
    held = lint(path, known, find)
    return Clean(held.id, "rules", len(held.rules))


def _both(path: str, text: str, found: Iterable[Fault], read: Callable[[], T]) -> T:
    """Return what a file holds. Raises InputError with what its own format refuses and what it names elsewhere."""
    slips = list(problems(path, text, found))
    try:
        held = read()
    except InputError as refused:
        slips += refused.problems
    if slips:
        raise InputError(sorted(slips, key=lambda problem: problem.line or 0))
    return held


def _held(name: str, known: Iterable[str]) -> Iterator[Fault]:
    """Yield that a file of duties or classes names an instrument that nobody holds."""
    yield from _name(("instrument",), name or None, known, "instrument")


def _beside(name: str, data: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield parties, notes and articles of duties that nobody knows."""
    yield from _articles(name, data, ("duty",))
    entries: dict[Path, Any] = {("duty", index): row for index, row in _rows(data, "duty")}
    for path, row in {("defaults",): data.get("defaults"), **entries}.items():
        for key, kind, start in (("holder", "party", PARTY), ("addressee", "party", PARTY), ("notes", "note", ABOUT)):
            said = _table(row).get(key)
            for one in (said,) if isinstance(said, str) else _texts(said):
                yield from _name((*path, key), one, _codes(start), kind)


def _articles(name: str, data: Mapping[str, Any], tables: Iterable[str]) -> Iterator[Fault]:
    """Yield citations of articles that an instrument, whose whole text is held, has not."""
    from shieldcalc.regulations.articles import articles, cited

    known = articles().get(name)
    for table in tables if known and known.complete else ():
        for index, row in _rows(data, table):
            article = _table(row).get("article")
            for one in cited(article) if isinstance(article, str) else ():
                yield from _name((table, index, "article"), one, known.names if known else (), "article")


def _codes(start: str) -> list[str]:
    return [code.removeprefix(start) for code in catalogue("en") if code.startswith(start)]


def lint(path: str, known: Iterable[str], find: Library) -> LoadedInstrument:
    """Return the instrument that a file holds; ``known`` are the ids of the others, ``find`` gives one of them.

    Raises InputError with every slip at once, by line: what the format does not know, instruments and parts that a rule
    sends to and nobody has, notes without words.
    """
    text, data = opened(path)
    found = [*faults(data), *abroad(data, tuple(known), find)]
    if found:
        raise InputError(sorted(problems(path, text, found), key=lambda problem: problem.line or 0))
    return instrument_of(data)


def abroad(data: Mapping[str, Any], known: tuple[str, ...], find: Library) -> Iterator[Fault]:
    """Yield what a parsed file sends to or names and nobody has, whatever else is wrong in it."""
    head, rules = data.get("instrument"), data.get("rule")
    head, rules = head if isinstance(head, dict) else {}, rules if isinstance(rules, list) else []
    entries = {index: entry for index, entry in enumerate(rules) if isinstance(entry, dict)}
    own = head.get("id")
    parts = {entry["part"] for entry in entries.values() if isinstance(entry.get("part"), str)}

    def parts_of(name: str) -> set[str]:
        if name == own:
            return parts
        other = find(name)
        return {*(rule.part for rule in other.rules if rule.part), *other.not_held}

    yield from _name(
        ("instrument", "replaced_by"), head.get("replaced_by"), [name for name in known if name != own], "instrument"
    )
    yield from _name(("defaults", "holder"), _table(data.get("defaults")).get("holder"), _codes(PARTY), "party")
    if isinstance(own, str):
        yield from _articles(own, data, ("rule",))
    for index, entry in entries.items():
        yield from _rule(("rule", index), entry, (*known, own), parts_of)


def _rule(
    path: Path, entry: Mapping[str, Any], known: tuple[Any, ...], parts_of: Callable[[str], set[str]]
) -> Iterator[Fault]:
    reference = entry.get("reference")
    if isinstance(reference, dict):
        yield from _part((*path, "reference"), reference.get("instrument"), reference.get("part"), known, parts_of)
    for name in _texts(entry.get("continues")):
        instrument, _, part = name.partition("#")
        yield from _part((*path, "continues"), instrument, part, known, parts_of)
    yield from _name((*path, "holder"), entry.get("holder"), _codes(PARTY), "party")
    words = [code for code in _codes(NOTE) if "." not in code]
    for name in _texts(entry.get("notes")):
        yield from _name((*path, "notes"), name, words, "note")


def _part(
    path: Path, instrument: object, part: object, known: tuple[Any, ...], parts_of: Callable[[str], set[str]]
) -> Iterator[Fault]:
    strangers = tuple(_name(path, instrument, known, "instrument"))
    yield from strangers
    if not strangers and isinstance(instrument, str):
        yield from _name(path, part, parts_of(instrument), f"part of {instrument}")


def _table(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _rows(data: Mapping[str, Any], name: str) -> Iterable[tuple[int, object]]:
    found = data.get(name)
    return enumerate(found if isinstance(found, list) else ())


def _texts(value: object) -> tuple[str, ...]:
    return tuple(item for item in value if isinstance(item, str)) if isinstance(value, list) else ()


def _name(path: Path, name: object, allowed: Iterable[Any], kind: str) -> Iterator[Fault]:
    names = sorted(item for item in allowed if isinstance(item, str))
    if isinstance(name, str) and name not in names:
        guess = nearest(name, names)
        params = {"kind": kind, "name": name, "allowed": offered(name, names), "guess": guess, "hint": hint(guess)}
        yield Fault(path, "abroad", params)
