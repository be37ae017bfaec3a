"""``shieldcalc new``: a commented design file, or facility file, to start from."""

import click

from shieldcalc.cli.common import json_flag

FOLDERS = ("templates", "templates_facility")


@click.command("new")
@click.argument("kind", metavar="KIND")
@json_flag
def command(kind: str, as_json: bool) -> None:
    """Write a commented design file for a room of one KIND, or a facility file, to standard output.

    KIND is a kind of equipment, such as radiography, ct, mammography, dental_cbct, bone_density or veterinary_xray;
    `facility` writes the facility file of audit and due. A KIND that does not exist is answered with all that do. The
    file loads and checks as it is; change what differs in your room or facility.

    \b
    Examples:
      shieldcalc new radiography > room.toml
      shieldcalc new facility > facility.toml
    """
    from os import listdir

    from shieldcalc.errors import UnknownNameError
    from shieldcalc.resources import data_path

    files = {name.removesuffix(".toml"): data_path(folder, name)
             for folder in FOLDERS for name in listdir(data_path(folder)) if name.endswith(".toml")}  # fmt: skip
    if kind not in files:
        raise UnknownNameError("kind of room", kind, sorted(files))
    with open(files[kind], encoding="utf-8") as file:
        text = file.read()
    if as_json:
        from shieldcalc.cli.common import emit

        emit("shieldcalc/new/1", {"kind": kind, "template": text, "warnings": []})
    else:
        click.echo(text, nl=False)
