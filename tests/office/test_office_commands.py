"""``office``: what a ledger holds, what another law would do without physics, what became of what was found."""

import csv
import io
import json
import sqlite3
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Any
from zlib import compress

import jsonschema
import office_made as made
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from shieldcalc.cli import cli
from shieldcalc.errors import Notice
from shieldcalc.model.result import Fact
from shieldcalc.office.basis import Asked, basis
from shieldcalc.office.codec import facts_bytes, facts_of, notice_of, notice_text
from shieldcalc.office.find import submissions
from shieldcalc.office.ledger import Ledger
from shieldcalc.office.worker import rows_of
from shieldcalc.texts import catalogue

HOSTILE = "<script>alert(1)</script> =1+1"
ROOT = Path(__file__).parents[2]


def run(*arguments: object) -> Any:
    return CliRunner().invoke(cli, list(map(str, arguments)))


def said(*arguments: object) -> Any:
    done = run("office", *arguments)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    name = found["schema"].removeprefix("shieldcalc/").replace("/", "-")
    jsonschema.validate(found, json.loads((ROOT / "data" / "schemas" / f"{name}.json").read_text("utf-8")))
    return found


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the ledger of a thick room, a thin one, one with a source that decays, and a bad zip."""
    top = tmp_path_factory.mktemp("office")
    made.folder(top / "in" / "thick", 2.0)
    made.folder(top / "in" / "thin", 0.02, HOSTILE)
    (top / "in" / "bad.zip").write_bytes(b"no zip")
    gauge = top / "in" / "gauge"
    gauge.mkdir()
    (gauge / "room.toml").write_text((ROOT / "examples" / "cs137_gauge.toml").read_text("utf-8"), "utf-8")
    (gauge / "claims.toml").write_text(made.CLAIMS.format(lead=1, applicant="Mill").partition("[claimed]")[0], "utf-8")
    on, path = basis(Asked()), top / "office.sqlite"
    with Ledger(str(path), new=True) as ledger:
        for found in submissions([str(top / "in")], str(path)):
            ledger.keep(rows_of(found, Asked(), on))
    return path


@pytest.mark.parametrize(
    "asked",
    [
        ("--regulation", "VN-LC-24-2015", "--on", "2024-01-01"),
        ("--regulation", "CN-GBZ130-2020", "--regulation", "CN-GB18871-2002"),
        ("--on", "2010-01-01"),
    ],
)
def test_what_if_gives_what_verify_gives(office: Path, asked: tuple[str, ...]) -> None:
    rooms = {each["submission"]: each for each in said("what-if", office, *asked, "--json")["rooms"]}
    verified = json.loads(run("verify", office.parent / "in" / "thin", *asked, "--json").stdout)
    (alone,), found = verified["designs"], rooms["in/thin"]
    assert found["after"] == alone["check_exit_code"]
    assert (found["on"], found["instruments"]) == (verified["on"], alone["instruments"])
    open_ones = [
        each for each in alone["findings"]
        if each["outcome"] in ("fail", "undetermined") and each["force"] not in ("repealed", "not_yet_valid")
    ]  # fmt: skip
    assert found["findings"] == open_ones


def test_what_decays_is_judged_on_its_own_day_only(office: Path) -> None:
    rooms = {each["submission"]: each for each in said("what-if", office, "--on", "2040-01-01", "--json")["rooms"]}
    assert rooms["in/gauge"]["after"] is None
    assert rooms["in/thick"]["after"] is not None
    with Ledger(str(office)) as ledger:
        (day,) = (row["day"] for row in ledger.rows("SELECT day FROM room WHERE submission = 'in/gauge'"))
    rooms = {each["submission"]: each for each in said("what-if", office, "--on", day, "--json")["rooms"]}
    assert rooms["in/gauge"]["after"] == rooms["in/gauge"]["before"]


def test_what_a_plugin_judged_that_is_not_there_now_is_undetermined(office: Path, tmp_path: Path) -> None:
    ledger = _copy(office, tmp_path)
    with sqlite3.connect(ledger) as file:
        file.execute("UPDATE room SET instruments = '[\"OUR-1\"]' WHERE submission = 'in/thin'")
    for found in (
        said("what-if", ledger, "--on", "2026-01-01", "--json")["rooms"],
        said("report", ledger, "--json")["newest_law"],
    ):
        (room,) = (each for each in found if each["submission"] == "in/thin")
        assert (room["after"], [each["rule"] for each in room["findings"]]) == (3, ["OUR-1"])
    assert "OUR-1" in run("office", "report", ledger).stdout
    with sqlite3.connect(ledger) as file:
        file.execute("UPDATE room SET facts = x'0102'")
    done = run("office", "what-if", ledger, "--regulation", "VN-13-2014")
    assert (done.exit_code, "--resume" in done.stderr) == (2, True)


def test_what_if_needs_a_question_that_can_be_put(office: Path) -> None:
    for arguments, words in (
        ((), "--regulation"),
        (("--regulation", "VN-13-2041"), "VN-13-2014"),
        (("--on", "soon"), "not a date"),
        (("--on", "2030-01-01", "--report", "x.pdf"), ".html"),
        (("--on", "2030-01-01", "--csv", "-", "--json"), "one of them"),
    ):
        done = run("office", "what-if", office, *arguments)
        assert done.exit_code == 2
        assert words in done.stderr


def test_list_by_filters(office: Path) -> None:
    def names(*by: object) -> list[str]:
        return [each["name"] for each in said("list", office, *by, "--json")["submissions"]]

    assert names() == ["in/bad.zip", "in/gauge", "in/thick", "in/thin"]
    assert names("--outcome", "refused") == ["in/bad.zip"]
    assert names("--applicant", "SCRIPT") == ["in/thin"]
    assert names("--applicant", "%") == []
    rule = said("show", office, "in/thin", "--json")["findings"][-1]["rule"]
    assert "in/thin" in names("--rule", rule)
    assert names("--rule", "VN-LC-24-2015/15.3d") == []  # known, and nowhere judged
    assert names("--margin-below", "0") == []
    for wrong, words in (
        (("--rule", rule + "x"), rule),
        (("--rule", "nonsense"), "no rule named"),
        (("--margin-below", "nan"), "number"),
        (("--gone", "--present"), "one of them"),
    ):
        done = run("office", "list", office, *wrong)
        assert (done.exit_code, words in done.stderr) == (2, True)
    rows = list(csv.DictReader(io.StringIO(run("office", "list", office, "--csv", "-").stdout)))
    assert [row["name"] for row in rows] == names()


def test_show_one(office: Path) -> None:
    assert "bad.zip" in said("show", office, "in/bad.zip", "--json")["refused"]
    assert "in/bad.zip" in run("office", "show", office, "in/bad.zip", "--lang", "zh").stdout
    done = run("office", "show", office, "in/thik")
    assert done.exit_code == 2
    assert "in/thick" in done.stderr


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_report_in_three_languages(office: Path, language: str, tmp_path: Path) -> None:
    page = tmp_path / "report.html"
    done = run("office", "report", office, "--on", "2025-12-31", "--report", page, "--lang", language, "--csv", "-")
    assert done.exit_code == 0, done.output
    text = page.read_text("utf-8")
    assert "<svg" in text
    assert "<script" not in text
    parts = {row["part"] for row in csv.DictReader(io.StringIO(done.stdout))}
    assert {"outcome", "finding", "kind", "margin", "newest_law", "refused"} <= parts


@pytest.mark.parametrize("language", ["en", "vi", "zh"])
def test_every_reason_of_a_verification_has_its_kind_in_words(language: str) -> None:
    told = catalogue(language)
    reasons = {code.rpartition(".")[2] for code in told if code.startswith("report.verify.reason.")} - {"seen"}
    assert {name for name in reasons if f"report.office.kind.{name}" not in told} == set()


def test_report_counts_what_the_ledger_holds(office: Path) -> None:
    found = said("report", office, "--json")
    assert (found["submissions"], found["units"], found["rooms"]) == (4, 3, 3)
    assert sum(found["outcomes"].values()) == 4
    assert found["margins"][0]["margin"] == min(each["margin"] for each in found["margins"])
    assert found["statistics"] == []
    assert "office inspection" in run("office", "report", office).stdout
    assert "<script>" in run("office", "report", office).stdout  # plain text there


def test_what_was_recorded_by_mistake_is_mended(office: Path, tmp_path: Path) -> None:
    ledger = _copy(office, tmp_path)

    def visit(unit: str, *more: object) -> Any:
        return run("office", "inspection", ledger, "V", "--unit", unit, "--on", "2025-07-01", *more)

    assert visit("Benh vie\u0323n").exit_code == 0
    hazard = said("follow-up", ledger, "H", "--inspection", "V", "--deadline", "2025-07-02", "--json")
    assert (hazard["unit"], hazard["found"]) == ("Benh vi\u1eb9n", "2025-07-01")  # composed
    assert visit("Mill", "--officers", 10**30).exit_code == 2
    assert visit("Mill", "--vehicles", 1).exit_code == 0
    found = said("report", ledger, "--no-newest", "--json", "--on", "2025-08-01")
    assert [each["unit"] for each in found["overdue"]] == ["Mill"]
    assert [row["unit"] for row in found["statistics"]] == [None, "Mill"]
    rows = list(csv.DictReader(io.StringIO(run("office", "report", ledger, "--no-newest", "--csv", "-").stdout)))
    assert {row["text"] for row in rows if row["name"] == "officers"} == {"V: inspection.officers"}
    late = run("office", "inspection", ledger, "V", "--unit", "Mill", "--on", "2025-07-02")
    assert (late.exit_code, "H: 2025-07-01" in late.stderr) == (2, True)
    assert "H" in run("office", "withdraw", ledger, "inspection", "V").stderr
    assert said("withdraw", ledger, "hazard", "H", "--json")["id"] == "H"
    assert run("office", "withdraw", ledger, "inspection", "V").exit_code == 0
    assert "no such inspection" in run("office", "withdraw", ledger, "inspection", "V").stderr
    assert said("report", ledger, "--no-newest", "--json")["statistics"] == []


def _copy(office: Path, top: Path) -> Path:
    """Return a copy of a ledger that a test may change."""
    ledger = top / "o.sqlite"
    with sqlite3.connect(office) as source, sqlite3.connect(ledger) as copy:
        source.backup(copy)
    return ledger


def test_follow_up_gives_the_six_statistics(office: Path, tmp_path: Path) -> None:
    ledger = _copy(office, tmp_path)
    record = ("office", "follow-up", ledger)
    visit = ("--unit", "Hospital", "--on", "2025-07-01", "--officers", 2, "--vehicles", 1)
    assert said("inspection", ledger, "V1", *visit, "--json")["officers"] == 2
    assert run(*record, "H1", "--inspection", "V1", "--found", "2025-07-01", "--corrected", "2025-07-01").exit_code == 0
    assert run(*record, "H2", "--inspection", "V1", "--found", "2025-07-01", "--deadline", "2025-08-01").exit_code == 0
    assert run(*record, "H3", "--submission", "in/thin", "--found", "2025-07-02", "--what", HOSTILE).exit_code == 0
    asked = ("report", ledger, "--no-newest", "--period", "quarter", "--json", "--on")
    whole = said(*asked, "2025-08-02")["statistics"][0]
    numbers = ("units_inspected", "hazards_found", "on_the_spot", "ordered", "officers", "vehicles", "overdue")
    assert [whole[name] for name in numbers] == [1, 3, 1, 1, 2, 1, 1]
    assert (whole["period"], whole["unit"], whole["neither"]) == ("2025-Q3", None, 1)
    assert said(*asked, "2025-08-01")["overdue"] == []
    changed = said("follow-up", ledger, "H2", "--corrected", "2025-07-20", "--json")  # the rest stays
    assert (changed["deadline"], changed["corrected"], changed["unit"]) == ("2025-08-01", "2025-07-20", "Hospital")
    assert said(*asked, "2025-08-02")["overdue"] == []
    assert said(*asked[:-1])["on"] == "2025-07-20"  # the last day that is recorded
    rows = list(csv.DictReader(io.StringIO(run("office", *asked[:-2], "--csv", "-", "--on", "2025-08-01").stdout)))
    assert next(row for row in rows if row["name"] == "neither")["count"] == "1"
    for wrong, words in (
        (("H1", "--unit", "Mill"), "Hospital"),
        (("H4", "--inspection", "V1", "--found", "2025-06-30"), "2025-07-01"),
        (("H4",), "--found"),
        (("H4", "--found", "2025-01-01"), "--unit"),
        (("H2", "--corrected", "2025-06-30"), "before"),
        (("H4", "--found", "2025-01-01", "--submission", "x"), "no such submission"),
        (("H4", "--found", "2025-01-01", "--inspection", "x"), "no such inspection"),
        (("H4", "--found", "2025-01-01", "--submission", "in/thin", "--rule", "x"), "no finding"),
        (("H\n4", "--found", "2025-01-01", "--unit", "x"), "printable"),
        (("H4", "--found", "2025-02-30"), "not a date"),
    ):
        done = run(*record, *wrong)
        assert done.exit_code == 2
        assert words in done.stderr


texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
plain = st.none() | st.booleans() | st.floats(allow_nan=False) | texts | st.tuples(texts, texts)
notices = st.builds(Notice, texts, st.dictionaries(texts, plain | st.integers() | st.dates(), max_size=3))


numbers = st.none() | st.floats(allow_nan=False)
facts = st.builds(Fact, subject=texts, quantity=texts, value=plain, unit=texts, place=texts, person=texts, method=texts,
                  equipment=st.lists(texts, max_size=2).map(tuple), averaging=texts, provenance=texts,
                  reason=st.none() | notices, confidence=texts, at_least=numbers)  # fmt: skip


@settings(max_examples=40)
@given(st.lists(facts, max_size=4).map(tuple))
def test_facts_are_kept_exactly(given_ones: tuple[Fact, ...]) -> None:
    back = facts_of(facts_bytes(given_ones))
    assert back == given_ones
    assert [type(each.value) for each in back] == [type(each.value) for each in given_ones]


@pytest.mark.parametrize(
    "value", [2.5, 1e-05, 1e300, float("inf"), 3, "a,0.5", "1.5", ("a.b",), ("x", "1.5"), True, None, "],\n["]
)
def test_facts_that_differ_in_their_value_alone_are_told_apart(value: Any) -> None:
    told = [Fact(subject="a,b", quantity="q", value=each) for each in (0.5, value, 0.25, value)]
    for _ in range(2):  # the second time all but the number is known
        back = facts_of(facts_bytes(told))
        assert list(map(repr, back)) == list(map(repr, told))


def test_facts_of_older_ledgers_stood_on_one_line() -> None:
    row = ["console", "q", 0.5, "mSv/year", "any", "any", ["ct"], "per_year", "", "ncrp147", None, ""]
    told = Fact(subject="console", quantity="q", value=0.5, unit="mSv/year", equipment=("ct",), averaging="per_year",
                method="ncrp147")  # fmt: skip
    for rows in ([], [row], [row, row]):
        assert facts_of(compress(json.dumps(rows).encode())) == (told,) * len(rows)


def test_every_field_of_a_fact_is_kept() -> None:
    told = {each.name: ("x",) if each.name == "equipment" else 7.0 for each in fields(Fact)} | {"reason": Notice("a")}
    (back,) = facts_of(facts_bytes([Fact(**told)]))
    assert {name: getattr(back, name) for name in told} == told


def test_facts_that_are_equal_are_written_as_they_are() -> None:
    told = {"subject": "entrance", "quantity": "area", "unit": "m2", "equipment": ("ct",)}
    for more in ({"value": 1.0}, {"value": 1}, {"value": True}, {"value": 2.0, "at_least": 1}):
        for at_most in (None, 1, 1.0):
            fact = Fact(**told, **more, at_most=at_most)
            (back,) = facts_of(facts_bytes([fact]))
            cells = [(type(each.value), type(each.at_least), type(each.at_most)) for each in (fact, back)]
            assert back == fact
            assert cells[0] == cells[1]


def test_notices_within_notices_are_kept() -> None:
    inner = Notice("a", {"on": date(2025, 1, 1), "names": ["x", ("y", 1.5)]})
    assert notice_of(notice_text(Notice("b", {"why": inner, "much": {"k": 2}}))) == Notice(
        "b", {"why": inner, "much": {"k": 2}}
    )


def test_the_readme_shows_real_output(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "README.md").read_text("utf-8").partition("## The regulator's office")[2].partition("```text\n")[2]
    shown = text.partition("```")[0].split("$ shieldcalc ")[1:]
    assert len(shown) == 3
    (tmp_path / "examples").symlink_to(ROOT / "examples")
    monkeypatch.chdir(tmp_path)
    for each in shown:
        command, *lines = each.splitlines()
        done = run(*command.split())
        assert done.exit_code in (0, 1), done.output
        assert [line for line in lines if line != "…" and line not in done.stdout] == []
