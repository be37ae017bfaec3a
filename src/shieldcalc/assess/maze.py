"""Places that radiation reaches round a screen or a corner: what comes on the straight line is not all of it."""

from collections.abc import Iterator

from shieldcalc.errors import Notice
from shieldcalc.model.design import Source, Xyz
from shieldcalc.model.geometry import crossing, edges
from shieldcalc.model.result import PointResult
from shieldcalc.model.scene import Scene
from shieldcalc.physics.therapy.rules import DUCT, MAZE
from shieldcalc.physics.therapy.stray import MAZE as MAZE_PHOTONS

AIMED = ("industrial_xray", "industrial_linac", "orthovoltage")  # these reach doors of mazes by scatter alone
SAME = 1e-9  # of a line: a corner belongs to both its edges


def behind_maze(scene: Scene, found: PointResult) -> Notice | None:
    """Return that scatter round a screen or a corner is not computed at a point, with their names; None without any.

    So it is where a straight line from a gamma source, an accelerator or a tube of industry or therapy crosses a
    screen, one from other X-ray equipment a screen that ends below the ceiling (but for the console behind it), or
    where the line from one of the first leaves its room below the ceiling and meets that room again.
    """
    said = next((each for each in found.notices if each.code == MAZE), None)
    if said is not None:
        return Notice("findings.maze_not_computed", said.params)
    duct = next((each for each in found.notices if each.code == DUCT), None)
    if duct is not None:
        return Notice("findings.duct_not_computed", duct.params)
    screens = sorted(_screens(scene, found))
    if screens:
        return Notice("findings.behind_screen", {"screens": ", ".join(screens)})
    sources = sorted({*_corners(scene, found)})
    return Notice("findings.round_corner", {"sources": ", ".join(sources)}) if sources else None


def _screens(scene: Scene, found: PointResult) -> Iterator[str]:
    """Yield the screens round which what is scattered is not computed.

    Round a maze's walls it is, of accelerators, and of sources that have such a part at the place.
    """
    scattering = {source.id for source in scene.sources if _places(source)}
    turning = (source for source in scene.sources if source.accelerator is not None and source.isocentre is not None)
    computed = {source.id for source in turning}
    computed |= {part.source for part in found.components if part.kind == MAZE_PHOTONS and not part.room}
    of_maze = () if scene.maze is None else scene.maze.walls
    for screen in (barrier for barrier in scene.barriers if barrier.kind == "screen"):
        low = screen.top_m < scene.height_m and screen.id != found.point.barrier
        parts = [part for part in found.components if not part.room and screen.id in part.crossed]
        others = [part for part in parts if screen.id not in of_maze or part.source not in computed]
        at_door = scene.maze is not None and screen.id in of_maze and found.point.barrier == scene.maze.door
        if any(low or part.source in scattering for part in others) or (at_door and scattering - computed):
            yield screen.id


def _corners(scene: Scene, found: PointResult) -> Iterator[str]:
    """Yield the sources whose lines go out of their room and in again: of this room, and of the others on its site."""
    yield from _round_corners(scene, found.point.position)
    for other in scene.others:
        yield from _round_corners(other.scene, other.move.back(found.point.position))


def _round_corners(scene: Scene, position: Xyz) -> Iterator[str]:
    for source in scene.sources:
        if any(_leaves_and_returns(scene, place, position) for place in _places(source)):
            yield source.id


def _places(source: Source) -> tuple[Xyz, ...]:
    """Return where what a source scatters round corners starts: gamma sources, isocentres, objects and patients."""
    if source.kind in AIMED:
        return tuple(each.patient for each in source.beams)
    centre = source.isocentre if source.accelerator is not None else None
    return source.gamma_places if centre is None else (centre,)


def _leaves_and_returns(scene: Scene, start: Xyz, end: Xyz) -> bool:
    """Return whether a line crosses inner faces of walls in two places; at a corner it crosses both in one."""
    hits = (crossing(start[:2], end[:2], a, b) for a, b in edges(scene.plan))
    at = [hit[0] for hit in hits if hit is not None]
    below = [t for t in at if 0 <= start[2] + t * (end[2] - start[2]) <= scene.height_m]
    return bool(below) and max(below) - min(below) > SAME
