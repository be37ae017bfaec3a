"""``shieldcalc regulations``: the law that is held here, on a day; one rule explained; a lawyer's file checked."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any

import click

from shieldcalc.cli import asking
from shieldcalc.cli.common import emit, json_flag
from shieldcalc.errors import InputError, Notice, OutsideDataError, UnknownNameError

if TYPE_CHECKING:
    from shieldcalc.model.catalog import Instrument
    from shieldcalc.regulations.classes import Ladder
    from shieldcalc.regulations.duty_rules import DutyRule
    from shieldcalc.regulations.rules import LoadedInstrument, Rule
    from shieldcalc.reports.words import Words

STATES = ("in_force", "amended", "force_not_verified", "not_yet_valid", "repealed")
_CITING = ("rules", "duties", "ladders")
_NEAR = 12  # names that a misspelt rule may mean


@click.group("regulations", no_args_is_help=True)
def regulations() -> None:
    """Show the law as data: what is held here, in force on a day, what a rule asks; check a rule file.

    The format of rule files is described in docs/rules.md.

    \b
    Examples:
      shieldcalc regulations list --on 2026-06-30
      shieldcalc regulations explain VN-LC-24-2015/15.3c --on 2026-06-30
      shieldcalc regulations lint our-province.toml
      shieldcalc regulations try our-cases.toml --rules our-province.toml
    """


def _said(context: click.Context, language: str, on: str | None) -> "tuple[Words, date | None]":
    from shieldcalc.assess import day_of
    from shieldcalc.cli.language import known_language
    from shieldcalc.reports.words import Words

    context.meta["shieldcalc.language"] = known_language(language)
    return Words(language), day_of(on)


def _instruments() -> "Mapping[str, Instrument]":
    from shieldcalc import builtins, plugins

    return {**plugins.catalog().instruments, **builtins.instruments()}


_rules = click.option(
    "--rules", "own", metavar="FILE", multiple=True, help="A file of rules of your own that cases may be about."
)


def _with(own: tuple[str, ...]) -> "Mapping[str, Instrument]":
    """Return the instruments with those of a person's own files; refuses a file that has a slip."""
    from os.path import abspath

    from shieldcalc.model.catalog import Instrument
    from shieldcalc.regulations.lint import lint as linted_rules

    known = _instruments()
    held = {linted_rules(path, known, _find).id: abspath(path) for path in own}
    return {**known, **{name: Instrument(id=name, path=path) for name, path in held.items()}}


def _find(name: str) -> "LoadedInstrument":
    from shieldcalc import plugins
    from shieldcalc.regulations import load

    return load(plugins.instrument(name))


def _refuse_not_held(name: str) -> None:
    """Raise OutsideDataError for an instrument of which articles are known, but nothing that is computed."""
    from shieldcalc.regulations.articles import not_computed

    known = [row for row in not_computed() if row.instrument == name]
    if known and name not in _instruments():
        reason = Notice(f"rules.not_computed.{known[0].reason}", {"by": ", ".join(known[0].by)})
        raise OutsideDataError("instrument_not_computed", name=name, reason=reason)


def _row(found: "Instrument", day: date | None) -> dict[str, str]:
    """Return an instrument's state and dates; without a day no state, and nothing of what has happened to it."""
    from shieldcalc.regulations import load, status

    held = load(found)
    row = dict(status((found,), day or held.effective)[0])
    row |= {"jurisdiction": held.jurisdiction, "kind": held.kind, "rules": str(len(held.rules))}
    return row | ({} if day else {"state": "", "changed_on": "", "changed_by": ""})


@regulations.command("list")
@asking.on("As the law stands on this day, as 2025-06-30.")
@asking.language()
@json_flag
@click.pass_context
def list_(context: click.Context, on: str | None, language: str, as_json: bool) -> None:
    """List the instruments that are held here; with --on their state on that day, amendments not held named.

    \b
    Example:
      shieldcalc regulations list --on 2026-06-30
    """
    from shieldcalc.cli.regulations_words import listed

    words, day = _said(context, language, on)
    rows = [_row(found, day) for found in _instruments().values()]
    if as_json:
        emit("shieldcalc/regulations-list/1", {"on": day and day.isoformat(), "instruments": [_plain(r) for r in rows]})
        return
    for state in STATES if day else ("",):
        chosen = [row for row in rows if row["state"] == state]
        if day and chosen:
            click.echo(
                words.say("explain.on_day", day=day.isoformat(), state=words.code(f"findings.state.{state}", {}))
            )
        for row in chosen:
            click.echo("\n".join(listed(row, words)))


def _plain(row: Mapping[str, str]) -> Mapping[str, object]:
    return {**row, "rules": int(row["rules"]), "text_held": row["text_held"] == "yes"}


@regulations.command("show")
@click.argument("name", metavar="ID")
@asking.on("As the law stands on this day, as 2025-06-30.")
@asking.language()
@json_flag
@click.pass_context
def show(context: click.Context, name: str, on: str | None, language: str, as_json: bool) -> None:
    """Show an instrument with all its rules, duties and classes, or one rule (INSTRUMENT/RULE) as `explain` does.

    \b
    Example:
      shieldcalc regulations show CN-GBZ121-2020 --on 2025-06-30
    """
    from shieldcalc.cli.regulations_words import shown

    if "/" in name:
        context.invoke(explain, name=name, on=on, language=language, as_json=as_json)
        return
    words, day = _said(context, language, on)
    _refuse_not_held(name)
    held = _find(name)
    row = _row(_instruments()[name], day)
    document = _held(held, day, words)
    if as_json:
        head = {"on": day and day.isoformat(), **row, "text_held": held.text_held}
        emit("shieldcalc/regulations-show/1", {**head, **document})
        return
    if day:
        state = words.code(f"findings.state.{row['state']}", {})
        click.echo(words.say("explain.on_day", day=day.isoformat(), state=state))
    click.echo("\n".join(shown(held, row, document, words)))


def _held(held: "LoadedInstrument", day: date | None, words: "Words") -> dict[str, Any]:
    """Return everything that is held of an instrument: rules, duties, ladders, and what is not computed."""
    from shieldcalc.cli.regulations_words import as_told, told_duty
    from shieldcalc.regulations.articles import not_computed
    from shieldcalc.regulations.classes import ladders
    from shieldcalc.regulations.duty_rules import duties
    from shieldcalc.regulations.explain import explained, told_ladder

    return {
        "rules": [as_told(explained(held, rule, day, _find), words) for rule in held.rules],
        "duties": [told_duty(duty, held, day, words) for duty in duties(held.id)],
        "not_computed": [row._asdict() for row in not_computed() if row.instrument == held.id],
        "ladders": [told_ladder(ladder, held, day) for ladder in ladders(held.id)],
    }


@regulations.command("explain")
@click.argument("name", metavar="INSTRUMENT/RULE")
@asking.on("As the law stands on this day, as 2025-06-30.")
@asking.language()
@json_flag
@click.pass_context
def explain(context: click.Context, name: str, on: str | None, language: str, as_json: bool) -> None:
    """Explain a rule, duty or ladder: what it asks, of what, where, when, how well its text is known.

    With --on: how far it binds on that day and why no further, and where a reference leads. Of an article: all that
    stands on it, and what of it is not computed.

    \b
    Examples:
      shieldcalc regulations explain VN-LC-24-2015/15.3 --on 2026-06-30
      shieldcalc regulations explain "VN-LC-24-2015/Art. 33(2)"
    """
    from shieldcalc.cli.regulations_words import (
        article_lines,
        as_told,
        duty_in_full,
        ladder_lines,
        lines,
        told_duty,
    )
    from shieldcalc.regulations.explain import explained, told_ladder

    words, day = _said(context, language, on)
    ladder = _ladder(name)
    if ladder is not None:
        told = told_ladder(ladder, _find(ladder.instrument), day)
        if as_json:
            emit("shieldcalc/regulations-ladder/1", told)
        else:
            click.echo("\n".join(ladder_lines(told, words)))
        return
    duty = _duty(name)
    if duty is not None:
        told = told_duty(duty, _find(duty.instrument), day, words)
        if as_json:
            emit("shieldcalc/regulations-duty/1", told)
        else:
            click.echo("\n".join(duty_in_full(told, words)))
        return
    about = _article(name, day, words)
    if about is not None:
        if as_json:
            emit("shieldcalc/regulations-article/1", about)
        else:
            click.echo("\n".join(article_lines(about, words)))
        return
    held, rule = _rule(name)
    found = explained(held, rule, day, _find)
    if as_json:
        emit("shieldcalc/regulations-explain/1", as_told(found, words))
        return
    click.echo("\n".join(lines(found, held, words)))


def _ladder(name: str) -> "Ladder | None":
    """Return the ladder of a name, or of a criterion that no rule is named like."""
    from shieldcalc.regulations.classes import ladders

    instrument = name.partition("/")[0]
    held = ladders(instrument) if instrument in _instruments() else ()
    own = next((ladder for ladder in held if ladder.full_id == name), None)
    if own is None and held and name not in {rule.full_id for rule in _find(instrument).rules}:
        own = next((ladder for ladder in held if any(one.full_id == name for one in ladder.criteria)), None)
    return own


def _duty(name: str) -> "DutyRule | None":
    from shieldcalc.regulations.duty_rules import duties

    instrument = name.partition("/")[0]
    held = duties(instrument) if instrument in _instruments() else ()
    return next((duty for duty in held if duty.full_id == name), None)


def _article(name: str, day: date | None, words: "Words") -> dict[str, Any] | None:
    """Return everything that is held of an article that is named; None where a rule is, or nothing that is known."""
    from shieldcalc.regulations.articles import article_of, cites

    instrument, _, said = name.partition("/")
    article = article_of(instrument, said)
    if article is None or instrument not in _instruments() or said in {rule.id for rule in _find(instrument).rules}:
        return None
    found = _held(_find(instrument), day, words)
    left = [
        {**row, "articles": [one for one in row["articles"] if cites(one, article)]} for row in found["not_computed"]
    ]
    kept = {key: [each for each in found[key] if cites(each["article"], article)] for key in _CITING}
    head = {"on": day and day.isoformat(), "instrument": instrument, "article": article}
    return {**head, **kept, "not_computed": [row for row in left if row["articles"]]}


def _rule(name: str) -> "tuple[LoadedInstrument, Rule]":
    from difflib import get_close_matches

    from shieldcalc.regulations.classes import ladders
    from shieldcalc.regulations.duty_rules import duties

    instrument, _, short = name.partition("/")
    held = _find(instrument)
    rules = {rule.id: rule for rule in held.rules}
    if short not in rules:
        known = [rule.full_id for rule in held.rules]
        known += [duty.full_id for duty in duties(instrument)] + [ladder.full_id for ladder in ladders(instrument)]
        parts = [each for each in known if each.startswith((f"{name}.", f"{name}("))]
        raise UnknownNameError("rule", name, parts or get_close_matches(name, known, _NEAR, 0.0))
    return held, rules[short]


@regulations.command("lint")
@click.argument("file", metavar="FILE")
@_rules
@asking.language()
@json_flag
@click.pass_context
def lint(context: click.Context, file: str, own: tuple[str, ...], language: str, as_json: bool) -> None:
    """Check a file of rules, duties, classes or cases: every slip at once, exit code 2 if there is one.

    Each slip comes with its line, its key and the nearest known name.

    Unknown keys and names, values that cannot be compared, units, dates, references and parts that nobody has.

    \b
    Example:
      shieldcalc regulations lint our-province.toml
    """
    from shieldcalc.regulations.lint import linted

    words, _ = _said(context, language, None)
    try:
        held = linted(file, _with(own), _find)
    except InputError as refused:
        if not as_json:
            raise
        found = [
            {"line": one.line, "key": one.key, "code": one.code, "text": one.text(language)} for one in refused.problems
        ]
        emit("shieldcalc/regulations-lint/1", {"file": file, "instrument": None, "rules": None, "problems": found})
        raise click.exceptions.Exit(2) from None
    if as_json:
        counted = held.entries if held.kind == "rules" else None
        document = {"file": file, "instrument": held.instrument, "kind": held.kind, "count": held.entries}
        document |= {"rules": counted, "problems": []}
        emit("shieldcalc/regulations-lint/1", document)
        return
    click.echo(words.say(f"explain.clean_{held.kind}", file=file, instrument=held.instrument, count=held.entries))


@regulations.command("try")
@click.argument("file", metavar="CASES")
@_rules
@asking.language()
@json_flag
@click.pass_context
def try_(context: click.Context, file: str, own: tuple[str, ...], language: str, as_json: bool) -> None:
    """Judge the situations of a case file and compare: exit code 1 if a case expects something else.

    A case is a situation, a day, and a rule, a ladder or a duty with what it is expected to find (docs/rules.md).

    \b
    Example:
      shieldcalc regulations try our-cases.toml --rules our-province.toml
    """
    from shieldcalc.cli.regulations_words import tried
    from shieldcalc.regulations.casebook import answers, read

    words, _ = _said(context, language, None)
    known = _with(own)
    told = [(case, answers(case, known)) for case in read(file, known)]
    if as_json:
        cases = [
            {"about": case.about, "on": case.on.isoformat(), "what": case.what, "expected": case.expected,
             "answers": [{"subject": one.subject, "found": one.found, "agrees": one.agrees} for one in found]}
            for case, found in told
        ]  # fmt: skip
        emit("shieldcalc/regulations-try/1", {"file": file, "cases": cases})
    else:
        click.echo("\n".join(line for case, found in told for line in tried(case, found, words)))
    if not all(found and all(one.agrees for one in found) for _, found in told):
        raise click.exceptions.Exit(1)
