"""Write rows into a ledger, killed at the boundary before one of its statements: ``killed.py ROWS LEDGER``.

For every statement a child is forked that kills itself there with SIGKILL; then the rest is written as resuming does.
Prints what each ledger holds in the end, one line a boundary.
"""

import os
import pickle
import signal
import sys
from hashlib import sha256
from pathlib import Path

from shieldcalc.office.basis import Basis
from shieldcalc.office.ledger import OF_SUBMISSION, Ledger


def write(path, rows, die_at=0):
    """Write what is not done; return how many statements that took."""
    seen = 0

    def count(_statement):
        nonlocal seen
        seen += 1
        if seen == die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    with Ledger(path, new=True) as ledger:
        ledger._file.set_trace_callback(count)
        for each in rows:
            own = each.tables[0][1][0]
            if not ledger.done(each.name, own[1], Basis(*own[2:6])):
                ledger.keep(each)
        ledger._file.set_trace_callback(None)
    return seen


def held(path):
    with Ledger(path) as ledger:
        found = [[tuple(row) for row in ledger.rows(f"SELECT * FROM {table} ORDER BY 1, 2, 3")]
                 for table in OF_SUBMISSION]  # fmt: skip
        return sha256(repr(found).encode()).hexdigest()


def main():
    rows, top = pickle.loads(Path(sys.argv[1]).read_bytes()), sys.argv[2]
    boundaries = write(f"{top}/whole", rows)
    print("whole", held(f"{top}/whole"), boundaries)
    for boundary in range(1, boundaries + 1):
        path = f"{top}/{boundary}"
        child = os.fork()
        if not child:
            write(path, rows, boundary)
            os._exit(0)
        status = os.waitpid(child, 0)[1]
        assert os.WIFSIGNALED(status), boundary
        write(path, rows)
        print(boundary, held(path))


if __name__ == "__main__":
    main()
