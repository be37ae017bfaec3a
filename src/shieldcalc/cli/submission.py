"""``shieldcalc submission``: start one, pack it with its hashes, show what is in it."""

import click

from shieldcalc.cli import asking
from shieldcalc.cli.common import emit, json_flag


@click.group("submission", no_args_is_help=True)
def submission() -> None:
    """Start, pack and show submissions: what an applicant sends to be verified.

    \b
    Examples:
      shieldcalc submission new my_room --design room.toml
      shieldcalc submission pack my_room --to my_room.zip
      shieldcalc submission show my_room.zip
    """


@submission.command("new")
@click.argument("folder", type=click.Path())
@click.option("--design", "design", required=True, type=click.Path(), help="The design file to begin with.")
@json_flag
def new(folder: str, design: str, *, as_json: bool) -> None:
    """Write a new FOLDER with the design, a claims file to fill in and an empty survey table.

    \b
    Example:
      shieldcalc submission new my_room --design examples/ct_room.toml
    """
    from shieldcalc.verify.start import start

    written = start(folder, design)
    if as_json:
        emit("shieldcalc/submission-new/1", {"folder": folder, "files": list(written), "warnings": []})
    else:
        click.echo("".join(f"{folder}/{name}\n" for name in written), nl=False)


@submission.command("pack")
@click.argument("folder", type=click.Path())
@click.option("--to", "target", required=True, metavar="FILE.zip", help="The zip file to write.")
@json_flag
def pack(folder: str, target: str, *, as_json: bool) -> None:
    """Pack FOLDER into one zip with a manifest of SHA-256 hashes; claims, designs and readings must be readable.

    \b
    Example:
      shieldcalc submission pack my_room --to my_room.zip
    """
    from shieldcalc.cli.files import Outputs
    from shieldcalc.cli.verify import refuse_inside
    from shieldcalc.verify.bounds import bounded
    from shieldcalc.verify.manifest import digest
    from shieldcalc.verify.pack import packed
    from shieldcalc.verify.run import Submission

    outputs = Outputs(inputs=(folder,))
    outputs.refuse_inputs(target)
    refuse_inside(folder, target)
    with bounded():
        read = Submission(folder, sealed=False)
        content = packed(read.files)
    outputs.add(target, content)
    outputs.write()
    said = {"file": target, "sha256": digest(content), "files": read.hashes}
    if as_json:
        emit("shieldcalc/submission-pack/1", {**said, "warnings": []})
    else:
        click.echo(f"{said['sha256']}  {target}")


@submission.command("show")
@click.argument("path", metavar="SUBMISSION", type=click.Path())
@asking.language()
@json_flag
@click.pass_context
def show(context: click.Context, path: str, language: str, *, as_json: bool) -> None:
    """Show what SUBMISSION, a folder or a zip, holds: designs, claims, readings, attachments, hashes.

    \b
    Example:
      shieldcalc submission show my_room.zip
    """
    from shieldcalc.cli.language import known_language
    from shieldcalc.verify.bounds import bounded
    from shieldcalc.verify.contents import content, document
    from shieldcalc.verify.run import Submission

    context.meta["shieldcalc.language"] = language = known_language(language)
    with bounded():
        read = Submission(path)
    if as_json:
        emit("shieldcalc/submission/1", document(read))
    else:
        from shieldcalc.reports.terminal import show_content

        show_content(content(read, language))
