"""The report of a site before any layout: the site's own sections, then every room's report as a part of its own."""

from collections.abc import Iterator
from typing import Any

from shieldcalc.errors import Notice
from shieldcalc.model.assessment import Assessment
from shieldcalc.model.scene import Point
from shieldcalc.model.site import SiteAssessment, SiteRoom
from shieldcalc.reports.blocks import Block, Cell, bullets, facts, section, subheading, table, text, toned
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.sections.law import is_assumption, ordered, rule_of, tone
from shieldcalc.reports.sections.room import place_text
from shieldcalc.reports.sections.rooms import shares_table
from shieldcalc.reports.siteplan import draw_site, on_site
from shieldcalc.reports.words import Words

TONES = {0: "pass", 1: "fail", 3: "undetermined"}


def head(assessment: SiteAssessment, words: Words) -> dict[str, Any]:
    """Return what stands above the sections: the site, its file, and the worst of the rooms' verdicts."""
    who, site, code, dash = assessment.site.identity, assessment.site, assessment.exit_code, words.say("dash")
    rows = [
        (words.say("label.facility"), visible(who.facility)),
        (words.say("label.address"), visible(who.address) or dash),
        (words.say("site.name"), visible(who.room)),
        (words.say("label.author"), visible(who.author)),
        (words.say("label.on"), assessment.on),
        (words.say("label.instruments"), ", ".join(map(visible, assessment.instruments))),
        (words.say("site.file"), f"{visible(site.file)}, SHA-256 {site.sha256}"),
    ]
    verdict = {"text": words.say(f"site.headline.{code}"), "note": words.say(f"exit.{code}"), "tone": TONES[code]}
    return {"facts": facts(rows), "verdict": verdict}


def sections(assessment: SiteAssessment, words: Words) -> list[Block]:
    """Return the sections of the site itself: rooms, plan, operation, shared points, remarks."""
    shared = [section(words.say("site.points"), _points(assessment, words))] if assessment.site.points else []
    return [
        section(words.say("site.rooms"), [rooms_table(assessment, words)]),
        section(words.say("site.plan"), _plans(assessment, words)),
        section(words.say("site.operation"), [bullets(_operation(assessment, words))]),
        *shared,
        section(words.say("section.remarks"), remarks(assessment.notices, words)),
    ]


def part(room: SiteRoom, found: Assessment, opening: dict[str, Any], words: Words) -> Block:
    """Return the beginning of a room's part: who and what it is about, and its verdict."""
    verdict = opening["verdict"]
    title = words.say("site.part", id=visible(room.id), name=visible(found.design.identity.room))
    said = [opening["facts"], text(verdict["text"], verdict["tone"]), text(verdict["note"])]
    return {**section(title, said), "break": True}


def rooms_table(assessment: SiteAssessment, words: Words) -> Block:
    """Return one row a room: where it lies and its verdict."""
    names = (("room", 1.2), ("file", 2.0), ("at", 1.6), ("turn", 0.8), ("verdict", 3.6))
    columns = [
        (words.say(f"site.{name}" if name != "file" else "site.file_of_room"), share, "l") for name, share in names
    ]
    rows: list[list[Cell]] = []
    for room, found in zip(assessment.site.rooms, assessment.rooms, strict=True):
        place = [place_text(room.at, words), words.shortest(room.turn_deg)]
        code = found.exit_code
        verdict = toned(words.say(f"headline.{code}"), TONES[code])
        rows.append([visible(room.id), visible(room.file), *place, verdict])
    return table(columns, rows)


def remarks(notices: tuple[Notice, ...], words: Words) -> list[Block]:
    """Return assumptions and warnings apart."""
    blocks: list[Block] = []
    for name, assumed in (("assumptions", True), ("warnings", False)):
        found = words.notices(each for each in notices if is_assumption(each) == assumed)
        blocks += [subheading(words.say(f"{name}_title")), bullets(found) or text(words.say("none_made"))]
    return blocks


def _operation(assessment: SiteAssessment, words: Words) -> Iterator[str]:
    groups = assessment.site.never_together
    for group in groups:
        yield words.say("site.never_together", rooms=", ".join(group.rooms), because=visible(group.because))
    if not groups:
        yield words.say("site.together")


def _points(assessment: SiteAssessment, words: Words) -> Iterator[Block]:
    yield text(words.say("site.note_points"))
    for result in assessment.rooms[0].results:
        if len(assessment.rooms[0].results) > 1:
            yield subheading(words.say("method_title", title=words.citation(result.title)))
        yield shares_table((point for point in result.points if point.point.role == "site"), words)
    yield _judged(assessment, words)


def _judged(assessment: SiteAssessment, words: Words) -> Block:
    """Return every dose rule that judged a shared point, once where the rooms' parts say the same."""
    rows: dict[tuple[str, ...], tuple[list[Cell], list[str]]] = {}
    for room, found in zip(assessment.site.rooms, assessment.rooms, strict=True):
        shared = {point.point.id for result in found.results for point in result.points if point.point.role == "site"}
        for finding in ordered(found.findings):
            if finding.dose_rule and finding.subject in shared and finding.outcome != "not_applicable":
                value, limit = words.compared(finding)
                verdict = toned(words.verdict(finding.outcome, finding.force), tone(finding))
                row: list[Cell] = [visible(finding.subject), rule_of(finding, words), value, limit, verdict]
                key = (finding.subject, finding.rule, value, limit, finding.outcome, finding.force)
                rows.setdefault(key, (row, []))[1].append(visible(room.id))
    heads = (("point", 1.3, "l"), ("rule", 3.4, "l"), ("value", 1.1, "r"), ("limit", 1.1, "r"), ("verdict", 1.5, "l"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in heads]
    columns.append((words.say("site.in_part"), 0.9, "l"))
    return table(columns, [[*row, ", ".join(dict.fromkeys(rooms))] for row, rooms in rows.values()])


def _plans(assessment: SiteAssessment, words: Words) -> Iterator[Block]:
    """Yield one drawing a storey, and what its marks are."""
    site = assessment.site
    pairs = list(zip(site.rooms, assessment.rooms, strict=True))
    scenes = {room.id: on_site(found.scene, room.id, room.move) for room, found in pairs}
    sources = [source.id for scene in scenes.values() for source in scene.sources]
    numbers = {name: f"S{number}" for number, name in enumerate(sources, 1)}
    marks = {point.id: str(number) for number, point in enumerate(site.points, 1)}
    points = [Point(id=p.id, position=p.position, barrier=None, beyond=p.beyond, role="site") for p in site.points]
    for level in sorted({room.at[2] for room in site.rooms}):
        here = [scenes[room.id] for room in site.rooms if room.at[2] == level]
        others = [scenes[room.id] for room in site.rooms if room.at[2] != level]
        storey = [point for point in points if _nearest_level(point.position[2], assessment) == level]
        drawing = draw_site(here, others, storey, marks, numbers, words.number)
        caption = words.say("site.plan_caption", scale=drawing.scale, level=words.shortest(level))
        size = {"width_mm": drawing.width_mm, "height_mm": drawing.height_mm}
        yield {"type": "figure", "svg": drawing.svg, **size, "caption": caption, "alt": words.say("site.plan_alt")}
    keys = [[mark, visible(name)] for name, mark in (*numbers.items(), *marks.items())]
    columns = [(words.say("column.mark"), 0.5, "l"), (words.say("column.name"), 3.0, "l")]
    yield table(columns, keys)


def _nearest_level(z: float, assessment: SiteAssessment) -> float:
    """Return the floor level of the storey that a height belongs to: the highest that is not above it."""
    levels = sorted({room.at[2] for room in assessment.site.rooms})
    return max((level for level in levels if level <= z), default=levels[0])
