"""transmission, thickness, lead-equivalent from the command line."""

import json
from collections.abc import Callable, Sequence
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner, Result

from shieldcalc import beams
from shieldcalc.beams import Beam, Layer, log_transmission
from shieldcalc.beams.rows import A1, B1, BIR, C1, Row, printed
from shieldcalc.cli import cli
from shieldcalc.resources import data_path

ROOT = Path(__file__).parents[2]
LEAD = ("--layer", "lead", "1.2 mm")


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def answer(*arguments: str) -> dict[str, object]:
    """Return the JSON of a command that succeeds, checked against the shipped schema."""
    result = run(*arguments, "--json")
    assert result.exit_code == 0, result.output
    assert result.stderr == ""
    document: dict[str, object] = json.loads(result.stdout)
    schema = json.loads(Path(data_path("schemas", f"{arguments[0]}-1.json")).read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator(schema).validate(document)
    return document


def option_of(row: Row) -> tuple[str, ...]:
    beam = {"kvp": "--kv", "workload": "--workload", "ct": "--ct"}[row.key_type], row.key
    return (*beam, "--component", row.component, "--standard", "bir" if row.table == BIR else "ncrp147")


@pytest.mark.parametrize("row", [row for name in (A1, B1, C1, BIR) for row in printed(name)][::7])
def test_rows_of_every_table_answer(row: Row) -> None:
    found = answer("transmission", *option_of(row), "--layer", row.material, "1 mm")
    assert found["ln_transmission"] == pytest.approx(row.shape.log_transmission(1.0))
    back = answer(
        "thickness", *option_of(row), "--material", row.material, "--transmission", repr(found["transmission"])
    )
    assert back["thickness_mm"] == pytest.approx(1.0, abs=1e-9)
    assert row.table in back["tables"]  # type: ignore[operator]


@pytest.mark.parametrize("kv", ["100", "100 kV", "100kVp", "1e2", "0.1 MV", "100.0"])
@pytest.mark.parametrize("thickness", ["1.2 mm", "1.2mm", "0.12cm", "0.0012 m", "1200 um"])
def test_spellings_give_the_same_answer(kv: str, thickness: str) -> None:
    found = answer("transmission", "--kv", kv, "--layer", "lead", thickness)
    assert found == answer("transmission", "--kv", "100", *LEAD) | {"layers": found["layers"]}
    assert found["transmission"] == log_transmission(Beam(), [Layer("lead", 1.2)]).transmission


def test_layers_and_densities() -> None:
    found = answer(
        "transmission", "--kv", "100", "--layer", "concrete", "10 cm", *LEAD, "--density", "concrete", "2200 kg/m3"
    )
    expected = log_transmission(Beam(), [Layer("concrete", 100, 2.2), Layer("lead", 1.2)])
    assert found["transmission"] == expected.transmission
    assert found["method"] == expected.method
    assert found["alternatives"] == dict(expected.alternatives)


def test_ct_has_one_component() -> None:
    plain = answer("transmission", "--ct", "120", *LEAD)
    for component in ("primary", "secondary"):
        assert answer("transmission", "--ct", "120", "--component", component, *LEAD) == plain


def test_lead_equivalent_of_concrete_and_of_lead() -> None:
    found = answer("lead-equivalent", "--ct", "140", "--layer", "concrete", "12 cm")
    assert found["lead_equivalent_mm"] == pytest.approx(1.19, abs=0.01)
    assert answer("lead-equivalent", "--kv", "100", *LEAD)["lead_equivalent_mm"] == 1.2


def test_deep_answers_stay_finite() -> None:
    found = answer("transmission", "--kv", "100", "--layer", "lead", "1000 m")
    assert found["transmission"] == 0
    assert found["log10_transmission"] == pytest.approx(-2.5e6 / 2.302585, rel=1e-4)
    assert [warning["code"] for warning in found["warnings"]] == ["warnings.extrapolated"]  # type: ignore[attr-defined]


def test_room_distribution_answers_as_primary_with_a_warning() -> None:
    found = answer("transmission", "--workload", "rad_room_all_barriers", *LEAD)
    assert [warning["code"] for warning in found["warnings"]] == [  # type: ignore[attr-defined]
        "warnings.workload_secondary_only"
    ]


def test_thickness_for_everything_is_nothing() -> None:
    assert answer("thickness", "--kv", "100", "--material", "lead", "--transmission", "1")["thickness_mm"] == 0


def test_thickness_of_a_lighter_concrete() -> None:
    asked = ("thickness", "--kv", "100", "--material", "concrete", "--transmission", "0.01")
    plain, light = answer(*asked), answer(*asked, "--density", "concrete", "1.8 g/cm3")
    assert light["thickness_mm"] == pytest.approx(float(str(plain["thickness_mm"])) * 2.35 / 1.8)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("transmission", *LEAD), "exactly one beam"),
        (("transmission", "--kv", "100", "--ct", "120", *LEAD), "--kv, --ct given"),
        (("transmission", "--kv", "100"), "--layer"),
        (("transmission", "--kv", "100", "--layer", "leed", "1 mm"), "did you mean 'lead'"),
        (("transmission", "--kv", "100", "--layer", "barite_concrete", "10 cm"), "no X-ray transmission data"),
        (("transmission", "--workload", "chest_rom", *LEAD), "did you mean 'chest_room'"),
        (("transmission", "--kv", "100", "--layer", "lead", "1.2"), "unit"),
        (("transmission", "--kv", "100", "--layer", "lead", "1,2 mm"), "1,2"),
        (("transmission", "--kv", "100", "--layer", "lead", "-1 mm"), "-1 mm"),
        (("transmission", "--kv", "100", "--layer", "lead", "nan mm"), "nan"),
        (("transmission", "--kv", "100", "--layer", "lead", "1 kV"), "kV"),
        (("transmission", "--kv", "nan", *LEAD), "not a number"),
        (("transmission", "--kv", "inf", *LEAD), "not a number"),
        (("transmission", "--kv", "100 mm", *LEAD), "not a number of kV"),
        (("transmission", "--kv", "-100", *LEAD), "25 to 150"),
        (("transmission", "--kv", "38", *LEAD), "molybdenum"),
        (("transmission", "--kv", "24", *LEAD), "25 to 150"),
        (("transmission", "--kv", "151", *LEAD), "25 to 150"),
        (("transmission", "--ct", "150", *LEAD), "120, 140"),
        (("transmission", "--kv", "100", "--component", "side", *LEAD), "primary"),
        (("transmission", "--kv", "100", "--standard", "gbz", *LEAD), "ncrp147"),
        (("transmission", "--ct", "120", "--standard", "bir", *LEAD), "BIR tables"),
        (("transmission", "--kv", "100", *LEAD, "--density", "concrete", "2 g/cm3"), "no layer is of that material"),
        (("transmission", "--kv", "100", *LEAD, "--density", "lead", "2.2"), "unit"),
        (("transmission", "--kv", "100", *LEAD, "--density", "lead", "2.2 g/cm3"), "10 to 11.4"),
        (("thickness", "--kv", "100", "--material", "lead", "--transmission", "0"), "more than 0"),
        (("thickness", "--kv", "100", "--material", "lead", "--transmission", "1.01"), "at most 1"),
        (("thickness", "--kv", "100", "--material", "lead", "--transmission", "-1"), "more than 0"),
        (("thickness", "--kv", "100", "--material", "lead", "--transmission", "nan"), "not a number"),
        (("thickness", "--kv", "100", "--material", "lead", "--transmission", "1 %"), "not a number"),
        (("thickness", "--kv", "100", "--material", "brik", "--transmission", "0.1"), "did you mean 'brick'"),
        (("lead-equivalent", "--kv", "100", "--layer", "steel", "1"), "unit"),
    ],
)
@pytest.mark.parametrize("flag", [(), ("--json",)])
def test_bad_input_is_one_clear_error(arguments: Sequence[str], words: str, flag: tuple[str, ...]) -> None:
    result = run(*arguments, *flag)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert words in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize(
    ("arguments", "lines"),
    [
        (
            ("transmission", "--kv", "100", "--layer", "concrete", "10cm", *LEAD),
            ("(lead base)", "other reading", "Table A.1"),
        ),
        (("transmission", "--kv", "100", "--layer", "brick", "22 cm"), ("note: brick: taken as solid", "BIR/IPEM")),
        (("transmission", "--kv", "100", "--layer", "lead", "1000 m"), ("e-",)),
        (("thickness", "--ct", "120", "--material", "lead", "--transmission", "6.5e-3"), ("1.333 mm lead", "120 kV")),
        (("lead-equivalent", "--kv", "125", "--layer", "concrete", "15cm"), ("1.874 mm",)),
    ],
)
def test_plain_text(arguments: Sequence[str], lines: Sequence[str]) -> None:
    result = run(*arguments)
    assert result.exit_code == 0, result.output
    assert [words for words in lines if words not in result.stdout] == []


def test_a_material_of_a_plugin(use_plugins: Callable[..., None]) -> None:
    assert (
        "did you mean 'concrete'" in run("transmission", "--kv", "100", "--layer", "aerated_concrete", "10 cm").stderr
    )
    use_plugins(ROOT / "plugins/viet-nam-china-materials/src/shieldcalc_viet_nam_china_materials/__init__.py")
    found = answer("transmission", "--kv", "100", "--layer", "cn_aerated_concrete_b05", "23.5 cm")
    concrete = answer("transmission", "--kv", "100", "--layer", "concrete", "3.92 cm")
    assert found["transmission"] == pytest.approx(concrete["transmission"], rel=1e-4)
    beams.materials._ADDED.clear()


@pytest.mark.parametrize("command", ["transmission", "thickness", "lead-equivalent"])
def test_help_shows_an_example(command: str) -> None:
    result = run(command, "--help")
    assert result.exit_code == 0
    assert f"\n  Example:\n    shieldcalc {command} " in result.stdout
