"""Free bodies in the report, and the shape of a source that has an extent."""

from collections.abc import Iterator

from shieldcalc.model.assessment import Assessment
from shieldcalc.model.bodies import Body
from shieldcalc.model.design import SealedSource
from shieldcalc.model.shapes import UPRIGHT, Shape
from shieldcalc.reports.blocks import Block, section, table
from shieldcalc.reports.bodies import body_mark
from shieldcalc.reports.fonts import visible
from shieldcalc.reports.words import Words


def bodies(assessment: Assessment, words: Words) -> Iterator[Block]:
    """Yield the table of free bodies, nothing where there are none."""
    found = assessment.design.bodies
    if not found:
        return
    names = (
        ("mark", 0.6, "l"),
        ("name", 1.6, "l"),
        ("shape", 3.4, "l"),
        ("position", 1.8, "l"),
        ("material", 2.4, "l"),
    )
    columns = [(words.say(f"column.{name}"), share, align) for name, share, align in names]
    yield section(words.say("section.bodies"), [table(columns, (_row(*each, words) for each in enumerate(found, 1)))])


def _row(number: int, body: Body, words: Words) -> list[str]:
    place = ", ".join(f"{words.shortest(at, 4)} m" for at in body.shape.position)
    made = medium(body.material, body.density_g_per_cm3, words)
    return [body_mark(number), visible(body.id), shape_text(body.shape, words), place, made]


def shape_facts(sealed: SealedSource, words: Words) -> Iterator[tuple[str, str]]:
    """Yield label and value of a source's shape and of what fills it; nothing of a point."""
    if sealed.shape is None:
        return
    yield words.say("label.shape"), shape_text(sealed.shape, words)
    if sealed.filling is not None:
        made = medium(sealed.filling.material, sealed.filling.density_g_per_cm3, words)
        yield words.say("label.self_absorption"), made


def medium(material: str, density: float | None, words: Words) -> str:
    """Return a material with the density declared of it."""
    name = words.named("material", material)
    return name if density is None else f"{name}, {words.optional(density, 'g/cm3')}"


def shape_text(shape: Shape, words: Words) -> str:
    """Return a shape in words with its sizes in mm, and its axis where that is not upright."""
    kind = type(shape).__name__
    sizes = [f"{words.say(f'size_of.{key}')} {words.shortest(value * 1000, 5)} mm" for key, value in shape.sizes()]
    text = f"{words.say(f'shape.{kind}')}: {', '.join(sizes)}"
    if shape.axes == UPRIGHT:
        return text
    axis, first = (", ".join(words.shortest(x, 4) for x in each) for each in (shape.axes[2], shape.axes[0]))
    return f"{text}; {words.say('shape_axis', axis=axis, first=first)}"
