"""Places that brachytherapy sources reach by scatter: what comes through a maze wall is not their whole dose."""

from shieldcalc.model.result import PointResult
from shieldcalc.model.scene import Scene

OUT = "exposed"  # the component of sources out of their safe


def behind_maze(scene: Scene, result: PointResult) -> tuple[str, ...]:
    """Return the walls and screens in the line from brachytherapy sources before a point's own barrier.

    The radiation goes round them: such a place gets more than what the line lets through.
    """
    treated = {each.id for each in scene.sources if each.sealed is not None and each.sealed.brachytherapy is not None}
    own = {result.point.barrier}
    parts = [part for part in result.components if part.source in treated and not part.room and part.beam == OUT]
    lines = [part.crossed for part in parts if len(part.crossed) > 1 or _screened(scene, part.crossed)]
    before = [tuple(name for name in line if name not in own) or line for line in lines]
    return max(before, key=len, default=())


def _screened(scene: Scene, line: tuple[str, ...]) -> bool:
    return any(scene.by_id[name].kind == "screen" for name in line)
