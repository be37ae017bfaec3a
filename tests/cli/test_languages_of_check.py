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


@pytest.mark.parametrize(
    ("old", "new", "vi", "zh"),
    [
        ('at = "1.83 m"', 'at = "1.83 kg"', "đơn vị của độ dài", "长度"),
        ("use_factor = 1.0", "use_factor = 3", "ít nhất 0, nhiều nhất 1", "至少 0, 至多 1"),
        ('kind = "radiography"', 'kind = "ct"', "có nghĩa với máy chụp CT", "CT 机"),
        ("[evaluation]", "[evaluation", "thiếu dấu ']' ở cuối tên bảng", "表名末尾缺少 ']'"),
        ("[evaluation]", "[evaluation]\nmethodz = 1", "có phải ý bạn là", "您是否指"),
    ],
)
def test_fragments_of_refusals(tmp_path: Path, old: str, new: str, vi: str, zh: str) -> None:
    text = (EXAMPLE.parent / "district_hospital_radiography.toml").read_text("utf-8")
    bad = tmp_path / "room.toml"
    bad.write_text(text.replace(old, new, 1), "utf-8")
    assert old in text
    for language, wanted in (("vi", vi), ("zh", zh)):
        done = CliRunner().invoke(cli, ["check", str(bad), "--lang", language])
        assert done.exit_code == 2
        assert wanted in done.stderr
        assert not {"at least", "more than", "did you mean", "a source of kind", "Expected"} & {
            word
            for word in ("at least", "more than", "did you mean", "a source of kind", "Expected")
            if word in done.stderr
        }
