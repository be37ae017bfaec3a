"""A table as CSV (RFC 4180), UTF-8."""

from collections.abc import Iterable


def csv_of(columns: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Return a table as CSV; a cell that a spreadsheet would compute is told apart by an apostrophe."""
    import csv
    from io import StringIO

    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(list(columns))
    writer.writerows([_cell(value) for value in row] for row in rows)
    return text.getvalue().encode()


def _cell(value: object) -> object:
    computed = isinstance(value, str) and (value[:1] in ("=", "+", "@", "\t", "\r") or value[:1] == "-" != value)
    return f"'{value}" if computed else value
