"""``shieldcalc compare``: what changed between two designs of a room, and what it does."""

import click

from shieldcalc.cli import asking


@click.command("compare")
@click.argument("before", type=click.Path())
@click.argument("after", type=click.Path())
@asking.regulations
@asking.methods
@asking.on()
@asking.json_to()
@asking.reports_to("FILE.pdf|.html|.docx")
@asking.language()
@click.pass_context
def command(
    context: click.Context,
    before: str,
    after: str,
    regulations: tuple[str, ...],
    methods: tuple[str, ...],
    on: str | None,
    json_to: str | None,
    reports_to: tuple[str, ...],
    language: str,
) -> None:
    """Set the design BEFORE beside the design AFTER: changes, doses, verdicts, whether a new licence is needed.

    Exit code 0: nothing got worse; 1: a binding rule that was kept now fails; 3: something else got worse, or a change
    is one for which Lao Cai asks a new licence; 2: a file cannot be used.

    \b
    Example:
      shieldcalc compare examples/failing_room.toml examples/failing_room_repaired.toml
    """
    from shieldcalc import plugins
    from shieldcalc.cli.common import encode
    from shieldcalc.cli.files import Outputs
    from shieldcalc.cli.language import known_language
    from shieldcalc.model.loader import load
    from shieldcalc.reports.laying import layout
    from shieldcalc.verify.compare import compare
    from shieldcalc.verify.compare_report import content, document

    context.meta["shieldcalc.language"] = language = known_language(language)
    outputs = Outputs(inputs=(before, after))
    outputs.refuse_inputs(json_to, *reports_to)
    layouts = [(target, layout(target)) for target in reports_to]
    catalog = plugins.catalog()
    found = compare(load(before, catalog), load(after, catalog), regulations, methods, on)
    said = content(found, language)
    if json_to is not None:
        outputs.add(json_to, encode(document(found, language)))
    for target, lay in layouts:
        outputs.add(target, lay(said))
    outputs.write()
    if json_to != "-":
        from shieldcalc.reports.terminal import show_content

        show_content(said)
    context.exit(found.exit_code)
