"""One process that verifies submissions, one after another, as it is handed them."""

from multiprocessing.connection import Connection

from shieldcalc import entrypoints
from shieldcalc.errors import ShieldcalcError
from shieldcalc.office.basis import Asked, Basis, basis, content
from shieldcalc.office.find import Found
from shieldcalc.office.refusal import OfficeError
from shieldcalc.office.rows import Rows, refused, verified
from shieldcalc.verify.claims import CLAIMS

NEW = "shieldcalc submission new"
LONG = 200  # submissions of a run that is worth the compiled search: compiling it takes half a minute, once a machine
OF_EACH = 10  # of those each process must get at least: loading it takes a second
SELDOM = (20_000, 50, 100)  # thresholds of the garbage collector


def is_long(total: int, each: float) -> bool:
    """Return whether a run of so many submissions, of which each process gets so many, is worth the compiled search."""
    return total >= LONG and each >= OF_EACH


def work(hand: Connection, choice: entrypoints.Choice, asked: Asked, on: Basis, *, long: bool = False) -> None:
    """Verify what comes through the connection until it closes; the office, not the terminal, ends this process.

    ``long``: with the compiled search, from the first submission on where it is compiled already.
    """
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    entrypoints.choose(choice)
    try:
        settled = not long
        while True:
            found = hand.recv()
            settled = settled or _settle()
            hand.send(rows_of(found, asked, on))
    except (EOFError, OSError):  # the office is gone
        return


def _settle() -> bool:
    """Load the compiled search, and let the collector leave what this process keeps anyway alone.

    Return False while another process does that: half a minute, where it has to be compiled first.
    """
    import gc

    from shieldcalc.physics import quickly

    if not quickly.begin(alone=True):
        return False
    gc.collect()
    gc.freeze()
    gc.set_threshold(*SELDOM)
    return True


def work_alike(hand: Connection, choice: entrypoints.Choice, asked: Asked, on: Basis, *, long: bool = False) -> None:
    """As ``work``, where this machine has the program, data and plugins of the office; else refuse what comes first."""
    from platform import node

    entrypoints.choose(choice)
    try:
        own = basis(asked)
        differs = [name for name, theirs, ours in zip(on._fields, own, on, strict=True) if theirs != ours]
        if differs:
            raise OfficeError("office.worker_differs", worker=node(), differs=", ".join(differs))
    except ShieldcalcError as error:
        hand.recv()
        hand.send(error)
    else:
        work(hand, choice, asked, on, long=long)


def rows_of(found: Found, asked: Asked, on: Basis) -> Rows:
    """Return the rows of one submission; whatever goes wrong with it is a row of it."""
    sha256 = content(found.path)
    try:
        if found.wrong:
            raise OfficeError(found.wrong, file=found.name, claims=CLAIMS, command=NEW)
        rows = _verified(found, sha256, asked, on)
        if content(found.path) != sha256:
            return refused(found, sha256, on, OfficeError("office.changing", file=found.name), again=True)
        return rows
    except ShieldcalcError as error:
        return refused(found, sha256, on, error)
    except Exception as error:
        reason = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        return refused(found, sha256, on, OfficeError("office.broke", file=found.name, reason=reason), again=True)


def _verified(found: Found, sha256: str, asked: Asked, on: Basis) -> Rows:
    from shieldcalc.verify.bounds import bounded
    from shieldcalc.verify.run import Submission, verify

    with bounded():
        by = verify(Submission(found.path), asked.regulations, asked.methods, asked.on, whole=False)
        return verified(found, sha256, on, by)
