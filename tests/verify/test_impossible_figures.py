"""Figures that nothing has are a question of the reviewer, with an outcome; other refusals stay refusals."""

import json
from pathlib import Path
from shutil import copytree

import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli
from shieldcalc.cli.files import OutputError, Outputs
from shieldcalc.errors import OutsideDataError
from shieldcalc.model.result import Finding
from shieldcalc.verify import sensitivity

EXAMPLES = Path(__file__).parents[2] / "examples"
HONEST = EXAMPLES / "submissions" / "vn_ct_honest"
DENSITY = 'density = "2.35 g/cm3"'


def _edited(folder: Path, old: str, new: str) -> Path:
    made = folder / "made"
    copytree(HONEST, made)
    (made / "manifest.sha256").unlink()
    room = made / "room.toml"
    room.write_text(room.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    return made


@pytest.mark.parametrize(
    ("old", "new", "key", "shown"),
    [
        (DENSITY, 'density = "3.5 g/cm3"', "wall.4.layers.1.density", "3.5 g/cm3"),
        (DENSITY, 'density = "2350 g/cm3"', "wall.4.layers.1.density", "2350 g/cm3"),
        ('kv = "120 kV"', 'kv = "160 kV"', "source.1.kv", "160 kV"),
    ],
)
def test_impossible_figure_is_asked_about(tmp_path: Path, old: str, new: str, key: str, shown: str) -> None:
    target = tmp_path / "packed.zip"
    packed = CliRunner().invoke(cli, ["submission", "pack", str(_edited(tmp_path, old, new)), "--to", str(target)])
    assert packed.exit_code == 0
    done = CliRunner().invoke(cli, ["verify", str(target), "--json"])
    found = json.loads(done.stdout)
    assert (done.exit_code, found["outcome"], found["designs"], found["on"]) == (3, "query", [], "2025-06-30")
    (reason,) = found["reasons"]
    assert (reason["subject"], reason["code"]) == (key, "report.verify.plausible.impossible")
    assert shown in reason["text"]
    assert "room.toml:" in reason["text"]


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_report_of_what_is_not_recomputed(tmp_path: Path, language: str) -> None:
    made, report = _edited(tmp_path, DENSITY, 'density = "0.5 g/cm3"'), tmp_path / "r.html"
    asked = ["verify", str(made), "--lang", language, "--report", str(report)]
    assert CliRunner().invoke(cli, asked).exit_code == 3
    assert "room.toml:51" in report.read_text(encoding="utf-8")


def test_other_figures_past_their_bounds_are_refused(tmp_path: Path) -> None:
    made = _edited(tmp_path, "per_week = 30", "per_week = 1e300")
    done = CliRunner().invoke(cli, ["verify", str(made)])
    assert done.exit_code == 2
    assert "source.1.protocol.1.per_week" in done.stderr


def test_facility_file_is_named_for_what_it_is(tmp_path: Path) -> None:
    facility = EXAMPLES / "district_hospital" / "facility.toml"
    made = _edited(tmp_path, "", "")
    (made / "room.toml").write_bytes(facility.read_bytes())
    for command in (["verify", str(made)], ["check", str(facility)]):
        done = CliRunner().invoke(cli, command)
        assert done.exit_code == 2
        assert done.stderr.count("\n") == 1
        assert "this is a facility file" in done.stderr


def test_no_output_goes_through_a_link(tmp_path: Path) -> None:
    made, link, other = _edited(tmp_path, "", ""), tmp_path / "link.json", tmp_path / "other.txt"
    other.write_text("as it was", encoding="utf-8")
    link.symlink_to(other)
    for command in (["verify", str(made), "--json", str(link)], ["submission", "pack", str(made), "--to", str(link)]):
        done = CliRunner().invoke(cli, command)
        assert done.exit_code == 2
        assert "this is a link" in done.stderr
    assert other.read_text(encoding="utf-8") == "as it was"


def test_nothing_is_left_of_an_output_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    outputs = Outputs(inputs=())
    outputs.add(str(tmp_path / "out.json"), b"{}")
    monkeypatch.setattr("os.replace", full)
    with pytest.raises(OutputError):
        outputs.write()
    assert list(tmp_path.iterdir()) == []


def test_lines_of_a_survey_table_are_bounded(tmp_path: Path) -> None:
    made = _edited(tmp_path, "", "")
    with (made / "survey.csv").open("ab") as table:
        table.write(b"\n" * 60_000)
    done = CliRunner().invoke(cli, ["submission", "show", str(made)])
    assert done.exit_code == 2
    assert "survey.csv:50001" in done.stderr


@pytest.mark.parametrize(("ends", "reached"), [(35.0, 30.0), (20.0, 20.0), (12.0, 10.0)])
def test_a_change_is_sought_as_far_as_the_method_computes(ends: float, reached: float) -> None:
    def change(by: float) -> tuple[Finding, ...]:
        if by > ends:
            raise OutsideDataError("beyond")
        return ()

    assert sensitivity._further(sensitivity.Way("kv", "kV", change, 4), 10.0, 30.0) == ((), reached)
