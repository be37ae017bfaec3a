"""The command line: a group whose commands are imported when they are called, never to list them."""

import os
import sys
from collections.abc import Iterator

import click

from shieldcalc import __version__
from shieldcalc.errors import InputError, Notice, PluginError, ShieldcalcError, UnknownNameError

COMMANDS = {
    "check": ("shieldcalc.cli.check:command", "Check a room: dose behind every barrier, verdict, report."),
    "map": ("shieldcalc.cli.map:command", "Isodose lines of a room on its plan or a section."),
    "due": ("shieldcalc.cli.due:command", "What is due at a facility, when, from whom, to whom."),
    "audit": ("shieldcalc.cli.audit:command", "The self-inspection of a facility: duties, rooms, people, hazards."),
    "verify": ("shieldcalc.cli.verify:command", "An applicant's submission recomputed: claims, survey, outcome."),
    "office": ("shieldcalc.cli.office:office", "Many submissions in a ledger: report, what-if, follow-up."),
    "submission": ("shieldcalc.cli.submission:submission", "Start, pack and show a submission."),
    "compare": ("shieldcalc.cli.compare:command", "What changed between two designs, and what it does."),
    "new": ("shieldcalc.cli.new:command", "Write a commented design file to start from."),
    "regulations": (
        "shieldcalc.cli.regulations:regulations",
        "The law as data: in force on a day, a rule explained, a rule file checked.",
    ),
    "accident": (
        "shieldcalc.cli.accident:accident",
        "Radiation accidents: category, grade, deadlines, cordon, doses, threat group, reports.",
    ),
    "transmission": ("shieldcalc.cli.beam:transmission", "Transmission of a beam through layers."),
    "thickness": ("shieldcalc.cli.beam:thickness", "Thickness of a material for a wanted transmission."),
    "lead-equivalent": ("shieldcalc.cli.beam:lead_equivalent", "Lead that transmits as much as given layers."),
    "import": ("shieldcalc.cli.importing:command", "A plan, a picture or a workbook to text for the design file."),
    "workbook": ("shieldcalc.cli.workbook:command", "A design or an empty workload sheet as an Excel workbook."),
    "dose-rate": (
        "shieldcalc.cli.dose_rate:command",
        "Dose rates of a gamma source behind layers, without a design file.",
    ),
    "boundary": ("shieldcalc.cli.boundary:command", "How far a gamma source in the open reaches, by dose rate."),
    "nuclide": ("shieldcalc.cli.nuclide:command", "Half-life, daughters, photon lines and dose-rate constants."),
    "material": ("shieldcalc.cli.material:command", "Density, composition and photon attenuation of a material."),
    "buildup": ("shieldcalc.cli.buildup:command", "Exposure buildup factor of a material."),
    "plugins": ("shieldcalc.cli.plugins:plugins", "What plugins are loaded, a new one, one checked."),
    "barrier": (
        "shieldcalc.cli.barrier:barrier",
        "One barrier, door or maze of an X-ray, nuclear medicine or radiotherapy room, without a file.",
    ),
}
LANGUAGE = "shieldcalc.language"  # in a context's meta: what a command was asked to speak
PLUGIN_GROUP = "shieldcalc.commands"
_OF_CLICK = (click.ClickException, click.Abort, click.exceptions.Exit)
_OF_PLUGINS = ("--plugin-dir", "--no-plugins", "--only-plugins")
TOLD = "shieldcalc.plugins told"  # in a context's meta: the command tells of unusable plugins itself
NAMED = "shieldcalc.plugins named"  # in a context's meta: a document of the command names the plugins in use
WIDEST = 80
_SPACES = "\n\u00a0\u2009\u202f\u3000"
BROKEN_PIPE, INTERRUPTED = 141, 130

EPILOG = """\b
Examples:
  shieldcalc new radiography > room.toml
  shieldcalc check room.toml --report room.pdf
  shieldcalc transmission --kv 100 --layer lead "1.2 mm"

Exit codes of check: 0 complies, 1 a binding rule fails, 3 something cannot be decided. 2 everywhere: bad input."""


def _width() -> int:
    """Return the width of help texts; asking ``shutil`` for it would import its compression libraries."""
    columns = os.environ.get("COLUMNS", "")
    try:
        wide = int(columns) if columns.isdecimal() else os.get_terminal_size().columns
    except OSError:
        wide = WIDEST
    return max(min(wide, WIDEST) - 2, 50)


class Refusal(click.ClickException):
    """A ShieldcalcError on its way out: its sentences as they are on standard error, its exit code."""

    def __init__(self, message: str, exit_code: int = 2) -> None:
        super().__init__(message)
        self.exit_code = exit_code  # type: ignore[misc]  # click declares a class variable and reads an attribute

    def show(self, file: object = None) -> None:
        """Write the sentences to standard error."""
        click.echo(shown(self.message), err=True)


def shown(text: str) -> str:
    """Return text for a terminal: lines stay, control and direction characters are written out (U+001B)."""
    return "".join(char if char.isprintable() or char in _SPACES else f"U+{ord(char):04X}" for char in text)


class LazyGroup(click.Group):
    """A group that lists its commands from a static table and from the entry-point files of installed plugins."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Take what is said of plugins, wherever it stands; the rest is click's."""
        if any(each.partition("=")[0] in _OF_PLUGINS for each in args):
            from shieldcalc.cli.plugin_options import taken
            from shieldcalc.entrypoints import COMMANDS as ADDED
            from shieldcalc.entrypoints import entry_points

            try:
                args = taken(args, {*COMMANDS, *(point.name for point in entry_points(ADDED))})
            except ShieldcalcError as error:
                raise Refusal(error.text()) from error
        else:
            _all_plugins()
        return super().parse_args(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the built-in names in the order of work, then those of plugins."""
        return [*COMMANDS, *(name for name in _plugin_commands() if name not in COMMANDS)]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import and return one command."""
        if cmd_name in COMMANDS:
            return load(COMMANDS[cmd_name][0])
        if cmd_name.startswith("-"):
            return None
        claims = _plugin_commands().get(cmd_name)
        if claims is not None:
            return _load_plugin(cmd_name, claims)
        added = _hooked(cmd_name)
        if added is None:
            raise UnknownNameError("command", cmd_name, {*self.list_commands(ctx), *_hooked_names()})
        return added

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing one."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])
        if added := list(_plugin_lines()):
            with formatter.section("Commands of plugins"):
                formatter.write_dl(added)

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; whatever shieldcalc refuses becomes lines on standard error and exit code 2.

        What could not be used of plugins is told there too, unless the command tells it itself.
        """
        ctx.call_on_close(lambda: _tell(ctx))
        try:
            return super().invoke(ctx)
        except ShieldcalcError as refused:
            ctx.meta[TOLD] = True
            error = _of_plugin(refused)
            said = _told(error, ctx.meta.get(LANGUAGE, "en"))
            troubles = (line for line in _plugin_troubles(ctx) if line not in said)
            raise Refusal("\n".join([*troubles, said]), error.exit_code) from refused
        except BrokenPipeError:
            raise click.exceptions.Exit(BROKEN_PIPE) from None
        except OSError as error:
            if error.errno is None and ctx.invoked_subcommand not in COMMANDS:
                raise _failed(ctx.invoked_subcommand or "", error) from error
            place, reason = error.filename or "standard output", error.strerror or str(error)
            raise Refusal(ShieldcalcError("output_failed", file=place, reason=reason).text()) from error
        except KeyboardInterrupt:
            raise click.exceptions.Exit(INTERRUPTED) from None
        except SystemExit:
            raise
        except BaseException as error:  # a stranger's command may raise anything
            name = ctx.invoked_subcommand or ""
            if name in COMMANDS or isinstance(error, _OF_CLICK):
                raise
            raise _failed(name, error) from error


def _failed(name: str, error: BaseException) -> Refusal:
    """Return the refusal of a plugin's command that raised."""
    from shieldcalc.plugin_raised import reason_of

    claims = _plugin_commands().get(name)
    if claims:
        owner = claims[0][1]
    else:
        from shieldcalc import plugins

        owner = plugins.host().owner("register_commands", name)
    return Refusal(PluginError("plugin_command", plugin=owner, command=name, reason=reason_of(error)).text())


def _tell(ctx: click.Context) -> None:
    """Tell on standard error what could not be used of plugins, and which were in use where no document names them."""
    if ctx.meta.get(TOLD):
        return
    used = [] if ctx.meta.get(NAMED) else _plugins_in_use(ctx.meta.get(LANGUAGE, "en"))
    for line in (*_plugin_troubles(ctx), *used):
        click.echo(shown(line), err=True)


def _plugins_in_use(language: str) -> list[str]:
    plugins = sys.modules.get("shieldcalc.plugins")
    used = [] if plugins is None else [f"{each.name} {each.version} SHA-256 {each.sha256}" for each in plugins.loaded()]
    return [f"{Notice('report.label.plugins').text(language)}: {'; '.join(used)}"] if used else []


def _of_plugin(error: ShieldcalcError) -> ShieldcalcError:
    """Return a refusal as it is, or what is known of the plugin that would give the name that nobody knows."""
    plugins = sys.modules.get("shieldcalc.plugins")
    if plugins is None or not isinstance(error, UnknownNameError | InputError):
        return error
    known: ShieldcalcError = plugins.known_lost(error)
    return known


def _told(error: ShieldcalcError, language: str) -> str:
    """Return a refusal in the language asked for, in English where it has no such sentence."""
    from shieldcalc.texts import MissingTextError

    try:
        return error.text(language)
    except MissingTextError:
        return str(error)


def _plugin_commands() -> dict[str, list[tuple[str, str]]]:
    """Return (target, distribution) of every claim on a command name by an installed plugin."""
    from shieldcalc.entrypoints import entry_points

    found: dict[str, list[tuple[str, str]]] = {}
    for point in entry_points(PLUGIN_GROUP):
        found.setdefault(point.name, []).append((point.target, point.distribution))
    return found


def _plugin_lines() -> Iterator[tuple[str, str]]:
    """Yield name and words of the commands of plugins; those of hooks are read out of files, without importing."""
    from shieldcalc import entrypoints

    listed = _plugin_commands()
    for name, claims in listed.items():
        owners = " and ".join(distribution for _, distribution in claims)
        yield name, f"from {owners}; not used, the name is built in" if name in COMMANDS else f"from {owners}"
    if entrypoints.entry_points(entrypoints.PLUGINS) or entrypoints.plugin_files():
        from shieldcalc.cli.plugin_commands import lines

        yield from lines({*listed, *COMMANDS})


def _all_plugins() -> None:
    """Undo what an earlier command line of this process said of plugins."""
    entrypoints = sys.modules.get("shieldcalc.entrypoints")
    if entrypoints is not None and entrypoints.choose(entrypoints.Choice()):
        plugins = sys.modules.get("shieldcalc.plugins")
        if plugins is not None:
            plugins.forget()


def _plugin_troubles(ctx: click.Context) -> list[str]:
    """Return what is to be told of plugins, if any were loaded: it may be why a name is unknown."""
    plugins = sys.modules.get("shieldcalc.plugins")
    language = ctx.meta.get(LANGUAGE, "en")
    found = () if plugins is None else (*plugins.troubles(), *plugins.remarks())
    return [notice.text(language) for notice in found]


def load(target: str) -> click.Command:
    """Import and return the command that a dotted string names."""
    from importlib import import_module

    module, _, attribute = target.partition(":")
    command = getattr(import_module(module), attribute)
    if not isinstance(command, click.Command):
        raise TypeError(f"{target} is no click command")
    return command


def _load_plugin(name: str, claims: list[tuple[str, str]]) -> click.Command:
    if len(claims) > 1:
        raise PluginError("plugin_name_taken", kind="command", name=name, first=claims[0][1], second=claims[1][1])
    target, distribution = claims[0]
    try:
        return load(target)
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise PluginError("plugin_import", plugin=distribution, reason=f"{type(error).__name__}: {error}") from error


def _hooked(name: str) -> click.Command | None:
    """Return a command that a plugin gives by its hook, None where none does."""
    from shieldcalc import plugins

    found = plugins.command(name)
    if found is None:
        return None
    owner = plugins.host().owner("register_commands", name)
    try:
        command = load(found.command) if isinstance(found.command, str) else found.command
        if not isinstance(command, click.Command):
            raise TypeError(f"{type(command).__name__} is no click command")
    except KeyboardInterrupt:
        raise
    except BaseException as error:
        raise PluginError("plugin_import", plugin=owner, reason=f"{type(error).__name__}: {error}") from error
    return command


def _hooked_names() -> list[str]:
    from shieldcalc import plugins

    return list(plugins.host().collect("register_commands"))


SETTINGS = {"help_option_names": ["-h", "--help"], "terminal_width": _width()}


@click.command(cls=LazyGroup, epilog=EPILOG, context_settings=SETTINGS)
@click.option("--plugin-dir", metavar="FOLDER", help="Use the single-file plugins of a folder too (repeatable).")
@click.option("--no-plugins", is_flag=True, help="Use no plugin.")
@click.option("--only-plugins", metavar="NAME...", help="Use no plugins but these.")
@click.version_option(__version__, prog_name="shieldcalc", message="%(prog)s %(version)s")
def cli(plugin_dir: str | None, no_plugins: bool, only_plugins: str | None) -> None:
    """Radiation shielding: an X-ray room in one file, dose behind every barrier, the verdict, a report."""
