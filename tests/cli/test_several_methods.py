"""``check`` with several methods: side by side, each by its own findings, the strictest the verdict; GBZ by dates."""

import json
from functools import cache
from math import prod
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli

ROOM = str(Path(__file__).parents[2] / "examples" / "cn_dr_room.toml")
PARTS = ("unshielded", "transmission", "occupancy", "weeks")


@cache
def ran(*options: str) -> tuple[int, str]:
    result = CliRunner().invoke(cli, ["check", ROOM, *options])
    assert not result.stderr
    return result.exit_code, result.stdout


@cache
def two() -> dict[str, Any]:
    return json.loads(ran("--method", "ncrp147", "--method", "gbz130", "--json", "-")[1])  # type: ignore[no-any-return]


def test_every_dose_finding_carries_its_method() -> None:
    methods = {each["method"] for each in two()["findings"] if each["value"] is not None and each["dose_rule"]}
    assert methods == {"ncrp147", "gbz130"}
    assert {each["method"] for each in two()["findings"] if each["rule"].endswith("/6.4.1")} == {""}


def test_a_verdict_is_that_of_its_own_method() -> None:
    for barrier in two()["barriers"]:
        own = [
            each["margin"]
            for each in two()["findings"]
            if each["method"] == barrier["method"] and each["subject"] in barrier["points"] and each["dose_rule"]
        ]
        assert barrier["margin"] == min(margin for margin in own if margin is not None)
    ceiling = {each["method"]: each["margin"] for each in two()["barriers"] if each["id"] == "ceiling"}
    assert ceiling["ncrp147"] < 1.1 < 1.4 < ceiling["gbz130"]


def test_the_difference_is_the_product_of_its_factors() -> None:
    years = {(point["method"], point["id"]): point["doses"]["air_kerma_year_mGy"] for point in two()["points"]}
    assert two()["comparisons"]
    for found in two()["comparisons"]:
        assert found["ratio"] == pytest.approx(prod(found[part] for part in PARTS))
        assert (found["first"], found["second"]) == ("ncrp147", "gbz130")
        name = found["barrier"]
        assert found["ratio"] == pytest.approx(years["gbz130", name] / years["ncrp147", name])


def test_the_terminal_sets_them_side_by_side_in_every_language() -> None:
    heads = {"en": ("side by side", "Strictest"), "vi": ("So sánh", "Nghiêm nhất"), "zh": ("各方法并列", "最严")}
    for language, words in heads.items():
        text = ran("--method", "ncrp147", "--method", "gbz130", "--lang", language)[1]
        assert all(word in text for word in words)


def test_with_one_method_nothing_is_compared() -> None:
    code, text = ran()
    assert code == 3
    assert "side by side" not in text


def test_lead_rows_that_could_not_be_verified_stand_apart() -> None:
    rows = two()["lead_equivalents"]
    assert rows
    assert {row["verified"] for row in rows} == {False}
    assert {row["rule"].rpartition("/")[2] for row in rows} == {"T3.2.primary", "T3.2.secondary"}
    assert "seen in no copy" in ran()[1]
    assert "未能核实" in ran("--lang", "zh")[1]


@pytest.mark.parametrize(
    ("day", "force", "said"),
    [("2020-09-30", "not_yet_valid", "not yet in force"), ("2020-10-01", "secondary_source", "in force; from 2020")],
)
def test_gbz_130_from_its_first_day(day: str, force: str, said: str) -> None:
    code, text = ran("--on", day)
    assert code == 3
    assert said in text
    assert ("GBZ 130-2013" in text) is (force == "not_yet_valid")
    found = json.loads(ran("--on", day, "--json", "-")[1])
    forces = {each["force"] for each in found["findings"] if each["rule"] == "CN-GBZ130-2020/6.3.1c"}
    assert forces == {force}
    assert bool(found["lead_equivalents"]) is (force != "not_yet_valid")
