"""How fast many submissions are verified into a ledger: ``python benchmarks/office.py 60``.

Draws N submissions of a province (``province.py``), packed as zips, and runs the command line on them: by one worker,
by two, resumed with nothing changed, what-if, report. Prints submissions a second, ratios and the size of the ledger:
of the whole run with start-up, and of the steady state, that is without the first ``WARM`` submissions of each worker,
with the memory of all processes where that begins and where the run ends. Runs of less than 200 submissions never load
the compiled search. With a second argument it is the seed.
"""

import os
import resource
import sqlite3
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).parent))

from province import make

from shieldcalc.office.ledger import Ledger
from shieldcalc.office.what_if import what_if

PAGE, REPEATED, WARM = 4096, 5, 50
TICKS = os.sysconf("SC_CLK_TCK")
WHAT_IF = ("--regulation", "VN-19-2012", "--on", "2026-01-01")


class Sample(NamedTuple):
    """A moment of a run: wall time and CPU time of all its processes (s), their memory (MB), how many are done."""

    wall: float
    cpu: float
    memory: float
    done: int


def command(*arguments: object, ledger: Path | None = None) -> tuple[float, float, list[Sample]]:
    """Run shieldcalc; return wall time, CPU time (s), and what it and its children are at every half second."""
    start, before, samples = time.monotonic(), spent(), []
    line = [sys.executable, "-m", "shieldcalc", *map(str, arguments)]
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            every, done = family(process.pid), held(ledger)
            cpu, memory = sum(map(used, every)), sum(map(resident, every))
            samples.append(Sample(time.monotonic() - start, cpu, memory, done))
            time.sleep(0.5)
    assert process.returncode in (0, 1, 3), process.returncode
    return time.monotonic() - start, spent() - before, samples


def steady(samples: list[Sample], warm: int) -> str:
    """Return what is told of a run after its first submissions."""
    later = [each for each in samples if each.done >= warm]
    count = later[-1].done - later[0].done if later else 0
    if count < warm:
        return f"too short for a steady state: it begins after {warm}"
    first, last = later[0], later[-1]
    rate, each = count / (last.wall - first.wall), 1e3 * (last.cpu - first.cpu) / count
    memory = f"{first.memory:.0f} MB after {first.done}, {last.memory:.0f} MB after {last.done}"
    return f"steady state, {count} submissions: {rate:.1f} a second, {each:.1f} ms CPU each, {memory}"


def held(ledger: Path | None) -> int:
    """Return how many submissions are in a ledger that is being written."""
    if ledger is None or not ledger.exists():
        return 0
    file = sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=5)
    try:
        return int(file.execute("SELECT count(*) FROM submission").fetchone()[0])
    except sqlite3.OperationalError:  # its tables are not there yet
        return 0
    finally:
        file.close()


def judged(path: str) -> dict[str, float]:
    """Return the CPU time (ms) of judging a stored room again, in process, by one instrument and by its own."""
    found = {}
    with Ledger(path) as ledger:
        for names in (("VN-19-2012",), ()):
            rooms = len(list(what_if(ledger, names, date(2026, 1, 1))))
            start = time.process_time()
            for _ in range(REPEATED):
                list(what_if(ledger, names, date(2026, 1, 1)))
            found[", ".join(names) or "its own instruments"] = 1e3 * (time.process_time() - start) / REPEATED / rooms
    return found


def spent() -> float:
    """Return the CPU time (s) of all processes that have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def family(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    except OSError:
        return [pid]
    return [pid, *(each for child in children for each in family(int(child)))]


def used(pid: int) -> float:
    """Return the CPU time (s) of a process that runs, with that of its children that have ended."""
    try:
        after = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
        return sum(map(int, after[11:15])) / TICKS
    except (OSError, IndexError, ValueError):
        return 0.0


def resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text("ascii").split()[1]) * PAGE / 1e6
    except (OSError, IndexError, ValueError):
        return 0.0


def main(count: int, seed: int) -> None:
    print(f"seed {seed}, {count} submissions of a province")
    with TemporaryDirectory() as folder:
        top = Path(folder)
        make(top, count, seed)
        times = {}
        for workers in (1, 2):
            ledger = top / f"{workers}.sqlite"
            asked = ("verify", top / "in", "--ledger", ledger, "--workers", workers)
            times[workers], cpu, samples = command(*asked, ledger=ledger)
            print(f"{workers} worker(s), all {count}: {times[workers]:.1f} s, {count / times[workers]:.1f} a second, "
                  f"{1e3 * cpu / count:.1f} ms CPU each")  # fmt: skip
            print(f"  {steady(samples, WARM * workers)}")
        print(f"two workers against one: {times[1] / times[2]:.2f} times as fast")
        resumed, again, _ = command(*asked, "--resume")
        print(f"resumed, nothing changed: {resumed:.2f} s, {times[2] / resumed:.0f} times as fast; "
              f"{again:.2f} s CPU, {cpu / again:.0f} times less")  # fmt: skip
        wall, _, _ = command("office", "what-if", ledger, *WHAT_IF, "--json", top / "w.json")
        _, told, _ = command("office", "report", ledger, "--report", top / "r.html")
        print(f"what-if: {wall:.2f} s with start-up; report {told:.2f} s CPU")
        for names, milliseconds in judged(str(ledger)).items():
            print(f"what-if by {names}: {milliseconds:.1f} ms CPU a room")
        print(f"ledger: {ledger.stat().st_size / count / 1e3:.1f} kB a submission")


if __name__ == "__main__":
    main(
        int(sys.argv[1]) if len(sys.argv) > 1 else 40,
        int(sys.argv[2]) if len(sys.argv) > 2 else SystemRandom().randrange(2**32),
    )
