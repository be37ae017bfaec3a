"""The terminal: everything that was asked for, 100 columns, plain when piped, without typst."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console
from sample import renamed, sample

from shieldcalc.model.assessment import Assessment
from shieldcalc.reports.terminal import show

HERE = Path(__file__).parent


def shown(assessment: Assessment, width: int = 100) -> str:
    out = StringIO()
    show(assessment, "en", Console(file=out, width=width, highlight=False, markup=False, emoji=False))
    return out.getvalue()


@pytest.mark.parametrize(
    "words",
    [
        "waiting room",
        "1.80, 5.54, 1.00",
        "fail - binding",
        "≤ 0.3 mSv/year",
        "0.999999",
        "0.3000004",
        "add one of",
        "0.301 mm lead",
        "1.24 mm lead",
        "Assumptions",
        "Warnings",
        "Exit code 1",
        "T 0.2",
        "not known",
    ],
)
def test_what_is_shown(words: str) -> None:
    assert words in shown(sample())


def test_force_stands_with_every_outcome() -> None:
    text = shown(sample())
    assert "fail - unverified rule, informs only: VN-19-2012" in text
    assert "undetermined - binding: VN-19-2012" in text


def test_the_last_line_is_the_verdict() -> None:
    last = " ".join(shown(sample()).split("\n\n")[-1].split())
    assert last.startswith("This room does not keep every rule. Exit code 1: ")


def test_no_line_is_wider_than_the_screen() -> None:
    for width in (60, 100):
        assert max(map(len, shown(sample(), width).splitlines())) <= width


def test_user_text_is_never_markup_or_control() -> None:
    text = shown(renamed(sample(), facility="[bold red]x[/] \x1b[31m:smile: \u202e"))
    assert "[bold red]x[/] U+001B[31m:smile: U+202E" in text


def test_piped_output_is_plain_utf8_and_typst_stays_out() -> None:
    code = (
        f"import sys; sys.path.insert(0, {str(HERE)!r}); from sample import sample\n"
        "from shieldcalc.reports.terminal import show; show(sample()); assert 'typst' not in sys.modules"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, env={"LC_ALL": "C", "PATH": ""})
    text = run.stdout.decode("utf-8")
    assert "Bệnh viện Đa khoa huyện Bắc Hà" in text
    assert "\x1b" not in text
    assert max(map(len, text.splitlines())) <= 100
