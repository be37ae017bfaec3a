"""Published transmissions and equivalents: RPII 09/01 Tables C.1 and C.2, Chinese CT equivalents, NCRP 147 examples."""

from math import log

import pytest

from shieldcalc.beams import Beam, Layer, lead_equivalent_mm, log_transmission, thickness_mm
from shieldcalc.tables import table

C1_75 = table("xray/bir_table_c1_75kvp.csv").rows
C2 = table("xray/bir_two_mm_lead.csv").rows
# Table C.1 repeats the 1.80 mm row here; the fits give 337 and 1065 mm.
MISPRINTS = {("1.32", "gypsum"): 337, ("1.32", "wood"): 1065}


@pytest.mark.parametrize("row", C1_75, ids=lambda row: row["lead_mm"])
def test_rpii_table_c1_transmission(row: dict[str, str]) -> None:
    """Two printed figures: 5 % covers their rounding (1.5e-4 is any of 1.45e-4 to 1.55e-4)."""
    found = log_transmission(Beam(key="75"), [Layer("lead", float(row["lead_mm"]))])
    assert found.transmission == pytest.approx(float(row["transmission"]), rel=0.05)


@pytest.mark.parametrize("material", ["steel", "concrete", "brick", "plate_glass", "gypsum", "wood", "barium_plaster"])
@pytest.mark.parametrize("row", C1_75, ids=lambda row: row["lead_mm"])
def test_rpii_table_c1_thickness(row: dict[str, str], material: str) -> None:
    """Within 1 mm, the printed unit. Brick has no row at 75 kV here: 5 % between its rows of 70 and 90 kV."""
    through = log_transmission(Beam(key="75"), [Layer("lead", float(row["lead_mm"]))]).transmission
    published = MISPRINTS.get((row["lead_mm"], material), float(row[material]))
    tolerance = 0.05 * published if material == "brick" else 1.0
    assert thickness_mm(Beam(key="75"), material, through)[0] == pytest.approx(published, abs=tolerance)


@pytest.mark.parametrize("row", C2, ids=lambda row: row["kvp"])
def test_rpii_table_c2(row: dict[str, str]) -> None:
    """Materials equal to 2 mm of lead within 1.1 mm, the printed unit; 75 kV brick by interpolation within 5 %.

    30 kV is left out beyond lead: there steel, gypsum and glass are those of Table C.1, at B = 1e-36.
    """
    beam = Beam(key=row["kvp"])
    through = log_transmission(beam, [Layer("lead", 2)])
    assert through.transmission == pytest.approx(float(row["transmission"]), rel=0.06)
    if row["kvp"] == "30":
        return
    for material in ("steel", "barium_plaster", "concrete", "brick", "plate_glass", "gypsum", "wood"):
        if row[material]:
            published = float(row[material])
            tolerance = 0.05 * published if (material, row["kvp"]) == ("brick", "75") else 1.1
            mm = thickness_mm(beam, material, through.transmission)[0]
            assert mm == pytest.approx(published, abs=tolerance), material


@pytest.mark.parametrize(("concrete_mm", "published", "check"), [(110, 1.1, 1.07), (120, 1.2, 1.19), (180, 2.0, 1.98)])
def test_chinese_ct_equivalents(concrete_mm: float, published: float, check: float) -> None:
    """CT 140 kV, printed with one decimal."""
    lead = lead_equivalent_mm(Beam(key_type="ct", key="140", component="secondary"), [Layer("concrete", concrete_mm)])
    assert lead == pytest.approx(published, abs=0.05)
    assert lead == pytest.approx(check, rel=0.02)


def test_apron_at_125_kv() -> None:
    """0.5 mm of lead stops 93 % of 125 kV scatter (GBZ 130-2020 Annex C.1.2, as quoted)."""
    found = log_transmission(Beam(key="125", component="secondary"), [Layer("lead", 0.5)])
    assert found.transmission == pytest.approx(0.0737, rel=0.02)


@pytest.mark.parametrize(
    ("beam", "material", "transmission", "mm"),
    [
        (Beam(key="120"), "lead", 3.467e-4, 2.357),  # RPII 09/01, example 2
        (Beam(key="125"), "lead", 3.467e-4, 2.360),
        (Beam(key="100", component="secondary"), "lead", 0.10302, 0.298),  # example 3
        (Beam(key="100", component="secondary"), "concrete", 0.10302, 26.5),
        (Beam(key="70"), "lead", 0.05769, 0.188),  # example 4
        (Beam(key="100"), "lead", 1.25e-3, 1.656),  # NCRP 147, 6.3.3.1
        (Beam(key="100", component="secondary"), "lead", 1.36e-2, 0.907),  # 6.3.3.4
        (Beam(key_type="ct", key="120", component="secondary"), "lead", 6.47e-3, 1.335),  # 5.6
        (Beam(key_type="ct", key="140", component="secondary"), "lead", 3.903e-3, 1.548),  # 5.6.1
        (Beam(key_type="workload", key="cardiac_angiography", component="secondary"), "lead", 3.37e-3, 1.335),  # 5.1
        (Beam(key_type="workload", key="chest_room", component="secondary"), "lead", 0.11, 0.42),  # 5.2
        (Beam(key_type="workload", key="rad_room_floor_or_other"), "concrete", 5.1e-4, 107),  # 5.3.1.1
        (Beam(key_type="workload", key="mammography_room", component="secondary"), "gypsum", 1.7e-2, 9.9),  # 5.5
        (Beam(key_type="workload", key="mammography_room", component="secondary"), "wood", 0.13, 41),  # 5.5
    ],
)
def test_worked_examples(beam: Beam, material: str, transmission: float, mm: float) -> None:
    """Within 2 %: the printed transmissions have two or three figures."""
    assert thickness_mm(beam, material, transmission)[0] == pytest.approx(mm, rel=0.02)


def test_transmission_behind_a_workload_sheet() -> None:
    """NCRP 147, 6.3.3.1: 1.66 mm of lead let 9.3e-4 of the chest bucky distribution through."""
    found = log_transmission(Beam(key_type="workload", key="rad_room_chest_bucky"), [Layer("lead", 1.66)])
    assert found.log_transmission == pytest.approx(log(9.31e-4), abs=0.02)
