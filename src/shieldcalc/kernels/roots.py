"""Where a falling function of one variable meets zero."""

from collections.abc import Callable

_MOST_STEPS = 200
_LAST_BITS = 4e-16


def falling_root(function: Callable[[float], float], low: float, high: float) -> float:
    """Return x in [low, high] where a continuous falling function is zero, to the last bits of x.

    Secant steps that keep a bracket, by Anderson and Bjoerck, BIT 13 (1973) 253-264. An end is returned where the
    function does not change its sign between the ends.
    """
    f_low, f_high = function(low), function(high)
    if f_low <= 0 or low >= high:
        return low
    if f_high >= 0:
        return high
    last, side = low, 0
    for _ in range(_MOST_STEPS):
        x = low + (high - low) * (f_low / (f_low - f_high))
        f_x = function(x)
        if f_x == 0 or abs(x - last) <= _LAST_BITS * abs(x):
            return x
        if f_x > 0:
            f_high *= _damping(f_x / f_low) if side > 0 else 1.0
            low, f_low, side = x, f_x, 1
        else:
            f_low *= _damping(f_x / f_high) if side < 0 else 1.0
            high, f_high, side = x, f_x, -1
        last = x
    return last


def _damping(ratio: float) -> float:
    """Return the factor on the function at the end that stayed for a second step."""
    return 1 - ratio if ratio < 1 else 0.5
