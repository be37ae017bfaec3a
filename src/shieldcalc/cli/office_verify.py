"""``shieldcalc verify FOLDER... --ledger``: many submissions into a ledger, with progress on standard error."""

from functools import partial
from time import monotonic
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from collections.abc import Callable

    from shieldcalc.office.basis import Asked, Basis
    from shieldcalc.office.run import Hands, Progress
    from shieldcalc.reports.words import Words

EVERY_S = 2.0
Question = tuple[tuple[str, ...], tuple[str, ...], str | None]


def into_ledger(
    places: tuple[str, ...],
    ledger: str,
    asked: Question,
    workers: int | None,
    dask: str | None,
    json_to: str | None,
    language: str,
    *,
    resume: bool,
) -> int:
    """Verify every submission below the places into the ledger, tell how many have which outcome, return the code."""
    from shieldcalc import plugins
    from shieldcalc.assess import day_of
    from shieldcalc.cli.common import encode
    from shieldcalc.cli.files import Outputs
    from shieldcalc.office.basis import Asked
    from shieldcalc.office.run import verify_all
    from shieldcalc.reports.words import Words

    regulations, methods, on = asked
    day_of(on)
    known = [plugins.instrument(name).id for name in regulations]
    chosen = [plugins.method(name).name for name in methods]
    outputs, words = Outputs(inputs=(*places, ledger)), Words(language)
    outputs.refuse_inputs(json_to)
    _refuse_inside(places, json_to)
    told, question = _Told(words), Asked(tuple(known), tuple(chosen), on)
    outcomes = verify_all(places, ledger, question, by=_hands(workers, dask), resume=resume, tell=told)
    code = _code(outcomes)
    if json_to is not None:
        said = {"schema": "shieldcalc/office-verify/1", "ledger": ledger, "held": told.last.held}
        said |= {"submissions": told.last.total, "outcomes": dict(sorted(outcomes.items())), "exit_code": code}
        outputs.add(json_to, encode({**said, "warnings": []}))
    outputs.write()
    if json_to != "-":
        click.echo(words.say("office.verified", count=told.last.total, held=told.last.held, ledger=ledger))
        for name, count in sorted(outcomes.items()):
            click.echo(f"  {words.say(f'office.outcome.{name}')}: {count}")
    return code


def _refuse_inside(places: tuple[str, ...], target: str | None) -> None:
    """Raise OutputError for an output inside a submission below the places."""
    from pathlib import Path

    from shieldcalc.cli.verify import refuse_inside
    from shieldcalc.office.find import is_one

    tops = {Path(place).resolve() for place in places}
    for folder in Path(target or "-").resolve().parents:
        if is_one(str(folder)) and not tops.isdisjoint((folder, *folder.parents)):
            refuse_inside(str(folder), target)


def _code(outcomes: dict[str, int]) -> int:
    return 1 if outcomes.get("reject") else 3 if set(outcomes) - {"accept"} else 0


def _hands(workers: int | None, dask: str | None) -> "Callable[[Asked, Basis], Hands]":
    """Return who verifies: a cluster where its address is given, else processes of this machine."""
    if dask is not None:
        from shieldcalc.office.cluster import Cluster

        return partial(Cluster, dask)
    from shieldcalc.cli.common import cores
    from shieldcalc.office.pool import Pool

    return partial(Pool, workers or cores())


class _Told:
    """Writes a line of progress now and then, and the last one always."""

    def __init__(self, words: "Words") -> None:
        self._words, self._due, self._shown = words, monotonic(), -1
        self.last: Progress

    def __call__(self, progress: "Progress") -> None:
        self.last = progress
        if progress.seen == self._shown or (monotonic() < self._due and progress.seen < progress.total):
            return
        self._due, self._shown = monotonic() + EVERY_S, progress.seen
        rate, left = self._words.shortest(progress.rate, 2), progress.left_s
        shown = {"seen": progress.seen, "total": progress.total, "held": progress.held, "rate": rate}
        if left is None:
            click.echo(self._words.say("office.progress_held", **shown), err=True)
        else:
            minutes, seconds = divmod(round(left), 60)
            time = f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
            click.echo(self._words.say("office.progress", **shown, left=time), err=True)
