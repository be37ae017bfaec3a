"""Worker processes, each with one submission in hand: started when there is work, replaced when they die or are old."""

from collections.abc import Iterator
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess
from typing import NamedTuple, Protocol

from shieldcalc import entrypoints
from shieldcalc.errors import ShieldcalcError
from shieldcalc.office.basis import Asked, Basis, content
from shieldcalc.office.find import Found
from shieldcalc.office.process import start
from shieldcalc.office.refusal import OfficeError
from shieldcalc.office.rows import Rows, refused
from shieldcalc.office.worker import is_long, work

TRIES = 2
LIFE = 2000  # submissions a process verifies: what it keeps of strangers' numbers must not grow for ever


class Work(Protocol):
    """What each process does."""

    def __call__(self, hand: Connection, choice: entrypoints.Choice, asked: Asked, on: Basis, /, *, long: bool) -> None:
        """Do it; see ``worker.work``."""


class _Hand(NamedTuple):
    """A submission in the hand of a worker, and how often one died with it."""

    found: Found
    died: int = 0


class Pool:
    """At most so many spawned processes. Leaving its ``with`` ends them."""

    def __init__(
        self, workers: int, asked: Asked, on: Basis, choice: entrypoints.Choice | None = None, by: Work | None = None
    ) -> None:
        """``choice`` of plugins: else that of this process; ``by``: what each process does, else ``work``."""
        self._most, self._on = workers, on
        self._told = (entrypoints.chosen() if choice is None else choice, asked, on)
        self._work = by or work
        self._context = get_context("spawn")
        self._busy: dict[Connection, _Hand] = {}
        self._idle: list[Connection] = []
        self._processes: dict[Connection, SpawnProcess] = {}
        self._left: dict[Connection, int] = {}
        self._long = False

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, *_: object) -> None:
        for hand in list(self._processes):
            self._end(hand)

    def results(self, tasks: Iterator[Found], total: int, here: int | None = None) -> Iterator[Rows]:
        """Yield the rows of every submission as they come; tasks are taken when a worker is free, never before.

        ``total``: how many the run has, about; ``here``: how many of them these processes get, where not all. Raises
        what a process refuses to work for.
        """
        self._long = is_long(total, (total if here is None else here) / self._most)
        again: list[_Hand] = []
        while True:
            while len(self._busy) < self._most and (task := self._next(again, tasks)) is not None:
                self._give(task)
            if not self._busy:
                return
            for hand in wait(list(self._busy)):
                assert isinstance(hand, Connection)
                yield from self._take(hand, again)

    @staticmethod
    def _next(again: list[_Hand], tasks: Iterator[Found]) -> _Hand | None:
        if again:
            return again.pop()
        found = next(tasks, None)
        return None if found is None else _Hand(found)

    def _give(self, task: _Hand) -> None:
        hand = self._idle.pop() if self._idle else self._start()
        self._busy[hand] = task
        try:
            hand.send(task.found)
        except OSError:  # died while idle: taking from it tells so
            return

    def _take(self, hand: Connection, again: list[_Hand]) -> Iterator[Rows]:
        task = self._busy.pop(hand)
        try:
            rows: Rows | ShieldcalcError = hand.recv()
        except (EOFError, OSError):
            self._end(hand)
            if task.died + 1 < TRIES:
                again.append(_Hand(task.found, task.died + 1))
            else:
                died = OfficeError("office.worker_died", file=task.found.name)
                yield refused(task.found, content(task.found.path), self._on, died, again=True)
            return
        if isinstance(rows, ShieldcalcError):
            raise rows
        self._left[hand] -= 1
        if self._left[hand]:
            self._idle.append(hand)
        else:
            self._end(hand)
        yield rows

    def _start(self) -> Connection:
        ours, theirs = self._context.Pipe()
        told, how = (theirs, *self._told), {"long": self._long}
        process = self._context.Process(target=self._work, args=told, kwargs=how, daemon=True)
        start(process)
        theirs.close()
        self._processes[ours], self._left[ours] = process, LIFE
        return ours

    def _end(self, hand: Connection) -> None:
        process = self._processes.pop(hand)
        del self._left[hand]
        hand.close()
        process.terminate()
        process.join()
