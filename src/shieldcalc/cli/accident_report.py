"""``shieldcalc accident report``: initial, follow-up, final or summary report from a case file."""

from os.path import splitext
from typing import TYPE_CHECKING, Any

import click

from shieldcalc.cli import asking
from shieldcalc.cli.accident_common import one_of, speak
from shieldcalc.cli.common import emit, json_flag, notices
from shieldcalc.errors import UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Callable

    from shieldcalc.accident.case import Known
    from shieldcalc.accident.rings import Ground
    from shieldcalc.model.accident_case import Case

TEXT = ".txt"


@click.command("report")
@click.argument("case", type=click.Path())
@click.option("--kind", default="initial", show_default=True, help="initial, follow_up, final or summary.")
@click.option("--at", metavar="TIME", help="As it was known then, 2026-03-01T09:00; else with everything in the file.")
@click.option("--out", metavar="FILE.html|.pdf|.docx|.txt", help="Where to write it; else to standard output as text.")
@asking.language("Language of the report: en, vi or zh.")
@json_flag
@click.pass_context
def command(
    context: click.Context, case: str, kind: str, at: str | None, out: str | None, language: str, as_json: bool
) -> None:
    """Write the report of CASE, an accident file: what is known by a time, computed anew, and what is not known yet.

    Category, grade, perimeter, doses and deadlines follow from the file. Nothing is sent.

    \b
    Example:
      shieldcalc accident report examples/accidents/lost_ir192.toml
        --kind follow_up --lang vi --out report.pdf
    """
    from shieldcalc import plugins
    from shieldcalc.accident import cordon, deadlines, ending, measures, phases
    from shieldcalc.accident.case import KINDS, known
    from shieldcalc.accident.case_report import document, text
    from shieldcalc.cli.files import Outputs
    from shieldcalc.model.loader.accident_case import Names, load_case

    language = speak(context, language)
    one_of("kind of report", kind, KINDS)
    written = None if out is None or out.lower().endswith(TEXT) else _layout(out)
    held = (deadlines.events(), phases.names(), ending.conditions(), measures.organs())
    names = Names(cordon.situations(), deadlines.places(), *held)
    read = load_case(case, names, plugins.catalog())  # a case may name a plugin's nuclide
    zone = deadlines.place(read.jurisdiction).zone
    when = None if at is None else deadlines.moment("--at", at, zone)[0].replace(tzinfo=None)
    found = known(read, kind, when)
    below = _ground(read)
    outputs = Outputs(inputs=(case, read.plan) if read.plan else (case,))
    outputs.refuse_inputs(out)
    if out is not None and written is not None:
        outputs.add(out, written(document(found, language, below)))
    elif out is not None or not as_json:
        outputs.add(out or "-", "".join(f"{line}\n" for line in text(found, language)).encode())
    outputs.write()
    if as_json:
        emit("shieldcalc/accident-report/1", _json(found, language))


def _ground(case: "Case") -> "Ground | None":
    """Return what the map of a case is drawn over; None where the case names no plan."""
    from shieldcalc import plugins
    from shieldcalc.accident.rings import ground
    from shieldcalc.model.loader import load_any

    return ground(load_any(case.plan, plugins.catalog()), case.source_at) if case.plan else None


def _layout(out: str) -> "Callable[[dict[str, Any]], bytes]":
    """Return what lays out a report for a file, by its ending."""
    from shieldcalc.reports.laying import LAYOUTS, layout

    ending = splitext(out)[1].lower()
    if ending not in LAYOUTS:
        raise UnknownNameError("ending of a report", ending or out, (*LAYOUTS, TEXT))
    return layout(out)


def _json(found: object, language: str) -> dict[str, object]:
    from shieldcalc.accident.case import Known
    from shieldcalc.accident.case_report import parts
    from shieldcalc.accident.told import words
    from shieldcalc.cli.accident_deadlines import as_json_of as report_row
    from shieldcalc.cli.accident_grade import as_json_of as grade_of

    if not isinstance(found, Known):
        raise TypeError(found)
    category = found.category
    return {
        "language": language,
        "kind": found.kind,
        "case": found.case.id,
        "file_sha256": found.case.sha256,
        "at": found.at.isoformat(timespec="minutes"),
        "state": "unsent",
        "told": {each.name: each.words or None for each in found.told},
        "missing": [each.name for each in found.told if not each.words],
        "category": None if category is None else category.category,
        "ratio": None if category is None else float(category.over_d),
        "grade": None if found.grading is None else grade_of(found.grading),
        "radius_m": found.perimeter.radius_m,
        "survey": [read._asdict() for read in found.perimeter.readings],
        "contour_m": [list(place) for place in found.perimeter.contour] or None,
        **_doses(found),
        "reports": [report_row(each, language, found.at.replace(tzinfo=found.zone)) for each in found.reports],
        "open_end_conditions": [each.condition for each in found.ending if not each.met],
        "open_goals": [each.goal for each in found.goals if not each.done],
        "parts": [
            {"title": each.title.text(language), "lines": [words(line, language) for line in each.lines]}
            for each in parts(found)
        ],
        "warnings": notices(found.notices, language),
    }


def _doses(found: "Known") -> dict[str, object]:
    """Return the doses of stays and those that were stated, as parts of the JSON object."""
    from shieldcalc.accident.case_report import reached

    return {
        "doses": [
            {
                "who": each.given.who or None,
                "kind": each.given.kind,
                "body_Gy_upper": None if each.dose is None else each.dose.body_Gy,
                "local_Gy_upper": None if each.dose is None else each.dose.local_Gy,
                "effective_mSv_upper": None if each.dose is None else each.dose.effective_mSv,
            }
            for each in found.stays
        ],
        "absorbed": [
            {
                "who": each.who or None,
                "organ": each.organ,
                "dose_Gy": each.dose_Gy,
                "reached": [f"{effect.set} {effect.effect}" for effect in reached(each.organ, each.dose_Gy)],
            }
            for entry in found.entries
            for each in entry.absorbed
        ],
    }
