"""The keys of the maze, the ducts and the stated figures of points of a treatment room in the design file."""

from pydantic_core import CoreSchema

from shieldcalc.model.loader.limits import own_rule
from shieldcalc.model.loader.values import identifier, listing, metres, number, place, quantity, table, text
from shieldcalc.model.stated import FIGURES

LENGTHS = ("dh", "dr", "dz", "dsec", "dleak", "dzz", "d1", "d2", "d3", "width", "height")
AREAS = ("a0", "az", "a1", "s0", "s1", "sr")
SHARES = ("alpha0", "alphaz", "alpha1", "alpha_leak", "gantry_share")
ANGLE = "scatter_angle"
SQUARE_METRE_CM2 = 1e4


def maze_keys() -> CoreSchema:
    """Return the table of a maze."""
    stated = {
        **{key: metres(above=0) for key in LENGTHS if key != "d3"},
        "d3": metres(least=0),
        **{key: quantity("area", above=0, most=1e4, per=SQUARE_METRE_CM2) for key in AREAS},
        **{key: number(above=0, most=1) for key in SHARES},
        ANGLE: quantity("angle", least=own_rule("least_angle"), most=own_rule("most_angle")),
    }
    return table(
        {"inner_wall": identifier(), "door": identifier()},
        {
            "nibs": listing(identifier(), 1, 4),
            "path": listing(place(2), 2, 6),
            "height": metres(above=0.5, most=30),
            "stated": table({"document": text()}, stated),
        },
    )


def duct_keys() -> CoreSchema:
    """Return the table of a duct."""
    places = {"from": place(3), "to": place(3)}
    return table({"id": identifier(), "barrier": text(), **places, "diameter": metres(above=0, most=2)})


def stated_keys() -> dict[str, CoreSchema]:
    """Return the optional table of stated figures of a point."""
    lengths = {key: metres(least=0.5, most=200) for key in FIGURES[:2]}
    scatter = quantity("angle", least=own_rule("least_angle"), most=own_rule("stated_angle_most"))
    angles = {"scatter_angle": scatter, "obliquity": quantity("angle", least=0, most=own_rule("obliquity_most"))}
    return {"stated_figures": table({"document": text()}, {"source": identifier(), **lengths, **angles})}
