"""A drawing of a perimeter to scale: rings round the source and the contour, over the plan of a room or a site."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from shieldcalc.accident.cordon import Perimeter, Reach, distances, rates_in_words
from shieldcalc.accident.told import say, up
from shieldcalc.model.design import Design, Xy
from shieldcalc.model.scene import Scene
from shieldcalc.model.site import Site
from shieldcalc.reports.legend import legend, sheet_with
from shieldcalc.reports.outline import wall_outlines
from shieldcalc.reports.plan import Plan, Sheet, drawn, label, opening_marks, polygon, scale_bar, text_width
from shieldcalc.reports.siteplan import on_site

COLOURS = {"perimeter": "#c00000", "rate": "#d98200", "printed": "#7a00a8", "keep_away": "#0060a8"}
DASHED = ";stroke-dasharray:2 1.5"


class Ring(NamedTuple):
    """A circle round the source: radius in m, what it is, its colour, whether its line is broken."""

    radius_m: float
    text: str
    colour: str
    dashed: bool = False


class Ground(NamedTuple):
    """What lies below: rooms of the source's storey and of others, and where the source is, in metres of the plan."""

    here: tuple[Scene, ...] = ()
    elsewhere: tuple[Scene, ...] = ()
    source: Xy = (0.0, 0.0)


def ground(read: Design | Site, source: Xy) -> Ground:
    """Return the rooms of a file; of a site those of the storey of the room that the source is in, else the lowest."""
    from shieldcalc.model.build import scene_of

    if isinstance(read, Design):
        return Ground((scene_of(read),), (), source)
    rooms = [(room.at[2], on_site(scene_of(room.design), room.id, room.move)) for room in read.rooms]
    level = min((height for height, scene in rooms if _inside(source, scene.plan)), default=min(rooms, key=_height)[0])
    here = tuple(scene for height, scene in rooms if height == level)
    return Ground(here, tuple(scene for height, scene in rooms if height != level), source)


def _height(room: tuple[float, Scene]) -> float:
    return room[0]


def _inside(place: Xy, plan: Sequence[Xy]) -> bool:
    """Return whether a place lies within a polygon, by the edges that a ray to the right crosses."""
    x, y = place
    edges = zip(plan, (*plan[1:], plan[0]), strict=True)
    return (
        sum((a[1] > y) != (b[1] > y) and x < a[0] + (y - a[1]) * (b[0] - a[0]) / (b[1] - a[1]) for a, b in edges) % 2
        > 0
    )


def drawn_perimeter(around: Perimeter, reaches: Sequence[Reach], below: Ground | None, language: str) -> Plan:
    """Return the drawing of a perimeter that has a radius, with how far rates reach, its contour and its readings."""
    from shieldcalc.reports.words import Words

    radius = around.radius_m or 0.0
    rings = [Ring(radius, say("cordon.map_perimeter", radius=up(radius)).text(language), COLOURS["perimeter"])]
    rate, printed = rates_in_words()
    for each in reaches:
        for text, far, colour in ((rate, each.radius_m, "rate"), (printed, each.as_printed_m, "printed")):
            if far > 0:
                words = say("cordon.map_rate", rate=text, radius=up(far)).text(language)
                rings.append(Ring(far, words, COLOURS[colour], dashed=True))
    away = distances()["keep_away"]
    words = say("cordon.map_keep_away", radius=f"{away:g}").text(language)
    rings.append(Ring(away, words, COLOURS["keep_away"], dashed=True))
    title = say("cordon.map_contour" if around.contour else "cordon.map_title").text(language)
    found = Contour(around.contour, [(place, f"{read.rate:g} uSv/h") for place, read in around.placed])
    return picture(title, rings, found, below or Ground(), Words(language).number)


class Contour(NamedTuple):
    """A line of the perimeter and the readings that it follows, in metres from the source; their rates in words."""

    line: Sequence[Xy] = ()
    readings: Sequence[tuple[Xy, str]] = ()


def picture(title: str, rings: Sequence[Ring], found: Contour, below: Ground, number: Callable[[str], str]) -> Plan:
    """Return rings and contour over the plan with a legend, largest first; the first ring is the perimeter's."""
    ordered = sorted(rings, key=lambda each: -each.radius_m)
    x, y = below.source
    outline = [(x + dx, y + dy) for dx, dy in found.line]
    read = [((x + dx, y + dy), words) for (dx, dy), words in found.readings]
    far = ordered[0].radius_m
    corners = [(x - far, y - far), (x + far, y + far), *outline, *(place for place, _ in read)]
    corners += [corner for scene in (*below.here, *below.elsewhere) for corner in scene.plan]
    told = [(title, "font-weight:bold"), *((each.text, f"fill:{each.colour}") for each in ordered)]
    sheet, rows = sheet_with(corners, told)
    parts = [*_rooms(sheet, below), *(_circle(sheet, each, below.source) for each in ordered)]
    parts += [_contour(sheet, outline, rings[0].colour)] if outline else []
    parts += [_dot(sheet, below.source, 1.0), *(_dot(sheet, place, 0.6) for place, _ in read)]
    parts += [_label(sheet, (x, y + each.radius_m), f"{up(each.radius_m)} m") for each in ordered]
    parts += [_label(sheet, place, words) for place, words in read]
    return drawn(sheet, [*parts, *legend(sheet, rows), *scale_bar(sheet, number)])


def _rooms(sheet: Sheet, below: Ground) -> list[str]:
    parts = [polygon(sheet, scene.plan, "elsewhere") for scene in below.elsewhere]
    for scene in below.here:
        walls = [barrier for barrier in scene.barriers if barrier.kind == "wall"]
        parts += [polygon(sheet, outline, "wall") for outline in wall_outlines(walls).values()]
        parts += [mark for each in scene.barriers if each.host for mark in opening_marks(sheet, each, scene.by_id)]
        parts.append(polygon(sheet, scene.plan, "edge"))
    return parts


def _circle(sheet: Sheet, ring: Ring, source: Xy) -> str:
    x, y = sheet.at(source)
    look = f"fill:none;stroke:{ring.colour};stroke-width:.6{DASHED if ring.dashed else ''}"
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{ring.radius_m * 1e3 / sheet.scale:.3f}" style="{look}"/>'


def _contour(sheet: Sheet, outline: Sequence[Xy], colour: str) -> str:
    places = " ".join(f"{x:.2f},{y:.2f}" for x, y in map(sheet.at, outline))
    return f'<polygon points="{places}" style="fill:{colour};fill-opacity:.08;stroke:{colour};stroke-width:.9"/>'


def _dot(sheet: Sheet, place: Xy, radius: float) -> str:
    x, y = sheet.at(place)
    sheet.take(x, y, 2 * radius, 2 * radius)
    return f'<circle cx="{x:.2f}" cy="{y:.2f}" r="{radius:g}"/>'


def _label(sheet: Sheet, place: Xy, text: str) -> str:
    """Return words at a place, or as near as there is room."""
    return label(*sheet.free_place(*sheet.at(place), text_width(text), 3.4), text, "barrier")
