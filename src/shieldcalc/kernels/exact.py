"""Functions compiled so that each gives the very bits that the same source gives in plain Python.

Nothing is contracted, reordered or taken for finite; powers and arc cosines come from the C library that Python uses.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from shieldcalc.kernels import _stamp

F = TypeVar("F", bound=Callable[..., Any])
_OPTIONS: dict[str, Any] = {"nogil": True, "_nrt": False, "error_model": "numpy"}


def exact(function: F) -> F:
    """Return a function for compiled functions to call; Python itself cannot call it."""
    from numba import njit

    made: F = njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, **_OPTIONS)(function)
    return made


def exactly_inlined(function: F) -> F:
    """Return a function that becomes part of the one that calls it: each compiled level costs seconds at first use."""
    from numba import njit

    made: F = njit(inline="always", **_OPTIONS)(function)
    return made


def exact_and_kept(build: Callable[[int], F]) -> F:
    """Return the function that ``build`` makes, kept on disk as by ``kernels.kept``."""
    from numba import njit

    function = build(_stamp())
    try:
        made: F = njit(cache=True, no_cfunc_wrapper=True, **_OPTIONS)(function)
    except RuntimeError:  # numba: "cannot cache function: no locator available"
        made = njit(**_OPTIONS)(function)
    return made
