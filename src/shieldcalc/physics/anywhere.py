"""One dose quantity as a function of place, for maps: what every method derives from week, hour and beam-on rate."""

from collections.abc import Callable, Sequence

from shieldcalc.model.design import Beyond, Xyz
from shieldcalc.model.result import Doses
from shieldcalc.model.scene import Point, Scene
from shieldcalc.physics.components import DosesAt
from shieldcalc.physics.field import Field

DoseField = Callable[[Scene, str], Callable[[Xyz], float | None]]


class DoseAt:
    """One dose as a function of place, None where there is none; ``ahead`` is told of many places before.

    ``full`` is the dose where ``at`` is quicker and approximate, None where it is the dose itself.
    """

    def __init__(
        self,
        at: Callable[[Xyz], float | None],
        ahead: Callable[[Sequence[Xyz]], None],
        full: Callable[[Xyz], float | None] | None = None,
    ) -> None:
        self.at, self.ahead, self.full = at, ahead, full

    def __call__(self, position: Xyz) -> float | None:
        """Return the dose at a place, None where none is computed."""
        return self.at(position)


ANYWHERE = Point(
    id="",
    position=(0.0, 0.0, 0.0),
    barrier=None,
    beyond=Beyond(kind="other", name="", occupancy=1.0, designation="uncontrolled", person="public"),
)
UNITS = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


def dose_field(field_of: Callable[[Scene], Field], doses_at: DosesAt) -> DoseField:
    """Return a method's ``dose_field`` from its field and its doses at a place that is always occupied."""
    return lambda scene, quantity: at_any_place(field_of(scene), lambda unit: doses_at(ANYWHERE, unit)[0], quantity)


def at_any_place(
    field: Field, doses: Callable[[tuple[float, float, float]], Doses], quantity: str
) -> Callable[[Xyz], float | None]:
    """Return one dose as a function of place: doses are linear in week (mGy), hour (uGy) and beam-on rate (uGy/h).

    The factor of each is what ``doses`` makes of one unit. None at a focus, at a source and in the middle of a patient,
    and everywhere where the quantity is not known.
    """
    factors = [getattr(doses(unit), quantity) or 0.0 for unit in UNITS]
    if not any(factors):  # the method does not say this quantity
        return lambda position: None  # noqa: ARG005

    def at(position: Xyz) -> float | None:
        try:
            parts = field.totals(position)
        except ZeroDivisionError:
            return None
        total = 0.0
        for factor, part in zip(factors, parts, strict=True):
            if factor and part is None:
                return None
            total += factor * (part or 0.0)
        return total

    return at
