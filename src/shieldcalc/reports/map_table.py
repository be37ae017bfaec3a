"""A map as a table: every node with its place, its dose, unrounded, and what it lies in: no one can be there."""

from collections.abc import Iterator, Sequence

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Xy, Xyz
from shieldcalc.model.dose_map import DoseMap, Plane
from shieldcalc.model.geometry import contains
from shieldcalc.model.scene import Scene
from shieldcalc.model.shapes import Shape
from shieldcalc.reports.cut import built


def table_of(found: DoseMap, assessment: Assessment) -> str:
    """Return the map as CSV below a head of ``# key: value`` lines; an empty cell is a value that is not known.

    ``inside`` names the wall, floor, ceiling, body or source that a node lies in.
    """
    return "\n".join([*_head(found, assessment), *_rows(found, assessment.scene)]) + "\n"


def _head(found: DoseMap, assessment: Assessment) -> Iterator[str]:
    design = assessment.design
    said = {
        "quantity": found.quantity,
        "unit": found.unit,
        "method": found.method,
        "occupancy": "1",
        "plane": f"{found.plane.axis} = {found.plane.at_m:g} m",
        "design_sha256": design.sha256,
        "date": assessment.on,
        "program": f"shieldcalc {assessment.version}",
    }
    if found.raised is not None:
        said["upper values"] = f"each the highest of neighbouring nodes times {1 + found.raised:.4g}"
    yield from (f"# {key}: {value}" for key, value in said.items())
    for limit in found.limits:
        yield f"# limit: {limit.value!r} {found.unit} ({' '.join(limit.rules)})"


def _rows(found: DoseMap, scene: Scene) -> Iterator[str]:
    polygons, shapes = [*built(found.plane, scene), *_slab(found.plane, scene)], [*_shapes(scene)]
    yield "x_m,y_m,z_m,value,inside"
    for v, row in zip(found.vs, found.values, strict=True):
        for u, value in zip(found.us, row, strict=True):
            place = x, y, z = found.plane.place(u, v)
            within = _inside((u, v), place, polygons, shapes)
            yield f"{x!r},{y!r},{z!r},{'' if value is None else repr(value)},{within}"


def _slab(plane: Plane, scene: Scene) -> Iterator[tuple[str, Sequence[Xy]]]:
    """Yield the floor or ceiling in which a plan lies."""
    for slab in scene.barriers:
        low = scene.height_m if slab.kind == "ceiling" else -slab.thickness_m
        if plane.axis == "z" and slab.outline and low <= plane.at_m <= low + slab.thickness_m:
            yield slab.id, scene.plan


def _shapes(scene: Scene) -> Iterator[tuple[str, Shape]]:
    """Yield bodies and the sources that fill a space."""
    yield from ((each.id, each.shape) for each in scene.bodies)
    for source in scene.sources:
        if source.sealed is not None and source.sealed.filling is not None:
            yield source.id, source.sealed.filling.shape


def _inside(
    flat: Xy, place: Xyz, polygons: Sequence[tuple[str, Sequence[Xy]]], shapes: Sequence[tuple[str, Shape]]
) -> str:
    """Return the id of what a node lies in, empty where somebody can be."""
    for name, polygon in polygons:
        if contains(polygon, flat):
            return name
    return next((name for name, shape in shapes if shape.distance(place) <= 0), "")
