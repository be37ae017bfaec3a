"""A table of what the office tells, as CSV and as Parquet."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from shieldcalc.extras import require
from shieldcalc.facility.csv_table import csv_of

EXTRA = "parquet"
_ARROW = {str: "string", int: "int64", float: "float64", bool: "bool_"}


class Table(NamedTuple):
    """Columns by name and kind, and rows in their order; None is a cell that says nothing."""

    columns: Sequence[tuple[str, type]]
    rows: Iterable[Sequence[object]]

    def csv(self) -> bytes:
        """Return the table as CSV (RFC 4180), UTF-8."""
        return csv_of((name for name, _ in self.columns), self.rows)

    def parquet(self) -> bytes:
        """Return the table as Apache Parquet. Raises MissingExtraError without pyarrow."""
        arrow, parquet = require("pyarrow", EXTRA), require("pyarrow.parquet", EXTRA)
        fields = [(name, getattr(arrow, _ARROW[kind])()) for name, kind in self.columns]
        columns = list(zip(*self.rows, strict=True)) or [()] * len(fields)
        arrays = [arrow.array(cells, kind) for cells, (_, kind) in zip(columns, fields, strict=True)]
        sink = arrow.BufferOutputStream()
        parquet.write_table(arrow.table(arrays, schema=arrow.schema(fields)), sink)
        return bytes(sink.getvalue())
