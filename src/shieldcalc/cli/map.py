"""``shieldcalc map``: isodose lines of a room on its plan or on a vertical section."""

from collections.abc import Iterable, Iterator
from typing import Any

import click

from shieldcalc.cli import asking
from shieldcalc.cli.common import emit, json_flag, notices

ENDINGS = (".png", ".svg", ".csv")
_NEUTRONS = ("warnings.gamma_not_computed", "warnings.gamma_neutrons", "warnings.gamma_fission")


@click.command("map")
@click.argument("room", type=click.Path())
@click.option("--plane", default="z=1 m", show_default=True, help='"z=1 m": a plan; "x=2 m", "y=2 m": a section.')
@click.option("--out", metavar="FILE.png|.svg|.csv", help="What to write.  [map.png, nothing with --json]")
@click.option("--quantity", help="h10_beam_on_uSv_per_h, h10_week_mSv, air_kerma_week_mGy, ...  [beam-on, else week]")
@click.option("--method", help="One of the methods of the file  [its first]")
@click.option("--regulation", "regulations", multiple=True, metavar="ID", help="Draw the limits of this instrument.")
@asking.on("Limits in the law of this day.")
@click.option("--points", "nodes", type=click.IntRange(10, 400), default=200, show_default=True, help="Nodes a side.")
@asking.language("Language of the picture.")
@json_flag
@click.pass_context
def command(
    context: click.Context,
    room: str,
    plane: str,
    out: str | None,
    quantity: str | None,
    method: str | None,
    regulations: tuple[str, ...],
    on: str | None,
    nodes: int,
    language: str,
    as_json: bool,
) -> None:
    """Draw isodose lines of ROOM with its walls, doors, sources, numbered points and the limits of the law.

    Doses are those of the room's own sources with occupancy 1.

    \b
    Examples:
      shieldcalc map examples/ct_room.toml --out ct.png
      shieldcalc map examples/ct_room.toml --plane "y=2 m" --quantity h10_week_mSv --out ct.svg
    """
    from shieldcalc import plugins
    from shieldcalc.assess import assess
    from shieldcalc.cli import shown
    from shieldcalc.cli.files import Outputs
    from shieldcalc.cli.language import known_language
    from shieldcalc.errors import LOST, UNDETERMINED, PluginError, UnknownNameError
    from shieldcalc.model.loader import load
    from shieldcalc.physics.dose_map import dose_map, plane_of

    context.meta["shieldcalc.language"] = language = known_language(language)
    out = out or ("" if as_json else "map.png")
    ending = next((each for each in ENDINGS if out.lower().endswith(each)), None)
    if ending is None and not (as_json and not out):
        raise UnknownNameError("ending of a map", out, ENDINGS)
    cut = plane_of(plane)
    outputs = Outputs(inputs=(room,))
    if out:
        outputs.refuse_inputs(out)
    design = load(room, plugins.catalog())
    if design.lost:
        raise PluginError(LOST, **design.lost[0].params)
    assessment = assess(design, regulations=regulations, methods=(method,) if method else (), on=on, building=False)
    found = dose_map(assessment, cut, quantity, method, nodes, _watched)
    if ending:
        outputs.add(out, _WRITE[ending](found, assessment, language))
    outputs.write()
    lost = [notice for notice in assessment.notices if notice.code == plugins.LOST_INSTRUMENT]
    said = [*lost, *_missing(assessment, found.method)]
    if as_json:
        emit("shieldcalc/map/1", {**_document(found), "warnings": notices(said, language)})
    for notice in said:
        click.echo(shown(notice.text(language)), err=True)
    context.exit(UNDETERMINED if lost else 0)


def _missing(assessment: Any, method: str) -> list[Any]:
    """Return what the doses of a map do not hold, or hold of neutrons as if no layer held them back."""
    of = (notice for each in assessment.results if each.method == method for notice in each.notices)
    return [notice for notice in of if notice.code in _NEUTRONS]


def _document(found: Any) -> dict[str, object]:
    kept = {name: getattr(found, name) for name in ("quantity", "unit", "method", "us", "vs", "values")}
    if found.raised is not None:
        kept["raised"] = found.raised
    plane = {"axis": found.plane.axis, "at_m": found.plane.at_m}
    return {"plane": plane, **kept, "limits": [{"value": each.value, "rules": each.rules} for each in found.limits]}


def _watched(rows: Iterable[float]) -> Iterator[float]:
    """Pass the rows on with a progress bar where somebody watches."""
    import sys

    with click.progressbar(rows, file=sys.stderr, hidden=not sys.stderr.isatty()) as bar:
        yield from bar


def _svg(found: Any, assessment: Any, language: str) -> bytes:
    svg: str = _drawn(found, assessment, language).svg
    return svg.encode()


def _png(found: Any, assessment: Any, language: str) -> bytes:
    from shieldcalc.reports.pdf import picture

    drawing = _drawn(found, assessment, language)
    return picture(drawing.svg, drawing.width_mm, drawing.height_mm)


def _drawn(found: Any, assessment: Any, language: str) -> Any:
    from shieldcalc.reports.content import barrier_marks, point_marks
    from shieldcalc.reports.map import draw_map
    from shieldcalc.reports.words import Words

    return draw_map(found, assessment, barrier_marks(assessment), point_marks(assessment), Words(language))


def _csv(found: Any, assessment: Any, language: str) -> bytes:  # noqa: ARG001
    from shieldcalc.reports.map_table import table_of

    return table_of(found, assessment).encode()


_WRITE = {".png": _png, ".svg": _svg, ".csv": _csv}
