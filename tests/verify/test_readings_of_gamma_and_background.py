"""Readings beside sealed sources, and beside the natural background that only readings can show."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from test_verify_command import HONEST, change, codes, verified

import shieldcalc

GAUGE = Path(__file__).parents[2] / "examples" / "cs137_gauge.toml"
CLAIMS = """format = 1
[submission]
applicant = "A user of gauges"
designs = ["room.toml"]
[[instrument]]
id = "m"
make = "M"
model = "S"
serial = "1"
shows = "h10"
calibrated = 2025-05-01
factor = 1.0
response_time = "2 s"
uncertainty = 0.2
energy_low = "50 keV"
energy_high = "1.5 MeV"
[[survey]]
file = "survey.csv"
"""


@pytest.fixture(scope="module")
def computed() -> float:
    """Return H*(10) in uSv/h behind the south wall on the day of the file."""
    found = shieldcalc.compute(shieldcalc.load(str(GAUGE)))
    names = next(each.points for each in found.barriers if each.barrier == "south")
    return max(at.doses.h10_beam_on_uSv_per_h or 0.0 for at in found.points if at.point.id in names)


def _read(folder: Path, rows: list[str], claims: str = CLAIMS) -> dict[str, Any]:
    shutil.copy(GAUGE, folder / "room.toml")
    (folder / "claims.toml").write_text(claims, "utf-8")
    head = "id,at,instrument,date,reading,background,time"
    (folder / "survey.csv").write_text("\n".join([head, *rows]) + "\n", "utf-8")
    found = verified(folder)
    return {each["id"]: each for each in found["designs"][0]["readings"]}


def test_a_gamma_reading_needs_no_technique_and_decays_to_its_day(tmp_path: Path, computed: float) -> None:
    rows = [
        f"same,south,m,2025-06-30,{computed} uSv/h,0 uSv/h,",
        f"earlier,south,m,2025-05-15,{computed} uSv/h,0 uSv/h,",
        f"dose,south,m,2025-06-30,{computed / 60} uSv,0 uSv,1 min",
        f"three,south,m,2025-06-30,{3 * computed} uSv/h,0 uSv/h,",
        f"old,south,m,2024-06-30,{computed} uSv/h,0 uSv/h,",
    ]
    found = _read(tmp_path, rows)
    assert found["same"]["ratio"] == pytest.approx(1, rel=1e-6)
    assert found["dose"]["ratio"] == pytest.approx(1, rel=1e-6)
    assert found["earlier"]["ratio"] == pytest.approx(0.5 ** (46 / (30.17 * 365.25)), rel=1e-5)
    assert (found["three"]["status"], found["old"]["status"]) == ("above", "not_counted")


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ('energy_low = "50 keV"\n', "", "energy_low"),
        ('energy_high = "1.5 MeV"', 'energy_high = "300 keV"', "Cs-137"),
        ("factor = 1.0", "factor = 0.01", "0.01"),
    ],
)
def test_a_meter_must_be_calibrated_for_what_it_measures(tmp_path: Path, before: str, after: str, said: str) -> None:
    found = _read(tmp_path, ["r,south,m,2025-06-30,1 uSv/h,0 uSv/h,"], CLAIMS.replace(before, after))
    assert found["r"]["status"] == "not_counted"
    assert any(said in why["text"] for why in found["r"]["why"])


def test_a_reading_after_the_submission_is_asked_about(tmp_path: Path) -> None:
    claims = CLAIMS.replace("applicant =", "date = 2025-06-20\napplicant =")
    _read(tmp_path, ["r,south,m,2025-06-25,1 uSv/h,0 uSv/h,"], claims)
    assert "after_submission" in codes(verified(tmp_path), "query")


def test_a_background_that_is_no_background_hides_nothing(tmp_path: Path) -> None:
    found = _read(tmp_path, ["r,south,m,2025-06-30,12 uSv/h,12 uSv/h,"])
    assert found["r"]["status"] == "not_counted"


@pytest.fixture
def beside_homes(tmp_path: Path) -> Path:
    """Return the honest CT submission in a residential area, without its manifest."""
    folder = tmp_path / "s"
    shutil.copytree(HONEST, folder)
    (folder / "manifest.sha256").unlink()
    return change(folder, "room.toml", "in_residential_area = false", "in_residential_area = true")


def _survey(folder: Path, reading: float, time: float = 20) -> dict[str, Any]:
    path = folder / "survey.csv"
    head = path.read_text("utf-8").splitlines()[0]
    dlp = 1200 if time == 20 else 1.2
    row = f"r,south,survey_meter,2025-06-10,{reading} uSv/h,0.12 uSv/h,scanner,head,120 kV,{dlp} mGy*cm,{time} s,head"
    path.write_text(f"{head}\n{row}\n", "utf-8")
    return verified(folder)


@pytest.mark.parametrize(
    ("reading", "weight", "code"),
    [
        (0.125, "accept_with_conditions", "background_kept"),
        (0.16, "query", "background_open"),
        (0.30, "reject", "background_broken"),
    ],
)
def test_readings_decide_what_no_calculation_can(beside_homes: Path, reading: float, weight: str, code: str) -> None:
    found = _survey(beside_homes, reading)
    assert code in codes(found, weight)
    assert (found["outcome"] == "reject") == (weight == "reject")
    undecided = {each["subject"] for each in found["reasons"] if each["code"].endswith(".undetermined")}
    assert "south" not in undecided
    assert undecided, "places without a reading stay open"


def test_a_weak_technique_shows_nothing(beside_homes: Path) -> None:
    """At a thousandth of the dose-length product a second the background hides what the rule forbids."""
    found = _survey(beside_homes, 0.125, time=20.1)
    assert "background_open" in codes(found, "query")
    assert "measured_hides" in codes(found, "query")


def test_noise_of_the_background_accuses_nobody(beside_homes: Path) -> None:
    """A reading that cannot be told from the background is never said to be above the calculation."""
    found = _survey(change(beside_homes, "room.toml", "= true", "= false"), 0.14, time=20.1)
    reading = found["designs"][0]["readings"][0]
    assert reading["status"] != "above"
    assert reading["hidden"] > reading["ratio"]
    assert not {"reading_above", "measured_fails"} & (codes(found, "query") | codes(found, "reject"))
