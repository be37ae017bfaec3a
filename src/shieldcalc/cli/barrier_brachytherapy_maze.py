"""``shieldcalc barrier brachytherapy-maze``: photons at the door of a brachytherapy room's maze, and its lead."""

from typing import Any

import click

from shieldcalc.cli.barrier_common import Number
from shieldcalc.cli.barrier_maze import tell
from shieldcalc.cli.common import Amount, Area, Marked, Quantity, json_flag
from shieldcalc.cli.therapy_options import Angle
from shieldcalc.errors import OutsideDataError

MM, CM2, USV = 1e-3, 1e-4, 1e3


@click.command("brachytherapy-maze")
@click.option("--nuclide", required=True, help="Ir-192, Co-60 or Cs-137.")
@click.option("--activity", type=Quantity("activity"), required=True, help='All sources that are out: "370 GBq".')
@click.option("--area", type=Area(), required=True, help='Of the wall that the door sees, "14.36 m2" or "4 m x 3 m".')
@click.option("--d1", type=Quantity("length"), required=True, help="Source to that wall.")
@click.option("--d2", type=Quantity("length"), required=True, help="From that wall to the door.")
@click.option("--reflection", type=Angle(), help="Angle of reflection from the normal; the largest value unless said.")
@click.option("--alpha", type=Number(1), help="Stated reflection per m2 of that wall.")
@click.option("--maze-wall", type=(str, Amount()), metavar="MATERIAL THICKNESS", help="Wall between source and door.")
@click.option("--dl", type=Quantity("length"), help="Source through that wall to the door.")
@click.option("--rate-limit", type=Quantity("dose_rate"), help='Dose rate allowed behind the door, "2.5 uSv/h".')
@click.option("--door-lead", type=Quantity("length", zero=True), help="Of a door as built: what it leaves.")
@json_flag
def brachytherapy_maze(as_json: bool, **given: Any) -> None:
    """Compute photons at the door of a brachytherapy room's maze and its lead (GBZ/T 201.3, IAEA SRS 47).

    \b
    Example:
      shieldcalc barrier brachytherapy-maze --nuclide Ir-192 --activity "370 GBq" \\
        --area "14.36 m2" --d1 4.3m --d2 5.9m --reflection 0 \\
        --rate-limit "2.5 uSv/h" --door-lead 10mm
    """
    from shieldcalc.methods.srs47.maze_door import Way, entrance
    from shieldcalc.photons.nuclides import spelled

    wall, dl = given["maze_wall"], given["dl"]
    if (wall is None) != (dl is None):
        raise OutsideDataError("therapy_limit_pair", one="--maze-wall", other="--dl")
    if wall is not None and isinstance(wall[1], Marked):
        raise OutsideDataError("therapy_marked", material=wall[0], energy=given["nuclide"])
    way = Way(
        spelled(given["nuclide"]), given["activity"] / 1e6, given["area"] * CM2, given["d1"] * MM, given["d2"] * MM,
        given["reflection"], given["alpha"], wall, None if dl is None else dl * MM,
    )  # fmt: skip
    limit = None if given["rate_limit"] is None else USV * given["rate_limit"]
    found = entrance(way, limit, given["door_lead"])
    answer = {
        "scattered_uSv_per_h": found.scattered,
        "direct_uSv_per_h": found.direct,
        "at_door_uSv_per_h": found.scattered + found.direct,
        "rate_limit_uSv_per_h": limit,
        "lead_mm": found.lead_mm,
        "behind_door_uSv_per_h": found.behind,
    }
    tell("brachytherapy-maze", {"nuclide": way.nuclide, **answer}, found, as_json)
