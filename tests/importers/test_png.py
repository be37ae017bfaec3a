"""A picture behind the plan: to scale, bounded, never from outside the design's folder, never anything but PNG."""

import json
import re
import struct
import tomllib
import xml.etree.ElementTree as ET
import zlib
from pathlib import Path
from typing import Any

import jsonschema
import pymupdf
import pytest
from click.testing import CliRunner, Result
from drawings import Sheet, plain

from shieldcalc import plugins
from shieldcalc.cli import cli
from shieldcalc.model.loader import load
from shieldcalc.model.png import PngError, read_png

ROOT = Path(__file__).parents[2]
ROOM = (ROOT / "examples" / "ct_room.toml").read_text("utf-8")
SVG = "{http://www.w3.org/2000/svg}"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(wide: int = 90, high: int = 72, extra: bytes = b"", rows: bytes | None = None) -> bytes:
    """Return a red picture with a blue pixel in its lower left corner."""
    row = b"\0" + b"\xc8\x1e\x1e" * wide
    packed = zlib.compress(row * (high - 1) + b"\0\0\0\xff" + row[4:] if rows is None else rows)
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + extra + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, [str(each) for each in arguments])


def room(folder: Path, table: str = "", content: bytes | None = None) -> Path:
    (folder / "plan.png").write_bytes(png() if content is None else content)
    said = table or '[room.background]\nfile = "plan.png"\npoints = [[10, 62], [80, 62]]\ndistance = "7 m"\n'
    path = folder / "room.toml"
    path.write_text(f"{ROOM}\n{said}", "utf-8")
    return path


def placed(folder: Path, path: Path) -> tuple[Any, str]:
    out = folder / "r.html"
    assert run("check", path, "--report", out).exit_code == 0
    page = out.read_text("utf-8")
    root = ET.fromstring(page.partition("\n")[2])
    return root, page


def test_the_snippet_and_its_json(tmp_path: Path) -> None:
    path = tmp_path / "plan.png"
    path.write_bytes(png())
    arguments = ("import", path, "--point", "10,62", "--point", "80, 62", "--distance", "700 cm")
    done = run(*arguments)
    assert tomllib.loads(done.stdout) == {
        "room": {"background": {"file": "plan.png", "points": [[10, 62], [80, 62]], "distance": "7.0 m"}}
    }
    said = json.loads(run(*arguments, "--origin", "1 m,20 cm", "--turn", "90 deg", "--json").stdout)
    jsonschema.validate(said, json.loads((ROOT / "data" / "schemas" / "import-1.json").read_text()))
    assert said["metres_per_pixel"] == pytest.approx(0.1)
    assert tomllib.loads(said["text"])["room"]["background"]["at"] == ["1.0 m", "0.2 m"]
    path = room(tmp_path, said["text"])
    assert load(str(path), plugins.catalog()).background is not None


@pytest.mark.parametrize(("turn", "at"), [(0.0, (0.0, 0.0)), (90.0, (1.0, 0.5)), (-30.0, (0.0, 0.0))])
def test_to_scale_in_html(tmp_path: Path, turn: float, at: tuple[float, float]) -> None:
    from math import cos, radians, sin

    table = ('[room.background]\nfile = "plan.png"\npoints = [[10, 62], [80, 62]]\ndistance = "7 m"\n'
             f'turn = "{turn} deg"\nat = ["{at[0]} m", "{at[1]} m"]\n')  # fmt: skip
    root, page = placed(tmp_path, room(tmp_path, table))
    polygon = next(p for p in root.iter(f"{SVG}polygon") if p.get("class") == "room")
    corners = [tuple(map(float, place.split(","))) for place in (polygon.get("points") or "").split()]
    image = next(root.iter(f"{SVG}image"))
    x, y, angle, scale, px, py = map(float, re.findall(r"-?[\d.]+(?:e-?\d+)?", image.get("transform") or ""))
    per_m = (corners[1][0] - corners[0][0]) / 7
    assert (x, y) == pytest.approx((corners[0][0] + at[0] * per_m, corners[0][1] - at[1] * per_m), abs=0.01)
    assert scale * 70 == pytest.approx(7 * per_m, rel=1e-3)
    assert (px, py) == (-10, -62)
    end = x + scale * 70 * cos(radians(angle)), y + scale * 70 * sin(radians(angle))
    wanted = x + 7 * per_m * cos(radians(turn)), y - 7 * per_m * sin(radians(turn))
    assert end == pytest.approx(wanted, abs=0.05)
    assert not re.search(r"<(script|link|img|iframe|object)|url\(|https?://(?!www.w3.org)", page)


def test_under_the_walls_in_pdf_and_the_same_bytes(tmp_path: Path) -> None:
    path = room(tmp_path)
    for name in ("a.pdf", "b.pdf"):
        assert run("check", path, "--report", tmp_path / name).exit_code == 0
    assert (tmp_path / "a.pdf").read_bytes() == (tmp_path / "b.pdf").read_bytes()
    with pymupdf.open(tmp_path / "a.pdf") as pdf:
        found = [(page, image) for page in pdf for image in page.get_image_info()]
        ((page, image),) = found
        box, scale = pymupdf.Rect(image["bbox"]), 75
        assert box.width / 72 * 0.0254 * scale == pytest.approx(9.0, rel=2e-3)  # 90 pixels of 0.1 m
        bitmap = page.get_pixmap(dpi=144)
        inside = bitmap.pixel(int((box.x0 + box.width * 0.4) * 2), int((box.y0 + box.height * 0.75) * 2))
        assert inside[0] > inside[1] + 40  # pale red shows in the room


def test_dxf_to_design_to_picture(tmp_path: Path) -> None:
    sheet = Sheet("cm", at=(300, 400))
    plain(sheet)
    drawing = sheet.save(tmp_path / "plan.dxf")
    (tmp_path / "scan.png").write_bytes(png(620, 500))
    text = run("import", drawing, "--on", "2025-06-30").stdout
    text += '[[source]]\nid = "ct"\nkind = "ct"\nkv = "120 kV"\nisocentre = ["2 m", "2 m", "1 m"]\n'
    text += '[[source.protocol]]\nid = "a"\nregion = "body"\ndlp = "500 mGy*cm"\nper_week = 9\n'
    text += run(
        "import", tmp_path / "scan.png", "--point", "50,450", "--point", "570,450", "--distance", "5.2 m"
    ).stdout
    path = tmp_path / "room.toml"
    path.write_text(text, "utf-8")
    done = run("check", path, "--report", tmp_path / "r.html")
    assert done.exit_code in (0, 1, 3), done.output
    root = ET.fromstring((tmp_path / "r.html").read_text("utf-8").partition("\n")[2])
    drawn = next(p for p in root.iter(f"{SVG}polygon") if p.get("class") == "room")
    corners = [tuple(map(float, place.split(","))) for place in (drawn.get("points") or "").split()]
    scale = next(int(t.text[4:]) for t in root.iter(f"{SVG}text") if (t.text or "").startswith("1 : "))
    sizes = [corners[1][0] - corners[0][0], corners[1][1] - corners[2][1]]
    assert [size * scale / 1e3 for size in sizes] == pytest.approx([5.2, 4.0], abs=0.011 * scale / 1e3)
    image = next(root.iter(f"{SVG}image"))
    place = [float(part) for part in re.findall(r"[\d.]+", image.get("transform") or "")[:2]]
    assert place == pytest.approx(corners[0], abs=0.01)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("../plan.png", "in the folder"), ("/etc/passwd", "in the folder"), ("a/../../plan.png", "in the folder"),
        ("..\\\\plan.png", "in the folder"), ("link.png", "in the folder"), ("none.png", "no such file"),
        (".", "no such file"), ("room.toml", "no PNG"),
    ],
)  # fmt: skip
def test_a_picture_from_elsewhere_is_refused(tmp_path: Path, name: str, words: str) -> None:
    folder = tmp_path / "design"
    folder.mkdir()
    (tmp_path / "plan.png").write_bytes(png())
    (folder / "link.png").symlink_to(tmp_path / "plan.png")
    path = room(folder, f'[room.background]\nfile = "{name}"\npoints = [[1, 2], [3, 4]]\ndistance = "1 m"\n')
    done = run("check", path)
    assert (done.exit_code, done.stdout) == (2, "")
    assert words in done.stderr
    assert "room.background.file" in done.stderr


@pytest.mark.parametrize(
    "table",
    [
        'points = [[1, 2], [1, 2]]\ndistance = "1 m"', 'points = [[1, 2]]\ndistance = "1 m"',
        "points = [[1, 2], [3, 4]]",
        'points = [[1, 2], [3, 4]]\ndistance = "0 m"', 'points = [[1, 2], [3, -4]]\ndistance = "1 m"',
        'points = [["1", 2], [3, 4]]\ndistance = "1 m"', 'points = [[1, 2], [3, 4, 5]]\ndistance = "1 m"',
    ],
)  # fmt: skip
def test_wrong_points_are_refused(tmp_path: Path, table: str) -> None:
    done = run("check", room(tmp_path, f'[room.background]\nfile = "plan.png"\n{table}\n'))
    assert (done.exit_code, done.stdout) == (2, "")
    assert "room.background" in done.stderr


GOOD = png()
BAD: list[tuple[str, bytes]] = [
    ("empty", b""),
    ("jpeg", b"\xff\xd8\xff\xe0" + bytes(200)),
    ("svg", b'<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'),
    ("half", GOOD[: len(GOOD) // 2]),
    ("no end", GOOD[:-12]),
    ("checksum", GOOD.replace(b"IDAT", b"IDAU")),
    ("bomb", png(rows=zlib.compress(b"") and bytes(60_000_000))),
    ("short", png(rows=bytes(10))),
    ("wide", png(90_000, 90_000, rows=b"")),
    ("nothing", png(0, 0, rows=b"")),
    ("long chunk", b"\x89PNG\r\n\x1a\n\xff\xff\xff\xffIHDR" + bytes(40)),
]


@pytest.mark.parametrize("content", [case[1] for case in BAD], ids=[case[0] for case in BAD])
def test_what_is_no_png_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(PngError):
        read_png(content)
    done = run("check", room(tmp_path, content=content))
    assert (done.exit_code, done.stdout) == (2, "")
    done = run("import", tmp_path / "plan.png", "--point", "1,2", "--point", "3,4", "--distance", "1 m")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "no PNG" in done.stderr


def test_only_what_draws_is_kept() -> None:
    said = png(extra=chunk(b"tEXt", b"Comment\0where it was taken"))
    assert b"where it was taken" not in read_png(said).content
    assert read_png(said).content == png()


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("--point", "1,2"), ("--point", "1,2", "--point", "1,2"), ("--point", "1;2", "--point", "3,4"),
        ("--point", "1,2", "--point", "91,4"), ("--point", "1,2", "--point", "3,4", "--origin", "1 m"),
        ("--point", "1,2", "--point", "3,4", "--turn", "9"), ("--point", "nan,2", "--point", "3,4"),
        ("--units", "mm", "--point", "1,2", "--point", "3,4"),
    ],
)  # fmt: skip
def test_options_are_refused_in_words(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    path = tmp_path / "plan.png"
    path.write_bytes(png())
    done = run("import", path, "--distance", "1 m", *arguments)
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr.strip()
    assert "--distance is missing" in run("import", path, "--point", "1,2", "--point", "3,4").stderr
