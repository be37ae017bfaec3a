"""Reports as lines of words: when, what, from whom to whom, by which article."""

from datetime import datetime

from shieldcalc.accident.deadlines import AT_ONCE, Due, shown
from shieldcalc.accident.told import Said, place, say
from shieldcalc.errors import Notice
from shieldcalc.facility.wording import whom


def line(each: Due, now: datetime | None = None) -> Said:
    """Return one report as a line; ``now``: tell whether its time has passed."""
    return lambda language: _told(each, now, language)


def _told(each: Due, now: datetime | None, language: str) -> str:
    code = "line_passed" if each.passed(now) else "line"
    if each.made is not None:
        code = "line_late" if each.late else "line_made"
    duty, force = each.duty, Notice(f"findings.force.{each.duty.force}")
    rule = Notice(
        "report.due.citation", {"instrument": duty.instrument, "article": place(duty.article), "force": force}
    )
    params = {"due": _when(each), "kind": Notice(duty.what), "whom": whom(duty, language), "rule": rule}
    made = {} if each.made is None else {"made": shown(each.made)}
    return say(f"reports.{code}", **params, **made).text(language)


def _when(each: Due) -> Notice:
    event = Notice(f"rules.duty.event.{each.duty.counted_from}")
    if each.term == AT_ONCE:
        known = each.due is not None
        return say("reports.at_once_at", time=_time(each, each.due)) if known else say("reports.at_once", event=event)
    if each.due is not None:
        return say("reports.by", time=_time(each, each.due))
    if each.at_latest is not None:
        return say("reports.latest", event=event, time=_time(each, each.at_latest))
    return say("reports.unknown" if each.term == "stated" else f"reports.{each.term}", event=event)


def _time(each: Due, moment: datetime | None) -> str:
    if moment is None:
        return ""
    return moment.date().isoformat() if each.whole_day else shown(moment)
