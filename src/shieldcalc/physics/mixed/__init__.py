"""X-ray equipment and gamma sources in one room or on one site: each by its own method, added at every place.

=========  ===============================================================================
sum        the dose of both at any place, in one quantity: what is searched and solved
doses      every dose quantity of both, column by column, with the printed sums
room       a whole room: worst places of the sum, points, what a barrier needs, maps
=========  ===============================================================================
"""

from shieldcalc.model.scene import Neighbour, Scene
from shieldcalc.physics.gamma.emitter import Emitters
from shieldcalc.physics.gamma.emitters import emitter
from shieldcalc.physics.mixed.room import Both
from shieldcalc.physics.room import Names, Xray, of_scene, with_xrays

_kept: list[tuple[Scene, Names, Both]] = []


def both(scene: Scene, names: Names, xray: Xray) -> Both:
    """Return a room of X-ray equipment, by the method of ``names``, with the gamma sources in it and beside it."""
    return _known(scene, names) or _keep(scene, names, Both(xray.placed(scene), names, xray, emitter))


def beside(scene: Scene, names: Names, emitter_of: Emitters) -> Both:
    """Return a room of gamma sources with the X-ray equipment of the site's other rooms, each by its own method."""
    from shieldcalc.plugins import method

    other: Neighbour = next(each for each in scene.others if with_xrays(each))
    xray: Xray = of_scene(method(other.method).xray, other.scene)
    return _known(scene, names) or _keep(scene, names, Both(scene, names, xray, emitter_of))


def _known(scene: Scene, names: Names) -> Both | None:
    """Return the room computed last where it is the same: it is asked for again for each barrier's needs."""
    return next((room for known, by, room in _kept if known is scene and by == names), None)


def _keep(scene: Scene, names: Names, room: Both) -> Both:
    _kept[:] = [(scene, names, room)]
    return room
