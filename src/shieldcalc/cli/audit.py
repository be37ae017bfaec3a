"""``shieldcalc audit``: the self-inspection of a facility."""

from collections.abc import Callable
from typing import Any

import click

PERIODS = ("year", "half_year", "quarter", "month")


@click.command("audit")
@click.argument("facility", type=click.Path())
@click.option("--regulation", "regulations", multiple=True, metavar="ID", help="Judge by this instrument (repeatable).")
@click.option("--on", "on", metavar="DATE", help="The day of the question, as 2025-06-30; else evaluation.date.")
@click.option("--json", "json_to", metavar="-|FILE", help="Write everything as JSON to standard output or a file.")
@click.option("--csv", "csv_to", metavar="-|FILE", help="Write the findings as a table, one a row.")
@click.option("--report", "reports_to", multiple=True, metavar="FILE.pdf|.html", help="Write the report (repeatable).")
@click.option("--ledger", "ledger_to", metavar="-|FILE", help="Write the statistics of the hazard ledger as a table.")
@click.option(
    "--period", type=click.Choice(PERIODS), default="year", show_default=True, help="Period of the statistics."
)
@click.option("--lang", "language", default="en", show_default=True, help="Language of what people read.")
@click.pass_context
def command(
    context: click.Context,
    facility: str,
    regulations: tuple[str, ...],
    on: str | None,
    json_to: str | None,
    csv_to: str | None,
    reports_to: tuple[str, ...],
    ledger_to: str | None,
    period: str,
    language: str,
) -> None:
    """Judge FACILITY by every duty and rule that applies to it, its rooms, its people and its hazards.

    FACILITY is a facility file; the design files that it names are checked as ``shieldcalc check`` checks them. What is
    overdue fails; what cannot be judged is told with the key that would answer it.

    Exit code 0: at least one binding rule is kept and nothing fails or is undetermined; 1: a rule fails;
    3: something is undetermined; 2: the input cannot be used.

    \b
    Example:
      shieldcalc audit examples/district_hospital/facility.toml --on 2025-12-01 --report audit.pdf
    """
    from shieldcalc import plugins
    from shieldcalc.cli.common import encode
    from shieldcalc.cli.files import Outputs
    from shieldcalc.cli.language import known_language
    from shieldcalc.facility import load
    from shieldcalc.facility.audit import audit

    context.meta["shieldcalc.language"] = language = known_language(language)
    targets = (json_to, csv_to, ledger_to)
    if targets.count("-") > 1:
        raise click.UsageError("--json -, --csv - and --ledger - each write to standard output; give one of them")
    outputs = Outputs(inputs=(facility,))
    outputs.refuse_inputs(*targets, *reports_to)
    writers = _writers(reports_to)
    catalog = plugins.catalog()
    asked = load(facility, catalog)
    inputs = tuple(room.path(asked) for room in asked.rooms)
    Outputs(inputs=inputs).refuse_inputs(*targets, *reports_to)
    found = audit(asked, catalog, on=on, regulations=regulations, period=period)
    if json_to is not None:
        from shieldcalc.facility.audit_document import document

        outputs.add(json_to, encode(document(found, language)))
    if csv_to is not None:
        from shieldcalc.facility.audit_document import findings_csv

        outputs.add(csv_to, findings_csv(found, language))
    if ledger_to is not None:
        from shieldcalc.facility.audit_ledger import ledger_csv

        outputs.add(ledger_to, ledger_csv(found))
    for target, write in writers:
        from shieldcalc.facility.audit_report import content

        outputs.add(target, write(content(found, language)))
    if "-" not in targets:
        from shieldcalc.facility.audit_text import lines

        outputs.add("-", "".join(f"{line}\n" for line in lines(found, language)).encode())
    outputs.write()
    context.exit(found.exit_code)


def _writers(targets: tuple[str, ...]) -> list[tuple[str, Callable[[dict[str, Any]], bytes]]]:
    if not targets:
        return []
    from shieldcalc.facility.audit_report import writer

    return [(target, writer(target)) for target in targets]
