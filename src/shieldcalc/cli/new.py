"""``shieldcalc new``: a commented design file to start from."""

import click


@click.command("new")
@click.argument("kind", metavar="KIND")
@click.option("--json", "as_json", is_flag=True, help="Write one JSON object to standard output.")
def command(kind: str, as_json: bool) -> None:
    """Write a commented design file for a room of one KIND to standard output.

    KIND is angiography, chest, ct, fluoroscopy, mammography, mobile_xray, radiography or radiography_fluoroscopy. The
    file loads and checks as it is; change what differs in your room.

    \b
    Example:
      shieldcalc new radiography > room.toml
    """
    from os import listdir

    from shieldcalc.errors import UnknownNameError
    from shieldcalc.resources import data_path

    known = sorted(name.removesuffix(".toml") for name in listdir(data_path("templates")) if name.endswith(".toml"))
    if kind not in known:
        raise UnknownNameError("kind of room", kind, known)
    with open(data_path("templates", f"{kind}.toml"), encoding="utf-8") as file:
        text = file.read()
    if as_json:
        from shieldcalc.cli.common import emit

        emit("shieldcalc/new/1", {"kind": kind, "template": text, "warnings": []})
    else:
        click.echo(text, nl=False)
