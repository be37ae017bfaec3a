"""What makes verifying many quick changes nothing of what is found: parts left out, rules not touched, places known."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import pytest

from shieldcalc import plugins, records
from shieldcalc.assess import assess, computed
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Design
from shieldcalc.model.loader import load
from shieldcalc.model.result import LEAD, Fact, Finding
from shieldcalc.regulations import judge
from shieldcalc.regulations.conditions import PREDICATES, READ
from shieldcalc.regulations.rules import Condition
from shieldcalc.regulations.rules import load as law
from shieldcalc.regulations.touched import bounded_above, touched
from shieldcalc.regulations.view import View
from shieldcalc.verify import sensitivity
from shieldcalc.verify.around import Again, Rooms
from shieldcalc.verify.rises import largest_rises
from shieldcalc.verify.run import Submission, verify
from shieldcalc.verify.scaled import doses, is_dose, judged_about, named, rejudged, stays_kept, worse
from shieldcalc.verify.vocabulary import rule
from shieldcalc.verify.workplace import Workplace

EXAMPLES = Path(__file__).parents[2] / "examples"
DAY = date(2026, 1, 1)
ROOMS = ("ct_room", "mammography_room", "cn_ct_room", "failing_room")


@pytest.fixture(scope="module")
def rooms() -> dict[str, Assessment]:
    catalog = plugins.catalog()
    return {name: assess(load(str(EXAMPLES / f"{name}.toml"), catalog), building=False) for name in ROOMS}


@pytest.mark.parametrize("name", ["vn_ct_honest", "vn_ct_thin_wall", "vn_ct_survey_contradicts", "cn_ct"])
def test_what_is_left_out_decides_nothing(name: str) -> None:
    submission = Submission(str(EXAMPLES / "submissions" / name))
    whole, brief = verify(submission), verify(submission, whole=False)
    assert (brief.verdict, brief.exit_code, brief.reasons) == (whole.verdict, whole.exit_code, whole.reasons)
    for one, other in zip(brief.rooms, whole.rooms, strict=True):
        assert one.assessment.facts == other.assessment.facts
        assert one.assessment.findings == other.assessment.findings
        assert [(each.status, each.factor) for each in one.claims] == [
            (each.status, each.factor) for each in other.claims
        ]


@pytest.mark.parametrize("name", ROOMS)
@pytest.mark.parametrize("times", [1.2, 4.0, 50.0, 1e4])
def test_rules_not_touched_find_what_they_found(rooms: dict[str, Assessment], name: str, times: float) -> None:
    found = rooms[name]
    facts = [replace(f, value=f.value * times) if is_dose(f) and isinstance(f.value, float) else f for f in found.facts]
    instruments = [plugins.instrument(each) for each in found.instruments]
    every = judge(facts, instruments, on=date.fromisoformat(found.on), asked_by_name=frozenset(found.asked_by_name))
    broken = worse(found.findings, every)
    assert rejudged(found, lambda _: times) == broken
    assert not (stays_kept(found, lambda _: times) and broken)


def test_a_rule_that_depends_on_a_dose_is_no_upper_bound() -> None:
    held = law("VN-19-2012")
    assert bounded_above(["VN-LC-24-2015", "VN-13-2014"], doses())
    when = Condition("ambient_dose_equivalent_rate", ">", 1.0)
    asking = replace(held, rules=(replace(held.rules[0], when=(when,)), *held.rules[1:]))
    assert held.rules[0].id not in {
        rule.id for rule in touched(held, frozenset({"ambient_dose_equivalent_rate"}), DAY, law).rules
    }
    assert asking.rules[0] in touched(asking, frozenset({"ambient_dose_equivalent_rate"}), DAY, law).rules


def again(found: Assessment, changed: Design) -> tuple[Fact, ...]:
    methods = tuple(each.method for each in found.results)
    return computed(changed, methods, date.fromisoformat(found.on), {}).facts


@pytest.mark.parametrize("name", ROOMS)
@pytest.mark.parametrize(
    ("change", "by"),
    [
        (sensitivity._lighter, 0.1),
        (sensitivity._harder, 10.0),
        (sensitivity._thinner, 0.05),
        (sensitivity._thinner, 0.25),
    ],
)
def test_no_dose_is_higher_than_is_thought_without_a_search(
    rooms: dict[str, Assessment], name: str, change: Callable[[Design, float], Design], by: float
) -> None:
    """With other layers no fact changes but doses and lead equivalents; no dose rises by more than is told."""
    found = rooms[name]
    changed, margin = change(found.design, by), rule("worst_place")
    searched = again(found, changed)
    if change is not sensitivity._harder:
        assert {fact.quantity for fact in set(searched) ^ set(found.facts)} <= doses() | set(LEAD)
    rises = largest_rises(found, changed)
    assert (rises is None) is (name == "cn_ct_room")
    for before, after in zip(found.facts, searched, strict=True) if rises is not None else ():
        if is_dose(before) and isinstance(before.value, float) and isinstance(after.value, float):
            assert after.value <= before.value * rises[before.subject] * margin


@pytest.mark.parametrize("name", ["ct_room", "failing_room"])
@pytest.mark.parametrize(
    ("look", "change", "by"),
    [
        (sensitivity._layered_again, sensitivity._thinner, 0.3),
        (sensitivity._computed_again, sensitivity._harder, 15.0),
        (sensitivity._computed_again, sensitivity._harder, 5.0),
    ],
)
def test_what_breaks_is_what_a_whole_computation_finds(
    rooms: dict[str, Assessment],
    name: str,
    look: Callable[[Assessment, Design, Again], tuple[Finding, ...]],
    change: Callable[[Design, float], Design],
    by: float,
) -> None:
    """Few places searched for again, other facts alone, leakage known to no higher potential: the same is broken."""
    found = rooms[name]
    around, changed = Rooms("", Workplace({}), {}).again(name), change(found.design, by)
    whole = worse(found.findings, sensitivity._judged(found, changed, around, None))
    broken = look(found, changed, around)
    assert list(map(named, broken)) == list(map(named, whole))
    if change is sensitivity._harder and sensitivity._surely_broken(found, changed):
        assert whole


@pytest.mark.parametrize("name", ROOMS)
@pytest.mark.parametrize("to", [None, False, 0.0, 1e3])
def test_rules_that_read_no_other_fact_find_what_they_found(rooms: dict[str, Assessment], name: str, to: Any) -> None:
    """Each quantity by itself not known, false or another number: rules not about it need not be judged."""
    found = rooms[name]
    instruments = [plugins.instrument(each) for each in found.instruments]
    judged_by = {"on": date.fromisoformat(found.on), "asked_by_name": frozenset(found.asked_by_name)}
    some = {fact.quantity for fact in found.facts if _like(fact.value, to)} - {"subject", "place"}
    for quantity in sorted(some):
        changed = [fact for fact in found.facts if fact.quantity == quantity and _like(fact.value, to)]
        facts = [replace(fact, value=to) if fact in changed else fact for fact in found.facts]
        broken = worse(found.findings, judge(facts, instruments, **judged_by))
        assert worse(found.findings, judged_about(found, facts, changed)) == broken


def _like(value: object, to: object) -> bool:
    return to is None or (type(value) is type(to) and value != to)


def test_each_predicate_says_what_it_reads() -> None:
    class Asked(View):
        asked: ClassVar[set[str]] = set()

        def fact(self, subject: str, quantity: str, averaging: str = "") -> Fact | None:
            self.asked.add(quantity)
            return super().fact(subject, quantity, averaging)

    assert READ.keys() == PREDICATES.keys()
    for name, read in READ.items():
        view = Asked([Fact(subject="room", quantity="subject", value="room")])
        view.asked.clear()
        PREDICATES[name](view)
        assert view.asked == read


def test_a_record_is_copied_as_dataclasses_copy_it(rooms: dict[str, Assessment]) -> None:
    fact = rooms["ct_room"].facts[0]
    assert records.replace(fact, value=2.0) == replace(fact, value=2.0)
    with pytest.raises(TypeError):
        records.replace(fact, nothing=1)


def test_a_room_of_a_therapy_method_is_searched_again() -> None:
    """Its field may refuse what its method leaves to another."""
    found = assess(load(str(EXAMPLES / "simulator_room.toml"), plugins.catalog()), building=False)
    assert largest_rises(found, sensitivity._harder(found.design, 10.0)) is None
