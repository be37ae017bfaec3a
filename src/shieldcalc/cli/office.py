"""``shieldcalc office``: what a ledger holds, what another law would do, what became of what was found."""

from datetime import date
from math import isnan
from typing import Any

import click

from shieldcalc.cli import office_follow_up
from shieldcalc.cli.common import OneOf, cores
from shieldcalc.cli.office_forms import Forms, day, present, told, workers

PERIODS = ("year", "half_year", "quarter", "month")
OUTCOMES = ("accept", "accept_with_conditions", "query", "reject", "refused")


@click.group("office", no_args_is_help=True)
def office() -> None:
    """Ask the regulator's ledger, which `shieldcalc verify FOLDER... --ledger FILE` writes.

    \b
    Examples:
      shieldcalc verify incoming --ledger office.sqlite --resume
      shieldcalc office report office.sqlite --on 2025-12-31 --report year.html
      shieldcalc office what-if office.sqlite --regulation VN-13-2014 --on 2026-01-01
    """


def _number(_context: click.Context, _option: click.Parameter, value: float | None) -> float | None:
    if value is not None and isnan(value):
        raise click.BadParameter("a number is needed")
    return value


@office.command("list")
@told(report=False)
@click.option("--outcome", "outcomes", multiple=True, type=OneOf(OUTCOMES), help="Only these (repeatable).")
@click.option("--applicant", default="", metavar="TEXT", help="Only applicants whose name holds this.")
@click.option("--rule", default="", metavar="ID", help="Only where this rule fails or is undetermined.")
@click.option(
    "--margin-below",
    type=float,
    metavar="FACTOR",
    callback=_number,
    help="Only where limit / value is somewhere lower.",
)
@click.option("--gone", is_flag=True, help="Only submissions that are no longer there.")
@click.option("--copies", is_flag=True, help="Only submissions of which another has the same content.")
@present
def list_(ledger: str, forms: Forms, *, present: bool, **asked: Any) -> None:
    """List the submissions of LEDGER with outcome and tightest margin.

    \b
    Example:
      shieldcalc office list office.sqlite --outcome reject --outcome query
    """
    from shieldcalc.office import document, report
    from shieldcalc.office.ledger import Ledger
    from shieldcalc.office.summary import Filter, listed

    if present and asked["gone"]:
        raise click.UsageError("--gone and --present leave nothing; give one of them")
    with Ledger(ledger, present=present) as held:
        rows = listed(held, Filter(**asked))
    said = lambda: report.listing(rows, forms.language, ledger)  # noqa: E731
    forms.write(said, lambda: document.listing(rows, ledger), lambda: document.listing_table(rows))


@office.command("show")
@told(table=False, report=False)
@click.argument("submission")
def show(ledger: str, forms: Forms, submission: str) -> None:
    """Show what LEDGER holds of SUBMISSION, called as `office list` names it.

    \b
    Example:
      shieldcalc office show office.sqlite incoming/vn_ct_honest
    """
    from shieldcalc.errors import UnknownNameError
    from shieldcalc.office import document, report
    from shieldcalc.office.ledger import Ledger
    from shieldcalc.office.summary import near, one

    with Ledger(ledger) as held:
        found = one(held, submission)
        if found is None:
            raise UnknownNameError("submission", submission, near(held, submission))
    said = lambda: report.submission(found, forms.language, ledger)  # noqa: E731
    forms.write(said, lambda: document.submission(found, forms.language))


@office.command("report")
@told()
@click.option(
    "--on", "on", metavar="DATE", callback=day, help="Count follow-ups as of this day; else the last recorded."
)
@click.option("--period", type=OneOf(PERIODS), default="year", show_default=True, help="Of the statistics.")
@click.option("--newest/--no-newest", default=True, help="Judge every room by the newest law too.  [default: newest]")
@workers
@present
def report_(
    ledger: str, forms: Forms, on: date | None, period: str, workers: int | None, *, newest: bool, present: bool
) -> None:
    """Tell what LEDGER holds: outcomes, findings by article, margins, the newest law, statistics of follow-ups.

    \b
    Example:
      shieldcalc office report office.sqlite --on 2025-12-31 --report year.html --lang vi
    """
    from shieldcalc.office import document, report
    from shieldcalc.office.ledger import Ledger
    from shieldcalc.office.summary import summary

    with Ledger(ledger, present=present) as held:
        found = summary(held, forms.language, on, period, newest=newest, workers=workers or cores())
    said = lambda: report.content(found, forms.language)  # noqa: E731
    forms.write(said, lambda: document.report(found, forms.language), lambda: document.report_table(found))


@office.command("what-if")
@told()
@click.option("--regulation", "regulations", multiple=True, metavar="ID", help="Judge by this instrument (repeatable).")
@click.option("--on", "on", metavar="DATE", callback=day, help="Judge by the law of this day, as 2026-01-01.")
@workers
@present
def what_if(
    ledger: str, forms: Forms, regulations: tuple[str, ...], on: date | None, workers: int | None, *, present: bool
) -> None:
    """Judge every room of LEDGER by other instruments or on another day, from its stored facts; nothing is stored.

    The verdict of the law alone: claims, readings and documents are those of `verify`. A room with sealed sources is
    judged on its own day only, as its doses are of that day.

    \b
    Example:
      shieldcalc office what-if office.sqlite --regulation VN-13-2014 --on 2026-01-01 --csv changes.csv
    """
    from shieldcalc.office import document, report
    from shieldcalc.office import what_if as judged
    from shieldcalc.office.ledger import Ledger

    if not regulations and on is None:
        raise click.UsageError("what if what? Give --regulation ID or --on DATE")
    with Ledger(ledger, present=present) as held:
        found = list(judged.what_if(held, tuple(dict.fromkeys(regulations)), on, workers or cores()))
    said = lambda: report.what_if(ledger, found, forms.language)  # noqa: E731
    forms.write(said, lambda: document.what_if(ledger, found), lambda: document.what_if_table(found))


for _command in (office_follow_up.inspection, office_follow_up.follow_up, office_follow_up.withdraw):
    office.add_command(_command)
