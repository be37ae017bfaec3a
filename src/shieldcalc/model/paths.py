"""What a straight line from a source to a point crosses: walls, openings, gaps over walls, slabs and screens.

A wall is a solid between its inner face (the plan's edge) and its outer face. Whatever the line touches between the
two, in plan and in height, is an alternative: the weakest governs. Thicknesses are normal, distances slant.

* A line may leave a concave room and come back: every wall on its way counts.
* Where it cuts across a corner that juts into the room, the two walls are mitred: each counts up to the depth at which
  the line is nearer to the other, whole layers from the inside, the last one in part.
* A corner is never a gap: each corner of the plan is on one side of the line or the other, so that the line crosses one
  of the two edges that meet there; outside a wall's own length, the nearest wall on its edge counts.
* Where a line leaves a wall past the end of its edge, round an outer corner, the wall on the other side of the corner
  is an alternative.
* A screen that ends below the ceiling counts for places in the room alone: beyond the walls, floor and ceiling what is
  scattered over it could be as much as what it holds back.
* Above a wall that ends below the ceiling there is nothing. A floor or ceiling counts where the line crosses its inner
  face within the room.
"""

from collections.abc import Mapping
from itertools import product
from math import dist, sqrt

from shieldcalc.model.design import Layer, Xy, Xyz
from shieldcalc.model.geometry import direction, reflex
from shieldcalc.model.scene import Path, Scene
from shieldcalc.model.upright import EPSILON, GAP, JOINT, Alternative, Edge, Part, nearest, touch

LINES_KEPT = 20_000
Key = tuple[tuple[Alternative, ...], ...]
Hit = tuple[float, int, float]
InPlan = tuple[float, float, float, float]  # start and end of a line on the plan


class Rays:
    """The paths of one scene: built once, then asked for many lines. ``key`` is quick, ``path`` says it in words."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.height = scene.height_m
        self.corners = scene.plan
        self.edges = [Edge(scene, index) for index in range(len(scene.plan))]
        self.reflex = [reflex(scene.plan, corner) for corner in range(len(scene.plan))]
        self.screens = [(i, b.a, b.b, b.top_m) for i, b in enumerate(scene.barriers) if b.kind == "screen"]
        self.slabs: dict[str, int] = {
            barrier.kind: index for index, barrier in enumerate(scene.barriers) if barrier.outline
        }
        self._layers_of = [barrier.layers for barrier in scene.barriers]
        self._seen_from: dict[Xy, list[Xy]] = {}
        self._tall = all(top >= self.height for _, _, _, top in self.screens)
        self._in_plan: dict[InPlan, list[Hit]] = {}
        self._alike: dict[InPlan, Key | None] = {}
        self._stacks: dict[Key, tuple[tuple[tuple[Layer, ...], ...], tuple[tuple[str, ...], ...]]] = {}
        self._place_walls()

    def _place_walls(self) -> None:
        parts: dict[str, Part] = {}
        for index, barrier in enumerate(self.scene.barriers):
            if barrier.kind == "wall":
                edge = self.edges[barrier.edge or 0]
                part = Part(index, barrier, *edge.place(barrier), self.height)
                parts[barrier.id] = part
                edge.parts.append(part)
        for index, barrier in enumerate(self.scene.barriers):
            if barrier.host is not None:
                u0, u1 = self.edges[barrier.edge or 0].place(barrier)
                parts[barrier.host].openings.append((index, u0, u1, barrier.bottom_m, barrier.top_m))
        for edge in self.edges:
            edge.parts.sort(key=lambda part: part.u0)
        tall = [not any(part.open_above for part in edge.parts) for edge in self.edges]
        for edge in self.edges:  # round a corner a line touches the wall beside it, never its openings
            beside = tall[edge.index - 1], tall[edge.index], tall[(edge.index + 1) % len(tall)]
            edge.tall = all(beside)
            edge.openings = [(u0, u1) for part in edge.parts for _, u0, u1, _, _ in part.openings]
            edge.plain = edge.tall and not edge.openings
            edge.simple = tall[edge.index] and len(edge.parts) == 1 and not edge.openings

    def path(self, start: Xyz, point: Xyz) -> Path:
        """Return the path of the line from ``start`` (a source, inside the room) to ``point``."""
        stacks, names = self.stacks(self.key(start, point))
        return Path(dist(start, point), names[0], stacks, names)

    def key(self, start: Xyz, point: Xyz) -> Key:
        """Return what the line crosses, in order, as alternatives of indexes: GAP for nothing.

        Lines that end between floor and ceiling and meet walls as high as the room alone are the same at every height.
        """
        at = start[0], start[1], point[0], point[1]
        if 0 <= point[2] <= self.height and 0 <= start[2] <= self.height:
            alike = self._alike[at] if at in self._alike else self._seen_level(at, start, point)
            if alike is not None:
                return alike
        return self._key(start, point, self._seen_in_plan(at, start, point))

    def level_key(self, start: Xyz, point: Xyz) -> Key | None:
        """Return the key of lines to a place at any height between floor and ceiling, None where it depends on that."""
        if not 0 <= start[2] <= self.height:
            return None
        at = start[0], start[1], point[0], point[1]
        return self._alike[at] if at in self._alike else self._seen_level(at, start, point)

    def _seen_level(self, at: InPlan, start: Xyz, point: Xyz) -> Key | None:
        """Return the key of a line where it is the same at every height in the room, kept."""
        hits = self._seen_in_plan(at, start, point)
        alike = self._tall and all(self._level(start, point, hit) for hit in hits)
        key = self._key((*at[:2], self.height / 2), (*at[2:], self.height / 2), hits) if alike else None
        self._alike[at] = key
        return key

    def _seen_in_plan(self, at: InPlan, start: Xyz, point: Xyz) -> list[Hit]:
        """Return the edges that the line crosses, kept."""
        hits = self._in_plan.get(at)
        if hits is None:
            if len(self._in_plan) >= LINES_KEPT:
                self._in_plan.clear()
                self._alike.clear()
            hits = self._in_plan[at] = self._plan_hits(start, point)
        return hits

    def _level(self, start: Xyz, point: Xyz, hit: Hit) -> bool:
        """Return whether a line meets walls as high as the room alone on an edge, and passes beside its openings."""
        _, index, u = hit
        edge = self.edges[index]
        if edge.plain or not edge.tall:
            return edge.tall
        dx, dy, (nx, ny), (ux, uy) = point[0] - start[0], point[1] - start[1], edge.normal, edge.unit
        run = max([part.depth for part in edge.parts]) * (dx * ux + dy * uy) / (dx * nx + dy * ny or 1e-12)
        low, high = min(u, u + run), max(u, u + run)
        return not any(high >= a - JOINT and low <= b + JOINT for a, b in edge.openings)

    def _key(self, start: Xyz, point: Xyz, hits: list[Hit]) -> Key:
        """Return what the line crosses, that crosses these edges of the plan."""
        slab, at = self._slab(start, point, hits)
        screens = self._screens(start, point, outside=bool(slab) or len(hits) % 2 == 1) if self.screens else []
        if not screens and len(hits) < 2 and not (slab and hits):
            return ((self.slabs[slab],),) if slab else tuple([self._whole(start, point, h) for h in hits if h[0] <= at])
        events = self._walls(start, point, [hit for hit in hits if hit[0] <= at])
        if slab:
            events.append((at, (self.slabs[slab],)))
        events = sorted([*events, *screens], key=lambda event: event[0])
        return tuple([alternatives for _, alternatives in events])

    def replacing(self, layers: Mapping[str, tuple[Layer, ...]]) -> "Rays":
        """Return the same lines with other layers in some barriers; their faces stay where they are."""
        other = object.__new__(Rays)
        other.__dict__.update(self.__dict__)
        other._layers_of = [
            layers.get(barrier.id, stack) for barrier, stack in zip(self.scene.barriers, self._layers_of, strict=True)
        ]
        other._stacks = {}
        return other

    def alike(self, other: "Rays") -> bool:
        """Return whether every line crosses the same, of the same layers, as in another state of the same room."""
        if self is other:
            return True
        one, two = self.scene.barriers, other.scene.barriers
        thick = all(a.thickness_m == b.thickness_m for a, b in zip(one, two, strict=True))
        return thick and one == two and self._layers_of == other._layers_of

    def _plan_hits(self, start: Xyz, point: Xyz) -> list[Hit]:
        """Return where the line crosses the plan's edges: fraction of the line, edge, metres along the edge."""
        sx, sy = start[0], start[1]
        dx, dy = point[0] - sx, point[1] - sy
        square = dx * dx + dy * dy
        if square == 0:
            return []
        hits = []
        corners, seen = self.corners, self._corners_from(start)
        before = dx * seen[-1][1] - dy * seen[-1][0]
        for index, (a, b) in enumerate(seen):
            side = dx * b - dy * a
            if (before >= 0) != (side >= 0):
                here, last = corners[index], corners[index - 1]
                part = before / (before - side)
                x, y = last[0] + part * (here[0] - last[0]), last[1] + part * (here[1] - last[1])
                fraction = ((x - sx) * dx + (y - sy) * dy) / square
                if 0 < fraction < 1:
                    edge = index - 1 if index else len(corners) - 1
                    hits.append((fraction, edge, part * self.edges[edge].size))
            before = side
        hits.sort()
        return hits

    def _corners_from(self, start: Xyz) -> list[Xy]:
        """Return the plan's corners as seen from one place."""
        at = start[0], start[1]
        if at not in self._seen_from:
            self._seen_from[at] = [(x - at[0], y - at[1]) for x, y in self.corners]
        return self._seen_from[at]

    def _slab(self, start: Xyz, point: Xyz, hits: list[Hit]) -> tuple[str, float]:
        """Return the slab that the line crosses within the room and where; beyond that place no wall stands."""
        z, end = start[2], point[2]
        if end > self.height:
            kind, at = "ceiling", (self.height - z) / (end - z)
        elif end < 0:
            kind, at = "floor", z / (z - end)
        else:
            return "", 1.0
        inside = sum(1 for hit in hits if hit[0] <= at) % 2 == 0
        return (kind if inside and kind in self.slabs else ""), at

    def _walls(self, start: Xyz, point: Xyz, hits: list[Hit]) -> list[tuple[float, tuple[Alternative, ...]]]:
        events: list[tuple[float, tuple[Alternative, ...]]] = []
        index = 0
        while index < len(hits):
            leaves = index % 2 == 0 and index + 1 < len(hits)
            if leaves and self._inward_corner(hits[index][1], hits[index + 1][1]):
                events += self._mitred(start, point, hits[index], hits[index + 1])
                index += 2
            else:
                events.append((hits[index][0], self._whole(start, point, hits[index])))
                index += 1
        return events

    def _inward_corner(self, first: int, second: int) -> bool:
        """Return whether two edges meet in a corner that juts into the room."""
        count = len(self.edges)
        before, after = ((first + 1) % count == second), ((second + 1) % count == first)
        return (before and self.reflex[second]) or (after and self.reflex[first])

    def _whole(self, start: Xyz, point: Xyz, hit: Hit) -> tuple[Alternative, ...]:
        """Return what the line touches between inner and outer face: walls, openings, the gap over a wall."""
        fraction, index, u = hit
        edge = self.edges[index]
        dx, dy, dz = point[0] - start[0], point[1] - start[1], point[2] - start[2]
        z = start[2] + fraction * dz
        (nx, ny), (ux, uy) = edge.normal, edge.unit
        out = dx * nx + dy * ny
        slope, forward = abs(out) or 1e-12, 1 if out > 0 else -1
        along = (dx * ux + dy * uy) * forward
        entered = nearest(edge.parts, u)
        if entered is None:
            return (GAP,)
        room = 1 - fraction if forward > 0 else fraction
        if edge.simple:
            end = u + along * min(entered.depth / slope, room)
            if -EPSILON <= end <= edge.size + EPSILON:
                return (entered.index,)
        found: list[Alternative] = []
        for part in edge.parts:
            depth = part.depth if part.depth > entered.depth else entered.depth
            reach = min(depth / slope, room)
            end = u + along * reach
            if part is entered or ((u >= part.u0 or end >= part.u0) and (u <= part.u1 or end <= part.u1)):
                touch(part, u, end, z, z + dz * forward * reach, found)
        reach = min(entered.depth / slope, room)
        end = u + along * reach
        if not -EPSILON <= end <= edge.size + EPSILON:
            self._round_corner(edge, end, max(z, z + dz * forward * reach), found)
        if len(found) == 1:
            return (found[0],)
        return (GAP,) if GAP in found else tuple(dict.fromkeys(found))

    def _round_corner(self, edge: Edge, u: float, z: float, found: list[Alternative]) -> None:
        """Add the wall round an outer corner where the line leaves a wall past the end of its edge."""
        count = len(self.edges)
        if u < -EPSILON and not self.reflex[edge.index]:
            neighbours = self.edges[edge.index - 1].parts[-1:]
        elif u > edge.size + EPSILON and not self.reflex[(edge.index + 1) % count]:
            neighbours = self.edges[(edge.index + 1) % count].parts[:1]
        else:
            return
        found.extend(part.index for part in neighbours)
        if any(part.open_above and z > part.top for part in neighbours):
            found.append(GAP)

    def _mitred(self, start: Xyz, point: Xyz, first: Hit, second: Hit) -> list[tuple[float, tuple[Alternative, ...]]]:
        """Return what a line cutting across an inward corner crosses: each wall up to the corner's bisector."""
        depth = self._depth_at_bisector(start, point, first, second)
        events = []
        for hit in (first, second):
            whole = self._whole(start, point, hit)
            cut = tuple(dict.fromkeys(self._cut(choice, depth) for choice in whole))
            events.append((hit[0], (GAP,) if GAP in cut else cut))
        return events

    def _depth_at_bisector(self, start: Xyz, point: Xyz, first: Hit, second: Hit) -> float:
        """Return the depth in m behind both inner faces where the line passes from one wall to the other."""
        chord = (second[0] - first[0]) * sqrt((point[0] - start[0]) ** 2 + (point[1] - start[1]) ** 2)
        unit = direction((start[0], start[1]), (point[0], point[1]))
        into = abs(unit[0] * self.edges[first[1]].normal[0] + unit[1] * self.edges[first[1]].normal[1])
        out = abs(unit[0] * self.edges[second[1]].normal[0] + unit[1] * self.edges[second[1]].normal[1])
        return chord * into * out / (into + out) if into + out > 0 else 0.0

    def _cut(self, choice: Alternative, depth_m: float) -> Alternative:
        if isinstance(choice, tuple) or choice == GAP or self.scene.barriers[choice].thickness_m <= depth_m:
            return choice
        millimetres = int(depth_m * 1000)
        return (choice, float(millimetres)) if millimetres else GAP

    def _screens(self, start: Xyz, point: Xyz, *, outside: bool) -> list[tuple[float, tuple[Alternative, ...]]]:
        found: list[tuple[float, tuple[Alternative, ...]]] = []
        sx, sy = start[0], start[1]
        dx, dy = point[0] - sx, point[1] - sy
        for index, (ax, ay), (bx, by), top in self.screens:
            if outside and top < self.height:
                continue
            first, second = dx * (ay - sy) - dy * (ax - sx), dx * (by - sy) - dy * (bx - sx)
            if (first >= 0) == (second >= 0):
                continue
            ex, ey = bx - ax, by - ay
            fraction = ((ax - sx) * ey - (ay - sy) * ex) / (dx * ey - dy * ex)
            if 0 < fraction < 1 and 0 <= start[2] + fraction * (point[2] - start[2]) <= top:
                found.append((fraction, (index,)))
        return found

    def stacks(self, key: Key) -> tuple[tuple[tuple[Layer, ...], ...], tuple[tuple[str, ...], ...]]:
        """Return the distinct layer sequences of one key and the barriers in each."""
        known = self._stacks.get(key)
        if known is None and all(len(alternatives) == 1 for alternatives in key):
            (choice,) = product(*key)
            layers = tuple([layer for item in choice for layer in self._layers(item)])
            names = tuple([self._name(item) for item in choice if item != GAP])
            known = self._stacks[key] = ((layers,), (names,))
        if known is None:
            found: dict[tuple[Layer, ...], tuple[str, ...]] = {}
            for choice in product(*key):
                layers = tuple(layer for item in choice for layer in self._layers(item))
                found.setdefault(layers, tuple(self._name(item) for item in choice if item != GAP))
            known = self._stacks[key] = (tuple(found), tuple(found.values()))
        return known

    def _name(self, item: Alternative) -> str:
        return self.scene.barriers[item[0] if isinstance(item, tuple) else item].id

    def _layers(self, item: Alternative) -> tuple[Layer, ...]:
        if isinstance(item, tuple):
            return _up_to(self._layers_of[item[0]], item[1])
        return () if item == GAP else self._layers_of[item]


def path(scene: Scene, start: Xyz, point: Xyz) -> Path:
    """Return the path of one line; use ``Rays`` for many."""
    return Rays(scene).path(start, point)


def _up_to(layers: tuple[Layer, ...], depth_mm: float) -> tuple[Layer, ...]:
    """Return the layers from the inside up to a depth, the last one in part."""
    from dataclasses import replace

    kept = []
    for layer in layers:
        if depth_mm <= 0:
            break
        part = min(1.0, depth_mm / layer.thickness_mm)
        lead = None if layer.lead_equivalent_mm is None else layer.lead_equivalent_mm * part
        kept.append(replace(layer, thickness_mm=min(layer.thickness_mm, depth_mm), lead_equivalent_mm=lead))
        depth_mm -= layer.thickness_mm
    return tuple(kept)
