"""A verification as the content of a report: words and numbers of one language, for terminal, HTML, PDF and Word."""

from collections.abc import Iterable, Iterator
from typing import Any

from shieldcalc import plugins
from shieldcalc.reports.blocks import Block, Cell, bullets, facts, section, subheading, table, text, toned
from shieldcalc.reports.content import barrier_marks
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.sections import dossier, law, provenance
from shieldcalc.reports.words import Words
from shieldcalc.units import significant
from shieldcalc.verify.model import Flip, Judged, Measured, Reason, RoomVerification, Verification
from shieldcalc.verify.outcome import change_told
from shieldcalc.verify.quantities import BY_FIELD

TONES = {"accept": "pass", "accept_with_conditions": "pass", "query": "undetermined", "reject": "fail"}
_CLAIM_TONES = {"agrees": "pass", "conservative": "pass", "understated": "fail", "not_reproduced": "undetermined"}
_READ_TONES = {"agrees": "pass", "below": "pass", "above": "fail", "not_counted": "undetermined"}
_PRESENT: dict[bool | None, tuple[str, str]] = {
    True: ("there", "pass"),
    False: ("not_there", "undetermined"),
    None: ("elsewhere", ""),
}
_ORDER = ("reject", "query", "accept_with_conditions", "accept")


def content(found: Verification, language: str) -> dict[str, Any]:
    """Return the whole report as JSON-like data. Raises TextError where the language lacks a text."""
    words = Words(language)
    running = visible(found.statement.applicant)
    sections = [
        _reasons(found, words),
        *(part for room in found.rooms for part in _room(room, words)),
        _files(found, words),
        provenance.signatures(words),
    ]
    verdict = {
        "text": words.say(f"verify.verdict.{found.verdict}"),
        "note": words.say(f"verify.verdict_note.{found.verdict}"),
        "tone": TONES[found.verdict],
    }
    return {
        "lang": language,
        "date": found.on,
        "title": words.say("verify.title"),
        "running": running if len(running) <= 60 else f"{running[:59]}…",
        "page": words.say("page"),
        "facts": facts(_head(found, words)),
        "verdict": verdict,
        "sections": [{**part, "number": str(number)} for number, part in enumerate(sections, 1)],
    }


def _head(found: Verification, words: Words) -> Iterator[tuple[str, str]]:
    stated, first = found.statement, next((room.assessment for room in found.rooms), None)
    dash = words.say("dash")
    yield words.say("verify.label.applicant"), visible(stated.applicant)
    yield words.say("verify.label.reference"), visible(stated.reference) or dash
    yield words.say("verify.label.dated"), stated.dated.isoformat() if stated.dated else dash
    yield words.say("verify.label.designs"), ", ".join(map(visible, stated.designs))
    yield words.say("label.on"), found.on
    if first is not None:
        yield words.say("label.instruments"), ", ".join(map(visible, first.instruments))
        yield words.say("verify.label.methods"), ", ".join(each.method for each in first.results)
    yield words.say("verify.label.manifest"), words.say("verify.manifest" if found.manifest else "verify.no_manifest")
    yield words.say("label.program"), f"shieldcalc {found.version}"
    yield from provenance.plugins_in_use(plugins.loaded() if first is None else first.plugins, words)


def _reasons(found: Verification, words: Words) -> Block:
    blocks: list[Block] = []
    for weight in _ORDER:
        here = [each for each in found.reasons if each.weight == weight]
        if here:
            blocks += [
                subheading(words.say(f"verify.because.{weight}")),
                bullets(_reason(each, words) for each in here),
            ]
    return section(words.say("verify.section.outcome"), blocks)


def _reason(reason: Reason, words: Words) -> str:
    subject = f"{visible(reason.subject)}: " if reason.subject else ""
    cited = _article(reason.instrument, reason.article, words)
    article = f" ({cited})" if cited else ""
    named = f" [{visible(reason.condition)}]" if reason.weight == "accept_with_conditions" and reason.condition else ""
    return f"{subject}{words.notice(reason.said)}{article}{named}"


def _article(instrument: str, article: str, words: Words) -> str:
    return ", ".join(part for part in (visible(instrument), words.article(article)) if part)


def _room(room: RoomVerification, words: Words) -> Iterator[Block]:
    """Yield the sections about one design."""
    own = room.assessment
    marks = barrier_marks(own)
    title = visible(room.name)
    yield section(words.say("verify.section.claims", design=title), _claims(room, words))
    yield section(words.say("verify.section.recomputed", design=title), [law.overview(own, words, marks)])
    if room.readings:
        yield section(words.say("verify.section.readings", design=title), _readings(room, words))
    yield section(words.say("verify.section.sensitivity", design=title), _flips(room.flips, words))
    if room.items:
        yield section(words.say("verify.section.checklist", design=title), [_items(room, words)])
    yield dossier.conditions(own, words, marks)
    yield law.remarks(own, words)


def _columns(words: Words, *columns: tuple[str, float, str]) -> list[tuple[str, float, str]]:
    return [(words.say(f"verify.column.{name}"), share, align) for name, share, align in columns]


def _claims(room: RoomVerification, words: Words) -> list[Block]:
    heads = (("place", 1.1, "l"), ("claim", 1.7, "l"), ("by", 1.2, "l"), ("recomputed", 1.2, "r"), ("judged", 1.8, "l"))
    columns = _columns(words, *heads, ("others", 1.9, "l"))
    blocks = [table(columns, (_claim(each, words) for each in room.claims)), text(words.say("verify.note.claims"))]
    if not room.claims:
        blocks = [text(words.say("verify.no_claims"))]
    if room.unclaimed:
        blocks.append(text(words.say("verify.unclaimed", places=", ".join(map(visible, room.unclaimed)))))
    return blocks


def _claim(found: Judged, words: Words) -> list[Cell]:
    claim = found.claim
    kind = BY_FIELD.get(claim.quantity, claim.quantity)
    what = words.say(
        f"verify.quantity.{kind}", material=words.named("material", claim.material) if claim.material else ""
    )
    written = (
        words.say(f"verify.outcome.{claim.written}") if claim.quantity == "verdict" else _amount(claim.written, words)
    )
    by = " · ".join(filter(None, (visible(claim.method), visible(claim.program))))
    spread = "; ".join(f"{name} {_number(value, words)}" for name, value in found.spread)
    return [
        visible(claim.subject),
        toned(f"{what}: {written}", "", visible(claim.id)),
        by,
        _found(found, words),
        toned(_status(found, words), _CLAIM_TONES[found.status], _why(found, words)),
        spread or words.say("dash"),
    ]


def _found(found: Judged, words: Words) -> str:
    if found.recomputed_verdict:
        return words.say(f"verify.outcome.{found.recomputed_verdict}")
    if found.recomputed is None:
        return words.say("dash")
    return words.amount(_number(found.recomputed, words), found.claim.unit)


def _status(found: Judged, words: Words) -> str:
    if found.status in ("agrees", "not_reproduced") or found.factor is None:
        return words.say(f"verify.status.{found.status}")
    factor = "∞" if found.factor == float("inf") else _number(_times(found), words)
    return words.say(f"verify.status_by.{found.status}", factor=factor)


def _times(found: Judged) -> float:
    """Return the factor as it is told: above 1 on either side."""
    factor = found.factor or 1.0
    return 1 / factor if found.status == "conservative" else factor


def _why(found: Judged, words: Words) -> str:
    said = [words.notice(each) for each in (found.missing, found.slip) if each is not None]
    return "; ".join(said)


def _number(value: float, words: Words) -> str:
    return words.number(significant(value))


def _amount(written: str, words: Words) -> str:
    """Return a claim as it was written, with the language's decimal sign."""
    number, _, unit = written.strip().partition(" ")
    shown = words.number(number) if number.replace(".", "", 1).isdigit() else visible(number)
    return f"{shown} {words.unit(visible(unit))}".strip()


def _readings(room: RoomVerification, words: Words) -> list[Block]:
    heads = (
        ("place", 1.1, "l"),
        ("reading", 1.2, "r"),
        ("scaled", 1.2, "r"),
        ("computed", 1.2, "r"),
        ("ratio", 0.9, "r"),
    )
    columns = _columns(words, *heads, ("judged", 2.4, "l"))
    return [table(columns, (_reading(each, words) for each in room.readings)), text(words.say("verify.note.readings"))]


def _reading(found: Measured, words: Words) -> list[Cell]:
    reading, dash = found.reading, words.say("dash")
    rate = "uSv/h" if reading.shows == "h10" else "uGy/h"
    unit = rate.removesuffix("/h") if reading.integrated else rate

    def shown(value: float | None, of: str) -> str:
        return dash if value is None else words.amount(_number(value, words), of)

    ratio = dash if found.ratio is None else _number(found.ratio, words)
    note = "; ".join(words.notice(each) for each in (*found.why, *found.steps))
    return [
        toned(visible(reading.subject), "", visible(reading.id)),
        shown(reading.value, unit),
        shown(found.scaled, rate),
        shown(found.computed, rate),
        ratio,
        toned(words.say(f"verify.counted.{found.status}"), _READ_TONES[found.status], note),
    ]


def _flips(flips: Iterable[Flip], words: Words) -> list[Block]:
    heads = (
        ("assumption", 2.2, "l"),
        ("change", 0.9, "r"),
        ("fails_at_change", 2.4, "l"),
        ("least", 1.0, "r"),
        ("first", 2.0, "l"),
    )
    rows = [_flip(each, words) for each in flips]
    return [table(_columns(words, *heads), rows), text(words.say("verify.note.sensitivity"))]


def _flip(flip: Flip, words: Words) -> list[Cell]:
    name = words.say(f"verify.assumption.{flip.assumption}")
    if flip.refused is not None:
        refused = toned(words.say("verify.not_tried"), "undetermined", words.notice(flip.refused))
        return [name, _change(flip.change, flip, words), refused, words.say("dash"), ""]
    broken = ", ".join(map(visible, flip.flips)) or words.say("verify.nothing")
    least = (
        _change(flip.least, flip, words)
        if flip.least is not None
        else words.say("verify.beyond", most=_change(flip.most, flip, words))
    )
    first = f"{visible(flip.subject)}: {visible(flip.rule)}" if flip.subject else words.say("dash")
    return [name, _change(flip.change, flip, words), toned(broken, "fail" if flip.flips else "pass"), least, first]


def _change(change: float | None, flip: Flip, words: Words) -> str:
    return words.say("dash") if change is None else words.notice(change_told(change, flip.unit))


def _items(room: RoomVerification, words: Words) -> Block:
    columns = _columns(words, ("item", 3.4, "l"), ("article", 1.8, "l"), ("present", 1.2, "l"), ("files", 1.8, "l"))
    rows: list[list[Cell]] = []
    for item in room.items:
        name, tone = _PRESENT[item.present]
        article = _article(item.instrument, item.article, words) or words.say("dash")
        sure = words.say(f"verify.confidence.{item.confidence}")
        files = visible(item.found) or words.say("dash")
        rows.append(
            [words.notice(item.said), toned(article, "", sure), toned(words.say(f"verify.{name}"), tone), files]
        )
    return table(columns, rows)


def _files(found: Verification, words: Words) -> Block:
    columns = _columns(words, ("file", 2.0, "l"), ("sha256", 4.0, "l"))
    rows = [[visible(name), digest] for name, digest in found.hashes.items()]
    return section(words.say("verify.section.files"), [table(columns, rows)])
