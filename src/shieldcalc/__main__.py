"""The process around the command line: streams, garbage collection, exit code."""

import gc
import sys
from io import TextIOWrapper

SELDOM = 250_000


def main(arguments: list[str] | None = None) -> int:
    """Run ``shieldcalc`` and return its exit code; never a traceback for anything that a user can write.

    Start-up makes no garbage, so the collector is asked to run seldom and not at all at the end.
    """
    gc.set_threshold(SELDOM)
    _open_closed()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        from shieldcalc.cli import cli

        cli.main(arguments, prog_name="shieldcalc")
    except SystemExit as end:
        return _flushed(end.code)
    except KeyboardInterrupt:
        return 130
    except OSError as error:  # standard output cannot take even the help text
        sys.stderr.write(f"{error.strerror or error}\n")
        return _flushed(2)
    finally:
        gc.freeze()
    return _flushed(0)


def _open_closed() -> None:
    """Give a process that was started with closed streams (``>&-``) streams that take everything."""
    if sys.stdout is None or sys.stderr is None:
        from os import devnull

        sys.stdout = sys.stdout or open(devnull, "w", encoding="utf-8")  # noqa: SIM115 - open as long as the process
        sys.stderr = sys.stderr or open(devnull, "w", encoding="utf-8")  # noqa: SIM115


def _flushed(code: object) -> int:
    """Return the exit code once standard output is written; what cannot be written is dropped, and that is a code."""
    number = code if isinstance(code, int) else int(code is not None)
    try:
        sys.stdout.flush()
    except OSError as error:
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        number = 141 if isinstance(error, BrokenPipeError) else 2
    return number


if __name__ == "__main__":
    sys.exit(main())
