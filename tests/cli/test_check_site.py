"""``shieldcalc check SITE.toml``, as people run it: exit codes, JSON, one report, what is refused."""

import json
import sys
from io import BytesIO
from pathlib import Path

import jsonschema
import openpyxl
import pymupdf
import pytest
from click.testing import CliRunner, Result
from docx import Document

from shieldcalc.cli import cli
from shieldcalc.cli.check import written as of_kind
from shieldcalc.errors import TextError
from shieldcalc.model.catalog import ReportKind
from shieldcalc.model.site import SiteAssessment
from shieldcalc.reports import docx, html, pdf

sys.path.insert(0, str(Path(__file__).parents[1] / "sites"))
from made import checked, ct_room, site_text, written

ROOT = Path(__file__).parents[2]
PAIR = ROOT / "examples" / "two_ct_rooms"
SCHEMAS = ROOT / "data" / "schemas"
FACING = (("a", '["0 m", "0 m", "0 m"]', "0 deg"), ("b", '["5 m", "11 m", "0 m"]', "180 deg"))


def check(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["check", *map(str, arguments)])


@pytest.fixture(scope="module")
def answer() -> dict[str, object]:
    result = check(PAIR / "site.toml", "--json", "-")
    assert result.exit_code == 1
    found = json.loads(result.stdout)
    assert isinstance(found, dict)
    return found


def test_each_room_keeps_the_law_by_itself_and_both_together_do_not(answer: dict[str, object]) -> None:
    assert [check(PAIR / f"ct_{n}.toml").exit_code for n in (1, 2)] == [0, 0]
    for room in answer["rooms"]:  # type: ignore[attr-defined]
        failed = {f["subject"]: f for f in room["check"]["findings"] if f["outcome"] == "fail"}
        assert set(failed) == {"entrance", "reception@site"}
        assert failed["entrance"]["force"] == "binding"
        assert 0.3 < failed["reception@site"]["value"] < 0.6


def test_json_fits_both_schemas(answer: dict[str, object]) -> None:
    jsonschema.validate(answer, json.loads((SCHEMAS / "check-site-1.json").read_text("utf-8")))
    room = json.loads((SCHEMAS / "check-1.json").read_text("utf-8"))
    for each in answer["rooms"]:  # type: ignore[attr-defined]
        jsonschema.validate(each["check"], room)
    assert answer["exit_code"] == 1


def test_every_sum_is_the_sum_of_its_components(answer: dict[str, object]) -> None:
    """The week over the components; the rate as the sum over rooms of the highest protocol of each."""
    for room in answer["rooms"]:  # type: ignore[attr-defined]
        for point in room["check"]["points"]:
            parts = point["components"]
            weeks = [part["air_kerma"]["week_mGy"] for part in parts]
            assert point["doses"]["air_kerma_week_mGy"] == pytest.approx(sum(weeks), rel=1e-9)
            rates: dict[str, float] = {}
            for part in parts:
                rates[part["room"]] = max(rates.get(part["room"], 0.0), part["air_kerma"]["beam_on_uGy_per_h"])
            assert point["doses"]["air_kerma_beam_on_uGy_per_h"] == pytest.approx(sum(rates.values()), rel=1e-9)
            assert sum(share["air_kerma"]["week_mGy"] for share in point["rooms"]) == pytest.approx(sum(weeks))


@pytest.fixture(scope="module")
def assessed() -> SiteAssessment:
    return checked(PAIR / "site.toml")


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Shared points"), ("vi", "Các điểm chung"), ("zh", "共用点")],
    ids=["en", "vi", "zh"],
)
def test_one_document_holds_the_site_and_every_room(assessed: SiteAssessment, language: str, said: str) -> None:
    with pymupdf.open("pdf", pdf.write(assessed, language)) as file:
        text = "".join(page.get_text() for page in file).replace("\u200b", "").replace("\n", "")
    page = html.write(assessed, language).decode()
    for part in (said, "ct_1", "ct_2", "scanner_1", "scanner_2", "reception@site", "entrance"):
        assert part in text
        assert part in page
    assert page.count("<svg") == 9  # the site, and of each room its plan, two maps and its areas


def test_word_holds_every_part(assessed: SiteAssessment) -> None:
    file = Document(BytesIO(docx.write(assessed, "en")))
    heads = [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == "Heading 1"]
    assert [head for head in heads if "Room ct_" in head] == ["6  Room ct_1: CT room 1", "7  Room ct_2: CT room 2"]
    assert sum("Contributions from other rooms" in head for head in heads) == 2


def test_a_report_is_written_with_the_verdict_as_exit_code(tmp_path: Path) -> None:
    assert check(PAIR / "site.toml", "--report", tmp_path / "site.html", "--lang", "vi").exit_code == 1
    assert "Các điểm chung" in (tmp_path / "site.html").read_text("utf-8")


def test_the_same_site_gives_the_same_bytes(tmp_path: Path) -> None:
    path = written(tmp_path, site_text(*FACING), a=ct_room(), b=ct_room())
    for name in ("a", "b"):
        check(path, "--json", tmp_path / f"{name}.json", "--report", tmp_path / f"{name}.html")
    for ending in ("json", "html"):
        assert (tmp_path / f"a.{ending}").read_bytes() == (tmp_path / f"b.{ending}").read_bytes()


def test_the_terminal_names_every_room_and_the_worst_verdict() -> None:
    shown = check(PAIR / "site.toml").stdout
    for said in ("━━ Room ct_1: CT room 1", "━━ Room ct_2: CT room 2", "━━ Site: CT department", "Contributions from"):
        assert said in shown
    assert "Not every room of the site keeps every rule." in shown


def test_no_file_of_a_room_is_overwritten(tmp_path: Path) -> None:
    path = written(tmp_path, site_text(*FACING), a=ct_room(), b=ct_room())
    before = (tmp_path / "b.toml").read_bytes()
    result = check(path, "--json", tmp_path / "b.toml")
    assert result.exit_code == 2
    assert "never overwrites an input" in result.stderr
    assert (tmp_path / "b.toml").read_bytes() == before


def test_a_kind_of_report_for_one_room_refuses_a_site(assessed: SiteAssessment) -> None:
    kind = ReportKind(name="csv", endings=(".csv",), write=lambda _found, _language: b"")
    with pytest.raises(TextError, match=r"\.pdf"):
        of_kind(kind, assessed, "en")


def test_the_point_table_of_a_site_names_the_room_and_the_method(tmp_path: Path) -> None:
    book, data = tmp_path / "points.xlsx", tmp_path / "points.json"
    asked = ("--method", "ncrp147", "--method", "gbz130", "--lang", "zh")
    assert check(PAIR / "site.toml", *asked, "--report", book, "--json", data).exit_code == 1
    points, limits = openpyxl.load_workbook(book).worksheets
    said = json.loads(data.read_text("utf-8"))
    wanted = [(room["id"], p["method"], p["id"]) for room in said["rooms"] for p in room["check"]["points"]]
    rows = list(points.iter_rows(min_row=2, values_only=True))
    assert [row[:3] for row in rows] == wanted
    for row in rows:
        of_method = [f for room in said["rooms"] if room["id"] == row[0] for f in room["check"]["findings"]
                     if f["rule"] == row[-6] and f["subject"] == row[2] and f["method"] == row[1]]  # fmt: skip
        assert [row[-5]] == [
            f["value"] if f["value"] is None else pytest.approx(f["value"], rel=1e-15) for f in of_method
        ]
    assert {row[2] for row in limits.iter_rows(min_row=2, values_only=True)} == {"ncrp147", "gbz130"}


def test_what_a_method_refuses_names_the_room_it_is_about(tmp_path: Path) -> None:
    wrong = ct_room().replace('kv = "120 kV"', 'kv = "150 kV"')
    result = check(written(tmp_path, site_text(*FACING), a=ct_room(), b=wrong))
    assert result.exit_code == 2
    assert "b.toml:44: source.1.kv" in result.stderr


ALONE = """from shieldcalc.hookspecs import hookimpl
from shieldcalc.model.result import Method
@hookimpl
def register_methods():
    return [Method(name="unshielded", title="t", reference="r", valid_for=("ct",), compute=print)]
"""


def test_a_method_that_adds_no_rooms_is_refused(tmp_path: Path, use_plugins) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "unshielded.py").write_text(ALONE, "utf-8")
    use_plugins(tmp_path / "unshielded.py")
    path = written(tmp_path, site_text(*FACING), a=ct_room(), b=ct_room())
    result = check(path, "--method", "unshielded")
    assert result.exit_code == 2
    assert "does not add the doses of other rooms" in result.stderr


def test_the_worst_exit_code_of_the_rooms_counts(tmp_path: Path) -> None:
    """A room that keeps everything beside one that says no busiest hour: undetermined; the date decides for all."""
    good, silent = ct_room(lead=8, slab=400), ct_room(lead=8, slab=400, hour="")
    path = written(tmp_path, site_text(*FACING), a=good, b=silent)
    found = json.loads(check(path, "--json", "-").stdout)
    assert found["exit_code"] == max(each["check"]["exit_code"] for each in found["rooms"]) == 3
    assert check(path, "--on", "2026-06-30").exit_code == 3
