"""What one barrier needs against the parts of a beam, and against them together: the two-source rule."""

from collections.abc import Mapping, Sequence
from math import inf, isfinite, log10
from typing import NamedTuple

from shieldcalc.errors import Notice, OutsideDataError
from shieldcalc.model.trace import Step, evaluate
from shieldcalc.physics.therapy import equations
from shieldcalc.physics.therapy.document import SECONDARY, Document, Fraction
from shieldcalc.physics.therapy.layers import Layers


class Need(NamedTuple):
    """What one criterion asks of one part: transmission, tenth value layers (0 where none), mm along the ray.

    The transmission is infinite where there is nothing to hold back: a week without workload.
    """

    B: float
    tenths: float
    slant_mm: float | None


class Answer(NamedTuple):
    """Goal (Sv/week; uSv/h of industrial rooms); needs by (part, criterion); the governing one; mm of the wall."""

    goal: float
    needs: dict[tuple[str, str], Need]
    governing: Need
    governed_by: tuple[str, str]
    slant_mm: float | None
    mm: float | None
    steps: tuple[Step, ...]
    assumptions: tuple[Notice, ...]
    warnings: tuple[Notice, ...]
    tables: tuple[str, ...]
    behind: dict[str, float] | None = None


class Part(NamedTuple):
    """One part of the radiation: what it gives, its layers, and everything that was computed of it."""

    name: str
    steps: tuple[Step, ...]
    needs: dict[str, Need]
    layers: Layers | None
    fraction: Fraction | None


def needed(step: Step, layers: Layers | None, label: str) -> tuple[Need, list[Step]]:
    """Return what a transmission needs, with the steps to tenth value layers and mm."""
    if not (isfinite(step.value) and step.value > 0):
        raise OutsideDataError("therapy_numbers")
    if step.value >= 1:
        return Need(step.value, 0.0, None if layers is None else 0.0), []
    n = evaluate(equations.tenth_value_layers, {"B": (step.value, "")}, label)
    if layers is None:
        return Need(step.value, n.value, None), [n]
    x = layers.thickness(n.value, label)
    return Need(step.value, n.value, x.value), [n, x]


def nothing(layers: Layers | None) -> Need:
    """Return what a week without workload needs: any transmission will do."""
    return Need(inf, 0.0, None if layers is None else 0.0)


def together(document: Document, parts: Sequence[Part]) -> tuple[list[Step], float | None]:
    """Return the thickness along the ray against all parts: the two-source rule for leakage with scatter.

    Parts that need nothing alone count as so much less than nothing: two that each just keep the goal need one HVL.
    """
    reached = [(max(_signed(need, part.layers) for need in part.needs.values()), part.layers) for part in parts
               if part.layers is not None]  # fmt: skip
    if not reached:
        return [], None
    larger = max(0.0, *(x for x, _ in reached)) if len(reached) > 1 else max(0.0, reached[0][0])
    if len(reached) == 1 or kept(parts):
        return [], larger
    TVL = max(max(layers.first_mm, layers.further_mm) for _, layers in reached)
    if larger - min(x for x, _ in reached) >= document.rule("two_source_tvl") * TVL:
        return [], larger
    told = {"x_1": (larger, "mm"), "h": (document.rule("hvl_of_tvl"), ""), "TVL": (TVL, "mm")}
    step = evaluate(equations.two_sources, told, SECONDARY)
    return [step], step.value


def _signed(need: Need, layers: Layers) -> float:
    """Return mm along the ray, below 0 for a transmission above 1."""
    return -log10(need.B) * layers.first_mm if need.B >= 1 else need.slant_mm or 0.0


def kept(parts: Sequence[Part]) -> bool:
    """Return whether all parts together keep every criterion without a barrier."""
    criteria = {name for part in parts for name in part.needs}
    return all(sum(1 / part.needs[name].B for part in parts) <= 1 for name in criteria)


def left_behind(
    parts: Sequence[Part], limits: Mapping[str, tuple[float, str]], slant_mm: float
) -> tuple[list[Step], dict[str, float]]:
    """Return what a wall of ``slant_mm`` along the ray leaves of every criterion, all parts together.

    ``limits`` (value, unit) by criterion; the answers are in the same units.
    """
    steps: list[Step] = []
    found = dict.fromkeys(limits, 0.0)
    for part in parts:
        if part.layers is None:
            continue
        B_x = 10 ** -part.layers.tenths(slant_mm)
        for name, need in part.needs.items():
            if not isfinite(need.B):
                continue
            P, unit = limits[name]
            told = {"P": (P, unit), "B_x": (B_x, ""), "B": (need.B, "")}
            step = evaluate(equations.behind_wall, told, f"{part.name}, {name}")._replace(unit=unit)
            steps.append(step)
            found[name] += step.value
    return steps, found


def governing(parts: Sequence[Part]) -> tuple[dict[tuple[str, str], Need], tuple[str, str]]:
    """Return the needs by (part, criterion), and the key of that which asks for most."""
    needs = {(part.name, name): need for part in parts for name, need in part.needs.items()}
    return needs, max(needs, key=lambda key: (needs[key].slant_mm or 0.0, needs[key].tenths, -needs[key].B))


def told(parts: Sequence[Part]) -> tuple[Notice, ...]:
    """Return the remarks of all parts, each once."""
    found = []
    for part in parts:
        for source in (part.fraction, part.layers):
            found += [] if source is None else [each for each in source.notices if each not in found]
    return tuple(found)


def tables(parts: Sequence[Part]) -> tuple[str, ...]:
    """Return the data files of all parts, each once."""
    found = [source.tables for part in parts for source in (part.fraction, part.layers) if source is not None]
    return tuple(dict.fromkeys(name for names in found for name in names))
