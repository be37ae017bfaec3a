"""Bodies that shield and sources that radiate, each a shape with a name, and what may not be: overlaps, points inside.

Lengths in m. A source with a material is a body too: it absorbs its own radiation. Only volumes have a material.
"""

from collections.abc import Iterable, Sequence
from itertools import combinations

from shieldcalc.errors import OutsideDataError
from shieldcalc.model.design import Xyz
from shieldcalc.model.overlap import overlap
from shieldcalc.model.shapes import Shape, Slab
from shieldcalc.records import dataclass

NEAR = 1e-6  # m: nearer than this is touching


@dataclass(frozen=True, kw_only=True, slots=True)
class Body:
    """A shape full of one material, as dense as that is usually where no density is declared.

    ``composition`` by weight or formula is that of a material that the file declares.
    """

    id: str
    shape: Shape
    material: str
    density_g_per_cm3: float | None = None
    composition: str = ""

    def __post_init__(self) -> None:
        if self.shape.dimensions < 3:
            raise OutsideDataError("body_not_solid", body=self.id)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceBody:
    """A shape that radiates evenly; ``material`` where it absorbs its own radiation."""

    id: str
    shape: Shape
    material: str | None = None
    density_g_per_cm3: float | None = None

    def __post_init__(self) -> None:
        if self.material is not None and self.shape.dimensions < 3:
            raise OutsideDataError("body_not_solid", body=self.id)
        if isinstance(self.shape, Slab):
            raise OutsideDataError("source_endless", source=self.id)

    def body(self) -> Body | None:
        """Return the body that the source is, None where it has no material."""
        if self.material is None:
            return None
        return Body(id=self.id, shape=self.shape, material=self.material, density_g_per_cm3=self.density_g_per_cm3)


def solids(bodies: Iterable[Body], sources: Iterable[SourceBody]) -> tuple[Body, ...]:
    """Return all bodies of a scene, those of sources last."""
    return (*bodies, *(body for source in sources if (body := source.body()) is not None))


def check_apart(bodies: Sequence[Body]) -> None:
    """Refuse bodies of which two overlap by more than a micrometre; touching is allowed (``OutsideDataError``)."""
    for one, other in combinations(bodies, 2):
        if overlap(one.shape, other.shape):
            raise OutsideDataError("bodies_overlap", one=one.id, other=other.id)


def check_points(points: Sequence[Xyz], bodies: Iterable[Body], sources: Iterable[SourceBody]) -> None:
    """Refuse a dose point inside a body, or inside or on a source (``OutsideDataError``).

    The surface of a body, and that of a source with a volume, is allowed: the dose there is finite. On a point, line or
    surface source it is not.
    """
    bodies, sources = tuple(bodies), tuple(sources)
    for point in points:
        place = " ".join(f"{x:g}" for x in point)
        for source in sources:
            inside = source.shape.distance(point)
            if inside < (-NEAR if source.shape.dimensions == 3 else NEAR):
                raise OutsideDataError("point_on_source", point=place, source=source.id)
        for body in bodies:
            if body.shape.distance(point) < -NEAR:
                raise OutsideDataError("point_in_body", point=place, body=body.id)
