"""Design -> Scene: walls as upright faces on their edges, openings in them, slabs, screens, and the fixed points."""

from collections.abc import Iterator
from functools import cache

from shieldcalc.model.design import Beyond, Design, Layer, Screen, Slab, Source, Wall, WallOpening, Xy
from shieldcalc.model.geometry import along, direction, distance_to_boundary, edges, length, outward_normal
from shieldcalc.model.scene import Barrier, Point, Scene
from shieldcalc.tables import table

MODELS = "xray/ncrp147_models.csv"
FREE_M = 0.05  # an end of a maze's wall nearer to the room's faces stands at them
UNREACHED_ROOF = "unreached_roof"  # the kind of place above a ceiling where nobody gets without a tool
OPERATOR = Beyond(kind="operator", name="", occupancy=1.0, designation="controlled", person="radiation_worker")


_last: list[tuple[Design, Scene]] = []


@cache
def distances() -> dict[str, float]:
    """Return where people are, in metres: beyond a wall, above the floors below and above, the height searched."""
    rows = {row["name"]: row["value"] for row in table(MODELS).rows}
    names = ("beyond_wall_m", "above_floor_of_room_below_m", "above_floor_of_room_above_m", "usual_shielding_height_m")
    return {name: float(rows[name]) for name in names}


def scene_of(design: Design) -> Scene:
    """Return the barriers of a design in space (metres, z up from the floor) with its sources; kept for the last one.

    A screen is assessed (has something beyond it) only where it protects the console in the room.
    """
    for known, scene in _last:
        if known is design:
            return scene
    made = _scene(design)
    _last[:] = [(design, made)]
    return made


def _scene(design: Design) -> Scene:
    walls = {wall.id: _wall(design, wall) for wall in design.walls}
    edge_of = {wall.id: wall.edge for wall in design.walls}
    openings = [_opening(design, opening, walls, edge_of) for opening in design.openings]
    slabs = [_slab(design, slab) for slab in (design.floor, design.ceiling) if slab is not None]
    barriers = (*walls.values(), *openings, *slabs, *(_screen(design, screen) for screen in design.screens))
    return Scene(
        barriers=barriers,
        sources=design.sources,
        height_m=design.height_m,
        plan=design.plan,
        working_hours_per_week=design.working_hours_per_week,
        simultaneous_operation=design.declarations.simultaneous_operation,
        by_id={barrier.id: barrier for barrier in barriers},
        ward=design.ward,
        open_site=design.open_site,
        on=design.on,
        bodies=design.bodies,
        integration_tolerance=design.integration_tolerance,
        maze=design.maze,
        ducts=design.ducts,
        stated=tuple(point.stated for point in design.points if point.stated is not None),
    )


def thickness_m(layers: tuple[Layer, ...]) -> float:
    """Return the total thickness in m."""
    return sum(layer.thickness_mm for layer in layers) / 1000


def _edge(design: Design, edge: int) -> tuple[Xy, Xy]:
    a, b = design.plan[edge], design.plan[(edge + 1) % len(design.plan)]
    return a, direction(a, b)


def _wall(design: Design, wall: Wall) -> Barrier:
    start, unit = _edge(design, wall.edge)
    return Barrier(
        id=wall.id,
        kind="wall",
        layers=wall.layers,
        thickness_m=thickness_m(wall.layers),
        beyond=wall.beyond,
        a=along(start, unit, wall.start_m),
        b=along(start, unit, wall.end_m),
        top_m=wall.height_m,
        outward=outward_normal(design.plan, wall.edge),
        edge=wall.edge,
    )


def _opening(design: Design, opening: WallOpening, walls: dict[str, Barrier], edge_of: dict[str, int]) -> Barrier:
    start, unit = _edge(design, edge_of[opening.wall])
    return Barrier(
        id=opening.id,
        kind=opening.kind,
        layers=opening.layers,
        thickness_m=thickness_m(opening.layers),
        beyond=opening.beyond,
        a=along(start, unit, opening.start_m),
        b=along(start, unit, opening.start_m + opening.width_m),
        bottom_m=opening.sill_m,
        top_m=opening.sill_m + opening.height_m,
        outward=walls[opening.wall].outward,
        host=opening.wall,
        edge=edge_of[opening.wall],
    )


def _slab(design: Design, slab: Slab) -> Barrier:
    level = 0.0 if slab.kind == "floor" else design.height_m
    return Barrier(
        id=slab.id,
        kind=slab.kind,
        layers=slab.layers,
        thickness_m=thickness_m(slab.layers),
        beyond=slab.beyond,
        bottom_m=level,
        top_m=level,
        outline=design.plan,
    )


def _screen(design: Design, screen: Screen) -> Barrier:
    a, b = _maze_wall(design, screen) if _of_maze(design, screen) else (screen.a, screen.b)
    return Barrier(
        id=screen.id,
        kind="screen",
        layers=screen.layers,
        thickness_m=thickness_m(screen.layers),
        beyond=console_beyond() if _protects_console(design, screen.id) else None,
        a=a,
        b=b,
        top_m=design.height_m if _of_maze(design, screen) else screen.height_m,
        outward=_away(design, screen),
    )


def _of_maze(design: Design, screen: Screen) -> bool:
    return design.maze is not None and screen.id in design.maze.walls


def _maze_wall(design: Design, screen: Screen) -> tuple[Xy, Xy]:
    """Return the line of a maze's wall, half its thickness shorter at free ends.

    What crosses the line then has at least the wall's thickness in its way, at whatever angle.
    """
    half = thickness_m(screen.layers) / 2
    unit, size = direction(screen.a, screen.b), length(screen.a, screen.b)
    free = [distance_to_boundary(design.plan, end) > max(half, FREE_M) for end in (screen.a, screen.b)]
    low, high = (half if free[0] else 0.0), size - (half if free[1] else 0.0)
    if high <= low:
        return screen.a, screen.b
    return along(screen.a, unit, low), along(screen.a, unit, high)


def _protects_console(design: Design, screen: str) -> bool:
    console = design.console
    return console is not None and console.location == "in_room" and console.screen == screen


def _away(design: Design, screen: Screen) -> Xy:
    """Return the screen's normal towards the console that it protects, else away from the first source."""
    x, y = direction(screen.a, screen.b)
    console = design.console
    if console is not None and console.position is not None and _protects_console(design, screen.id):
        wanted, sign = console.position, 1.0
    else:
        wanted, sign = source_positions(design)[0], -1.0
    side = (wanted[0] - screen.a[0]) * y - (wanted[1] - screen.a[1]) * x
    return (y, -x) if side * sign > 0 else (-y, x)


def source_positions(design: Design) -> list[tuple[float, float, float]]:
    """Return every place from which radiation starts: foci, patients, isocentres, gamma sources; else a corner."""
    found = [place for source in design.sources for beam in source.beams for place in (beam.focus, beam.patient)]
    found += [source.isocentre for source in design.sources if source.isocentre is not None]
    found += [place for source in design.sources for place in source.gamma_places]
    return found or [(*design.plan[0], 1.0)]


def console_beyond() -> Beyond:
    """Return what a console place in the room is: fully occupied by a radiation worker, controlled (Table 4.1)."""
    return Beyond(
        kind="control_room", name="console", occupancy=1.0, designation="controlled", person="radiation_worker"
    )


def fixed_points(design: Design, scene: Scene) -> tuple[Point, ...]:
    """Return the console (where its place is given), the operators of mobile units and the user's own points.

    Ids are unique: a console whose id is taken becomes "console.place".
    """
    taken = {barrier.id for barrier in scene.barriers} | {point.id for point in design.points}
    users = tuple(
        Point(id=point.id, position=point.position, barrier=None, beyond=point.beyond, role="user")
        for point in design.points
    )
    return (*_console(design, taken), *_operators(design), *users)


def operator_id(source: Source) -> str:
    """Return the id of the point of a mobile unit's operator; ids of a file have no dot."""
    return f"{source.id}.operator"


def _operators(design: Design) -> Iterator[Point]:
    """Yield the operator of each mobile unit, who keeps a distance wherever it stands."""
    for source in design.sources:
        if source.operator is not None and source.beams:
            yield Point(
                id=operator_id(source),
                position=source.beams[0].patient,
                barrier=None,
                beyond=OPERATOR,
                role="operator",
                distance_m=source.operator.distance_m,
            )


def _console(design: Design, taken: set[str]) -> tuple[Point, ...]:
    console = design.console
    if console is None or console.position is None:
        return ()
    name = "console" if "console" not in taken else "console.place"
    screen = console.screen if console.location == "in_room" else None
    return (Point(id=name, position=console.position, barrier=screen, beyond=console_beyond(), role="console"),)


def outer_face_m(barrier: Barrier, scene: Scene) -> float:
    """Return how far in m the outer face lies from the inner one; an opening ends at its wall's outer face at least."""
    host = scene.by_id[barrier.host].thickness_m if barrier.host else 0.0
    return max(barrier.thickness_m, host)


def point_height(barrier: Barrier, scene: Scene) -> float:
    """Return the height z in m at which people are exposed below a floor or above a ceiling (NCRP 147 Fig. 4.3).

    Below: above_floor_of_room_below_m over the floor of the storey below, which lies its clear height under this slab;
    never inside the slab. Above: above_floor_of_room_above_m over the top of the slab,
    or as much as the scene says; over a roof that nobody reaches beyond_wall_m.
    """
    where = distances()
    if barrier.kind == "ceiling" and barrier.beyond is not None and barrier.beyond.kind == UNREACHED_ROOF:
        return scene.height_m + barrier.thickness_m + where["beyond_wall_m"]
    if barrier.kind == "ceiling":
        overhead = scene.above_floor_of_room_above_m
        if overhead is None:
            overhead = where["above_floor_of_room_above_m"]
        return scene.height_m + barrier.thickness_m + overhead
    storey = barrier.beyond.storey_height_m if barrier.beyond and barrier.beyond.storey_height_m else scene.height_m
    return min(0.0, where["above_floor_of_room_below_m"] - storey) - barrier.thickness_m


def uncovered(design: Design) -> list[tuple[int, float, float]]:
    """Return the parts (edge, from, to; metres) of the plan's edges where no wall stands."""
    found = []
    for edge, (a, b) in enumerate(edges(design.plan)):
        reached = 0.0
        for wall in sorted((wall for wall in design.walls if wall.edge == edge), key=lambda wall: wall.start_m):
            if wall.start_m > reached + 1e-6:
                found.append((edge, reached, wall.start_m))
            reached = max(reached, wall.end_m)
        if length(a, b) > reached + 1e-6:
            found.append((edge, reached, length(a, b)))
    return found
