"""Facts of a ward that mobile units are brought to: who is in it, how near, behind which screen; the operator."""

from collections.abc import Iterator
from math import dist

from shieldcalc.model.design import Design, Source
from shieldcalc.model.geometry import contains
from shieldcalc.model.result import Fact, PointResult
from shieldcalc.model.scene import Point, Scene
from shieldcalc.regulations.evaluate import WHOLE
from shieldcalc.regulations.taxonomy import is_a, taxonomy

INSIDE_WARD = "inside_ward"
MOBILE = ("mobile_xray",)


def in_ward(design: Design, point: Point) -> bool:
    """Return whether somebody at a point is in the ward itself: within its plan and height, or the operator."""
    if not design.ward or point.role not in ("user", "operator"):
        return False
    x, y, z = point.position
    return point.role == "operator" or (contains(design.plan, (x, y)) and 0 <= z <= design.height_m)


def ward_facts(design: Design, scene: Scene, result: PointResult) -> Iterator[Fact]:
    """Return how far a declared person is from the nearest irradiated patient, and which screens stand between.

    What is scattered over a part-height screen is not computed: behind one, the whole dose is not known.
    """
    point = result.point
    if not design.ward or point.role != "user":
        return
    patients = [beam.patient for source in design.sources for beam in source.beams]
    nearest = min(dist(patient, point.position) for patient in patients)
    yield Fact(subject=point.id, quantity="irradiated_patient_distance", value=nearest, unit="m", provenance="position")
    screens = {barrier.id: barrier for barrier in scene.barriers if barrier.kind == "screen"}
    own = [part.crossed for part in result.components if part.transmission is not None]
    crossed = [name for name in screens if any(name in part for part in own)]
    behind = bool(own) and all(any(name in screens for name in part) for part in own)
    yield Fact(subject=point.id, quantity="behind_screen", value=behind, provenance=", ".join(crossed) or "screen")
    for name in crossed:
        if screens[name].top_m < design.height_m:
            yield Fact(subject=point.id, quantity=WHOLE, value=None, provenance=f"screen.{name}")
            return


def operator_facts(source: Source) -> Iterator[Fact]:
    """Return the distance that the operator of a mobile unit keeps from the tube; not known while not declared."""
    if is_a(taxonomy().equipment, source.kind, MOBILE):
        value = None if source.operator is None else source.operator.distance_m
        key = f"source.{source.id}.operator.distance"
        yield Fact(subject=source.id, quantity="operator_tube_distance", value=value, unit="m", provenance=key)
