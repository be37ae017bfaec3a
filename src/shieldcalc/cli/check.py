"""``shieldcalc check``: a room, or a site of several, to dose, verdict and report."""

from typing import TYPE_CHECKING

import click

from shieldcalc.cli import asking

if TYPE_CHECKING:
    from shieldcalc.cli.files import Outputs
    from shieldcalc.errors import PluginError
    from shieldcalc.model.assessment import Assessment
    from shieldcalc.model.catalog import ReportKind
    from shieldcalc.model.site import SiteAssessment

FAILS, UNDETERMINED = 1, 3


@click.command("check")
@click.argument("room", type=click.Path())
@asking.regulations
@asking.methods
@asking.on()
@asking.json_to()
@asking.reports_to("FILE.pdf|.html|.docx|.xlsx")
@asking.language()
@click.pass_context
def command(
    context: click.Context,
    room: str,
    regulations: tuple[str, ...],
    methods: tuple[str, ...],
    on: str | None,
    json_to: str | None,
    reports_to: tuple[str, ...],
    language: str,
) -> None:
    """Compute the dose behind every barrier of ROOM and judge it against the law.

    ROOM is a design file, or a site file of several rooms, whose doses add at every place.

    Exit code 0: at least one binding dose rule keeps at every occupied point and nothing fails or is undetermined;
    1: a rule fails; 3: something is undetermined; 2: the input cannot be used.

    \b
    Example:
      shieldcalc check examples/district_hospital_radiography.toml --report report.pdf
    """
    from shieldcalc import plugins
    from shieldcalc.assess.site import check_any
    from shieldcalc.cli import TOLD, shown
    from shieldcalc.cli.files import Outputs
    from shieldcalc.cli.language import known_language
    from shieldcalc.model.loader import load_any
    from shieldcalc.model.site import Site

    context.meta["shieldcalc.language"] = language = known_language(language)
    context.meta[TOLD] = True
    outputs = Outputs(inputs=(room,))
    outputs.refuse_inputs(json_to, *reports_to)
    kinds = [(target, plugins.report(target)) for target in reports_to]
    asked = load_any(room, plugins.catalog())
    if isinstance(asked, Site):
        Outputs(inputs=tuple(each.design.file for each in asked.rooms)).refuse_inputs(json_to, *reports_to)
    assessment = check_any(asked, regulations=regulations, methods=methods, on=on)
    if json_to is not None:
        from shieldcalc.cli.common import encode
        from shieldcalc.reports.json import document

        outputs.add(json_to, encode(document(assessment, language)))
    failed = _add_reports(outputs, kinds, assessment, language)
    outputs.write()
    if json_to != "-":
        from shieldcalc.reports.terminal import show

        show(assessment, language)
    for refused in failed:
        click.echo(shown(refused.text(language)), err=True)
    context.exit(assessment.exit_code if not failed or assessment.exit_code == FAILS else UNDETERMINED)


def _add_reports(
    outputs: "Outputs",
    kinds: "list[tuple[str, ReportKind]]",
    assessment: "Assessment | SiteAssessment",
    language: str,
) -> "list[PluginError]":
    """Add every report; return what plugins could not write, so that the rest is written."""
    from shieldcalc.errors import PluginError

    failed: list[PluginError] = []
    for target, kind in kinds:
        try:
            outputs.add(target, written(kind, assessment, language))
        except PluginError as refused:
            failed.append(refused)
    return failed


def written(kind: "ReportKind", assessment: "Assessment | SiteAssessment", language: str) -> bytes:
    """Return a report; raise TextError where the kind holds one room and a site is asked for."""
    from shieldcalc.errors import TextError
    from shieldcalc.model.site import SiteAssessment

    if isinstance(assessment, SiteAssessment) and not kind.holds_sites:
        raise TextError("report_without_rooms", kind=kind.name, allowed=".pdf, .html, .docx")
    return kind.write(assessment, language)
