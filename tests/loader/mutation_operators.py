"""Faults put into design files on purpose; each knows the key and the line that the error must name.

Knows nothing of the loader: it reads the layout of our own files (headers, one key a line, inline tables, lists whose
items stand on lines of their own) with a few regular expressions.
"""

import re
from collections.abc import Callable
from random import Random
from typing import NamedTuple

from mutation_sites import Site, replaced

QUANTITY = re.compile(r'^"[-0-9.]+ ?[A-Za-z][^"]*"$')
POSITIONS = ("focus", "patient", "position", "isocentre")
NAMED = {"material": "material", "kind": "kind", "distribution": "workload distribution", "wall": "wall"}
REQUIRED = (
    *("facility", "room", "author", "date", "instruments", "height", "edge", "material", "thickness", "kind", "id"),
    *("wall", "width", "sill", "location", "focus", "patient", "toward", "area", "per_week", "patients_per_week"),
    *("distribution", "rate", "current", "kv", "averaging", "document", "region", "isocentre", "form", "density"),
)


class Fault(NamedTuple):
    """A mutated text with the key and the line that the error must name."""

    operator: str
    text: str
    line: int
    key: str


Operator = Callable[[str, list[Site], Random], Fault | None]
OPERATORS: list[Operator] = []


def operator(function: Operator) -> Operator:
    """Register one operator."""
    OPERATORS.append(function)
    return function


def _pick(random: Random, found: list[Site], wanted: Callable[[Site], bool]) -> Site | None:
    chosen = [site for site in found if wanted(site)]
    return random.choice(chosen) if chosen else None


def _value(name: str, wanted: Callable[[Site], bool], values: Callable[[Site, Random], str]) -> None:
    """Register an operator that gives one key another value and expects the error there."""

    def change(text: str, found: list[Site], random: Random) -> Fault | None:
        site = _pick(random, found, wanted)
        if site is None:
            return None
        return Fault(name, replaced(text, site, f"{site.key} = {values(site, random)}"), site.line, site.path)

    OPERATORS.append(change)


def _quantity(site: Site) -> bool:
    return bool(QUANTITY.match(site.value)) and site.key not in ("make", "model", "serial")


def _positive(site: Site) -> bool:
    return _quantity(site) and site.key not in ("from", "to", "sill")


def _text(site: Site) -> bool:
    return site.key in ("facility", "room", "author", "name", "document", "make", "model")


_value("bare number", _quantity, lambda site, _: re.sub(r"[^-0-9.]", "", site.value).rstrip("."))
_value("unit left out", _quantity, lambda site, _: f'"{re.sub(r"[^-0-9.]", "", site.value)}"')
_value("decimal comma", _quantity, lambda site, _: re.sub(r'^"[-0-9.]+', '"2,5', site.value))
_value("nan", _quantity, lambda site, _: re.sub(r'^"[-0-9.]+', '"nan', site.value))
_value("infinite", _quantity, lambda site, _: re.sub(r'^"[-0-9.]+', '"1e999', site.value))
_value("negative", _positive, lambda site, _: '"-' + site.value[1:])
_value("zero", lambda site: site.key in ("thickness", "width", "area", "height"), lambda *_: '"0 mm"')
_value("other dimension", _quantity, lambda site, _: re.sub(r"([0-9.]+) ?.*", r'\1 lux"', site.value))
_value("other dimension", lambda site: site.key == "thickness", lambda *_: '"2 mGy/week"')
_value("number for text", _text, lambda *_: "7")
_value("text for yes or no", lambda site: site.value in ("true", "false"), lambda *_: '"yes"')
_value("table for value", lambda site: site.key != "date", lambda *_: "{ }")
_value("list for value", lambda site: not site.value.startswith("["), lambda *_: '["a", "b"]')
_value("text for number", lambda site: site.key in ("edge", "occupancy", "per_week", "use_factor"), lambda *_: '"1"')
_value("number is nan", lambda site: site.key in ("occupancy", "use_factor", "per_week"), lambda *_: "nan")
_value("number is infinite", lambda site: site.key in ("occupancy", "use_factor", "per_week"), lambda *_: "inf")
_value("occupancy", lambda site: site.key == "occupancy", lambda _, random: random.choice(["0", "1.2", "-0.2", "2"]))
_value("use factor", lambda site: site.key == "use_factor", lambda _, random: random.choice(["1.5", "-0.1"]))
_value("control character", _text, lambda *_: r'"a\u0007b"')
_value("text too long", _text, lambda *_: f'"{"a" * 300}"')
_value("empty text", _text, lambda *_: '" "')
_value("path as id", lambda s: s.key == "id", lambda _, random: random.choice(['"../a"', '"a/b"', '"a b"', r'"C:\\a"']))
_value("date in quotes", lambda site: site.key == "date", lambda *_: '"2025-06-30"')
_value("date and time", lambda site: site.key == "date", lambda *_: "2025-06-30T08:00:00")
_value("unknown name", lambda site: site.key in NAMED, lambda site, _: site.value[:-1] + 'x"')
_value("unknown beam", lambda s: s.key == "beam", lambda *_: '"nowhere"')
_value("unknown target", lambda s: s.key == "toward" and s.value.startswith('"'), lambda *_: '"nowhere"')
_value("unknown screen", lambda s: s.path == "console.barrier", lambda *_: '"nowhere"')
_value("unknown choice", lambda s: s.key in ("averaging", "location", "preshielding", "form"), lambda *_: '"hollow_"')
_value("format of another year", lambda site: site.key == "format", lambda *_: "2")
_value("edge that is none", lambda site: site.key == "edge", lambda _, random: random.choice(["0", "99", "1.5"]))
_value("opening outside its wall", lambda s: s.path.endswith("from") and "wall." not in s.path, lambda *_: '"60 m"')
_value("opening too wide", lambda s: s.key == "width" and not s.path.startswith("body"), lambda *_: '"40 m"')
_value(
    "opening over its wall",
    lambda s: s.key == "height" and ("door" in s.path or "window" in s.path),
    lambda *_: '"9 m"',
)
_value("source outside", lambda s: s.key in ("focus", "patient", "isocentre"), lambda *_: '["50 m", "1 m", "1 m"]')
_value("source above", lambda s: s.key in ("focus", "patient", "isocentre"), lambda *_: '["2 m", "2 m", "9 m"]')
_value("source in the west wall", lambda s: s.key in ("focus", "isocentre"), lambda *_: '["-0.05 m", "1 m", "1 m"]')
_value(
    "source in the ceiling",
    lambda s: s.key in ("focus", "isocentre") and ".beam." not in s.path,  # from there a beam meets another face
    lambda *_: '["2 m", "2 m", "3.42 m"]',
)
_value("position with two lengths", lambda s: s.key in POSITIONS, lambda *_: '["1 m", "1 m"]')
_value("busiest hour", lambda s: s.key.endswith("in_busiest_hour"), lambda *_: "0.0001")
_value("busiest hour above the week", lambda s: s.key.endswith("in_busiest_hour"), lambda *_: "99999")
_value("density too low", lambda s: s.key == "density", lambda *_: '"0 g/cm3"')


@operator
def misspelt_key(text: str, found: list[Site], random: Random) -> Fault | None:
    """A letter of a key doubled."""
    site = random.choice(found)
    wrong = site.key + site.key[-1] * 2
    path = site.path.removesuffix(site.key) + wrong
    return Fault("misspelt key", replaced(text, site, f"{wrong} = {site.value}"), site.line, path)


@operator
def missing_key(text: str, found: list[Site], random: Random) -> Fault | None:
    """A required key left out; the table that lacks it is named."""
    site = _pick(random, found, lambda site: site.key in REQUIRED and _is_required(site, found))
    if site is None:
        return None
    if site.inline:
        lines = text.splitlines()
        line = lines[site.line - 1]
        cut = line[: site.start] + line[site.end :]
        lines[site.line - 1] = re.sub(r", +([,}])", r" \1", re.sub(r"\{ *, ", "{ ", cut))
        return Fault("missing key", "\n".join(lines) + "\n", site.table_line, site.path)
    return Fault("missing key", replaced(text, site, ""), site.table_line, site.path)


def _is_required(site: Site, found: list[Site]) -> bool:
    """Return whether this key is required where it stands (some names are optional elsewhere)."""
    table = site.path.removesuffix(site.key)
    siblings = {other.path.removeprefix(table): other.value for other in found if other.path.startswith(table)}
    if site.key in ("form", "density"):
        return siblings.get("material") == '"brick"'
    if site.key in ("room", "height", "kind"):
        return not table.startswith("wall") or "beyond" in table
    if site.key == "distribution":
        return "workload" in table
    if site.key in ("current", "isocentre", "sill"):
        return "protocol" not in table and (site.key != "sill" or "window" in table)
    return True


@operator
def unknown_key(text: str, found: list[Site], random: Random) -> Fault | None:
    """A key that nobody knows, in any table."""
    site = _pick(random, found, lambda site: not site.inline and site.path != site.key)
    if site is None:
        return None
    key = random.choice(["colour", "note", "source_strength", "x"])
    path = site.path.removesuffix(site.key) + key
    lines = text.splitlines()
    lines.insert(site.line - 1, f"{key} = 1")
    return Fault("unknown key", "\n".join(lines) + "\n", site.line, path)


@operator
def unknown_table(text: str, _found: list[Site], random: Random) -> Fault | None:
    """A table that nobody knows, at the end."""
    name = random.choice(["walls", "sources", "romm", "beam", "ventilation"])
    return Fault("unknown table", f"{text}[{name}]\nid = 1\n", text.count("\n") + 1, name)


@operator
def duplicate_id(text: str, found: list[Site], random: Random) -> Fault | None:
    """The id of a wall given to something later."""
    ids = [site for site in found if site.key == "id" and "." in site.path and site.path.count(".") == 2]
    first = next((site for site in ids if site.path.startswith("wall")), None)
    if first is None:
        return None
    later = random.choice([site for site in ids if not site.path.startswith("wall")])
    return Fault("duplicate id", replaced(text, later, f"id = {first.value}"), later.line, later.path)


@operator
def id_of_a_slab(text: str, found: list[Site], random: Random) -> Fault | None:
    """An id that floor and ceiling own."""
    site = _pick(random, found, lambda s: s.key == "id" and s.path.count(".") == 2)
    return site and Fault("id of a slab", replaced(text, site, 'id = "floor"'), site.line, site.path)


@operator
def overlapping_openings(text: str, found: list[Site], _random: Random) -> Fault | None:
    """A window where the first door is."""
    values = {site.key: site.value for site in found if site.path.startswith("door.1.")}
    if not values:
        return None
    count = sum(site.path.startswith("window.") and site.key == "id" for site in found) + 1
    lines = ["[[window]]", 'id = "overlapping"', f"wall = {values['wall']}", f"from = {values['from']}"]
    lines += [
        'sill = "0.5 m"',
        'width = "0.5 m"',
        'height = "0.5 m"',
        'layers = [{ material = "lead", thickness = "1 mm" }]',
    ]
    return Fault("overlap", text + "\n".join(lines) + "\n", text.count("\n") + 4, f"window.{count}.from")


@operator
def missing_wall(text: str, found: list[Site], random: Random) -> Fault | None:
    """One edge whose walls stand on another edge."""
    line = next(number for number, line in enumerate(text.splitlines(), 1) if line.startswith("plan = "))
    site = _pick(
        random, found, lambda s: s.key == "edge" and [o.value for o in found if o.key == "edge"].count(s.value) == 1
    )
    return site and Fault(
        "open room", replaced(text, site, f"edge = {int(site.value) % 4 + 1}"), line, f"room.plan.{site.value}"
    )


@operator
def gap_in_an_edge(text: str, found: list[Site], random: Random) -> Fault | None:
    """A wall that begins too late."""
    edges = [site for site in found if site.key == "edge"]
    site = _pick(random, edges, lambda s: not any(o.path == s.path.replace("edge", "from") for o in found))
    if site is None:
        return None
    path = site.path.replace("edge", "from")
    return Fault("gap", replaced(text, site, f'edge = {site.value}\nfrom = "0.3 m"'), site.line + 1, path)


@operator
def crossing_plan(text: str, _found: list[Site], _random: Random) -> Fault | None:
    """Two corners exchanged."""
    lines = text.splitlines()
    number = next(index for index, line in enumerate(lines) if line.startswith("plan = "))
    corners = re.findall(r'\["[^\]]*"\]', lines[number])
    corners[1], corners[2] = corners[2], corners[1]
    lines[number] = f"plan = [{', '.join(corners)}]"
    return Fault("crossing plan", "\n".join(lines) + "\n", number + 1, "room.plan.") if len(corners) == 4 else None


@operator
def repeated_corner(text: str, _found: list[Site], _random: Random) -> Fault | None:
    """The first corner repeated at the end."""
    lines = text.splitlines()
    number = next(index for index, line in enumerate(lines) if line.startswith("plan = "))
    corners = re.findall(r'\["[^\]]*"\]', lines[number])
    lines[number] = f"plan = [{', '.join([*corners, corners[0]])}]"
    return Fault("repeated corner", "\n".join(lines) + "\n", number + 1, "room.plan.")


@operator
def focus_is_patient(text: str, found: list[Site], random: Random) -> Fault | None:
    """Focus and patient in one place."""
    site = _pick(random, found, lambda s: s.key == "patient")
    if site is None:
        return None
    focus = next(s for s in found if s.path == site.path.replace("patient", "focus"))
    return Fault("focus is patient", replaced(text, site, f"patient = {focus.value}"), site.line, site.path)


@operator
def beam_that_misses(text: str, found: list[Site], random: Random) -> Fault | None:
    """A beam aimed at a wall that its ray does not meet."""
    site = _pick(random, found, lambda s: s.key == "toward" and s.value in ('"floor"', '"ceiling"', '"west"'))
    return site and Fault("beam misses", replaced(text, site, 'toward = "east"'), site.line, site.path)


@operator
def point_in_a_barrier(text: str, found: list[Site], random: Random) -> Fault | None:
    """A point inside the west wall or the floor."""
    if not any(site.path.startswith("wall") for site in found):
        return None
    count = sum(s.path.startswith("point.") and s.key == "id" for s in found) + 1
    at = random.choice(['["-0.001 m", "2 m", "1 m"]', '["2 m", "2 m", "-0.001 m"]'])
    added = ["[[point]]", 'id = "within"', f"position = {at}", 'beyond = { kind = "office" }']
    return Fault("point in a barrier", text + "\n".join(added) + "\n", text.count("\n") + 3, f"point.{count}.position")


@operator
def storey_left_out(text: str, found: list[Site], random: Random) -> Fault | None:
    """A storey above whose height is not said."""
    site = _pick(random, found, lambda s: s.key == "storey_height")
    if site is None:
        return None
    lines = text.splitlines()
    lines[site.line - 1] = re.sub(r', storey_height = "[^"]*"', "", lines[site.line - 1])
    return Fault("no storey height", "\n".join(lines) + "\n", site.line, site.path)


@operator
def unknown_instrument(text: str, found: list[Site], _random: Random) -> Fault | None:
    """A misspelt instrument."""
    site = next(site for site in found if site.key == "instruments")
    wrong = site.value.replace("VN-", "VM-").replace("GB18871", "GB18817")
    return Fault(
        "unknown instrument", replaced(text, site, f"instruments = {wrong}"), site.line, "evaluation.instruments."
    )


@operator
def two_workloads(text: str, found: list[Site], random: Random) -> Fault | None:
    """Patients and protocols together."""
    site = _pick(random, found, lambda s: s.path == "source.1.workload.distribution")
    added = '[[source.protocol]]\nid = "more"\nkv = "80 kV"\ncharge = "5 mAs"\nper_week = 50\n'
    if site is None or any(s.path.startswith("source.2") for s in found):
        return None
    return Fault("two workloads", text + added, site.line, "source.1.workload")


@operator
def no_workload(text: str, found: list[Site], random: Random) -> Fault | None:
    """Neither patients nor protocols."""
    site = _pick(random, found, lambda s: s.path.endswith("workload.distribution"))
    if site is None:
        return None
    lines = text.splitlines()
    lines[site.line - 1] = ""
    header = max(n for n, line in enumerate(lines[: site.line], 1) if line == "[[source]]")
    return Fault("no workload", "\n".join(lines) + "\n", header, site.path.removesuffix(".distribution"))


@operator
def broken_syntax(text: str, found: list[Site], random: Random) -> Fault | None:
    """A quote left open: the line is named, there is no key yet."""
    site = _pick(random, found, lambda s: s.value.startswith('"') and not s.inline)
    return site and Fault("open quote", replaced(text, site, f"{site.key} = {site.value[:-1]}"), site.line, "")


@operator
def comma_number(text: str, found: list[Site], random: Random) -> Fault | None:
    """A decimal comma without quotes, which is no TOML."""
    site = _pick(random, found, lambda s: s.key in ("use_factor", "per_week", "edge"))
    return site and Fault("bare comma", replaced(text, site, f"{site.key} = 0,5"), site.line, "")


@operator
def key_twice(text: str, found: list[Site], random: Random) -> Fault | None:
    """A key given twice."""
    site = _pick(random, found, lambda s: not s.inline)
    return site and Fault(
        "key twice", replaced(text, site, f"{site.key} = {site.value}\n{site.key} = 1"), site.line + 1, ""
    )
