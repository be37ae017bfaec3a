"""Doses from other rooms of a site, for a room's report, the site's own part, and the terminal."""

from collections.abc import Iterable, Iterator

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.result import Kerma, PointResult
from shieldcalc.reports.blocks import Block, subheading, table, text
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.numbers import rounded
from shieldcalc.reports.words import Words

_DOSES = ("week", "hour", "beam_on")


def rooms_blocks(assessment: Assessment, words: Words) -> list[Block]:
    """Return the doses that other rooms give at the points of a room; none where it stands alone."""
    if not assessment.scene.others:
        return []
    blocks: list[Block] = [text(words.say("site.note_rooms"))]
    for result in assessment.results:
        if len(assessment.results) > 1:
            blocks.append(subheading(words.say("method_title", title=words.citation(result.title))))
        blocks.append(shares_table(result.points, words, assessment.scene.room))
    return blocks


def shares_table(points: Iterable[PointResult], words: Words, own: str = "") -> Block:
    """Return what each room gives at each point, and the sum; ``own`` is the room whose report it is."""
    heads = [(words.say("column.point"), 1.7, "l"), (words.say("column.place"), 2.2, "l")]
    heads += [(words.say("site.from_room"), 1.6, "l")]
    heads += [(words.say(f"site.{name}"), 1.0, "r") for name in _DOSES] + [(words.say("site.share"), 0.8, "r")]
    return table(heads, [row for point in points for row in _rows(point, words, own)])


def _rows(point: PointResult, words: Words, own: str) -> Iterator[list[str]]:
    """Yield one row a room, then one of declared contributions, then the sum; the sum alone names nobody."""
    doses = point.doses
    total = doses.air_kerma_week_mGy
    first = [visible(point.point.id), words.beyond(point.point.beyond)]
    for share in point.rooms:
        name = words.say("site.own", room=visible(share.room)) if share.room == own else visible(share.room)
        yield [*first, name, *_figures(share.kerma, words), _share(share.kerma.week_mGy, total, words)]
        first = ["", ""]
    for given in point.point.beyond.other_contributions:
        kerma = Kerma(
            beam_on_uGy_per_h=given.beam_on_uSv_per_h,
            hour_uGy=given.hour_uSv_per_h,
            week_mGy=given.air_kerma_mGy_per_week,
        )
        name = words.say("site.declared", origin=visible(given.origin))
        yield ["", "", name, *_figures(kerma, words), _share(kerma.week_mGy, total, words)]
    summed = Kerma(
        beam_on_uGy_per_h=doses.air_kerma_beam_on_uGy_per_h, hour_uGy=doses.air_kerma_hour_uGy, week_mGy=total
    )
    yield ["", "", words.say("site.sum"), *_figures(summed, words), ""]


def _figures(kerma: Kerma, words: Words) -> list[str]:
    values = (kerma.week_mGy, kerma.hour_uGy, kerma.beam_on_uGy_per_h)
    return [words.say("unknown") if value is None else words.number(rounded(value)) for value in values]


def _share(week: float, total: float, words: Words) -> str:
    return words.number(f"{100 * week / total:.0f}") + " %" if total else words.say("dash")
