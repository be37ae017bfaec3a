"""The ledger of hazards told: lines of text, rows of JSON, tables."""

from collections.abc import Iterator, Mapping
from typing import Any

from shieldcalc.facility.audit import Audit
from shieldcalc.facility.csv_table import csv_of
from shieldcalc.facility.hazards import ARTICLE, INSTRUMENT, Entry, Statistics, Sum
from shieldcalc.reports.words import Words

SIX = ("units_inspected", "hazards_found", "on_the_spot", "ordered", "officers", "vehicles")


def ledger_lines(found: Audit, words: Words) -> Iterator[str]:
    """Yield the hazards, then the statistics: of all units in a period, and unit by unit."""
    if found.hazards:
        yield from ("", words.say("audit.ledger"))
        yield from (f"  {entry_line(entry, words)}" for entry in found.hazards)
    if found.statistics:
        yield from ("", title(found, words))
    for row in found.statistics:
        numbers = "; ".join(f"{words.say(f'audit.statistic.{name}')} {number(row, name)}" for name in SIX)
        yield f"  {row.period} {row.unit or words.say('audit.all_units')}: {numbers}"
        if not row.unit:
            yield from (f"    {remark}" for remark in remarks(row, words))


def title(found: Audit, words: Words) -> str:
    """Return the heading of the statistics: with the article where the plan that asks for them is judged by."""
    if INSTRUMENT in [row["id"] for row in found.dues.instruments]:
        return words.say("audit.statistics", rule=INSTRUMENT, article=words.article(ARTICLE))
    return words.say("audit.statistics_plain")


def entry_line(entry: Entry, words: Words) -> str:
    """Return one hazard as a line."""
    hazard, said = entry.hazard, [words.say(f"audit.hazard_state.{entry.state}")]
    if hazard.level:
        said.append(words.say(f"audit.hazard_level.{hazard.level}"))
    if hazard.deadline is not None:
        said.append(words.say("audit.deadline_on", day=hazard.deadline.isoformat()))
    if entry.state.startswith("corrected") and hazard.corrected is not None:
        said.append(words.say("audit.corrected_on", day=hazard.corrected.isoformat()))
    if entry.days:
        said.append(words.say("audit.days_late", days=entry.days))
    params = {"found": hazard.found.isoformat(), "unit": entry.unit, "what": hazard.what}
    return f"{hazard.id}: {words.say('audit.entry', **params, state='; '.join(said))}"


def number(row: Statistics, name: str) -> str:
    """Return one of the six numbers; a sum of which a part is not known is at least that."""
    value = getattr(row, name)
    if isinstance(value, Sum):
        return f"≥ {value.known}" if value.missing else str(value.known)
    return str(value)


def remarks(row: Statistics, words: Words) -> Iterator[str]:
    """Yield what is to be said of a period: that it is not over, hazards that are neither, what is missing."""
    if not row.over:
        yield words.say("audit.provisional", period=row.period)
    if row.hazards_found:
        counts = {"period": row.period, "corrected": row.corrected, "found": row.hazards_found, "overdue": row.overdue}
        yield words.say("audit.closed", **counts, share=words.number(f"{100 * row.corrected / row.hazards_found:.1f}"))
    if row.neither:
        yield words.say("audit.neither", period=row.period, count=row.neither)
    missing = (*row.officers.missing, *row.vehicles.missing)
    if missing:
        yield words.say("audit.missing", keys="; ".join(missing))


def entries(found: Audit) -> list[dict[str, Any]]:
    """Return the ledger for JSON."""
    return [_entry(entry) for entry in found.hazards]


def _entry(entry: Entry) -> dict[str, Any]:
    hazard = entry.hazard
    return {
        "id": hazard.id,
        "what": hazard.what,
        "unit": entry.unit,
        "inspection": hazard.inspection or None,
        "level": hazard.level or None,
        "found": hazard.found.isoformat(),
        "deadline": hazard.deadline.isoformat() if hazard.deadline else None,
        "corrected": hazard.corrected.isoformat() if entry.state.startswith("corrected") and hazard.corrected else None,
        "state": entry.state,
        "days_late": entry.days,
    }


def statistics(found: Audit) -> list[Mapping[str, Any]]:
    """Return the statistics for JSON; ``unit`` null is all units."""
    return [_row(row) for row in found.statistics]


def _row(row: Statistics) -> dict[str, Any]:
    sums = {name: getattr(row, name) for name in SIX}
    plain = {name: value.known if isinstance(value, Sum) else value for name, value in sums.items()}
    missing = [*row.officers.missing, *row.vehicles.missing]
    return {"period": row.period, "unit": row.unit or None, **plain, "neither": row.neither, "over": row.over,
            "corrected": row.corrected, "overdue": row.overdue, "missing": missing}  # fmt: skip


def ledger_csv(found: Audit) -> bytes:
    """Return the statistics as a table, one row a period and unit; the unit of all units is empty."""
    columns = ("period", "unit", *SIX, "neither", "over", "corrected", "overdue", "missing")
    rows = ({**row, "missing": "; ".join(row["missing"]), "unit": row["unit"] or ""} for row in statistics(found))
    return csv_of(columns, ([row[name] for name in columns] for row in rows))
