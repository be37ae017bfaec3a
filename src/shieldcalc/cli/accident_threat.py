"""``shieldcalc accident threat-category``: threat group of a facility, and the plan that it needs."""

from typing import TYPE_CHECKING

import click

from shieldcalc.cli.accident_common import answer, answer_options, speak
from shieldcalc.errors import Notice, OutsideDataError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from shieldcalc.accident.ladders import Judged
    from shieldcalc.accident.machines import Machine
    from shieldcalc.accident.threat import Bare, Threat
    from shieldcalc.accident.told import Part
    from shieldcalc.facility.desk import Desk
    from shieldcalc.model.facility import Facility


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
    from shieldcalc.accident.threat import threat
    from shieldcalc.assess import day_of
    from shieldcalc.facility import load

    language = speak(context, language)
    read = load(facility, plugins.catalog())
    day = day_of(on) or read.on
    if day is None:
        raise OutsideDataError("facility.no_date")
    found = threat(read, day)
    document = {
        "facility": read.name,
        "on": day.isoformat(),
        **_told(found, language),
        "declared_rates_mGy_per_h": {
            each.device: each.declared_mGy_per_h for each in found.machines if each.declared_mGy_per_h is not None
        },
        "rates_not_declared": [each.device for each in found.machines if each.declared_mGy_per_h is None],
    }
    answer("threat-category", document, _parts(found), (as_json, language), found.notices, _tables(found))


def _tables(found: "Threat") -> tuple[str, ...]:
    from shieldcalc.accident.threat import PLAN_TABLE

    return (PLAN_TABLE, *(name for each in found.machines for name in each.tables))


def _item(item: str) -> Notice:
    return Notice(f"report.accident.plan.{item.replace('đ', 'dd')}")


def desk(facility: "Facility", on: "date", instruments: frozenset[str]) -> "Desk | None":
    """Return the threat group of a facility and findings on its plan; None where no instrument asked knows groups."""
    from shieldcalc.accident.plan import plan_items
    from shieldcalc.accident.threat import ADVICE, CIRCULAR, LATER, threat
    from shieldcalc.facility.desk import Desk

    if not instruments & {CIRCULAR, LATER, ADVICE}:
        return None
    found = threat(facility, on)
    *told, _ = _parts(found)
    items = plan_items(found.plan, on, _item) if CIRCULAR in instruments else ()
    parts = tuple((each.title, _plain(each)) for each in told)
    return Desk(parts, lambda language: _of_desk(found, language), tuple(items), found.notices, _tables(found))


def _plain(told: "Part") -> tuple[Notice | str, ...]:
    """Return the lines of a part; none of this desk's is made only once its language is known."""
    return tuple(line for line in told.lines if isinstance(line, Notice | str))


def _of_desk(found: "Threat", language: str) -> dict[str, object]:
    notices = [{"code": each.code, "text": each.text(language)} for each in found.notices]
    return {**_told(found, language), "notices": notices}


def _told(found: "Threat", language: str) -> dict[str, object]:
    from shieldcalc.accident.ladders import class_row

    plan = found.plan
    return {
        "group": found.group or None,
        "outcome": "determined" if found.group else "undetermined",
        "last_known": found.last_known or None,
        "graver": found.graver or None,
        "classifications": [class_row(each) for each in found.classes],
        "criteria": [_row(each, language) for each in found.judged],
        "unshielded": [_bare(each) for each in found.bare],
        "machines": [_machine(each, language) for each in found.machines],
        "plan": {
            "types": list(plan.types),
            "contents": [{"item": item, "text": _item(item).text(language)} for item in plan.contents],
            "missing": None if plan.missing is None else list(plan.missing),
        },
    }


def _bare(each: "Bare") -> dict[str, object]:
    return {
        "name": each.name,
        "sources": list(each.sources),
        "air_kerma_rate_at_1m_mGy_per_h": each.rate_mGy_per_h,
        "use": each.use,
        "category": each.category,
    }


def _machine(each: "Machine", language: str) -> dict[str, object]:
    from shieldcalc.accident.threat import rate_bound

    return {
        "device": each.device,
        "air_kerma_rate_at_1m_mGy_per_h": each.rate_mGy_per_h,
        "basis": each.basis,
        "declared_mGy_per_h": each.declared_mGy_per_h,
        "reaches_bound": each.reaches(rate_bound()),
        "governed_by": each.article,
        "named_there": each.named,
        "reason": None if each.reason is None else each.reason.text(language),
        "assumed": [notice.text(language) for notice in each.said],
    }


def _row(each: "Judged", language: str) -> dict[str, object]:
    from shieldcalc.accident.ladders import row

    found = row(each, language)
    return {"rule": found["rule"], "group": found.pop("grade"), **found}


def _parts(found: "Threat") -> "Iterator[Part]":
    from shieldcalc.accident.threat import rate_bound
    from shieldcalc.accident.told import kept, part, say

    bounds = [rate_bound()]
    head = (
        say("threat.head", group=found.group) if found.group else say("threat.head_open", group=found.last_known or "-")
    )
    if found.graver:
        head = say("threat.head_graver", head=head, graver=found.graver)
    yield part("threat.title", [_line(each) for each in found.judged if each.met], head=head)
    opened = [_line(each) for each in found.judged if each.met is None]
    if opened:
        yield part("threat.open", opened)
    lines = []
    for each in found.bare:
        rate = "-" if each.rate_mGy_per_h is None else kept(each.rate_mGy_per_h, bounds)
        category = "-" if each.category is None else str(each.category)
        use = say(f"threat.use.{each.use}")
        lines.append(say("threat.bare", name=each.name, rate=rate, use=use, category=category))
    lines += [_machine_line(each) for each in found.machines]
    if lines:
        yield part("threat.rates", lines)
    yield from _plan_part(found)
    yield part("threat.not_met", [_line(each) for each in found.judged if each.met is False])


def _machine_line(each: "Machine") -> Notice:
    from shieldcalc.accident.threat import rate_bound
    from shieldcalc.accident.told import kept, place, say
    from shieldcalc.units import significant

    bound, rate = rate_bound(), each.rate_mGy_per_h
    params: dict[str, object] = {"name": each.device, "article": place(each.article)}
    if rate is None:
        known = each.reason is not None
        return say("threat.not_computed", reason=each.reason, **params) if known else say("threat.not_stated", **params)
    basis: Notice | str = say(f"threat.basis.{each.basis}")
    if each.declared_mGy_per_h is not None and each.basis != "declared":
        basis = say("threat.beside", basis=basis, declared=significant(each.declared_mGy_per_h))
    if each.reason is not None:
        basis = say("threat.because", basis=basis, reason=each.reason)
    against = say("threat.reached" if each.reaches(bound) else "threat.under", bound=f"{bound:g}")
    return say("threat.machine", rate=kept(rate, [bound]), basis=basis, against=against, **params)


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
    from shieldcalc.accident.ladders import asks, rule_of
    from shieldcalc.accident.told import say

    found, force = each.criterion, Notice(f"findings.force.{each.force}")
    return say("threat.line", group=found.grade, asks=asks(found), rule=rule_of(found), force=force)
