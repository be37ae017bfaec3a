"""Runs the compiled sums, on several threads where asked: the answer is the same bit for bit."""

import os
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from shieldcalc.errors import OutsideDataError
from shieldcalc.kernels.buildup import BRODER
from shieldcalc.kernels.lanes import BEYOND, COLUMNS, RAISED, TOTAL, UNCOLLIDED, UNLIMITED
from shieldcalc.kernels.pointkernel import fluence_sums, fluence_sums_by_other_rules
from shieldcalc.kernels.space import MOST_LAYERS, Space, space
from shieldcalc.physics.point_kernel.arrays import Floats, Media, Solids, rule_number

__all__ = [
    "BEYOND",
    "COLUMNS",
    "NO_STACKS",
    "RAISED",
    "TOTAL",
    "UNCOLLIDED",
    "UNLIMITED",
    "Stacks",
    "cores",
    "stacks",
    "sums",
]

_WORTH_A_THREAD = 200_000  # lines times energies: some milliseconds
_UNCAPPED = 1e30


class Stacks(NamedTuple):
    """Stacks of layers that lines cross with fixed lengths: stack k is layers ``begins[k]`` to ``begins[k + 1]`` - 1.

    ``materials`` are places in the media, ``lengths`` in m. Stack 0 is empty.
    """

    begins: NDArray[np.intp]
    materials: NDArray[np.intp]
    lengths: Floats


def stacks(layers: Sequence[Sequence[tuple[int, float]]]) -> Stacks:
    """Return stacks of (material, length in m), numbered from 1 in their order."""
    begins = np.cumsum([0, 0, *map(len, layers)])
    flat = [each for stack in layers for each in stack]
    lengths = np.array([length for _, length in flat], np.float64)
    return Stacks(begins.astype(np.intp), np.array([material for material, _ in flat], np.intp), lengths)


class Rows(NamedTuple):
    """How the energies are added up: ``times`` what each counts, the numbers of those that count, the row of each.

    A row is ``rows[k]`` of the answer for energy ``counted[k]``, of ``height`` rows.
    """

    times: Floats
    counted: NDArray[np.intp]
    rows: NDArray[np.intp]
    height: int


NO_STACKS = stacks(())


@lru_cache(maxsize=32)
def _each_alone(energies: int) -> Rows:
    every = np.arange(energies, dtype=np.intp)
    return Rows(np.ones(energies), every, every, energies)


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def sums(
    points: Floats,
    runs: NDArray[np.intp],
    sources: Floats,
    strength: Floats,
    solids: Solids,
    media: Media,
    rule: str = "broder",
    threads: int = 1,
    *,
    layers: Stacks = NO_STACKS,
    around: NDArray[np.intp] | None = None,
    cap_mfp: float = _UNCAPPED,
    ratios: Floats | None = None,
    added: Rows | None = None,
) -> Floats:
    """Return (jobs, energies, columns UNCOLLIDED, TOTAL, UNLIMITED, BEYOND, RAISED) in 1/m2 times ``strength``'s unit.

    ``points`` (jobs, 3) m and ``runs`` (jobs, 2): each job sums sources runs[j, 0] to runs[j, 1] - 1 at one point.
    ``sources`` (3, sources) m; ``strength`` (energies, sources), or (1, sources) where all energies share it.
    ``threads`` 0: as many as there are processors. ``around`` (jobs, 2): which of ``layers`` every line of a job
    crosses before and behind the bodies. Beyond ``cap_mfp`` no layer counts. ``ratios`` (2, energies): another dose
    over that of the total, of uncollided and of collided photons, the latter no smaller; RAISED is its upper value.
    ``added``: rows in place of energies. Refuses a line through more than ``MOST_LAYERS`` layers.
    """
    energies = media.mu_per_m.shape[1]
    added = added or _each_alone(energies)
    out = np.empty((len(points), added.height, COLUMNS))
    own = _whole(runs)
    photons = (
        _plain(strength),
        media.buildup.reshape(-1),
        _plain(media.mu_per_m),
        rule_number(rule),
        float(media.limit_mfp),
        float(cap_mfp),
        _plain(np.zeros((2, energies)) if ratios is None else ratios),
        _plain(added.times),
        _whole(added.counted),
        _whole(added.rows),
    )
    fixed = (
        _plain(points),
        own,
        _plain(sources),
        photons,
        (solids.rows, solids.bounds, solids.material_of),
        (_whole(layers.begins), _whole(layers.materials), _plain(layers.lengths)),
        _whole(np.zeros((len(points), 2), np.intp) if around is None else around),
    )
    work = int((own[:, 1] - own[:, 0]).sum()) * len(added.counted)
    wanted = min(threads or cores(), max(1, work // _WORTH_A_THREAD), len(points))
    met = _part(0, len(points), fixed, out) if wanted <= 1 else _shared(fixed, out, wanted)
    if met > MOST_LAYERS:
        raise OutsideDataError("too_many_layers", layers=met, most=MOST_LAYERS)
    return out


def _plain(array: Floats) -> Floats:
    """Return floats in the one layout that the kernel is compiled for; another would compile it again."""
    flags = array.flags
    if array.dtype == np.float64 and flags.c_contiguous and flags.aligned and flags.writeable:
        return array
    return np.require(array, np.float64, ("C", "A", "W"))


def _whole(array: NDArray[np.intp]) -> NDArray[np.intp]:
    """Return whole numbers in the one layout that the kernel is compiled for."""
    flags = array.flags
    if array.dtype == np.intp and flags.c_contiguous and flags.aligned and flags.writeable:
        return array
    return np.require(array, np.intp, ("C", "A", "W"))


def _part(first: int, last: int, fixed: tuple, out: Floats) -> int:  # type: ignore[type-arg]
    """Fill the sums of some jobs in a space of their own."""
    photons, solids, stacks = fixed[3:6]
    sizes = out.shape[1], len(solids[0]), int(stacks[1].size)
    idle = _idle(sizes)
    try:
        room = idle.pop()
    except IndexError:
        room = space(*sizes)
    run = fluence_sums if photons[3] == BRODER else fluence_sums_by_other_rules
    met = run(first, last, *fixed, room, out)
    idle.append(room)  # as empty as it was: all that it held is in the sums
    return met


@lru_cache(maxsize=32)
def _idle(sizes: tuple[int, int, int]) -> list[Space]:  # noqa: ARG001
    """Return the spaces of some sizes that nobody works in: to make one takes as long as some thousand lines."""
    return []


def _shared(fixed: tuple, out: Floats, threads: int) -> int:  # type: ignore[type-arg]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(threads) as pool:
        return max(pool.map(lambda part: _part(part[0], part[1], fixed, out), _parts(len(out), 4 * threads)))


def _parts(jobs: int, count: int) -> Iterator[tuple[int, int]]:
    for k in range(min(count, jobs)):
        yield k * jobs // min(count, jobs), (k + 1) * jobs // min(count, jobs)
