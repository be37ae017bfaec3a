"""The PDF report: PDF/A-2b, complete, inside its pages, the same bytes, fast; what fonts lack is refused."""

from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from typing import Any

import pymupdf
import pytest
from pypdf import PdfReader
from sample import renamed, sample

from shieldcalc.errors import Notice, TextError
from shieldcalc.model.assessment import Assessment
from shieldcalc.reports import pdf
from shieldcalc.reports.fonts import coverage, require_glyphs, visible

HOSTILE = '<script>alert(1)</script> #import "x" $x$ *b* _i_ `c` \\ @a {facility} [l] // /* #eval'


def opened(assessment: Assessment) -> Any:
    document: Any = pymupdf
    return document.open(stream=pdf.write(assessment, "en"))


@pytest.fixture(scope="module")
def plain() -> Any:
    return opened(sample())


def words(document: Any) -> str:
    return " ".join(" ".join(page.get_text().replace("\u200b", "") for page in document).split())


OPENING, CLOSING = tuple("（“"), tuple("，。；：、）”")


def inside(document: Any) -> None:
    """Assert that all text lies in the text area of its page."""
    for page in document:
        lines = [line for block in page.get_text("dict")["blocks"] for line in block.get("lines", ())]
        spans = [span for line in lines for span in line["spans"]]
        edge = 18 / 25.4 * 72 - 3
        for span in spans:
            x0, y0, x1, y1 = span["bbox"]
            half = span["size"] / 2  # the empty half of a full-width sign
            x0 += half if span["text"].startswith(OPENING) else 0.0
            x1 -= half if span["text"].endswith(CLOSING) else 0.0
            assert edge <= x0 <= x1 <= page.rect.width - edge, span["text"]
            assert 0 <= y0 < y1 <= page.rect.height, span["text"]


def test_nothing_leaves_the_page(plain: Any) -> None:
    inside(plain)
    assert all((round(page.rect.width), round(page.rect.height)) == (595, 842) for page in plain)


def test_pdf_a_2b() -> None:
    metadata = PdfReader(BytesIO(pdf.write(sample(), "en"))).metadata
    raw = pdf.write(sample(), "en")
    assert metadata is not None
    assert metadata.title == "Radiation shielding report"
    assert b"<pdfaid:part>2</pdfaid:part>" in raw
    assert b"<pdfaid:conformance>B</pdfaid:conformance>" in raw


@pytest.mark.parametrize(
    "part",
    [
        "Bệnh viện Đa khoa huyện Bắc Hà",
        "This room does not keep every rule",
        "Plan, scale 1 : 50",
        "S1: tube (radiography)",
        "Maximum clinical technique",
        "Patients per week",
        "storey height 3.3 m",
        "Point 1: south",
        "NCRP 147, Eq. A.2",
        "fail - unverified rule, informs only",
        "pass - binding",
        "0.3000004",
        "What to build",
        "Assumptions",
        "cross-checked",
        "4f1c" * 16,
        "Prepared by",
        "example_pack 1.2",
        "not known",
    ],
)
def test_every_part_is_there(plain: Any, part: str) -> None:
    assert part.replace(" ", "") in words(plain).replace(" ", "")


def test_the_plan_is_drawn_with_its_marks(plain: Any) -> None:
    page = next(page for page in plain if "Plan, scale" in page.get_text())
    marks = {word[4] for word in page.get_text("words")}
    assert {"S1", "S2", "A", "B", "12"} <= marks
    assert len(page.get_drawings()) > 30


def test_no_heading_ends_a_page(plain: Any) -> None:
    for page, following in pairwise(plain):
        body = [b for b in page.get_text("dict")["blocks"] if b.get("lines") and b["bbox"][3] < 842 - 56]
        last = max(body, key=lambda block: block["bbox"][3])["lines"][-1]["spans"][0]
        assert last["size"] < 10.2 or "Bold" not in last["font"], (page.number, last["text"], following.number)


def test_same_bytes() -> None:
    assert pdf.write(sample(), "en") == pdf.write(sample(), "en")


def test_the_date_is_that_of_the_evaluation() -> None:
    metadata = PdfReader(BytesIO(pdf.write(replace(sample(), on="2026-06-30"), "en"))).metadata
    assert metadata is not None
    assert metadata.creation_date is not None
    assert metadata.creation_date.date().isoformat() == "2026-06-30"


def test_hostile_text_is_data() -> None:
    document = opened(renamed(sample(), facility=HOSTILE, room=HOSTILE))
    assert HOSTILE.replace(" ", "") in words(document).replace(" ", "")
    inside(document)


def test_very_long_names_stay_inside() -> None:
    there = sample()
    notices = (*there.notices, Notice("errors.not_positive", {"value": "y" * 900}))
    inside(opened(renamed(replace(there, notices=notices), facility="x" * 500, room="W" * 300, author="ab " * 200)))


@pytest.mark.parametrize(("text", "named"), [("จังหวัด", "U+0E08"), ("☢ room", "RADIOACTIVE SIGN"), ("مستشفى", "U+0645")])
def test_a_glyph_that_cannot_be_shown_is_named(text: str, named: str) -> None:
    with pytest.raises(TextError) as refused:
        pdf.write(renamed(sample(), facility=text), "en")
    assert named in refused.value.text()


def test_what_the_fonts_cover() -> None:
    for text in ("Đặng Thị Ngọc Bích ỗ ữ Ỹ", "αβγθκμΩ", "≤≥×·−√∞µ²³⁻⁵→–—…°½", "Ñandú Žižek Łódź"):
        assert require_glyphs(text) == text
    assert len(coverage()) > 1000


def test_decomposed_text_is_composed_and_controls_are_written_out() -> None:
    assert visible("Be\u0323\u0302nh vie\u0323\u0302n") == "Bệnh viện"
    assert visible("a\x00b\u202ec\u200bd\te") == "aU+0000bU+202EcU+200Bd e"
