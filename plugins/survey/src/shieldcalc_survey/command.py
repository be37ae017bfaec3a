"""``shieldcalc survey``: imported when it is called, never for ``shieldcalc --help``."""

import click

ABOVE, UNDETERMINED = 1, 3


@click.command("survey")
@click.argument("room", metavar="ROOM")
@click.argument("sheet", metavar="SHEET")
@click.option("--method", "methods", multiple=True, metavar="ID", help="Compute with this method (repeatable).")
@click.option(
    "--factor", default=1.0, show_default=True, metavar="X", help="A reading may be X times the computed rate."
)
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object to standard output.")
@click.pass_context
def survey(
    context: click.Context, room: str, sheet: str, methods: tuple[str, ...], factor: float, *, as_json: bool
) -> None:
    """Compare the rates of a survey SHEET (.csv, .xlsx) with those computed for ROOM while the beam is on, H*(10).

    SHEET has the columns point, rate, unit, and background if it is to be taken off. Exit code 0: every reading is
    within the computed rate; 1: one is above; 3: a rate is not computed; 2: the input cannot be used.

    \b
    Example:
      shieldcalc survey room.toml sheet.csv
    """
    from math import isfinite

    from shieldcalc import check
    from shieldcalc.cli.common import emit
    from shieldcalc.model.site import SiteAssessment
    from shieldcalc_survey.compare import compare
    from shieldcalc_survey.sheet import read, refused

    if not (isfinite(factor) and factor > 0):
        raise refused(f"--factor {factor:g}: above zero")
    readings = read(sheet)
    assessment = check(room, methods=methods)
    if isinstance(assessment, SiteAssessment):
        raise refused(f"{room}: one room at a time")
    found = list(compare(assessment, readings, factor))
    if as_json:
        emit("shieldcalc-survey/1", {"room": room, "sheet": sheet, "readings": [each._asdict() for each in found]})
    else:
        for each in found:
            rate = "not computed" if each.computed_uSv_per_h is None else f"{each.computed_uSv_per_h:.3g} uSv/h"
            said = f"{each.point} ({each.method}): measured {each.measured_uSv_per_h:.3g} uSv/h, computed {rate}"
            click.echo(f"{said}: {each.verdict}")
    verdicts = {each.verdict for each in found}
    context.exit(ABOVE if "above" in verdicts else UNDETERMINED if "undetermined" in verdicts else 0)
