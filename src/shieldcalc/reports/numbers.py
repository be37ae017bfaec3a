"""Numbers as people read them: rounded for display, but never across a limit."""

from collections.abc import Iterable
from decimal import Decimal
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
    number = Decimal(repr(float(f"{value:.{digits - 1}e}"))).normalize()
    plain = number == 0 or 1e-3 <= abs(number) < 1e5
    return f"{number:f}" if plain else _powers(f"{number:e}")


def _powers(text: str) -> str:
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa}×10{str(int(exponent)).translate(_SUPERSCRIPT)}" if exponent else mantissa


def parts(text: str) -> tuple[str, str]:
    """Return mantissa and power of ten of a displayed number; the power is empty where there is none."""
    mantissa, _, exponent = text.partition("×10")
    return mantissa, exponent.translate(_PLAIN)


def read(text: str) -> float:
    """Return the number that a displayed text says."""
    mantissa, exponent = parts(text.replace("∞", "inf"))
    return float(f"{mantissa}e{exponent}") if exponent else float(mantissa)


def localised(text: str, decimal: str, group: str) -> str:
    """Return a displayed number with a language's decimal sign, thousands grouped where it has a sign for that."""
    mantissa, times, power = text.partition("×")
    whole, point, part = mantissa.partition(".")
    digits = whole.lstrip("-−")
    if group and digits.isdecimal():
        whole = whole[: len(whole) - len(digits)] + f"{int(digits):,}".replace(",", group)
    return f"{whole}{decimal if point else ''}{part}{times}{power}"


def plain(text: str, decimal: str, group: str) -> str:
    """Return a localised number as ``read`` takes it: the inverse of ``localised``."""
    return (text.replace(group, "") if group else text).replace(decimal, ".")


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
