"""Rooms of cobalt units, tubes of therapy and industry, industrial accelerators: by hand, properties, refusals."""

from collections.abc import Callable
from math import cos, dist, sin
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.cli import cli
from shieldcalc.errors import OutsideDataError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.build import scene_of
from shieldcalc.model.loader import load
from shieldcalc.physics.therapy import industrial_tube
from shieldcalc.physics.therapy.energy import Energy

EXAMPLES = Path(__file__).parents[2] / "examples"
POINT = '[[point]]\nid = "here"\nposition = ["{} m", "{} m", "{} m"]\nbeyond = {{ kind = "office" }}\n\n[[source]]\n'
Changes = tuple[tuple[str, str], ...]


def written(tmp_path: Path, name: str, *changes: tuple[str, str]) -> Path:
    text = (EXAMPLES / f"{name}.toml").read_text("utf-8")
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = tmp_path / "room.toml"
    path.write_text(text, "utf-8")
    return path


def dose_in(path: Path, method: str, quantity: str) -> Callable[[tuple[float, float, float]], float]:
    found = plugins.method(method).dose_field
    assert found is not None
    return found(scene_of(load(str(path), plugins.catalog())), quantity)


def week(path: Path, method: str, at: tuple[float, float, float]) -> float:
    return dose_in(path, method, "air_kerma_week_mGy")(at)


def assessed(path: Path) -> Assessment:
    return assess(load(str(path), plugins.catalog()))


def check(path: Path) -> Any:
    return CliRunner().invoke(cli, ["check", str(path)])


# SRS 47, 6.1.4: 384 Gy/week at 1 m (600 Gy at 0.8 m), 218 mm of concrete a tenth value layer; by hand to rounding.
def test_cobalt_in_the_primary_beam_by_hand(tmp_path: Path) -> None:
    path, at = written(tmp_path, "co60_teletherapy_room"), (9.3, 4.0, 1.3)
    primary = 384e3 * 0.213 * 10 ** (-2000 / 218) / 6.6**2
    leaks = 384e3 * 1e-3 * 10 ** (-2000 / 218) / 5.8**2 + 0.02 * 168 * 10 ** (-2000 / 218) / 5.8**2
    found = week(path, "srs47", at)
    assert primary + leaks < found < (primary + leaks) * 1.6  # the rest: scatter at 10 degrees


def test_cobalt_at_rest_counts_in_every_hour_of_the_week(tmp_path: Path) -> None:
    at = (3.5, -1.5, 1.3)
    plain = week(written(tmp_path, "co60_teletherapy_room"), "srs47", at)
    more = week(written(tmp_path, "co60_teletherapy_room", ("0.02 mGy/h", "1 mGy/h")), "srs47", at)
    heads = [(3.5 + 0.8 * sin(k / 100), 4.0, 1.3 + 0.8 * cos(k / 100)) for k in range(629)]  # wherever it is parked
    expected = 0.98 * 168 * 10 ** (-1100 / 218) / min(dist(at, head) for head in heads) ** 2
    assert more - plain == pytest.approx(expected, rel=1e-4)


# SRS 47, 7.2.1.1: 250 kV, 98 mm of concrete a tenth value layer; 0.045 * 900 * 100 mGy at 1 m a week.
def test_orthovoltage_in_the_primary_beam_by_hand(tmp_path: Path) -> None:
    at = (-0.8, 2.7, 1.3)
    path = written(tmp_path, "orthovoltage_room")
    W, B = 0.18 * 0.25 * 15 * 60 * 100, 10 ** (-500 / 98)
    found = week(path, "srs47", at)
    primary = W * 0.25 * B / 3.5**2
    assert primary < found < primary * 1.1  # leakage and scatter backwards
    assert week(path, "ncrp49", at) < found  # 94 mm


LESS: dict[str, tuple[str, str, tuple[float, float, float], Changes]] = {
    "cobalt, thicker": ("co60_teletherapy_room", "srs47", (9.5, 4, 1.3), (("2000 mm", "2100 mm"),)),
    "cobalt, smaller field": ("co60_teletherapy_room", "srs47", (3.5, 10, 1.3), (('"35 cm"', '"20 cm"'),)),
    "cobalt, fewer grays": ("co60_teletherapy_room", "srs47", (3.5, 10, 1.3), (("600 Gy", "500 Gy"),)),
    "orthovoltage, smaller field": ("orthovoltage_room", "srs47", (6, 2.5, 1.3), (("225 cm2", "100 cm2"),)),
    "orthovoltage, fewer": ("orthovoltage_room", "ncrp49", (6, 2.5, 1.3), (("per_week = 100", "per_week = 50"),)),
    "simulator, thicker": ("simulator_room", "srs47", (7, 2.5, 1.3), (("200 mm", "250 mm"),)),
    "industry, thicker": ("industrial_xray_room", "gbzt250", (3, 6, 1.3), (("650 mm", "700 mm"),)),
    "industry, smaller field": ("industrial_xray_room", "ncrp49", (3, 6, 1.3), (("1300 cm2", "400 cm2"),)),
    "accelerator, thicker": ("industrial_linac_room", "ncrp151", (5, 10, 2), (("1550 mm", "1700 mm"),)),
    "accelerator, fewer grays": ("industrial_linac_room", "ncrp151", (5, 10, 2), (("2000 Gy", "1000 Gy"),)),
}


@pytest.mark.parametrize("case", LESS)
def test_less_radiation_or_more_wall_never_raises_a_dose(case: str, tmp_path: Path) -> None:
    name, method, at, changes = LESS[case]
    assert week(written(tmp_path, name, *changes), method, at) < week(written(tmp_path, name), method, at)


@pytest.mark.parametrize(("name", "method"), [(each[0], each[1]) for each in LESS.values()])
def test_farther_away_there_is_less(name: str, method: str, tmp_path: Path) -> None:
    field = dose_in(written(tmp_path, name), method, "air_kerma_week_mGy")
    doses = [field((3.0, 12.0 + step, 1.5)) for step in range(6)]
    assert doses == sorted(doses, reverse=True)


def test_without_a_stated_output_no_rule_passes(tmp_path: Path) -> None:
    path = written(tmp_path, "industrial_xray_room", ('output = [{ kv = "300 kV"', '# output = [{ kv = "300 kV"'))
    found = assessed(path)
    assert all(each.outcome != "pass" for each in found.findings if each.dose_rule and each.subject == "north")
    assert "GBZ/T 250-2014 Table B.1" in check(path).stdout.replace("\n", " ")


def test_below_4_MV_no_rule_passes(tmp_path: Path) -> None:
    found = assessed(written(tmp_path, "industrial_linac_room", ('mv = "6 MV"', 'mv = "2 MV"')))
    assert all(each.outcome != "pass" for each in found.findings if each.dose_rule and each.subject == "north")


@pytest.mark.parametrize(
    ("name", "old", "new", "said"),
    [
        ("co60_teletherapy_room", 'dose_rate = "2', 'mv = "6 MV"\ndose_rate = "2', "mv"),
        ("co60_teletherapy_room", 'leakage_off = "0.02 mGy/h"', "", "leakage_off"),
        ("orthovoltage_room", "output = [", "filtration = '3 mmAl' #", "output"),
        ("orthovoltage_room", 'kv = "250 kV"\nper_week', 'kv = "280 kV"\nper_week', "280"),
        ("industrial_xray_room", 'kv = "300 kV", current = "5 mA" }', 'kv = "450 kV", current = "5 mA" }', "kV"),
        ("industrial_linac_room", "use_factor = 1.0", "use_factor = 0.5", "use_factor"),
        ("industrial_linac_room", 'mv = "6 MV"', 'mv = "0.2 MV"', "0.5"),
        ("orthovoltage_room", 'methods = ["srs47"]', 'methods = ["ncrp151"]', "orthovoltage"),
        (
            "industrial_linac_room",
            'toward = "west"',
            'toward = "west"\nstopped_by_receptor = true',
            "stopped_by_receptor",
        ),
        (
            "industrial_xray_room",
            'toward = "west"',
            'toward = "west"\nstopped_by_receptor = true',
            "stopped_by_receptor",
        ),
    ],
)
def test_what_cannot_be_is_refused(name: str, old: str, new: str, said: str, tmp_path: Path) -> None:
    result = check(written(tmp_path, name, (old, new)))
    assert result.exit_code == 2
    assert said in result.stderr


def test_an_open_site_says_how_far_limits_reach() -> None:
    found = assessed(EXAMPLES / "xray_open_site.toml")
    reach = {(each.limit_of, each.situation): each.distance_m for each in found.reaches}
    leakage, F, d = 2000.0, 100 * (0.6 / 0.5) ** 2, 0.6
    scatter = 1.7 * 0.0019 * 0.275 * 5 * 3600e3 * F / 400 / d**2
    assert reach["controlled", "outside_beam"] == pytest.approx((1.77 * (leakage + scatter) / 15) ** 0.5, rel=1e-3)
    assert reach["controlled", "beam"] > reach["controlled", "outside_beam"]


def test_tubes_above_400_kv_scatter_at_least_as_both_their_neighbours() -> None:
    """500 kV: 1.7 x 0.0019 of 400 kV sideways and backwards, cobalt's fraction forwards; nothing above 1 MV."""
    for angle, wanted in ((10.0, 0.011), (90.0, 1.7 * 0.0019), (180.0, 1.7 * 0.0019)):
        assert industrial_tube.hard_fraction(Energy(kV=500.0), angle).a == pytest.approx(wanted)
        assert industrial_tube.hard_fraction(Energy(kV=400.0), angle).a == pytest.approx(1.7 * 0.0019)
    with pytest.raises(OutsideDataError, match="1000"):
        industrial_tube.hard_fraction(Energy(kV=1001.0), 90.0)
