"""Rooms of strong gamma sources under a thin roof: what the sky scatters back is not known beside them."""

from pathlib import Path

import pytest

from designs import box, check, checked, head, slabs, walls

SOURCE = """[[source]]
id = "hdr"
kind = "hdr_brachytherapy"
nuclide = "Ir-192"
activity = "370 GBq"
positions = [["3 m", "2 m", "1 m"]]
treatments_per_week = 30
time_per_treatment = "10 min"
safe = { position = ["1 m", "1 m", "1 m"], rate = "5 uSv/h" }
"""


STORE = """[[source]]
id = "cs"
kind = "source_store"
nuclide = "Cs-137"
activity = "37 GBq"
position = ["3 m", "2 m", "1 m"]
"""
GAUGE = STORE.replace("source_store", "gauge").replace("37 GBq", "5 GBq")
CONE = """[[source]]
id = "ir"
kind = "industrial_radiography"
nuclide = "Ir-192"
activity = "20 GBq"
position = ["1 m", "1 m", "0.5 m"]
shield = [{ material = "depleted_uranium", thickness = "80 mm" }]
[[source.exposure]]
id = "pipes"
positions = [["3 m", "2 m", "1 m"]]
per_week = 60
time = "6 min"
wind_out = "0 s"
collimator = { toward = ["%s m", "2 m", "2.5 m"], half_angle = "20 deg", attenuation = 1000, document = "survey" }
"""
PATIENTS = """[[source]]
id = "iodine"
kind = "nm_therapy"
nuclide = "I-131"
activity = "7.4 GBq"
position = ["3 m", "2 m", "1 m"]
patients_per_week = 1
stay = "60 h"
"""


@pytest.mark.parametrize(("roof", "known"), [("50", False), ("250", False), ("900", True)])
def test_skyshine_of_gamma_sources_is_told(tmp_path: Path, roof: str, known: bool) -> None:
    """370 GBq of Ir-192 give 8 uSv/h, a share of 3 % of which is 0.25 uSv/h, behind some 350 mm of concrete."""
    wall, above = (f'{{ material = "concrete", thickness = "{mm} mm" }}' for mm in ("800", roof))
    sides = walls(wall, ids=("w1", "w2", "w3", "w4"), w2='kind = "office", occupancy = 1')
    text = head("Hospital", "HDR", "VN-19-2012", methods=["srs47"]) + box(6, 4) + sides + slabs(above) + SOURCE
    output = check(tmp_path, text).output
    assert ("skyshine" not in output) == known


@pytest.mark.parametrize("source", [STORE, GAUGE, PATIENTS], ids=["store", "gauge", "patients"])
@pytest.mark.parametrize(("material", "mm", "known"), [("steel", 1, False), ("concrete", 500, True)])
def test_skyshine_of_every_gamma_source_is_told(
    tmp_path: Path, source: str, material: str, mm: int, known: bool
) -> None:
    """Stores, gauges and patients under sheet steel leave the office beside the room open, under concrete they do not.

    Before, places beside them passed with skyshine left out without a word.
    """
    wall, above = (f'{{ material = "{one}", thickness = "{t} mm" }}' for one, t in (("concrete", 900), (material, mm)))
    sides = walls(wall, ids=("w1", "w2", "w3", "w4"), w2='kind = "office", occupancy = 1')
    said = checked(tmp_path, head("Hospital", "Store", "VN-19-2012") + box(6, 4) + sides + slabs(above) + source)
    found = {each["outcome"] for each in said["findings"] if each["subject"] == "w2" and each["limit"] is not None}
    assert found == ({"pass"} if known else {"undetermined"})


@pytest.mark.parametrize(("toward", "known"), [("4.5", False), ("3", False), ("40", True)])
def test_a_cone_that_leaves_obliquely_is_told(tmp_path: Path, toward: str, known: bool) -> None:
    """Straight above the source a collimator holds back a thousandth: a cone aside of that passed unseen."""
    wall, above = (f'{{ material = "concrete", thickness = "{mm} mm" }}' for mm in (1500, 100))
    sides = walls(wall, ids=("w1", "w2", "w3", "w4"), w2='kind = "office", occupancy = 1')
    said = checked(tmp_path, head("Works", "Bunker", "VN-19-2012") + box(6, 4) + sides + slabs(above) + CONE % toward)
    found = {each["outcome"] for each in said["findings"] if each["subject"] == "w2" and each["limit"] is not None}
    assert found == ({"pass"} if known else {"undetermined"})
