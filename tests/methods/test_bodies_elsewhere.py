"""Bodies in rooms whose sources are not all followed by the point kernel, and where they have no place."""

from pathlib import Path

import pytest
from bodies_rooms import computed, design

from shieldcalc.assess import assess
from shieldcalc.errors import InputError

EXAMPLES = Path(__file__).parents[2] / "examples"
SPECK = """
[[body]]
id = "speck"
shape = "box"
position = ["0.1 m", "0.1 m", "2.3 m"]
width = "2 mm"
depth = "2 mm"
height = "2 mm"
material = "air"
"""


def _of(name):
    return (EXAMPLES / f"{name}.toml").read_text(encoding="utf-8")


def _doses(text):
    found = assess(design(text))
    return {p.point.id: p.doses.h10_week_mSv for r in found.results for p in r.points}, {
        notice.code for result in found.results for notice in result.notices
    }


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("ir192_bunker", "assumptions.bodies_on_its_way"),
        ("co60_hdr_room", "assumptions.bodies_not_counted"),
        ("i131_ward", "assumptions.bodies_not_counted"),
    ],
)
def test_a_speck_of_air_changes_no_dose(name, said):
    """Lines followed by the compiled kernel give what layers alone give; what bodies do not count for is said."""
    bare, _ = _doses(_of(name))
    with_body, codes = _doses(_of(name) + SPECK)
    assert with_body == pytest.approx(bare, rel=1e-4)
    assert said in codes


def test_bodies_have_no_place_on_an_open_site_nor_without_gamma_sources():
    for name, code in (("ir192_open_site", "body_open_site"), ("ct_room", "body_xray")):
        with pytest.raises(InputError) as refused:
            computed(_of(name) + SPECK)
        assert code in {each.code for each in refused.value.problems}
