"""The compiled search finds the very worst places and doses of the plain one: compiled, and where numba is off too."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shieldcalc.kernels.lines import read

EXAMPLES = Path(__file__).parents[2] / "examples"
ROOMS = ("bone_density_room", "cath_lab", "cn_dr_room", "ct_room", "mammography_room")  # a screen, two beams, doors
COMPARED = """
import sys
from shieldcalc import plugins
from shieldcalc.assess import assess
from shieldcalc.kernels import worst
from shieldcalc.model import search
from shieldcalc.model.loader import load
from shieldcalc.physics import quickly

compiled = sys.argv[1] == "compiled"
quickly.begin()
assert not compiled or worst.worst.nopython_signatures, "nothing is compiled"
for path in sys.argv[2:]:
    design = load(path, plugins.catalog())
    quickly.end()
    plain = assess(design, building=False)
    whole, search.worst_places = search.worst_places, None
    quickly.begin()
    quick = assess(design, building=False)
    search.worst_places = whole
    assert quick.facts == plain.facts, path
    places = [[each.point.position for each in found.results[0].points] for found in (plain, quick)]
    assert places[0] == places[1], path
    print("alike")
assert not compiled or len(worst.worst.nopython_signatures) == 1, "other rooms compile again"
"""


@pytest.mark.parametrize("how", ["compiled", "read"])
def test_the_compiled_search_finds_the_very_places_of_the_plain_one(how: str) -> None:
    paths = [str(EXAMPLES / f"{room}.toml") for room in ROOMS]
    line = [sys.executable, "-W", "ignore", "-c", COMPARED, how, *paths]
    env = {**os.environ, "NUMBA_DISABLE_JIT": "0" if how == "compiled" else "1"}
    done = subprocess.run(line, check=False, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["alike"] * len(ROOMS)


def test_a_line_is_a_number_that_is_read_digit_by_digit() -> None:
    assert read(1, 5) == ()
    assert read(int("1230", 5), 5) == ((0, 1),)
    assert read(int("120340", 5), 5) == ((0,), (1, 2))
    assert read(int("110", 5), 5) == ((-1,),)
