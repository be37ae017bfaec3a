"""``shieldcalc new``: templates that load as they are, and a nearest guess for a kind that does not exist."""

import json
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from shieldcalc import plugins
from shieldcalc.builtins import EQUIPMENT_KINDS
from shieldcalc.cli import cli
from shieldcalc.model.loader import load

ROOT = Path(__file__).parents[2]
KINDS = sorted(file.stem for file in (ROOT / "data" / "templates").glob("*.toml"))
LIKE_ANOTHER = {"mobile_c_arm"}  # a ward is described as for mobile_xray


def test_every_kind_of_equipment_has_a_template() -> None:
    assert set(EQUIPMENT_KINDS) - LIKE_ANOTHER <= set(KINDS) <= set(EQUIPMENT_KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_is_of_its_kind_and_checks_as_it_is_written(kind: str, tmp_path: Path) -> None:
    room = tmp_path / "room.toml"
    room.write_text(CliRunner().invoke(cli, ["new", kind]).stdout)
    kinds = {source.kind for source in load(str(room), plugins.catalog()).sources}
    assert kinds in ({kind}, set(kind.split("_")))
    result = CliRunner().invoke(cli, ["check", str(room)])
    assert result.exit_code in (0, 3), result.stdout


def test_the_cbct_template_says_that_its_scatter_is_an_example() -> None:
    text = (ROOT / "data" / "templates" / "dental_cbct.toml").read_text()
    assert "REPLACE THIS EXAMPLE VALUE" in text
    assert "EXAMPLE VALUE, TO BE REPLACED" in text


@pytest.mark.parametrize("kind", KINDS)
def test_a_template_loads_as_it_is_written(kind: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(cli, ["new", kind])
    assert result.exit_code == 0
    assert result.stderr == ""
    room = tmp_path / "room.toml"
    room.write_text(result.stdout)
    design = load(str(room), plugins.catalog())
    assert f"shieldcalc new {kind}" in result.stdout
    assert design.assumptions == ()


@pytest.mark.parametrize("kind", KINDS)
def test_taking_a_hash_away_gives_a_key_that_loads_or_is_refused_by_meaning(kind: str, tmp_path: Path) -> None:
    text = (ROOT / "data" / "templates" / f"{kind}.toml").read_text()
    start = text.index("# [[screen]]")
    end = text.index("# Where the operator stands" if "# Where the operator stands" in text else "# Who else is there")
    block = "\n".join(line.removeprefix("# ") for line in text[start:end].splitlines())
    room = tmp_path / "room.toml"
    room.write_text(text[:start] + block + "\n" + text[end:].replace("# address", "address"))
    assert load(str(room), plugins.catalog()).screens


def test_json() -> None:
    result = CliRunner().invoke(cli, ["new", "ct", "--json"])
    said = json.loads(result.stdout)
    jsonschema.validate(said, json.loads((ROOT / "data" / "schemas" / "new-1.json").read_text()))
    assert said["template"] == (ROOT / "data" / "templates" / "ct.toml").read_text()


def test_an_unknown_kind_is_answered_with_the_nearest() -> None:
    result = CliRunner().invoke(cli, ["new", "radiograhpy"])
    assert result.exit_code == 2
    assert result.stdout == ""
    assert "did you mean 'radiography'" in result.stderr


@pytest.mark.parametrize("kind", ["../../pyproject", "", "ct.toml", "CT"])
def test_a_kind_is_a_name_and_no_path(kind: str) -> None:
    result = CliRunner().invoke(cli, ["new", kind])
    assert result.exit_code == 2
    assert "known: angiography" in result.stderr


def test_a_facility_file_to_start_from_is_audited_and_an_empty_one_names_it(tmp_path: Path) -> None:
    file = tmp_path / "facility.toml"
    file.write_text(CliRunner().invoke(cli, ["new", "facility"]).stdout)
    for command in ("audit", "due"):
        assert CliRunner().invoke(cli, [command, str(file)]).exit_code in (0, 1, 3)
    file.write_text("")
    assert "shieldcalc new facility" in CliRunner().invoke(cli, ["audit", str(file)]).stderr
