"""One verification, or its refusal, as rows of the ledger."""

from collections.abc import Iterator
from json import dumps
from math import isfinite
from typing import NamedTuple

from shieldcalc.errors import ShieldcalcError
from shieldcalc.office.basis import Basis
from shieldcalc.office.codec import facts_bytes, notice_text, refusal_text
from shieldcalc.office.find import Found
from shieldcalc.verify.model import RoomVerification, Verification

REFUSED, REFUSED_CODE = "refused", 2
Cells = tuple[str | int | float | bytes | None, ...]


class Rows(NamedTuple):
    """Everything that the ledger holds of one submission: for each table its rows, in the order of its columns."""

    name: str
    outcome: str
    tables: tuple[tuple[str, tuple[Cells, ...]], ...]


def verified(found: Found, sha256: str, on: Basis, by: Verification) -> Rows:
    """Return the rows of a submission that was verified."""
    stated, name = by.statement, found.name
    dated = stated.dated.isoformat() if stated.dated else None
    of = (stated.applicant, stated.reference, dated, int(by.manifest), None, 0, 0)
    decays = any(source.sealed is not None for room in by.rooms for source in room.assessment.design.sources)
    rooms = [_room(name, room, decays) for room in by.rooms]
    reasons = [
        (name, number, each.weight, each.said.code, notice_text(each.said), each.instrument, each.article, each.subject)
        for number, each in enumerate(by.reasons, 1)
    ]
    tables = (
        ("submission", ((name, sha256, *on, by.verdict, by.exit_code, *of),)),
        ("room", tuple(rooms)),
        ("finding", tuple(row for room in by.rooms for row in _findings(name, room))),
        ("reason", tuple(reasons)),
        ("claim", tuple(row for room in by.rooms for row in _claims(name, room))),
    )
    return Rows(name, by.verdict, tables)


def refused(found: Found, sha256: str, on: Basis, by: ShieldcalcError, *, again: bool = False) -> Rows:
    """Return the row of a submission that cannot be used; ``again``: the reason may be ours, so resuming tries it."""
    said = refusal_text(by, found.path, found.name)
    row = (found.name, sha256, *on, REFUSED, REFUSED_CODE, "", "", None, 0, said, int(again), 0)
    return Rows(found.name, REFUSED, (("submission", (row,)),))


def _room(name: str, room: RoomVerification, decays: bool) -> Cells:
    own = room.assessment
    methods = dumps([each.method for each in own.results])
    held = (own.on, own.exit_code, dumps(own.instruments), methods, int(decays), facts_bytes(own.facts))
    return (name, room.name, own.design.sha256, *held)


def _findings(name: str, room: RoomVerification) -> Iterator[Cells]:
    """Yield what was found where a rule applies, numbered in the order of judgement."""
    for number, each in enumerate(room.assessment.findings, 1):
        if each.outcome != "not_applicable":
            law = (each.rule, each.instrument, each.article, each.subject)
            found = (each.outcome, each.force, _finite(each.margin), int(each.dose_rule), each.method)
            yield name, room.name, number, *law, *found


def _claims(name: str, room: RoomVerification) -> Iterator[Cells]:
    for each in room.claims:
        claim = each.claim
        yield name, room.name, claim.id, claim.subject, claim.quantity, each.status, _finite(each.factor)


def _finite(value: float | None) -> float | None:
    return value if value is not None and isfinite(value) else None
