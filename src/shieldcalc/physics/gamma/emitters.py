"""Which emitter computes a kind of gamma source where no gamma method is named for it: in rooms with X-ray equipment.

A kind gets its emitter here alone, by dotted string, so that a room loads what its own sources need and nothing else.
Barriers of such rooms may be built for X-rays: a layer whose attenuation of gamma rays is not known, such as lead glass
marked with its lead equivalent, counts for nothing there, which is an upper value.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from shieldcalc.builtins import resolve
from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Layer, Source
from shieldcalc.model.scene import Scene
from shieldcalc.physics.gamma.emitter import Emitter, Told, Way
from shieldcalc.physics.gamma.passing import Rates, sheet

STANDING = "shieldcalc.physics.gamma.patients:DEFAULT"
BY_KIND: Mapping[str, str] = {
    **dict.fromkeys(("source_store", "gauge", "blood_irradiator", "industrial_radiography", "well_logging"), STANDING),
    **dict.fromkeys(("hot_lab", "generator", "waste_store", "nm_uptake", "nm_imaging", "nm_therapy"), STANDING),
    "hdr_brachytherapy": "shieldcalc.physics.gamma.brachytherapy:default",
}


def emitter(source: Source, scene: Scene) -> Emitter:
    """Return a gamma source as an emitter by the default of its kind. Raises OutsideDataError where it has none."""
    target = BY_KIND.get(source.kind)
    if target is None:
        raise OutsideDataError("gamma_kind", source=source.id, kind=source.kind, allowed=", ".join(BY_KIND))
    found: Emitter = resolve(target)(source, scene)
    nothing = uncounted(scene)
    return found._replace(ways={quality: Through(way, nothing) for quality, way in found.ways.items()})


def uncounted(scene: Scene) -> frozenset[Layer]:
    """Return the layers of a room's barriers whose attenuation of gamma rays is not known."""
    return frozenset(_unknown(scene))


def _unknown(scene: Scene) -> Iterator[Layer]:
    for layer in dict.fromkeys(layer for barrier in scene.barriers for layer in barrier.layers):
        try:
            sheet(layer)
        except OutsideDataError:
            yield layer


class Through(NamedTuple):
    """A way through layers some of which count for nothing."""

    way: Way
    nothing: frozenset[Layer]

    @property
    def rates(self) -> Rates:
        """Return the rates at 1 m with no barrier."""
        return self.way.rates

    def through(self, stack: tuple[Layer, ...]) -> Rates:
        """Return the rates at 1 m behind further layers."""
        return self.way.through(self._counted(stack))

    def told(self, stack: tuple[Layer, ...]) -> Told:
        """Return what has to be said of a stack."""
        return self.way.told(self._counted(stack))

    def _counted(self, stack: tuple[Layer, ...]) -> tuple[Layer, ...]:
        return tuple(layer for layer in stack if layer not in self.nothing)
