"""Facts of barriers and of the licensee: lead equivalents against each source, dose constraints."""

from collections.abc import Iterator
from typing import Any

from shieldcalc.model.design import Design
from shieldcalc.model.result import Fact, Result
from shieldcalc.regulations.view import ROOM, SUBJECT


def lead_facts(design: Design, result: Result) -> Iterator[Fact]:
    """Return what each barrier is worth in lead against each source, as far as the method says it.

    One subject a barrier and source, with what rules ask of that source: its voltage, whether it has a cephalometric
    arm, whether it scans the whole body.
    """
    sources = {source.id: source for source in design.sources}
    for barrier in result.barriers:
        seen: set[str] = set()
        for each in barrier.lead_equivalents:
            source, name = sources[each.source], f"{barrier.barrier}/{each.source}"
            if name not in seen:
                key, technique = f"source.{source.id}", source.max_technique
                kv = technique.kv if technique is not None else source.ct_kv
                yield Fact(subject=name, quantity=SUBJECT, value="barrier", place="barrier", equipment=(source.kind,))
                yield Fact(subject=name, quantity="tube_voltage_max", value=kv, unit="kV", provenance=key)
                yield Fact(subject=name, quantity="barrier_direction", value=each.component, provenance=each.beam)
                for quantity in ("cephalometry", "whole_body"):
                    value = getattr(source, quantity)
                    yield Fact(subject=name, quantity=quantity, value=value, provenance=f"{key}.{quantity}")
                seen.add(name)
            quantity = f"lead_equivalent_{each.component}"
            said: dict[str, Any] = {"unit": "mmPb", "provenance": each.beam, "method": result.method}
            yield Fact(subject=name, quantity=quantity, value=each.lead_mm, reason=each.reason, **said)


def constraint_facts(design: Design) -> Iterator[Fact]:
    """Return the declared dose constraints; not known where the file has none."""
    declared = design.dose_constraints
    for person in ("worker", "public"):
        value = None if declared is None else getattr(declared, f"{person}_mSv_per_year")
        key = f"evaluation.dose_constraints.{person}" if value is None or declared is None else declared.document
        quantity = f"dose_constraint_{person}"
        yield Fact(subject=ROOM, quantity=quantity, value=value, unit="mSv/year", provenance=key)
