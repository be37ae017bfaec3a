"""An open site with an X-ray tube and a gamma source: limits reach as far as both together do."""

from pathlib import Path
from typing import Any

import pytest

from designs import checked
from sites import CONE, exposure, open_site, reaches

LIMITS = '\n[[room.boundary]]\nid = "moment"\nlimit = "7.5 uSv/h"\n'
TUBE = """
[[source]]
id = "tube"
kind = "industrial_xray"
maximum_technique = { kv = "250 kV", current = "5 mA" }
output = [{ kv = "250 kV", air_kerma = "0.275 mGy/mAs" }]
leakage = { rate = "2 mGy/h", kv = "250 kV", current = "5 mA" }
[[source.beam]]
id = "down"
focus = ["0 m", "5 m", "1.4 m"]
patient = ["0 m", "5 m", "0.8 m"]
toward = ["0 m", "5 m", "0.01 m"]
field = { area = "100 cm2", at = "50 cm" }
[[source.protocol]]
id = "welds"
beam = "down"
kv = "250 kV"
per_week = 50
in_busiest_hour = 10
current = "5 mA"
time = "60 s"
"""


def said(folder: Path, *, gamma: bool, tube: bool) -> dict[str, Any]:
    text = open_site("", exposure() + CONE).replace('height = "6 m"\n', 'height = "6 m"\n' + LIMITS)
    if tube:
        text = text.replace('["point_kernel"]', '["gbzt250"]') + TUBE
    if not gamma:
        start, end = text.index("[[source]]"), text.rindex("[[source]]")
        text = text[:start] + text[end:]
    return checked(folder, text)


def test_a_limit_reaches_as_far_as_both_together(tmp_path: Path) -> None:
    """The boundaries were the tube's alone: a source in its cone, bare on its way, stood inside them."""
    gamma, tube, both = (
        said(tmp_path, gamma=g, tube=t) for g, t in ((True, False), (False, True), (True, True))
    )  # fmt: skip
    of_gamma, of_tube, found = (reaches(each, "moment") for each in (gamma, tube, both))
    assert set(found) == {"beam", "outside_beam", "wind_out", "at_rest"}
    for name, far in found.items():
        square = of_gamma[name] ** 2 + of_tube["beam" if name == "beam" else "outside_beam"] ** 2
        assert far == pytest.approx(square**0.5, rel=2e-3)
    (known,) = both["methods"][0]["containers"]
    (alone,) = gamma["methods"][0]["containers"]
    assert known["at_1m_uSv_per_h"] == pytest.approx(alone["at_1m_uSv_per_h"])
    assert "warnings.therapy_open_site" in {each["code"] for each in both["methods"][0]["notices"]}
