"""``shieldcalc check``: one room to dose, verdict and report."""

import click


@click.command("check")
@click.argument("room", type=click.Path())
@click.option("--regulation", "regulations", multiple=True, metavar="ID", help="Judge by this instrument (repeatable).")
@click.option("--method", "methods", multiple=True, metavar="ID", help="Compute with this method (repeatable).")
@click.option("--on", "on", metavar="DATE", help="Judge by the law of this day, as 2025-06-30.")
@click.option("--json", "json_to", metavar="-|FILE", help="Write everything as JSON to standard output or a file.")
@click.option(
    "--report", "report_to", metavar="FILE.pdf|.html|.docx", help="Write the report; the ending chooses its kind."
)
@click.option("--lang", "language", default="en", show_default=True, help="Language of what people read.")
@click.pass_context
def command(
    context: click.Context,
    room: str,
    regulations: tuple[str, ...],
    methods: tuple[str, ...],
    on: str | None,
    json_to: str | None,
    report_to: str | None,
    language: str,
) -> None:
    """Compute the dose behind every barrier of ROOM and judge it against the law.

    Exit code 0: at least one binding dose rule keeps at every occupied point and nothing fails or is undetermined;
    1: a rule fails; 3: something is undetermined; 2: the input cannot be used.

    \b
    Example:
      shieldcalc check examples/district_hospital_radiography.toml --report report.pdf
    """
    from shieldcalc import plugins
    from shieldcalc.assess import assess
    from shieldcalc.cli.files import Outputs
    from shieldcalc.cli.language import known_language
    from shieldcalc.model.loader import load

    context.meta["shieldcalc.language"] = language = known_language(language)
    outputs = Outputs(inputs=(room,))
    outputs.refuse_inputs(json_to, report_to)
    kind = None if report_to is None else plugins.report(report_to)
    assessment = assess(load(room, plugins.catalog()), regulations=regulations, methods=methods, on=on)
    if json_to is not None:
        from shieldcalc.cli.common import encode
        from shieldcalc.reports.json import document

        outputs.add(json_to, encode(document(assessment, language)))
    if kind is not None and report_to is not None:
        outputs.add(report_to, kind.write(assessment, language))
    outputs.write()
    if json_to != "-":
        from shieldcalc.reports.terminal import show

        show(assessment, language)
    context.exit(assessment.exit_code)
