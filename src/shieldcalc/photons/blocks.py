"""Rows of one key out of a long data file whose rows of one key stand together: nothing else of it is parsed."""

from functools import cache

from shieldcalc.errors import DataError
from shieldcalc.resources import data_path


def block(name: str, *key: str) -> list[list[str]]:
    """Return the cells of the rows of data file ``name`` that begin with ``key``; an empty list where none does.

    Raises DataError when the file is not there.
    """
    text = _bytes(name)
    mark = f"\n{','.join(key)},".encode()
    first = text.find(mark)
    if first < 0:
        return []
    end = first
    while end >= 0 and text.startswith(mark, end):
        end = text.find(b"\n", end + 1)
    return [line.split(",") for line in text[first + 1 : end if end > 0 else None].decode().split("\n") if line]


@cache
def _bytes(name: str) -> bytes:
    try:
        with open(data_path(*name.split("/")), "rb") as file:
            return file.read()
    except OSError as error:
        raise DataError("table_missing", name=name) from error
