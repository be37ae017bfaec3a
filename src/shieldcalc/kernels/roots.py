"""Where a falling function of one variable meets zero."""

from collections.abc import Callable

_USUAL_STEPS = 12
_MOST_STEPS = 200
_LAST_BITS = 4e-16


def falling_root(function: Callable[[float], float], low: float, high: float) -> float:
    """Return x in [low, high] where a continuous falling function is zero, to the last bits of x.

    Secant steps that keep a bracket, by Anderson and Bjoerck, BIT 13 (1973) 253-264; when they take long every second
    step halves the bracket. An end is returned where the function does not change its sign between the ends.
    """
    f_low, f_high = function(low), function(high)
    if f_low <= 0 or low >= high:
        return low
    if f_high >= 0:
        return high
    side = 0
    for step in range(_MOST_STEPS):
        least = _LAST_BITS * max(abs(low), abs(high))
        if high - low <= 2 * least:
            break
        x = low + (high - low) * (f_low / (f_low - f_high))
        x = 0.5 * (low + high) if step > _USUAL_STEPS and step % 2 else min(max(x, low + least), high - least)
        f_x = function(x)
        if f_x == 0:
            return x
        if f_x > 0:
            f_high *= _damping(f_x / f_low) if side > 0 else 1.0
            low, f_low, side = x, f_x, 1
        else:
            f_low *= _damping(f_x / f_high) if side < 0 else 1.0
            high, f_high, side = x, f_x, -1
    return 0.5 * (low + high)


def _damping(ratio: float) -> float:
    """Return the factor on the function at the end that stayed for a second step."""
    return 1 - ratio if ratio < 1 else 0.5
