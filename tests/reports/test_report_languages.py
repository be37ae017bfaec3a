"""The shipped examples in every language: HTML, PDF and Word, read back."""

import re
from html import unescape
from io import BytesIO
from pathlib import Path
from typing import Any

import pymupdf
import pytest
from docx import Document
from examples import EXAMPLES, judged_example, told, turn
from test_formulas import again_from
from test_pdf import inside

from shieldcalc.errors import TextError
from shieldcalc.model.assessment import Assessment
from shieldcalc.reports import docx, html, pdf
from shieldcalc.reports.numbers import localised, plain
from shieldcalc.reports.words import Words
from shieldcalc.texts import LANGUAGES, catalogue

LATIN = re.compile(r"[A-Za-zÀ-ỹ]{2,}")
RULE_ID = re.compile(r"\b[A-Z]{2}-[\w-]+/[\w.]+")
# Bibliography stands as printed; units, symbols and formats are the same everywhere.
KEPT_WORDS = """
Al Cai Design Diagnostic Facilities Gy Health ICRP Imaging Lao Med Medical Phys Poludniowski RPII Radiation
Ray SHA Shielding Simpkin SpekPy Structural Sutton Sv TG Williams al and beam ccb cm csv df django et exp for hanajd
hour kV kVp ln mA mAs mGy mSv max min mm mmPb of on rays shieldcalc the toml
GBq IAEA SSR Rev Ann Ba Berger Eckerman Endo Faw Gamma Holroyd Hubbell NIST NISTIR Prot Radiol NUREG ORNL RSIC
Seltzer Shultis Wallace WS XCOM Pb half
Group Task Madsen Lymperopoulou II Taylor Use Rays Energies up Report sr
"""
KEPT = set(KEPT_WORDS.split())


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def judged(request: pytest.FixtureRequest) -> Assessment:
    return judged_example(request.param)


def own_words(assessment: Assessment, language: str) -> set[str]:
    """Return the words that may stand in a report: the language's, those of the input file, hashes and file names."""
    given = Path(assessment.design.file).read_text("utf-8")
    names = " ".join([*(f"{table['name']} {table['sha256']}" for table in assessment.tables), assessment.design.sha256])
    told = ("id", "number", "replaced_by", "changed_by")  # titles stand in the language, the rest in its words
    status = " ".join(str(one.get(key, "")) for one in assessment.instrument_status for key in told)
    texts = " ".join(re.sub(r"\{[^{}]*\}", " ", text) for text in catalogue(language).values())
    ids = " ".join(p.point.id + " " + str(p.point.barrier) for r in assessment.results for p in r.points)
    symbols = " ".join(each.symbol for r in assessment.results for maze in r.mazes for each in maze.figures)
    told_of = [given, assessment.design.file, names, status, texts, ids, symbols, assessment.version]
    return set(LATIN.findall(" ".join(told_of))) | KEPT


def foreign(text: str, assessment: Assessment, language: str) -> set[str]:
    return set(LATIN.findall(RULE_ID.sub(" ", text))) - own_words(assessment, language)


def read_html(page: str) -> str:
    bare = re.sub(r"<style>.*?</style>|<math>.*?</math>", " ", page, flags=re.DOTALL)
    return unescape(re.sub(r"<[^>]+>", " ", bare))


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_has_no_foreign_words(judged: Assessment, language: str) -> None:
    made = html.rendered(told(judged, language))
    assert language != turn(judged, *LANGUAGES) or made == html.write(judged, language)
    assert foreign(read_html(made.decode()), judged, language) == set() or language == "en"


@pytest.mark.parametrize("language", ["vi", "zh"])
def test_pdf_holds_its_text_in_its_pages(judged: Assessment, language: str) -> None:
    made = pdf.rendered(told(judged, language))
    assert language != turn(judged, "vi", "zh") or made == pdf.write(judged, language)
    document: Any = pymupdf.open(stream=made)
    inside(document)
    text = "".join(page.get_text() for page in document).replace("\u200b", "")
    assert catalogue(language)["report.title"].replace(" ", "") in text.replace(" ", "").replace("\n", "")
    assert "\ufffd" not in text
    assert judged.design.identity.facility in text


def test_word_file(judged: Assessment) -> None:
    """In one language each: the words are those that HTML is read for in all of them."""
    written(judged, turn(judged, *LANGUAGES))


@pytest.mark.parametrize("language", LANGUAGES)
def test_word_file_in_every_language(language: str) -> None:
    written(judged_example(next(path for path in EXAMPLES if path.stem == "ct_room")), language)


def written(judged: Assessment, language: str) -> None:
    made = docx.rendered(told(judged, language))
    assert made == docx.write(judged, language)
    document = Document(BytesIO(made))
    cells = [cell.text for table in document.tables for cell in table._cells]
    text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    titles = [f"{part['number']}  {part['title']}" for part in told(judged, language)["sections"]]
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"] == titles
    assert judged.design.sha256 in text
    assert foreign(text, judged, language) == set() or language == "en"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_printed_formula_reads_back(judged: Assessment, language: str) -> None:
    words = Words(language)
    signs = words.say("number.decimal"), words.say("number.group")
    items = [item for part in told(judged, language)["sections"] for block in part["blocks"]
             if block["type"] == "steps" for item in block["items"]]  # fmt: skip
    assert items
    for item in items:
        computed, result, half = again_from(item["numbers"], item["value"], lambda text: plain(text, *signs))
        assert abs(computed - result) <= half or item["remark"], item


@pytest.mark.parametrize(
    ("text", "vi", "zh"),
    [
        ("1234.5", "1.234,5", "1,234.5"),
        ("0.3", "0,3", "0.3"),
        ("-0.52", "-0,52", "-0.52"),
        ("1.23×10⁻⁵", "1,23×10⁻⁵", "1.23×10⁻⁵"),
        ("1234567", "1.234.567", "1,234,567"),
        ("∞", "∞", "∞"),
        ("−1234.25", "−1.234,25", "−1,234.25"),
    ],
)
def test_numbers_by_language(text: str, vi: str, zh: str) -> None:
    for language, wanted in (("en", text), ("vi", vi), ("zh", zh)):
        words = Words(language)
        assert words.number(text) == wanted
        assert plain(wanted, words.say("number.decimal"), words.say("number.group")) == text
    assert localised("20", ",", ".") == "20"


def test_word_without_python_docx(monkeypatch: pytest.MonkeyPatch) -> None:
    there = judged_example(EXAMPLES[0])
    monkeypatch.setitem(__import__("sys").modules, "docx", None)
    with pytest.raises(TextError, match=r"shieldcalc\[word\]"):
        docx.write(there, "en")
