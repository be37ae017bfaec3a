"""A PET/CT room: X-rays of the CT part and patients of the PET part at every place together."""

import json
from math import exp, log
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli

ROOM = Path(__file__).parents[2] / "examples" / "pet_ct_room.toml"


def points(text: str, tmp_path: Path) -> dict[str, dict[str, Any]]:
    file = tmp_path / "room.toml"
    file.write_text(text, "utf-8")
    found = json.loads(CliRunner().invoke(cli, ["check", str(file), "--json", "-"]).stdout)
    return {each["id"]: each for each in found["points"]}


def test_the_office_above_by_hand(tmp_path: Path) -> None:
    """AAPM TG-108: 0.092 A v F_U N t R(t) B / d2 with B = 0.0194 of 30 cm of concrete (Table IV), 3.0 m above."""
    both = points(ROOM.read_text("utf-8"), tmp_path)["ceiling"]
    assert both["position_m"] == pytest.approx([4.0, 2.7, 4.0], abs=0.02)
    half, uptake, stay = 110 / 60, 1.0, 25 / 60
    R = half / (log(2) * stay) * (1 - exp(-log(2) * stay / half))
    by_patients = 0.092 * 370 * 0.85 * exp(-log(2) * uptake / half) * 30 * stay * R * 0.0194 / 3.0**2 / 1000
    by_ct = 1.77 * sum(each["air_kerma"]["week_mGy"] for each in both["components"] if each["source"] == "ct")
    assert both["doses"]["h10_week_mSv"] == pytest.approx(by_patients + by_ct, rel=0.02)


def test_the_room_is_the_sum_of_its_two_parts(tmp_path: Path) -> None:
    text = ROOM.read_text("utf-8")
    head, ct, patients = _parts(text)
    by_hand = '[[point]]\nid = "desk"\nposition = ["8.6 m", "3.4 m", "1.0 m"]\nbeyond = { kind = "control_room" }\n'
    rooms = [f"{head}{by_hand}{part}" for part in (ct + patients, ct, patients)]
    rooms[2] = rooms[2].replace('methods = ["ncrp147"]', 'methods = ["tg108"]')
    both, alone, other = (points(room, tmp_path)["desk"]["doses"] for room in rooms)
    for quantity in ("h10_week_mSv", "h10_hour_uSv", "h10_beam_on_uSv_per_h", "h10_year_mSv", "air_kerma_week_mGy"):
        assert both[quantity] == pytest.approx(alone[quantity] + other[quantity], rel=1e-9), quantity


def _parts(text: str) -> list[str]:
    """Return the file up to its sources, the CT source, the patients."""
    head, ct, patients = text.split("[[source]]")
    return [head, f"[[source]]{ct}", f"[[source]]{patients}"]
