"""Where and over what a quantity was taken, against where and over what its rule means it.

A rate falls with the distance, a mean with the area that it is taken over, and a reading holds the background unless it
is taken off. A value taken otherwise than its rule says is then the most or the least that the rule's own quantity can
be: it still settles what such a bound can settle, and nothing else.
"""

from collections.abc import Iterator, Mapping

from shieldcalc.errors import Notice
from shieldcalc.model.result import Fact
from shieldcalc.regulations.rules import Rule
from shieldcalc.regulations.verdict import Verdict

DISTANCE, AREA = "distance", "averaging_area"
GEOMETRY = (DISTANCE, AREA)
GROSS = "includes_background"
_UPPER = ("<=", "<")


def depends(rule: Rule) -> bool:
    """Return whether it matters to a rule where, over what, or beside what background its quantity is taken."""
    return rule.distance is not None or rule.averaging_area is not None or rule.background != ""


def as_taken(rule: Rule, facts: Mapping[str, Fact], gross: Fact | None, verdict: Verdict) -> Verdict:
    """Return the verdict, undetermined where the value was taken so that it cannot settle it.

    ``facts`` hold the distance in m and the area in cm2 beside the value; ``gross`` says whether it holds the
    background. What is not said is taken as the rule says.
    """
    if verdict.outcome not in ("pass", "fail") or rule.comparator not in _UPPER:
        return verdict
    misleading = "most" if verdict.outcome == "fail" else "least"
    reason = next((notice for kind, notice in _taken(rule, facts, gross) if kind == misleading), None)
    return verdict if reason is None else verdict._replace(outcome="undetermined", reason=reason)


def _taken(rule: Rule, facts: Mapping[str, Fact], gross: Fact | None) -> Iterator[tuple[str, Notice]]:
    """Yield for each difference whether the value is the most or the least that the rule's can be, and the notice."""
    distance, area = _number(facts.get(DISTANCE)), _number(facts.get(AREA))
    if rule.distance is not None and distance is not None and distance != rule.distance:
        kind = "most" if distance < rule.distance else "least"
        yield kind, Notice("findings.other_distance", {"taken": distance, "wanted": rule.distance})
    if rule.averaging_area is not None and area is not None and area > rule.averaging_area:
        yield "least", Notice("findings.larger_area", {"taken": area, "wanted": rule.averaging_area})
    held = gross.value if gross is not None else None
    if rule.background == "excluded" and held is True:
        yield "most", Notice("findings.background_in_reading")
    if rule.background == "included" and held is False:
        yield "least", Notice("findings.background_not_in_reading")


def _number(fact: Fact | None) -> float | None:
    return fact.value if fact is not None and isinstance(fact.value, float) else None
