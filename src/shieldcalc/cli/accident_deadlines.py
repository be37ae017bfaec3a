"""``shieldcalc accident deadlines``: every report on an accident, when, from whom, to whom."""

from typing import TYPE_CHECKING

import click

from shieldcalc.cli.accident_common import answer, answer_options, one_of, place_of, speak

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from shieldcalc.accident.deadlines import Due, Place
    from shieldcalc.accident.told import Part


@click.command("deadlines")
@click.option("--discovered", required=True, metavar="TIME", help="When it was discovered: 2026-03-01T08:15.")
@click.option("--jurisdiction", required=True, metavar="PLACE", help="CN/Guangxi, elsewhere in CN, VN/Lao Cai or VN.")
@click.option("--grade", metavar="I..IV", help="Grade of the accident, as accident grade gives it.")
@click.option("--event", "events", type=(str, str), multiple=True, metavar="EVENT TIME",
              help="What has happened, such as received_city 2026-03-01T09:00; ended (the response).")  # fmt: skip
@click.option("--met", multiple=True, metavar="CONDITION", help="A condition for ending the response that is met.")
@click.option("--now", metavar="TIME", help="Tell which times have passed at this time.")
@answer_options
@click.pass_context
def command(
    context: click.Context,
    discovered: str,
    jurisdiction: str,
    grade: str | None,
    events: tuple[tuple[str, str], ...],
    met: tuple[str, ...],
    now: str | None,
    as_json: bool,
    language: str,
) -> None:
    """List every report that an accident calls for, each with its own clock from its own event.

    Times without an offset are those of the place; events are received_local, received_city, received_region,
    received_county_government, received_city_government, received_superior, received_dost, facts_clear, handled, ended,
    summaries_received; of reports that came received_written, received_follow_up, received_final, received_summary.

    \b
    Example:
      shieldcalc accident deadlines --jurisdiction CN/Guangxi --grade II
        --discovered 2026-03-01T08:15 --event received_city 2026-03-01T09:40
    """
    from shieldcalc.accident import deadlines, ending
    from shieldcalc.accident.grading import GRADES
    from shieldcalc.accident.told import part, say

    language = speak(context, language)
    where = deadlines.place(place_of(jurisdiction))
    start, hour_said = deadlines.moment("--discovered", discovered, where.zone)
    if grade is not None:
        one_of("grade", grade, GRADES)
    known: dict[str, datetime] = {}
    for name, text in events:
        when = deadlines.moment("--event", text, where.zone)[0]
        known[one_of("event", name, deadlines.events())] = min(when, known.get(name, when))
    at = None if now is None else deadlines.moment("--now", now, where.zone)[0]
    found = deadlines.dues(where, start, known, grade, at)
    end = ending.checklist(where.jurisdiction, met, start.date())
    document = {
        "jurisdiction": where.jurisdiction,
        "time_zone": str(where.zone),
        "discovered": start.isoformat(timespec="minutes"),
        "grade": grade,
        "now": None if at is None else at.isoformat(timespec="minutes"),
        "reports": [as_json_of(each, language, at) for each in found],
        "end_conditions": [{**each._asdict(), "text": say(f"end.{each.condition}").text(language)} for each in end],
    }
    said = [*deadlines.notices(found, where, hour_said), *ending.notices(end, ended="ended" in known)]
    told = [*parts(found, where, start, at), *([part("end.title", map(ending.line, end))] if end else [])]
    answer("deadlines", document, told, (as_json, language), said, (deadlines.REPORTS_TABLE, ending.END_TABLE))


def as_json_of(each: "Due", language: str, now: "datetime | None") -> dict[str, object]:
    """Return one report as a JSON object; times are the place's own, with their offset."""
    from shieldcalc.facility.document import duty_row

    def iso(when: "datetime | None") -> str | None:
        return (
            None if when is None else when.date().isoformat() if each.whole_day else when.isoformat(timespec="minutes")
        )

    return {
        "id": each.id,
        "kind": each.kind,
        "event": None if each.event is None else each.event.isoformat(timespec="minutes"),
        "term": each.term,
        "at_latest": iso(each.at_latest),
        "applies": each.applies,
        "passed": each.passed(now),
        "made": None if each.made is None else each.made.isoformat(timespec="minutes"),
        **duty_row(each.duty, language),
    }


def parts(
    found: "tuple[Due, ...]", where: "Place", start: "datetime", now: "datetime | None" = None
) -> "Iterator[Part]":
    """Yield the reports that apply, then those that hold for other grades, then what is no longer in force."""
    from shieldcalc.accident.deadlines import shown
    from shieldcalc.accident.due_lines import line
    from shieldcalc.accident.told import part

    live = [each for each in found if each.duty.force not in ("repealed", "not_yet_valid")]
    title = {"place": where.jurisdiction, "time": shown(start)}
    yield part("reports.title", [line(each, now) for each in live if each.applies], **title)
    unsure = [line(each, now) for each in live if each.applies is None]
    if unsure:
        yield part("reports.by_grade", unsure)
    other = [line(each, now) for each in live if each.applies is False]
    if other:
        yield part("reports.other_grades", other)
    dead = [line(each, now) for each in found if each not in live]
    if dead:
        yield part("reports.not_in_force", dead)
