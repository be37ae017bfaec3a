"""A map as a table: every node with its place and its dose, unrounded."""

from collections.abc import Iterator

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.dose_map import DoseMap


def table_of(found: DoseMap, assessment: Assessment) -> str:
    """Return the map as CSV below a head of ``# key: value`` lines; an empty cell is a value that is not known."""
    return "\n".join([*_head(found, assessment), *_rows(found)]) + "\n"


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


def _rows(found: DoseMap) -> Iterator[str]:
    yield "x_m,y_m,z_m,value"
    for v, row in zip(found.vs, found.values, strict=True):
        for u, value in zip(found.us, row, strict=True):
            x, y, z = found.plane.place(u, v)
            yield f"{x!r},{y!r},{z!r},{'' if value is None else repr(value)}"
