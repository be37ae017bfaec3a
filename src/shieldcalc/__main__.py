"""The process around the command line: streams, garbage collection, exit code."""

import gc
import sys
from io import TextIOWrapper

SELDOM = 50_000


def main(arguments: list[str] | None = None) -> int:
    """Run ``shieldcalc`` and return its exit code; never a traceback for anything that a user can write.

    Start-up makes no garbage, so the collector is asked to run seldom and not at all at the end.
    """
    gc.set_threshold(SELDOM)
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
    finally:
        gc.freeze()
    return _flushed(0)


def _flushed(code: object) -> int:
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        import os

        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 141
    return code if isinstance(code, int) else int(code is not None)


if __name__ == "__main__":
    sys.exit(main())
