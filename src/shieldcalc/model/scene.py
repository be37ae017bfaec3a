"""Scene: barriers, openings and points in space, and what a ray from a source to a point crosses.

Metres; z up from the floor.
"""

from dataclasses import field
from datetime import date
from typing import TYPE_CHECKING, Literal

from shieldcalc.model.design import Beyond, Layer, Source, Xy, Xyz
from shieldcalc.model.duct import Duct
from shieldcalc.model.maze import Maze
from shieldcalc.model.move import Move
from shieldcalc.model.stated import Stated
from shieldcalc.records import dataclass

if TYPE_CHECKING:
    from shieldcalc.model.bodies import Body

Kind = Literal["wall", "door", "window", "control_window", "floor", "ceiling", "screen"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Barrier:
    """One assessed barrier.

    Upright ones stand on the inner face from ``a`` to ``b`` between ``bottom_m`` and ``top_m``; ``outward`` is the unit
    normal on the plan, ``edge`` the plan's edge under walls and openings. Slabs (floor,
    ceiling) carry the room's plan in ``outline`` and their inner face at ``bottom_m``.
    ``host`` is the wall of an opening. ``beyond`` is None for a screen that protects no console: it is not assessed.
    """

    id: str
    kind: Kind
    layers: tuple[Layer, ...]
    thickness_m: float
    beyond: Beyond | None
    a: Xy = (0.0, 0.0)
    b: Xy = (0.0, 0.0)
    bottom_m: float = 0.0
    top_m: float = 0.0
    outward: Xy = (0.0, 0.0)
    outline: tuple[Xy, ...] = ()
    host: str | None = None
    edge: int | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Point:
    """A place where dose is wanted. ``barrier`` is the barrier that it lies behind, None for a console in the room.

    ``role``: "worst" places are found by a search, the others are given: by the user, as the console, by the site.
    With ``distance_m`` the person goes with the unit: that far from tube and patient, outside the primary beam, in the
    direction of most scatter; ``position`` is then the first patient's, ``worn`` the layers in front of the person.
    """

    id: str
    position: Xyz
    barrier: str | None
    beyond: Beyond
    role: Literal["worst", "user", "console", "operator", "site"] = "worst"
    distance_m: float | None = None
    worn: tuple[Layer, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Scene:
    """What a method computes on. ``above_floor_of_room_above_m``: where people are overhead, None as NCRP 147.

    ``others`` are the other rooms of the site, ``room`` the name of this one there; of the rooms in one group of
    ``never_together`` at most one radiates at a time. ``on`` is the day of evaluation. ``bodies`` stand freely in the
    room; ``integration_tolerance`` is the share to which sources with an extent are integrated, None as usual.
    """

    barriers: tuple[Barrier, ...]
    sources: tuple[Source, ...]
    height_m: float
    plan: tuple[Xy, ...]
    working_hours_per_week: float | None = None
    above_floor_of_room_above_m: float | None = None
    simultaneous_operation: bool | None = None
    by_id: dict[str, Barrier] = field(default_factory=dict)
    ward: bool = False
    open_site: bool = False
    room: str = ""
    others: tuple["Neighbour", ...] = ()
    never_together: tuple[frozenset[str], ...] = ()
    on: date | None = None
    bodies: "tuple[Body, ...]" = ()
    integration_tolerance: float | None = None
    maze: Maze | None = None
    ducts: tuple[Duct, ...] = ()
    stated: tuple[Stated, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Neighbour:
    """Another room of the site as seen from this one: ``move`` places its frame in this room's.

    ``method`` names that of its sources where rooms differ; empty: that of this room.
    """

    room: str
    scene: Scene
    move: Move
    method: str = ""


@dataclass(frozen=True, slots=True)
class Path:
    """One straight line from a source position to a point.

    ``stacks`` are the alternative ordered layer sequences that it may meet (a slant ray can enter through a door and
    leave through the wall beside it): the weakest governs. Thicknesses are normal to each barrier, distances slant.
    ``crossed_by_stack`` names the barriers of each stack; ``crossed`` is that of the first.
    """

    distance_m: float
    crossed: tuple[str, ...]
    stacks: tuple[tuple[Layer, ...], ...]
    crossed_by_stack: tuple[tuple[str, ...], ...] = ()
