"""What a stored result rests on: content, program, data, plugins, and what was asked. A result is done while all stand.

Digests are SHA-256 in hexadecimal.
"""

import os
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import sha256
from json import dumps
from os.path import dirname, islink, join, relpath
from typing import NamedTuple

from shieldcalc import __version__, plugins
from shieldcalc.model.loader.limits import limit
from shieldcalc.resources import data_root

_NOT_COUNTED = ("fonts", "texts")  # words are told when they are asked for
_BLOCK = 1 << 20
_NO_FILE = b"no plain file"


class Asked(NamedTuple):
    """What a run asks of every submission; empty where the designs say it themselves."""

    regulations: tuple[str, ...] = ()
    methods: tuple[str, ...] = ()
    on: str | None = None

    def text(self) -> str:
        """Return it as the ledger holds it."""
        return dumps({"regulations": self.regulations, "methods": self.methods, "on": self.on}, ensure_ascii=False)


class Basis(NamedTuple):
    """Everything but the content that a result rests on, as the ledger holds it."""

    program: str
    data: str
    plugins: str
    asked: str


def basis(asked: Asked) -> Basis:
    """Return what results of this program, these data and plugins rest on. Loads the plugins."""
    plugins.catalog()
    used = [each.told() for each in plugins.loaded()]
    return Basis(_program(), _data(), dumps(used, ensure_ascii=False), asked.text())


@cache
def _program() -> str:
    """Return the version with a digest of the source: in a checkout the version alone does not change."""
    top = dirname(dirname(__file__))
    return f"{__version__}+{_tree(top, (name for name in _files(top) if name.endswith('.py')))[:16]}"


@cache
def _data() -> str:
    top = data_root()
    return _tree(top, (name for name in _files(top) if relpath(name, top).split(os.sep)[0] not in _NOT_COUNTED))


def _files(top: str) -> Iterator[str]:
    for folder, folders, names in os.walk(top):
        folders.sort()
        links = [name for name in folders if islink(join(folder, name))]
        yield from (join(folder, name) for name in sorted([*names, *links]))


def _tree(top: str, paths: Iterable[str]) -> str:
    found = sha256()
    for path in paths:
        with open(path, "rb") as file:
            found.update(f"{relpath(path, top)}\0{sha256(file.read()).hexdigest()}\n".encode())
    return found.hexdigest()


def content(path: str) -> str:
    """Return the digest of a submission: the bytes of a zip; names, kinds and bytes of every file of a folder.

    Never more is read than a submission may hold: beyond that its size stands for it. What cannot be read is no digest
    but the reason, so that it is no copy of anything.
    """
    found = sha256()
    try:
        if os.path.isdir(path):
            for part in _parts(path):
                found.update(part)
        elif not os.path.isfile(path):
            return _NO_FILE.decode()
        else:
            found.update(_bytes(path, limit("submission_zip_bytes")))
    except OSError as error:
        return f"unreadable {error.errno}"
    return found.hexdigest()


def _parts(top: str) -> Iterator[bytes]:
    for number, path in enumerate(_files(top)):
        if number > limit("submission_files"):
            return
        name = os.fsencode(relpath(path, top))
        if islink(path):
            yield b"link " + name + b"\0" + os.fsencode(os.readlink(path)) + b"\n"
        else:
            yield b"file " + name + b"\0" + _bytes(path, limit("submission_file_bytes")) + b"\n"


def _bytes(path: str, most: int) -> bytes:
    """Return the digest of one plain file's first bytes with its size; what is no plain file is not opened."""
    if not os.path.isfile(path):
        return _NO_FILE
    found, left = sha256(), most + 1
    with open(path, "rb") as file:
        while left > 0 and (block := file.read(min(left, _BLOCK))):
            found.update(block)
            left -= len(block)
        return found.digest() + str(os.fstat(file.fileno()).st_size).encode()
