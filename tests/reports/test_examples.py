"""Reports of the shipped examples: every printed substitution, every page."""

import pymupdf
import pytest
from examples import EXAMPLES, judged_example, told
from test_formulas import agrees, steps_of
from test_html import words
from test_pdf import inside

from shieldcalc.model.assessment import Assessment
from shieldcalc.reports import html, pdf
from shieldcalc.reports.formulas import printed


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def judged(request: pytest.FixtureRequest) -> Assessment:
    return judged_example(request.param)


def test_every_printed_substitution(judged: Assessment) -> None:
    steps = [step for result in judged.results for step in steps_of(result)]
    steps += [step for zone in judged.zones for step in zone.steps]
    assert steps
    assert [step for step in steps if not printed(step).reproduced] == []
    assert all(agrees(step) for step in steps)


def test_html_reads(judged: Assessment) -> None:
    assert judged.design.sha256 in words(html.rendered(told(judged, "en")).decode("utf-8"))


def test_pages_hold_their_text(judged: Assessment) -> None:
    inside(pymupdf.open(stream=pdf.rendered(told(judged, "en"))))
