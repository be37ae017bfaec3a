"""Numbers as people read them: rounded for display, but never across a limit."""

from collections.abc import Iterable
from math import ceil, floor, isinf, log10

from shieldcalc.units import significant

_SUPERSCRIPT = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
_PLAIN = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789")
EXACT = 17


def rounded(value: float, digits: int = 3) -> str:
    """Return a number with so many significant digits: "0.0123", "1.23×10⁻⁵", "∞"."""
    if isinf(value):
        return "∞" if value > 0 else "-∞"
    return _powers(significant(value, digits))


def shortest(value: float, digits: int = 6) -> str:
    """Return a number with at most so many significant digits and no trailing zeros: "20", "0.3", "5×10⁻⁶"."""
    if isinf(value):
        return rounded(value)
    number = float(f"{value:.{digits - 1}e}")
    kept = len(repr(number).partition("e")[0].strip("-0.").replace(".", ""))
    mantissa, _, exponent = significant(number, max(1, kept)).partition("e")
    text = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
    return _powers(f"{text}e{exponent}" if exponent else text)


def _powers(text: str) -> str:
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}×10{str(int(exponent)).translate(_SUPERSCRIPT)}" if exponent else mantissa


def read(text: str) -> float:
    """Return the number that a displayed text says."""
    mantissa, _, exponent = text.replace("∞", "inf").partition("×10")
    return float(f"{mantissa}e{exponent.translate(_PLAIN)}") if exponent else float(mantissa)


def beside(value: float, limit: float, digits: int = 3) -> tuple[str, str]:
    """Return value and limit as texts that compare as the numbers do; digits are added until they so compare."""
    for more in range(digits, EXACT + 1):
        shown, bound = rounded(value, more), shortest(limit, max(6, more))
        if _order(read(shown), read(bound)) == _order(value, limit):
            return shown, bound
    return repr(value), repr(limit)


def clear_of(value: float, limits: Iterable[float], digits: int = 3) -> str:
    """Return a value with enough digits that it lies on its own side of every limit."""
    return max((beside(value, limit, digits)[0] for limit in limits), key=len, default=rounded(value, digits))


def margin(value: float) -> str:
    """Return limit / value with two digits or more: "1.00" only where it is exactly one."""
    return beside(value, 1.0, 3)[0]


def rounded_up(value: float, digits: int = 3) -> str:
    """Return a thickness rounded up, so that what is built as printed suffices."""
    if value <= 0:
        return "0"
    step = 10.0 ** (floor(log10(value)) - digits + 1)
    up = ceil(value / step * (1 - 1e-12)) * step
    return shortest(up, digits)


def _order(left: float, right: float) -> int:
    return (left > right) - (left < right)
