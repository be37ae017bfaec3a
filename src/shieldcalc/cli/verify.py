"""``shieldcalc verify``: an applicant's submission recomputed, its claims and readings judged."""

import click

_JSON = "Write everything as JSON to a file, or (alone, or with -) to standard output."


@click.command("verify")
@click.argument("submission", type=click.Path())
@click.option("--regulation", "regulations", multiple=True, metavar="ID", help="Judge by this instrument (repeatable).")
@click.option(
    "--method", "methods", multiple=True, metavar="ID", help="Compute the verdict by this method (repeatable)."
)
@click.option("--on", "on", metavar="DATE", help="Judge by the law of this day, as 2025-06-30.")
@click.option("--json", "json_to", metavar="[-|FILE]", is_flag=False, flag_value="-", help=_JSON)
@click.option(
    "--report", "reports_to", multiple=True, metavar="FILE.pdf|.html|.docx", help="Write the report (repeatable)."
)
@click.option("--lang", "language", default="en", show_default=True, help="Language of what people read.")
@click.pass_context
def command(
    context: click.Context,
    submission: str,
    regulations: tuple[str, ...],
    methods: tuple[str, ...],
    on: str | None,
    json_to: str | None,
    reports_to: tuple[str, ...],
    language: str,
) -> None:
    """Recompute SUBMISSION, a folder or a zip, and judge what its applicant claims and measured.

    Each claim is judged by its own stated method; the verdict is by the methods of the design, or --method.

    Exit code 0: accept; 1: reject, a binding rule fails; 3: accept with conditions, or questions; 2: the submission
    cannot be used.

    \b
    Example:
      shieldcalc verify examples/submissions/ct_honest --report verification.pdf
    """
    from shieldcalc.cli.common import encode
    from shieldcalc.cli.files import Outputs
    from shieldcalc.cli.language import known_language
    from shieldcalc.reports.laying import layout
    from shieldcalc.verify.bounds import bounded
    from shieldcalc.verify.document import document
    from shieldcalc.verify.report import content
    from shieldcalc.verify.run import Submission, verify

    context.meta["shieldcalc.language"] = language = known_language(language)
    outputs = Outputs(inputs=(submission,))
    outputs.refuse_inputs(json_to, *reports_to)
    refuse_inside(submission, json_to, *reports_to)
    layouts = [(target, layout(target)) for target in reports_to]
    with bounded():
        found = verify(Submission(submission), regulations, methods, on)
        said = content(found, language)
        if json_to is not None:
            outputs.add(json_to, encode(document(found, language)))
        for target, lay in layouts:
            outputs.add(target, lay(said))
    outputs.write()
    if json_to != "-":
        from shieldcalc.reports.terminal import show_content

        show_content(said)
    context.exit(found.exit_code)


def refuse_inside(folder: str, *targets: str | None) -> None:
    """Raise OutputError for an output inside the submission's own folder: it would change what is verified."""
    from os.path import commonpath, isdir, realpath

    from shieldcalc.cli.files import OutputError

    top = realpath(folder)
    for target in targets:
        if target not in (None, "-") and isdir(top) and commonpath([top, realpath(str(target))]) == top:
            raise OutputError("output_is_input", file=target)
