"""What is said of gamma sources that are written wrongly: one clear line, nothing that follows from it."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from stores import room, source

from shieldcalc.cli import cli

SHIELD = 'shield = [{ material = "lead", thickness = "50 mm" }]\n'


def refused(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "room.toml"
    file.write_text(text, "utf-8")
    result = CliRunner().invoke(cli, ["check", str(file)])
    assert result.exit_code == 2
    return [line.removeprefix(f"{file}:") for line in result.stderr.splitlines() if line]


@pytest.mark.parametrize(
    ("typed", "meant"), [("guage", "gauge"), ("sorce_store", "source_store"), ("nm_uptak", "nm_uptake")]
)
def test_a_misspelt_kind_is_the_only_thing_said(typed: str, meant: str, tmp_path: Path) -> None:
    (line,) = refused(tmp_path, room(source("Cs-137", kind=typed)))
    assert ": source.1.kind: " in line
    assert f"did you mean '{meant}'?" in line


def test_radiography_with_a_shield_and_no_exposures_is_asked_for_exposures(tmp_path: Path) -> None:
    (line,) = refused(tmp_path, room(source("Ir-192", kind="industrial_radiography") + SHIELD))
    assert ": source.1.exposure: missing" in line


def test_a_time_of_exposure_that_is_refused_leaves_the_shield_alone(tmp_path: Path) -> None:
    (line,) = refused(tmp_path, room(source("Cs-137") + SHIELD + 'exposed_per_week = "200 h"\n'))
    assert ": source.1.exposed_per_week: " in line
