"""A roof that nobody reaches: computed 0.3 m above it, judged by the rules on such roofs alone."""

from pathlib import Path

import pytest
from linac_rooms import check, room

from shieldcalc.errors import InputError

ABOVE = '{ kind = "outdoors", occupancy = 0.05, storey_height = "3 m" }'
ROOF = '{ kind = "unreached_roof", name = "bare roof" }'


def text(instrument: str, roof: str = ROOF) -> str:
    return room().replace("US-NCRP151", instrument).replace(ABOVE, roof)


@pytest.mark.parametrize(("mm", "outcome"), [("2000 mm", "pass"), ("1000 mm", "fail")])
def test_the_roof_is_judged_by_its_own_rule_and_settles_nothing(tmp_path: Path, mm: str, outcome: str) -> None:
    found = check(tmp_path, text("CN-GBZ121-2020").replace('thickness = "2 m"', f'thickness = "{mm}"'))
    judged = [each for each in found.findings if each.subject == "ceiling" and each.outcome != "not_applicable"]
    assert [(each.rule, each.outcome, each.force) for each in judged] == [
        ("CN-GBZ121-2020/6.3.2.roof", outcome, "unverified")
    ]
    (result,) = found.results
    (point,) = (each for each in result.points if each.point.id == "ceiling")
    assert point.point.position[2] == pytest.approx(4 + float(mm.removesuffix(" mm")) / 1000 + 0.3)
    assert point.doses.h10_year_mSv == 0 < point.doses.h10_beam_on_uSv_per_h  # type: ignore[operator]
    assert "assumptions.unreached_roof" in {each.code for each in found.notices}


@pytest.mark.parametrize(
    "wrong", [ROOF.replace(" }", ", occupancy = 0.1 }"), ROOF.replace(" }", ', storey_height = "3 m" }')]
)
def test_nobody_and_no_storey_are_on_it(tmp_path: Path, wrong: str) -> None:
    with pytest.raises(InputError, match="nobody reaches"):
        check(tmp_path, text("CN-GBZ121-2020", wrong))


def test_only_a_ceiling_has_such_a_roof(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="only a ceiling"):
        check(tmp_path, room().replace('{ kind = "office" }', ROOF, 1))


def test_what_stands_beside_a_value_has_its_unit(tmp_path: Path) -> None:
    """A week in uSv is not shown beside a year in mSv, nor a year beside a week."""
    found = check(tmp_path, text("CN-GBZ121-2020").replace('"CN-GBZ121-2020"', '"CN-GBZ121-2020", "VN-19-2012"'))
    shown = {each.averaging: set(each.shown) for each in found.findings if each.subject == "north" and each.shown}
    assert shown["per_week"] == {"per_week"}
    assert shown["per_year"] == {"per_year", "per_year_full_occupancy"}
