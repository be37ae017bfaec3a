"""Process CPU time of whole commands, measured interleaved so that drift of the machine hits all alike."""

import os
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence

BARE = (sys.executable, "-c", "pass")
# With compiled files kept, as on a user's machine: this variable would have every run compile the program again.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def cpu_seconds(commands: Mapping[str, Sequence[str]], rounds: int = 9) -> dict[str, float]:
    """Return the least CPU time (user + system, s) of each command over the rounds."""
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(rounds):
        for name, command in commands.items():
            best[name] = min(best[name], _once(command))
    return best


def _once(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=ENVIRONMENT)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
