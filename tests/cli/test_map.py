"""``shieldcalc map``: the numbers are those of the check, the pictures have every part, wrong questions are refused."""

import csv
import json
import shutil
from functools import cache
from pathlib import Path
from xml.etree import ElementTree

import jsonschema
import pytest
from click.testing import CliRunner, Result

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.cli import cli
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.loader import load
from shieldcalc.physics.dose_map import QUANTITIES, dose_map, plane_of

ROOT = Path(__file__).parents[2]

EXAMPLES = Path(__file__).parents[2] / "examples"
CT = str(EXAMPLES / "ct_room.toml")
SVG = "{http://www.w3.org/2000/svg}"


@cache
def checked(name: str) -> Assessment:
    return assess(load(str(EXAMPLES / f"{name}.toml"), plugins.catalog()))


def run(*arguments: str) -> Result:
    return CliRunner().invoke(cli, ["map", *arguments])


@pytest.mark.parametrize("name", ["ct_room", "cath_lab", "cn_ct_room"])
@pytest.mark.parametrize("quantity", QUANTITIES)
def test_values_are_those_of_the_check(name: str, quantity: str) -> None:
    assessment = checked(name)
    (result,) = assessment.results
    method = plugins.method(result.method)
    assert method.dose_field is not None
    at = method.dose_field(assessment.scene, quantity)
    for point in result.points:
        if point.point.position[2] > 0 and not point.point.beyond.other_contributions:
            expected = getattr(point.doses, quantity)
            assert at(point.point.position) == (None if expected is None else pytest.approx(expected, rel=1e-12))


def test_table(tmp_path: Path) -> None:
    out = tmp_path / "map.csv"
    done = run(CT, "--plane", "z=100 cm", "--points", "20", "--quantity", "h10_week_mSv", "--out", str(out))
    assert done.exit_code == 0, done.output
    lines = out.read_text("utf-8").splitlines()
    head = [line for line in lines if line.startswith("#")]
    assert "# quantity: h10_week_mSv" in head
    rows = list(csv.DictReader(line for line in lines if not line.startswith("#")))
    assert len(rows) == 400
    assert {row["z_m"] for row in rows} == {"1.0"}
    assert all(float(row["value"]) > 0 for row in rows)
    walls = {
        each.id for each in assess(load(CT, plugins.catalog()), building=False).scene.barriers if each.kind == "wall"
    }
    inside = {row["inside"] for row in rows}
    assert "" in inside
    assert len(inside) > 2
    assert inside <= {"", *walls}


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
@pytest.mark.parametrize("plane", ["z=1 m", "x=2 m", "y=200 cm", "z=-1 m"])
def test_picture(language: str, plane: str, tmp_path: Path) -> None:
    out = tmp_path / "map.svg"
    done = run(CT, "--plane", plane, "--points", "40", "--lang", language, "--out", str(out))
    assert done.exit_code == 0, done.output
    drawing = ElementTree.fromstring(out.read_text("utf-8"))
    kinds = {element.get("class") for element in drawing.iter()}
    assert {"isodose", "source", "legend"} <= kinds
    assert ("door" in kinds) == (plane[0] == "z")
    wide, high = (float(drawing.attrib[side].removesuffix("mm")) for side in ("width", "height"))
    for text in drawing.iter(f"{SVG}text"):
        assert 0 < float(text.attrib["x"]) < wide
        assert 0 < float(text.attrib["y"]) < high


def test_limits_are_drawn(tmp_path: Path) -> None:
    out = tmp_path / "map.svg"
    assert run(str(EXAMPLES / "failing_room.toml"), "--points", "60", "--out", str(out)).exit_code == 0
    text = out.read_text("utf-8")
    assert 'class="limit"' in text
    assert "VN-LC-24-2015/15.3d" in text


def test_png_is_a_picture_and_the_same_again(tmp_path: Path) -> None:
    outs = [tmp_path / name for name in ("one.png", "two.png")]
    for out in outs:
        assert run(CT, "--points", "20", "--out", str(out)).exit_code == 0
    assert outs[0].read_bytes() == outs[1].read_bytes()
    assert outs[0].read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--plane", "w=1 m"], "plane"),
        (["--plane", "z=1"], "unit"),
        (["--plane", "z=99 m"], "misses the room"),
        (["--quantity", "h10_weak_mSv"], "did you mean 'h10_week_mSv'"),
        (["--method", "ncrp174"], "did you mean 'ncrp147'"),
        (["--out", "map.jpg"], "map.jpg"),
        (["--out", "no/such/folder/map.png"], "map.png"),
        (["--points", "1"], "10"),
        (["--regulation", "VN-LC-24-2051"], "VN-LC-24-2015"),
    ],
)
def test_refusals(arguments: list[str], words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(CT, tmp_path / "room.toml")
    monkeypatch.chdir(tmp_path)
    done = run("room.toml", *arguments)
    assert done.exit_code == 2
    assert words in done.output
    assert sorted(path.name for path in tmp_path.iterdir()) == ["room.toml"]


def test_a_quantity_that_the_file_does_not_say(tmp_path: Path) -> None:
    room = tmp_path / "room.toml"
    said = [line for line in Path(CT).read_text("utf-8").splitlines() if not line.startswith("scan_time")]
    room.write_text("\n".join(said), "utf-8")
    done = run(str(room), "--quantity", "h10_beam_on_uSv_per_h", "--out", str(tmp_path / "map.png"))
    assert done.exit_code == 2
    assert "does not say" in done.output


def test_never_over_the_input(tmp_path: Path) -> None:
    room = tmp_path / "room.csv"
    shutil.copy(CT, room)
    assert run(str(room), "--out", str(room)).exit_code == 2


def test_a_turned_question_has_the_same_answer() -> None:
    assessment = checked("ct_room")
    plan = dose_map(assessment, plane_of("z=1 m"), "h10_week_mSv", None, 11)
    middle = plan.us[5]
    cut = dose_map(assessment, plane_of(f"x={middle!r} m"), "h10_week_mSv", None, 11)
    assert cut.us == plan.vs
    (low, high) = cut.vs[0], cut.vs[-1]
    assert low < 0 < 1 < high


def test_json_fits_its_schema_and_draws_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    asked = ["map", str(ROOT / "examples" / "ct_room.toml"), "--points", "10", "--json"]
    result = CliRunner().invoke(cli, asked)
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)
    jsonschema.validate(found, json.loads((ROOT / "data" / "schemas" / "map-1.json").read_text("utf-8")))
    assert len(found["values"]) == len(found["vs"]) == 10
    assert list(tmp_path.iterdir()) == []


def test_a_ward_without_walls_is_drawn(tmp_path: Path) -> None:
    out = tmp_path / "ward.svg"
    asked = ["map", str(ROOT / "examples" / "mobile_xray_ward.toml"), "--points", "20", "--out", str(out)]
    assert CliRunner().invoke(cli, asked).exit_code == 0
    assert "isodose" in out.read_text("utf-8")


def test_the_ending_may_be_in_capitals(tmp_path: Path) -> None:
    out = tmp_path / "MAP.CSV"
    done = run(CT, "--points", "10", "--out", str(out))
    assert done.exit_code == 0, done.output
    assert "# quantity" in out.read_text("utf-8")


def test_of_a_site_the_files_of_its_rooms_are_asked_for() -> None:
    done = run(str(EXAMPLES / "two_ct_rooms" / "site.toml"))
    assert done.exit_code == 2
    assert "one of those that these tables name" in done.stderr
