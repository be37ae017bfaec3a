"""Kept code: where it goes, when it is renewed, and that nothing is needed to write."""

import os
import subprocess
import sys
from pathlib import Path

import shieldcalc

SMALL = """
import os
from shieldcalc import kernels
from shieldcalc.kernels import kept
if "STAMP" in os.environ:
    kernels._stamp = lambda: int(os.environ["STAMP"])
def build(stamp):
    def twice(x):
        return 2 * x + 0 * stamp
    return twice
twice = kept(build)
"""


def _twice(folder: Path, **environment: str) -> int:
    """Run a small kept function from a module in ``folder``; return how often its code was found on disk."""
    call = "import small; assert small.twice(4) == 8; print(sum(getattr(small.twice, 'stats').cache_hits.values()))"
    source = str(Path(shieldcalc.__file__).parents[1])
    path = os.pathsep.join([str(folder), source])
    done = subprocess.run(
        [sys.executable, "-c", call],
        check=True,
        capture_output=True,
        text=True,
        env={**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **environment},
    )
    return int(done.stdout)


def test_code_is_kept(tmp_path):
    (tmp_path / "small.py").write_text(SMALL)
    cache = {"NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    assert [_twice(tmp_path, **cache) for _ in range(2)] == [0, 1]


def test_code_is_renewed_with_any_source(tmp_path):
    (tmp_path / "small.py").write_text(SMALL)
    cache = {"NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    assert [_twice(tmp_path, STAMP=stamp, **cache) for stamp in ("1", "1", "2")] == [0, 1, 0]


def test_without_a_folder_to_write_it_still_works(tmp_path):
    """numba finds no folder: the one of the module, of the user and of the variable are all files."""
    (tmp_path / "small.py").write_text(SMALL)
    (tmp_path / "__pycache__").write_text("a file")
    blocked = tmp_path / "blocked"
    blocked.write_text("a file")
    nowhere = {name: str(blocked / "in") for name in ("HOME", "XDG_CACHE_HOME")}
    assert [_twice(tmp_path, NUMBA_CACHE_DIR="", **nowhere) for _ in range(2)] == [0, 0]
