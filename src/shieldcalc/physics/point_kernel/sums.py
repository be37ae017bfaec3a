"""Runs the compiled sums, on several threads where asked: the answer is the same bit for bit."""

import os
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from shieldcalc.errors import OutsideDataError
from shieldcalc.kernels.pointkernel import BEYOND, COLUMNS, MOST_LAYERS, TOTAL, UNCOLLIDED, UNLIMITED, fluence_sums
from shieldcalc.physics.point_kernel.arrays import Floats, Media, Solids, rule_number

__all__ = ["BEYOND", "COLUMNS", "TOTAL", "UNCOLLIDED", "UNLIMITED", "cores", "sums"]

_WORTH_A_THREAD = 200_000  # lines times energies: some milliseconds


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
) -> Floats:
    """Return (jobs, energies, columns UNCOLLIDED, TOTAL, UNLIMITED, BEYOND) in 1/m2 times the unit of ``strength``.

    ``points`` (jobs, 3) m and ``runs`` (jobs, 2): each job sums sources runs[j, 0] to runs[j, 1] - 1 at one point.
    ``sources`` (3, sources) m; ``strength`` (energies, sources), or (1, sources) where all energies share it.
    ``threads`` 0: as many as there are processors. Refuses a line through more than ``MOST_LAYERS`` layers.
    """
    out = np.empty((len(points), media.mu_per_m.shape[1], COLUMNS))
    fixed = (
        _plain(points),
        np.require(runs, np.intp, ("C", "A", "W")),
        _plain(sources),
        _plain(strength),
        solids.rows,
        solids.bounds,
        solids.material_of,
        _plain(media.mu_per_m),
        _plain(media.log_buildup).reshape(-1),
        rule_number(rule),
        float(media.limit_mfp),
        out,
    )
    work = int((fixed[1][:, 1] - fixed[1][:, 0]).sum()) * out.shape[1]
    wanted = min(threads or cores(), max(1, work // _WORTH_A_THREAD), len(points))
    met = fluence_sums(0, len(points), *fixed) if wanted <= 1 else _shared(fixed, len(points), wanted)
    if met > MOST_LAYERS:
        raise OutsideDataError("too_many_layers", layers=met, most=MOST_LAYERS)
    return out


def _plain(array: Floats) -> Floats:
    """Return floats in the one layout that the kernel is compiled for; another would compile it again."""
    return np.require(array, np.float64, ("C", "A", "W"))


def _shared(fixed: tuple, jobs: int, threads: int) -> int:  # type: ignore[type-arg]
    from concurrent.futures import ThreadPoolExecutor

    with ThreadPoolExecutor(threads) as pool:
        return max(pool.map(lambda part: fluence_sums(*part, *fixed), _parts(jobs, 4 * threads)))


def _parts(jobs: int, count: int) -> Iterator[tuple[int, int]]:
    for k in range(min(count, jobs)):
        yield k * jobs // min(count, jobs), (k + 1) * jobs // min(count, jobs)
