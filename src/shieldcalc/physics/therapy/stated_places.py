"""Places at which a design states distances, the angle of scatter or the obliquity of a wall in place of the plan's.

They count for primary beam, leakage and patient scatter of an accelerator that turns. Neutrons and capture gammas
through walls count with the nearer of the stated and the plan's distance; mazes and skyshine as the plan has them. An
oblique ray has its slant thickness up to ``oblique_most``, beyond as there.
"""

from collections.abc import Iterator
from dataclasses import replace
from math import cos, dist, radians
from typing import NamedTuple

from shieldcalc.errors import Notice
from shieldcalc.model.design import Layer, Xyz
from shieldcalc.model.scene import Scene
from shieldcalc.model.stated import FIGURES, Stated
from shieldcalc.physics.therapy.document import LEAKAGE, PRIMARY, SCATTER
from shieldcalc.physics.therapy.rotation import Sight
from shieldcalc.physics.therapy.rules import own_rule

COUNTS = (PRIMARY, LEAKAGE, SCATTER)
UNITS = ("m", "m", "deg", "deg")


class Places(NamedTuple):
    """The stated figures of one source by place."""

    found: dict[Xyz, Stated]

    @classmethod
    def of(cls, scene: Scene, source: str) -> "Places":
        """Return the figures that hold for a source."""
        own = (each for each in scene.stated if each.source in ("", source))
        return cls({each.position: each for each in own})

    def sight(self, position: Xyz, plan: Sight) -> Sight:
        """Return how a place lies to the gantry, with its stated angle."""
        stated = self.found.get(position)
        angle = None if stated is None else stated.scatter_angle
        return plan if angle is None else plan._replace(aside_deg=angle)

    def distance(self, kind: str, position: Xyz, plan: float) -> float:
        """Return the distance that a part counts with."""
        stated = self.found.get(position) if kind in COUNTS else None
        if stated is None:
            return plan
        own = stated.primary_distance if kind == PRIMARY else stated.secondary_distance
        return plan if own is None else own

    def nearest(self, position: Xyz, plan: float) -> float:
        """Return the distance that neutrons and capture gammas count with: never farther than the plan's."""
        stated = self.found.get(position)
        if stated is None or stated.secondary_distance is None:
            return plan
        return min(plan, stated.secondary_distance)

    def slant(self, kind: str, position: Xyz) -> float:
        """Return the thickness along the ray over the wall's: 1 where nothing is stated."""
        stated = self.found.get(position) if kind in COUNTS else None
        if stated is None or stated.obliquity is None:
            return 1.0
        return 1 / cos(radians(min(stated.obliquity, own_rule("oblique_most"))))

    def told(self, position: Xyz, point: str, sight: Sight, isocentre: Xyz) -> Iterator[Notice]:
        """Yield what is stated of a point, with what the plan gives."""
        stated = self.found.get(position)
        if stated is None:
            return
        plan = (dist(sight.target, position), dist(isocentre, position), sight.aside_deg, 0.0)
        for name, unit, by_plan in zip(FIGURES, UNITS, plan, strict=True):
            value = getattr(stated, name)
            if value is not None:
                told = {"point": point, "value": f"{value:g} {unit}", "plan": f"{by_plan:.4g} {unit}"}
                yield Notice(f"assumptions.stated_{name}", {**told, "document": stated.document})


def slanted(stack: tuple[Layer, ...], slant: float) -> tuple[Layer, ...]:
    """Return layers with their thickness along an oblique ray."""
    return tuple(replace(each, thickness_mm=slant * each.thickness_mm) for each in stack)
