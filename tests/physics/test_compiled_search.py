"""The compiled search finds the very worst places and doses of the plain one: here its source, run uncompiled.

Compiling takes longer than all tests of a subject may; compiled or not, the source gives the same bits.
"""

import os
import subprocess
import sys
from pathlib import Path

from shieldcalc.kernels.lines import read

EXAMPLES = Path(__file__).parents[2] / "examples"
ROOMS = ("bone_density_room", "cath_lab", "cn_dr_room", "ct_room", "mammography_room")  # a screen, two beams, doors
COMPARED = """
import sys
from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.model import search
from shieldcalc.model.loader import load
from shieldcalc.physics import quickly

for path in sys.argv[1:]:
    design = load(path, plugins.catalog())
    plain = assess(design, building=False)
    whole, search.worst_places = search.worst_places, None
    quickly.begin()
    quick = assess(design, building=False)
    quickly.end()
    search.worst_places = whole
    assert quick.facts == plain.facts, path
    places = [[each.point.position for each in found.results[0].points] for found in (plain, quick)]
    assert places[0] == places[1], path
    print("alike")
"""


def test_the_compiled_search_finds_the_very_places_of_the_plain_one() -> None:
    paths = [str(EXAMPLES / f"{room}.toml") for room in ROOMS]
    line = [sys.executable, "-W", "ignore", "-c", COMPARED, *paths]
    plainly = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    done = subprocess.run(line, check=False, env=plainly, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["alike"] * len(ROOMS)


def test_a_line_is_a_number_that_is_read_digit_by_digit() -> None:
    assert read(1, 5) == ()
    assert read(int("1230", 5), 5) == ((0, 1),)
    assert read(int("120340", 5), 5) == ((0,), (1, 2))
    assert read(int("110", 5), 5) == ((-1,),)
