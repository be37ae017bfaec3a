"""Whether the sky scatters back too much of what gamma sources send through a thin roof: it is not computed of them.

Beside a room skyshine is taken to be at most a share of the dose 2 m above the roof over each source; where that
exceeds a tenth of usual goals the places there are not known. Single scatter in air alone gives 0.02 of that dose for
0.14 MeV, 0.006 for 0.38 MeV, 0.001 for 1.25 MeV (Klein and Nishina, roof 4 m above the source, 2 to 5 m beside it).
"""

from collections.abc import Callable

from shieldcalc.model.design import Xyz
from shieldcalc.model.scene import Scene
from shieldcalc.physics.rooms import Totals
from shieldcalc.physics.therapy.sky import shining, sky_above

NOTHING = (0.0, 0.0)


def under_open_sky(totals: Callable[[Xyz], Totals], scene: Scene) -> bool:
    """Return whether skyshine may matter beside a room, from week (mGy), busiest hour and rate (uGy/h) at places."""
    places = {place[:2] for source in scene.sources for place in source.gamma_places}
    above = [totals((x, y, sky_above(scene))) for x, y in sorted(places)]
    most = [(week or 0.0, rate or 0.0) for week, _, rate in above]
    return any(shining(NOTHING, NOTHING, each).unknown for each in most)
