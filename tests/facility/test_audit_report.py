"""The report of an audit and what else is written: three languages, HTML and PDF, tables, JSON by its schema."""

import csv
import io
import re
from pathlib import Path

import pymupdf
import pytest
from audit_made import HEAD, audited
from click.testing import CliRunner
from facility_made import ROOT

from shieldcalc.cli import cli

EXAMPLES = ROOT / "examples"
WELL = EXAMPLES / "well_logging_company" / "facility.toml"


def _run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(cli, ["audit", *map(str, arguments)])
    return done.exit_code, done.output


@pytest.mark.usefixtures("quickly")
@pytest.mark.parametrize(
    ("folder", "language"),
    [*(("well_logging_company", language) for language in ("en", "vi", "zh")), ("dental_chain", "vi")],
)
def test_html_and_pdf_in_each_language(tmp_path: Path, folder: str, language: str) -> None:
    pdf, page = tmp_path / "audit.pdf", tmp_path / "audit.html"
    path = EXAMPLES / folder / "facility.toml"
    code, _ = _run(path, "--lang", language, "--report", pdf, "--report", page)
    assert code in (0, 1)
    with pymupdf.open(pdf) as document:
        text = "".join(sheet.get_text() for sheet in document)
        for sheet in document:
            for *box, _, _, _ in sheet.get_text("blocks"):
                assert 0 <= box[0] <= box[2] <= sheet.rect.width
                assert 0 <= box[1] <= box[3] <= sheet.rect.height
    html = page.read_text("utf-8")
    heading = {"en": "Doses of people", "vi": "Liều cá nhân", "zh": "个人剂量"}[language]
    assert heading in html
    assert heading in re.sub(r"\s+", " ", text)
    assert "<script" not in html


def test_no_english_in_a_chinese_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    page = tmp_path / "audit.html"
    _run(WELL.relative_to(ROOT), "--lang", "zh", "--report", page)
    body = re.sub(r"<style>.*?</style>|<[^>]+>", " ", page.read_text("utf-8"), flags=re.DOTALL)
    body = re.sub(r"[0-9a-f]{64}|\b(?:CN|GBZ|GB|HJ|RS)-?[A-Z0-9.-]*", " ", body)
    own = WELL.read_text("utf-8") + (WELL.parent / "store.toml").read_text("utf-8")  # what files say stands as it is
    allowed = {"SHA", "mSv", "shieldcalc", "csv", "systems", "five_years", "d_values", "unsealed_factors", "nuclides",
               "CT", "kV"}  # fmt: skip
    assert {word for word in re.findall(r"[A-Za-z_]{2,}", body) if word not in own} - allowed == set()


def test_reports_are_the_same_bytes_again(tmp_path: Path) -> None:
    first, second = tmp_path / "a.pdf", tmp_path / "b.pdf"
    _run(WELL, "--report", first)
    _run(WELL, "--report", second)
    assert first.read_bytes() == second.read_bytes()


def test_the_table_holds_every_finding() -> None:
    code, told = _run(WELL, "--csv", "-")
    rows = list(csv.DictReader(io.StringIO(told)))
    found = audited(WELL)
    own = [row for row in rows if not row["room"]]
    assert code == found["exit_code"]
    assert [(row["rule"], row["subject"], row["outcome"]) for row in own] == [
        (row["rule"], row["subject"], row["outcome"]) for row in found["findings"]
    ]
    assert {row["room"] for row in rows} == {"", "store"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--report", "audit.docx"], "audit.docx"),
        (["--report", "nowhere/audit.pdf"], "nowhere"),
        (["--report", str(WELL)], "facility.toml"),
        (["--json", str(WELL.parent / "store.toml")], "store.toml"),
        (["--json", "-", "--csv", "-"], "standard output"),
        (["--on", "2025-13-01"], "2025-13-01"),
        (["--on", "20250101"], ""),
        (["--period", "decade"], "decade"),
        (["--lang", "fr"], "fr"),
        (["--regulation", "VN-LC-24-2016"], "did you mean 'VN-LC-24-2015'?"),
    ],
)
def test_refusals(arguments: list[str], words: str) -> None:
    code, told = _run(WELL, *arguments)
    assert code == 2 or (code in (1, 3) and arguments[0] == "--on")
    assert words in told or "Error" in told
    assert "Traceback" not in told


@pytest.mark.usefixtures("quickly")
def test_no_file_that_was_read_is_written_over(tmp_path: Path) -> None:
    from hashlib import sha256
    from shutil import copytree

    folder = tmp_path / "site"
    copytree(EXAMPLES / "two_ct_rooms", folder)
    (folder / "letter.txt").write_text("a letter")
    digest = sha256((folder / "site.toml").read_bytes()).hexdigest()
    text = HEAD + f'\n[[room]]\nid = "both"\nfile = "site.toml"\nsha256 = "{digest}"\n'
    path = folder / "facility.toml"
    path.write_text(text + '\n[[document]]\nid = "letter"\ntitle = "Letter"\nfile = "letter.txt"\n')
    for name in ("ct_1.toml", "site.toml", "letter.txt", "facility.toml"):
        before = (folder / name).read_bytes()
        code, told = _run(path, "--json", folder / name)
        assert (code, (folder / name).read_bytes()) == (2, before), told
    code, _ = _run(path, "--csv", folder / "new.csv")
    assert code == 1
    assert b"both" in (folder / "new.csv").read_bytes()


def test_a_file_that_is_none(tmp_path: Path) -> None:
    assert _run(tmp_path / "nothing.toml")[0] == 2
    (tmp_path / "room.toml").write_text("format = 1\n")
    code, told = _run(tmp_path / "room.toml")
    assert code == 2
    assert "facility" in told


def test_every_duty_and_rule_of_a_facility_has_its_system() -> None:
    from shieldcalc.builtins import instruments
    from shieldcalc.facility.items import system_of
    from shieldcalc.regulations import load
    from shieldcalc.regulations.duty_rules import duties
    from shieldcalc.regulations.strict import OF_FACILITY
    from shieldcalc.texts import catalogue

    names = [rule.full_id for name in instruments() for rule in duties(name)]
    names += [
        rule.full_id for name in instruments() for rule in load(name).rules if rule.scope in (*OF_FACILITY, "person")
    ]
    persons = ("carer", "child_visitor")
    assert [name for name in names if system_of(name) == "S00" and not name.endswith(persons)] == []
    assert {f"report.audit.system_name.{system_of(name)}" for name in names} <= catalogue("en").keys()
