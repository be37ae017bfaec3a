"""How fast many submissions are verified into a ledger: ``python benchmarks/office.py 60``.

Draws N submissions of a province (``province.py``), packed as zips, and runs the command line on them: by one worker,
by two, resumed with nothing changed, what-if, report. Prints submissions a second, ratios, memory of all processes
early and late in the run, and the size of the ledger. With a second argument it is the seed.
"""

import resource
import subprocess
import sys
import time
from datetime import date
from pathlib import Path
from random import SystemRandom
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent))

from province import make

from shieldcalc.office.ledger import Ledger
from shieldcalc.office.what_if import what_if

PAGE, REPEATED = 4096, 5
WHAT_IF = ("--regulation", "VN-19-2012", "--on", "2026-01-01")


def command(*arguments: object) -> tuple[float, float, list[float]]:
    """Run shieldcalc; return wall time, CPU time (s), and the memory of it and its children (MB) every half second."""
    start, before, memory = time.monotonic(), spent(), []
    line = [sys.executable, "-m", "shieldcalc", *map(str, arguments)]
    with subprocess.Popen(line, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            memory.append(sum(map(resident, family(process.pid))))
            time.sleep(0.05 if len(memory) < 20 else 0.5)
    assert process.returncode in (0, 1, 3), process.returncode
    return time.monotonic() - start, spent() - before, memory


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
            times[workers], cpu, memory = command(*asked)
            quarter = max(1, len(memory) // 4)
            early, late = max(memory[quarter : 2 * quarter] or memory), max(memory[-quarter:])
            print(f"{workers} worker(s): {times[workers]:.1f} s, {count / times[workers]:.2f} a second, "
                  f"{cpu / count:.2f} s CPU each, "
                  f"memory {early:.0f} MB in the second quarter, {late:.0f} MB in the last")  # fmt: skip
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
