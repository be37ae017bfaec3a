"""Reports of the shipped examples: every printed substitution, every page."""

from pathlib import Path

import pytest
from test_formulas import agrees, steps_of
from test_html import words
from test_pdf import inside, opened

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.loader import load
from shieldcalc.reports import html
from shieldcalc.reports.formulas import printed

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def judged(request: pytest.FixtureRequest) -> Assessment:
    return assess(load(str(request.param), plugins.catalog()))


def test_every_printed_substitution(judged: Assessment) -> None:
    steps = [step for result in judged.results for step in steps_of(result)]
    steps += [step for zone in judged.zones for step in zone.steps]
    assert steps
    assert [step for step in steps if not printed(step).reproduced] == []
    assert all(agrees(step) for step in steps)


def test_html_reads(judged: Assessment) -> None:
    assert judged.design.sha256 in words(html.write(judged, "en").decode("utf-8"))


def test_pages_hold_their_text(judged: Assessment) -> None:
    inside(opened(judged))
