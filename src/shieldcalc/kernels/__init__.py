"""Formulas on bare floats and arrays in stated units; importing this package imports nothing.

``attenuation`` and ``roots`` are plain Python on ``math``. ``exponential``, ``rays``, ``buildup`` and ``pointkernel`` are
compiled by numba; they import numpy and numba, and are therefore imported only inside the function that needs them.
"""

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

# Not 'reassoc': it may undo the rounding by a large constant in the exponential, and sums would depend on the machine.
FLOATS = frozenset({"contract", "nnan", "ninf", "nsz", "arcp"})


def compiled(function: F) -> F:
    """Return a function compiled by numba at its first call: no interpreter lock, kept on disk where a folder allows it.

    One place for all options. Without a folder that can be written (a read-only installation and no home) the function is
    compiled anew in each process.
    """
    from numba import njit

    options = {"nogil": True, "fastmath": set(FLOATS), "error_model": "numpy"}
    try:
        kept: F = njit(cache=True, **options)(function)
    except RuntimeError:  # numba: "cannot cache function: no locator available"
        kept = njit(**options)(function)
    return kept
