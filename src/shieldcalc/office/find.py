"""Submissions below folders: a folder with a manifest or claims is one, a zip is one, any other folder holds some."""

import os
from collections.abc import Iterator, Sequence
from os.path import basename, dirname, isdir, join, lexists, realpath, relpath
from typing import NamedTuple

from shieldcalc.office.refusal import OfficeError
from shieldcalc.verify.claims import CLAIMS
from shieldcalc.verify.manifest import MANIFEST

ZIP = ".zip"
UNREADABLE, LINK = "office.unreadable", "office.link"


class Found(NamedTuple):
    """One submission: where it is, its name in the ledger, and why it is none (a code of ``errors.office``)."""

    path: str
    name: str
    wrong: str = ""


def submissions(places: Sequence[str], ledger: str) -> Iterator[Found]:
    """Yield the submissions below the places in the order of names, each once; nothing is read of them.

    Its name is its path from the folder of the ledger, so that both can be moved together. A folder of files that are
    no submission is one that is wrong. Links below a place are not followed: one to a submission is wrong. Raises
    OfficeError for a place that is not there, and for a ledger inside a submission.
    """
    own = realpath(ledger)
    top, seen = realpath(dirname(own)), set[str]()
    for place in places:
        if not lexists(place):
            raise OfficeError("office.no_place", file=place)
        for path, wrong in _all_below(realpath(place)):
            if isdir(path) and not wrong and own.startswith(join(path, "")):
                raise OfficeError("office.ledger_inside", file=ledger, submission=path)
            if path not in seen and path != own:
                if len(places) > 1:
                    seen.add(path)
                yield Found(path, _name(path, top), wrong)


class Places:
    """Where submissions were looked for, told by names of a ledger; what could not be read was not looked at."""

    def __init__(self, places: Sequence[str], ledger: str) -> None:
        self._of, self._ledger = places, ledger
        top = realpath(dirname(realpath(ledger)))
        self._names = [_name(realpath(place), top).split("/") for place in places]
        self._unread: list[list[str]] = []

    def seen(self) -> Iterator[str]:
        """Yield the names of the submissions that are there."""
        for found in submissions(self._of, self._ledger):
            if found.wrong == UNREADABLE:
                self._unread.append(found.name.split("/"))
            yield found.name

    def hold(self, name: str) -> bool:
        """Return whether a submission of this name would have been seen."""
        parts = name.split("/")
        looked = any(_below(parts, each) for each in self._names)
        return looked and not any(_below(parts, each) for each in self._unread)


def _below(name: list[str], place: list[str]) -> bool:
    """Return whether a name leads to a place or below it; ".." and "../.." have all that do not go higher."""
    if set(place) <= {".", ".."}:
        return name.count("..") <= place.count("..")
    return name[: len(place)] == place


def _name(path: str, top: str) -> str:
    """Return a name that any file system's bytes can be told by."""
    try:
        name = relpath(path, top)
    except ValueError:  # another drive
        name = path
    return name.replace(os.sep, "/").encode("utf-8", "backslashreplace").decode()


def _all_below(path: str) -> Iterator[tuple[str, str]]:
    if not isdir(path) or is_one(path):
        yield path, ""
        return
    try:
        with os.scandir(path) as listed:
            entries = sorted(listed, key=lambda entry: entry.name)
    except OSError:
        yield path, UNREADABLE
        return
    none, files = True, False
    for entry in entries:
        plain, folder = entry.is_file(follow_symlinks=False), entry.is_dir(follow_symlinks=False)
        if not folder and (entry.name.lower().endswith(ZIP) or is_one(entry.path)):
            yield entry.path, "" if plain else LINK
            none = False
        elif folder:
            for each in _all_below(entry.path):
                yield each
                none = False
        files = files or plain
    if none and files and basename(path):
        yield path, "office.no_submission"


def is_one(folder: str) -> bool:
    """Return whether a folder is one submission."""
    return any(lexists(join(folder, name)) for name in (MANIFEST, CLAIMS))
