"""The maze of a treatment room as the design file has it: its inner wall, its door, its centre line, stated figures."""

from collections.abc import Mapping
from dataclasses import field

from shieldcalc.records import dataclass

Xy = tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class Maze:
    """A maze: ``inner_wall`` and ``nibs`` are screens up to the ceiling, drawn along their middle; ``door`` its door.

    ``path``: corners of the centre line from the inner opening to the door; empty: along the inner wall.
    ``stated``: figures that replace those of the plan, by the documents' symbols (metres, m2, degrees);
    ``document``: where these come from.
    """

    inner_wall: str
    door: str
    nibs: tuple[str, ...] = ()
    path: tuple[Xy, ...] = ()
    height_m: float | None = None
    stated: Mapping[str, float] = field(default_factory=dict)
    document: str = ""

    @property
    def walls(self) -> tuple[str, ...]:
        """Return the inner wall and the nibs."""
        return (self.inner_wall, *self.nibs)


@dataclass(frozen=True, kw_only=True, slots=True)
class MazeFigure:
    """A length, area, angle or share of a maze by the documents' symbol; ``plan``: what a stated one replaces."""

    symbol: str
    value: float
    unit: str
    stated: bool = False
    plan: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class MazeResult:
    """A maze as one accelerator sees it: its figures, its centre line on the plan, where stated ones come from.

    ``door_sees_isocentre``: then what comes straight counts beside all that the maze lets through.
    """

    source: str
    figures: tuple[MazeFigure, ...]
    path: tuple[tuple[float, float], ...]
    door_sees_isocentre: bool
    document: str = ""
