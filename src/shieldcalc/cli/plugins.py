"""``shieldcalc plugins``: what is loaded and what is not, a skeleton to start from, the contract of one plugin."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import click

from shieldcalc.cli import asking
from shieldcalc.cli.common import emit, json_flag

if TYPE_CHECKING:
    from shieldcalc.contract import Verdict
    from shieldcalc.errors import Notice
    from shieldcalc.plugin_host import Record
    from shieldcalc.reports.words import Words

MARK = {"pass": "ok  ", "fail": "FAIL", "skip": "-   "}
FAILS = 1


@click.group("plugins")
def plugins() -> None:
    """List what plugins are loaded, begin a new one, try the contract of one.

    \b
    Examples:
      shieldcalc plugins list
      shieldcalc plugins new material our_bricks
      shieldcalc plugins check our_bricks
    """


def _words(context: click.Context, language: str) -> "Words":
    from shieldcalc.cli import TOLD
    from shieldcalc.cli.language import known_language
    from shieldcalc.reports.words import Words

    context.meta["shieldcalc.language"] = language = known_language(language)
    context.meta[TOLD] = True
    return Words(language)


@plugins.command("list")
@asking.language()
@json_flag
@click.pass_context
def listed(context: click.Context, language: str, as_json: bool) -> None:
    """List every plugin: version, where it is from, digest of its files, what it gives; what was refused, and why.

    \b
    Example:
      shieldcalc plugins list --plugin-dir our_plugins
    """
    from shieldcalc import plugins as known

    words = _words(context, language)
    host = known.host()
    host.ask_all()
    if as_json:
        emit("shieldcalc/plugins-list/1", _document(list(host.every()), host.others, words))
        return
    for record in host.every():
        for line in _lines(record, words):
            click.echo(line)
    for notice in host.others:
        click.echo(words.notice(notice))
    if not host.every():
        click.echo(words.say("plugins.none"))


def _lines(record: "Record", words: "Words") -> Iterator[str]:
    state = words.say("plugins.loaded" if record.plugin is not None else "plugins.refused")
    yield f"{record.name} {record.version}  {state}".rstrip()
    yield f"  {words.say('plugins.from')}: {record.origin}"
    if record.plugin is not None:
        yield f"  SHA-256: {record.files.sha256}"
    for hook, names in record.gave.items():
        yield f"  {hook}: {', '.join(names)}"
    for notice in (*record.refused, *record.remarks):
        yield f"  {words.notice(notice)}"


def _document(records: "list[Record]", others: "list[Notice]", words: "Words") -> dict[str, Any]:
    from shieldcalc.cli.common import notices

    found = [
        {
            "name": record.name,
            "version": record.version,
            "from": record.origin,
            "loaded": record.plugin is not None,
            "gives": record.gave,
            "refused": notices(record.refused, words.language),
            "warnings": notices(record.remarks, words.language),
        }
        for record in records
    ]
    return {"found": found, "warnings": notices(others, words.language)}


@plugins.command("new")
@click.argument("kind", metavar="KIND")
@click.argument("name", metavar="NAME")
@click.option("--to", "folder", default=".", show_default=True, metavar="FOLDER", help="Where to make the folder NAME.")
@json_flag
def new(kind: str, name: str, folder: str, as_json: bool) -> None:
    """Write a working plugin of one KIND with a passing test into a new folder NAME.

    KIND is material, source, method, regulation, report or command. Nothing is written over.

    \b
    Example:
      shieldcalc plugins new material our_bricks
      pip install ./our_bricks
    """
    from shieldcalc.contract.skeleton import write

    files = write(kind, name, folder)
    if as_json:
        emit("shieldcalc/plugins-new/1", {"kind": kind, "name": name, "files": files})
        return
    for path in files:
        click.echo(path)


@plugins.command("check")
@click.argument("path", metavar="PATH")
@asking.language()
@json_flag
@click.pass_context
def check(context: click.Context, path: str, language: str, as_json: bool) -> None:
    """Try the contract of the plugin at PATH: a Python file, or a folder with a pyproject.toml. Its code runs.

    Types, units, ranges, doses that follow what is changed, documentation, licence. Exit code 0: everything that was
    tried holds; 1: something does not; 2: there is no plugin.

    \b
    Example:
      shieldcalc plugins check our_bricks
    """
    from shieldcalc.contract import FAIL
    from shieldcalc.contract import check as tried

    words = _words(context, language)
    found = tried(path)
    wrong = any(verdict.outcome == FAIL for verdict in found)
    if as_json:
        emit("shieldcalc/plugins-check/1", {"path": path, "holds": not wrong, "checks": [*_told(found, words)]})
    else:
        for verdict in found:
            said = f": {words.notice(verdict.reason)}" if verdict.reason else ""
            click.echo(f"{MARK[verdict.outcome]} {words.named('contract', verdict.check)}  {verdict.thing}{said}")
    context.exit(FAILS if wrong else 0)


def _told(found: "tuple[Verdict, ...]", words: "Words") -> Iterator[dict[str, object]]:
    for verdict in found:
        reason = "" if verdict.reason is None else words.notice(verdict.reason)
        yield {"check": verdict.check, "thing": verdict.thing, "outcome": verdict.outcome, "reason": reason}
