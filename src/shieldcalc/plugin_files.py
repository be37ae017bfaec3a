"""Which files a plugin consists of, and their digests: what stands with its name and version in every answer."""

from collections.abc import Iterable, Iterator
from itertools import islice
from os import walk
from os.path import basename, dirname, isabs, isfile, join, realpath, relpath
from typing import NamedTuple

from shieldcalc.plugin_apart import apart
from shieldcalc.plugin_raised import stops, writable

MOST_FILES = 500


class Digests(NamedTuple):
    """SHA-256 of every file by name, and of all of them together: of the lines "digest  name" in order of names."""

    sha256: str
    files: tuple[tuple[str, str], ...]


def digests(plugin: object, named: Iterable[str] = ()) -> Digests:
    """Return the digests of a plugin's own files and of the data files that it names by absolute path."""
    from hashlib import sha256

    files = dict(_own(plugin))
    known = {realpath(path) for path in files.values()}
    for path in sorted({path for path in named if isabs(path) and realpath(path) not in known}):
        files[path if basename(path) in files else basename(path)] = path
    files = dict(sorted(files.items()))
    found = tuple((name, sha256(_content(path)).hexdigest()) for name, path in files.items())
    lines = "".join(f"{digest}  {name}\n" for name, digest in found)
    return Digests(sha256(lines.encode()).hexdigest(), found)


def _own(plugin: object) -> Iterator[tuple[str, str]]:
    """Yield name and path: of a single file itself, of a package every file under its topmost folder."""
    import sys

    name = said_by(plugin, "__module__") or said_by(plugin, "__name__")
    top = sys.modules.get(str(name).partition(".")[0])
    path = getattr(top, "__file__", None) or said_by(plugin, "__file__")
    if not path:
        return
    if basename(path) != "__init__.py":
        yield basename(path), path
        return
    folder = dirname(path)
    for count, (name, place) in enumerate(_within(folder)):
        if count < MOST_FILES:
            yield name, place


def _within(folder: str) -> Iterator[tuple[str, str]]:
    for place, folders, names in walk(folder):
        folders[:] = sorted(each for each in folders if each != "__pycache__")
        for name in sorted(names):
            path = join(place, name)
            if isfile(path) and not name.endswith(".pyc"):
                yield relpath(path, dirname(folder)).replace("\\", "/"), path


def said_by(plugin: object, name: str) -> str:
    """Return an attribute of a plugin as text, empty where it has none, or raises: it may answer by code."""
    try:
        with apart():
            return writable(str(getattr(plugin, name, None) or ""))
    except BaseException as error:
        if stops(error):
            raise
        return ""


def mentions(place: str, name: str) -> bool:
    """Say whether a plugin that was not loaded writes a name in quotes: in its single file, or below its package."""
    from importlib.util import find_spec

    if not place.endswith(".py"):
        try:
            found = find_spec(place.partition(".")[0])
        except (ImportError, ValueError):
            found = None
        place = found.origin or "" if found is not None else ""
    inside = _within(dirname(place)) if basename(place) == "__init__.py" else [("", place)]
    quoted = [f"{sign}{name}{sign}".encode() for sign in ("'", '"')]
    texts = (_content(path) for _, path in islice(inside, MOST_FILES) if path.endswith((".py", ".toml")))
    return any(each in text for text in texts for each in quoted)


def _content(path: str) -> bytes:
    if not isfile(path):  # nor a pipe, which would never end
        return b""
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError:
        return b""
