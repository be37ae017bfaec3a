"""The design file of an imported plan: every line that the drawing does not say carries the word CONFIRM."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date
from os.path import basename

from shieldcalc.errors import UnitError
from shieldcalc.importers.layers import Sheet
from shieldcalc.importers.openings import Opening
from shieldcalc.importers.refusal import ImportRefusedError
from shieldcalc.importers.toml_text import value_text
from shieldcalc.importers.walls import Wall
from shieldcalc.model.design import Xy
from shieldcalc.records import dataclass
from shieldcalc.units import parse

MARK = "# CONFIRM"
HEIGHT_MM, STOREY_MM = 3000.0, 3000.0
SIZES_MM = {"door": (0.0, 2100.0), "window": (900.0, 1200.0), "control_window": (900.0, 900.0)}
SLAB = (Sheet("concrete", 150.0),)
PLACE = '{ kind = "dwelling", name = "to be confirmed", occupancy = 1.0 }'


@dataclass(frozen=True, kw_only=True, slots=True)
class Given:
    """What the user said beside the drawing; None and empty where nothing was said. Millimetres."""

    height_mm: float | None = None
    storey_mm: float | None = None
    slab: tuple[Sheet, ...] = ()
    brick: Sheet | None = None
    on: date | None = None
    instruments: tuple[str, ...] = ()
    assumed: Mapping[str, Mapping[str, object]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Room:
    """What the drawing says: its file and unit, where the new origin lies in it, the plan, walls and openings in mm."""

    file: str
    unit: str
    flatten_mm: float
    origin: Xy
    plan: tuple[Xy, ...]
    walls: Sequence[Wall]
    openings: Sequence[Opening]


def metres(mm: float) -> str:
    """Return a length in mm as metres to 0.1 mm: "5.2 m"."""
    return value_text(f"{round(mm / 1000, 4) + 0.0:.4f}".rstrip("0").rstrip(".") + " m")


def room_text(room: Room, given: Given) -> tuple[str, tuple[str, ...]]:
    """Return the text, and the lines in it that must be confirmed."""
    lines = [*_head(room, given), *_walls(room, given), *_openings(room, given), *_slabs(given), *_rest()]
    confirm = tuple(line.strip() for line in lines if MARK in line and not line.startswith("#"))
    return "\n".join(lines) + "\n", confirm


def _or(said: object | None, assumed: object, why: str) -> tuple[object, str]:
    return (assumed, f"  {MARK}: {why}") if said is None else (said, "")


def _head(room: Room, given: Given) -> Iterator[str]:
    when, sure = _or(given.on, date.today(), "the law of this day is applied")
    rules = list(given.instruments) or ["US-NCRP147"]
    high, known = _or(given.height_mm, HEIGHT_MM, "not in the drawing, assumed; or give --height")
    x, y = (f"{value:.1f}".rstrip("0").rstrip(".") for value in room.origin)
    name = "".join(c for c in basename(room.file) if c.isprintable())
    yield f"# Imported from {name}, drawn in {room.unit}. Its place ({x} mm, {y} mm) is the origin here."
    yield f"# Curves are chords that leave them by at most {room.flatten_mm:g} mm. Lengths are kept to 0.1 mm."
    yield f"# Look at every line with {MARK[2:]}, add the sources at the end, then run shieldcalc check."
    yield from ("", "format = 1", "", "[identity]")
    for key in ("facility", "room", "author"):
        yield f'{key} = "to be confirmed"  {MARK}'
    yield from ("", "[evaluation]", f"date = {when}{sure}")
    yield f"instruments = {value_text(rules)}" + ("" if given.instruments else f"  {MARK}: the rules to judge by")
    yield from ("", "[room]", "plan = [")
    for place in room.plan:
        yield f"  [{metres(place[0])}, {metres(place[1])}],"
    yield from ("]", f"height = {metres(float(str(high)))}{known}")


def _walls(room: Room, given: Given) -> Iterator[str]:
    for number, wall in enumerate(room.walls, 1):
        yield from ("", "[[wall]]", f'id = "wall_{number}"', f"edge = {wall.edge.number}")
        if wall.start > 0:
            yield f"from = {metres(wall.start)}"
        if wall.end < wall.edge.length:
            yield f"to = {metres(wall.end)}"
        yield from _layers(wall.layer.sheets, given, "")
        yield f"beyond = {PLACE}  {MARK}: what lies beyond"


def _layers(sheets: Sequence[Sheet], given: Given, why: str) -> Iterator[str]:
    yield f"layers = [{f'  {MARK}: {why}' if why else ''}"
    for sheet in sheets:
        key = "lead_equivalent" if sheet.marked else "thickness"
        words = [f"material = {value_text(sheet.material)}", f'{key} = "{sheet.thickness_mm:g} mm"']
        form, density, note = sheet.form, sheet.density, ""
        if sheet.material in given.assumed and not (
            density and (form or given.assumed[sheet.material]["form"] is None)
        ):
            assumed = given.assumed[sheet.material]
            form, density = form or _text(assumed["form"]), density or float(str(assumed["density"]))
            note = "" if assumed["said"] else f"  {MARK}: form and density, or name them in the layer"
        words += [f"form = {value_text(form)}"] if form else []
        words += [f'density = "{density:g} g/cm3"'] if density else []
        yield f"  {{ {', '.join(words)} }},{note}"
    yield "]"


def _text(form: object) -> str | None:
    return None if form is None else str(form)


def _openings(room: Room, given: Given) -> Iterator[str]:
    counts: dict[str, int] = {}
    for opening in room.openings:
        role = opening.layer.role
        counts[role] = counts.get(role, 0) + 1
        start, end = round(opening.start, 1), round(opening.end, 1)
        said = dict(opening.attributes)
        sill, height = (_attribute(said.get(key), room.unit, key) for key in ("SILL", "HEIGHT"))
        yield from ("", f"[[{role}]]", f'id = "{role}_{counts[role]}"', f'wall = "{_host(room, opening)}"')
        yield from (f"from = {metres(start)}", f"width = {metres(end - start)}")
        for key, value, assumed in zip(("sill", "height"), (sill, height), SIZES_MM[role], strict=True):
            if key == "height" or role != "door" or value:
                mm, note = _or(value, assumed, f"{key} not in the drawing, assumed")
                yield f"{key} = {metres(float(str(mm)))}{note}"
        yield from _layers(opening.layer.sheets, given, "")


def _host(room: Room, opening: Opening) -> str:
    """Return the id of the wall that an opening lies in; refuse one that lies in two."""
    for number, wall in enumerate(room.walls, 1):
        inside = wall.start - 1 <= opening.start and opening.end <= wall.end + 1
        if wall.edge.number == opening.edge.number and inside:
            return f"wall_{number}"
    raise ImportRefusedError(
        "import.opening_two_walls",
        layer=opening.layer.name,
        edge=opening.edge.number,
        start=f"{opening.start:.1f}",
        end=f"{opening.end:.1f}",
    )


def _attribute(text: str | None, unit: str, key: str) -> float | None:
    """Return a block's attribute in mm: with its unit, or a bare number in the drawing's."""
    if text is None or not text.strip():
        return None
    words = text.strip()
    try:
        return parse(words if not words[-1].isdigit() else f"{words} {unit}", "length")
    except UnitError as error:
        raise ImportRefusedError("import.attribute", key=key, reason=error.text()) from error


def _slabs(given: Given) -> Iterator[str]:
    high, note = _or(given.storey_mm, STOREY_MM, "or give --storey-height")
    there = f"{PLACE[:-2]}, storey_height = {metres(float(str(high)))} }}"
    for name in ("floor", "ceiling"):
        yield from ("", f"[{name}]")
        yield from _layers(given.slab or SLAB, given, "" if given.slab else "slab assumed, or give --slab")
        yield f"beyond = {there}  {MARK}: what lies there, and its clear height" + (f"; {note[13:]}" if note else "")


def _rest() -> Iterator[str]:
    yield from ("", "# Add the sources; `shieldcalc new radiography` shows every key. For example:", "#")
    for line in (
        *("[[source]]", 'id = "tube"', 'kind = "radiography"'),
        'workload = { distribution = "rad_room_floor_or_other", patients_per_week = 100 }',
        *("", "[[source.beam]]", 'id = "couch"'),
        *('focus = ["2 m", "2 m", "1.8 m"]', 'patient = ["2 m", "2 m", "0.9 m"]', 'toward = "floor"'),
        *("use_factor = 1.0", 'field = { area = "1000 cm2", at = "1 m" }', 'preshielding = "table_and_receptor"'),
    ):
        yield f"# {line}".rstrip()
