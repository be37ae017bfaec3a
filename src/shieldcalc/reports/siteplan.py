"""The plan of a site to scale as SVG: the rooms of one storey with doors, windows and sources, shared points."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from shieldcalc.model.design import Source, Xy
from shieldcalc.model.move import Move
from shieldcalc.model.neighbours import seen_as
from shieldcalc.model.scene import Barrier, Point, Scene
from shieldcalc.model.whereabouts import moved
from shieldcalc.reports.outline import wall_outlines
from shieldcalc.reports.plan import (
    Plan,
    Sheet,
    door_tip,
    drawn,
    label,
    opening_marks,
    point_label,
    polygon,
    reserved,
    scale_bar,
    source_marks,
)


def on_site(scene: Scene, room: str, move: Move) -> Scene:
    """Return a room's scene in the frame of the site, its barriers and sources named room/id."""
    named = seen_as(scene, room)
    barriers = tuple(_moved(barrier, move) for barrier in named.barriers)
    sources = tuple(_moved_source(source, move) for source in named.sources)
    plan = tuple(_xy(move, corner) for corner in scene.plan)
    by_id = {each.id: each for each in barriers}
    return replace(named, barriers=barriers, sources=sources, plan=plan, room=room, by_id=by_id)


def _xy(move: Move, corner: Xy) -> Xy:
    x, y, _ = move.place((*corner, 0.0))
    return x, y


def _moved(barrier: Barrier, move: Move) -> Barrier:
    x, y = barrier.outward
    outward = move.cos * x - move.sin * y, move.sin * x + move.cos * y
    return replace(barrier, a=_xy(move, barrier.a), b=_xy(move, barrier.b), outward=outward)


def _moved_source(source: Source, move: Move) -> Source:
    place = move.place
    beams = tuple(
        replace(beam, focus=place(beam.focus), patient=place(beam.patient), target=place(beam.target))
        for beam in source.beams
    )
    isocentre = None if source.isocentre is None else place(source.isocentre)
    sealed = source.sealed and moved(source.sealed, place)
    patients = source.patients and replace(source.patients, position=place(source.patients.position))
    return replace(source, beams=beams, isocentre=isocentre, sealed=sealed, patients=patients)


def draw_site(
    here: Iterable[Scene],
    elsewhere: Iterable[Scene],
    points: Iterable[Point],
    point_marks: Mapping[str, str],
    source_numbers: Mapping[str, str],
    number: Callable[[str], str] = str,
) -> Plan:
    """Return the plan of the rooms ``here``, with the outlines of those on other storeys; all in the site's frame."""
    here, elsewhere, points = tuple(here), tuple(elsewhere), tuple(points)
    outlines = [wall_outlines([b for b in scene.barriers if b.kind == "wall"]) for scene in here]
    corners = [corner for scene in (*here, *elsewhere) for corner in scene.plan]
    corners += [corner for found in outlines for outline in found.values() for corner in outline]
    corners += [point.position[:2] for point in points]
    corners += [door_tip(b, scene.by_id) for scene in here for b in scene.barriers if b.kind == "door"]
    sheet = Sheet(corners)
    parts = [polygon(sheet, scene.plan, "room") for scene in here]
    for found in outlines:
        parts += [polygon(sheet, outline, "wall") for outline in found.values()]
    for scene in here:
        for barrier in scene.barriers:
            parts += opening_marks(sheet, barrier, scene.by_id) if barrier.host else []
    for scene in here:
        for source in scene.sources:
            parts += source_marks(sheet, source, source_numbers[source.id])
    parts += [polygon(sheet, scene.plan, "elsewhere") for scene in elsewhere]
    marks = [point_label(sheet, point, point_marks[point.id]) for point in reserved(sheet, points)]
    marks += [_name(sheet, scene) for scene in (*here, *elsewhere)]
    return drawn(sheet, [*parts, *marks, *scale_bar(sheet, number)])


def _name(sheet: Sheet, scene: Scene) -> str:
    """Return a room's name near its middle."""
    xs, ys = zip(*scene.plan, strict=True)
    x, y = sheet.at(((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2))
    return label(*sheet.free_place(x, y, 2.0 * len(scene.room), 3.4), scene.room, "barrier")
