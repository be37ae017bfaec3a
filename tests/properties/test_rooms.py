"""Properties of whole rooms: what must never raise a dose, and what must change nothing."""

from dataclasses import replace
from math import cos, radians, sin

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from model import rooms
from shieldcalc.methods.ncrp147.compute import METHOD
from shieldcalc.model.build import fixed_points, scene_of

PHASES = [Phase.explicit, Phase.reuse, Phase.generate]  # a room is slow to shrink
few = settings(max_examples=6, phases=PHASES)
places = st.tuples(st.floats(0.6, 4.4), st.floats(0.6, 3.4))
thicknesses = st.floats(20, 200)
MATERIALS = st.sampled_from(["concrete", "lead", "steel", "gypsum", "plate_glass"])
SEARCHED = 1e-3  # a place found to 0.1 mm, near the edge of a shadow


def doses(design):
    """Return the highest of each quantity behind each barrier."""
    scene = scene_of(design)
    result = METHOD.compute(scene, fixed_points(design, scene), {})
    found = {}
    for each in result.points:
        here = (
            each.doses.air_kerma_week_mGy,
            each.doses.air_kerma_hour_uGy or 0.0,
            each.doses.air_kerma_beam_on_uGy_per_h or 0.0,
        )
        name = each.point.id if each.point.role != "worst" else each.point.barrier
        found[name] = tuple(map(max, zip(found.get(name, here), here, strict=True)))
    return found


def nowhere_higher(after, before, tolerance=SEARCHED):
    for name, values in before.items():
        for quantity, (now, was) in enumerate(zip(after[name], values, strict=True)):
            assert now <= was * (1 + tolerance), (name, quantity, now, was)


def same(one, other, names=None):
    for name, values in one.items():
        assert other[(names or {}).get(name, name)] == pytest.approx(values, rel=SEARCHED)


def ct_room(place, **changes):
    return rooms.design(
        sources=[rooms.ct((*place, 1.0))], openings=(rooms.door(), rooms.window()), points=(rooms.USER,), **changes
    )


@few
@given(
    place=places, thickness=thicknesses, more=st.floats(0.1, 100), plan=st.sampled_from([rooms.SQUARE, rooms.L_SHAPE])
)
def test_thicker_walls_never_raise_a_dose(place, thickness, more, plan):
    place = (min(place[0], 2.5), place[1])
    one, other = (
        rooms.design(
            plan=plan, sources=[rooms.ct((*place, 1.0))], walls=rooms.walls_around(plan, rooms.layers(("concrete", x)))
        )
        for x in (thickness, thickness + more)
    )
    nowhere_higher(doses(other), doses(one))


@few
@given(place=places, material=MATERIALS, thickness=st.floats(0.01, 50), wall=st.integers(0, 3), inside=st.booleans())
def test_another_layer_never_raises_a_dose(place, material, thickness, wall, inside):
    before = ct_room(place)
    extra = rooms.layers((material, thickness))
    old = before.walls[wall]
    layers = (*extra, *old.layers) if inside else (*old.layers, *extra)
    walls = tuple(replace(each, layers=layers) if each is old else each for each in before.walls)
    nowhere_higher(doses(replace(before, walls=walls)), doses(before))


@settings(max_examples=3, phases=PHASES)
@given(shift=st.tuples(st.floats(-0.4, 0.4), st.floats(-0.6, 0.6)), material=MATERIALS, thickness=st.floats(0.01, 50))
def test_another_layer_never_raises_a_dose_of_a_tube(shift, material, thickness):
    before = rooms.design(sources=[rooms.tube(shift=shift)], openings=(rooms.door("wall0"),))  # no door in the beam:
    # people behind a thicker wall stand further out, where the diverging field may just take in a door beside it
    extra = rooms.layers((material, thickness))
    walls = tuple(replace(each, layers=(*each.layers, *extra)) for each in before.walls)
    nowhere_higher(doses(replace(before, walls=walls)), doses(before))


@few
@given(place=places, scans=st.floats(1, 200), fewer=st.floats(0.1, 1))
def test_fewer_patients_never_raise_a_dose(place, scans, fewer):
    one, other = (rooms.design(sources=[rooms.ct((*place, 1.0), scans=number)]) for number in (scans, scans * fewer))
    nowhere_higher(doses(other), doses(one), tolerance=1e-12)


@few
@given(place=places, away=st.floats(0.0, 20))
def test_distance_never_raises_a_dose(place, away):
    near, far = (
        rooms.design(
            sources=[rooms.ct((*place, 1.0))], points=(replace(rooms.USER, position=(6.0 + x, place[1], 1.0)),)
        )
        for x in (0.0, away)
    )
    nowhere_higher({"bench": doses(far)["bench"]}, {"bench": doses(near)["bench"]}, tolerance=1e-12)


@few
@given(y=st.floats(0.5, 1.9))
def test_symmetric_rooms_have_symmetric_doses(y):
    sources = [rooms.ct((2.5, y, 1.0), name="a"), rooms.ct((2.5, 4.0 - y, 1.0), name="b")]
    found = doses(rooms.design(sources=sources))
    assert found["wall0"] == pytest.approx(found["wall2"], rel=SEARCHED)
    assert found["wall1"] == pytest.approx(found["wall3"], rel=SEARCHED)


def moved(design, shape):
    """Return a design with every place of the plan moved by ``shape``."""

    def at(place):
        return (*shape(place[0], place[1]), *place[2:])

    sources = tuple(
        replace(
            source,
            isocentre=source.isocentre and at(source.isocentre),
            beams=tuple(
                replace(each, focus=at(each.focus), patient=at(each.patient), target=at(each.target))
                for each in source.beams
            ),
        )
        for source in design.sources
    )
    screens = tuple(replace(each, a=at(each.a), b=at(each.b)) for each in design.screens)
    points = tuple(replace(each, position=at(each.position)) for each in design.points)
    return replace(design, plan=tuple(map(at, design.plan)), sources=sources, screens=screens, points=points)


@few
@given(angle=st.floats(0, 360), x=st.floats(-50, 50), y=st.floats(-50, 50), mirror=st.booleans())
def test_moving_turning_and_mirroring_change_nothing(angle, x, y, mirror):
    def shape(a, b):
        c, s = cos(radians(angle)), sin(radians(angle))
        a = -a if mirror else a
        return x + c * a - s * b, y + s * a + c * b

    design = rooms.design(
        sources=[rooms.tube()], openings=(rooms.door(), rooms.window()), screens=(rooms.screen(),), points=(rooms.USER,)
    )
    same(doses(design), doses(moved(design, shape)))


@few
@given(place=places, at=st.floats(0.3, 4.7))
def test_splitting_a_wall_changes_nothing(place, at):
    one = ct_room(place)
    whole = one.walls[2]
    two = (replace(whole, end_m=at), replace(whole, id="rest", start_m=at))
    split = doses(replace(one, walls=(*one.walls[:2], *two, *one.walls[3:])))
    split["wall2"] = tuple(map(max, zip(split["wall2"], split.pop("rest"), strict=True)))
    same(doses(one), split)


@few
@given(place=places, start=st.floats(0.1, 4.8), sill=st.floats(0.0, 2.0), size=st.floats(0.001, 0.1))
def test_a_tiny_window_never_makes_it_better(place, start, sill, size):
    tiny = rooms.window("wall2", start, size, sill, size, rooms.layers(("plate_glass", 3)), "tiny")
    one = rooms.design(sources=[rooms.ct((*place, 1.0))])
    before, after = doses(one), doses(replace(one, openings=(tiny,)))
    worst = max(after["wall2"][0], after["tiny"][0])
    assert worst >= before["wall2"][0] * (1 - SEARCHED)
    assert after["tiny"][0] > before["wall2"][0] * 0.01
