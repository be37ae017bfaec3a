"""``shieldcalc due``: what is due at a facility, when, from whom, to whom."""

import click

from shieldcalc.cli import asking
from shieldcalc.cli.common import json_flag


@click.command("due")
@click.argument("facility", type=click.Path())
@asking.on("The day of the question, as 2025-06-30; else evaluation.date.")
@click.option("--from", "first", metavar="DATE", help="First day of what is asked for; else the day of the question.")
@click.option("--to", "last", metavar="DATE", help="Last day of what is asked for; else a year after the first.")
@json_flag
@click.option("--ics", "ics_to", metavar="-|FILE", help="Write the dated duties as an iCalendar file.")
@asking.language()
@click.pass_context
def command(
    context: click.Context,
    facility: str,
    on: str | None,
    first: str | None,
    last: str | None,
    as_json: bool,
    ics_to: str | None,
    language: str,
) -> None:
    """List what the law asks of FACILITY: what, when, from whom, to whom, by which article, counted from what.

    FACILITY is a facility file. What is overdue comes first and is told whatever the bounds; what cannot be dated is
    told with what is missing. Nothing is judged: exit code 0; 2: the input cannot be used; 3:
    a plugin that would give an instrument cannot be used.

    \b
    Example:
      shieldcalc due examples/district_hospital/facility.toml --on 2025-06-30
    """
    from shieldcalc import plugins
    from shieldcalc.cli.common import encode
    from shieldcalc.cli.files import Outputs
    from shieldcalc.cli.language import known_language
    from shieldcalc.errors import UNDETERMINED
    from shieldcalc.facility import due_list, load

    context.meta["shieldcalc.language"] = language = known_language(language)
    if as_json and ics_to == "-":
        raise click.UsageError("--json and --ics - both write to standard output")
    outputs = Outputs(inputs=(facility,))
    outputs.refuse_inputs(ics_to)
    catalog = plugins.catalog()
    found = due_list(load(facility, catalog), catalog.instruments, on=on, first=first, last=last)
    if ics_to is not None:
        from shieldcalc.facility.ics import calendar

        outputs.add(ics_to, calendar(found, language))
    if as_json:
        from shieldcalc.facility.document import document

        outputs.add("-", encode(document(found, language)))
    elif ics_to != "-":
        from shieldcalc.facility.text import lines

        outputs.add("-", "".join(f"{line}\n" for line in lines(found, language)).encode())
    outputs.write()
    context.exit(UNDETERMINED if found.lost else 0)
