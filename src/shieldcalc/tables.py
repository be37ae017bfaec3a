"""Table: the numbers of one published table with where they come from.

A data file is CSV below a head of ``# key: value`` lines. ``title``, ``source``, ``version``, ``units``,
``valid`` and ``confidence`` are required; further keys and plain remarks may follow. TOML files in ``data/`` carry the
same head, so that ``provenance`` tells of either.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import takewhile
from os.path import isabs, isfile
from types import MappingProxyType
from typing import NamedTuple

from shieldcalc.errors import DataError
from shieldcalc.resources import data_path

REQUIRED = ("title", "source", "version", "units", "valid", "confidence")
SHOWN = ("title", "source", "version", "confidence")


class Table(NamedTuple):
    """One data file: ``rows`` as mappings of text by column, ``meta`` as the head says, ``name`` its path in data/."""

    name: str
    meta: Mapping[str, str]
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]

    def where(self, **wanted: str) -> Iterator[Mapping[str, str]]:
        """Yield the rows whose columns equal the wanted texts."""
        return (row for row in self.rows if all(row[key] == value for key, value in wanted.items()))

    def provenance(self) -> dict[str, str]:
        """Return name, title, source, version, confidence and the digest of the file."""
        return provenance(self.name)


@cache
def table(name: str) -> Table:
    """Read one CSV data file, for example ``table("xray/ncrp147_a1_primary_kvp.csv")``.

    ``name`` is a path in ``data/``, or an absolute path for a plugin's own file. Raises DataError when the file is not
    there, its head lacks a required key, or a row has the wrong number of cells.
    """
    lines = _text(name).splitlines()
    meta = _meta(name, lines)
    body = [(number, line.split(",")) for number, line in enumerate(lines, 1) if line and not line.startswith("#")]
    if not body:
        raise DataError("table_empty", name=name)
    columns = tuple(body[0][1])
    for number, cells in body:
        if len(cells) != len(columns):
            raise DataError("table_row", name=name, line=number, found=len(cells), columns=len(columns))
    return Table(
        name, meta, columns, tuple(MappingProxyType(dict(zip(columns, cells, strict=True))) for _, cells in body[1:])
    )


def provenance(name: str) -> dict[str, str]:
    """Return name, title, source, version, confidence and SHA-256 of one data file, CSV or TOML.

    Raises DataError when the file is not there or its head lacks a required key.
    """
    return dict(_provenance(name))


@cache
def _provenance(name: str) -> dict[str, str]:
    from hashlib import sha256

    text = _text(name)
    meta = _meta(name, text.splitlines())
    return {"name": name, **{key: meta[key] for key in SHOWN}, "sha256": sha256(text.encode()).hexdigest()}


def head(name: str) -> dict[str, str]:
    """Return the head of one data file without reading its rows; DataError as ``table``."""
    try:
        with open(_path(name), encoding="utf-8", newline="") as file:
            lines = list(takewhile(lambda line: line.startswith("#"), file))
    except OSError as error:
        raise DataError("table_missing", name=name) from error
    return _meta(name, lines)


def _text(name: str) -> str:
    try:
        with open(_path(name), encoding="utf-8", newline="") as file:
            return file.read()
    except OSError as error:
        raise DataError("table_missing", name=name) from error


def _path(name: str) -> str:
    """Return the path of a data file; of a plugin's own only where it is a file, no device or pipe without an end."""
    parts = name.split("/")
    if ".." in parts or (isabs(name) and not isfile(name)):
        raise DataError("table_missing", name=name)
    return name if isabs(name) else data_path(*parts)


def _meta(name: str, lines: list[str]) -> dict[str, str]:
    meta = dict(_head(lines))
    missing = [key for key in REQUIRED if key not in meta]
    if missing:
        raise DataError("table_head", name=name, missing=", ".join(missing))
    return meta


def _head(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if line.startswith("#"):
            key, colon, value = line.lstrip("# ").partition(": ")
            if colon and key.islower() and " " not in key:
                yield key, value.strip()
