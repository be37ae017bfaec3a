"""Whether the sky scatters back too much of what gamma sources send through a thin roof: it is not computed of them.

Beside a room skyshine is taken to be at most a share of the dose 2 m above the roof over each source; where that
exceeds a tenth of usual goals the places there are not known. Single scatter in air alone gives 0.02 of that dose for
0.14 MeV, 0.006 for 0.38 MeV, 0.001 for 1.25 MeV (Klein and Nishina, roof 4 m above the source, 2 to 5 m beside it).
The cone of a collimator counts where the ray of it that is nearest to straight up reaches that height.
"""

from collections.abc import Callable, Iterator
from math import atan2, cos, hypot, radians, sin, tan

from shieldcalc.model.design import Source, Xy, Xyz
from shieldcalc.model.radiography import Collimator
from shieldcalc.model.scene import Scene
from shieldcalc.physics.rooms import Totals
from shieldcalc.physics.therapy.sky import shining, sky_above

NOTHING = (0.0, 0.0)
LEVEL_DEG = 85.0  # rays so far from straight up leave through walls


def under_open_sky(totals: Callable[[Xyz], Totals], scene: Scene) -> bool:
    """Return whether skyshine may matter beside a room, from week (mGy), busiest hour and rate (uGy/h) at places."""
    top = sky_above(scene)
    places = {place for source in scene.sources for place in _below(source, top)}
    above = [totals((x, y, top)) for x, y in sorted(places)]
    most = [(week or 0.0, rate or 0.0) for week, _, rate in above]
    return any(shining(NOTHING, NOTHING, each).unknown for each in most)


def _below(source: Source, top_m: float) -> Iterator[Xy]:
    """Yield over which places a source sends most up to a height: over itself, and in the cones of collimators."""
    yield from (place[:2] for place in source.gamma_places)
    for each in source.sealed.exposures if source.sealed is not None else ():
        if (cone := each.collimator) is not None:
            yield from (at for place in each.positions for at in _in_cone(place, cone, top_m))


def _in_cone(place: Xyz, cone: Collimator, top_m: float) -> Iterator[Xy]:
    """Yield where the ray of a cone that is nearest to straight up reaches a height; nowhere for a level cone."""
    x, y, z = (t - s for s, t in zip(place, cone.toward, strict=True))
    from_up = max(0.0, atan2(hypot(x, y), z) - radians(cone.half_angle_deg))
    if from_up < radians(LEVEL_DEG):
        along, around = (top_m - place[2]) * tan(from_up), atan2(y, x)
        yield place[0] + along * cos(around), place[1] + along * sin(around)
