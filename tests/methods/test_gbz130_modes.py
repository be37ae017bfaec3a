"""Rooms with devices of several kinds under GBZ 130, 6.3.1: whose rate each clause judges."""

from dataclasses import replace
from pathlib import Path

import pytest

from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.methods.gbz130.modes import mode_fields, notices
from shieldcalc.methods.gbz130.scene_sources import field_of
from shieldcalc.model.build import scene_of
from shieldcalc.model.design import Design, Source, Technique
from shieldcalc.model.loader import load

EXAMPLES = Path(__file__).parents[2] / "examples"
BEHIND = (6.8, 3.0, 1.2)
SCREENING = Technique(kv=80.0, current_mA=3.0)


def room(*sources: Source, together: bool | None) -> Design:
    plain = load(str(EXAMPLES / "cn_dr_room.toml"), plugins.catalog())
    said = replace(plain.declarations, simultaneous_operation=together)
    return replace(plain, sources=sources, declarations=said)


def source(name: str, **changes: object) -> Source:
    (found,) = load(str(EXAMPLES / f"{name}.toml"), plugins.catalog()).sources
    return replace(found, **changes)  # type: ignore[arg-type]


def rates(design: Design) -> dict[str, float]:
    scene = scene_of(design)
    found = {"": field_of(scene), **mode_fields(scene)}
    return {mode: field.totals(BEHIND)[2] or 0.0 for mode, field in found.items()}


DR = source("cn_dr_room")
CT = source("cn_ct_room")
SCREEN = replace(DR, id="screen", kind="fluoroscopy", fluoroscopy_technique=SCREENING)


def alone(one: Source) -> float:
    return rates(room(one, together=None))[""]


@pytest.mark.parametrize("together", [None, True])
def test_devices_that_may_run_together_are_judged_by_their_sum(together: bool | None) -> None:
    found = rates(room(DR, CT, together=together))
    assert list(found) == [""]
    assert found[""] == pytest.approx(alone(DR) + alone(CT))


def test_devices_of_which_one_runs_have_each_their_own_clause() -> None:
    found = rates(room(DR, CT, together=False))
    assert found["radiography"] == pytest.approx(alone(DR))
    assert found["listed_devices"] == pytest.approx(alone(CT))
    assert found[""] == pytest.approx(max(alone(DR), alone(CT)))


def test_what_may_run_beside_fluoroscopy_is_added_to_it() -> None:
    screening = rates(room(SCREEN, together=None))["fluoroscopy"]
    assert rates(room(SCREEN, CT, together=False))["fluoroscopy"] == pytest.approx(screening)
    assert rates(room(SCREEN, CT, together=None))["fluoroscopy"] == pytest.approx(screening + alone(CT))


def test_a_kind_that_no_clause_names_counts_in_both() -> None:
    other = replace(DR, id="other", kind="a_new_kind")
    found = rates(room(other, DR, CT, together=False))
    assert found["radiography"] == pytest.approx(alone(DR))
    assert found["listed_devices"] == pytest.approx(max(alone(CT), alone(other)))


def test_a_room_of_one_kind_says_nothing_of_modes() -> None:
    assert not notices(scene_of(room(DR, replace(DR, id="second"), together=False)))
    (said,) = notices(scene_of(room(DR, CT, together=None)))
    assert said.code.endswith("together")


def test_the_strictest_clause_holds_for_the_sum_and_each_its_own_where_apart() -> None:
    """The DR unit gives up to 17 uSv/h: kept by c, broken by b as soon as the scanner may run with it."""

    def outcomes(together: bool) -> dict[str, set[str]]:
        found = assess(room(DR, CT, together=together)).findings
        clauses = ("6.3.1b", "6.3.1c")
        return {c: {f.outcome for f in found if f.rule == f"CN-GBZ130-2020/{c}"} for c in clauses}

    assert outcomes(together=True) == {"6.3.1b": {"fail"}, "6.3.1c": {"pass"}}
    assert outcomes(together=False) == {"6.3.1b": {"pass"}, "6.3.1c": {"pass"}}
