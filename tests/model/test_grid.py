"""The worst place behind every barrier of every example against a 1 cm grid: never more than 1 % higher.

The grid is looked at coarsely first (every tenth line and column), then centimetre by centimetre round the best places
of each quantity and over a strip that the file's name chooses. A grid of the whole room takes minutes.
"""

from dataclasses import replace
from math import floor
from pathlib import Path
from random import Random

import pytest

from model import rooms
from shieldcalc import plugins
from shieldcalc.methods.ncrp147.compute import METHOD
from shieldcalc.methods.ncrp147.scene_sources import field_of
from shieldcalc.methods.point_kernel.compute import METHOD as POINT_KERNEL
from shieldcalc.methods.point_kernel.compute import emitter_of as by_kernel
from shieldcalc.methods.srs47.compute import METHOD as BY_SRS47
from shieldcalc.methods.srs47.compute import emitter_of as by_srs47
from shieldcalc.methods.tg108.compute import METHOD as BY_TG108
from shieldcalc.model.build import scene_of
from shieldcalc.model.loader import load
from shieldcalc.model.surfaces import surface_of
from shieldcalc.physics.gamma.field import Fields
from shieldcalc.physics.gamma.patients import TG108, emitter_by
from shieldcalc.physics.gamma.presence import whole_week
from shieldcalc.physics.room import assessed

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))
COLUMNS = ("week_mSv", "hour_uSv", "beam_on_uSv_per_h")
BY_KERMA = ("ncrp147", "gbz130", "bir")
STEP, COARSE, ROUND, STRIPS = 0.01, 10, 8, 2


def own(result, barrier):
    """Return the program's highest week, hour and rate behind one barrier, less what others are declared to give."""
    found = [each for each in result.points if each.point.barrier == barrier.id and each.point.role == "worst"]
    parts = [[part.kerma for part in each.components if part.kind != "other"] for each in found]
    weeks = [sum(kerma.week_mGy for kerma in each) for each in parts]
    hours = [sum(kerma.hour_uGy or 0 for kerma in each) for each in parts]
    others = sum(each.beam_on_uSv_per_h or 0 for each in barrier.beyond.other_contributions)
    rates = [(each.doses.air_kerma_beam_on_uGy_per_h or others) - others for each in found]
    return max(weeks), max(hours), max(rates)


class Grid:
    """Doses on the centimetres of one barrier's surface, each computed once."""

    def __init__(self, field, barrier):
        self.surface, self.field, self.known = surface_of(field.scene, barrier), field, {}
        p0, p1, q0, q1 = self.surface.box
        self.size = floor((p1 - p0) / STEP) + 1, floor((q1 - q0) / STEP) + 1

    def at(self, i, j):
        if not (0 <= i < self.size[0] and 0 <= j < self.size[1]):
            return
        p, q = self.surface.box[0] + i * STEP, self.surface.box[2] + j * STEP
        if (i, j) not in self.known and self.surface.allowed(p, q):
            totals = self.field.totals(self.surface.place(p, q))
            self.known[(i, j)] = tuple(each or 0.0 for each in totals)

    def fill(self, random):
        columns, rows = self.size
        for i in range(0, columns, COARSE):
            for j in range(0, rows, COARSE):
                self.at(i, j)
        for _ in range(STRIPS):
            row, column = random.randrange(rows), random.randrange(columns)
            for i in range(columns):
                self.at(i, row)
            for j in range(rows):
                self.at(column, j)
        for quantity in range(3):
            best = max(self.known, key=lambda place: self.known[place][quantity])
            for i in range(best[0] - ROUND, best[0] + ROUND + 1):
                for j in range(best[1] - ROUND, best[1] + ROUND + 1):
                    self.at(i, j)

    def highest(self):
        """Return the highest of each quantity, in full: of extended sources the rest are compared by few nodes."""
        exact = self.field.exact()
        if exact is self.field:
            return tuple(max(values) for values in zip(*self.known.values(), strict=True))
        best = {max(self.known, key=lambda place: self.known[place][quantity]) for quantity in range(3)}
        places = [self.surface.place(*(self.surface.box[2 * k] + each[k] * STEP for k in (0, 1))) for each in best]
        found = [exact.totals(place) for place in places]
        return tuple(max(each or 0.0 for each in values) for values in zip(*found, strict=True))


def nowhere_higher(design, seed):
    scene = scene_of(design)
    result, field = METHOD.compute(scene, (), {}), field_of(scene)
    for barrier in scene.barriers:
        if assessed(barrier):
            grid = Grid(field, barrier)
            grid.fill(Random(seed))
            for quantity, (there, said) in enumerate(zip(grid.highest(), own(result, barrier), strict=True)):
                assert there <= said * 1.01, (barrier.id, quantity, there, said)


GAMMA = {
    ("point_kernel",): (POINT_KERNEL, by_kernel),
    ("tg108",): (BY_TG108, emitter_by(TG108)),
    ("srs47", "point_kernel"): (BY_SRS47, by_srs47),
}


def nowhere_higher_by_h10(design, seed):
    """As above for gamma sources, whose worst places are those of H*(10) while people may be there."""
    scene = scene_of(design)
    method, emitter_of = GAMMA[design.methods]
    points = {each.point.id: each.doses for each in method.compute(scene, (), {}).points}
    for barrier in filter(assessed, scene.barriers):
        field = Fields(scene, emitter_of).pair(whole_week(barrier.beyond))[1]
        not_higher(Grid(field, barrier), barrier, points, seed)


class Both:
    """Doses by H*(10) of all that radiates by one method, as a field."""

    def __init__(self, scene, method):
        self.scene = scene
        self.doses = [method.dose_field(scene, f"h10_{each}") for each in COLUMNS]

    def exact(self):
        return self

    def totals(self, position):
        return [dose(position) for dose in self.doses]


def nowhere_higher_of_both(design, seed):
    scene, method = scene_of(design), plugins.method(design.methods[0])
    points = {each.point.id: each.doses for each in method.compute(scene, (), {}).points}
    for barrier in filter(assessed, scene.barriers):
        not_higher(Grid(Both(scene, method), barrier), barrier, points, seed)


def not_higher(grid, barrier, points, seed):
    grid.fill(Random(seed))
    doses = [each for name, each in points.items() if name.split(".")[0] == barrier.id]
    for there, name in zip(grid.highest(), COLUMNS, strict=True):
        assert there <= max(getattr(each, f"h10_{name}") for each in doses) * 1.01, (barrier.id, name)


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_no_centimetre_of_an_example_is_worse(path):
    design = load(str(path), plugins.catalog())
    xray = design.methods[0] in BY_KERMA and not any(source.gamma_places for source in design.sources)
    check = nowhere_higher_by_h10 if design.methods in GAMMA else nowhere_higher if xray else nowhere_higher_of_both
    check(design, path.stem)


OCTAGON = ((1.0, 0.0), (4.0, 0.0), (5.0, 1.0), (5.0, 3.0), (4.0, 4.0), (1.0, 4.0), (0.0, 3.0), (0.0, 1.0))
WEAK = rooms.layers(("wood", 40))
NASTY = {
    "door in the corner": lambda: rooms.design(
        sources=[rooms.ct((0.4, 0.4, 1.0))], openings=(rooms.door("wall0", 0.0, stack=WEAK),)
    ),
    "high window": lambda: rooms.design(
        sources=[rooms.tube()], openings=(rooms.window("wall1", 2.0, 1.0, 2.0, 0.8, WEAK),)
    ),
    "L-shape": lambda: rooms.design(
        plan=rooms.L_SHAPE, sources=[rooms.ct((5.2, 2.6, 1.0)), rooms.ct((0.8, 5.0, 1.0), name="b")]
    ),
    "eight walls of two kinds": lambda: rooms.design(
        plan=OCTAGON,
        sources=[rooms.ct((3.6, 3.5, 1.0))],
        walls=tuple(wall if wall.edge % 2 else replace(wall, layers=WEAK) for wall in rooms.walls_around(OCTAGON)),
    ),
    "part-height wall": lambda: rooms.design(
        sources=[rooms.tube()], walls=rooms.walls_around(rooms.SQUARE, height=1.6)
    ),
    "two tubes, one at the wall": lambda: rooms.design(
        sources=[rooms.tube("a", (-1.6, 1.4)), rooms.fluoroscopy("b")],
        openings=(rooms.door(stack=WEAK), rooms.window()),
    ),
}


@pytest.mark.parametrize("make", NASTY.values(), ids=NASTY)
def test_no_centimetre_of_a_nasty_room_is_worse(make):
    nowhere_higher(make(), "nasty")
