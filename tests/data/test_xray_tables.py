"""The tables of data/xray: their heads, counts, first and last rows as printed, sums, and the shape of every fit."""

from collections import Counter
from itertools import pairwise
from math import log
from os import listdir

import pytest

from shieldcalc.beams.rows import A1, B1, BIR, C1, Row, printed
from shieldcalc.beams.shapes import Between
from shieldcalc.resources import data_path
from shieldcalc.tables import REQUIRED, table

FITS = [row for name in (A1, B1, C1, BIR) for row in printed(name)]
TABLES = sorted(
    f"{folder}/{name}" for folder in ("xray", "materials") for name in listdir(data_path(folder)) if name[-4:] == ".csv"
)
# printed Wnorm, Tables 4.2 and 4.3, and the number of its printed digits after the point
WNORM = {
    "rad_room_all_barriers": (2.5, 1),
    "rad_room_chest_bucky": (0.60, 2),
    "rad_room_floor_or_other": (1.9, 1),
    "fluoroscopy_tube_rf_room": (13, 0),
    "rad_tube_rf_room": (1.5, 1),
    "chest_room": (0.22, 2),
    "mammography_room": (6.7, 1),
    "cardiac_angiography": (160, 0),
    "peripheral_angiography": (64, 0),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_table_says_where_it_comes_from(name: str) -> None:
    meta = table(name).meta
    assert [key for key in REQUIRED if not meta.get(key)] == []
    assert len(table(name).rows) == len({tuple(row.values()) for row in table(name).rows}), "a row stands twice"


@pytest.mark.parametrize(("name", "count"), [(A1, 146), (B1, 54), (C1, 96), (BIR, 49)])
def test_number_of_rows(name: str, count: int) -> None:
    assert len(list(printed(name))) == count
    assert max(Counter(row[:4] for row in printed(name)).values()) == 1


# Typed from the printed pages, not from the files: first and last rows, and where copies are known to slip.
@pytest.mark.parametrize(
    ("name", "material", "key", "component", "parameters"),
    [
        (A1, "lead", "25", "primary", (49.52, 194, 0.3037)),
        (A1, "lead", "75", "primary", (4.666, 22.69, 0.6618)),
        (A1, "lead", "150", "primary", (1.757, 5.177, 0.3156)),
        (A1, "concrete", "40", "primary", (0.1297, 0.178, 0.2189)),
        (A1, "steel", "25", "primary", (9.364, 41.25, 0.3202)),
        (A1, "wood", "150", "primary", (0.00602, -0.001752, 1.483)),
        (B1, "lead", "rad_room_all_barriers", "primary", (2.346, 15.9, 0.4982)),
        (B1, "lead", "mammography_room", "primary", (30.6, 177.6, 0.3308)),
        (B1, "concrete", "rad_room_chest_bucky", "primary", (0.03552, 0.1177, 0.6007)),
        (B1, "wood", "peripheral_angiography", "primary", (0.008103, 0.000844, 0.9754)),
        (C1, "lead", "30", "secondary", (38.79, 180, 0.356)),
        (C1, "lead", "100", "secondary", (2.507, 15.33, 0.9124)),
        (C1, "concrete", "70", "secondary", (0.0509, 0.1697, 0.3849)),
        (C1, "concrete", "140", "secondary", (0.0336, 0.0122, 0.519)),
        (BIR, "brick", "125", "primary", (0.0287, 0.067, 1.346)),
        (BIR, "barium_plaster", "150", "primary", (0.172, 0.103, 0.475)),
    ],
)
def test_spot_values(name: str, material: str, key: str, component: str, parameters: tuple[float, ...]) -> None:
    found = [row for row in printed(name) if (row.material, row.key, row.component) == (material, key, component)]
    assert [tuple(row.shape) for row in found] == [parameters]


@pytest.mark.parametrize("row", FITS, ids=lambda row: f"{row.material}-{row.key}-{row.component}-{row.table[5:8]}")
def test_every_fit_falls(row: Row) -> None:
    alpha, beta, gamma = row.shape
    assert alpha > 0
    assert gamma > 0
    assert beta / alpha > -1
    assert row.shape.log_transmission(0) == 0
    depths = [row.shape.log_transmission(10**power) for power in range(-6, 7)]
    assert all(deeper < log_b for log_b, deeper in pairwise(depths))


@pytest.mark.parametrize("workload", WNORM)
def test_columns_of_table_4_2_sum_to_wnorm(workload: str) -> None:
    printed_sum, digits = WNORM[workload]
    total = sum(float(row[workload]) for row in table("xray/ncrp147_table_4_2_workload.csv").rows)
    assert round(total, digits) == pytest.approx(printed_sum)
    listed = next(table("xray/ncrp147_table_4_3_totals.csv").where(workload=workload))
    assert float(listed["wnorm_mA_min_per_patient"]) == printed_sum


def test_table_4_7_adds_up() -> None:
    """Leakage plus scatter, each printed with two figures, within the rounding of both."""
    for row in table("xray/ncrp147_table_4_7_secondary_kerma.csv").rows:
        leakage, side, leak_side, fb, leak_fb = (
            float(row[name]) for name in ("leakage", "side", "leak_side", "fb", "leak_fb")
        )
        assert leakage + side == pytest.approx(leak_side, rel=0.05)
        assert leakage + fb == pytest.approx(leak_fb, rel=0.05)


def _left_out() -> list[tuple[Row, Row, Row]]:
    found = []
    for material in ("lead", "concrete", "gypsum", "steel", "plate_glass", "wood"):
        rows = [row for row in printed(A1) if row.material == material]
        triples = zip(rows, rows[1:], rows[2:], strict=False)
        found += [triple for triple in triples if triple[0].molybdenum == triple[2].molybdenum]
    return found


@pytest.mark.parametrize("rows", _left_out(), ids=lambda rows: f"{rows[1].material}-{rows[1].key}")
def test_a_left_out_row_comes_back_from_its_neighbours(rows: tuple[Row, Row, Row]) -> None:
    """Thickness within 3 % (the worst is steel at 75 kV, 2.1 %): no row of Table A.1 is an outlier."""
    low, middle, high = rows
    between = Between(low.shape, high.shape, (middle.kv - low.kv) / (high.kv - low.kv), geometric=True)
    for transmission in (0.5, 0.3, 0.1, 0.03, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6):
        wanted = middle.shape.thickness_mm(log(transmission))
        assert between.thickness_mm(log(transmission)) == pytest.approx(wanted, rel=0.03)


def test_harder_beams_need_more_brick_and_plaster() -> None:
    """BIR rows; barium plaster from 75 kV on, since 50 kV lies largely below the K edge of barium (37 keV)."""
    for material, least in (("brick", 50), ("barium_plaster", 75)):
        rows = [row for row in printed(BIR) if row.material == material and row.kv >= least]
        for transmission in (0.1, 1e-2, 1e-3, 1e-4, 1e-5):
            needed = [row.shape.thickness_mm(log(transmission)) for row in rows]
            assert needed == sorted(needed)


def test_vendor_rows_are_marked_and_never_a_source() -> None:
    vendor = table("xray/barium_plaster_vendor.csv")
    assert {row["unverified"] for row in vendor.rows} == {"true"}
    for material in table("materials/shielding.csv").rows:
        assert vendor.name not in material["tables"]
