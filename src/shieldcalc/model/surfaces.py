"""Where people can be behind a barrier, as a flat surface with two coordinates (p, q), and the shadow lines on it.

Behind a wall, opening or screen: p along the barrier, q the height; behind a floor or ceiling: the plan's x and y.
"""

from collections.abc import Callable, Iterator
from itertools import chain
from typing import NamedTuple

from shieldcalc.model.build import distances, outer_face_m, point_height
from shieldcalc.model.design import Xy, Xyz
from shieldcalc.model.geometry import contains, convex, direction, length
from shieldcalc.model.scene import Barrier, Scene
from shieldcalc.model.silhouette import rims

Line = tuple[Xy, Xy]
Edges = tuple[tuple[Xyz, Xyz], ...]
Box = tuple[float, float, float, float]
RIM = 1e-3


class Surface(NamedTuple):
    """A part of a plane: ``origin`` + p ``along`` + q ``up``, within ``box`` (p0, p1, q0, q1), less ``holes``.

    ``outline`` bounds slabs; ``solids`` are bodies of other walls (quadrilaterals on the plan) where nobody can be.
    """

    origin: Xyz
    along: Xyz
    up: Xyz
    normal: Xyz
    box: Box
    holes: tuple[Box, ...] = ()
    outline: tuple[Xy, ...] = ()
    solids: tuple[tuple[Xy, ...], ...] = ()

    def place(self, p: float, q: float) -> Xyz:
        """Return the position in space."""
        (ox, oy, oz), (ax, ay, az), (ux, uy, uz) = self.origin, self.along, self.up
        return ox + p * ax + q * ux, oy + p * ay + q * uy, oz + p * az + q * uz

    def coordinates(self, position: Xyz) -> Xy:
        """Return (p, q) of the foot of the perpendicular from a position."""
        (ox, oy, oz), (ax, ay, az), (ux, uy, uz) = self.origin, self.along, self.up
        x, y, z = position[0] - ox, position[1] - oy, position[2] - oz
        return x * ax + y * ay + z * az, x * ux + y * uy + z * uz

    def height_over(self, position: Xyz) -> float:
        """Return the distance in m from the plane, negative on the room's side."""
        (ox, oy, oz), (nx, ny, nz) = self.origin, self.normal
        return (position[0] - ox) * nx + (position[1] - oy) * ny + (position[2] - oz) * nz

    def facing(self, position: Xyz) -> "Surface":
        """Return the same surface with the normal that points away from a place."""
        if self.height_over(position) <= 0:
            return self
        return self._replace(normal=(-self.normal[0], -self.normal[1], -self.normal[2]))

    def clamp(self, p: float, q: float) -> Xy:
        """Return the nearest place within the box."""
        p0, p1, q0, q1 = self.box
        p, q = (p0 if p < p0 else p), (q0 if q < q0 else q)
        return (p1 if p > p1 else p), (q1 if q > q1 else q)

    def allowed(self, p: float, q: float) -> bool:
        """Return whether somebody can be there."""
        p0, p1, q0, q1 = self.box
        if not (p0 <= p <= p1 and q0 <= q <= q1):
            return False
        if any(a < p < b and low < q < high for a, b, low, high in self.holes):
            return False
        if self.outline and not contains(self.outline, (p, q)):
            return False
        if not self.solids:
            return True
        x, y, _ = self.place(p, q)
        return not any(contains(solid, (x, y)) for solid in self.solids)


def surface_of(scene: Scene, barrier: Barrier) -> Surface:
    """Return where people can be behind one barrier.

    0.3 m beyond the outer face (NCRP 147 section 2.3.6) of a wall or screen up to 2.1 m or its top if lower, less its
    openings; of an opening over its whole rectangle; of a slab at the height of Fig. 4.3 over the whole plan.
    """
    if barrier.outline:
        return _slab_surface(scene, barrier)
    x, y = direction(barrier.a, barrier.b)
    nx, ny = barrier.outward
    depth = outer_face_m(barrier, scene) + distances()["beyond_wall_m"]
    opening = barrier.host is not None
    top = barrier.top_m if opening else min(barrier.top_m, distances()["usual_shielding_height_m"])
    return Surface(
        origin=(barrier.a[0] + depth * nx, barrier.a[1] + depth * ny, 0.0),
        along=(x, y, 0.0),
        up=(0.0, 0.0, 1.0),
        normal=(nx, ny, 0.0),
        box=(0.0, length(barrier.a, barrier.b), barrier.bottom_m, top),
        holes=tuple(_hole(barrier, other, top) for other in scene.barriers if other.host == barrier.id),
        solids=() if barrier.kind == "screen" or convex(scene.plan) else tuple(_solids(scene, barrier)),
    )


def _hole(wall: Barrier, opening: Barrier, top: float) -> Box:
    """Return an opening's place on its wall's surface; where it reaches the rim, a little beyond it."""
    x, y = direction(wall.a, wall.b)
    ends = [(p[0] - wall.a[0]) * x + (p[1] - wall.a[1]) * y for p in (opening.a, opening.b)]
    p0, p1, q0, q1 = min(ends), max(ends), opening.bottom_m, opening.top_m
    size = length(wall.a, wall.b)
    return (
        p0 - RIM if p0 <= RIM else p0,
        p1 + RIM if p1 >= size - RIM else p1,
        q0 - RIM if q0 <= wall.bottom_m + RIM else q0,
        q1 + RIM if q1 >= top - RIM else q1,
    )


def _solids(scene: Scene, barrier: Barrier) -> Iterator[tuple[Xy, ...]]:
    """Yield the room itself and the bodies of the walls on other edges."""
    yield scene.plan
    for wall in scene.barriers:
        if wall.kind == "wall" and wall.edge != barrier.edge:
            (ax, ay), (bx, by), (nx, ny), t = wall.a, wall.b, wall.outward, wall.thickness_m
            yield wall.a, wall.b, (bx + t * nx, by + t * ny), (ax + t * nx, ay + t * ny)


def _slab_surface(scene: Scene, barrier: Barrier) -> Surface:
    xs, ys = [x for x, _ in scene.plan], [y for _, y in scene.plan]
    return Surface(
        origin=(0.0, 0.0, point_height(barrier, scene)),
        along=(1.0, 0.0, 0.0),
        up=(0.0, 1.0, 0.0),
        normal=(0.0, 0.0, 1.0 if barrier.kind == "ceiling" else -1.0),
        box=(min(xs), max(xs), min(ys), max(ys)),
        outline=scene.plan,
    )


def shadow_edges(scene: Scene) -> Edges:
    """Return the straight edges in space where what a line meets may change.

    The rims of openings, ends and tops of walls at the inner and outer faces on their edge, the rims of screens, and
    the rim of the ceiling over a lower wall, and the edges of free bodies.
    """
    found: dict[tuple[Xyz, Xyz], None] = {}
    for barrier in scene.barriers:
        if barrier.outline:
            continue
        if barrier.kind == "wall" and barrier.top_m < scene.height_m:
            found[(*barrier.a, scene.height_m), (*barrier.b, scene.height_m)] = None
        for depth in _depths(scene, barrier):
            found.update(dict.fromkeys(_rim(barrier, depth)))
    for body in scene.bodies:
        found.update(dict.fromkeys(rims(body.shape)))
    return tuple(found)


def _depths(scene: Scene, barrier: Barrier) -> set[float]:
    if barrier.kind == "screen":
        return {0.0}
    return {0.0} | {wall.thickness_m for wall in scene.barriers if wall.kind == "wall" and wall.edge == barrier.edge}


def _rim(barrier: Barrier, depth: float) -> Iterator[tuple[Xyz, Xyz]]:
    (nx, ny), low, high = barrier.outward, barrier.bottom_m, barrier.top_m
    ax, ay = barrier.a[0] + depth * nx, barrier.a[1] + depth * ny
    bx, by = barrier.b[0] + depth * nx, barrier.b[1] + depth * ny
    yield (ax, ay, low), (ax, ay, high)
    yield (bx, by, low), (bx, by, high)
    yield (ax, ay, high), (bx, by, high)
    yield (ax, ay, low), (bx, by, low)


def shadow_lines(surface: Surface, edges: Edges, start: Xyz) -> list[Line]:
    """Return the edges as seen from ``start`` on the surface: straight segments in (p, q), cut to its box."""
    return shadows(surface, edges)(start)


def shadows(surface: Surface, edges: Edges) -> Callable[[Xyz], list[Line]]:
    """Return what gives ``shadow_lines`` from any start: the edges' heights over the surface are the same for all."""
    known = {place: surface.height_over(place) for place in dict.fromkeys(chain.from_iterable(edges))}
    heights = [(first, second, known[first], known[second]) for first, second in edges]

    def seen_from(start: Xyz) -> list[Line]:
        near = surface.height_over(start)
        if near >= 0:
            return []
        low = near + 1e-3
        seen = {at: _projected(surface, start, near, at, height) for at, height in known.items() if low <= height <= 0}
        cast = []
        for first, second, a, b in heights:
            one, other = seen.get(first), seen.get(second)
            if one is None or other is None:
                ends = None if a < low and b < low else _in_front(low, first, second, a, b)
                if ends is None:
                    continue
                one, other = (_projected(surface, start, near, *end) for end in ends)
            cast.append(_cut_to(surface.box, one, other))
        return [line for line in cast if line is not None]

    return seen_from


End = tuple[Xyz, float | None]


def _in_front(low: float, first: Xyz, second: Xyz, a: float, b: float) -> tuple[End, End] | None:
    """Return the part of an edge from ``low`` (m over the surface, below it) to the surface itself, None without any.

    Each end with its height over the surface where that is known.
    """
    if a > 0 and b > 0:
        return None
    if a == b:
        return (first, a), (second, b)
    ends = [(min(max(limit, low), 0.0) - a) / (b - a) for limit in (a, b)]
    return (_at(first, second, ends[0]), None if ends[0] else a), (_at(first, second, ends[1]), None)


def _at(a: Xyz, b: Xyz, t: float) -> Xyz:
    return a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1]), a[2] + t * (b[2] - a[2])


def _projected(surface: Surface, start: Xyz, near: float, through: Xyz, height: float | None) -> Xy:
    """Return where the line from ``start`` through a place between it and the surface meets the surface."""
    k = near / (near - (surface.height_over(through) if height is None else height))
    return surface.coordinates(_at(start, through, k))


def _cut_to(box: Box, a: Xy, b: Xy) -> Line | None:
    enter, leave = 0.0, 1.0
    for i in (0, 1):
        one, other, low, high = a[i], b[i], box[2 * i], box[2 * i + 1]
        if (one < low and other < low) or (one > high and other > high):
            return None
        change = other - one
        if (low <= one <= high and low <= other <= high) or abs(change) < 1e-12:
            continue
        near, far = (low - one) / change, (high - one) / change
        enter, leave = max(enter, min(near, far)), min(leave, max(near, far))
    if enter > leave:
        return None
    return _between(a, b, enter), _between(a, b, leave)


def _between(a: Xy, b: Xy, t: float) -> Xy:
    return a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])
