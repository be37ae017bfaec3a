"""What a barrier needs when fluoroscopy and radiography set goals of their own."""

import pytest

from shieldcalc.methods.gbz130.require import keeping_both
from shieldcalc.model.result import Requirement


def needs(required: float | None, added: float | None, reason: str = "") -> Requirement:
    return Requirement(material="lead", required_mm=required, added_mm=added, reason=reason)


@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        (needs(5.0, 0.0), needs(8.0, 0.0), needs(8.0, 0.0)),
        (needs(8.0, 0.0), needs(5.0, 1.0), needs(8.0, 1.0)),
        (needs(5.0, 1.0), needs(None, None, "passes_beside"), needs(None, None, "passes_beside")),
        (needs(5.0, 1.0, "with_neighbours"), needs(6.0, 0.5), needs(6.0, 1.0, "with_neighbours")),
    ],
)
def test_each_figure_keeps_the_goals_of_both(one: Requirement, other: Requirement, both: Requirement) -> None:
    assert keeping_both(one, other) == both
    assert keeping_both(other, one) == both
