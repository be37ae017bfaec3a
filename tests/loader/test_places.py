"""The kinds of neighbouring place agree with the published table and the shared vocabulary."""

import tomllib
from pathlib import Path

import pytest

from shieldcalc.model.loader.schema import DESIGNATIONS, PERSONS
from shieldcalc.tables import table

ROOT = Path(__file__).parents[2]
PLACES = tomllib.loads((ROOT / "data" / "xray" / "places.toml").read_text())
ASKED = {
    *("control_room", "corridor", "waiting", "office", "workroom"),
    *("dwelling", "obstetrics", "paediatrics", "outdoors", "nothing"),
}


@pytest.mark.parametrize("kind", PLACES)
def test_occupancy_is_that_of_table_4_1(kind: str) -> None:
    place = PLACES[kind]
    printed = {row["area"]: float(row["occupancy"]) for row in table("xray/ncrp147_occupancy.csv").rows}
    for area in filter(None, place["row"].split("; ")):
        assert printed[area] == place["occupancy"]
    assert place["row"] or place["note"]


@pytest.mark.parametrize("kind", PLACES)
def test_words_of_a_place(kind: str) -> None:
    place = PLACES[kind]
    if not place.get("explicit"):
        assert place["designation"] in DESIGNATIONS
        assert place["person"] in PERSONS
        assert (place["occupancy"] == 0) == (kind in ("nothing", "unreached_roof"))
    assert isinstance(place["public_passage"], bool)
    assert bool(place["places"]) == (kind not in ("nothing", "inside_room"))


def test_what_the_format_promises_is_there() -> None:
    assert set(PLACES) >= ASKED
    assert {place["department"] for place in PLACES.values()} == {"", "obstetrics", "paediatrics"}
