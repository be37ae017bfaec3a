"""What the maze of a room lets through to a place: reflected photons, capture gammas and neutrons of each beam.

The documents give the dose at the door. Farther in, photons rise by the square of the distance from the last wall and
neutrons as their equations have it; farther out all fall by the square of the distance. A place is judged by the place
of the centre line nearest to it, through what stands between the two; at the inner end the room itself governs.
What comes straight through the inner wall is none of this: leakage, scatter and neutrons of the room count there too.
"""

from collections.abc import Callable
from functools import cache, lru_cache, partial
from math import dist
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.build import distances, outer_face_m
from shieldcalc.model.design import Xy, Xyz
from shieldcalc.model.geometry import crossing
from shieldcalc.model.maze import Maze
from shieldcalc.model.scene import Scene
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy import maze_equations as by
from shieldcalc.physics.therapy.document import Document, cited
from shieldcalc.physics.therapy.maze import Met, Ways, Work, check_shape, inputs, of, reflected
from shieldcalc.physics.therapy.maze_data import Wall
from shieldcalc.physics.therapy.maze_neutrons import Ways as NeutronWays
from shieldcalc.physics.therapy.maze_neutrons import maze_neutrons
from shieldcalc.physics.therapy.maze_plan import Lay
from shieldcalc.physics.therapy.neutron_terms import Neutrons
from shieldcalc.physics.therapy.rules import own_rule

FLOOR_M, EVERY_M = 0.3, 0.05
Steps = tuple[Step, ...]


class AtDoor(NamedTuple):
    """One part at the door: its steps in Sv, the last of them the dose; remarks and data files."""

    steps: Steps
    notices: tuple[Notice, ...] = ()
    tables: tuple[str, ...] = ()

    @property
    def value(self) -> float:
        """Return the dose at the door in Sv."""
        return self.steps[-1].value


class Place(NamedTuple):
    """How a place lies to a maze: where radiation starts towards it, and how far it is ``away`` from the centre line.

    ``left``: how far the nearest place of the line is before the door; ``from_wall``: from the wall that the door sees.
    """

    start: Xyz
    away: float
    left: float
    from_wall: float
    less: float


class Beside(NamedTuple):
    """How all places one over another lie to a maze: nearest place of the line, the start, as ``Place`` has them.

    ``inside``: none of the maze's radiation counts there.
    """

    nearest: Xy
    start: Xy
    left: float
    from_wall: float
    inside: bool


class Corridor:
    """Where places lie to one maze: what they see of it, and how much more or less than its door."""

    def __init__(self, scene: Scene, maze: Maze, lay: Lay) -> None:
        door, inner = scene.by_id[maze.door], scene.by_id[maze.inner_wall]
        self.wall = inner.a, inner.b
        self.line, self.top, self.width, self.d_z = lay.line, scene.height_m, lay.of("width"), lay.of("dz")
        self.door_m = max(self.width / 2, outer_face_m(door, scene) + distances()["beyond_wall_m"])
        self.long_m, self.whole_m = lay.of("dzz"), lay.line.length
        self.last_m = max(self.whole_m / 2, self.whole_m - self.width)
        self.at = lru_cache(maxsize=4)(self._at)
        self._in_plan = lru_cache(maxsize=4)(self.beside)

    def _at(self, position: Xyz) -> Place:
        """Return how a place lies to the maze.

        Radiation starts at the nearest place of the centre line, at least one width of the corridor before its outer
        end: what leaves a maze comes along it. ``less``: outside there is less than behind the door by the square of
        the distance. Nothing counts where the inner end is nearest, nor through the inner wall: the room gives more.
        """
        beside = self._in_plan(position[:2])
        less, away, z = self.reaching(beside, position)
        return Place((*beside.start, z), away, beside.left, beside.from_wall, less)

    def reaching(self, beside: "Beside", position: Xyz) -> tuple[float, float, float]:
        """Return how much less there is at a place than behind the door, its distance and height from the line, in m.

        ``beside`` is how the place lies on the plan.
        """
        (x, y), z = beside.nearest, min(max(position[2], FLOOR_M), self.top - FLOOR_M)
        away = dist((x, y, z), position)
        if beside.inside:
            return 0.0, away, z
        return min(1.0, ((beside.from_wall + self.door_m) / (beside.from_wall + away)) ** 2), away, z

    def beside(self, place: Xy) -> "Beside":
        """Return how a place lies to the maze on the plan: the same at every height."""
        nearest, run = self.line.nearest(place)
        left = max(0.0, self.whole_m - run)
        start = nearest if run <= self.last_m else self.line.at(self.last_m)
        inside = run <= 0 or crossing(start, place, *self.wall) is not None
        return Beside(nearest, start, left, self.from_wall(left, self.long_m), inside)

    def distance(self, position: Xyz) -> float:
        """Return the distance from the wall that the door sees: to the nearest place of the line, and on from there."""
        at = self.at(position)
        return at.from_wall + at.away

    def photons(self, parts: tuple[float, float], left: float) -> float:
        """Return how much more photons there are than behind the door, by wall scatter and by all else there."""
        by_wall, rest = parts
        if not by_wall + rest:
            return 0.0
        wall = by_wall * (self.d_z / self.from_wall(left, self.d_z)) ** 2
        return (wall + rest * (self.long_m / self.from_wall(left, self.long_m)) ** 2) / (by_wall + rest)

    def from_wall(self, left: float, whole: float) -> float:
        """Return what is left of a whole distance to the door so far before it, half a corridor's width at least."""
        return max(whole - left, min(whole, self.width / 2))


class AlongMaze:
    """What comes along a maze over what is behind its door: ``inner`` gives it so far (m) before the door."""

    __slots__ = ("_corridor", "inner")

    def __init__(self, corridor: Corridor, inner: Callable[[float], float]) -> None:
        self._corridor, self.inner = corridor, inner

    def __call__(self, position: Xyz) -> float:
        """Return it at a place, times the square of the distance that it counts with there."""
        at = self._corridor.at(position)
        return at.less * self.inner(at.left) * (at.from_wall + at.away) ** 2 if at.less else 0.0


def photons_at_door(
    document: Document, work: Work, lay: Lay, *, all_angles: bool
) -> tuple[AtDoor, tuple[float, float]]:
    """Return the photons at the door, and the shares of wall scatter and of the rest.

    With ``all_angles`` the sum over the gantry, else the one angle of the work. Raises OutsideDataError beyond the
    documents' range and tables.
    """
    if all_angles:
        check_shape(document, lay.of("dz"), lay.of("width"), lay.of("height"))
    found = reflected(document, work, _ways(lay))
    parts = {step.symbol: step.value for step in found.steps}
    f = of(document).through_patient(work.energy)
    steps = [*found.steps, evaluate(by.reflected_at_one_angle, inputs(f=f, **parts))]
    if all_angles:
        steps.append(evaluate(by.all_gantry_angles, inputs(k=document.rule("maze_total"), H_G=steps[-1].value)))
    shares = (f * parts["H_S"], parts["H_LS"] + parts["H_ps"])
    return AtDoor(
        tuple(cited(step, document.short) for step in steps), (*_oblique(lay), *found.notices), found.tables
    ), shares


def _ways(lay: Lay) -> Ways:
    return Ways(
        lay.of("dh"), lay.of("dr"), lay.of("dz"), lay.of("dsec"), lay.of("dleak"), lay.of("dzz"), 0.0,
        _met(lay, "0", "a0", "alpha0"), _met(lay, "z", "az", "alphaz"), _met(lay, "1", "a1", "alpha1"),
        lay.of("width"), lay.of("height"), alpha_leak=lay.stated("alpha_leak"),
    )  # fmt: skip


def _met(lay: Lay, which: str, area: str, alpha: str) -> Met:
    """Return one reflection; beyond the tables' angles the largest value of the last incidence."""
    incidence, reflection, most = lay.of(f"incidence{which}"), lay.of(f"reflection{which}"), own_rule("incidence_most")
    wall = Wall(most, None) if incidence > most else Wall(incidence, min(reflection, own_rule("reflection_most")))
    return Met(lay.of(area), wall, lay.stated(alpha))


def _oblique(lay: Lay) -> tuple[Notice, ...]:
    most = own_rule("incidence_most")
    beyond = [lay.of(f"incidence{which}") for which in "0z1" if lay.of(f"incidence{which}") > most]
    told = {"angles": ", ".join(f"{each:.0f}" for each in beyond), "most": f"{most:g}"}
    return (Notice("warnings.maze_incidence", told),) if beyond else ()


def neutrons_at_door(
    document: Document, found: Neutrons, lay: Lay, W_L: float, left: float = 0.0
) -> tuple[AtDoor, AtDoor]:
    """Return capture gammas and neutrons ``left`` m before the door for ``W_L`` Gy of leakage."""
    second = lay.stated("d3") or 0.0
    first = max(0.0, lay.of("d2") + second - left)
    if document.second_bend and second and left == 0.0:
        ways = NeutronWays(lay.of("d1"), lay.of("d2"), lay.of("s0"), lay.of("s1"), (1, 1, 1), second, lay.of("sr"))
    else:
        ways = NeutronWays(lay.of("d1"), first, lay.of("s0"), lay.of("s1"), (1, 1, 1), 0.0, lay.of("sr"))
    work = found.work._replace(W_L=W_L)
    door = maze_neutrons(document, work, ways)
    if second and not document.second_bend:
        uncounted = Notice("warnings.maze_bend_not_counted", {"document": document.words})
        door = door._replace(warnings=(*door.warnings, uncounted))
    by_name = {step.symbol: at for at, step in enumerate(door.steps)}
    at = by_name["H_cg"] + 1
    capture = AtDoor(door.steps[:at], door.warnings, door.tables)
    fluence = tuple(step for step in door.steps[:at] if step.symbol == "phi_A")
    ending = {step.value: index for index, step in enumerate(door.steps) if step.symbol == "H_n"}
    last = ending[door.H_n]
    governing = door.steps[last].label
    rest = sorted(door.steps[at:], key=lambda step: step.label == governing)  # the one that counts comes last
    return capture, AtDoor((*fluence, *rest), door.warnings, door.tables)


def rising(document: Document, found: Neutrons, lay: Lay) -> tuple[Callable[[float], float], Callable[[float], float]]:
    """Return how much more capture gammas and neutrons there are so far (m) before the door than at it."""
    at_door = neutrons_at_door(document, found, lay, 1.0)

    @cache
    def ratios(steps: int) -> tuple[float, float]:
        here = neutrons_at_door(document, found, lay, 1.0, steps * EVERY_M)
        return here[0].value / at_door[0].value, here[1].value / at_door[1].value

    def ratio(which: int, left: float) -> float:
        return max(1.0, ratios(-int(-left // EVERY_M))[which]) if left > 0 else 1.0

    return partial(ratio, 0), partial(ratio, 1)
