"""What the office tells, as the content of a report in one language, for terminal and HTML."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from shieldcalc.errors import Notice
from shieldcalc.facility.audit_ledger import SIX, number, remarks
from shieldcalc.facility.hazards import Statistics
from shieldcalc.model.assessment import PluginUsed
from shieldcalc.model.facility import Hazard
from shieldcalc.office.chart import bars
from shieldcalc.office.codec import notice_of, refusal_of
from shieldcalc.office.follow_up import COMMANDS
from shieldcalc.office.summary import LISTED, Summary, worst
from shieldcalc.office.what_if import Rejudged, Told
from shieldcalc.reports.blocks import Block, Cell, bullets, facts, section, subheading, table, text, toned
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.sections.provenance import plugins_in_use
from shieldcalc.reports.words import Words

TONES = {"accept": "pass", "accept_with_conditions": "pass", "query": "undetermined", "reject": "fail", "refused": ""}
DRAWN = 15  # bars of a chart; tables hold all
CODES = {0: "pass", 1: "fail", 3: "undetermined"}


def content(found: Summary, language: str) -> dict[str, Any]:
    """Return the whole report as JSON-like data. Raises TextError where the language lacks a text."""
    words = Words(language)
    parts = [
        section(words.say("office.section.outcomes"), _outcomes(found, words)),
        section(words.say("office.section.findings"), _findings(found, words)),
        section(words.say("office.section.kinds"), _kinds(found, words)),
        section(words.say("office.section.margins"), [_margins(found, words)]),
        section(words.say("office.section.newest"), _changes(found.newest, words)),
        section(words.say("office.section.follow_up"), list(_follow_up(found, words))),
        section(words.say("office.section.refused"), _bullets(_refused(found), words)),
    ]
    head = [("submissions", found.submissions), ("units", found.units), ("rooms", found.rooms)]
    head += [(name, count) for name, count in (("gone", found.gone), ("copies", found.copies)) if count]
    shown = [(words.say(f"office.label.{name}"), str(count)) for name, count in head]
    return _whole(words, words.say("office.title"), found.ledger, shown, parts, found.outcomes)


def naming(content: dict[str, Any], plugins: Iterable[Mapping[str, Any]], language: str) -> dict[str, Any]:
    """Return the content of a report with a line that names the plugins that it rests on."""
    used = (PluginUsed(each["name"], each["version"], each["sha256"]) for each in plugins)
    rows = [*content["facts"]["rows"], *plugins_in_use(used, Words(language))]
    return {**content, "facts": facts(rows)}


def _whole(
    words: Words,
    title: str,
    ledger: str,
    shown: Iterable[tuple[str, str]],
    parts: Iterable[Block],
    outcomes: Mapping[str, int],
) -> dict[str, Any]:
    told = "; ".join(f"{words.say(f'office.outcome.{name}')}: {count}" for name, count in outcomes.items())
    gravest = next((name for name in ("reject", "refused", "query") if outcomes.get(name)), "accept")
    kept = [part for part in parts if part["blocks"]]
    return {
        "lang": words.language,
        "date": "",
        "title": title,
        "running": visible(ledger.replace("\\", "/").rpartition("/")[2]),
        "page": words.say("page"),
        "facts": facts(shown),
        "verdict": {"text": told or words.say("dash"), "note": "", "tone": TONES[gravest] or "undetermined"},
        "sections": [{**part, "number": str(count)} for count, part in enumerate(kept, 1)],
    }


def _columns(words: Words, *columns: tuple[str, float, str]) -> list[tuple[str, float, str]]:
    return [(words.say(f"office.column.{name}"), share, align) for name, share, align in columns]


def _outcomes(found: Summary, words: Words) -> list[Block]:
    columns = _columns(words, ("outcome", 3, "l"), ("submissions", 1, "r"), ("share", 1, "r"))
    rows: list[list[Cell]] = [
        [toned(words.say(f"office.outcome.{name}"), TONES[name]), str(count), f"{_share(count, found, words)} %"]
        for name, count in found.outcomes.items()
    ]
    named = [(words.say(f"office.outcome.{name}"), count, TONES[name]) for name, count in found.outcomes.items()]
    return [table(columns, rows), _chart(named, words.say("office.section.outcomes"))]


def _chart(rows: Sequence[tuple[str, int, str]], caption: str) -> Block:
    return {"type": "figure", "svg": bars(rows[:DRAWN]), "alt": caption, "caption": caption} if rows else {}


def _share(count: int, found: Summary, words: Words) -> str:
    return words.number(f"{100 * count / found.submissions:.1f}")


def _findings(found: Summary, words: Words) -> list[Block]:
    heads = (("rule", 2.4, "l"), ("article", 1.2, "l"), ("outcome", 1.8, "l"), ("places", 0.8, "r"))
    columns = _columns(words, *heads, ("submissions", 1.0, "r"))
    rows = ([visible(row["rule"]), words.article(row["article"]), _outcome(row, words), str(row["places"]),
             str(row["submissions"])] for row in found.findings)  # fmt: skip
    drawn = [(visible(row["rule"]), row["submissions"], _tone(row)) for row in found.findings]
    return [table(columns, rows), _chart(drawn, words.say("office.chart.findings"))]


def _outcome(row: Mapping[str, Any], words: Words) -> Cell:
    return toned(words.verdict(row["outcome"], row["force"]), _tone(row))


def _tone(row: Mapping[str, Any]) -> str:
    return str(row["outcome"]) if row["force"] == "binding" else ""


def _kinds(found: Summary, words: Words) -> list[Block]:
    columns = _columns(words, ("kind", 4, "l"), ("outcome", 2, "l"), ("count", 1, "r"), ("submissions", 1, "r"))
    rows = ([kind(row["code"], words), words.say(f"office.outcome.{row['weight']}"), str(row["count"]),
             str(row["submissions"])] for row in found.kinds)  # fmt: skip
    drawn = [(kind(row["code"], words), row["submissions"], TONES[row["weight"]]) for row in found.kinds]
    return [table(columns, rows), _chart(drawn, words.say("office.chart.kinds"))]


def kind(code: str, words: Words) -> str:
    """Return the name of what a reason is about; all that is not plausible has one."""
    implausible = code.startswith("report.verify.plausible.")
    return words.named("office.kind", "plausible" if implausible else code.rpartition(".")[2])


def _margins(found: Summary, words: Words) -> Block:
    heads = (("submission", 2.4, "l"), ("design", 1.4, "l"), ("place", 1.2, "l"), ("rule", 2.0, "l"))
    rows: Iterable[list[Cell]] = (
        [*(visible(row[name]) for name in ("submission", "design", "subject", "rule")),
         toned(words.margin(row["margin"]), row["outcome"])] for row in found.margins
    )  # fmt: skip
    return table(_columns(words, *heads, ("margin", 0.9, "r")), rows)


def what_if(ledger: str, found: Sequence[Rejudged], language: str) -> dict[str, Any]:
    """Return what another law would do, as the content of a report."""
    words = Words(language)
    parts = [section(words.say("office.section.what_if"), _changes(found, words))]
    shown = [(words.say("office.label.rooms"), str(len(found)))]
    report = _whole(words, words.say("office.what_if_title"), ledger, shown, parts, {})
    failing, kept = sum(each.after == 1 for each in found), sum(each.after == 0 for each in found)
    undecided = len(found) - failing - kept
    told = words.say("office.would_fail", count=failing, total=len(found), open=undecided)
    tone = "fail" if failing else "undetermined" if undecided else "pass"
    return {**report, "verdict": {"text": told, "note": "", "tone": tone}}


def _changes(found: Sequence[Rejudged], words: Words) -> list[Block]:
    """Return how many rooms change in which way, then the rooms that do not comply, those that fail first."""
    if not found:
        return []
    counted = _columns(words, ("before", 2, "l"), ("after", 2, "l"), ("rooms", 1, "r"))
    rows = [[*_way(key, words), str(count)] for key, count in worst(found).items()]
    open_ones = sorted((each for each in found if each.after != 0), key=lambda each: (each.after != 1, each[:3]))
    heads = (("submission", 2.4, "l"), ("design", 1.2, "l"), ("before", 1.3, "l"), ("after", 1.3, "l"))
    columns = _columns(words, *heads, ("rule", 3, "l"))
    return [
        table(counted, rows),
        table(columns, (_changed(each, words) for each in open_ones[:LISTED])),
        _more(len(open_ones) - LISTED, words),
    ]


def _way(key: str, words: Words) -> list[Cell]:
    if key == "verify":
        return [words.say("dash"), toned(words.say("office.code.verify"), "undetermined")]
    return [_code(int(part), words) for part in key.split(" > ")]


def _code(code: int | None, words: Words) -> Cell:
    name = "verify" if code is None else str(code)
    return toned(words.say(f"office.code.{name}"), "undetermined" if code is None else CODES[code])


def _changed(each: Rejudged, words: Words) -> list[Cell]:
    failing = [found for found in each.findings if found.outcome == "fail"] or each.findings
    law = "; ".join(dict.fromkeys(_law(found, words) for found in failing))
    place = toned(visible(each.submission), "", visible(each.applicant))
    return [place, visible(each.design), _code(each.before, words), _code(each.after, words), visible(law)]


def _law(found: Told, words: Words) -> str:
    return f"{found.rule} ({words.article(found.article)})" if found.article else found.rule


def _follow_up(found: Summary, words: Words) -> Iterator[Block]:
    if not found.statistics:
        yield text(words.say("office.no_follow_up", visit=COMMANDS["inspection"], hazard=COMMANDS["hazard"]))
        return
    yield text(words.say("office.as_of" if found.asked else "office.as_of_last", day=found.on))
    shown = _shown(found.statistics)
    heads = [(words.say("audit.period"), 1.0, "l"), (words.say("audit.unit"), 2.0, "l")]
    columns = [*heads, *((words.say(f"audit.statistic.{name}"), 1.0, "r") for name in SIX)]
    columns.append((words.say("audit.hazard_state.overdue"), 1.0, "r"))
    rows = ([row.period, visible(row.unit) or words.say("audit.all_units"), *(number(row, name) for name in SIX),
             str(row.overdue)] for row in shown)  # fmt: skip
    yield table(columns, rows)
    yield _more(len(found.statistics) - len(shown), words)
    yield bullets(remark for row in shown if not row.unit for remark in remarks(row, words))
    if found.overdue:
        yield subheading(words.say("audit.hazard_state.overdue"))
        yield from _bullets([_overdue(each, words) for each in found.overdue], words)


def _shown(rows: Sequence[Statistics]) -> Sequence[Statistics]:
    """Return the rows that a report lists: all where they are few, else the last ones of all units and of each."""
    if len(rows) <= LISTED:
        return rows
    whole, each = [row for row in rows if not row.unit], [row for row in rows if row.unit]
    return [*whole[-LISTED:], *each[-LISTED:]]


def _overdue(each: Hazard, words: Words) -> str:
    said = ": ".join(visible(part) for part in (each.id, each.unit, each.what) if part)
    return f"{said} ({words.say('audit.deadline_on', day=each.deadline)})"


def _refused(found: Summary) -> list[str]:
    pairs = ((visible(name), visible(said)) for name, said in found.refused)
    return [said if name in said else f"{name}: {said}" for name, said in pairs]


def _bullets(lines: Sequence[str], words: Words) -> list[Block]:
    return [bullets(lines[:LISTED]), _more(len(lines) - LISTED, words)]


def _more(count: int, words: Words) -> Block:
    """Return that there are so many more than those listed."""
    return text(words.say("office.more", count=count)) if count > 0 else {}


def submission(found: Mapping[str, Any], language: str, ledger: str) -> dict[str, Any]:
    """Return what is held of one submission as the content of a report."""
    words = Words(language)
    refused = [text(visible(refusal_of(found["refusal"]).text(language)))] if found["refusal"] else []
    reasons = (_reason(row, words) for row in found["reasons"])
    columns = _columns(words, ("design", 2, "l"), ("day", 1, "l"), ("outcome", 2, "l"))
    rooms = ([visible(row["design"]), row["day"], _code(row["exit_code"], words)] for row in found["rooms"])
    heads = _columns(words, ("hazard", 1, "l"), ("found", 1, "l"), ("deadline", 1, "l"), ("corrected", 1, "l"))
    dash = words.say("dash")
    follow = ([visible(row["id"]), row["found"], row["deadline"] or dash, row["corrected"] or dash]
              for row in found["follow_ups"])  # fmt: skip
    parts = [
        section(words.say("office.section.reasons"), [*refused, bullets(reasons)]),
        section(words.say("office.section.rooms"), [table(columns, rooms)]),
        section(words.say("office.section.follow_up"), [table(heads, follow)]),
    ]
    shown = [
        (words.say("office.column.submission"), _named(found, words)),
        (words.say("office.column.applicant"), visible(found["applicant"]) or dash),
        ("SHA-256", found["sha256"]),
        (words.say("office.label.program"), found["program"]),
    ]
    report = _whole(words, words.say("office.submission_title"), ledger, shown, parts, {found["outcome"]: 1})
    return {**report, "verdict": {**report["verdict"], "text": words.say(f"office.outcome.{found['outcome']}")}}


def _named(row: Mapping[str, Any], words: Words) -> str:
    name = visible(row["name"])
    return words.say("office.gone_mark", name=name) if row["gone"] else name


def _reason(row: Mapping[str, Any], words: Words) -> str:
    said: Notice = notice_of(row["said"])
    law = ", ".join(part for part in (visible(row["instrument"]), words.article(row["article"])) if part)
    subject = f"{visible(row['subject'])}: " if row["subject"] else ""
    weight = words.say(f"office.outcome.{row['weight']}")
    return f"{weight}: {subject}{words.notice(said)}{f' ({law})' if law else ''}"


def listing(rows: Sequence[Mapping[str, Any]], language: str, ledger: str) -> dict[str, Any]:
    """Return submissions as the content of a report."""
    words = Words(language)
    heads = (("submission", 3, "l"), ("applicant", 2.4, "l"), ("outcome", 1.6, "l"), ("margin", 0.8, "r"))
    outcomes: dict[str, int] = {}
    for row in rows:
        outcomes[row["outcome"]] = outcomes.get(row["outcome"], 0) + 1
    cells: Iterable[list[Cell]] = ([_named(row, words), visible(row["applicant"]) or words.say("dash"),
              toned(words.say(f"office.outcome.{row['outcome']}"), TONES[row["outcome"]]), words.margin(row["margin"])]
             for row in rows)  # fmt: skip
    part = section(words.say("office.label.submissions"), [table(_columns(words, *heads), cells)])
    shown = [(words.say("office.label.submissions"), str(len(rows)))]
    return _whole(words, words.say("office.list_title"), ledger, shown, [part], dict(sorted(outcomes.items())))
