"""Stored facts judged again: by other instruments, on another day, by the newest law; no physics is computed.

Rooms are judged a span of names at a time, in processes of their own where there are many; in the order of names.
"""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache, lru_cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from sqlite3 import Row
from typing import NamedTuple

from shieldcalc import entrypoints, plugins
from shieldcalc.assess.outcome import code_of
from shieldcalc.errors import ShieldcalcError, UnknownNameError
from shieldcalc.model.catalog import Instrument
from shieldcalc.model.result import Finding
from shieldcalc.office.codec import facts_of
from shieldcalc.office.ledger import Ledger
from shieldcalc.office.process import start
from shieldcalc.office.refusal import OfficeError
from shieldcalc.regulations import LoadedInstrument, load
from shieldcalc.regulations.drafts import Draft, finding
from shieldcalc.regulations.judge import judgement
from shieldcalc.regulations.status import NOT_LIVE
from shieldcalc.regulations.view import View

_ROOMS = """SELECT room.*, submission.applicant FROM room JOIN submission ON submission.name = room.submission
    WHERE room.submission BETWEEN ? AND ? ORDER BY room.submission, room.design"""
Span = tuple[str, str]
SPAN = 250  # submissions a process judges before it tells
ALIKE = 1000  # fact sets whose judgement is kept: units hand in the same room again and again


class Told(NamedTuple):
    """What is told of a finding; the margin is limit / value."""

    rule: str
    article: str
    subject: str
    outcome: str
    force: str
    margin: float | None
    method: str


class Rejudged(NamedTuple):
    """One room judged again: exit code before and after, and what fails or is undetermined.

    ``after`` None: the room holds what decays, and the day is another than the one its doses are of; verify it again.
    """

    submission: str
    applicant: str
    design: str
    on: str
    instruments: tuple[str, ...]
    before: int
    after: int | None
    findings: tuple[Told, ...] = ()


class Law(NamedTuple):
    """By what rooms are judged: these instruments, else their own, on this day, else their own; or the newest law."""

    regulations: tuple[str, ...] = ()
    on: date | None = None
    newest: bool = False

    def of(self, instruments: tuple[str, ...], day: date) -> tuple[tuple[str, ...], date]:
        """Return the instruments and the day for a room that has these."""
        if not self.newest:
            return self.regulations or instruments, self.on or day
        names = tuple(dict.fromkeys(map(_newest, instruments)))
        return names, max(day, *map(_in_force, names))


def what_if(
    ledger: Ledger, regulations: tuple[str, ...] = (), on: date | None = None, workers: int = 1
) -> Iterator[Rejudged]:
    """Yield every room judged by these instruments, else its own, on this day, else its own, in the order of names.

    Its exit code and findings are those that ``verify`` with the same instruments and day gives. Raises
    UnknownNameError, and what the rules refuse.
    """
    for name in regulations:
        plugins.instrument(name)
    yield from _all(ledger, Law(regulations, on), workers)


def newest_law(ledger: Ledger, workers: int = 1) -> Iterator[Rejudged]:
    """Yield every room judged by what has replaced its instruments, as far as its text is held, once all is in force.

    The day is the last of: the room's own, and the days on which those instruments and their rules come into force.
    """
    yield from _all(ledger, Law(newest=True), workers)


def _all(ledger: Ledger, law: Law, workers: int) -> Iterator[Rejudged]:
    spans = list(ledger.spans(SPAN))
    if workers < 2 or len(spans) < 2:
        for span in spans:
            yield from _span(ledger, span, law)
        return
    yield from _by_several(ledger, spans, law, min(workers, len(spans)))


def _by_several(ledger: Ledger, spans: list[Span], law: Law, workers: int) -> Iterator[Rejudged]:
    """Yield what so many processes find, who take the spans in turn; each ends when nobody listens any more."""
    context, hands = get_context("spawn"), list[Connection]()
    processes = []
    try:
        for number in range(workers):
            ours, theirs = context.Pipe(duplex=False)
            told = (theirs, entrypoints.chosen(), (ledger.path, ledger.present), spans[number::workers], law)
            processes.append(context.Process(target=_elsewhere, args=told, daemon=True))
            start(processes[-1])
            theirs.close()
            hands.append(ours)
        for number in range(len(spans)):
            yield from _heard(hands[number % workers], ledger)
    finally:
        for process in processes:
            process.terminate()


def _heard(hand: Connection, ledger: Ledger) -> list[Rejudged]:
    try:
        found: list[Rejudged] | ShieldcalcError = hand.recv()
    except EOFError as error:
        raise OfficeError("office.judge_died", file=ledger.path, option="--workers") from error
    if isinstance(found, ShieldcalcError):
        raise found
    return found


def _elsewhere(
    hand: Connection, choice: entrypoints.Choice, held: tuple[str, bool], spans: list[Span], law: Law
) -> None:
    entrypoints.choose(choice)
    try:
        with Ledger(held[0], present=held[1]) as ledger:
            for span in spans:
                hand.send(list(_span(ledger, span, law)))
    except ShieldcalcError as error:
        hand.send(error)
    except OSError:  # nobody listens
        return


def _span(ledger: Ledger, span: Span, law: Law) -> Iterator[Rejudged]:
    for room in ledger.rows(_ROOMS, span):
        yield _room(room, law)


def _room(room: Row, law: Law) -> Rejudged:
    """Judge one room; one whose own instrument was a plugin's that is not there now is undetermined."""
    day, own = date.fromisoformat(room["day"]), tuple(json.loads(room["instruments"]))
    try:
        names, on = law.of(own, day)
    except UnknownNameError as error:
        return _unknown(room, own, day, error)
    told = (room["submission"], room["applicant"], room["design"], on.isoformat(), names, int(room["exit_code"]))
    if room["decays"] and on != day:
        return Rejudged(*told, None)
    try:
        return Rejudged(*told, *_judged(room["facts"], names, on))
    except UnknownNameError as error:
        return _unknown(room, names, on, error)


def _unknown(room: Row, names: tuple[str, ...], on: date, error: UnknownNameError) -> Rejudged:
    lacking = Told(str(error.params["name"]), "", "", "undetermined", "unverified", None, "")
    told = (room["submission"], room["applicant"], room["design"], on.isoformat(), names, int(room["exit_code"]))
    return Rejudged(*told, 3, (lacking,))


@lru_cache(maxsize=ALIKE)
def _judged(packed: bytes, names: tuple[str, ...], on: date) -> tuple[int, tuple[Told, ...]]:
    """Return the exit code of stored facts, and what fails or is undetermined."""
    view, asked = View(facts_of(packed)), frozenset(names)
    found = judgement(view, map(_instrument, names), on=on, asked_by_name=asked).all
    live = (each for each in found if each.outcome in ("fail", "undetermined") and each.force not in NOT_LIVE)
    return code_of(found, view, asked), tuple(map(_told, live))


def _told(found: Draft | Finding) -> Told:
    each = finding(found) if isinstance(found, Draft) else found
    return Told(each.rule, each.article, each.subject, each.outcome, each.force, each.margin, each.method)


@cache
def _instrument(name: str) -> Instrument:
    return plugins.instrument(name)


def _loaded(name: str) -> LoadedInstrument:
    return load(_instrument(name))


@cache
def _newest(name: str) -> str:
    """Return the last instrument whose text is held along what replaces one."""
    found, last, seen = _loaded(name), name, {name}
    while found.replaced_by and found.replaced_by not in seen:
        seen.add(found.replaced_by)
        found = load(found.replaced_by)
        last = found.id if found.text_held else last
    return last


@cache
def _in_force(name: str) -> date:
    found = _loaded(name)
    return max([found.effective, *(rule.effective for rule in found.rules)])
