"""``shieldcalc workbook``: a design, or an empty workload sheet, as an Excel workbook."""

import click

from shieldcalc.cli.common import json_flag


@click.command("workbook")
@click.argument("target", metavar="FILE.xlsx", type=click.Path())
@click.option("--room", type=click.Path(), help="Design file to write; without it an empty workload sheet.")
@json_flag
def command(target: str, room: str | None, as_json: bool) -> None:
    """Write an Excel workbook to FILE.xlsx: the workload to fill in, or all of a design file.

    shieldcalc import turns it into text for the design file again.

    \b
    Example:
      shieldcalc workbook workload.xlsx
      shieldcalc workbook room.xlsx --room room.toml
      shieldcalc import room.xlsx > room.toml
    """
    import tomllib

    from shieldcalc import plugins
    from shieldcalc.cli.files import Outputs
    from shieldcalc.importers.refusal import ImportRefusedError
    from shieldcalc.importers.workbook import write_workbook
    from shieldcalc.model.loader import load

    if not target.lower().endswith(".xlsx"):
        raise ImportRefusedError("import.target", file=target)
    outputs = Outputs(inputs=() if room is None else (room,))
    outputs.refuse_inputs(target)
    tree = None
    if room is not None:
        load(room, plugins.catalog())
        with open(room, "rb") as file:
            tree = tomllib.load(file)
    outputs.add(target, write_workbook(tree))
    outputs.write()
    if as_json:
        from shieldcalc.cli.common import emit

        emit("shieldcalc/workbook/1", {"file": target, "room": room, "warnings": []})
