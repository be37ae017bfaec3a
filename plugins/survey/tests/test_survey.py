"""Readings below, above and beside what is computed; sheets that cannot be used."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from shieldcalc_survey.command import survey
from shieldcalc_survey.sheet import read

import shieldcalc
from shieldcalc.errors import PluginError
from shieldcalc.resources import data_path

ROOM = data_path("templates", "radiography.toml")


@pytest.fixture(autouse=True, scope="module")
def computed_once() -> Iterator[None]:
    """Let the command compute each room once: every test reads another sheet of the same one."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shieldcalc, "check", cache(shieldcalc.check))
        yield


@pytest.fixture(scope="module")
def rates() -> dict[str, float | None]:
    """Return the highest rate behind each barrier, where it is known."""
    found: dict[str, float | None] = {}
    for at in shieldcalc.check(ROOM, methods=()).results[0].points:
        rate, known = at.doses.h10_beam_on_uSv_per_h, found.get(at.point.barrier or "", 0.0)
        found[at.point.barrier or at.point.id] = None if rate is None or known is None else max(rate, known)
    return found


def _run(tmp_path: Path, lines: str, *options: str) -> Result:
    sheet = tmp_path / "sheet.csv"
    sheet.write_text("point,rate,unit,background\n" + lines, "utf-8")
    return CliRunner().invoke(survey, [ROOM, str(sheet), *options])


def test_within_and_above(rates: dict[str, float | None], tmp_path: Path) -> None:
    point, rate = next((name, rate) for name, rate in rates.items() if rate)
    assert _run(tmp_path, f"{point},{0.5 * rate},uSv/h,\n").exit_code == 0
    assert _run(tmp_path, f"{point},{2 * rate},uSv/h,\n").exit_code == 1
    assert _run(tmp_path, f"{point},{2 * rate},uSv/h,\n", "--factor", "3").exit_code == 0
    assert _run(tmp_path, f"{point},{1.5 * rate},uSv/h,{rate}\n").exit_code == 0


def test_json_has_both_rates_in_one_unit(rates: dict[str, float | None], tmp_path: Path) -> None:
    point, rate = next((name, rate) for name, rate in rates.items() if rate)
    done = _run(tmp_path, f"{point},0.001,mSv/h,\n", "--json")
    reading = json.loads(done.stdout)["readings"][0]
    assert reading["measured_uSv_per_h"] == pytest.approx(1.0)
    assert reading["computed_uSv_per_h"] == pytest.approx(rate)


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ("nowhere,1,uSv/h,\n", "no point 'nowhere'"),
        ("wall,1,furlong,\n", "furlong"),
        ("wall,-1,uSv/h,\n", "below zero"),
        ("wall,nan,uSv/h,\n", "nan"),
        ('wall,"1,5",uSv/h,\n', "comma"),
        (",1,uSv/h,\n", "no point"),
        ("wall,1,uSv/h,2\n", "background"),
        ("wall,1\n", "no unit"),
        ("wall\n", "number"),
        ("", "no readings"),
    ],
)
def test_what_cannot_be_used_names_its_line(lines: str, words: str, tmp_path: Path) -> None:
    done = _run(tmp_path, lines)
    assert isinstance(done.exception, PluginError)
    assert words in done.exception.text()


def test_an_excel_sheet(tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.Workbook()
    for row in (["point", "rate", "unit"], ["door", 2.5, "uSv/h"]):
        book.active.append(row)
    book.save(tmp_path / "sheet.xlsx")
    assert read(str(tmp_path / "sheet.xlsx"))[0][:2] == ("door", pytest.approx(2.5))


def test_a_column_twice_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_text("point,rate,unit,rate\nwall,1,uSv/h,9\n", "utf-8")
    with pytest.raises(PluginError, match="rate twice"):
        read(str(tmp_path / "x.csv"))


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"a,b\n1,2\n"])
def test_files_that_are_no_sheets(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(PluginError):
        read(str(tmp_path / "x.csv"))
