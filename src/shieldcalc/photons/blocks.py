"""Rows of one key out of a long data file whose rows of one key stand together: nothing else of it is parsed."""

from functools import cache

from shieldcalc.errors import DataError
from shieldcalc.resources import data_path

_FEW_BYTES = 4096


def block(name: str, *key: str, ordered: bool = False) -> list[list[str]]:
    """Return the cells of the rows of data file ``name`` that begin with ``key``; an empty list where none does.

    ``ordered``: the rows stand in the order of their first cell, which finds a place in megabytes in some twenty looks.
    Raises DataError when the file is not there.
    """
    text = _bytes(name)
    mark = f"\n{','.join(key)},".encode()
    first = text.find(mark, _before(text, key[0].encode()) if ordered else 0)
    if first < 0:
        return []
    end = first
    while end >= 0 and text.startswith(mark, end):
        end = text.find(b"\n", end + 1)
    return [line.split(",") for line in text[first + 1 : end if end > 0 else None].decode().split("\n") if line]


def _before(text: bytes, key: bytes) -> int:
    """Return a place shortly before the first row of a key in ordered rows below a head of remarks and column names."""
    low, high = _rows_begin(text), len(text)
    while high - low > _FEW_BYTES:
        middle = text.find(b"\n", (low + high) // 2, high)
        if middle < 0 or text[middle + 1 : text.find(b",", middle)] >= key:
            high = (low + high) // 2
        else:
            low = middle
    return low


def _rows_begin(text: bytes) -> int:
    """Return the end of the line of column names: the first that is no remark."""
    at = 0
    while text.startswith(b"#", at):
        at = text.find(b"\n", at) + 1
    return text.find(b"\n", at)


@cache
def _bytes(name: str) -> bytes:
    try:
        with open(data_path(*name.split("/")), "rb") as file:
            return file.read()
    except OSError as error:
        raise DataError("table_missing", name=name) from error
