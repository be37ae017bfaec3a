"""Write a ledger, killed at the boundary before one of its statements: ``killed.py ROWS FOLDER``.

Once from nothing, once from a ledger of the first schema: opened, migrated, rows kept, what is gone marked, a visit and
a hazard recorded. For every statement a child is forked that kills itself there with SIGKILL; then the rest is done as
resuming does. Prints what each ledger holds in the end, one line a boundary.
"""

import os
import pickle
import shutil
import signal
import sqlite3
import sys
from datetime import date
from hashlib import sha256
from pathlib import Path

from shieldcalc.model.facility import Inspection
from shieldcalc.office.basis import Basis
from shieldcalc.office.follow_up import Change, followed_up, inspected
from shieldcalc.office.ledger import APPLICATION, OF_SUBMISSION, Ledger, migration

TABLES = (*OF_SUBMISSION, "inspection", "follow_up")
DAY = date(2025, 7, 1)
connect = sqlite3.connect


def write(path, rows, die_at=0):
    """Write what is not done; return how many statements that took."""
    seen = 0

    def count(_statement):
        nonlocal seen
        seen += 1
        if seen == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(*arguments, **named):
        file = connect(*arguments, **named)
        file.set_trace_callback(count)
        return file

    sqlite3.connect = traced
    with Ledger(path, new=True) as ledger:
        for each in rows:
            own = each.tables[0][1][0]
            if not ledger.done(each.name, own[1], Basis(*own[2:6])):
                ledger.keep(each)
        ledger.mark((each.name for each in rows), among=lambda _: True)
        inspected(ledger, Inspection(id="V", unit="Hospital", date=DAY, officers=2, vehicles=1))
        followed_up(ledger, "H", Change(inspection="V", found=DAY, deadline=date(2025, 8, 1)))
        ledger._file.set_trace_callback(None)
    sqlite3.connect = connect
    return seen


def first(path):
    """Make a ledger of the first schema with one submission, which is gone."""
    with connect(path) as file:
        for statement in migration(1):
            file.execute(statement)
        file.execute("PRAGMA user_version = 1")
        file.execute(f"PRAGMA application_id = {APPLICATION}")
        row = ("old", "s", "p", "d", "[]", "{}", "accept", 0, "A", "", None, 1, None, 0)
        file.execute(f"INSERT INTO submission VALUES ({', '.join('?' * 14)})", row)
    file.close()


def held(path):
    with Ledger(path) as ledger:
        found = [[tuple(row) for row in ledger.rows(f"SELECT * FROM {table} ORDER BY 1, 2")]
                 for table in TABLES]  # fmt: skip
        return sha256(repr(found).encode()).hexdigest()


def killed(rows, top, start):
    """Print what the ledger of an unbroken run holds, then those of the broken ones; from ``start`` where it is."""

    def begun(name):
        return shutil.copy(start, f"{top}/{name}") if start else f"{top}/{name}"

    whole = begun("whole")
    boundaries = write(whole, rows)
    print("whole", held(whole), boundaries)
    for boundary in range(1, boundaries + 1):
        path = begun(boundary)
        child = os.fork()
        if not child:
            write(path, rows, boundary)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        assert os.WIFSIGNALED(status), boundary
        write(path, rows)
        print(boundary, held(path))


def main():
    rows, top = pickle.loads(Path(sys.argv[1]).read_bytes()), sys.argv[2]
    for name in ("new", "old"):
        os.mkdir(f"{top}/{name}")
    first(f"{top}/first")
    killed(rows, f"{top}/new", None)
    killed(rows[:1], f"{top}/old", f"{top}/first")


if __name__ == "__main__":
    main()
