"""The report of one assessment before any layout: words and numbers of one language, shared by HTML and PDF."""

from collections.abc import Iterator
from typing import Any

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.design import Identity
from shieldcalc.model.scene import Point
from shieldcalc.model.site import SiteAssessment
from shieldcalc.reports import site
from shieldcalc.reports.blocks import Block, facts, section, table, text
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.plan import draw
from shieldcalc.reports.sections import dossier, law, lead, maze, methods, open_site, provenance, room, ward
from shieldcalc.reports.sections.bodies import bodies
from shieldcalc.reports.sections.calculation import calculation
from shieldcalc.reports.sections.doses import doses
from shieldcalc.reports.sections.maps import maps
from shieldcalc.reports.words import Words

_LONGEST_RUNNING_HEAD = 60


def content(assessment: Assessment | SiteAssessment, language: str) -> dict[str, Any]:
    """Return the whole report as JSON-like data: head, verdict, sections, annex.

    Raises TextError where the language lacks a text.
    """
    words = Words(language, several=_several(assessment))
    said = _of_site(assessment, words) if isinstance(assessment, SiteAssessment) else _of_room(assessment, words)
    return {"lang": language, "date": assessment.on, **said}


def _several(assessment: Assessment | SiteAssessment) -> bool:
    """Return whether several methods have computed; those of a site are the same in every room."""
    rooms = assessment.rooms if isinstance(assessment, SiteAssessment) else (assessment,)
    return any(len(room.results) > 1 for room in rooms)


def _of_site(assessment: SiteAssessment, words: Words) -> dict[str, Any]:
    """Return the site's own sections, then each room's as a part of the same document."""
    parts = numbered(site.sections(assessment, words))
    pairs = zip(assessment.site.rooms, assessment.rooms, strict=True)
    for number, (here, found) in enumerate(pairs, len(parts) + 1):
        opening = _head(found, words)
        parts.append({**site.part(here, found, opening, words), "number": str(number)})
        parts += numbered(_sections(found, words), f"{number}.")
    about, last = assessment.site.identity, site.head(assessment, words)
    return {**_titles(about, words), **last, "sections": parts}


def _of_room(assessment: Assessment, words: Words) -> dict[str, Any]:
    return {**_head(assessment, words), "sections": numbered(_sections(assessment, words))}


def _sections(assessment: Assessment, words: Words) -> list[Block]:
    barriers, points = barrier_marks(assessment), point_marks(assessment)
    return [
        *_summaries(assessment, words, barriers, points),
        room.equipment(assessment, words),
        _plan(assessment, words, barriers, points),
        maps(assessment, words, barriers, points),
        _areas(assessment, words, barriers, points),
        room.workload(assessment, words),
        dossier.contributions(assessment, words),
        room.schedule(assessment, words, barriers),
        *maze.section_of(assessment, words),
        *bodies(assessment, words),
        doses(assessment, words, points, barriers),
        law.verdicts(assessment, words),
        *lead.lead(assessment, words),
        *_building(assessment, words, barriers),
        dossier.conditions(assessment, words, barriers),
        law.remarks(assessment, words),
        provenance.force(assessment, words),
        provenance.sources(assessment, words),
        provenance.signatures(words),
        calculation(assessment, words, points),
    ]


def _summaries(
    assessment: Assessment, words: Words, barriers: dict[str, str], points: dict[str, str]
) -> Iterator[Block]:
    """Yield the verdicts of a ward's people, and those of barriers where there are any."""
    if assessment.design.ward:
        yield ward.people(assessment, words, points)
    if assessment.design.open_site:
        yield open_site.people(assessment, words, points)
    if assessment.barriers or not in_the_open(assessment):
        compared = methods.side_by_side(assessment, words)
        yield section(words.say("section.summary"), [law.overview(assessment, words, barriers), *compared])


def _areas(assessment: Assessment, words: Words, barriers: dict[str, str], points: dict[str, str]) -> Block:
    if assessment.design.ward:
        return ward.zones(assessment, words, points)
    if assessment.design.open_site:
        return open_site.boundaries(assessment, words, points)
    return dossier.areas(assessment, words, barriers)


def _building(assessment: Assessment, words: Words, barriers: dict[str, str]) -> Iterator[Block]:
    """Yield what to build; a ward where nobody is behind a barrier has nothing to build."""
    if assessment.barriers or not in_the_open(assessment):
        yield law.to_build(assessment, words)
        yield dossier.construction(assessment, words, barriers)


def in_the_open(assessment: Assessment) -> bool:
    """Return whether nobody built walls: a ward, an open site."""
    return assessment.design.ward or assessment.design.open_site


def _titles(who: Identity, words: Words) -> dict[str, Any]:
    place = words.say("running_head", facility=visible(who.facility), room=visible(who.room))
    return {"title": words.say("title"), "running": running(place), "page": words.say("page")}


def running(head: str) -> str:
    """Return the running head of every page, cut where it is too long."""
    return head if len(head) <= _LONGEST_RUNNING_HEAD else f"{head[: _LONGEST_RUNNING_HEAD - 1]}…"


def _head(assessment: Assessment, words: Words) -> dict[str, Any]:
    code = assessment.exit_code
    return {
        **_titles(assessment.design.identity, words),
        "facts": facts(_identity(assessment, words)),
        "verdict": {"text": words.say(f"headline.{code}"), "note": words.say(f"exit.{code}"), "tone": site.TONES[code]},
    }


def _identity(assessment: Assessment, words: Words) -> list[tuple[str, str]]:
    who, dash = assessment.design.identity, words.say("dash")
    reading = assessment.design.reading_15_3
    rows = [
        (words.say("label.facility"), visible(who.facility)),
        (words.say("label.address"), visible(who.address) or dash),
        (words.say("label.room"), visible(who.room)),
        (words.say("label.author"), visible(who.author) or dash),
        (words.say("label.on"), assessment.on),
        (words.say("label.instruments"), ", ".join(map(visible, assessment.instruments))),
    ]
    if reading is not None:
        averaging = words.named("averaging", reading.averaging)
        said = words.say("reading", averaging=averaging, document=visible(reading.document))
        rows.append((words.say("label.reading"), said))
    return rows


def numbered(sections: list[Block], before: str = "") -> list[Block]:
    """Return sections with their numbers."""
    return [{**part, "number": f"{before}{number}"} for number, part in enumerate(sections, 1)]


def barrier_marks(assessment: Assessment) -> dict[str, str]:
    """Return A, B, ..., Z, AA, ... for the barriers in their order."""
    return {barrier.id: _letters(number) for number, barrier in enumerate(assessment.scene.barriers)}


def _letters(number: int) -> str:
    return (_letters(number // 26 - 1) if number >= 26 else "") + chr(ord("A") + number % 26)


def point_marks(assessment: Assessment) -> dict[str, str]:
    """Return 1, 2, ... for the points of all methods in their order."""
    return {point: str(number) for number, point in enumerate(_points(assessment), 1)}


def _points(assessment: Assessment) -> dict[str, Point]:
    return {found.point.id: found.point for result in assessment.results for found in result.points}


def _plan(assessment: Assessment, words: Words, barriers: dict[str, str], points: dict[str, str]) -> Block:
    sketch = assessment.design.background
    standing = [point for point in _points(assessment).values() if point.distance_m is None]
    drawing = draw(assessment.scene, standing, barriers, points, sketch, words.number)
    caption = words.say("plan_caption", scale=drawing.scale)
    size = {"width_mm": drawing.width_mm, "height_mm": drawing.height_mm}
    figure = {"type": "figure", "svg": drawing.svg, **size, "caption": caption, "alt": words.say("plan_alt")}
    sources = enumerate(assessment.design.sources, 1)
    keys = [[mark, visible(name)] for name, mark in barriers.items()]
    keys += [[f"S{number}", visible(source.id)] for number, source in sources]
    keys += [[mark, visible(name)] for name, mark in points.items()]
    key = table([(words.say("column.mark"), 0.5, "l"), (words.say("column.name"), 2.0, "l")] * 3, _in_threes(keys))
    return section(words.say("section.plan"), [figure, text(words.say("note.plan")), key])


def _in_threes(keys: list[list[str]]) -> list[list[str]]:
    high = -(-len(keys) // 3)
    padded = keys + [["", ""]] * (3 * high - len(keys))
    return [padded[row] + padded[row + high] + padded[row + 2 * high] for row in range(high)]
