"""One process compiles at a time: another is told so at once, and one that is killed leaves nothing behind."""

import subprocess
import sys
from multiprocessing import Pipe
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from shieldcalc.entrypoints import chosen
from shieldcalc.kernels.lock import locked
from shieldcalc.office import worker
from shieldcalc.physics import quickly

HOLD = """
import sys
from shieldcalc.kernels.lock import locked
with locked(sys.argv[1]) as ours:
    print(ours, flush=True)
    sys.stdin.read()
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the system has no such locks: everybody has it")
def test_another_process_is_told_at_once_and_a_killed_one_leaves_nothing_behind(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLD, str(tmp_path / "kept")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "True\n"
        with locked(str(tmp_path / "kept")) as ours:
            assert not ours
        other.kill()
        other.wait()
        with locked(str(tmp_path / "kept")) as ours:
            assert ours


def test_where_no_lock_can_be_had_everybody_has_it(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    for folder in (None, str(tmp_path / "file"), str(tmp_path / "file" / "below")):
        with locked(folder) as one, locked(folder) as other:
            assert one
            assert other


def test_a_worker_of_a_long_run_goes_on_without_the_compiled_search_until_another_has_compiled_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    answers, asked = [False, False, True], list[Any]()

    def begin(*, alone: bool) -> bool:
        asked.append(len(done))
        return alone and answers[len(asked) - 1]

    monkeypatch.setattr(quickly, "begin", begin)
    monkeypatch.setattr(worker, "rows_of", lambda found, *_: done.append(found) or found)
    monkeypatch.setattr("signal.signal", lambda *_: None)
    monkeypatch.setattr("gc.freeze", lambda: None)
    monkeypatch.setattr("gc.set_threshold", lambda *_: None)
    done = list[Any]()
    ours, theirs = Pipe()
    thread = Thread(target=worker.work, args=(theirs, chosen(), None, None), kwargs={"long": True})
    thread.start()
    for number in range(8):
        ours.send(number)
        assert ours.recv() == number
    ours.close()
    thread.join()
    assert asked == [0, 1, 2]


def test_a_short_run_never_loads_the_compiled_search_and_a_long_one_does_in_every_process() -> None:
    assert not worker.is_long(worker.LONG - 1, worker.LONG - 1)
    assert worker.is_long(worker.LONG, worker.LONG / 2)
    assert worker.is_long(10_000, 2000)  # one that replaces another too
    assert not worker.is_long(10_000, 2)  # the first chunks of a cluster
