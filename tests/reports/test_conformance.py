"""Files as an archive takes them: PDF/A-2b, self-contained HTML, the same bytes from another process."""

import os
import subprocess
import sys
import xml.etree.ElementTree as ET
from hashlib import sha256
from io import BytesIO
from typing import Any

import pytest
from examples import EXAMPLES, judged_example, told
from pypdf import PdfReader
from test_formulas import NAMES, python

from shieldcalc.model.assessment import Assessment
from shieldcalc.reports import html, pdf
from shieldcalc.reports.numbers import plain
from shieldcalc.reports.words import Words
from shieldcalc.texts import LANGUAGES

WRITTEN = """
import sys
from hashlib import sha256
from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model.loader import load
there = assess(load(sys.argv[1], plugins.catalog()))
for ending in ("pdf", "html", "docx", "xlsx"):
    print(ending, sha256(plugins.report(f"x.{ending}").write(there, sys.argv[2])).hexdigest())
"""


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def judged(request: pytest.FixtureRequest) -> Assessment:
    return judged_example(request.param)


def digests(language: str, seed: str) -> str:
    environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": "Asia/Ho_Chi_Minh" if seed == "1" else "UTC"}
    room = str(next(path for path in EXAMPLES if path.stem == "ct_room"))
    command = [sys.executable, "-c", WRITTEN, room, language]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout


def test_another_process_and_another_hash_seed_write_the_same_bytes() -> None:
    first = digests("zh", "1")
    assert first == digests("zh", "2")
    assert first.count("\n") == 4
    assert sha256(b"").hexdigest() not in first


def fonts_of(page: Any) -> list[Any]:
    found = [font.get_object() for font in page["/Resources"].get("/Font", {}).values()]
    return [descendant.get_object() for font in found for descendant in font.get("/DescendantFonts", [font])]


@pytest.mark.parametrize("language", LANGUAGES)
def test_pdf_a(language: str) -> None:
    """Output intent with its profile, every font embedded, nothing active or encrypted, part 2 level B said."""
    room = judged_example(EXAMPLES[0])
    reader = PdfReader(BytesIO(pdf.write(room, language)))
    root = reader.trailer["/Root"].get_object()
    intent = root["/OutputIntents"][0].get_object()
    assert intent["/S"] == "/GTS_PDFA1"
    assert len(intent["/DestOutputProfile"].get_object().get_data()) > 100
    assert "/Encrypt" not in reader.trailer
    assert not {"/OpenAction", "/AA", "/AcroForm"} & set(root)
    assert root["/Lang"][:2] == language
    metadata = root["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in metadata
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in metadata
    for page in reader.pages:
        for font in fonts_of(page):
            descriptor = font["/FontDescriptor"].get_object()
            assert {"/FontFile2", "/FontFile3"} & set(descriptor), font["/BaseFont"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_substitution_on_the_page_gives_its_result(judged: Assessment, language: str) -> None:
    """Read the HTML itself: each printed line "symbol = numbers = result" is computed again."""
    words = Words(language)
    signs = words.say("number.decimal"), words.say("number.group")
    root = ET.fromstring(html.rendered(told(judged, language)).decode().partition("\n")[2])
    lines = [each for each in root.iter() if each.get("class") == "numbers"]
    assert lines
    for line in lines:
        terms = [python_or_sign(child, signs) for child in line]
        body, result = "".join(terms).partition("=")[2].rpartition("=")[::2]
        mantissa = "".join(line[-1].itertext()).partition("×")[0]
        half = 0.4901 * 10.0 ** (exponent_of(line[-1]) - len(plain(mantissa, *signs).partition(".")[2]))
        assert abs(float(eval(body, NAMES)) - float(eval(result, NAMES))) <= half, "".join(line.itertext())


def python_or_sign(node: ET.Element, signs: tuple[str, str]) -> str:
    symbols = {"mi", "msub", "msup", "msubsup"}
    inner = [child.tag.rpartition("}")[2] for child in node]
    if len(inner) == 1 and inner[0] in symbols and any(each.tag.endswith("}mi") for each in node[0].iter()):
        return "y"
    return python(node, lambda text: plain(text, *signs))


def exponent_of(node: ET.Element) -> int:
    raised = next((each for each in node.iter() if each.tag.endswith("}msup")), None)
    return int((raised[1].text or "0").replace("−", "-")) if raised is not None else 0
