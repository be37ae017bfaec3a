"""The maze of a treatment room as the design file has it: its inner wall, its door, its centre line, stated figures."""

from collections.abc import Mapping
from dataclasses import dataclass, field

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
