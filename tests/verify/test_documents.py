"""The JSON of the commands by the shipped schemas, and the bounds of time and memory."""

import json
import re
import shutil
from pathlib import Path

import jsonschema
import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli
from shieldcalc.facility.csv_table import csv_of
from shieldcalc.verify import bounds
from shieldcalc.verify.refusal import SubmissionError

ROOT = Path(__file__).parents[2]
SUBMISSIONS = ROOT / "examples" / "submissions"
HONEST = SUBMISSIONS / "vn_ct_honest"


def valid(name: str, *arguments: str) -> None:
    said = json.loads(CliRunner().invoke(cli, [*arguments, "--json"]).stdout)
    jsonschema.validate(said, json.loads((ROOT / "data" / "schemas" / f"{name}-1.json").read_text("utf-8")))


@pytest.mark.parametrize("name", ["cn_ct", "vn_ct_thin_wall"])
def test_verify(name: str) -> None:
    valid("verify", "verify", str(SUBMISSIONS / name), "--lang", "vi")


def test_the_other_commands(tmp_path: Path) -> None:
    room, other = str(ROOT / "examples" / "ct_room.toml"), str(ROOT / "examples" / "cn_ct_room.toml")
    valid("compare", "compare", room, other)
    valid("submission-new", "submission", "new", str(tmp_path / "s"), "--design", room)
    valid("submission-pack", "submission", "pack", str(tmp_path / "s"), "--to", str(tmp_path / "s.zip"))
    valid("submission", "submission", "show", str(tmp_path / "s.zip"))


def endless() -> None:
    while True:
        pass


def test_time_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "limit", lambda name: 1 if name == "submission_cpu_s" else 10**10)
    with pytest.raises(SubmissionError, match="computing"), bounds.bounded():
        endless()


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "limit", lambda name: 10**8 if name == "submission_memory_bytes" else 100)
    with pytest.raises(SubmissionError, match="memory"), bounds.bounded():
        bytearray(10**9)


def test_numbers_beyond_all_measure_are_answered(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    folder.mkdir()
    for path in (SUBMISSIONS / "vn_ct_honest").rglob("*"):
        if path.is_file() and path.name != "manifest.sha256":
            target = folder / path.relative_to(SUBMISSIONS / "vn_ct_honest")
            target.parent.mkdir(exist_ok=True)
            target.write_bytes(path.read_bytes())
    table = folder / "survey.csv"
    table.write_text(table.read_text("utf-8").replace("0.82 uSv", "9e300 uSv"), "utf-8")
    done = CliRunner().invoke(cli, ["verify", str(folder), "--json"])
    assert done.exit_code == 1
    assert json.loads(done.stdout)["outcome"] == "reject"


HOSTILE = "=<i9>#p()$x$*b*`c`@x&amp;{{7}}|"
FREE = "applicant|reference|program|make|model|serial|certificate|document|facility|room|author|name"


def test_markup_in_every_free_text_stays_text(tmp_path: Path) -> None:
    folder = tmp_path / "s"
    shutil.copytree(HONEST, folder)
    (folder / "manifest.sha256").unlink()
    planted = 0
    for name in ("room.toml", "claims.toml"):
        text, found = re.subn(
            rf'(?m)((?:^|[ {{,])(?:{FREE}) = )"', rf'\1"{HOSTILE}', (folder / name).read_text("utf-8")
        )
        (folder / name).write_text(text, "utf-8")
        planted += found
    assert planted > 15
    page = tmp_path / "a.html"
    done = CliRunner().invoke(cli, ["verify", str(folder), "--report", str(page), "--report", str(tmp_path / "a.pdf")])
    assert done.exit_code == 3, done.stderr
    written = page.read_text("utf-8")
    assert "<i9" not in written
    assert written.count("&lt;i9&gt;") >= 10
    assert (tmp_path / "a.pdf").read_bytes().startswith(b"%PDF")


def test_a_cell_that_a_spreadsheet_would_compute_is_text() -> None:
    cells = ["=1", "+1", "@x", "-2+cmd", "\tx", "\rx", "-", "a=1"]
    line = csv_of(["id"], [[each] for each in cells]).decode()
    assert line.count("'") == 6
