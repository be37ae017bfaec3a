"""The HTML report: well-formed, complete, escaped, alone."""

import re
import xml.etree.ElementTree as ET

import pytest
from sample import renamed, sample

from shieldcalc.errors import TextError
from shieldcalc.reports import html

HOSTILE = '<script>alert(1)</script> "&\' #import "x" $x$ *b* _i_ `c` \\ @a {facility} [l]'


def page(facility: str = "Hospital") -> str:
    return html.write(renamed(sample(), facility=facility), "en").decode("utf-8")


def words(text: str) -> str:
    root = ET.fromstring(text.partition("\n")[2])
    return " ".join("".join(root.itertext()).split())


def test_well_formed_and_hostile_text_is_text() -> None:
    text = page(HOSTILE)
    assert " ".join(HOSTILE.split()) in words(text)
    assert "<script" not in text


def test_alone_without_scripts_or_requests() -> None:
    text = page()
    assert not re.search(r"<(script|link|img|iframe|object)|url\(|@import|javascript:|\son\w+=", text)
    assert set(re.findall(r"https?://[^\"]+", text)) <= {"http://www.w3.org/1999/xhtml", "http://www.w3.org/2000/svg"}


@pytest.mark.parametrize(
    "part",
    [
        "DR <500>",
        "125 kV, 320 mA",
        "3.1 mm Al",
        "0.876 mGy/h at 1 m, at 150 kV and 3.3 mA (assumed)",
        "1 : 50",
        "220 mm solid brick, 1.65 g/cm³ + 20 mm barium plaster",
        "storey height 3.3 m",
        "NCRP 147, Eq. A.2",
        "fail - unverified rule, informs only",
        "pass - repealed, no legal effect on this date",
        "cross-checked",
        "ab" * 32,
        "4f1c" * 16,
        "example_pack 1.2",
        "Signature",
        "Prepared by",
        "Letter 12/2025",
        "not yet in force on this date",
        "Phòng chờ – khoa Chẩn đoán hình ảnh",
        "no longer in force from 2026-01-01",
        "1.24 mm",
        "0.3000004 mSv/year",
        "waiting room",
    ],
)
def test_every_part_is_there(part: str) -> None:
    assert part in words(page())


def test_very_long_names() -> None:
    assert "x" * 500 in words(page("x" * 500))


def test_a_missing_text_is_an_error() -> None:
    with pytest.raises(TextError, match="report"):
        html.write(sample(), "xx")


def test_same_bytes() -> None:
    assert html.write(sample(), "en") == html.write(sample(), "en")
