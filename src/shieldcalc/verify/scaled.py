"""Facts with their doses multiplied, judged again: what a measured dose, or more work, does to the verdict."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, lru_cache

from shieldcalc import plugins
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.result import Fact, Finding
from shieldcalc.records import replace
from shieldcalc.regulations.drafts import Draft, finding
from shieldcalc.regulations.evaluate import HOUR, INSTANT
from shieldcalc.regulations.judge import judgement
from shieldcalc.regulations.taxonomy import taxonomy
from shieldcalc.regulations.touched import bounded_above
from shieldcalc.regulations.view import View
from shieldcalc.verify.claimed import points
from shieldcalc.verify.model import Measured

RATES = (INSTANT, "radiography", "listed_devices", "fluoroscopy")
KEPT = ("pass", "not_applicable")
_AMBIENT = "ambient"
_OWN = ("mean_8h", "per_week")


def is_dose(fact: Fact) -> bool:
    """Return whether a fact is a dose at a place."""
    return _is_dose(fact.quantity, fact.averaging)


@lru_cache(maxsize=1024)
def _is_dose(quantity: str, averaging: str) -> bool:
    row = taxonomy().quantities.get((quantity, averaging))
    return bool(row and row.dose) or (averaging in _OWN and quantity.startswith(_AMBIENT))


@cache
def doses() -> frozenset[str]:
    """Return the quantities that are doses at a place in some averaging."""
    return frozenset(name for (name, _), row in taxonomy().quantities.items() if row.dose or name.startswith(_AMBIENT))


def is_rate(fact: Fact) -> bool:
    """Return whether a dose is a rate while the beam is on, rather than one gathered over hour, week or year."""
    return fact.averaging in RATES


def rejudged(found: Assessment, factor: Callable[[Fact], float]) -> tuple[Finding, ...]:
    """Return what no longer passes with every dose multiplied by its factor; the physics stays as it was."""
    factors = {index: times for index, fact in _dose_facts(found) if (times := factor(fact)) != 1.0}
    most = max(factors.values(), default=1.0)
    if stays_kept(found, lambda _: most):
        return ()
    changed = {index: _times(found.facts[index], times) for index, times in factors.items()}
    facts = (changed.get(index, fact) for index, fact in enumerate(found.facts))
    return worse(found.findings, judged_about(found, facts, changed.values()))


def rejudged_with(found: Assessment, others: Iterable[Fact], most: float) -> tuple[Draft, ...]:
    """Return what is found by other facts than doses, every dose ``most`` times what it is; nothing where none differs.

    ``others`` stand in the place of the facts of the same subject and quantity.
    """
    known = _named_facts(found)
    about = {name: fact for fact in others if not _same(fact, known.get(name := _name(fact)))}
    if not about:
        return ()
    doses_then = {index: _times(fact, most) for index, fact in _dose_facts(found)}
    facts = (about.get(_name(fact)) or doses_then.get(index, fact) for index, fact in enumerate(found.facts))
    return judged_about(found, facts, about.values())


@lru_cache(maxsize=2)
def _dose_facts(found: Assessment) -> tuple[tuple[int, Fact], ...]:
    """Return the numbers of the facts that are known doses, with them."""
    each = enumerate(found.facts)
    return tuple((index, fact) for index, fact in each if isinstance(fact.value, float) and is_dose(fact))


@lru_cache(maxsize=2)
def _named_facts(found: Assessment) -> dict[tuple[str, str, str], Fact]:
    return {_name(fact): fact for fact in found.facts}


def _name(fact: Fact) -> tuple[str, str, str]:
    return fact.subject, fact.quantity, fact.averaging


def _same(fact: Fact, known: Fact | None) -> bool:
    """Return whether a fact is as it was; one that is not known may have been given its reason since."""
    return known is not None and (fact == known or (fact.value is None and fact == replace(known, reason=None)))


def _times(fact: Fact, most: float) -> Fact:
    assert isinstance(fact.value, float)
    return replace(fact, value=fact.value * most)


def stays_kept(found: Assessment, most: Callable[[str], float]) -> bool:
    """Return whether every rule on a dose that is kept stays so where no dose of a subject rises by more than ``most``.

    False too where that cannot be said: where rules ask for more than upper bounds of doses.
    """
    return at_stake(found, most) == frozenset()


def at_stake(found: Assessment, most: Callable[[str], float]) -> frozenset[str] | None:
    """Return the subjects with a rule on a dose that may no longer be kept where doses rise by as much as ``most``.

    None where that cannot be said, as in ``stays_kept``.
    """
    bounds = _bounds(found)
    return None if bounds is None else frozenset(s for s, value, limit in bounds if not most(s) * value < limit)


@lru_cache(maxsize=2)
def bounded(found: Assessment) -> bool:
    """Return whether rules know doses by upper bounds alone: what a dose breaks, a higher one breaks too."""
    return bounded_above(map(plugins.instrument, found.instruments), doses())


@lru_cache(maxsize=2)
def _bounds(found: Assessment) -> tuple[tuple[str, float, float], ...] | None:
    """Return subject, value and limit of every rule on a dose that is kept; None where there are others on doses."""
    if not bounded(found):
        return None
    return tuple(
        (each.subject, value, each.limit)
        for each in found.findings
        if each.outcome in KEPT and each.quantity in doses() and isinstance(each.limit, float)
        for value in _values(each)
    )


def _values(finding: Finding) -> Iterator[float]:
    """Yield the values that decide a finding: that of its averaging, and the mean of an hour beside a beam-on rate."""
    hour = finding.shown.get(HOUR)
    yield from (each for each in (finding.value, hour) if isinstance(each, float))


def judged_about(found: Assessment, facts: Iterable[Fact], changed: Iterable[Fact]) -> tuple[Draft, ...]:
    """Return what is found by other facts, by the rules that the quantities of those changed may touch."""
    about = frozenset(fact.quantity for fact in changed)
    if not about:
        return ()
    instruments = [plugins.instrument(name) for name in found.instruments]
    named = frozenset(found.asked_by_name)
    day = date.fromisoformat(found.on)
    return judgement(View(facts), instruments, on=day, asked_by_name=named, about=about).drafts


def worse(before: Iterable[Finding], after: Iterable[Finding | Draft]) -> tuple[Finding, ...]:
    """Return the findings that passed before and no longer do."""
    open_ones = [each for each in after if each.outcome in ("fail", "undetermined")]
    passed = {named(each) for each in before if each.outcome == "pass"} if open_ones else set()
    broken = (each for each in open_ones if named(each) in passed)
    return tuple(finding(each) if isinstance(each, Draft) else each for each in broken)


def named(one: Finding | Draft) -> tuple[str, ...]:
    """Return what tells a finding from others of its rule: one that refers to a part asks about several quantities."""
    return one.rule, one.subject, one.quantity, one.method


def by_readings(found: Assessment, measured: Iterable[Measured]) -> tuple[Finding, ...]:
    """Return what no longer passes when each place has the dose that was measured there, where that is higher.

    A reading above the calculation multiplies every dose at its place by measured / computed: what leaks through at the
    maximum technique does so at any other.
    """
    ratios = ((each.reading.subject, _whole(each.ratio, each)) for each in measured if each.status == "above")
    return _multiplied(found, ratios)


def by_hidden(found: Assessment, measured: Iterable[Measured]) -> tuple[Finding, ...]:
    """Return what no longer passes with the most that readings may hide that cannot be told from the background."""
    ratios = ((each.reading.subject, _whole(each.hidden, each)) for each in measured if each.status != "not_counted")
    return _multiplied(found, ratios)


def _whole(ratio: float | None, measured: Measured) -> float | None:
    """Return by how much a dose rises at most where the share of it that was measured is ``ratio`` times as much."""
    return None if ratio is None else 1 + (ratio - 1) * measured.share


def _multiplied(found: Assessment, ratios: Iterable[tuple[str, float | None]]) -> tuple[Finding, ...]:
    factors: dict[str, float] = {}
    for subject, ratio in ratios:
        for name in points(subject, found.results[0]) if ratio and ratio > 1 else ():
            factors[name] = max(factors.get(name, 1.0), ratio or 1.0)
    if not factors:
        return ()
    return rejudged(found, lambda fact: factors.get(fact.subject, 1.0))
