"""Stored facts judged again: by other instruments, on another day, by the newest law; no physics is computed."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache
from sqlite3 import Row
from typing import NamedTuple

from shieldcalc import plugins
from shieldcalc.assess.outcome import exit_code
from shieldcalc.model.catalog import Instrument
from shieldcalc.model.result import Finding
from shieldcalc.office.codec import facts_of
from shieldcalc.office.ledger import Ledger
from shieldcalc.regulations import LoadedInstrument, judge, load
from shieldcalc.regulations.status import NOT_LIVE

_ROOMS = """SELECT room.*, submission.applicant FROM room JOIN submission ON submission.name = room.submission
    ORDER BY room.submission, room.design"""


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
    findings: tuple[Finding, ...] = ()


def what_if(ledger: Ledger, regulations: tuple[str, ...] = (), on: date | None = None) -> Iterator[Rejudged]:
    """Yield every room judged by these instruments, else its own, on this day, else its own, in the order of names.

    Its exit code and findings are those that ``verify`` with the same instruments and day gives. Raises
    UnknownNameError, and what the rules refuse.
    """
    for name in regulations:
        plugins.instrument(name)
    for room in ledger.rows(_ROOMS):
        yield _judged(room, regulations or tuple(json.loads(room["instruments"])), on or _day(room["day"]))


def newest_law(ledger: Ledger) -> Iterator[Rejudged]:
    """Yield every room judged by what has replaced its instruments, as far as its text is held, once all is in force.

    The day is the last of: the room's own, and the days on which those instruments and their rules come into force.
    """
    for room in ledger.rows(_ROOMS):
        names = tuple(dict.fromkeys(_newest(name) for name in json.loads(room["instruments"])))
        yield _judged(room, names, max(_day(room["day"]), *(_in_force(name) for name in names)))


def _judged(room: Row, names: tuple[str, ...], on: date) -> Rejudged:
    told = (room["submission"], room["applicant"], room["design"], on.isoformat(), names, int(room["exit_code"]))
    if room["decays"] and on != _day(room["day"]):
        return Rejudged(*told, None)
    facts, asked = facts_of(room["facts"]), frozenset(names)
    found = judge(facts, map(_instrument, names), on=on, asked_by_name=asked)
    live = (each for each in found if each.force not in NOT_LIVE and each.outcome in ("fail", "undetermined"))
    return Rejudged(*told, exit_code(found, facts, asked), tuple(live))


def _day(text: str) -> date:
    return date.fromisoformat(text)


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
