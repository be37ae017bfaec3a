"""Lines and curves of a DXF entity as corners that lie on it, in world coordinates and drawing units.

Arcs and bulges are cut at equal angles so that no chord leaves its arc by more than the sagitta asked for; their
corners lie on the arc itself, not on a spline through it.
"""

from collections.abc import Iterator, Sequence
from math import acos, atan, ceil, cos, hypot, isfinite, pi, sin, sqrt
from typing import Any

STRAIGHT = 1e-9
MOST_CHORDS = 2000


def traced(entity: Any, sagitta: float) -> Iterator[tuple[list[Any], bool]]:
    """Yield (corners, closed) of one entity: a line, polyline, arc, circle, ellipse or spline."""
    kind = entity.dxftype()
    if kind == "LINE":
        yield [entity.dxf.start, entity.dxf.end], False
    elif kind == "LWPOLYLINE":
        z = entity.dxf.elevation
        yield _polyline(entity, [((x, y, z), bulge) for x, y, bulge in entity.get_points("xyb")], sagitta)
    elif kind == "POLYLINE":
        drawn = [v for v in entity.vertices if not v.dxf.flags & 16]  # not the frame of a fitted spline
        yield _polyline(entity, [(tuple(v.dxf.location), v.dxf.get("bulge", 0.0)) for v in drawn], sagitta)
    elif kind in ("ARC", "CIRCLE"):
        yield _arc(entity, sagitta)
    else:
        from ezdxf import path

        yield list(path.make_path(entity).flattening(sagitta, segments=4)), bool(entity.dxf.get("closed", False))


def _arc(entity: Any, sagitta: float) -> tuple[list[Any], bool]:
    radius, (x, y, z) = abs(entity.dxf.radius), entity.dxf.center
    whole = entity.dxftype() == "CIRCLE"
    start = 0.0 if whole else entity.dxf.start_angle * pi / 180
    sweep = 2 * pi if whole else ((entity.dxf.end_angle - entity.dxf.start_angle) % 360 or 360) * pi / 180
    steps = chords(radius, sweep, sagitta)
    angles = [start + sweep * k / steps for k in range(steps + (not whole))]
    flat = [(x + radius * cos(t), y + radius * sin(t), z) for t in angles]
    return list(entity.ocs().points_to_wcs(_vectors(flat))), whole


def _polyline(entity: Any, corners: Sequence[tuple[Any, float]], sagitta: float) -> tuple[list[Any], bool]:
    """Return the corners of a polyline, those of its bulges between them."""
    closed = bool(entity.is_closed)
    flat: list[Any] = []
    for (a, bulge), (b, _) in zip(corners, [*corners[1:], *corners[:1]], strict=True):
        flat.append(a)
        flat += bulged(a, b, bulge, sagitta)
    if not closed and corners:
        flat = flat[: len(flat) - len(bulged(corners[-1][0], corners[0][0], corners[-1][1], sagitta))]
    if entity.dxftype() == "POLYLINE" and entity.is_3d_polyline:
        return _vectors(flat), closed
    return list(entity.ocs().points_to_wcs(_vectors(flat))), closed


def _vectors(places: Sequence[Any]) -> list[Any]:
    from ezdxf.math import Vec3

    return [Vec3(place) for place in places]


def bulged(a: Any, b: Any, bulge: float, sagitta: float) -> list[tuple[float, float, float]]:
    """Return the corners between a and b on an arc; its bulge is the tangent of a quarter of its angle, left > 0."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    chord = hypot(dx, dy)
    if not isfinite(bulge) or abs(bulge) < STRAIGHT or chord == 0:
        return []
    sweep = 4 * atan(bulge)
    radius = chord * (1 + bulge * bulge) / (4 * abs(bulge))
    steps = chords(radius, abs(sweep), sagitta)
    rise = (1 - bulge * bulge) / (
        4 * bulge
    )  # from the middle of the chord to the centre, as a share of it, to its left
    cx, cy = (a[0] + b[0]) / 2 - dy * rise, (a[1] + b[1]) / 2 + dx * rise
    px, py, z = a[0] - cx, a[1] - cy, a[2] if len(a) > 2 else 0.0
    turns = [sweep * k / steps for k in range(1, steps)]
    return [(cx + px * cos(t) - py * sin(t), cy + px * sin(t) + py * cos(t), z) for t in turns]


def chords(radius: float, sweep: float, sagitta: float) -> int:
    """Return into how many chords an arc is cut so that none leaves it by more than the sagitta; two at least."""
    if not isfinite(radius) or radius <= sagitta:
        return 4
    step = 2 * acos(max(-1.0, 1 - sagitta / radius)) if sagitta / radius > 1e-12 else 2 * sqrt(2 * sagitta / radius)
    return int(min(MOST_CHORDS, max(2, ceil(sweep / step - 1e-9)))) if step else MOST_CHORDS
