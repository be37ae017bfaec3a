"""Trace: each number of a result with the formula that gave it, so that a report prints what was computed.

An equation is a plain function decorated with its symbol, expression, unit and citation. ``evaluate`` calls it and
keeps a Step; the printed substitution and the value come from the same call.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple


class Equation(NamedTuple):
    """One printed equation: ``expression`` is Python arithmetic in the document's symbols, with exp, log and sqrt."""

    symbol: str
    expression: str
    unit: str
    source: str
    function: Callable[..., float]

    def __call__(self, **values: float) -> float:
        """Return the value for the document's symbols."""
        return self.function(**values)


class Step(NamedTuple):
    """One evaluated equation. ``inputs`` maps symbol to (value, unit); ``label`` tells several of one kind apart."""

    symbol: str
    expression: str
    inputs: Mapping[str, tuple[float, str]]
    value: float
    unit: str
    source: str
    label: str = ""


def equation(symbol: str, expression: str, unit: str, source: str) -> Callable[[Callable[..., float]], Equation]:
    """Decorate a function as a printed equation."""

    def wrap(function: Callable[..., float]) -> Equation:
        return Equation(symbol, expression, unit, source, function)

    return wrap


def evaluate(formula: Equation, inputs: Mapping[str, tuple[float, str]], label: str = "") -> Step:
    """Return the Step of one equation for symbols given as (value, unit)."""
    symbol, expression, unit, source, function = formula
    value = function(**{name: number for name, (number, _) in inputs.items()})
    return Step(symbol, expression, dict(inputs), value, unit, source, label)
