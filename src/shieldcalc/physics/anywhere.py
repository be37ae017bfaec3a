"""One dose quantity as a function of place, for maps: what every method derives from week, hour and beam-on rate."""

from collections.abc import Callable

from shieldcalc.model.design import Beyond, Xyz
from shieldcalc.model.scene import Point, Scene
from shieldcalc.physics.components import DosesAt
from shieldcalc.physics.field import Field

DoseField = Callable[[Scene, str], Callable[[Xyz], float | None]]
_EVERYWHERE = Beyond(kind="other", name="", occupancy=1.0, designation="uncontrolled", person="public")
_UNITS = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def dose_field(field_of: Callable[[Scene], Field], doses_at: DosesAt) -> DoseField:
    """Return a method's ``dose_field``: doses are linear in week (mGy), hour (uGy) and beam-on rate (uGy/h).

    The factor of each is what ``doses_at`` makes of one unit at a place that is always occupied.
    """

    def of(scene: Scene, quantity: str) -> Callable[[Xyz], float | None]:
        field = field_of(scene)
        factors = [_factor(doses_at, unit, quantity) for unit in _UNITS]
        if not any(factors):  # the method does not say this quantity
            return lambda position: None  # noqa: ARG005

        def at(position: Xyz) -> float | None:
            try:
                parts = field.totals(position)
            except ZeroDivisionError:  # at a focus or in the middle of a patient
                return None
            total = 0.0
            for factor, part in zip(factors, parts, strict=True):
                if factor and part is None:
                    return None
                total += factor * (part or 0.0)
            return total

        return at

    return of


def _factor(doses_at: DosesAt, unit: tuple[float, float, float], quantity: str) -> float:
    point = Point(id="", position=(0.0, 0.0, 0.0), barrier=None, beyond=_EVERYWHERE)
    return getattr(doses_at(point, unit)[0], quantity) or 0.0
