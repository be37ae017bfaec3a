"""Quantities that follow from others, along one fixed graph; each derived fact says from what it was computed.

activity_over_d = A / D and activity_over_exempt = A / exempt activity, of a sealed source (IAEA RS-G-1.9; notice
62/2005), D in TBq and exempt activities in Bq from ``data/ladders/d_values.csv``; aggregate_activity_over_d = the sum
of A / D over the sealed sources (RS-G-1.9, aggregation); daily_equivalent_max_operation = daily activity in Bq times
the factor of toxicity over the factor of the operation (GB 18871-2002, Annex C). What a file states is not derived.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from math import isfinite

from shieldcalc.model.result import Fact
from shieldcalc.regulations.view import FACILITY
from shieldcalc.tables import table

TERABECQUEREL = Decimal(10) ** 12
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
    rows = {row["nuclide"]: row for row in table("ladders/d_values.csv").rows}
    for source in _of(known, "sealed_source"):
        fact = known.get((source, "nuclide"))
        row = rows.get(str(fact.value)) if fact is not None else None
        activity = _number(known, source, "source_activity")
        for quantity, column, scale, key in (
            ("activity_over_d", "D_TBq", TERABECQUEREL, "nuclide"),
            ("activity_over_exempt", "exempt_Bq", Decimal(1), "nuclide"),
        ):
            if row is None or not row[column] or activity is None:
                missing = f"{source}.{'source_activity' if activity is None else key}"
                yield Fact(subject=source, quantity=quantity, value=None, provenance=missing)
                continue
            text = f"{activity:g} Bq / {row[column]} {'TBq' if scale > 1 else 'Bq'}"
            value = float(_exact(activity) / (Decimal(row[column]) * scale))
            yield Fact(subject=source, quantity=quantity, value=value, provenance=text, confidence=row["confidence"])


def _aggregate(known: Known) -> Iterator[Fact]:
    """Yield the sum of A / D over the sealed sources of a facility, without value while one is not known."""
    ratios = [known[source, "activity_over_d"] for source in _of(known, "sealed_source")]
    if not ratios:
        return
    values = [fact.value for fact in ratios if isinstance(fact.value, float)]
    whole = len(values) == len(ratios)
    missing = next((fact.provenance for fact in ratios if not isinstance(fact.value, float)), "")
    weak = "recalled" if any(fact.confidence == "recalled" for fact in ratios) else "copy"
    yield Fact(
        subject=FACILITY,
        quantity="aggregate_activity_over_d",
        value=float(sum(map(_exact, values), Decimal(0))) if whole else None,
        provenance=" + ".join(fact.provenance for fact in ratios) if whole else missing,
        confidence=weak if whole else "",
    )


def _daily(known: Known) -> Iterator[Fact]:
    """Yield the daily equivalent maximum operation of each workplace, in Bq."""
    for place in _of(known, "workplace"):
        names = ("daily_activity", "toxicity_factor", "operation_factor")
        activity, toxicity, operation = (_number(known, place, name) for name in names)
        quantity = "daily_equivalent_max_operation"
        if activity is None or toxicity is None or operation is None or operation <= 0:
            unknown = next((name for name in names if not _number(known, place, name)), names[-1])
            yield Fact(subject=place, quantity=quantity, value=None, provenance=f"{place}.{unknown}")
            continue
        text = f"{activity:g} Bq x {toxicity:g} / {operation:g}"
        yield Fact(
            subject=place,
            quantity=quantity,
            value=float(_exact(activity) * _exact(toxicity) / _exact(operation)),
            unit="Bq",
            provenance=text,
        )


_GRAPH: tuple[Callable[[Known], Iterator[Fact]], ...] = (_over_table, _aggregate, _daily)
