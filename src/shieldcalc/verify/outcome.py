"""The outcome of a verification: accept, accept with conditions, query, reject; each with its reasons and articles.

Reject needs a binding rule that fails, computed or measured. Accept needs every room to keep a binding dose rule at
every occupied point with nothing failed or undetermined, and nothing to ask. Whatever is not known, not verified, or
read into the law by the applicant without a document is a question.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from math import isfinite
from typing import TYPE_CHECKING, Any

from shieldcalc import plugins
from shieldcalc.errors import InputError, Notice, Problem, UnknownNameError
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.result import Finding
from shieldcalc.regulations.status import NOT_LIVE, status
from shieldcalc.reports.numbers import beside, read
from shieldcalc.units import significant
from shieldcalc.verify import natural
from shieldcalc.verify.checklist import NOT_HELD
from shieldcalc.verify.model import Flip, Item, Judged, Measured, Reason, RoomVerification, Verdict
from shieldcalc.verify.readings import PULSED
from shieldcalc.verify.scaled import judged_about, worse
from shieldcalc.verify.sensitivity import NO_REASON
from shieldcalc.verify.usual import say

if TYPE_CHECKING:
    from shieldcalc.verify.run import Submission

EXIT_CODES: dict[Verdict, int] = {"accept": 0, "accept_with_conditions": 3, "query": 3, "reject": 1}
WORST_FIRST: tuple[Verdict, ...] = ("reject", "query", "accept_with_conditions", "accept")
READING = "reading_of_15.3"
READING_DOCUMENT = "reading_of_the_law"
SEEN = "report.verify.reason.seen"
TO_BE_SEEN = ("assumptions", "law_named", "no_site", "reading_documented", "reading_pulsed")
BINDING = ("seed",)  # items of a checklist that were read in the law's own text


def weighed(
    submission: "Submission", rooms: tuple[RoomVerification, ...], seen: frozenset[str] = frozenset()
) -> tuple[Verdict, tuple[Reason, ...]]:
    """Return the outcome and every reason for it, the gravest first.

    ``seen`` are the conditions that the reviewer says are fulfilled: they stay among the reasons, and no longer weigh.
    Raises UnknownNameError for one that is no condition here.
    """
    found = [*_of_submission(submission), *(reason for room in rooms for reason in _of_room(room, submission))]
    found = [_seen(reason, seen) for reason in _once(found)]
    known = {reason.condition for reason in found} - {""}
    if unknown := sorted(seen - known):
        raise UnknownNameError("condition", unknown[0], known)
    verdict: Verdict = next((each for each in WORST_FIRST if any(reason.weight == each for reason in found)), "accept")
    if verdict == "accept":
        found.insert(0, _reason("accept", "all_kept"))
    return verdict, tuple(sorted(found, key=lambda reason: WORST_FIRST.index(reason.weight)))


def _seen(reason: Reason, seen: frozenset[str]) -> Reason:
    """Return a reason with the name of its condition, and without weight where the reviewer has seen it fulfilled."""
    code = reason.said.code.rpartition(".")[2]
    named = reason.condition or (code if code in TO_BE_SEEN else "")
    if reason.weight != "accept_with_conditions" or not named:
        return reason
    if named in seen:
        return replace(reason, weight="accept", condition=named, said=Notice(SEEN, {"said": reason.said}))
    return replace(reason, condition=named)


def unanswered(submission: "Submission", refused: Iterable[InputError]) -> tuple[Reason, ...]:
    """Return the questions of designs that are not recomputed: what is wrong with each figure, and where it stands."""
    asked = [_of_problem(problem) for each in refused for problem in each.problems]
    return (*_once(asked), *_of_submission(submission))


def _of_problem(problem: Problem) -> Reason:
    said = Notice(f"errors.{problem.code}", problem.params)
    if problem.method:
        said = Notice("errors.method_refuses", {"method": problem.method, "reason": said})
    place = problem.file if problem.line is None else f"{problem.file}:{problem.line}"
    return Reason(weight="query", said=say("impossible", place=place, said=said), subject=problem.key)


def _once(found: Iterable[Reason]) -> Iterator[Reason]:
    seen: set[str] = set()
    for reason in found:
        key = repr(reason)
        if key not in seen:
            seen.add(key)
            yield reason


def _reason(
    weight: Verdict, code: str, *, law: tuple[str, str] = ("", ""), subject: str = "", **params: object
) -> Reason:
    said = Notice(f"report.verify.reason.{code}", params)
    return Reason(weight=weight, said=said, instrument=law[0], article=law[1], subject=subject)


def _of_submission(submission: "Submission") -> Iterator[Reason]:
    if not submission.manifest:
        yield _reason("query", "no_manifest")
    if not submission.statement.claims:
        yield _reason("query", "no_claims")
    if len(submission.designs) > 1 and submission.rooms.site is None:
        yield _reason("accept_with_conditions", "no_site")


def _of_room(room: RoomVerification, submission: "Submission") -> Iterator[Reason]:
    own = room.assessment
    yield from _of_findings(room)
    yield from (_of_measured_finding(each) for each in room.by_readings)
    yield from _of_hidden(room)
    yield from _of_reading_of_law(own, submission)
    yield from _of_law_named(own, submission)
    for claim in room.claims:
        yield from _of_claim(claim)
    if submission.statement.claims and room.unclaimed:
        yield _reason("query", "not_claimed", places=", ".join(room.unclaimed), design=room.name)
    for reading in room.readings:
        yield from _of_reading(reading)
    for remark in room.remarks:
        yield Reason(weight="query", said=remark.said, subject=remark.subject)
    for item in room.items:
        yield from _of_item(item)
    for flip in room.flips:
        yield from _of_flip(flip)
    if any(notice.code.startswith("assumptions.") for notice in own.notices):
        yield _reason("accept_with_conditions", "assumptions")


def _of_findings(room: RoomVerification) -> Iterator[Reason]:
    own = room.assessment
    open_ones = [
        each for each in own.findings if each.force not in NOT_LIVE and each.outcome in ("fail", "undetermined")
    ]
    for finding in open_ones:
        law = (finding.instrument, finding.article)
        shown: dict[str, object] = {"rule": finding.rule, "demand": Notice(finding.paraphrase, {"rule": finding.rule})}
        by_survey = natural.decided(finding, own, room.readings) if natural.is_measured(finding) else None
        if by_survey is not None:
            yield _of_survey(finding, *by_survey)
        elif finding.outcome == "fail" and finding.force == "binding":
            code = "fails" if isinstance(finding.value, float) else "not_met"
            yield _reason("reject", code, law=law, subject=finding.subject, **shown, **_numbers(finding))
        elif finding.outcome == "fail":
            yield _reason("query", "fails_not_binding", law=law, subject=finding.subject, **shown)
        else:
            why = finding.reason or Notice("report.verify.missing.no_reason", {})
            yield _reason("query", "undetermined", law=law, subject=finding.subject, **shown, why=why)
    lost = [notice for notice in own.notices if notice.code == plugins.LOST_INSTRUMENT]
    yield from (Reason(weight="query", said=notice) for notice in lost)
    if own.exit_code and not open_ones and not lost:
        yield _reason("query", "nothing_binding")


def _of_survey(finding: Finding, decided: natural.Decided, by: Measured) -> Reason:
    """Return what a reading beside the natural background decides of a rule that only readings can decide."""
    grave = decided == "broken" and finding.force == "binding"
    weight: Verdict = "reject" if grave else "accept_with_conditions" if decided == "kept" else "query"
    unit = ("uSv" if by.reading.shows == "h10" else "uGy") + ("" if by.reading.integrated else "/h")
    shown = {"reading": amount(by.reading.value, unit), "background": amount(by.reading.background, unit)}
    law = (finding.instrument, finding.article)
    return _reason(weight, f"background_{decided}", law=law, subject=finding.subject, id=by.reading.id, **shown)


def amount(value: object, unit: str) -> Notice:
    """Return a number with its unit as a notice, so that each language writes it its own way."""
    shown = float(significant(value)) if isinstance(value, float) and isfinite(value) else str(value)
    return Notice("report.verify.amount", {"value": shown, "in_unit": unit})


def _numbers(finding: Finding) -> dict[str, object]:
    value, limit = finding.value, finding.limit
    if isinstance(value, float) and isinstance(limit, float) and finding.unit == finding.limit_unit:
        both = [{"value": read(each), "in_unit": finding.unit} for each in beside(value, limit)]
        return {"value": Notice("report.verify.amount", both[0]), "limit": Notice("report.verify.amount", both[1])}
    return {"value": amount(value, finding.unit), "limit": amount(limit, finding.limit_unit)}


def _of_measured_finding(finding: Finding) -> Reason:
    law = (finding.instrument, finding.article)
    grave = finding.outcome == "fail" and finding.force == "binding"
    code = "measured_fails" if grave else "measured_unclear"
    shown = {"rule": finding.rule, **_numbers(finding)}
    return _reason("reject" if grave else "query", code, law=law, subject=finding.subject, **shown)


def _of_hidden(room: RoomVerification) -> Iterator[Reason]:
    """Yield the rules of which a reading hidden in the background does not show that they are kept."""
    measured = {(each.rule, each.subject) for each in room.by_readings}
    for finding in room.by_hidden:
        if (finding.rule, finding.subject) not in measured:
            law = (finding.instrument, finding.article)
            shown = {"rule": finding.rule, **_numbers(finding)}
            yield _reason("query", "measured_hides", law=law, subject=finding.subject, **shown)


def _of_reading_of_law(own: Assessment, submission: "Submission") -> Iterator[Reason]:
    """Yield what rests on a reading of Article 15(3) that the applicant's file states: it needs the document."""
    stated = own.design.reading_15_3
    if stated is None:
        return
    readings = [fact for fact in own.facts if fact.quantity == READING]
    without = judged_about(own, (fact for fact in own.facts if fact.quantity != READING), readings)
    resting = worse(own.findings, without)
    if resting:
        there = any(each.what == READING_DOCUMENT for each in submission.statement.attachments)
        law = (resting[0].instrument, resting[0].article)
        weight: Verdict = "accept_with_conditions" if there else "query"
        code = "reading_documented" if there else "reading_undocumented"
        yield _reason(weight, code, law=law, document=stated.document, places=_places(resting))


def _of_law_named(own: Assessment, submission: "Submission") -> Iterator[Reason]:
    """Yield that the applicant's file names instruments and day; a question where the law of another day differs."""
    site, dated = submission.rooms.site, submission.statement.dated
    named = (site.instruments if site is not None else ()) or own.design.instruments
    if own.instruments == named:
        yield _reason("accept_with_conditions", "law_named", instruments=", ".join(named), day=own.on)
    days = {each.isoformat() for each in (own.design.on, site and site.on) if each}
    if dated is not None and own.on in days and own.on != dated.isoformat():
        then = {row["id"]: row["state"] for row in status(map(plugins.instrument, own.instruments), dated)}
        changed = [row["id"] for row in own.instrument_status if then.get(row["id"], row["state"]) != row["state"]]
        if changed:
            yield _reason("query", "law_of_day", day=own.on, dated=dated.isoformat(), instruments=", ".join(changed))


def _places(findings: Iterable[Finding]) -> str:
    return ", ".join(dict.fromkeys(each.subject for each in findings))


def _of_claim(found: Judged) -> Iterator[Reason]:
    claim = found.claim
    shown: dict[str, Any] = {"id": claim.id, "written": _written(found), "method": claim.method}
    if found.status == "understated":
        factor = _factor(found.factor)
        code = "understated" if claim.safe == "high" and claim.quantity != "verdict" else "overstated"
        slip = found.slip or ""
        yield _reason("query", code, subject=claim.subject, factor=factor, found=_found(found), slip=slip, **shown)
    elif found.status == "not_reproduced":
        why = found.missing or Notice("report.verify.missing.no_reason", {})
        yield _reason("query", "not_reproduced", subject=claim.subject, why=why, **shown)
    elif found.slip is not None:
        yield _reason("query", "slip", subject=claim.subject, slip=found.slip, found=_found(found), **shown)


def _found(found: Judged) -> Notice:
    """Return what was recomputed, with its unit."""
    if found.recomputed is None:
        return Notice(f"report.verify.outcome.{found.recomputed_verdict}", {})
    return amount(found.recomputed, found.claim.unit)


def _written(found: Judged) -> Notice:
    if found.claim.value is None:
        return Notice(f"report.verify.outcome.{found.claim.written}", {})
    return amount(found.claim.value, found.claim.unit)


def _factor(factor: float | None) -> object:
    return float(significant(factor)) if factor is not None and isfinite(factor) else "∞"


def _of_reading(found: Measured) -> Iterator[Reason]:
    reading = found.reading
    if found.status == "not_counted":
        for why in found.why:
            yield _reason("query", "reading_not_counted", subject=reading.subject, id=reading.id, why=why)
    elif found.status == "above" and found.ratio is not None:
        unit = "uSv/h" if reading.shows == "h10" else "uGy/h"
        shown: dict[str, Any] = {"measured": amount(found.scaled, unit), "computed": amount(found.computed, unit)}
        shown |= {"id": reading.id, "factor": _factor(found.ratio), "slip": found.slip or ""}
        yield _reason("query", "reading_above", subject=reading.subject, **shown)
    elif found.slip is not None:
        unit = "uSv/h" if reading.shows == "h10" else "uGy/h"
        shown = {"measured": amount(found.scaled, unit), "computed": amount(found.computed, unit)}
        yield _reason("query", "reading_slip", subject=reading.subject, id=reading.id, slip=found.slip, **shown)
    if PULSED in (each.code for each in found.steps):
        yield _reason("accept_with_conditions", "reading_pulsed", subject=reading.subject, id=reading.id)


def _of_item(item: Item) -> Iterator[Reason]:
    law = (item.instrument, item.article)
    named = item.instrument if item.id == NOT_HELD else item.id
    if item.id == READING_DOCUMENT:
        return  # asked for where the verdict rests on it
    if item.present is False and item.confidence in BINDING:
        yield _reason("query", "item_missing", law=law, item=item.said)
    elif item.present is False:
        yield replace(_reason("accept_with_conditions", "item_advised", law=law, item=item.said), condition=named)
    elif item.present is None:
        yield replace(_reason("accept_with_conditions", "item_elsewhere", law=law, item=item.said), condition=named)


def _of_flip(flip: Flip) -> Iterator[Reason]:
    if flip.flips and flip.assumption != NO_REASON:
        name = Notice(f"report.verify.assumption.{flip.assumption}", {})
        shown: dict[str, Any] = {
            "assumption": name,
            "change": change_told(flip.change, flip.unit),
            "least": change_told(flip.least or flip.change, flip.unit),
        }
        yield _reason("accept_with_conditions", "near", subject=", ".join(flip.flips), **shown)


def change_told(change: float, unit: str) -> Notice:
    """Return a change of an assumption as it is told: percent, kV, or a share."""
    value = float(significant(100 * change if unit == "percent" else change, 2))
    return Notice("report.verify.amount", {"value": value, "in_unit": {"percent": "%", "share": ""}.get(unit, unit)})
