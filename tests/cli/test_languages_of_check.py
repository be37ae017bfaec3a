"""``check --lang``: the terminal and the refusals speak the language."""

from pathlib import Path

import pytest
from click.testing import CliRunner

from shieldcalc.cli import cli

EXAMPLE = Path(__file__).parents[2] / "examples" / "ct_room.toml"


@pytest.mark.parametrize(("language", "words"), [("vi", "Giả định"), ("zh", "假定")])
def test_terminal(language: str, words: str) -> None:
    done = CliRunner().invoke(cli, ["check", str(EXAMPLE), "--lang", language])
    assert words in done.stdout
    assert "Assumptions" not in done.stdout


@pytest.mark.parametrize(
    ("language", "words"), [("vi", "có phải ý bạn là 'ct'?"), ("zh", "您是否指 'ct'？"), ("en", "did you mean 'ct'?")]
)
def test_refusals(tmp_path: Path, language: str, words: str) -> None:
    bad = tmp_path / "room.toml"
    bad.write_text(EXAMPLE.read_text("utf-8").replace('kind = "ct"', 'kind = "ctt"'), "utf-8")
    done = CliRunner().invoke(cli, ["check", str(bad), "--lang", language])
    assert done.exit_code == 2
    assert words in done.stderr


@pytest.mark.parametrize("language", ["vi", "zh"])
def test_word_report(tmp_path: Path, language: str) -> None:
    target = tmp_path / "room.docx"
    CliRunner().invoke(cli, ["check", str(EXAMPLE), "--lang", language, "--report", str(target)])
    assert target.read_bytes().startswith(b"PK")
