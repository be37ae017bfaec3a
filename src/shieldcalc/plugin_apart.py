"""A stranger's code at work, kept apart: it ends neither the run nor its answer, and leaves the process as it was.

What it prints, by whatever way, goes to standard error. It has a bounded time, MOST_SECONDS or what the environment
variable SHIELDCALC_PLUGIN_SECONDS says (0: no bound). The bound needs POSIX, the main thread and no alarm of somebody
else; it comes between two instructions of Python. Working folder, environment, streams, warning filters, decimal
context, locale, recursion limit, the answer to Ctrl-C and NumPy's treatment of errors are put back. Code that means
harm can get around all of this: it has the user's rights.
"""

import os
import sys
import warnings
from collections.abc import Callable, Iterable
from functools import partial, wraps
from math import isfinite
from threading import Lock, current_thread, main_thread
from types import FrameType
from typing import Any, NoReturn, ParamSpec, TypeVar

from shieldcalc.errors import Notice

VARIABLE = "SHIELDCALC_PLUGIN_SECONDS"
MOST_SECONDS, LEAST_SECONDS = 120.0, 0.01
AGAIN_S = 1.0  # code that catches everything is stopped again after this time
ENDS = ("_exit", "execv", "execve")
OUT, ERR = 1, 2
FORKED = 70
Undo = Callable[[], object]
P = ParamSpec("P")
R = TypeVar("R")


class StoppedError(BaseException):
    """What ends a stranger's call that takes too long or would end the process; ``notice`` says which."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.notice = Notice(f"errors.{code}", params)


class apart:  # noqa: N801 - used like a function: with apart()
    """A context for one call of a stranger's code; inside another, or beside that of a second thread, it only bounds.

    What is set and put back belongs to the whole process, so one call at a time does it.
    """

    _one = Lock()

    def __enter__(self) -> None:
        """Keep what must not change, and turn aside what the code prints."""
        self._undo: list[Undo] = []
        self._first = apart._one.acquire(blocking=False)
        try:
            for step in (*_STEPS, _timed) if self._first else (_timed,):
                self._undo += step()
        except BaseException:
            self.__exit__()
            raise

    def __exit__(self, *_: object) -> None:
        """Put everything back, the last first; what cannot be put back is let be. A Ctrl-C waits for the end of it."""
        interrupted = None
        while self._undo:
            try:
                self._undo[-1]()
            except StoppedError:  # the time ran out just now
                continue
            except KeyboardInterrupt as error:
                interrupted = error
                continue
            except Exception:  # what a stranger left in the place of a thing may raise anything
                pass
            self._undo.pop()
        if self._first:
            apart._one.release()
        if interrupted is not None:
            raise interrupted


def apart_from(call: Callable[P, R]) -> Callable[P, R]:
    """Return a function that calls a stranger's function apart."""

    @wraps(call)
    def called(*arguments: P.args, **named: P.kwargs) -> R:
        with apart():
            return call(*arguments, **named)

    return called


def most_seconds() -> float:
    """Return how long one call may take; 0 for any time. What is no number from 0 on counts as not said."""
    try:
        said = float(os.environ.get(VARIABLE, ""))
    except ValueError:
        return MOST_SECONDS
    if not isfinite(said) or said < 0:
        return MOST_SECONDS
    return max(said, LEAST_SECONDS) if said else 0.0


def _forked() -> list[Undo]:
    """Return what ends a copy of this process that the code made and let return into the run."""
    parent, end = os.getpid(), os._exit
    return [lambda: None if os.getpid() == parent else end(FORKED)]


def _kept() -> list[Undo]:
    folder, kept, limit = _folder(), warnings.filters, sys.getrecursionlimit()
    environ, environment, filters = os.environ, _environment(), list(kept)
    undo: list[Undo] = [lambda: sys.setrecursionlimit(limit), lambda: _filter_again(kept, filters)]
    undo += [lambda: _environment_again(environ, environment), lambda: _folder_again(folder)]
    if (decimal := sys.modules.get("decimal")) is not None:
        context = decimal.getcontext().copy()
        undo.append(lambda: decimal.setcontext(context))
    if (numpy := sys.modules.get("numpy")) is not None and hasattr(numpy, "geterr"):
        told = numpy.geterr()
        undo.append(lambda: numpy.seterr(**told))
    if (locale := sys.modules.get("locale")) is not None:
        spoken = locale.setlocale(locale.LC_ALL)
        undo.append(lambda: locale.setlocale(locale.LC_ALL) != spoken and locale.setlocale(locale.LC_ALL, spoken))
    return undo


def _folder() -> str:
    try:
        return os.getcwd()
    except OSError:  # it was removed meanwhile
        return ""


def _folder_again(folder: str) -> None:
    if folder and _folder() != folder:
        os.chdir(folder)


def _filter_again(kept: Any, filters: list[Any]) -> None:
    """Put the list of filters back, the same object: the interpreter looks into it too."""
    if warnings.filters is not kept or list(kept) != filters:
        warnings.filters = kept
        warnings.resetwarnings()
        kept[:] = filters


def _environment() -> dict[Any, Any]:
    """Return the environment as it is stored: reading it name by name takes ten times as long."""
    return dict(getattr(os.environ, "_data", os.environ))


def _environment_again(environ: Any, environment: dict[Any, Any]) -> None:
    os.environ = environ  # noqa: B003 - the same object as before, where the code set another
    if _environment() != environment:
        os.environ.clear()
        os.environ.update({os.fsdecode(name): os.fsdecode(value) for name, value in environment.items()})


def _streams() -> list[Undo]:
    """Turn sys.stdout to standard error; return what puts both back, opened anew where they were closed."""
    out, err = sys.stdout, sys.stderr
    sys.stdout = err

    def again() -> None:
        sys.stdout, sys.stderr = _open(out, OUT), _open(err, ERR)

    return [again]


def _open(stream: Any, number: int) -> Any:
    if not getattr(stream, "closed", False):
        return stream
    return open(number, "w", encoding="utf-8", errors="backslashreplace", closefd=False)


def _turned_aside() -> list[Undo]:
    """Turn the descriptor of standard output to standard error, for what does not go by sys.stdout."""
    streams = {sys.__stdout__, sys.__stderr__}
    _flush(streams)
    kept = list[int]()
    try:
        kept += [os.dup(OUT)]
        kept += [os.dup(ERR)]
        os.dup2(ERR, OUT)
    except OSError:  # a process without one of them
        return [partial(os.close, copy) for copy in kept]

    def again(number: int, copy: int) -> None:
        os.dup2(copy, number)
        os.close(copy)

    return [partial(again, ERR, kept[1]), partial(again, OUT, kept[0]), partial(_flush, streams)]


def _flush(streams: set[Any]) -> None:
    for stream in streams:
        try:
            stream.flush()
        except (OSError, ValueError, AttributeError):
            continue


def _endless() -> list[Undo]:
    """Let calls that end this process at once raise StoppedError; those of a copy of it work."""
    places = [(module, name) for module in (os, sys.modules[os.name]) for name in ENDS if hasattr(module, name)]
    true = [getattr(module, name) for module, name in places]
    mine = os.getpid()

    def refused(name: str, end: Callable[..., NoReturn]) -> Callable[..., NoReturn]:
        def called(*arguments: object) -> NoReturn:
            if os.getpid() == mine:
                raise StoppedError("plugin_ends", call=name)
            end(*arguments)

        return called

    def put(ends: Iterable[Callable[..., NoReturn]]) -> None:
        for (module, name), end in zip(places, ends, strict=True):
            setattr(module, name, end)

    put([refused(name, end) for (_, name), end in zip(places, true, strict=True)])
    return [lambda: put(true)]


def _interrupted() -> list[Undo]:
    """Return what puts back how Ctrl-C is answered; only the main thread may."""
    import signal

    answer = signal.getsignal(signal.SIGINT)
    if not _is_main() or answer is None:
        return []
    return [lambda: signal.getsignal(signal.SIGINT) is not answer and signal.signal(signal.SIGINT, answer)]


def _is_main() -> bool:
    return current_thread() is main_thread()


def _timed() -> list[Undo]:
    """Set a timer that stops the code, where there is none already; return what clears it."""
    seconds = most_seconds()
    if not seconds or not hasattr(sys.modules[os.name], "fork") or not _is_main():
        return []
    import signal

    timer, answered, before = signal.setitimer, signal.signal, signal.getsignal(signal.SIGALRM)
    if before is None or any(signal.getitimer(signal.ITIMER_REAL)):  # somebody else's, set outside Python or running
        return []

    def stop(_number: int, frame: FrameType | None) -> None:
        if frame is None or frame.f_globals is not globals():  # what puts things back is not stopped
            raise StoppedError("plugin_slow", seconds=f"{seconds:g}", variable=VARIABLE)

    def clear() -> None:
        timer(signal.ITIMER_REAL, 0)
        answered(signal.SIGALRM, before)

    answered(signal.SIGALRM, stop)
    timer(signal.ITIMER_REAL, seconds, AGAIN_S)
    return [clear]


_STEPS: tuple[Callable[[], list[Undo]], ...] = (_forked, _kept, _interrupted, _streams, _turned_aside, _endless)
