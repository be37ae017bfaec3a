"""The maze of a treatment room: its lengths, areas and angles, those of the plan beside stated ones."""

from collections.abc import Iterator

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.result import MazeFigure, MazeResult
from shieldcalc.reports.blocks import Block, section, subheading, table, text
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.words import Words


def section_of(assessment: Assessment, words: Words) -> Iterator[Block]:
    """Yield the section on the maze, where there is one."""
    found = [*mazes(assessment, words)]
    if found:
        yield section(words.say("section.maze"), found)


def mazes(assessment: Assessment, words: Words) -> Iterator[Block]:
    """Yield the maze as each accelerator sees it; the same by every method: of the first result that has it."""
    found = next((result.mazes for result in assessment.results if result.mazes), ())
    for each in found:
        yield subheading(words.say("maze_title", source=visible(each.source)))
        yield _figures(each, words)
        yield text(words.say("maze_path", path="; ".join(_place(at, words) for at in each.path)))
        if each.door_sees_isocentre:
            yield text(words.say("maze_door_sees"))
        if each.document:
            yield text(words.say("maze_document", document=visible(each.document)))


def _figures(found: MazeResult, words: Words) -> Block:
    names = (("maze_symbol", 0.8, "l"), ("maze_meaning", 4.0, "l"), ("maze_value", 1.2, "r"), ("maze_plan", 1.2, "r"))
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in names]
    return table(columns, ([*_row(each, words)] for each in found.figures))


def _row(figure: MazeFigure, words: Words) -> Iterator[str]:
    yield figure.symbol
    yield words.say(f"maze_figure.{figure.symbol}")
    value = words.amount(words.shortest(figure.value, 4), figure.unit)
    yield words.say("maze_stated", value=value) if figure.stated else value
    plan = words.say("dash") if figure.plan is None else words.amount(words.shortest(figure.plan, 4), figure.unit)
    yield plan if figure.stated else words.say("dash")


def _place(at: tuple[float, float], words: Words) -> str:
    return ", ".join(words.shortest(each, 4) for each in at)
