"""Where primary beams and steps of scatter meet the surface behind a barrier: places that the search has to try."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from math import cos, dist, pi, radians, sin, sqrt

from shieldcalc.model.design import Beam, Source, Xyz
from shieldcalc.model.scene import Barrier, Scene
from shieldcalc.model.surfaces import Surface, surface_of
from shieldcalc.physics.rules import rule
from shieldcalc.physics.terms import field_slope
from shieldcalc.physics.therapy.rules import own_rule

AZIMUTHS, HALF_TURN = 48, 180.0
STEEP_DEG = 85.0
WITHIN = 0.999
TOWARDS = 1e-9  # cosine of what runs along a surface, not to it
STEPPED = ("industrial_linac", "industrial_xray", "orthovoltage", "simulator")  # their scatter counts in steps of angle
BESIDE_DEG = 0.01  # on either side of such a step
_ROUND = tuple((cos(2 * pi * step / AZIMUTHS), sin(2 * pi * step / AZIMUTHS)) for step in range(AZIMUTHS))
_RIMS_KEPT = 256  # of a room that is computed again with other layers or in other beams


def beam_places(scene: Scene, barrier: Barrier) -> list[Xyz]:
    """Return where axis and rim of every primary beam meet the surface behind a barrier, other rooms' too.

    Of beams whose scatter counts in steps of angle also the ends of each step on the surface: a peak may lie there.
    """
    surface = surface_of(scene, barrier)
    found: list[Xyz] = []
    for beam in _open(scene.sources):
        found += _meets(surface, beam)
    for beam in _stepped(scene.sources):
        found += _steps(surface, beam.patient, _forward(beam))
    for start, toward, half in _cones(scene.sources):
        found += _cone_meets(surface, start, toward, half)
    for other in scene.others:
        place = other.move.place
        for beam in _open(other.scene.sources):
            moved = replace(beam, focus=place(beam.focus), patient=place(beam.patient), target=place(beam.target))
            found += _meets(surface.facing(moved.focus), moved)
        for start, toward, half in _cones(other.scene.sources):
            found += _cone_meets(surface.facing(place(start)), place(start), place(toward), half)
    return found


def _cones(sources: Iterable[Source]) -> Iterator[tuple[Xyz, Xyz, float]]:
    """Yield start, a place on the axis and half the opening angle (degrees) of every cone of a collimator."""
    for source in sources:
        for exposure in source.sealed.exposures if source.sealed else ():
            if exposure.collimator is not None:
                toward, half = exposure.collimator.toward, exposure.collimator.half_angle_deg
                yield from ((start, toward, half) for start in exposure.positions)


def _open(sources: Iterable[Source]) -> Iterator[Beam]:
    """Yield the beams that no receptor stops."""
    yield from (beam for source in sources for beam in source.beams if not beam.stopped_by_receptor)


def _stepped(sources: Iterable[Source]) -> Iterator[Beam]:
    """Yield the beams whose scatter counts in steps of angle."""
    yield from (beam for source in sources if source.kind in STEPPED for beam in source.beams)


def _forward(beam: Beam) -> Xyz:
    size = dist(beam.focus, beam.target)
    (fx, fy, fz), (tx, ty, tz) = beam.focus, beam.target
    return (tx - fx) / size, (ty - fy) / size, (tz - fz) / size


@lru_cache(maxsize=_RIMS_KEPT)
def _steps(surface: Surface, patient: Xyz, forward: Xyz) -> tuple[Xyz, ...]:
    """Return where the steps of scatter of one direction end on a surface, on the line through its foot."""
    step = own_rule("aimed_step")
    upright = surface.normal if abs(_dot(surface.normal, forward)) < WITHIN else surface.up
    level = _unit_cross(forward, upright)
    across = _unit_cross(level, forward)
    rays = []
    for number in range(1, round(HALF_TURN / step)):
        for end in (number * step - BESIDE_DEG, number * step + BESIDE_DEG):
            c, s = cos(radians(end)), sin(radians(end))
            rays += [tuple(c * f + s * side * a for f, a in zip(forward, across, strict=True)) for side in (-1, 1)]
    return tuple(_hits(surface, patient, rays))


def _meets(surface: Surface, beam: Beam) -> tuple[Xyz, ...]:
    """Return the places on a surface of the central ray and of rays just within the rim of the widened field."""
    slope, margin = field_slope(beam), rule("beam_margin_m")
    return _rim(surface, beam.focus, beam.target, (slope, 1.0), margin / slope)


def _cone_meets(surface: Surface, start: Xyz, toward: Xyz, half_deg: float) -> tuple[Xyz, ...]:
    """Return the places on a surface of the axis of a cone and of rays just within its rim, widened by the margin."""
    half = radians(half_deg)
    narrow = half_deg < STEEP_DEG
    return _rim(surface, start, toward, (sin(half), cos(half)), rule("beam_margin_m") / sin(half) if narrow else 0.0)


@lru_cache(maxsize=_RIMS_KEPT)
def _rim(surface: Surface, start: Xyz, toward: Xyz, slope: tuple[float, float], behind: float) -> tuple[Xyz, ...]:
    """Return where the ray to a place, and rays aside from an apex behind its start, meet a surface.

    ``slope``: how far such a ray runs across and along the axis.
    """
    size = dist(start, toward) or 1.0
    axis = tuple((t - f) / size for f, t in zip(start, toward, strict=True))
    apex = tuple(f - behind * a for f, a in zip(start, axis, strict=True))
    upright = (0.0, 0.0, 1.0) if abs(axis[2]) < WITHIN else (1.0, 0.0, 0.0)
    one = _unit_cross(axis, upright)
    two = _unit_cross(axis, one)
    across, along = slope
    ahead = (along * axis[0], along * axis[1], along * axis[2])
    rim = [_aside(ahead, one, two, c * across * WITHIN, s * across * WITHIN) for c, s in _ROUND]
    return *_hits(surface, start, [axis]), *_hits(surface, (apex[0], apex[1], apex[2]), rim)


def _aside(ahead: Xyz, one: Xyz, two: Xyz, c: float, s: float) -> Xyz:
    return (
        ahead[0] + c * one[0] + s * two[0],
        ahead[1] + c * one[1] + s * two[1],
        ahead[2] + c * one[2] + s * two[2],
    )


def _hits(surface: Surface, start: Xyz, rays: Iterable[Sequence[float]]) -> Iterator[Xyz]:
    """Yield where rays from a place inside meet a surface."""
    away, (nx, ny, nz), (x, y, z) = surface.height_over(start), surface.normal, start
    for rx, ry, rz in rays if away < 0 else ():
        towards = rx * nx + ry * ny + rz * nz
        if towards > TOWARDS:
            t = -away / towards
            yield x + t * rx, y + t * ry, z + t * rz


def _dot(a: Xyz, b: Xyz) -> float:
    return a[0] * b[0] + a[1] * b[1] + a[2] * b[2]


def _unit_cross(a: Sequence[float], b: Sequence[float]) -> Xyz:
    x, y, z = a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]
    size = sqrt(x * x + y * y + z * z) or 1.0
    return x / size, y / size, z / size
