"""The shipped examples, judged once and put into words once a language, for every test that reads their reports."""

from functools import cache
from pathlib import Path
from typing import Any

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.loader import load
from shieldcalc.reports.content import content

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.toml"))


@cache
def judged_example(path: Path) -> Assessment:
    return assess(load(str(path), plugins.catalog()))


@cache
def told(judged: Assessment, language: str) -> dict[str, Any]:
    """Return what every form of the report is written from; tests read it and leave it as it is."""
    return content(judged, language)


def turn(judged: Assessment, *languages: str) -> str:
    """Return one of the languages, another for each example in turn: for what need not be tried in all of them."""
    return languages[[path.stem for path in EXAMPLES].index(Path(judged.design.file).stem) % len(languages)]
