"""Reports of whole sites in every language: no foreign word, every printed formula computes again, the same bytes."""

import sys
from io import BytesIO
from pathlib import Path

import pymupdf
import pytest
from docx import Document
from test_formulas import again_from
from test_pdf import inside
from test_report_languages import LATIN, RULE_ID, own_words, read_html

from shieldcalc.model.site import SiteAssessment
from shieldcalc.reports import docx, html, pdf
from shieldcalc.reports.content import content
from shieldcalc.reports.numbers import plain
from shieldcalc.reports.words import Words
from shieldcalc.texts import LANGUAGES

sys.path.insert(0, str(Path(__file__).parents[1] / "sites"))
from made import checked

SITE = Path(__file__).parents[2] / "examples" / "two_ct_rooms" / "site.toml"


@pytest.fixture(scope="module")
def judged() -> SiteAssessment:
    return checked(SITE, methods=("ncrp147", "gbz130"))


def foreign(text: str, site: SiteAssessment, language: str) -> set[str]:
    own = set(LATIN.findall(f"{Path(site.site.file).read_text('utf-8')} {site.site.file} {site.site.sha256}"))
    own = own.union(*(own_words(room, language) for room in site.rooms))
    return set(LATIN.findall(RULE_ID.sub(" ", text))) - own


@pytest.mark.parametrize("language", LANGUAGES)
def test_html_and_word_have_no_foreign_words(judged: SiteAssessment, language: str) -> None:
    said = content(judged, language)
    page, file = html.rendered(said), docx.rendered(said)
    assert language != "vi" or (page, file) == (html.write(judged, language), docx.write(judged, language))
    document = Document(BytesIO(file))
    cells = [cell.text for table in document.tables for cell in table._cells]
    text = " ".join([*(paragraph.text for paragraph in document.paragraphs), *cells])
    assert language == "en" or foreign(read_html(page.decode()), judged, language) == set()
    assert language == "en" or foreign(text, judged, language) == set()


@pytest.mark.parametrize("language", ["vi", "zh"])
def test_pdf_is_inside_its_pages(judged: SiteAssessment, language: str) -> None:
    made = pdf.rendered(content(judged, language))
    assert language != "zh" or made == pdf.write(judged, language)
    with pymupdf.open("pdf", made) as document:
        inside(document)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_printed_formula_reads_back(judged: SiteAssessment, language: str) -> None:
    words = Words(language)
    signs = words.say("number.decimal"), words.say("number.group")
    items = [item for part in content(judged, language)["sections"] for block in part["blocks"]
             if block["type"] == "steps" for item in block["items"]]  # fmt: skip
    assert items
    for item in items:
        computed, result, half = again_from(item["numbers"], item["value"], lambda text: plain(text, *signs))
        assert abs(computed - result) <= half or item["remark"], item
