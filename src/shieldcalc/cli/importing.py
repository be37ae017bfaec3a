"""``shieldcalc import``: a drawing, a picture or a workbook to text for the design file."""

from typing import Any

import click

from shieldcalc.cli.common import OneOf, Quantity, json_flag

_BELONGS = {
    "units": ".dxf",
    "flatten": ".dxf",
    "height": ".dxf",
    "storey_height": ".dxf",
    "slab": ".dxf",
    "brick": ".dxf",
    "on": ".dxf",
    "regulations": ".dxf",
    "points": ".png",
    "distance": ".png",
    "origin": ".png",
    "turn": ".png",
}


@click.command("import")
@click.argument("file", type=click.Path())
@click.option("--units", type=OneOf(["mm", "cm", "m", "in", "ft"]), help="DXF: the unit it is drawn in.")
@click.option("--flatten", type=Quantity("length"), help="DXF: most that a chord may leave its curve.  [5 mm]")
@click.option("--height", type=Quantity("length"), help="DXF: height of the room.")
@click.option("--storey-height", type=Quantity("length"), help="DXF: clear height of the storeys below and above.")
@click.option("--slab", metavar="LAYERS", help="DXF: floor and ceiling, as concrete_150.")
@click.option("--brick", metavar="TEXT", help='DXF: form and density of brick, as "solid 1.65 g/cm3".')
@click.option("--on", metavar="DATE", help="DXF: date of the evaluation, as 2025-06-30.")
@click.option("--regulation", "regulations", multiple=True, metavar="ID", help="DXF: instrument to judge by.")
@click.option("--point", "points", multiple=True, metavar="X,Y", help="PNG: a place in pixels; give two.")
@click.option("--distance", type=Quantity("length"), help="PNG: distance between the two points.")
@click.option("--origin", metavar="X,Y", help='PNG: where the first point lies in the room, as "0 m,0 m".')
@click.option("--turn", metavar="ANGLE", help='PNG: how far to turn the picture to the left, as "90 deg".')
@json_flag
def command(file: str, as_json: bool, **options: Any) -> None:
    """Write text for the design file from FILE: a plan (.dxf), a picture of one (.png), a workbook (.xlsx).

    \b
    Example:
      shieldcalc import plan.dxf --units mm --height "3.2 m" > room.toml
      shieldcalc import plan.png --point "120,340" --point "980,340" \\
        --distance "5.2 m" >> room.toml
      shieldcalc import workload.xlsx > protocols.toml
    """
    from shieldcalc.cli import shown
    from shieldcalc.cli.common import emit, notices
    from shieldcalc.importers.refusal import ImportRefusedError

    ending = f".{file.rpartition('.')[2]}".lower() if "." in file else "a file without ending"
    if ending not in _READERS:
        raise ImportRefusedError("import.ending", file=file, ending=ending)
    _refuse_foreign(ending, options)
    read = _READERS[ending](file, options)
    if as_json:
        kept = {"file": file, "kind": ending[1:], "text": read.text, "confirm": list(read.confirm)}
        emit("shieldcalc/import/1", {**kept, **dict(read.facts), "warnings": notices(read.notices)})
        return
    for notice in read.notices:
        click.echo(shown(f"note: {notice.text()}"), err=True)
    if read.confirm:
        click.echo(f"note: {len(read.confirm)} lines to confirm, marked CONFIRM", err=True)
    click.echo(read.text, nl=False)


def _refuse_foreign(ending: str, options: dict[str, Any]) -> None:
    from shieldcalc.importers.refusal import ImportRefusedError

    for name, kind in _BELONGS.items():
        if options[name] not in (None, ()) and kind != ending:
            option = {"regulations": "--regulation", "points": "--point"}.get(name, f"--{name.replace('_', '-')}")
            raise ImportRefusedError("import.option", option=option, kind=kind)


def _plan(file: str, options: dict[str, Any]) -> Any:
    from datetime import date

    from shieldcalc import plugins
    from shieldcalc.errors import ShieldcalcError, UnknownNameError
    from shieldcalc.importers.dxf import brick, checked, read_plan, slab
    from shieldcalc.importers.room_text import Given

    catalog = plugins.catalog()
    for name in options["regulations"]:
        if name not in catalog.instruments and not catalog.lost("instrument", name):
            raise UnknownNameError("instrument", name, catalog.instruments)
    try:
        day = None if options["on"] is None else date.fromisoformat(options["on"])
    except ValueError:
        raise ShieldcalcError("date", value=options["on"]) from None
    given = Given(
        height_mm=options["height"],
        storey_mm=options["storey_height"],
        slab=slab(options["slab"], catalog) if options["slab"] else (),
        brick=brick(options["brick"]) if options["brick"] else None,
        on=day,
        instruments=options["regulations"],
    )
    read = read_plan(file, options["units"], options["flatten"] or FLATTEN_MM, given, catalog)
    return checked(read, catalog)


def _picture(file: str, options: dict[str, Any]) -> Any:
    from shieldcalc.importers.png import read_picture

    return read_picture(file, options["points"], options["distance"], options["origin"], options["turn"])


def _workbook(file: str, _: dict[str, Any]) -> Any:
    from shieldcalc.importers.workbook import read_workload

    return read_workload(file)


FLATTEN_MM = 5.0
_READERS = {".dxf": _plan, ".png": _picture, ".xlsx": _workbook}
