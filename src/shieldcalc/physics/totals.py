"""Sums with what others are declared to give, and H*(10) of them."""

from shieldcalc.model.trace import Step, equation, evaluate
from shieldcalc.physics import equations

_SUM = "sum of all components, other contributions as declared"


@equation("H10_total", "h * K + H_other", "uSv/h", f"ICRP Publication 74 (1996); {_SUM}")
def with_contributions(h: float, K: float, H_other: float) -> float:
    """Return the ambient dose equivalent of this room's air kerma together with what others are declared to give."""
    return h * K + H_other


def sum_or_none(figures: list[float | None]) -> float | None:
    """Return the sum, None while one figure is not known."""
    return None if None in figures else sum(each or 0.0 for each in figures)


def plus(own: float | None, other: float | None) -> float | None:
    """Return the sum of two figures, None while one is not known."""
    return None if own is None or other is None else own + other


def h10(h: tuple[float, str], own: float | None, other: float | None, quantity: str) -> tuple[Step, ...]:
    """Return the step that gives H*(10) of the rate (quantity "beam_on") or the hour; none while it is not known."""
    if own is None or other is None:
        return ()
    if other:
        inputs = {"h": h, "K": (own, "uGy/h"), "H_other": (other, "uSv/h")}
        return (evaluate(with_contributions, inputs, quantity),)
    if quantity == "hour":
        return (evaluate(equations.ambient_dose_equivalent_hour, {"h": h, "K_hour": (own, "uGy")}, quantity),)
    return (evaluate(equations.ambient_dose_equivalent_rate, {"h": h, "K_rate": (own, "uGy/h")}, quantity),)
