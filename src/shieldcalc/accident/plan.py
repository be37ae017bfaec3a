"""Whether the emergency plan of a facility holds what Articles 6, 7 and 8 of Vietnamese circular 24/2012 ask of it."""

from collections.abc import Callable, Iterator
from datetime import date

from shieldcalc.accident.law import force_of
from shieldcalc.accident.threat import CIRCULAR, Plan
from shieldcalc.accident.told import say
from shieldcalc.errors import Notice
from shieldcalc.facility.items import Item
from shieldcalc.model.result import Finding, Force, Outcome
from shieldcalc.regulations.book import FACILITY

SYSTEM, KEY = "S19", f"{FACILITY}: emergency.plan"
ARTICLES = {
    "art6": "Art. 6",
    "art6_scaled": "Art. 7(1)",
    "art7_2": "Art. 7(2)",
    "art7_3": "Art. 7(3)",
    "art8": "Art. 8",
}


def plan_items(plan: Plan, on: date, content: Callable[[str], Notice]) -> Iterator[Item]:
    """Yield a finding for each type of plan that is asked: kept, what it lacks, or that its contents are not said.

    ``content`` gives the words of one content.
    """
    force = force_of(CIRCULAR, "seed", on)
    for kind in plan.types:
        if plan.missing is None:
            reason = Notice("findings.not_known", {"quantity": "plan", "key": KEY})
            yield Item(SYSTEM, _finding(kind, "undetermined", force, reason), (KEY,))
        elif plan.missing:
            yield Item(SYSTEM, _finding(kind, "fail", force, _lacks(plan.missing, content)))
        else:
            yield Item(SYSTEM, _finding(kind, "pass", force, None))


def _lacks(missing: tuple[str, ...], content: Callable[[str], Notice]) -> Notice:
    listed, *rest = (say("threat.item", number=item, text=content(item)) for item in missing)
    for each in rest:
        listed = Notice("report.audit.joined", {"first": listed, "rest": each})
    return Notice("findings.audit.plan_lacks", {"contents": listed})


def _finding(kind: str, outcome: Outcome, force: Force, reason: Notice | None) -> Finding:
    return Finding(
        rule=f"{CIRCULAR}/plan.{kind}", instrument=CIRCULAR, article=ARTICLES[kind], subject=FACILITY, quantity="plan",
        outcome=outcome, force=force, value=None, unit="", comparator="", limit=None, limit_unit="", averaging="none",
        margin=None, reason=reason, paraphrase="rules.emergency_plan",
    )  # fmt: skip
