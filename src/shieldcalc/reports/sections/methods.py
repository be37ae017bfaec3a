"""Several methods side by side: doses, margin and outcome of each barrier, the strictest, and why they differ."""

from collections.abc import Iterable, Iterator

from shieldcalc.model.assessment import Assessment, BarrierVerdict
from shieldcalc.model.result import PointResult
from shieldcalc.reports.blocks import Block, Cell, subheading, table, text
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.sections.law import verdict_cell
from shieldcalc.reports.words import STRONGEST_FIRST, Bounds, Words, decisive, points_of

DOSES = ("h10_beam_on_uSv_per_h", "h10_year_mSv", "air_kerma_year_mGy")
_WORST_FIRST = ("fail", "undetermined", "pass", "not_applicable")
PARTS = ("ratio", "unshielded", "transmission", "occupancy", "weeks")


def side_by_side(assessment: Assessment, words: Words) -> Iterator[Block]:
    """Yield the tables that set several methods beside one another; nothing for one method."""
    if len(assessment.results) < 2:
        return
    yield subheading(words.say("methods_compared"))
    yield text(words.say("note.methods_compared"))
    shares = [1.6, 1.6, *(1.6 for _ in assessment.results), 1.4]
    heads = zip(columns(assessment, words), shares, strict=True)
    yield table([(title, share, "l") for title, share in heads], rows(assessment, words))
    yield subheading(words.say("methods_differ"))
    found = list(reasons(assessment, words))
    yield table([(title, share, "l") for title, share in zip(reason_columns(words), _SHARES, strict=True)], found)
    yield text(words.say("note.methods_differ" if found else "methods_alike"))


_SHARES = (1.4, 1.6, 0.8, 0.9, 0.9, 0.8, 0.7, 2.4)


def columns(assessment: Assessment, words: Words) -> list[str]:
    """Return the heads: barrier, what is compared, each method, the strictest."""
    methods = [words.method(result.method) for result in assessment.results]
    return [words.say("column.barrier"), words.say("column.compared"), *methods, words.say("column.strictest")]


def rows(assessment: Assessment, words: Words) -> Iterator[list[Cell]]:
    """Yield for each barrier its doses, its margin and its outcome by each method, the strictest last."""
    bounds = Bounds(assessment, words)
    verdicts = {(each.method, each.barrier): each for each in assessment.barriers}
    for name in dict.fromkeys(each.barrier for each in assessment.barriers):
        own = [verdicts.get((result.method, name)) for result in assessment.results]
        behind = [_behind(assessment, verdict) for verdict in own]
        for field in DOSES:
            told = words.say(f"compared.{field}")
            yield [visible(name), told, *_doses(behind, field, words, bounds)]
        yield [visible(name), words.say("column.margin"), *_margins(assessment, own, words)]
        yield [visible(name), words.say("column.verdict"), *_outcomes(assessment, own, words)]


def _behind(assessment: Assessment, verdict: BarrierVerdict | None) -> tuple[PointResult, ...]:
    """Return the points behind a barrier by the verdict's method."""
    if verdict is None:
        return ()
    names = points_of(assessment, verdict)
    result = next(each for each in assessment.results if each.method == verdict.method)
    return tuple(point for point in result.points if point.point.id in names)


def _doses(behind: Iterable[tuple[PointResult, ...]], field: str, words: Words, bounds: Bounds) -> Iterator[str]:
    """Yield the highest dose behind a barrier by each method, then the highest of all that are known."""
    known: list[tuple[float, str]] = []
    for points in behind:
        found = [(getattr(point.doses, field), point.point.id) for point in points]
        if not found or any(value is None for value, _ in found):
            yield words.say("unknown" if found else "dash")
            continue
        known.append(max(found))
        yield bounds.show(known[-1][1], field, known[-1][0]) or ""
    highest = max(known, default=None)
    yield (bounds.show(highest[1], field, highest[0]) or "") if highest else words.say("unknown")


def _margins(assessment: Assessment, own: Iterable[BarrierVerdict | None], words: Words) -> Iterator[str]:
    found = [_margin(assessment, verdict) for verdict in own]
    yield from (words.margin(margin) for margin in found)
    yield words.margin(min((margin for margin in found if margin is not None), default=None))


def _margin(assessment: Assessment, verdict: BarrierVerdict | None) -> float | None:
    if verdict is None:
        return None
    decided = decisive(assessment, verdict)
    return decided.margin if decided else verdict.margin


def _outcomes(assessment: Assessment, own: Iterable[BarrierVerdict | None], words: Words) -> Iterator[Cell]:
    """Yield the outcome by each method, then the worst: among equal ones that of the strongest force."""
    judged = [(verdict, decisive(assessment, verdict)) if verdict else None for verdict in own]
    cells = [verdict_cell(each[1], each[0], words) if each else words.say("dash") for each in judged]
    yield from cells
    known = [(each, cell) for each, cell in zip(judged, cells, strict=True) if each]
    yield min(known, key=lambda item: _rank(*item[0]))[1] if known else words.say("dash")


def _rank(verdict: BarrierVerdict, found: object) -> tuple[int, int]:
    force = getattr(found, "force", STRONGEST_FIRST[0])
    return _WORST_FIRST.index(verdict.outcome), STRONGEST_FIRST.index(force)


def reason_columns(words: Words) -> list[str]:
    """Return the heads of the table of differences."""
    heads = [words.say("column.barrier"), words.say("column.methods")]
    return [*heads, *(words.say(f"differ.{part}") for part in PARTS), words.say("column.reason")]


def reasons(assessment: Assessment, words: Words) -> Iterator[list[Cell]]:
    """Yield for each barrier the factors by which a further method differs from the first, and the main reason."""
    for found in assessment.comparisons:
        both = words.say("second_to_first", first=words.method(found.first), second=words.method(found.second))
        factors = [f"× {words.shortest(getattr(found, part), 3)}" for part in PARTS]
        yield [visible(found.barrier), both, *factors, words.say(f"differ_by.{found.mainly}")]
