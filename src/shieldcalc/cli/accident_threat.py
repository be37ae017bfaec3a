"""``shieldcalc accident threat-category``: threat group of a facility, and the plan that it needs."""

from typing import TYPE_CHECKING

import click

from shieldcalc.cli.accident_common import answer, answer_options, speak
from shieldcalc.errors import Notice, OutsideDataError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from shieldcalc.accident.judged import Judged
    from shieldcalc.accident.threat import Bare, Threat
    from shieldcalc.accident.told import Part


@click.command("threat-category")
@click.argument("facility", type=click.Path())
@click.option("--on", metavar="DATE", help="The day of the question, 2014-03-01; else evaluation.date of the file.")
@answer_options
@click.pass_context
def command(context: click.Context, facility: str, on: str | None, as_json: bool, language: str) -> None:
    """Classify FACILITY into threat group I to V with every criterion, and list what its emergency plan has to hold.

    Sources, devices and the table [emergency] of the facility file are read; the rate at 1 m of each source with its
    shield lost is computed for the day.

    \b
    Example:
      shieldcalc accident threat-category facility.toml --on 2014-03-01
    """
    from shieldcalc import plugins
    from shieldcalc.accident.threat import PLAN_TABLE, declared_rates, threat
    from shieldcalc.assess import day_of
    from shieldcalc.facility import load

    language = speak(context, language)
    read = load(facility, plugins.catalog())
    day = day_of(on) or read.on
    if day is None:
        raise OutsideDataError("facility.no_date")
    found = threat(read, day)
    rates = declared_rates(read.emergency)
    document = {
        "facility": read.name,
        "on": day.isoformat(),
        "group": found.group or None,
        "outcome": "determined" if found.group else "undetermined",
        "last_known": found.last_known or None,
        "graver": found.graver or None,
        "criteria": [_row(each, language) for each in found.judged],
        "unshielded": [_bare(each) for each in found.bare],
        "declared_rates_mGy_per_h": dict(rates),
        "plan": {
            "types": list(found.plan.types),
            "contents": [{"item": item, "text": _item(item).text(language)} for item in found.plan.contents],
            "missing": None if found.plan.missing is None else list(found.plan.missing),
        },
    }
    answer("threat-category", document, _parts(found, rates), (as_json, language), found.notices, (PLAN_TABLE,))


def _item(item: str) -> Notice:
    return Notice(f"report.accident.plan.{item.replace('đ', 'dd')}")


def _bare(each: "Bare") -> dict[str, object]:
    return {
        "name": each.name,
        "sources": list(each.sources),
        "air_kerma_rate_at_1m_mGy_per_h": each.rate_mGy_per_h,
        "use": each.use,
        "category": each.category,
    }


def _row(each: "Judged", language: str) -> dict[str, object]:
    found = each.criterion
    return {
        "rule": f"{found.instrument}/{found.id}",
        "group": found.grade,
        "text": _asks(each).text(language),
        "value": list(each.value) if isinstance(each.value, tuple) else each.value,
        "met": each.met,
        "force": each.force,
    }


def _asks(each: "Judged") -> Notice:
    from shieldcalc.accident.judged import asked
    from shieldcalc.accident.told import say

    found = asked(each.criterion)
    quantity = say(f"threat.quantity.{found.quantity}")
    low, high = ("" if end is None else f"{end:g}" for end in (found.low, found.high))
    return say(f"threat.{found.kind}", quantity=quantity, low=low, high=high) if found.kind else quantity


def _parts(found: "Threat", rates: "dict[str, float] | object") -> "Iterator[Part]":
    from shieldcalc.accident.threat import rate_bound
    from shieldcalc.accident.told import kept, part, say
    from shieldcalc.units import significant

    head = (
        say("threat.head", group=found.group) if found.group else say("threat.head_open", group=found.last_known or "-")
    )
    yield part("threat.title", [_line(each) for each in found.judged if each.met], head=head)
    opened = [_line(each) for each in found.judged if each.met is None]
    if opened:
        yield part("threat.open", opened)
    lines = []
    for each in found.bare:
        rate = "-" if each.rate_mGy_per_h is None else kept(each.rate_mGy_per_h, (rate_bound(),))
        category = "-" if each.category is None else str(each.category)
        use = say(f"threat.use.{each.use}")
        lines.append(say("threat.bare", name=each.name, rate=rate, use=use, category=category))
    if isinstance(rates, dict):
        lines += [say("threat.declared", name=name, rate=significant(rate)) for name, rate in rates.items()]
    if lines:
        yield part("threat.rates", lines)
    yield from _plan_part(found)
    yield part("threat.not_met", [_line(each) for each in found.judged if each.met is False])


def _plan_part(found: "Threat") -> "Iterator[Part]":
    from shieldcalc.accident.told import part, say

    plan = found.plan
    if not plan.types:
        return
    missing = plan.missing
    marks = {item: "[?]" if missing is None else "[ ]" if item in missing else "[x]" for item in plan.contents}
    lines = [say(f"threat.type.{each}") for each in plan.types]
    lines += [say("cordon.phase", mark=marks[item], number=item, text=_item(item)) for item in plan.contents]
    if missing is None:
        lines.append(say("threat.plan_not_said"))
    yield part("threat.plan", lines)


def _line(each: "Judged") -> Notice:
    from shieldcalc.accident.told import say

    found = each.criterion
    force = Notice(f"findings.force.{each.force}")
    return say("threat.line", group=found.grade, asks=_asks(each), rule=f"{found.instrument} {found.id}", force=force)
