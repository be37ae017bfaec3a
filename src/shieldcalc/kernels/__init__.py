"""Formulas on bare floats and arrays in stated units; importing this package imports nothing.

``attenuation`` and ``roots`` are plain Python on ``math``. ``exponential``, ``rays``, ``buildup`` and ``pointkernel``
are compiled by numba; they import numpy and numba, and are therefore imported only inside the function that needs
them.
"""

from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

# Not 'reassoc': it may undo the rounding by a large constant in the exponential, and sums would depend on the machine.
FLOATS = frozenset({"contract", "nnan", "ninf", "nsz", "arcp"})


def compiled(function: F) -> F:
    """Return a function for compiled functions to call, to run without the interpreter's lock.

    Python itself cannot call it: the wrapper for that, which costs compile time, is left out.
    """
    from numba import njit

    made: F = njit(no_cpython_wrapper=True, no_cfunc_wrapper=True, **_options())(function)
    return made


def inlined(function: F) -> F:
    """Return a function that becomes part of the one that calls it: each compiled level costs seconds at first use."""
    from numba import njit

    made: F = njit(inline="always", **_options())(function)
    return made


def kept(build: Callable[[int], F]) -> F:
    """Return the function that ``build`` makes, compiled, and kept on disk with all that it calls.

    numba asks only whether the file of the kept function changed. ``build`` gets a number that changes with any source
    in this folder; the function must mention it, then what is kept is renewed with it. Where no folder can be written
    (a read-only installation and no home) the function is compiled anew in each process.
    """
    from numba import njit

    function = build(_stamp())
    try:
        made: F = njit(cache=True, no_cfunc_wrapper=True, **_options())(function)
    except RuntimeError:  # numba: "cannot cache function: no locator available"
        made = njit(**_options())(function)
    return made


def _options() -> dict[str, Any]:
    """Return numba's options. Without ``nrt`` nothing is made in compiled code, and no references are counted."""
    return {"nogil": True, "_nrt": False, "fastmath": set(FLOATS), "error_model": "numpy"}


def _stamp() -> int:
    """Return a number made from all sources in this folder."""
    import os
    from zlib import crc32

    folder, stamp = os.path.dirname(__file__), 0
    for name in sorted(os.listdir(folder)):
        if name.endswith(".py"):
            with open(os.path.join(folder, name), "rb") as file:
                stamp = crc32(file.read(), stamp)
    return stamp
