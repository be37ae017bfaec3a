"""Fluence at points from sources among bodies: what methods, maps and quick commands compute doses from."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from shieldcalc.model.bodies import Body, SourceBody, check_apart, check_points, solids
from shieldcalc.model.design import Xyz
from shieldcalc.physics.point_kernel import arrays
from shieldcalc.physics.point_kernel.arrays import Floats, Media
from shieldcalc.physics.point_kernel.integral import MOST_LINES, TOLERANCE, Integral, integrate
from shieldcalc.physics.point_kernel.sums import BEYOND, COLUMNS, TOTAL, UNCOLLIDED, UNLIMITED, sums
from shieldcalc.records import dataclass


@dataclass(frozen=True, slots=True)
class Emitter:
    """A source and what it emits at each energy of the media (photons/s, or any unit that the doses then carry)."""

    source: SourceBody
    emission: Floats


@dataclass(frozen=True, slots=True)
class Fluence:
    """Fluence rate (emission's unit per m2) at each point and energy.

    ``uncollided``, ``total`` (with buildup, limited so that no layer raises what came through before it), ``unlimited``
    (without that limit: larger than ``total`` where the limit is active), ``beyond`` (the part of ``total`` through
    more than the media's ``limit_mfp``). ``error`` (points, responses) from integrating volumes, ``reached`` (points)
    whether it is within the tolerance, ``lines`` (points) how many lines were followed.
    """

    uncollided: Floats
    total: Floats
    unlimited: Floats
    beyond: Floats
    error: Floats
    reached: NDArray[np.bool_]
    lines: NDArray[np.intp]


def fluence(
    points: Sequence[Xyz],
    emitters: Sequence[Emitter],
    bodies: Sequence[Body],
    media: Media,
    responses: Floats,
    *,
    rule: str = "broder",
    tolerance: float = TOLERANCE,
    most_lines: int = MOST_LINES,
    threads: int = 1,
    check: bool = True,
) -> Fluence:
    """Return the fluence rates at points (m) from all emitters together.

    ``responses`` (responses, energies) dose per fluence: extended sources are refined until each source's part of each
    response, sum of response x emission x total, is within ``tolerance``. ``rule``: broder, last, largest, mean,
    product. ``threads`` 0: as many as processors. Refuses overlapping bodies, points inside bodies or on sources
    (``OutsideDataError``), materials without data (``UnknownNameError``); ``check=False`` where the caller has done
    so.
    """
    sources = [each.source for each in emitters]
    everything = solids(bodies, sources)
    if check:
        check_apart(everything)
        check_points(points, everything, sources)
    task = _Task(
        np.array(points, np.float64).reshape(-1, 3), arrays.solids(everything, media.names), media, rule, threads
    )
    parts = [_of_points(task, [each for each in emitters if each.source.shape.dimensions == 0], responses)]
    for each in emitters:
        if each.source.shape.dimensions > 0:
            parts.append(_of_volume(task, each, responses, tolerance, most_lines))
    return _together(parts)


@dataclass(frozen=True, slots=True)
class _Task:
    points: Floats
    solids: arrays.Solids
    media: Media
    rule: str
    threads: int


def _of_points(task: _Task, emitters: Sequence[Emitter], responses: Floats) -> Integral:
    count, energies = len(task.points), task.media.mu_per_m.shape[1]
    places = np.array([each.source.shape.position for each in emitters]).reshape(-1, 3).T
    strength = np.array([each.emission for each in emitters], np.float64).reshape(-1, energies).T
    runs = np.tile([0, len(emitters)], (count, 1))
    found = (
        sums(task.points, runs, places, strength, task.solids, task.media, task.rule, task.threads)
        if emitters
        else np.zeros((count, energies, COLUMNS))
    )
    error = np.zeros((count, len(np.atleast_2d(responses))))
    return Integral(found, error, np.ones(count, np.bool_), np.full(count, len(emitters)))


def _of_volume(task: _Task, emitter: Emitter, responses: Floats, tolerance: float, most_lines: int) -> Integral:
    weighted = np.atleast_2d(responses) * emitter.emission
    found = integrate(
        emitter.source.shape,
        task.points,
        task.solids,
        task.media,
        weighted,
        task.rule,
        tolerance,
        most_lines,
        task.threads,
    )
    return Integral(found.fluence * np.asarray(emitter.emission)[:, None], found.error, found.reached, found.lines)


def _together(parts: Sequence[Integral]) -> Fluence:
    whole = np.sum([part.fluence for part in parts], axis=0)
    return Fluence(
        uncollided=whole[:, :, UNCOLLIDED],
        total=whole[:, :, TOTAL],
        unlimited=whole[:, :, UNLIMITED],
        beyond=whole[:, :, BEYOND],
        error=np.sum([part.error for part in parts], axis=0),
        reached=np.all([part.reached for part in parts], axis=0),
        lines=np.sum([part.lines for part in parts], axis=0),
    )
