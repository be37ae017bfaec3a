"""Excel in and out: round trips, every wrong cell named, nothing evaluated, nothing unpacked without bound."""

import io
import json
import sys
import tomllib
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldcalc import plugins
from shieldcalc.cli import cli
from shieldcalc.importers.toml_text import document_text
from shieldcalc.importers.workload import COLUMNS, heads
from shieldcalc.model.loader import load

ROOT = Path(__file__).parents[2]
EXAMPLES = sorted((ROOT / "examples").glob("*.toml")) + sorted((ROOT / "data" / "templates").glob("*.toml"))


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def sheet(path: Path, *rows: list[Any], title: str = "workload", head: list[str] | None = None) -> Path:
    book = openpyxl.Workbook()
    page = book.active
    page.title = title
    for row in ([*(heads() if head is None else head)], *rows):
        page.append(row)
    book.save(path)
    return path


@pytest.mark.parametrize("room", EXAMPLES, ids=lambda room: f"{room.parent.name}-{room.stem}")
def test_design_to_excel_to_design(room: Path, tmp_path: Path) -> None:
    book, back = tmp_path / "room.xlsx", tmp_path / "back.toml"
    assert run("workbook", book, "--room", room).exit_code == 0
    done = run("import", book)
    assert done.exit_code == 0, done.output
    back.write_text(done.stdout, "utf-8")
    was, now = load(str(room), plugins.catalog()), load(str(back), plugins.catalog())
    for name in was.__dataclass_fields__:
        if name not in ("file", "sha256", "lines", "background"):
            assert getattr(was, name) == getattr(now, name), name


EVERY_FORM = """
[[source.protocol]]
id = "metered"
kv = "70 kV"
kap = "0.03 Gy*cm2"
per_week = 10

[[source.protocol]]
id = "entrance"
kv = "70 kV"
esd = "2 mGy"
ffd = "1.5 m"
film_to_skin = "0 m"
per_week = 10
"""
DECLARED = 'scatter = { rate = "1.5 mGy/h", at = "2 m", document = "= data sheet, no. 3" }\n'


@pytest.mark.parametrize("change", ["other", "scatter"])
def test_every_form_of_a_protocol_comes_back(tmp_path: Path, change: str) -> None:
    text = (ROOT / "data" / "templates" / "dental_cbct.toml").read_text("utf-8")
    head, _, last = text.partition("[[source.protocol]]")
    if change == "other":
        text = head + EVERY_FORM
    else:
        lines = [line for line in last.splitlines() if not line.startswith(("scatter", "#"))]
        text = head + "[[source.protocol]]" + "\n".join(lines) + "\n" + DECLARED
    room, book, back = tmp_path / "room.toml", tmp_path / "room.xlsx", tmp_path / "back.toml"
    room.write_text(text, "utf-8")
    assert run("workbook", book, "--room", room).exit_code == 0
    back.write_text(run("import", book).stdout, "utf-8")
    was, now = load(str(room), plugins.catalog()), load(str(back), plugins.catalog())
    assert was.sources == now.sources


def test_a_changed_cell_changes_the_design(tmp_path: Path) -> None:
    path = tmp_path / "room.xlsx"
    run("workbook", path, "--room", ROOT / "examples" / "ct_room.toml")
    book = openpyxl.load_workbook(path)
    head = [cell.value for cell in book["workload"][1]]
    book["workload"].cell(2, head.index("per week") + 1).value = 45
    for key, value in book["design"].iter_rows():
        if key.value == "room.height":
            value.value = "3.6 m"
    book.save(path)
    found = tomllib.loads(run("import", path).stdout)
    assert found["source"][0]["protocol"][0]["per_week"] == 45
    assert found["room"]["height"] == "3.6 m"


@settings(max_examples=40)
@given(
    st.dictionaries(
        st.text(min_size=1, max_size=9),
        st.recursive(
            st.booleans() | st.integers(-(2**60), 2**60) | st.floats(allow_nan=False, allow_infinity=False)
            | st.text(max_size=20) | st.dates(),
            lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
            max_leaves=8,
        ),
        max_size=5,
    )
)  # fmt: skip
def test_any_data_is_written_as_toml(tree: dict[str, Any]) -> None:
    assert tomllib.loads(document_text(tree)) == tree


def test_workload_alone(tmp_path: Path) -> None:
    assert run("workbook", tmp_path / "workload.xlsx").exit_code == 0
    done = run("import", tmp_path / "workload.xlsx", "--json")
    said = json.loads(done.stdout)
    jsonschema.validate(said, json.loads((ROOT / "data" / "schemas" / "import-1.json").read_text()))
    assert said["protocols"] == 2
    found = tomllib.loads("[[source]]\n" + said["text"])
    assert found["source"][0]["protocol"][0]["kv"] == "120 kV"


def test_columns_in_any_order_with_units_and_remarks(tmp_path: Path) -> None:
    path = sheet(tmp_path / "w.xlsx", [20, "chest", "0.12 MV", "4 mAs", "seen 2025"], title="Sheet1",
                 head=["per week", "ID", "kv", "mAs", "remark of ward"])  # fmt: skip
    (protocol,) = tomllib.loads("[[source]]\n" + run("import", path).stdout)["source"][0]["protocol"]
    assert protocol == {"per_week": 20, "id": "chest", "kv": "120.0 kV", "charge": "4.0 mAs"}


def _row(**values: Any) -> list[Any]:
    base = {"id": "a", "per_week": 5, "kv": 80, "charge": 3, **values}
    return [base.get(column.key) for column in COLUMNS]


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"kv": "eighty"}, "cell E2: 'eighty'"),
        ({"kv": "80"}, "cell E2: '80'"),
        ({"kv": "80 mA"}, "not a unit of voltage"),
        ({"kv": "0,5 kV"}, "comma"),
        ({"kv": -80}, "more than 0"),
        ({"kv": 2000}, "at most 1000 kV"),
        ({"kv": True}, "not a text"),
        ({"kv": "=40+40"}, "is a formula"),
        ({"kv": '=HYPERLINK("http://x")'}, "never evaluated"),
        ({"kv": "#REF!"}, "cell E2"),
        ({"region": "leg"}, "head, body"),
        ({"id": "../a"}, "an id has"),
        ({"id": 12}, "an id has"),
        ({"id": None}, "id is missing"),
        ({"per_week": None}, "per week is missing"),
        ({"per_week": 0}, "more than 0"),
        ({"in_busiest_hour": -1}, "at least 0"),
    ],
)
def test_wrong_cells_are_named(tmp_path: Path, values: dict[str, Any], words: str) -> None:
    done = run("import", sheet(tmp_path / "w.xlsx", _row(**values)))
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert "sheet 'workload'" in done.stderr


def test_all_wrong_cells_at_once_heads_and_doubles(tmp_path: Path) -> None:
    done = run("import", sheet(tmp_path / "w.xlsx", _row(kv=0), _row(charge="x")))
    assert len(done.stderr.strip().splitlines()) == 2
    done = run("import", sheet(tmp_path / "w.xlsx", head=["id", "per weak"]))
    assert "did you mean 'per week'" in done.stderr
    assert "missing in the first row: per week" in run("import", sheet(tmp_path / "w.xlsx", head=["id", "kV"])).stderr
    assert "stands twice" in run("import", sheet(tmp_path / "w.xlsx", head=["id", "id", "per week"])).stderr
    assert "stands twice" in run("import", sheet(tmp_path / "w.xlsx", _row(), _row())).stderr
    assert "is empty" in run("import", sheet(tmp_path / "w.xlsx", head=[])).stderr


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([["room.height", None]], "without a value"),
        ([["wall.2.id", "a"]], "is no key"),
        ([["a", 1], ["a.b", 2]], "is no key"),
        ([["a", 1], ["a", 2]], "is no key"),
        ([["a..b", 2]], "is no key"),
        ([["a." * 40 + "b", 2]], "is no key"),
        ([["a", "=1"]], "formula"),
    ],
)
def test_a_design_sheet_that_is_none(tmp_path: Path, rows: list[list[Any]], words: str) -> None:
    done = run("import", sheet(tmp_path / "w.xlsx", *rows, title="design", head=["key", "value"]))
    assert (done.exit_code, done.stdout) == (2, ""), done.stdout
    assert words in done.stderr


def test_protocols_of_no_source(tmp_path: Path) -> None:
    path = tmp_path / "room.xlsx"
    run("workbook", path, "--room", ROOT / "examples" / "ct_room.toml")
    book = openpyxl.load_workbook(path)
    book["workload"]["A2"].value = "scaner"
    book.save(path)
    assert "known: scanner" in run("import", path).stderr


def _spoilt(content: bytes, change: Any) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as sink:
        for name in source.namelist():
            new, data = change(name, source.read(name))
            sink.writestr(new, data)
    return target.getvalue()


BOMB = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'


def _declared(good: bytes, spoil: Callable[[bytes, bytes], bytes]) -> bytes:
    """Return a workbook whose first sheet declares entities in some way that its reader understands."""
    return _spoilt(good, lambda n, d: (n, spoil(BOMB, d) if n.endswith("sheet1.xml") else d))


HOSTILE: list[tuple[str, Any]] = [
    ("empty", lambda _: b""),
    ("half", lambda good: good[: len(good) // 2]),
    ("garbage", lambda _: bytes(range(256)) * 40),
    ("text", lambda _: b"id,kV\n"),
    ("old", lambda _: b"\xd0\xcf\x11\xe0" + bytes(999)),
    ("bomb", lambda good: _spoilt(good, lambda n, d: (n, d + b" " * 80_000_000 if n.endswith("sheet1.xml") else d))),
    ("entities", lambda good: _spoilt(good, lambda n, d: (n, BOMB + d if n.endswith("sheet1.xml") else d))),
    ("late entities", lambda good: _declared(good, lambda bomb, d: bomb[:21] + b" " * 9999 + bomb[21:] + d)),
    ("wide entities", lambda good: _declared(good, lambda bomb, d: (bomb[21:] + d).decode().encode("utf-16"))),
    ("macros", lambda good: _spoilt(good, lambda n, d: (n.replace("theme/theme1.xml", "vbaProject.bin"), d))),
    ("no sheets", lambda good: _spoilt(good, lambda n, d: (n, b"" if n == "xl/workbook.xml" else d))),
    ("bad cells", lambda good: _spoilt(good, lambda n, d: (n, d.replace(b"<v>", b"<v>x") if "sheet1" in n else d))),
    (
        "far cell",
        lambda good: _spoilt(good, lambda n, d: (n, d.replace(b'r="2"', b'r="1048576"') if "sheet1" in n else d)),
    ),
]


@pytest.mark.parametrize("spoil", [case[1] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_hostile_workbooks_are_refused_without_traceback(tmp_path: Path, spoil: Any) -> None:
    path = sheet(tmp_path / "w.xlsx", _row())
    path.write_bytes(spoil(path.read_bytes()))
    done = run("import", path)
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert done.stderr.strip()
    assert isinstance(done.exception, SystemExit)


def test_the_point_table(tmp_path: Path) -> None:
    room = ROOT / "examples" / "ct_room.toml"
    one, two, data = tmp_path / "a.xlsx", tmp_path / "b.xlsx", tmp_path / "a.json"
    assert run("check", room, "--report", one, "--json", data).exit_code == 0
    assert run("check", room, "--report", two).exit_code == 0
    assert one.read_bytes() == two.read_bytes()
    said = json.loads(data.read_text())
    points, limits = openpyxl.load_workbook(one).worksheets
    head, *rows = points.iter_rows(values_only=True)
    assert len(rows) == len(said["points"])
    for row, point in zip(rows, said["points"], strict=True):
        assert row[1] == point["id"]
        assert list(row[3:6]) == pytest.approx(point["position_m"], rel=1e-15)
        doses = list(point["doses"].values())
        written = row[9 : 9 + len(doses)]
        assert [each is None for each in written] == [each is None for each in doses]
        known = [(a, b) for a, b in zip(written, doses, strict=True) if b is not None]
        assert [a for a, _ in known] == pytest.approx([b for _, b in known], rel=1e-15)  # 16 digits in the file
    assert all("(" in str(name) for name in [*head[3:6], *head[9 : 9 + len(doses)]])
    judged = [f for f in said["findings"] if f["dose_rule"] and f["outcome"] != "not_applicable"]
    assert limits.max_row == len(judged) + 1


def test_text_is_never_a_formula(tmp_path: Path) -> None:
    text = (ROOT / "examples" / "ct_room.toml").read_text().replace('"car park and lawn"', '"=1+1"')
    room = tmp_path / "room.toml"
    room.write_text(text.replace('"CT room"', "'=HYPERLINK(\"http://x\")'"))
    out = tmp_path / "p.xlsx"
    run("check", room, "--report", out)
    for file, more in ((out, ()), (tmp_path / "w.xlsx", ("workbook",))):
        if more:
            assert run("workbook", file, "--room", room).exit_code == 0
            assert "HYPERLINK" in run("import", file).stdout
        for page in openpyxl.load_workbook(file).worksheets:
            assert not [cell for row in page.iter_rows() for cell in row if cell.data_type == "f"]


@pytest.mark.parametrize("command", [["import", "w.xlsx"], ["workbook", "w.xlsx"],
                                     ["check", ROOT / "examples" / "ct_room.toml", "--report", "w.xlsx"]])  # fmt: skip
def test_the_missing_extra_is_named(command: list[Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    done = run(*command)
    assert done.exit_code == 2
    assert "shieldcalc[excel]" in done.stderr
    assert not (tmp_path / "w.xlsx").exists()


def test_workbook_json_and_refusals(tmp_path: Path) -> None:
    done = run("workbook", tmp_path / "w.xlsx", "--json")
    jsonschema.validate(
        json.loads(done.stdout), json.loads((ROOT / "data" / "schemas" / "workbook-1.json").read_text())
    )
    assert "ends in .xlsx" in run("workbook", tmp_path / "w.txt").stderr
    assert "no such file" in run("workbook", tmp_path / "x.xlsx", "--room", tmp_path / "none.toml").stderr
    assert not (tmp_path / "x.xlsx").exists()
