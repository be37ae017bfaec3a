"""What a ledger holds, counted: outcomes, findings by rule and article, reasons by kind, the tightest margins."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date
from typing import Any, NamedTuple

from shieldcalc import plugins
from shieldcalc.errors import UnknownNameError
from shieldcalc.facility.hazards import Statistics
from shieldcalc.model.facility import Hazard
from shieldcalc.office.codec import refusal_of
from shieldcalc.office.follow_up import last_day, overdue_on, six
from shieldcalc.office.ledger import Ledger
from shieldcalc.office.what_if import Rejudged, newest_law
from shieldcalc.regulations import load

OUTCOMES = ("accept", "accept_with_conditions", "query", "reject", "refused")
TIGHTEST, LISTED = 20, 200
_FINDINGS = """SELECT instrument, article, rule, force, outcome, count(*) AS places,
    count(DISTINCT submission) AS submissions FROM finding
    WHERE outcome IN ('fail', 'undetermined') AND force NOT IN ('repealed', 'not_yet_valid')
    GROUP BY instrument, article, rule, force, outcome ORDER BY outcome, submissions DESC, rule"""
_READ = "FROM submission WHERE length(sha256) = 64 GROUP BY sha256"  # others could not be read
_COPIES = f"SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n {_READ})"
_KINDS = """SELECT weight, code, count(*) AS count, count(DISTINCT submission) AS submissions FROM reason
    GROUP BY weight, code ORDER BY submissions DESC, code"""
_MARGINS = """SELECT submission, design, subject, rule, min(margin) AS margin, outcome FROM finding
    WHERE margin IS NOT NULL AND dose AND force IN ('binding', 'secondary_source')
    GROUP BY submission, design ORDER BY min(margin), submission, design LIMIT ?"""


class Filter(NamedTuple):
    """Which submissions are asked for; empty or None: all."""

    outcomes: tuple[str, ...] = ()
    applicant: str = ""
    rule: str = ""
    margin_below: float | None = None
    gone: bool = False
    copies: bool = False


class Summary(NamedTuple):
    """Everything that the office's report tells; rows are mappings by the names of their columns.

    ``on``: the day of the follow-ups, None where nothing is recorded and none was ``asked`` for.
    """

    ledger: str
    on: date | None
    asked: bool
    outcomes: Mapping[str, int]
    units: int
    rooms: int
    gone: int
    copies: int
    findings: Sequence[Mapping[str, Any]]
    kinds: Sequence[Mapping[str, Any]]
    margins: Sequence[Mapping[str, Any]]
    refused: Sequence[tuple[str, str]]
    newest: Sequence[Rejudged]
    statistics: Sequence[Statistics]
    overdue: Sequence[Hazard]

    @property
    def submissions(self) -> int:
        """Return how many submissions the ledger holds."""
        return sum(self.outcomes.values())


def summary(ledger: Ledger, language: str, on: date | None, period: str, *, newest: bool, workers: int = 1) -> Summary:
    """Return what a ledger holds; follow-ups are those of a day, else of the last one that is recorded.

    ``newest``: rooms are judged by the newest law too, by so many ``workers``; of these only those that then do not
    comply are kept.
    """
    counted = {row["outcome"]: row["n"] for row in ledger.rows(
        "SELECT outcome, count(*) AS n FROM submission GROUP BY outcome")}  # fmt: skip
    day = on or last_day(ledger)
    worse = (each for each in (newest_law(ledger, workers) if newest else ()) if each.after != 0)
    return Summary(
        ledger=ledger.path,
        on=day,
        asked=on is not None,
        outcomes={name: counted[name] for name in OUTCOMES if name in counted},
        units=_number(ledger, "SELECT count(DISTINCT same(applicant)) FROM submission WHERE applicant <> ''"),
        rooms=_number(ledger, "SELECT count(*) FROM room"),
        gone=_number(ledger, "SELECT count(*) FROM submission WHERE gone"),
        copies=_number(ledger, _COPIES),
        findings=_plain(ledger, _FINDINGS),
        kinds=_plain(ledger, _KINDS),
        margins=_plain(ledger, _MARGINS, (TIGHTEST,)),
        refused=tuple(_refused(ledger, language)),
        newest=tuple(worse),
        statistics=six(ledger, day, period) if day else (),
        overdue=overdue_on(ledger, day) if day else (),
    )


def _number(ledger: Ledger, asked: str) -> int:
    return int(next(ledger.rows(asked))[0])


def _plain(ledger: Ledger, asked: str, params: Sequence[Any] = ()) -> list[dict[str, Any]]:
    return [dict(zip(row.keys(), tuple(row), strict=True)) for row in ledger.rows(asked, params)]


def _refused(ledger: Ledger, language: str) -> Iterator[tuple[str, str]]:
    for row in ledger.rows("SELECT name, refusal FROM submission WHERE refusal IS NOT NULL ORDER BY name"):
        yield row["name"], refusal_of(row["refusal"]).text(language)


def listed(ledger: Ledger, by: Filter) -> list[dict[str, Any]]:
    """Return the submissions that a filter leaves, in the order of names, each with its tightest margin.

    Raises UnknownNameError for a rule that neither a finding nor its instrument knows.
    """
    of_force = "force IN ('binding', 'secondary_source')"
    tightest = f"(SELECT min(margin) FROM finding WHERE submission = name AND dose AND {of_force})"
    wanted, params = [], list[Any]()
    if by.outcomes:
        wanted.append(f"outcome IN ({', '.join('?' * len(by.outcomes))})")
        params += by.outcomes
    if by.applicant:
        wanted.append("instr(same(applicant), same(?)) > 0")
        params.append(by.applicant)
    if by.rule:
        _known_rule(ledger, by.rule)
        wanted.append("name IN (SELECT submission FROM finding WHERE rule = ? AND outcome IN ('fail', 'undetermined'))")
        params.append(by.rule)
    if by.margin_below is not None:
        wanted.append("margin < ?")
        params.append(by.margin_below)
    if by.gone:
        wanted.append("gone")
    if by.copies:
        wanted.append(f"sha256 IN (SELECT sha256 {_READ} HAVING count(*) > 1)")
    where = f"WHERE {' AND '.join(wanted)}" if wanted else ""
    columns = f"name, applicant, reference, dated, outcome, exit_code, gone, sha256, {tightest} AS margin"
    rows = _plain(ledger, f"SELECT * FROM (SELECT {columns} FROM submission) {where} ORDER BY name", params)
    return [{**row, "gone": bool(row["gone"])} for row in rows]


def _known_rule(ledger: Ledger, name: str) -> None:
    if any(ledger.rows("SELECT 1 FROM finding WHERE rule = ? LIMIT 1", (name,))):
        return
    known = {str(row["rule"]) for row in ledger.rows("SELECT DISTINCT rule FROM finding")}
    with suppress(UnknownNameError):
        known |= {rule.full_id for rule in load(plugins.instrument(name.partition("/")[0])).rules}
    if name not in known:
        raise UnknownNameError("rule", name, known)


def one(ledger: Ledger, name: str) -> dict[str, Any] | None:
    """Return what is held of one submission, its rooms, reasons, claims and follow-ups; None where there is none."""
    found = next(iter(_plain(ledger, "SELECT * FROM submission WHERE name = ?", (name,))), None)
    if found is None:
        return None
    rooms = "SELECT design, sha256, day, exit_code, instruments, methods FROM room WHERE submission = ? ORDER BY design"
    parts = {
        "rooms": rooms,
        "reasons": "SELECT * FROM reason WHERE submission = ? ORDER BY number",
        "findings": "SELECT * FROM finding WHERE submission = ? ORDER BY design, number",
        "claims": "SELECT * FROM claim WHERE submission = ? ORDER BY design, id",
        "follow_ups": "SELECT * FROM follow_up WHERE submission = ? ORDER BY found, id",
    }
    return {**found, **{key: _plain(ledger, asked, (name,)) for key, asked in parts.items()}}


def rest_on(ledger: Ledger) -> list[dict[str, Any]]:
    """Return name, version and digests of every plugin in use when something that the ledger holds was computed."""
    rows = ledger.rows("SELECT DISTINCT plugins FROM submission ORDER BY plugins")
    return [each for row in rows for each in json.loads(row["plugins"])]


def near(ledger: Ledger, name: str) -> list[str]:
    """Return the names held that are most like one that is not."""
    from difflib import SequenceMatcher
    from heapq import nlargest

    like = SequenceMatcher(b=name, autojunk=False)

    def alike(held: str) -> float:
        like.set_seq1(held)
        return like.quick_ratio()

    return nlargest(20, (str(row["name"]) for row in ledger.rows("SELECT name FROM submission")), key=alike)


def worst(rows: Iterable[Rejudged]) -> dict[str, int]:
    """Return how many rooms have which change: "0 > 1", or "verify" where they must be verified again."""
    counted: dict[str, int] = {}
    for each in rows:
        key = "verify" if each.after is None else f"{each.before} > {each.after}"
        counted[key] = counted.get(key, 0) + 1
    return dict(sorted(counted.items()))
