"""DXF files that are refused in one line: odd drawings, damaged and hostile files, options that mean nothing."""

from pathlib import Path
from typing import Any

import pytest
from drawings import Sheet, plain, walls
from imported import SAID, design, run, sides

TOL = 1e-4 + 1e-9


def test_units_are_said_or_asked_for(tmp_path: Path) -> None:
    sheet = Sheet("none")
    plain(sheet)
    path = sheet.save(tmp_path / "plan.dxf")
    refused = run(path)
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert "--units" in refused.stderr
    assert sides(design(path, "--units", "mm"))[0] == pytest.approx(5.2)
    sheet = Sheet("in")
    plain(sheet)
    corrected = run(sheet.save(path), "--units", "mm", *SAID)
    assert corrected.exit_code == 2  # 5.2 m drawn in inches and read as mm is a room of 0.2 m
    wrong = run(path, "--units", "ft", *SAID)
    assert "read in ft" in wrong.stderr or wrong.exit_code == 2


Odd = list[tuple[str, Any, str]]


ODD: Odd = [
    ("gap", lambda s: (s.rect(0, 0, 5000, 4000, "ROOM"), s.line((0, 0), (5000, 0), "WALL_LEAD_2")), "no wall is drawn"),
    ("two rooms", lambda s: (plain(s), s.rect(9000, 0, 9900, 900, "ROOM")), "2 closed lines"),
    ("open", lambda s: (walls(s), s.poly([(0, 0), (5200, 0), (5200, 4000)], "ROOM", close=False)), "does not close"),
    ("crossed room", lambda s: (walls(s), s.poly([(0, 0), (5200, 4000), (5200, 0), (0, 4000)], "ROOM")), "crosses"),
    ("material", lambda s: (plain(s), s.line((0, 0), (1, 0), "WALL_LAED_2")), "did you mean 'lead'"),
    ("layer", lambda s: (plain(s), s.line((0, 0), (1, 0), "WALL_")), "MATERIAL_MILLIMETRES"),
    ("thick", lambda s: (plain(s), s.line((0, 0), (1, 0), "WALL_LEAD_99999")), "at most 5000"),
    ("overlap", lambda s: (plain(s), s.line((100, 0), (900, 0), "WALL_LEAD_9")), "lie on each other"),
    ("stray door", lambda s: (plain(s), s.line((1000, 1500), (2000, 1500), "DOOR_LEAD_2")), "in no wall"),
    ("narrow door", lambda s: (plain(s), s.line((1000, 0), (1010, 0), "DOOR_LEAD_2")), "at least 50"),
    ("corner", lambda s: (plain(s), s.poly([(900, 0), (0, 0), (0, 900)], "DOOR_LEAD_2", close=False)), "along edges"),
    ("same doors", lambda s: (plain(s), s.line((1200, 4000), (2400, 4000), "DOOR_LEAD_3")), "door"),
    ("nothing", lambda s: s.line((0, 0), (1000, 0), "A-WALL"), "nothing is drawn"),
    ("walls only", lambda s: s.line((0, 0), (1000, 0), "WALL_LEAD_2"), "0 spaces"),
    ("huge", lambda s: s.rect(0, 0, 5e9, 4e9, "ROOM"), "1000"),
    ("wide", lambda s: plain(s, 2e5, 3e5), "100"),
]  # fmt: skip


@pytest.mark.parametrize(("draw", "words"), [case[1:] for case in ODD], ids=[case[0] for case in ODD])
def test_odd_drawings_are_refused_in_words(tmp_path: Path, draw: Any, words: str) -> None:
    sheet = Sheet()
    draw(sheet)
    done = run(sheet.save(tmp_path / "plan.dxf"), *SAID)
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def _good(tmp_path: Path) -> bytes:
    sheet = Sheet()
    plain(sheet)
    return sheet.save(tmp_path / "good.dxf").read_bytes()


HOSTILE: list[tuple[str, Any]] = [
    ("empty", lambda _: b""),
    ("half", lambda good: good[: len(good) // 2]),
    ("no end", lambda good: good[:-6]),
    ("half with end", lambda good: good[: len(good) // 2] + b"\n  0\nEOF\n"),
    ("garbage", lambda _: bytes(range(256)) * 40),
    ("binary head", lambda _: b"AutoCAD Binary DXF\r\n\x1a\x00" + bytes(range(256)) * 9),
    ("dwg", lambda _: b"AC1032" + bytes(900)),
    ("text", lambda _: b"hello\n" * 100),
    ("nan", lambda good: good.replace(b"5200.0", b"nan")),
    ("infinite", lambda good: good.replace(b"5200.0", b"1e999")),
    ("words for numbers", lambda good: good.replace(b"5200.0", b"wide")),
    ("zip", lambda good: b"PK\x03\x04" + good),
]


@pytest.mark.parametrize("spoil", [case[1] for case in HOSTILE], ids=[case[0] for case in HOSTILE])
def test_hostile_files_are_refused_without_traceback(tmp_path: Path, spoil: Any) -> None:
    path = tmp_path / "plan.dxf"
    path.write_bytes(spoil(_good(tmp_path)))
    done = run(path, *SAID)
    assert (done.exit_code, done.stdout) == (2, ""), done.output
    assert done.stderr.strip()
    assert isinstance(done.exception, SystemExit)


def test_a_file_too_large_a_folder_and_none(tmp_path: Path) -> None:
    path = tmp_path / "plan.dxf"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    assert "larger than" in run(path).stderr
    (tmp_path / "folder.dxf").mkdir()
    assert "a folder" in run(tmp_path / "folder.dxf").stderr
    assert "cannot be read" in run(tmp_path / "none.dxf").stderr
    assert ".dwg is not imported" in run(tmp_path / "plan.dwg").stderr


def test_blocks_that_multiply_are_bounded(tmp_path: Path) -> None:
    sheet = Sheet()
    inner = sheet.document.blocks.new("b0")
    inner.add_line((0, 0), (1, 0), dxfattribs={"layer": "WALL_LEAD_2"})
    for depth in range(1, 7):
        block = sheet.document.blocks.new(f"b{depth}")
        for _ in range(10):
            block.add_blockref(f"b{depth - 1}", (0, 0))
    sheet.space.add_blockref("b6", (0, 0))
    done = run(sheet.save(tmp_path / "plan.dxf"))
    assert done.exit_code == 2
    assert "more than" in done.stderr
    sheet = Sheet()
    sheet.document.blocks.new("b").add_line((0, 0), (1, 0), dxfattribs={"layer": "WALL_LEAD_2"})
    sheet.space.add_blockref(
        "b", (0, 0), dxfattribs={"column_count": 30000, "row_count": 30000, "row_spacing": 9, "column_spacing": 9}
    )
    assert "more than" in run(sheet.save(tmp_path / "plan.dxf")).stderr


def test_the_missing_extra_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "ezdxf", None)
    path = tmp_path / "plan.dxf"
    path.write_bytes(b"")
    done = run(path)
    assert done.exit_code == 2
    assert "shieldcalc[dxf]" in done.stderr


@pytest.mark.parametrize(
    "arguments",
    [
        ("--units", "km"), ("--height", "3"), ("--height", "0 m"), ("--slab", "concrete"), ("--on", "today"),
        ("--brick", "solid"), ("--brick", "solid 9"), ("--regulation", "XX"), ("--point", "1,2"),
        ("--flatten", "-1 mm"),
    ],
)  # fmt: skip
def test_options_are_refused_in_words(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    path = tmp_path / "plan.dxf"
    path.write_bytes(_good(tmp_path))
    done = run(path, *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.strip()
