"""Elements: symbol, name, atomic weight, density; chemical formulas and compositions by weight."""

import re
from collections.abc import Mapping
from functools import cache
from math import isfinite
from typing import NamedTuple

from shieldcalc.errors import OutsideDataError
from shieldcalc.tables import table

ELEMENTS_TABLE = "attenuation/elements.csv"
_TOKEN = re.compile(r"([A-Z][a-z]?)([0-9]*\.?[0-9]*)|(\()|(\))([0-9]*\.?[0-9]*)")
_PART = re.compile(r"([A-Z][a-z]?):([0-9]*\.?[0-9]+(?:e-?[0-9]+)?)")
_SUM_TOLERANCE = 0.01


class Element(NamedTuple):
    """One element: Z, symbol, English name, atomic weight in g/mol, density in g/cm3."""

    z: int
    symbol: str
    name: str
    weight: float
    density_g_per_cm3: float


@cache
def elements() -> Mapping[str, Element]:
    """Return the elements 1 to 92 by symbol."""
    return {
        row["symbol"]: Element(
            int(row["z"]), row["symbol"], row["name"], float(row["atomic_weight"]), float(row["density_g_per_cm3"])
        )
        for row in table(ELEMENTS_TABLE).rows
    }


def named(name: str) -> Element | None:
    """Return the element of an English name or a symbol ("tungsten", "W"); None where there is none."""
    found = elements().get(name)
    return found or next((each for each in elements().values() if each.name == name.lower()), None)


def formula_weights(formula: str) -> dict[str, float] | None:
    """Return weight fractions by symbol of a chemical formula such as "Ca(OH)2" or "CaSO4"; None for other text."""
    counts = _counts(formula)
    if not counts or any(symbol not in elements() for symbol in counts):
        return None
    masses = {symbol: number * elements()[symbol].weight for symbol, number in counts.items()}
    return _shares(masses)


def composition_weights(text: str) -> dict[str, float] | None:
    """Return weight fractions of a composition such as "H:0.112 O:0.888"; None where the text is none.

    Raises OutsideDataError for an unknown element, one named twice, or fractions that do not add up to 1 within 1 %.
    """
    parts = [_PART.fullmatch(part) for part in text.split()]
    if not parts or any(part is None for part in parts):
        return None
    found: dict[str, float] = {}
    for part in parts:
        assert part is not None
        if part[1] not in elements() or part[1] in found:
            raise OutsideDataError("photon_element", element=part[1], composition=text)
        found[part[1]] = float(part[2])
    total = sum(found.values())
    if not (isfinite(total) and abs(total - 1) <= _SUM_TOLERANCE):
        raise OutsideDataError("photon_composition_sum", composition=text, total=f"{total:g}")
    return _shares(found)


def _shares(masses: Mapping[str, float]) -> dict[str, float]:
    total = sum(masses.values())
    return {symbol: mass / total for symbol, mass in masses.items() if mass > 0}


def _counts(formula: str) -> dict[str, float]:
    """Return atoms by symbol, or nothing where the text is no formula."""
    stack: list[dict[str, float]] = [{}]
    at = 0
    for found in _TOKEN.finditer(formula):
        if found.start() != at or found[0] == "":
            return {}
        at = found.end()
        if found[3]:
            stack.append({})
        elif found[4]:
            if len(stack) == 1:
                return {}
            for symbol, number in stack.pop().items():
                stack[-1][symbol] = stack[-1].get(symbol, 0) + number * _number(found[5])
        else:
            stack[-1][found[1]] = stack[-1].get(found[1], 0) + _number(found[2])
    return stack[0] if at == len(formula) and len(stack) == 1 else {}


def _number(text: str) -> float:
    return float(text) if text not in ("", ".") else 1.0
