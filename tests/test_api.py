"""The Python interface: the ten lines of the page, columns, data frames, what a notebook shows."""

import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

import shieldcalc
from shieldcalc.errors import UnknownNameError
from shieldcalc.extras import MissingExtraError

ROOT = Path(__file__).parents[1]
ROOM = ROOT / "examples" / "ct_room.toml"


def test_the_ten_lines_of_the_page_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    block = re.search(r"```python\n(.*?)```", page, re.DOTALL)
    assert block is not None
    lines = [line for line in block[1].splitlines() if line.strip()]
    assert len(lines) <= 10
    monkeypatch.chdir(tmp_path)
    (tmp_path / "room.toml").write_bytes(ROOM.read_bytes())
    exec(compile("\n".join(lines), "python.md", "exec"), {})
    assert (tmp_path / "room.pdf").read_bytes().startswith(b"%PDF")


def test_every_public_name_is_on_the_page() -> None:
    page = (ROOT / "docs" / "python.md").read_text("utf-8")
    assert all(f"`{name}" in page for name in shieldcalc.__all__)


def test_columns_are_arrays_with_a_row_a_point() -> None:
    numpy = pytest.importorskip("numpy")
    design = shieldcalc.load(str(ROOM))
    found = shieldcalc.compute(design)
    columns = shieldcalc.arrays(found)
    assert all(isinstance(column, numpy.ndarray) and len(column) == len(found.points) for column in columns.values())
    assert columns["h10_year_mSv"].tolist() == [at.doses.h10_year_mSv for at in found.points]
    checked = shieldcalc.arrays(shieldcalc.check(design))
    assert checked["h10_year_mSv"].tolist() == columns["h10_year_mSv"].tolist()


def test_a_data_frame_if_pandas_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    found = shieldcalc.compute(shieldcalc.load(str(ROOM)))
    pandas = ModuleType("pandas")
    pandas.DataFrame = dict  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "pandas", pandas)
    assert list(shieldcalc.frame(found))[:2] == ["method", "point"]
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingExtraError, match="pandas"):
        shieldcalc.frame(found)


def test_what_a_notebook_shows_is_short_and_escaped() -> None:
    from dataclasses import replace

    found = shieldcalc.check(str(ROOM))
    identity = replace(found.design.identity, room="<script>")
    odd = replace(found, design=replace(found.design, identity=identity))
    assert "\n" not in repr(found)
    assert len(repr(found)) < 200
    assert "<script>" not in odd._repr_html_()
    assert odd._repr_html_().count("<tr>") == 1 + sum(len(result.points) for result in found.results)


def test_unknown_names_are_refused(tmp_path: Path) -> None:
    design = shieldcalc.load(str(ROOM))
    with pytest.raises(UnknownNameError):
        shieldcalc.compute(design, "ncrp_147")
    with pytest.raises(UnknownNameError):
        shieldcalc.report(shieldcalc.check(design), str(tmp_path / "a.odt"))
    with pytest.raises(UnknownNameError):
        shieldcalc.report(shieldcalc.check(design), str(tmp_path / "a.html"), "xx")


def test_a_site_is_one_line_and_one_table() -> None:
    path = str(Path(__file__).parents[1] / "examples" / "two_ct_rooms" / "site.toml")
    site = shieldcalc.load(path)
    found = shieldcalc.check(site)
    columns = shieldcalc.arrays(found)
    assert {name.partition("/")[0] for name in columns["point"]} == {"ct_1", "ct_2"}
    assert found._repr_html_().count("<table>") == 3
    design = site.rooms[0].design
    for each in (site, found, design, found.rooms[0].results[0]):
        assert len(repr(each)) < 300
        assert "\n" not in repr(each)
