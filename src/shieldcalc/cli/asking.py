"""Options that several commands share: by which law, method and day to judge; where the answer goes, in what words."""

from collections.abc import Callable

import click

from shieldcalc.cli.common import F

EVERYTHING = "Write everything as JSON to a file, or (alone, or with -) to standard output."


def regulations(function: F) -> F:
    """Add ``--regulation``, repeatable; the argument is ``regulations``."""
    words = "Judge by this instrument (repeatable)."
    return click.option("--regulation", "regulations", multiple=True, metavar="ID", help=words)(function)


def methods(function: F) -> F:
    """Add ``--method``, repeatable; the argument is ``methods``."""
    words = "Compute with this method (repeatable)."
    return click.option("--method", "methods", multiple=True, metavar="ID", help=words)(function)


def on(words: str = "Judge by the law of this day, as 2025-06-30.") -> Callable[[F], F]:
    """Add ``--on``, a date as text, with its words of help."""
    return click.option("--on", "on", metavar="DATE", help=words)


def json_to(words: str = EVERYTHING) -> Callable[[F], F]:
    """Add ``--json`` to a file or, alone, to standard output; the argument is ``json_to``."""
    return click.option("--json", "json_to", metavar="[-|FILE]", is_flag=False, flag_value="-", help=words)


def reports_to(kinds: str) -> Callable[[F], F]:
    """Add ``--report``, repeatable, for files of these ``kinds``; the argument is ``reports_to``."""
    words = "Write the report; the ending chooses its kind (repeatable)."
    return click.option("--report", "reports_to", multiple=True, metavar=kinds, help=words)


def language(words: str = "Language of what people read.") -> Callable[[F], F]:
    """Add ``--lang``; the argument is ``language``."""
    return click.option("--lang", "language", default="en", show_default=True, help=words)
