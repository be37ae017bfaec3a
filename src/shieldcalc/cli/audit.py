"""``shieldcalc audit``: the self-inspection of a facility."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from shieldcalc.cli import asking
from shieldcalc.cli.common import OneOf

if TYPE_CHECKING:
    from shieldcalc.facility.audit import Audit

Writers = list[tuple[str, Callable[[dict[str, Any]], bytes]]]
PERIODS = ("year", "half_year", "quarter", "month")


@click.command("audit")
@click.argument("facility", type=click.Path())
@asking.regulations
@asking.on("The day of the question, as 2025-06-30; else evaluation.date.")
@asking.json_to()
@click.option("--csv", "csv_to", metavar="-|FILE", help="Write the findings as a table, one a row.")
@asking.reports_to("FILE.pdf|.html")
@click.option("--ledger", "ledger_to", metavar="-|FILE", help="Write the statistics of the hazard ledger as a table.")
@click.option("--period", type=OneOf(PERIODS), default="year", show_default=True, help="Period of the statistics.")
@asking.language()
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
    from shieldcalc.cli.accident_threat import desk
    from shieldcalc.cli.files import Outputs
    from shieldcalc.cli.language import known_language
    from shieldcalc.facility import load
    from shieldcalc.facility.audit import audit

    context.meta["shieldcalc.language"] = language = known_language(language)
    targets = (json_to, csv_to, ledger_to)
    if targets.count("-") > 1:
        raise click.UsageError("--json -, --csv - and --ledger - each write to standard output; give one of them")
    writers, catalog = _writers(reports_to), plugins.catalog()
    Outputs(inputs=(facility,)).refuse_inputs(*targets, *reports_to)
    found = audit(load(facility, catalog), catalog, on=on, regulations=regulations, period=period, ask_desk=desk)
    outputs = Outputs(inputs=found.inputs)
    outputs.refuse_inputs(*targets, *reports_to)
    for target, content in (*_tables(found, language, targets), *_reports(found, language, writers)):
        outputs.add(target, content)
    outputs.write()
    context.exit(found.exit_code)


def _tables(found: "Audit", language: str, targets: tuple[str | None, ...]) -> Iterator[tuple[str, bytes]]:
    """Yield what goes where as JSON and tables; as text to standard output where nothing else does."""
    from shieldcalc.cli.common import encode
    from shieldcalc.facility.audit_document import document, findings_csv
    from shieldcalc.facility.audit_ledger import ledger_csv
    from shieldcalc.facility.audit_text import lines

    json_to, csv_to, ledger_to = targets
    if json_to is not None:
        yield json_to, encode(document(found, language))
    if csv_to is not None:
        yield csv_to, findings_csv(found, language)
    if ledger_to is not None:
        yield ledger_to, ledger_csv(found)
    if "-" not in targets:
        yield "-", "".join(f"{line}\n" for line in lines(found, language)).encode()


def _reports(found: "Audit", language: str, writers: Writers) -> Iterator[tuple[str, bytes]]:
    if writers:
        from shieldcalc.facility.audit_report import content

        report = content(found, language)
        yield from ((target, write(report)) for target, write in writers)


def _writers(targets: tuple[str, ...]) -> Writers:
    if not targets:
        return []
    from shieldcalc.facility.audit_report import writer

    return [(target, writer(target)) for target in targets]
