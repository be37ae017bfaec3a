"""In which forms the office tells something: terminal, JSON, CSV, Parquet, HTML."""

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click

from shieldcalc.cli.common import F

if TYPE_CHECKING:
    from datetime import date

    from shieldcalc.office.table import Table

HTML = ".html"
STDOUT = "-"
_JSON, _CSV = "Write it as JSON.", "Write it as a table."
_PARQUET = "Write it as a table in Parquet (extra: parquet)."
_REPORT = "Write it as a report (repeatable)."


class Forms(NamedTuple):
    """Where to write what a ledger tells, and in which language."""

    ledger: str
    language: str
    json_to: str | None = None
    csv_to: str | None = None
    parquet_to: str | None = None
    reports_to: tuple[str, ...] = ()

    def check(self) -> None:
        """Refuse what cannot be written before anything is computed. Raises ShieldcalcError and UsageError."""
        from shieldcalc.cli.files import Outputs
        from shieldcalc.errors import UnknownNameError

        files = (self.json_to, self.csv_to, self.parquet_to, *self.reports_to)
        if files.count(STDOUT) > 1:
            raise click.UsageError("--json -, --csv - and --parquet - each write to standard output; give one of them")
        Outputs(inputs=(self.ledger,)).refuse_inputs(*files)
        for target in self.reports_to:
            if not target.lower().endswith(HTML):
                raise UnknownNameError("report ending", target, (HTML,))

    def write(
        self,
        content: Callable[[], dict[str, Any]],
        as_json: Callable[[], dict[str, Any]],
        table: "Callable[[], Table] | None" = None,
    ) -> None:
        """Write what was asked for; to the terminal where nothing else goes to standard output."""
        from shieldcalc.cli.common import encode
        from shieldcalc.cli.files import Outputs
        from shieldcalc.office.report import naming
        from shieldcalc.reports.html import rendered

        outputs, used = Outputs(inputs=(self.ledger,)), self._plugins()
        if self.json_to is not None:
            outputs.add(self.json_to, encode({"plugins": used, **as_json()}))
        for target, written in self._tables(table):
            outputs.add(target, written)
        for target in self.reports_to:
            outputs.add(target, rendered(naming(content(), used, self.language)))
        outputs.write()
        if STDOUT not in (self.json_to, self.csv_to, self.parquet_to):
            from shieldcalc.reports.terminal import show_content

            show_content(naming(content(), used, self.language))

    def _plugins(self) -> list[dict[str, Any]]:
        """Return the plugins that what is told rests on: those of the ledger's results, and those in use now."""
        from shieldcalc.cli.common import plugins_used
        from shieldcalc.office.ledger import Ledger
        from shieldcalc.office.summary import rest_on

        with Ledger(self.ledger) as held:
            found = [*rest_on(held), *plugins_used()]
        return list({(each["name"], each["version"], each["sha256"]): each for each in found}.values())

    def _tables(self, table: "Callable[[], Table] | None") -> Iterator[tuple[str, bytes]]:
        if table is not None and self.csv_to is not None:
            yield self.csv_to, table().csv()
        if table is not None and self.parquet_to is not None:
            yield self.parquet_to, table().parquet()


def told(*, table: bool = True, report: bool = True) -> Callable[[F], F]:
    """Add the options that say in which forms something is told; the command gets them as ``forms``, checked."""

    def added(function: F) -> F:
        @wraps(function)
        def command(ledger: str, language: str, **asked: Any) -> None:
            from shieldcalc.cli.language import known_language

            click.get_current_context().meta["shieldcalc.language"] = language = known_language(language)
            files = {name: asked.pop(name) for name in Forms._fields[2:] if name in asked}
            forms = Forms(ledger, language, **files)
            forms.check()
            function(ledger, forms, **asked)

        command = click.option("--lang", "language", default="en", show_default=True, help="Language.")(command)
        if report:
            command = click.option("--report", "reports_to", multiple=True, metavar="FILE.html", help=_REPORT)(command)
        if table:
            command = click.option("--parquet", "parquet_to", metavar="FILE", help=_PARQUET)(command)
            command = click.option("--csv", "csv_to", metavar="-|FILE", help=_CSV)(command)
        flag: dict[str, Any] = {"is_flag": False, "flag_value": STDOUT, "help": _JSON}
        command = click.option("--json", "json_to", metavar="[-|FILE]", **flag)(command)
        return click.argument("ledger", type=click.Path())(command)  # type: ignore[return-value]

    return added


def present(function: F) -> F:
    """Add the option that leaves out submissions that are no longer there."""
    return click.option("--present", is_flag=True, help="Leave out submissions that are no longer there.")(function)


def workers(function: F) -> F:
    """Add the option of what judges rooms again."""
    words = "Processes that judge; else one a core."
    return click.option("--workers", type=click.IntRange(1, 256), help=words)(function)


def day(_context: click.Context, _option: click.Parameter, value: str | None) -> "date | None":
    """Return the day that an option says. Raises ShieldcalcError for what is none."""
    from shieldcalc.assess import day_of

    return day_of(value)
