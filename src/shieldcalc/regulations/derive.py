"""Quantities that follow from others, along one fixed graph; each derived fact says from what it was computed.

activity_over_d = A / D and activity_over_exempt = A / exempt activity, of a sealed source (IAEA RS-G-1.9; notice
62/2005), D in TBq and exempt activities in Bq from ``data/nuclides/d_values.csv``; aggregate_activity_over_d = the sum
of A / D over the sealed sources kept in one place, or of all for the place "facility" (RS-G-1.9, aggregation);
daily_equivalent_max_operation = daily activity in Bq times the factor of toxicity over the factor of the operation,
summed over the operations of a workplace (GB 18871-2002, Annex C). What a file states is not derived.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from math import isfinite

from shieldcalc.model.result import Fact
from shieldcalc.photons.dangerous import d_row, over_d, over_exempt
from shieldcalc.regulations.view import FACILITY

FACTORS = ("daily_activity", "toxicity_factor", "operation_factor")
_WEAKEST_FIRST = ("unverified", "recalled", "copy", "seed+copy", "seed")
Known = Mapping[tuple[str, str], Fact]


def derived(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Return the facts and everything that follows from them and is not among them."""
    found = tuple(facts)
    for step in _GRAPH:
        known = {(fact.subject, fact.quantity): fact for fact in found}
        new = [fact for fact in step(known) if (fact.subject, fact.quantity) not in known]
        found = (*found, *new)
    return found


def _of(known: Known, scope: str) -> tuple[str, ...]:
    return tuple(fact.subject for (_, quantity), fact in known.items() if quantity == "subject" and fact.value == scope)


def _number(known: Known, subject: str, quantity: str) -> float | None:
    fact = known.get((subject, quantity))
    return fact.value if fact is not None and isinstance(fact.value, float) and isfinite(fact.value) else None


def _exact(value: float) -> Decimal:
    """Return the decimal that people wrote: 0.07, not the nearest binary number, so that bounds are met exactly."""
    return Decimal(str(value))


def _over_table(known: Known) -> Iterator[Fact]:
    """Yield A / D and A / exempt activity of each source; without value, with the reason, where one is not known."""
    for source in _of(known, "sealed_source"):
        named = known.get((source, "nuclide"))
        nuclide = "" if named is None or named.value is None else str(named.value)
        activity = _number(known, source, "source_activity")
        row = d_row(nuclide) if nuclide else None
        for quantity, column, ratio in (
            ("activity_over_d", "D_TBq", over_d),
            ("activity_over_exempt", "exempt_Bq", over_exempt),
        ):
            value = None if activity is None or row is None else ratio(row, activity)
            if activity is None or row is None or value is None:
                lost = f"{nuclide}: {column}" if nuclide else _lost(known, source, "nuclide")
                missing = _lost(known, source, "source_activity") if activity is None else lost
                yield Fact(subject=source, quantity=quantity, value=None, provenance=missing)
                continue
            text = f"{activity:g} Bq / {row[column]} {'TBq' if column == 'D_TBq' else 'Bq'}"
            yield Fact(
                subject=source, quantity=quantity, value=float(value), provenance=text, confidence=row["confidence"]
            )


def _aggregate(known: Known) -> Iterator[Fact]:
    """Yield for each place the sum of A / D over the sources kept in it.

    While one is not known the sum has no value; that of the others is ``at_least``.
    """
    for place in _of(known, "sources_together"):
        ratios = [known[source, "activity_over_d"] for source in _of(known, "sealed_source")
                  if place == FACILITY or _is(known, source, "kept_in", place)]  # fmt: skip
        lost = [fact.provenance for fact in ratios if not isinstance(fact.value, float)]
        values = [fact.value for fact in ratios if isinstance(fact.value, float)]
        total = float(sum(map(_exact, values), Decimal(0)))
        if ratios:
            yield Fact(
                subject=place,
                quantity="aggregate_activity_over_d",
                value=None if lost else total,
                at_least=total if lost and values else None,
                provenance="; ".join(dict.fromkeys(lost)) or " + ".join(fact.provenance for fact in ratios),
                confidence=_weakest(ratios),
            )


def _is(known: Known, subject: str, quantity: str, value: str) -> bool:
    fact = known.get((subject, quantity))
    return fact is not None and fact.value == value


def _weakest(facts: Iterable[Fact]) -> str:
    """Return how well what follows from several facts is known: as the weakest of them."""
    return min((fact.confidence for fact in facts if fact.confidence), key=_WEAKEST_FIRST.index, default="")


def _daily(known: Known) -> Iterator[Fact]:
    """Yield the daily equivalent maximum operation of each workplace, in Bq: the sum over its operations."""
    for place in _of(known, "workplace"):
        own = [each for each in _of(known, "operation") if _is(known, each, "workplace", place)] or [place]
        lost = [_lost(known, each, name) for each in own for name in FACTORS if not _usable(known, each, name)]
        facts = [known[each, name] for each in own for name in FACTORS if not lost]
        parts = [tuple(_exact(_number(known, each, name) or 0.0) for name in FACTORS) for each in own if not lost]
        yield Fact(
            subject=place,
            quantity="daily_equivalent_max_operation",
            value=None if lost else float(sum(activity * toxicity / work for activity, toxicity, work in parts)),
            unit="Bq",
            provenance=lost[0] if lost else " + ".join(f"{a:g} Bq x {t:g} / {o:g}" for a, t, o in parts),
            confidence=_weakest(facts),
        )


def _usable(known: Known, subject: str, quantity: str) -> bool:
    """Return whether a number is known, and above 0 where it is a factor."""
    number = _number(known, subject, quantity)
    return number is not None and (number > 0 or quantity == "daily_activity")


def _lost(known: Known, subject: str, quantity: str) -> str:
    fact = known.get((subject, quantity))
    return fact.provenance if fact is not None and fact.provenance != quantity else f"{subject}.{quantity}"


_GRAPH: tuple[Callable[[Known], Iterator[Fact]], ...] = (_over_table, _aggregate, _daily)
