"""The maze of a brachytherapy room: one reflection by the wall that the door sees, and lead against it.

The equation of GBZ/T 201.3-2014 as an evaluation report of an Ir-192 room uses it, with the reflection of SRS 47.
"""

from collections.abc import Iterator
from math import inf, log10
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.methods.srs47 import equations
from shieldcalc.methods.srs47.layers import curve
from shieldcalc.methods.srs47.mazes import reflection
from shieldcalc.methods.srs47.values import LAYERS, MATERIALS, NUCLIDES, nuclide
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy.document import Fraction
from shieldcalc.physics.therapy.maze_data import Wall
from shieldcalc.physics.therapy.rules import own_rule
from shieldcalc.tables import table

MAZES = "therapy/brachytherapy_maze.csv"
SCATTERED = "therapy/srs47_t23_scatter90_tvl.csv"
UNITS = {
    "RAKR": "uGy m2/(MBq h)", "A": "MBq", "D0": "uGy/h", "alpha": "1/m2", "A_w": "m2", "d_1": "m", "d_2": "m",
    "d": "m", "H": "uSv/h", "H_s": "uSv/h", "H_t": "uSv/h", "L": "uSv/h",
}  # fmt: skip


class Way(NamedTuple):
    """Activity MBq; m2 of the wall that the door sees; m from source to it and on to the door; angle of reflection.

    ``alpha`` a stated reflection. ``wall`` (material, mm, g/cm3 or None) between source and door, ``direct_m`` apart.
    """

    nuclide: str
    activity_MBq: float
    area_m2: float
    first_m: float
    second_m: float
    reflection_deg: float | None = None
    alpha: float | None = None
    wall: tuple[str, float] | None = None
    direct_m: float | None = None


class Entrance(NamedTuple):
    """At the door in uSv/h: scattered, straight through the wall (0: none asked); lead in mm that keeps the limit.

    ``lead_mm`` None: without a limit, or no lead keeps it; ``behind`` the door as built, None without one.
    """

    scattered: float
    direct: float
    lead_mm: float | None
    behind: float | None
    steps: tuple[Step, ...]
    warnings: tuple[Notice, ...]
    tables: tuple[str, ...]


def entrance(way: Way, limit: float | None, door_mm: float | None) -> Entrance:
    """Return rates at the door of a maze with the source out, the lead for a limit (uSv/h), what a door leaves.

    Raises OutsideDataError for nuclides without data, angles beyond the tables, more lead than their layers.
    """
    known, row = nuclide(way.nuclide), row_of(way.nuclide)
    alpha = _alpha(way, row["reflection"])
    D0 = evaluate(equations.rate_at_1m, _inputs(RAKR=known.rakr, A=way.activity_MBq))
    told = _inputs(D0=D0.value, alpha=alpha.a, A_w=way.area_m2, d_1=way.first_m, d_2=way.second_m)
    steps = [D0, evaluate(equations.reflected, told)]
    scattered, direct = steps[1].value, 0.0
    if way.wall is not None and way.direct_m is not None:
        straight = _straight(way.nuclide, way.wall, D0.value, way.direct_m)
        steps.append(straight)
        direct = straight.value
    layers = lead_layers(way.nuclide, row)
    lead = None if limit is None else _lead(scattered, limit - direct, layers)
    behind = None
    if door_mm is not None:
        B = 10 ** -lead_tenths(door_mm, layers)
        steps.append(evaluate(equations.behind_maze_door, _inputs(H_s=scattered, B=B, H_t=direct)))
        behind = steps[-1].value
    return Entrance(
        scattered, direct, lead, behind, tuple(steps), (*_said(way, limit, lead, direct, door_mm), *alpha.notices),
        tuple(dict.fromkeys((NUCLIDES, MAZES, *alpha.tables, SCATTERED, *((LAYERS,) if direct else ())))),
    )  # fmt: skip


def _inputs(**numbers: float) -> dict[str, tuple[float, str]]:
    return {symbol: (number, UNITS.get(symbol, "")) for symbol, number in numbers.items()}


def _alpha(way: Way, row: str) -> Fraction:
    if way.alpha is not None:
        return Fraction(way.alpha, (), ())
    return reflection(row, Wall(own_rule("incidence_most"), way.reflection_deg))


def row_of(name: str) -> dict[str, str]:
    """Return what is known of a nuclide's mazes; raises OutsideDataError for one without data."""
    found = next(table(MAZES).where(nuclide=name), None)
    if found is None:
        raise OutsideDataError("srs47_maze_nuclide", nuclide=name, allowed=", ".join(_names()))
    return dict(found)


def _names() -> Iterator[str]:
    return (row["nuclide"] for row in table(MAZES).rows)


def lead_layers(name: str, row: dict[str, str]) -> tuple[float, ...]:
    """Return the successive tenth value layers of lead in mm, as many as are known."""
    found = row if row["tvl1"] else dict(next(table(SCATTERED).where(nuclide=name, material="lead")))
    return tuple(float(found[key]) for key in ("tvl1", "tvl2", "tvl3") if found.get(key))


def lead_tenths(mm: float, layers: tuple[float, ...]) -> float:
    """Return the tenth value layers of a door; beyond those known no more is counted."""
    n = 0.0
    for layer in layers:
        n += min(1.0, max(0.0, mm) / layer)
        mm -= layer
    return n


def _lead(scattered: float, left: float, layers: tuple[float, ...]) -> float | None:
    """Return the mm of lead that bring what is scattered to what is left of the limit; None where none does."""
    n = inf if left <= 0 else max(0.0, log10(scattered / left))
    if n > len(layers):
        return None
    whole = int(n)
    return sum(layers[:whole]) + (n - whole) * (layers[whole] if n > whole else 0.0)


def _straight(name: str, wall: tuple[str, float], D0: float, d: float) -> Step:
    material, mm = wall
    if material not in MATERIALS:
        raise OutsideDataError("srs47_maze_wall", material=material, allowed=", ".join(MATERIALS))
    found = curve(name, material)
    if found is None:
        raise OutsideDataError("srs47_layers", nuclide=name, material=material)
    return evaluate(equations.rate, _inputs(D0=D0, B=10 ** -found.tenths(mm), d=d))


def _said(way: Way, limit: float | None, lead: float | None, direct: float, door_mm: float | None) -> Iterator[Notice]:
    yield Notice("warnings.srs47_maze", {})
    if way.wall is None:
        yield Notice("warnings.srs47_maze_wall", {})
    elif direct:
        yield Notice("warnings.srs47_maze_direct", {})
    if limit is not None and lead is None:
        yield Notice("warnings.srs47_maze_door", {"limit": f"{limit:g}"})
    if door_mm is not None and door_mm > sum(lead_layers(way.nuclide, row_of(way.nuclide))):
        yield Notice("warnings.srs47_maze_layers", {"mm": f"{sum(lead_layers(way.nuclide, row_of(way.nuclide))):g}"})
