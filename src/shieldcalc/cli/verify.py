"""``shieldcalc verify``: an applicant's submission recomputed, its claims and readings judged."""

import click

from shieldcalc.cli import asking


@click.command("verify")
@click.argument("submissions", metavar="SUBMISSION|FOLDER...", type=click.Path(), nargs=-1, required=True)
@asking.regulations
@asking.methods
@asking.on()
@asking.json_to()
@asking.reports_to("FILE.pdf|.html|.docx")
@click.option(
    "--seen",
    multiple=True,
    metavar="CONDITION",
    help="A condition, by its name, that you have seen fulfilled (repeatable).",
)
@click.option(
    "--ledger", metavar="FILE", type=click.Path(), help="Verify all below FOLDER... into this ledger (SQLite)."
)
@click.option("--workers", type=click.IntRange(1, 256), help="Processes that verify into the ledger; else one a core.")
@click.option(
    "--dask", metavar="ADDRESS", help="The workers of this dask scheduler verify, as tcp://10.0.0.1:8786 (extra: dask)."
)
@click.option("--resume", is_flag=True, help="Only what the ledger lacks, or what has changed since.")
@asking.language()
@click.pass_context
def command(
    context: click.Context,
    submissions: tuple[str, ...],
    regulations: tuple[str, ...],
    methods: tuple[str, ...],
    on: str | None,
    json_to: str | None,
    reports_to: tuple[str, ...],
    seen: tuple[str, ...],
    ledger: str | None,
    workers: int | None,
    dask: str | None,
    resume: bool,
    language: str,
) -> None:
    """Recompute SUBMISSION, a folder or a zip, and judge what its applicant claims and measured.

    With --ledger: every submission below FOLDER... A folder with a manifest or claims, and a zip, is one submission;
    any other folder holds submissions. One that cannot be used is a row of the ledger, never a stop.

    Each claim is judged by its own stated method; the verdict is by the methods of the design, or --method.

    Exit code 0: accept; 1: reject, a binding rule fails; 3: accept with conditions, or questions; 2: the submission
    cannot be used. With --ledger 1: one is rejected; 3: one is not accepted, or refused; 0: all are accepted.

    \b
    Examples:
      shieldcalc verify examples/submissions/vn_ct_honest --report verification.pdf
      shieldcalc verify examples/submissions/vn_ct_honest --seen assumptions --seen translated
      shieldcalc verify incoming --ledger office.sqlite --workers 2 --resume
      shieldcalc verify incoming --ledger office.sqlite --dask tcp://10.0.0.1:8786 --resume
    """
    from shieldcalc.cli.language import known_language

    context.meta["shieldcalc.language"] = language = known_language(language)
    if ledger is not None:
        from shieldcalc.cli.office_verify import into_ledger

        if seen:
            raise click.UsageError("--seen is of one submission; verify it without --ledger")
        if reports_to:
            raise click.UsageError("--report is of one submission; `shieldcalc office report` tells of a ledger")
        if dask is not None and workers is not None:
            raise click.UsageError("--workers are of this machine, --dask has its own; give one of them")
        asked = (regulations, methods, on)
        context.exit(into_ledger(submissions, ledger, asked, workers, dask, json_to, language, resume=resume))
    if len(submissions) > 1 or workers is not None or dask is not None or resume:
        raise click.UsageError("several submissions, --workers, --dask and --resume need --ledger FILE")
    context.exit(_one(submissions[0], (regulations, methods, on), seen, json_to, reports_to, language))


def _one(
    submission: str,
    asked: tuple[tuple[str, ...], tuple[str, ...], str | None],
    seen: tuple[str, ...],
    json_to: str | None,
    reports_to: tuple[str, ...],
    language: str,
) -> int:
    """Verify one submission, write what was asked for, and return the exit code."""
    from shieldcalc.cli.common import encode
    from shieldcalc.cli.files import Outputs
    from shieldcalc.reports.laying import layout
    from shieldcalc.verify.bounds import bounded
    from shieldcalc.verify.document import document
    from shieldcalc.verify.report import content
    from shieldcalc.verify.run import Submission, verify

    outputs = Outputs(inputs=(submission,))
    outputs.refuse_inputs(json_to, *reports_to)
    refuse_inside(submission, json_to, *reports_to)
    layouts = [(target, layout(target)) for target in reports_to]
    with bounded():
        found = verify(Submission(submission), *asked, seen=seen)
        said = content(found, language)
        if json_to is not None:
            outputs.add(json_to, encode(document(found, language)))
        for target, lay in layouts:
            outputs.add(target, lay(said))
    outputs.write()
    if json_to != "-":
        from shieldcalc.reports.terminal import show_content

        show_content(said)
    return found.exit_code


def refuse_inside(folder: str, *targets: str | None) -> None:
    """Raise OutputError for an output in the submission's own folder, which it would change, or that is a link.

    A link to a device, as /dev/stdout may be, is the device.
    """
    from os.path import commonpath, exists, isdir, isfile, islink, realpath

    from shieldcalc.cli.files import OutputError

    top = realpath(folder)
    for target in (each for each in targets if each not in (None, "-")):
        place = str(target)
        if isdir(top) and commonpath([top, realpath(place)]) == top:
            raise OutputError("output_is_input", file=place)
        if islink(place) and not place.startswith("/dev/") and (isfile(place) or not exists(place)):
            raise OutputError("output_is_link", file=place)
