"""Bremsstrahlung that no dose counts leaves a limit open behind lead that stops the photons of its source."""

from pathlib import Path

import pytest
from stores import room, source, told

ALL_PASS, ALL_OPEN = {"pass"}, {"undetermined"}


def outcomes(nuclide: str, activity: str, lead_mm: int, folder: Path) -> set[str]:
    """Return the outcomes at the wall, of rules about its dose."""
    text = room(source(nuclide, activity=activity).replace('"5 mm"', f'"{lead_mm} mm"'))
    return {each["outcome"] for each in told(folder, text)["findings"] if each["subject"] == "w2"}


@pytest.mark.parametrize(
    ("nuclide", "activity", "lead_mm", "wanted"),
    [
        ("Ce-141", "37 TBq", 12, ALL_OPEN),  # 145 keV are gone there: 6e-9 mSv a year without its betas of 580 keV
        ("Lu-177", "7.4 TBq", 15, ALL_OPEN),
        ("Sc-47", "3.7 TBq", 10, ALL_OPEN),
        ("Lu-177", "74 MBq", 15, ALL_PASS),  # with the whole bound far below every limit
        ("Cs-137", "3.7 MBq", 100, ALL_PASS),
        ("Ir-192", "37 MBq", 50, ALL_PASS),
    ],
)
def test_only_where_the_bound_could_break_a_limit(
    nuclide: str, activity: str, lead_mm: int, wanted: set[str], tmp_path: Path
) -> None:
    assert outcomes(nuclide, activity, lead_mm, tmp_path) == wanted


def test_what_is_not_counted_is_named(tmp_path: Path) -> None:
    found = told(tmp_path, room(source("Ce-141", activity="37 TBq").replace('"5 mm"', '"12 mm"')))
    reasons = [each["reason"] for each in found["findings"] if each["subject"] == "w2"]
    assert {(each["code"], each["source"]) for each in reasons} == {("findings.bremsstrahlung_uncounted", "s")}


def test_rates_around_a_container_too(tmp_path: Path) -> None:
    text = room(source("Ce-141", kind="waste_store", activity="37 TBq")).replace("VN-19-2012", "CN-HJ1258-2022")
    for lead_mm, wanted in ((12, ALL_OPEN), (250, ALL_PASS)):
        found = told(tmp_path, text.replace('"5 mm"', f'"{lead_mm} mm"', 1))
        assert {each["outcome"] for each in found["findings"] if each["subject"] == "s"} == wanted, lead_mm


def test_from_the_room_beside_too(tmp_path: Path) -> None:
    """Ce-141 in the room at the west: behind its own lead and wall it leaves the limits of the next room open."""
    cerium = source("Ce-141", activity="3.7 PBq").replace('"5 mm"', '"12 mm"').replace('"1 m", "2 m"', '"5 m", "2 m"')
    cobalt = source("Co-60", activity="37 kBq")
    rooms = ""
    for name, own, at in (("a", cerium, "0 m"), ("b", cobalt, "6.4 m")):
        (tmp_path / f"{name}.toml").write_text(room(own), "utf-8")
        rooms += f'[[room]]\nid = "{name}"\nfile = "{name}.toml"\nat = ["{at}", "0 m", "0 m"]\n'
    identity = 'format = 1\n[identity]\nfacility = "Works"\nsite = "Stores"\nauthor = "Officer"\n'
    _, beside = told(tmp_path, identity + rooms)["rooms"]
    findings = [each for each in beside["check"]["findings"] if each["subject"] == "w2"]
    assert {each["outcome"] for each in findings} == ALL_OPEN
    assert {each["reason"]["source"] for each in findings} == {"a/s"}
