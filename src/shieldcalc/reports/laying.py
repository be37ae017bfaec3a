"""Any content of a report to a file, laid out as its ending says; the writers are loaded when they are wanted."""

from collections.abc import Callable
from os.path import splitext
from typing import Any

from shieldcalc.builtins import resolve
from shieldcalc.errors import UnknownNameError

LAYOUTS = {
    ".html": "shieldcalc.reports.html:rendered",
    ".pdf": "shieldcalc.reports.pdf:rendered",
    ".docx": "shieldcalc.reports.docx:rendered",
}


def layout(path: str) -> Callable[[dict[str, Any]], bytes]:
    """Return what lays out a report for a file, by its ending; raise UnknownNameError for any other ending."""
    ending = splitext(path)[1].lower()
    if ending not in LAYOUTS:
        raise UnknownNameError("report ending", ending or path, LAYOUTS)
    found: Callable[[dict[str, Any]], bytes] = resolve(LAYOUTS[ending])
    return found
