"""``shieldcalc barrier brachytherapy``, as people type it."""

import json
import shlex
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from shieldcalc.cli import cli
from shieldcalc.errors import ShieldcalcError
from shieldcalc.methods.srs47.barrier import Answer, Place, Treatments, brachytherapy_barrier

SCHEMA = json.loads((Path(__file__).parents[2] / "data/schemas/barrier-brachytherapy-1.json").read_text("utf-8"))
CO60 = (
    "--nuclide Co-60 --activity '277.5 GBq' --time-per-treatment '6 min' --treatments-per-week 30 --distance '3.5 m'"
    " --occupancy 0.1 --goal '6 uSv/week' --material concrete"
)
RATE = " --rate-limit '7.5 uSv/h' --maximum-activity '370 GBq'"


def run(line: str) -> Result:
    return CliRunner().invoke(cli, ["barrier", "brachytherapy", *shlex.split(line)])


def answer(line: str) -> dict[str, Any]:
    result = run(line + " --json")
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    return found


def test_the_answer_as_text() -> None:
    said = run(CO60 + RATE).stdout
    assert "weekly: 554.3 mm concrete" in said
    assert "thickness 674.4 mm concrete  (rate)" in said


def test_json_without_a_rate_and_without_a_material() -> None:
    assert answer(CO60)["rate"] is None
    assert answer(CO60.replace(" --material concrete", ""))["thickness_mm"] is None


def test_occupancy_never_enters_the_rate() -> None:
    one, full = answer(CO60 + RATE), answer((CO60 + RATE).replace("0.1 ", "1 "))
    assert one["rate"] == full["rate"]
    assert full["weekly"]["thickness_mm"] > one["weekly"]["thickness_mm"]


def test_the_patient_counts_only_if_asked_for() -> None:
    bare, behind = answer(CO60 + RATE), answer(CO60 + RATE + " --patient-attenuation")
    assert behind["workload_uGy_m2_per_week"] == pytest.approx(0.81 * bare["workload_uGy_m2_per_week"])
    assert behind["rate"] == bare["rate"]


def test_a_yearly_goal_is_spread_over_fifty_weeks() -> None:
    yearly = answer(CO60.replace("6 uSv/week", "0.3 mSv/year"))
    assert yearly["thickness_mm"] == answer(CO60)["thickness_mm"]


def test_density_counts_by_mass() -> None:
    assert answer(CO60 + " --density '2.2 g/cm3'")["thickness_mm"] == pytest.approx(
        answer(CO60)["thickness_mm"] * 2.35 / 2.2
    )


def test_another_material_by_mass_and_never_below_the_point_kernel() -> None:
    brick = answer(CO60.replace("concrete", "brick") + " --density '1.65 g/cm3'")
    assert brick["thickness_mm"] >= answer(CO60)["thickness_mm"] * 2.35 / 1.65
    assert any(each["code"] == "warnings.srs47_mass" for each in brick["warnings"])


def test_nothing_is_needed_far_away() -> None:
    far = answer(CO60.replace("3.5 m", "300 m"))
    assert far["required_transmission"] > 1
    assert far["thickness_mm"] == 0
    assert far["tenth_value_layers"] == 0


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("Co-60", "Se-75", "Ir-192"),
        ("Co-60", "Xx-1", "Xx-1"),
        ("277.5 GBq", "277.5", "Bq"),
        ("277.5 GBq", "-1 GBq", "activity"),
        ("277.5 GBq", "0 GBq", "activity"),
        ("6 min", "6", "min"),
        ("6 min", "6 h", "180 h"),
        ("--treatments-per-week 30", "--treatments-per-week nan", "number"),
        ("3.5 m", "0 m", "distance"),
        ("--occupancy 0.1", "--occupancy 1.5", "1.5"),
        ("6 uSv/week", "6 uGy/week", "uGy"),
        ("6 uSv/week", "0 uSv/week", "0"),
        ("--material concrete", "--material concret", "concrete"),
        ("--material concrete", "--material concrete --density '9 g/cm3'", "density"),
        ("--material concrete", "--material concrete --maximum-activity '400 GBq'", "--rate-limit"),
        ("--material concrete", "--rate-limit '7.5 uSv/h' --maximum-activity '1 GBq'", "277.5"),
        ("Co-60", "I-125", "I-125"),
        (" --goal '6 uSv/week'", "", "--goal"),
    ],
)
def test_bad_input(old: str, new: str, said: str) -> None:
    assert old in CO60
    result = run(CO60.replace(old, new, 1))
    assert result.exit_code == 2, result.output
    assert said in result.output
    assert "Traceback" not in result.output


def test_the_patient_of_a_nuclide_without_a_ratio_is_refused() -> None:
    line = CO60.replace("Co-60", "I-125").replace("concrete", "lead")
    assert run(line).exit_code == 0
    assert run(line + " --patient-attenuation").exit_code == 2


NUMBER = st.floats(0.01, 100)


@given(
    nuclide=st.sampled_from(["Co-60", "Ir-192", "Cs-137", "Au-198", "Ra-226"]),
    material=st.sampled_from(["lead", "concrete"]),
    start=st.tuples(NUMBER, NUMBER, NUMBER),
    factor=st.floats(1, 50),
)
def test_more_activity_and_treatments_never_less_and_farther_never_more(
    nuclide: str, material: str, start: tuple[float, float, float], factor: float
) -> None:
    activity, count, distance = 1e4 * start[0], start[1], 0.1 + start[2]

    def found(more: float = 1, often: float = 1, farther: float = 1) -> Answer:
        week = Treatments(nuclide, activity * more, 0.02, count * often)
        return brachytherapy_barrier(week, Place(distance * farther, 0.5, material), "20 uSv/week", 7.5)

    try:
        mm = found().governing.mm
        assert mm is not None
        assert (found(more=factor).governing.mm or 0) >= mm
        assert (found(often=factor).governing.mm or 0) >= mm
        assert (found(farther=factor).governing.mm or 0) <= mm
        assert pytest.approx(found(more=factor).governing.B * factor) == found().governing.B
    except ShieldcalcError:
        assert count * factor * 0.02 > 168
