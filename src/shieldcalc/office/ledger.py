"""The ledger of an office: one SQLite file in the schema of ``data/office/N.sql``, one transaction a submission.

Written ahead (WAL), so that several processes read and one writes; another waits for it. Whatever kills a process, the
file holds every transaction that ended and nothing of one that did not. A power cut may take the last results with it,
which resuming verifies again, but nothing that officers recorded.
"""

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import islice
from os import listdir
from os.path import exists, getsize, isdir, isfile
from typing import Any
from urllib.parse import quote

from shieldcalc.office.basis import Basis
from shieldcalc.office.refusal import OfficeError
from shieldcalc.office.rows import Rows
from shieldcalc.resources import data_path
from shieldcalc.verify.names import same

APPLICATION = 0x53484F46  # "SHOF": what `file` and we know a ledger by
OF_SUBMISSION = ("submission", "room", "finding", "reason", "claim")
WAIT_S = 60.0
_KEY = {"submission": "name"}


class Ledger:
    """An open ledger. Closing it, or leaving its ``with``, loses nothing."""

    def __init__(self, path: str, *, new: bool = False, present: bool = False) -> None:
        """Open a ledger and bring it to the newest schema; ``new``: make it where there is none. Raises OfficeError.

        ``present``: rows of submissions that are gone are not seen.
        """
        self.path, self.present = path, present
        if not new and not exists(path):
            raise OfficeError("office.no_ledger", file=path, command=f"shieldcalc verify FOLDER --ledger {path}")
        if not path or isdir(path) or not isdir(os.path.dirname(os.path.realpath(path))):
            raise OfficeError("office.ledger_place", file=path)
        if exists(path) and not isfile(path):
            raise OfficeError("office.other_file", file=path)
        with _told(path):
            self._file = sqlite3.connect(_uri(path), uri=True, timeout=WAIT_S, isolation_level=None)
        try:
            with _told(path):
                self._open(new=new)
        except BaseException:
            self._file.close()
            raise

    def _open(self, *, new: bool) -> None:
        with self._transaction("DEFERRED"):  # one state is looked at, whoever else makes the ledger meanwhile
            ours, held = self._pragma("application_id") == APPLICATION, self._pragma("user_version")
            other = not ours and (not new or self._count("sqlite_master") > 0)
        if other:
            raise OfficeError("office.other_file", file=self.path)
        if held > newest():
            raise OfficeError("office.newer", file=self.path, held=held, known=newest())
        if held < newest():
            self._bring()
        if new:  # one that cannot be written is told before anything is verified
            self._file.execute(f"PRAGMA application_id = {APPLICATION}")
        self._file.create_function("same", 1, same, deterministic=True)
        self._file.execute("PRAGMA synchronous = NORMAL")
        if self.present:
            self._leave_out_gone()

    def _bring(self) -> None:
        """Bring the ledger to the newest schema, in one transaction."""
        self._file.execute("PRAGMA journal_mode = WAL")
        with self._transaction():
            for number in range(self._pragma("user_version") + 1, newest() + 1):
                for statement in migration(number):
                    self._file.execute(statement)
                self._file.execute(f"PRAGMA user_version = {number}")
            self._file.execute(f"PRAGMA application_id = {APPLICATION}")

    def _leave_out_gone(self) -> None:
        """Put views before the tables, which other names of this file never see."""
        self._file.execute("PRAGMA temp_store = MEMORY")
        there = "SELECT name FROM main.submission WHERE NOT gone"
        for table in OF_SUBMISSION:
            key = _KEY.get(table, "submission")
            asked = f"SELECT * FROM main.{table} WHERE {key} IN ({there})"
            self._file.execute(f"CREATE TEMP VIEW {table} AS {asked}")

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def _pragma(self, name: str) -> int:
        return int(self._file.execute(f"PRAGMA {name}").fetchone()[0])

    def _count(self, table: str) -> int:
        return int(self._file.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    @contextmanager
    def _transaction(self, kind: str = "IMMEDIATE") -> Iterator[None]:
        self._file.execute(f"BEGIN {kind}")
        try:
            yield
        except BaseException:
            if self._file.in_transaction:  # a full disk has ended it already
                self._file.execute("ROLLBACK")
            raise
        self._file.execute("COMMIT")

    def keep(self, rows: Rows) -> None:
        """Put everything of one submission in the place of what was held of it, in one transaction."""
        with _told(self.path), self._transaction():
            for table in reversed(OF_SUBMISSION):
                self._file.execute(f"DELETE FROM {table} WHERE {_KEY.get(table, 'submission')} = ?", (rows.name,))
            for table, cells in rows.tables:
                self._insert(table, cells)

    def put(self, *rows: tuple[str, Sequence[Any]]) -> None:
        """Put rows that officers write, each with its table, in the place of what their keys held, in one transaction.

        They are on the disk when this returns.
        """
        with _told(self.path), self._kept():
            for table, cells in rows:
                self._insert(table, [cells])

    def drop(self, table: str, name: str) -> None:
        """Take one row that officers wrote out; that is on the disk when this returns."""
        with _told(self.path), self._kept():
            self._file.execute(f"DELETE FROM {table} WHERE id = ?", (name,))

    @contextmanager
    def _kept(self) -> Iterator[None]:
        self._file.execute("PRAGMA synchronous = FULL")
        with self._transaction():
            yield

    def _insert(self, table: str, cells: Sequence[Sequence[Any]]) -> None:
        if cells:
            marks = ", ".join("?" * len(cells[0]))
            self._file.executemany(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", cells)

    def done(self, name: str, sha256: str, on: Basis) -> str:
        """Return the outcome held of a submission that rests on the same; empty where it is to be verified."""
        asked = "SELECT outcome FROM submission WHERE (name, sha256, program, data, plugins, asked, again) "
        found = self.rows(asked + "= (?, ?, ?, ?, ?, ?, 0)", (name, sha256, *on))
        return next((str(row["outcome"]) for row in found), "")

    def resting(self, on: Basis) -> int:
        """Return how many submissions rest on the same, whatever their content is."""
        asked = "SELECT count(*) AS held FROM submission WHERE (program, data, plugins, asked, again) = (?, ?, ?, ?, 0)"
        return next(int(row["held"]) for row in self.rows(asked, on))

    def spans(self, size: int) -> Iterator[tuple[str, str]]:
        """Yield the first and last names of so many submissions after one another, in the order of names."""
        names = (str(row["name"]) for row in self.rows("SELECT name FROM submission ORDER BY name"))
        while part := list(islice(names, size)):
            yield part[0], part[-1]

    def mark(self, seen: Iterable[str], *, among: Callable[[str], bool]) -> None:
        """Mark the submissions that were not ``seen`` as gone ``among`` those looked for, and those seen as there."""
        with _told(self.path):
            self._file.execute("CREATE TEMP TABLE seen (name TEXT NOT NULL PRIMARY KEY) WITHOUT ROWID")
            self._file.executemany("INSERT OR IGNORE INTO seen VALUES (?)", ((name,) for name in seen))
            with self._transaction():
                self._file.execute("UPDATE submission SET gone = 0 WHERE gone AND name IN (SELECT name FROM seen)")
                held = self._file.execute("SELECT name FROM submission WHERE NOT gone AND name NOT IN seen")
                gone = [row for row in held if among(row[0])]
                self._file.executemany("UPDATE submission SET gone = 1 WHERE name = ?", gone)
            self._file.execute("DROP TABLE seen")

    def rows(self, asked: str, params: Sequence[Any] = ()) -> Iterator[sqlite3.Row]:
        """Yield the rows of one SELECT, each readable by the names of its columns."""
        with _told(self.path):
            cursor = self._file.cursor()
            cursor.row_factory = sqlite3.Row
            yield from cursor.execute(asked, params)


def _uri(path: str) -> str:
    """Return how a file is opened: never written where its folder cannot be, as on a share that is only read."""
    place = os.path.abspath(path)
    told = f"file:{quote(place)}"
    written = any(exists(each) and getsize(each) for each in (f"{place}-wal", f"{place}-journal"))
    readable = exists(place) and not os.access(os.path.dirname(place), os.W_OK) and not written
    return f"{told}?immutable=1" if readable else told


@contextmanager
def _told(path: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        busy = "locked" in str(error) or "busy" in str(error)
        raise OfficeError("office.busy" if busy else "office.failed_file", file=path, reason=str(error)) from error
    except sqlite3.ProgrammingError:  # ours, not the file's
        raise
    except sqlite3.DatabaseError as error:
        code = "other_file" if error.sqlite_errorcode == sqlite3.SQLITE_NOTADB else "failed_file"
        raise OfficeError(f"office.{code}", file=path, reason=str(error)) from error


def newest() -> int:
    """Return the version of the newest schema."""
    return max(int(name.partition(".")[0]) for name in listdir(data_path("office")) if name.endswith(".sql"))


def migration(number: int) -> list[str]:
    """Return the statements that bring a ledger from one version to the next."""
    with open(data_path("office", f"{number}.sql"), encoding="utf-8") as file:
        lines = "".join(line for line in file if not line.startswith("--"))
    return [part.strip() for part in lines.split(";") if part.strip()]
