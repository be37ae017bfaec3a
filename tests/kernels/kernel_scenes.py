"""Scenes for the compiled sums: media with tables of their own, bodies at random, lines through slabs."""

import csv
from math import pi
from pathlib import Path

import numpy as np

from shieldcalc.model.bodies import Body
from shieldcalc.model.overlap import overlap
from shieldcalc.model.shapes import (
    Box,
    Cylinder,
    CylindricalShell,
    Slab,
    Sphere,
    SphericalShell,
    turned_by,
    turned_to,
)
from shieldcalc.physics.point_kernel.arrays import media, solids
from shieldcalc.physics.point_kernel.many import gp_log_buildup
from shieldcalc.physics.point_kernel.sums import sums

with open(Path(__file__).with_name("gp_rows.csv"), encoding="utf-8") as file:
    GP = list(csv.DictReader(line for line in file if not line.startswith("#")))
NAMES = ("lead", "water", "iron")
MU = np.array([[60.0, 12.0, 5.0], [9.0, 8.0, 5.0], [30.0, 9.0, 5.0]])  # 1/m: any figures will do


def log_b(material, energy, x):
    rows = [row for row in GP if row["material"] == NAMES[material]]
    return gp_log_buildup(*(float(rows[energy][key]) for key in ("b", "c", "a", "Xk", "d")), x)


MEDIA = media(NAMES, MU, log_b)


def body_of(rng, k):
    place = tuple(rng.uniform(-1.5, 1.5, 3))
    axes = turned_by(*rng.uniform(0, 360, 3))
    size = rng.uniform(0.1, 0.8, 3)
    shape = [
        lambda: Box(position=place, axes=axes, width_m=size[0], depth_m=size[1], height_m=size[2]),
        lambda: Cylinder(position=place, axes=axes, radius_m=size[0], height_m=size[1]),
        lambda: Sphere(position=place, radius_m=size[0]),
        lambda: CylindricalShell(
            position=place, axes=axes, inner_radius_m=size[0] / 2, outer_radius_m=size[0], height_m=size[1]
        ),
        lambda: SphericalShell(position=place, inner_radius_m=size[0] / 2, outer_radius_m=size[0]),
        lambda: Slab(position=place, axes=axes, thickness_m=size[0] / 5),
    ][k % 6]()
    return Body(id=str(k), shape=shape, material=NAMES[rng.integers(3)])


def scene(seed, sources=70, points=3):
    rng = np.random.default_rng(seed)
    apart: list[Body] = []
    for k in range(18):
        body = body_of(rng, k)
        if not any(overlap(body.shape, other.shape) for other in apart):
            apart.append(body)
    bodies = solids(apart, NAMES)
    start, end = rng.uniform(-2, 2, (3, sources)), rng.uniform(-4, 4, (points, 3))
    return start, end, rng.uniform(0.1, 3, (3, sources)), bodies


def summed(start, end, strength, bodies, rule="broder", threads=1, given=MEDIA):
    runs = np.tile([0, start.shape[1]], (len(end), 1))
    return sums(end, runs, start, strength, bodies, given, rule, threads)


def stack(*layers, names=NAMES):
    """Return a line through slabs of (material, thickness in m) one after another."""
    x, bodies = 0.1, []
    for k, (name, thickness) in enumerate(layers):
        shape = Slab(position=(x + thickness / 2, 0.0, 0.0), axes=turned_to((1, 0, 0)), thickness_m=thickness)
        bodies.append(Body(id=str(k), shape=shape, material=name))
        x += thickness
    return solids(bodies, names)


def through(*layers, rule="broder"):
    """Return uncollided, total and unlimited transmission at each energy."""
    source, point = np.zeros((3, 1)), np.array([[50.0, 0.0, 0.0]])
    return summed(source, point, np.ones((3, 1)), stack(*layers), rule)[0] * 4 * pi * 2500
