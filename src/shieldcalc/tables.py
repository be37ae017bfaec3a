"""Table: the numbers of one published table with where they come from.

A data file is CSV below a head of ``# key: value`` lines. ``title``, ``source``, ``version``, ``units``,
``valid`` and ``confidence`` are required; further keys and plain remarks may follow.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import NamedTuple

from shieldcalc.errors import DataError
from shieldcalc.resources import data_path

REQUIRED = ("title", "source", "version", "units", "valid", "confidence")


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
        from hashlib import sha256

        with open(data_path(*self.name.split("/")), "rb") as file:
            digest = sha256(file.read()).hexdigest()
        kept = {key: self.meta[key] for key in ("title", "source", "version", "confidence")}
        return {"name": self.name, **kept, "sha256": digest}


@cache
def table(name: str) -> Table:
    """Read one data file, for example ``table("xray/ncrp147_a1_primary_kvp.csv")``.

    Raises DataError when the head lacks a required key or a row has the wrong number of cells.
    """
    with open(data_path(*name.split("/")), encoding="utf-8") as file:
        lines = file.read().splitlines()
    meta = dict(_head(lines))
    missing = [key for key in REQUIRED if key not in meta]
    if missing:
        raise DataError("table_head", name=name, missing=", ".join(missing))
    body = [line.split(",") for line in lines if line and not line.startswith("#")]
    columns = tuple(body[0])
    if any(len(cells) != len(columns) for cells in body):
        raise DataError("table_row", name=name, columns=len(columns))
    return Table(name, meta, columns, tuple(dict(zip(columns, cells, strict=True)) for cells in body[1:]))


def _head(lines: list[str]) -> Iterator[tuple[str, str]]:
    for line in lines:
        key, colon, value = line.lstrip("# ").partition(": ")
        if line.startswith("#") and colon and key.islower() and " " not in key:
            yield key, value.strip()
