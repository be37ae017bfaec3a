"""Parts told as another: what is printed there and at the point derived in full gives every printed result."""

from collections.abc import Mapping, Sequence

import pytest
from examples import EXAMPLES, judged_example
from examples import told as content

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.trace import Step
from shieldcalc.reports.formulas import texts_of
from shieldcalc.reports.numbers import read
from shieldcalc.reports.sections.likewise import Row, Told, parts_told

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
        for part, like, row in (told for parts in parts_told(result).values() for told in parts):
            if like is None or row is None:
                continue
            values = computed(part.steps, like[1].steps, row)
            shown = {
                place: text for place, step in enumerate(part.steps) for known, text in row.results if known is step
            }
            for place, text in shown.items():
                # four digits: up to 5e-4 by the last one, as much again by the rounded numbers of the steps before
                assert values[place] == pytest.approx(read(text), rel=1e-3, abs=0)


def test_each_part_is_derived_once_and_told_at_every_point(judged: Assessment) -> None:
    every: list[Told] = []
    for result in judged.results:
        told = parts_told(result)
        assert [[each.part for each in told[point.point.id]] for point in result.points] == [
            [*point.components] for point in result.points
        ]
        derived = {id(each.part) for parts in told.values() for each in parts if each.row is None}
        every += [each for parts in told.values() for each in parts]
        assert all(id(each.like[1]) in derived for parts in told.values() for each in parts if each.like)
    blocks = content(judged, "en")["sections"][-1]["blocks"]
    rows = sum(len(block["rows"]) for block in blocks if block["type"] in ("table", "varied"))
    rows += sum(not each.row.results for each in every if each.row)
    aside = [result.unshielded.aside for result in judged.results if result.unshielded is not None]
    points = [point for result in judged.results for point in result.points]
    assert rows == sum(len(point.components) for point in (*points, *aside))


def test_a_barrier_with_three_points_is_derived_once() -> None:
    two_tubes = next(path for path in EXAMPLES if "two_tubes" in path.stem)
    parts = parts_told(judged_example(two_tubes).results[0])
    assert {each.like[0].point.id for each in parts["south.hour"] if each.like} == {"south"}
    assert all(each.like for each in (*parts["south.hour"], *parts["south.beam_on"]))
