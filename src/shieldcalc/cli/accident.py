"""``shieldcalc accident``: the desk for radiation accidents; each command is imported when it is called."""

import click

from shieldcalc.errors import UnknownNameError

COMMANDS = {
    "source-category": (
        "shieldcalc.cli.accident_category:command",
        "Category 1 to 5 of sources by A/D, Chinese class beside it.",
    ),
    "grade": ("shieldcalc.cli.accident_grade:command", "Grade I to IV of an accident, response level, who starts."),
    "deadlines": ("shieldcalc.cli.accident_deadlines:command", "Every report: when, from whom, to whom."),
    "cordon": ("shieldcalc.cli.accident_cordon:command", "Safety perimeter, public messages, call form, phases."),
    "dose": ("shieldcalc.cli.accident_dose:command", "Doses of people beside a source, stay times, thresholds."),
    "threat-category": (
        "shieldcalc.cli.accident_threat:command",
        "Threat group I to V of a facility, and the plan that it needs.",
    ),
    "report": ("shieldcalc.cli.accident_report:command", "Initial, follow-up or final report from a case file."),
}


class Desk(click.Group):
    """A group whose commands stand in a static table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names in the order of work."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        from shieldcalc.cli import load

        if cmd_name.startswith("-"):
            return None
        if cmd_name not in COMMANDS:
            raise UnknownNameError("command", cmd_name, COMMANDS)
        return load(COMMANDS[cmd_name][0])

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])


@click.command("accident", cls=Desk, no_args_is_help=True)
def accident() -> None:
    """Answer what a radiation accident asks: category, grade, deadlines, cordon, doses, threat group, reports.

    \b
    Examples:
      shieldcalc accident source-category --nuclide Ir-192 --activity "26 Ci"
      shieldcalc accident grade --source-category 2 --deaths 0 --severe 1
    """
