"""The walls on one edge of a plan with their openings, and which of them a line touches between their faces."""

from shieldcalc.model.geometry import direction, length, outward_normal
from shieldcalc.model.scene import Barrier, Scene

EPSILON = 1e-6
JOINT = 2e-3
GAP = -1
Alternative = int | tuple[int, float]


class Part:
    """One wall on an edge: from ``u0`` to ``u1`` along it, ``top``, ``depth`` to the outer face, openings in it."""

    __slots__ = ("depth", "index", "open_above", "openings", "top", "u0", "u1")

    def __init__(self, index: int, wall: Barrier, u0: float, u1: float, height: float) -> None:
        self.index, self.u0, self.u1, self.top, self.depth = index, u0, u1, wall.top_m, wall.thickness_m
        self.open_above = wall.top_m < height - EPSILON
        self.openings: list[tuple[int, float, float, float, float]] = []


class Edge:
    """One edge of the plan with its walls in order."""

    __slots__ = ("a", "index", "normal", "openings", "parts", "plain", "simple", "size", "tall", "unit")

    def __init__(self, scene: Scene, index: int) -> None:
        self.a, b = scene.plan[index], scene.plan[(index + 1) % len(scene.plan)]
        self.index, self.unit, self.size = index, direction(self.a, b), length(self.a, b)
        self.normal = outward_normal(scene.plan, index)
        self.parts: list[Part] = []
        self.openings: list[tuple[float, float]] = []
        self.plain = self.tall = self.simple = False

    def place(self, barrier: Barrier) -> tuple[float, float]:
        """Return where a barrier begins and ends along the edge."""
        ux, uy = self.unit
        first, last = ((p[0] - self.a[0]) * ux + (p[1] - self.a[1]) * uy for p in (barrier.a, barrier.b))
        return min(first, last), max(first, last)


def nearest(parts: list[Part], u: float) -> Part | None:
    """Return the wall at one place along its edge, joints of 2 mm closed; None in an undeclared stretch."""
    for part in parts:
        if part.u0 - JOINT <= u <= part.u1 + JOINT:
            return part
    return None


def touch(part: Part, u0: float, u1: float, z0: float, z1: float, found: list[Alternative]) -> None:
    """Add what of one wall the line touches between (u0, z0) at the inner face and (u1, z1) at the outer face."""
    if part.open_above and max(z0, z1) > part.top:
        found.append(GAP)
        if min(z0, z1) > part.top:
            return
    within = False
    for index, a, b, low, high in part.openings:
        if _meets(u0, z0, u1, z1, a, b, low, high):
            found.append(index)
            within = within or (a <= u0 <= b and a <= u1 <= b and low <= z0 <= high and low <= z1 <= high)
    if not within:
        found.append(part.index)


def _meets(u0: float, z0: float, u1: float, z1: float, a: float, b: float, low: float, high: float) -> bool:
    """Return whether a segment meets a rectangle (Liang and Barsky's clipping)."""
    if (u0 < a - EPSILON and u1 < a - EPSILON) or (u0 > b + EPSILON and u1 > b + EPSILON):
        return False
    enter, leave = 0.0, 1.0
    for start, change, lowest, highest in ((u0, u1 - u0, a, b), (z0, z1 - z0, low, high)):
        if change == 0:
            if not lowest <= start <= highest:
                return False
            continue
        near, far = (lowest - start) / change, (highest - start) / change
        enter, leave = max(enter, min(near, far)), min(leave, max(near, far))
    return enter <= leave
