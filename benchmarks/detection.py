"""How many planted faults are detected, how many honest submissions are accused: ``python benchmarks/detection.py 20``.

Prints the seed; with a second argument it is that seed. Every submission goes through the command line.
"""

import json
import sys
from collections import Counter
from pathlib import Path
from random import Random, SystemRandom
from tempfile import TemporaryDirectory

from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))

from planted import KINDS, Submission, honest, packed
from planted_rooms import ROOMS, SITES, honest_room, honest_site

from shieldcalc.cli import cli

ACCUSING = (
    "understated",
    "overstated",
    "fails",
    "measured_fails",
    "reading_above",
    "reading_not_counted",
    "not_reproduced",
    "slip",
)


def reasons(made: Submission, folder: Path) -> set[str]:
    """Return the last words of the codes of every reason, or of the refusal."""
    return reasons_of(packed(made), folder)


def reasons_of(submission: bytes, folder: Path) -> set[str]:
    """Return the same of a submission as a zip; ``accused`` where a reason accuses."""
    path = folder / "submission.zip"
    path.write_bytes(submission)
    done = CliRunner().invoke(cli, ["verify", str(path), "--json"])
    if done.exit_code == 2:
        return {"file_changed" if "has been changed" in done.stderr else done.stderr}
    found = json.loads(done.stdout)
    return {each["code"].rpartition(".")[2] for each in found["reasons"]} | {
        "accused"
        for each in found["reasons"]
        if each["code"].rpartition(".")[2] in ACCUSING or ".plausible." in each["code"]
    }


def main(rounds: int, seed: int) -> int:
    """Print detection and false alarms by kind and factor; return 1 where one that must be caught was not."""
    random, missed, accused = Random(seed), 0, 0
    print(f"seed {seed}, {rounds} submissions a factor")
    print(f"{'kind':<26}{'factor':>8}{'detected':>10}{'of':>6}")
    with TemporaryDirectory() as top:
        folder = Path(top)
        alarms = Counter("accused" in reasons(honest(random, folder), folder) for _ in range(rounds))
        accused += alarms[True]
        print(f"{'honest (false alarms)':<26}{'':>8}{alarms[True]:>10}{rounds:>6}")
        for name in (*ROOMS, *SITES):
            made = [
                honest_site(name, random) if name in SITES else honest_room(name, random, folder) for _ in range(rounds)
            ]
            told = [reasons_of(each, folder) for each in made]
            seen = sum("accused" in each for each in told)
            accused += seen
            print(f"{name + ' (honest)':<26}{'':>8}{seen:>10}{rounds:>6}")
        for kind, (plant, faulty, harmless, wanted) in KINDS.items():
            for factor in sorted({*faulty, *harmless}):
                seen = 0
                for _ in range(rounds):
                    made = honest(random, folder)
                    plant(made, random, factor, folder)
                    seen += wanted in reasons(made, folder)
                must = factor in faulty
                missed += rounds - seen if must else 0
                accused += 0 if must else seen
                print(
                    f"{kind:<26}{factor:>8g}{seen:>10}{rounds:>6}{'' if must else '  (within the band: none expected)'}"
                )
    print(f"missed {missed}, falsely accused {accused}")
    return int(missed > 0 or accused > 0)


if __name__ == "__main__":
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    sys.exit(main(rounds, int(sys.argv[2]) if len(sys.argv) > 2 else SystemRandom().randrange(2**32)))
