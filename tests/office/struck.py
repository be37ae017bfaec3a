"""A whole run, killed at ten random moments, each time of a new ledger: ``struck.py ROWS PROVINCE FOLDER SEED``.

Results are computed beforehand, so that it is the run and its ledger that are struck. Prints what each ledger holds
once resumed, the unbroken one first, with how many submissions it held when struck.
"""

import os
import pickle
import shutil
import signal
import sys
import time
from pathlib import Path
from random import Random

from killed import held

from shieldcalc.office.basis import Asked, basis
from shieldcalc.office.ledger import Ledger
from shieldcalc.office.run import verify_all

MOMENTS, EACH_S = 10, 0.01


class Ready:
    """Hands that have the results at hand, and give one now and then."""

    def __init__(self, rows):
        self._rows = {each.name: each for each in rows}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def results(self, tasks, _total):
        for found in tasks:
            time.sleep(EACH_S)
            yield self._rows[found.name]


def run(province, path, rows):
    verify_all([province], path, Asked(), by=lambda *_: Ready(rows), resume=True, tell=lambda _: None)


def struck(moment, *run_of):
    """Run in a child and kill it at the moment, so many seconds after it began."""
    child = os.fork()
    if not child:
        run(*run_of)
        os._exit(0)
    time.sleep(moment)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)


def kept(path):
    if not os.path.exists(path):
        return 0
    with Ledger(path, new=True) as ledger:
        return next(ledger.rows("SELECT count(*) FROM submission"))[0]


def main():
    rows, top, random = pickle.loads(Path(sys.argv[1]).read_bytes()), sys.argv[3], Random(int(sys.argv[4]))
    province = shutil.copytree(sys.argv[2], f"{top}/in")
    basis(Asked())
    run(province, f"{top}/first", rows)  # what is read once is read
    began = time.monotonic()
    run(province, f"{top}/whole", rows)
    lasts = time.monotonic() - began
    print("whole", held(f"{top}/whole"), len(rows))
    for number in range(MOMENTS):
        path = f"{top}/{number}"
        struck(random.uniform(0, lasts), province, path, rows)
        before = kept(path)
        run(province, path, rows)
        print(number, held(path), before)


if __name__ == "__main__":
    main()
