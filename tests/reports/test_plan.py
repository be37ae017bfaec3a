"""The plan: to scale, complete, marks apart, any polygon."""

import re
import xml.etree.ElementTree as ET
from dataclasses import replace
from itertools import combinations
from math import cos, hypot, pi, sin

import pytest
from sample import sample
from sample_room import CORRIDOR, scene

from shieldcalc.model.scene import Barrier, Point, Scene
from shieldcalc.reports.content import barrier_marks, point_marks
from shieldcalc.reports.outline import wall_outlines
from shieldcalc.reports.plan import Plan, draw

SVG = "{http://www.w3.org/2000/svg}"


def drawn(there: Scene, points: tuple[Point, ...] = ()) -> tuple[Plan, ET.Element]:
    marks = {barrier.id: chr(65 + n % 26) for n, barrier in enumerate(there.barriers)}
    plan = draw(there, points, marks, {point.id: str(n) for n, point in enumerate(points, 1)})
    return plan, ET.fromstring(plan.svg)


def many_points(count: int) -> tuple[Point, ...]:
    places = [(1.0 + 0.02 * n, -0.52, 1.0) for n in range(count)]
    return tuple(Point(id=str(n), position=place, barrier=None, beyond=CORRIDOR) for n, place in enumerate(places))


def regular(corners: int, radius: float) -> Scene:
    plan = tuple((radius * cos(2 * pi * n / corners), radius * sin(2 * pi * n / corners)) for n in range(corners))
    walls = []
    for n, a in enumerate(plan):
        b = plan[(n + 1) % corners]
        length = hypot(b[0] - a[0], b[1] - a[1])
        out = ((b[1] - a[1]) / length, -(b[0] - a[0]) / length)
        walls.append(Barrier(id=f"w{n}", kind="wall", layers=(), thickness_m=0.2, beyond=None, a=a, b=b, outward=out))
    return replace(scene(), plan=plan, barriers=tuple(walls), sources=())


def test_to_scale() -> None:
    plan, root = drawn(scene())
    room = next(p for p in root.iter(f"{SVG}polygon") if p.get("class") == "room")
    corners = [tuple(map(float, place.split(","))) for place in (room.get("points") or "").split()]
    assert plan.scale == 50
    assert hypot(corners[1][0] - corners[0][0], corners[1][1] - corners[0][1]) == pytest.approx(
        6000 / plan.scale, abs=0.02
    )


def test_everything_has_its_mark() -> None:
    there = sample()
    points = tuple(found.point for found in there.results[0].points)
    plan = draw(there.scene, points, barrier_marks(there), point_marks(there))
    marks = {text.text for text in ET.fromstring(plan.svg).iter(f"{SVG}text")}
    upright = {mark for name, mark in barrier_marks(there).items() if not there.scene.by_id[name].outline}
    assert marks >= {*upright, *point_marks(there).values(), "S1", "S2", "1 : 50", "2 m"}


@pytest.mark.parametrize("count", [2, 12, 40])
def test_numbers_do_not_lie_on_each_other(count: int) -> None:
    _, root = drawn(scene(), many_points(count))
    rings = [
        (float(c.get("cx", 0)), float(c.get("cy", 0))) for c in root.iter(f"{SVG}circle") if c.get("class") == "ring"
    ]
    assert len(rings) == count
    close = sum(hypot(a[0] - b[0], a[1] - b[1]) < 3.9 for a, b in combinations(rings, 2))
    assert close <= (0 if count < 40 else 10)


@pytest.mark.parametrize(("corners", "radius"), [(3, 2.0), (4, 0.4), (9, 30.0), (40, 5.0)])
def test_any_polygon_fits_its_sheet(corners: int, radius: float) -> None:
    plan, root = drawn(regular(corners, radius))
    assert plan.width_mm <= 168.1
    assert plan.height_mm <= 200
    for polygon in root.iter(f"{SVG}polygon"):
        for x, y in (map(float, place.split(",")) for place in (polygon.get("points") or "").split()):
            assert -0.01 <= x <= plan.width_mm + 0.01
            assert -0.01 <= y <= plan.height_mm + 0.01


def test_walls_meet_at_mitred_corners() -> None:
    there = scene()
    outlines = wall_outlines([barrier for barrier in there.barriers if barrier.kind == "wall"])
    south, east = outlines["south"], outlines["east"]
    assert south[2] == pytest.approx((6.24, -0.22))
    assert east[3] == pytest.approx((6.24, -0.22))
    assert outlines["notch_north"][2] == pytest.approx((3.74, 3.22))


def test_no_words_only_marks_and_units() -> None:
    plan, _ = drawn(scene(), many_points(3))
    texts = re.findall(r"<text[^>]*>([^<]*)</text>", plan.svg)
    assert all(re.fullmatch(r"[A-Z]|S\d|\d+(\.\d+)?( m)?|1 : \d+", text) for text in texts)
