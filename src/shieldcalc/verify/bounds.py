"""Bounds of time and memory for a stranger's submission: past them it is refused, whatever it asks for."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread
from typing import Any

from shieldcalc.model.loader.limits import limit
from shieldcalc.verify.refusal import SubmissionError

_STATM = "/proc/self/statm"


class _TooLongError(BaseException):
    """Raised by the timer, past every handler of ordinary errors."""


@contextmanager
def bounded() -> Iterator[None]:
    """Raise SubmissionError when what runs inside takes more processor time or memory than data/limits.csv allows.

    Where the system has no such timers or limits (Windows, threads other than the main one) the bounds of the input
    alone hold.
    """
    if sys.platform == "win32" or current_thread() is not main_thread():
        yield
        return
    import resource
    import signal

    def stop(_number: int, _frame: Any) -> None:
        raise _TooLongError

    before, kept = signal.signal(signal.SIGVTALRM, stop), resource.getrlimit(resource.RLIMIT_AS)
    signal.setitimer(signal.ITIMER_VIRTUAL, limit("submission_cpu_s"))
    resource.setrlimit(resource.RLIMIT_AS, _memory(kept))
    try:
        yield
    except _TooLongError:
        raise SubmissionError("submission.too_long", most=limit("submission_cpu_s")) from None
    except MemoryError:
        raise SubmissionError("submission.too_much_memory", most=limit("submission_memory_bytes")) from None
    except RecursionError:
        raise SubmissionError("submission.too_deep") from None
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
        resource.setrlimit(resource.RLIMIT_AS, kept)


def _memory(kept: tuple[int, int]) -> tuple[int, int]:
    """Return the soft limit: what the process has now and as much more as a submission may take."""
    try:
        with open(_STATM, encoding="ascii") as file:
            now = int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return kept
    soft = now + limit("submission_memory_bytes")
    return (min(soft, kept[0]) if kept[0] >= 0 else soft, kept[1])
