"""Many machines: chunks of submissions as tasks of dask.distributed, each verified by a process of its own there.

The folders of submissions must be at the same path on all machines. A chunk whose worker is lost goes to another one;
what is found does not depend on who verified it.
"""

import asyncio
import multiprocessing
import pickle
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from os.path import abspath, lexists
from queue import Empty, SimpleQueue
from time import monotonic
from typing import Any
from uuid import uuid4

from shieldcalc import entrypoints
from shieldcalc.errors import ShieldcalcError
from shieldcalc.extras import require
from shieldcalc.office.basis import Asked, Basis, content
from shieldcalc.office.find import Found
from shieldcalc.office.pool import LIFE, Pool
from shieldcalc.office.refusal import OfficeError
from shieldcalc.office.rows import Rows, refused
from shieldcalc.office.worker import work_alike

EXTRA = "dask"
SCHEDULER = "Scheduler"
CONNECT_S = 5.0
WORKERS_S = 30.0  # so long a cluster may be without any worker
LOOK_S = 2.0
CHUNK_S = 20.0  # a task is to take so long: its process takes half a second to start
FIRST = 2
AHEAD = 2  # tasks a thread of the cluster


class Cluster:
    """The workers of a dask scheduler. Leaving its ``with`` takes back what they have not finished."""

    def __init__(self, address: str, asked: Asked, on: Basis) -> None:
        self.address, self._on = address, on
        choice = entrypoints.chosen()
        self._told = (choice._replace(folders=tuple(map(abspath, choice.folders))), asked, on)
        self._ended = SimpleQueue[Any]()
        self._chunks: dict[Any, list[Found]] = {}
        self._start = self._seen = monotonic()
        self._verified = self._threads = self._total = 0

    def __enter__(self) -> "Cluster":
        """Connect. Raises MissingExtraError without dask, OfficeError where no scheduler answers or nobody works."""
        distributed = require("distributed", EXTRA)
        _silent()
        try:
            kind = asyncio.run(_kind(self.address))
            if kind != SCHEDULER:
                raise ConnectionError(f"{kind} != {SCHEDULER}")
            self._client = distributed.Client(self.address, timeout=CONNECT_S)
        except Exception as error:  # whatever answers there, or nothing
            told = {"engine": EXTRA, "command": "dask scheduler", "reason": _reason(error)}
            raise OfficeError("office.no_scheduler", address=self.address, **told) from error
        try:
            self._look()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(Exception):  # the scheduler may be gone
            self._client.cancel(list(self._chunks))
        self._client.close(timeout=CONNECT_S)

    def results(self, tasks: Iterator[Found], total: int) -> Iterator[Rows]:
        """Yield the rows of every submission as they come, ``total`` about; of the tasks some are taken ahead."""
        self._total = total
        while self._fill(tasks):
            try:
                future = self._ended.get(timeout=LOOK_S)
            except Empty:
                self._look()
                continue
            chunk = self._chunks.pop(future)
            for rows in self._rows(future, chunk):
                self._verified += 1
                yield rows

    def _look(self) -> None:
        """Count the threads of the cluster; raise OfficeError where there has been none for a time."""
        try:
            self._threads = sum(self._client.nthreads().values())
        except Exception as error:
            raise self._lost(error) from error
        now = monotonic()
        if self._threads:
            self._seen = now
        elif now - self._seen > WORKERS_S:
            command = f"dask worker {self.address}"
            raise OfficeError("office.no_workers", address=self.address, seconds=WORKERS_S, command=command)

    def _fill(self, tasks: Iterator[Found]) -> int:
        """Hand out chunks while there are fewer than the cluster can work at; return how many are out."""
        while len(self._chunks) < max(1, AHEAD * self._threads) and (chunk := list(islice(tasks, self._size()))):
            task = pickle.dumps((verified, (chunk, self._total, *self._told)))
            future = self._client.submit(_carrier(), task, pure=False, key=f"shieldcalc-{uuid4()}")
            self._chunks[future] = chunk
            future.add_done_callback(self._ended.put)
        return len(self._chunks)

    def _size(self) -> int:
        """Return how many submissions take a thread the time of a task, as far as is known."""
        each = CHUNK_S * self._verified / (monotonic() - self._start) / max(1, self._threads)
        return max(FIRST, min(LIFE, int(each)))

    def _rows(self, future: Any, chunk: Sequence[Found]) -> Iterator[Rows]:
        from concurrent.futures import CancelledError

        from distributed.scheduler import KilledWorker

        try:
            found = pickle.loads(future.result(timeout=CONNECT_S))
        except KilledWorker:
            found = [self._again(each, "office.worker_died") for each in chunk]
        except (CancelledError, OSError) as error:
            raise self._lost(error) from error
        except Exception as error:
            told = {"engine": EXTRA, "reason": _reason(error)}
            raise OfficeError("office.cluster_failed", address=self.address, **told) from error
        if isinstance(found, ShieldcalcError):
            raise found
        for each in found:
            yield self._not_there(each) if isinstance(each, Found) else each

    def _not_there(self, found: Found) -> Rows:
        if lexists(found.path):
            raise OfficeError("office.worker_blind", address=self.address, file=found.path)
        return self._again(found, "office.changing")

    def _again(self, found: Found, code: str) -> Rows:
        error = OfficeError(code, file=found.name)
        return refused(found, content(found.path), self._on, error, again=True)

    def _lost(self, error: Exception) -> OfficeError:
        return OfficeError("office.cluster_lost", address=self.address, reason=_reason(error))


async def _kind(address: str) -> str:
    """Return what dask calls that which answers at an address: a client that finds nothing there may never end."""
    from distributed.core import connect, send_recv
    from distributed.security import Security

    told = Security().get_connection_args("client")
    comm = await asyncio.wait_for(connect(address, timeout=CONNECT_S, **told), 2 * CONNECT_S)
    try:
        found = await asyncio.wait_for(send_recv(comm, op="identity"), CONNECT_S)
        return str(found["type"])
    finally:
        comm.abort()


def _carrier() -> Callable[[bytes], bytes]:
    """Return what carries a call through a cluster: sent by value, so that a worker without shieldcalc can say so."""

    def carried(task: bytes) -> bytes:
        from pickle import dumps, loads

        function, arguments = loads(task)
        return dumps(function(*arguments))

    return carried


def verified(
    chunk: Sequence[Found], total: int, choice: entrypoints.Choice, asked: Asked, on: Basis
) -> list[Rows | Found] | ShieldcalcError:
    """Verify a chunk of a run on a worker; return the rows of each, or the submission itself where it is not there.

    In a process of its own, as bounds of time and memory are kept in main threads only, and as what kills the process
    must not take the worker with it. A refusal to work for the office is returned.
    """
    multiprocessing.current_process().daemon = False  # dask's workers may have no children otherwise
    there = [each for each in chunk if lexists(each.path)]
    try:
        with Pool(1, asked, on, choice, work_alike) as pool:
            return [*pool.results(iter(there), total, len(there)), *(each for each in chunk if each not in there)]
    except ShieldcalcError as error:
        return error


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"


def _silent() -> None:
    """Keep dask's own log off the terminal: what goes wrong is told by this program."""
    import logging

    for name in [each for each in logging.root.manager.loggerDict if each.partition(".")[0] == "distributed"]:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
