"""Points told as another: what is printed there and at the point derived in full gives every printed result."""

from collections.abc import Mapping, Sequence

import pytest
from examples import EXAMPLES, judged_example, told

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.trace import Step
from shieldcalc.reports.formulas import texts_of
from shieldcalc.reports.numbers import read
from shieldcalc.reports.sections.likewise import Row, first_alike, varied

NAMES = {"__builtins__": {}, **{name: getattr(__import__("math"), name) for name in ("exp", "log", "sqrt", "pi")}}


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def judged(request: pytest.FixtureRequest) -> Assessment:
    return judged_example(request.param)


def computed(steps: Sequence[Step], others: Sequence[Step], row: Row) -> Mapping[int, float]:
    """Return each step's value from printed texts only: results before it, the row's own, the other point's."""
    given, values = dict(row.given), {}
    results: dict[float, float] = {}
    for place, (step, other) in enumerate(zip(steps, others, strict=True)):
        texts = {**texts_of(other), **given}
        inputs = {name: results.get(value, read(texts[name])) for name, (value, _) in step.inputs.items()}
        values[place] = results[step.value] = eval(step.expression, {**NAMES, "max": max, "min": min}, inputs)
    return values


def test_printed_numbers_give_printed_results(judged: Assessment) -> None:
    for result in judged.results:
        first = first_alike(result)
        for point in result.points:
            other = first[point.point.id]
            if other is point:
                continue
            parts = [("", part.steps) for part in point.components]
            rows = varied(parts, [("", part.steps) for part in other.components]) or []
            for (_, steps), part, row in zip(parts, other.components, rows, strict=False):
                values = computed(steps, part.steps, row)
                shown = {
                    place: text for place, step in enumerate(steps) for known, text in row.results if known is step
                }
                for place, text in shown.items():
                    assert values[place] == pytest.approx(read(text), rel=6e-4, abs=0)


def test_behind_one_barrier_one_point_is_derived_in_full(judged: Assessment) -> None:
    blocks = told(judged, "en")["sections"][-1]["blocks"]
    full = sum(block["type"] == "table" for block in blocks)
    aside = sum(result.unshielded is not None for result in judged.results)  # of a ward, at 1 m from each bed
    points = aside + sum(len(result.points) for result in judged.results)
    assert full + sum(block["type"] == "varied" for block in blocks) == points


def test_a_barrier_with_three_points_is_derived_once() -> None:
    two_tubes = next(path for path in EXAMPLES if "two_tubes" in path.stem)
    first = first_alike(judged_example(two_tubes).results[0])
    assert first["south.hour"].point.id == first["south.beam_on"].point.id == "south"
