"""Rooms of strong gamma sources under a thin roof: what the sky scatters back is not known beside them."""

from pathlib import Path

import pytest

from designs import box, check, head, slabs, walls

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


@pytest.mark.parametrize(("roof", "known"), [("50", False), ("250", False), ("900", True)])
def test_skyshine_of_gamma_sources_is_told(tmp_path: Path, roof: str, known: bool) -> None:
    """370 GBq of Ir-192 give 8 uSv/h, a share of 3 % of which is 0.25 uSv/h, behind some 350 mm of concrete."""
    wall, above = (f'{{ material = "concrete", thickness = "{mm} mm" }}' for mm in ("800", roof))
    sides = walls(wall, ids=("w1", "w2", "w3", "w4"), w2='kind = "office", occupancy = 1')
    text = head("Hospital", "HDR", "VN-19-2012", methods=["srs47"]) + box(6, 4) + sides + slabs(above) + SOURCE
    output = check(tmp_path, text).output
    assert ("skyshine" not in output) == known
