"""One process at a time: a lock in the folder of what is compiled, which ends with the process that holds it."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

LOCK = "shieldcalc.lock"


@contextmanager
def locked(folder: str | None) -> Iterator[bool]:
    """Hold the lock of a folder; yield False, at once, where another process holds it.

    The system takes it from a process that dies, however it does. Where no lock can be had (no folder, none that can be
    written, a system or share without locks) everybody has it.
    """
    held = _opened(folder)
    try:
        yield held is None or _had(held)
    finally:
        if held is not None:
            os.close(held)


def _opened(folder: str | None) -> int | None:
    if folder is None:
        return None
    try:
        os.makedirs(folder, exist_ok=True)
        return os.open(os.path.join(folder, LOCK), os.O_RDWR | os.O_CREAT)
    except OSError:
        return None


def _had(file: int) -> bool:
    """Return whether the lock is had; where the system cannot say so, it is."""
    try:
        from fcntl import LOCK_EX, LOCK_NB, flock
    except ImportError:
        return True
    try:
        flock(file, LOCK_EX | LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:
        return True
    return True
