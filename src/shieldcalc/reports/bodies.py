"""Free bodies and sources with an extent on a plan or a section, each with its mark."""

from collections.abc import Iterator

from shieldcalc.model.scene import Scene
from shieldcalc.model.shapes import Shape
from shieldcalc.model.silhouette import hollow, outline
from shieldcalc.reports.plan import Sheet, label, polygon, text_width

_CLEAR_MM = 3.2  # a mark stands beside a small body, not on it


def body_mark(number: int) -> str:
    """Return the mark of a body by its number from 1."""
    return f"b{number}"


def body_parts(sheet: Sheet, scene: Scene, across: int, up: int, at: float | None = None) -> Iterator[str]:
    """Yield the outlines of bodies and sources; on a section at ``at`` m those that its plane meets."""
    for source in scene.sources:
        shape = source.sealed.shape if source.sealed is not None else None
        if shape is not None and _met(shape, across, up, at):
            yield polygon(sheet, outline(shape, across, up), "extent")
    for number, body in enumerate(scene.bodies, 1):
        if not _met(body.shape, across, up, at):
            continue
        yield polygon(sheet, outline(body.shape, across, up), "body")
        inner = hollow(body.shape)
        if inner is not None:
            yield polygon(sheet, outline(inner, across, up), "hollow")
        mark = body_mark(number)
        x, y = sheet.at((body.shape.position[across], body.shape.position[up]))
        sheet.take(x, y, _CLEAR_MM, _CLEAR_MM)
        yield label(*sheet.free_place(x, y, text_width(mark), 3.4), mark, "barrier")


def _met(shape: Shape, across: int, up: int, at: float | None) -> bool:
    if at is None:
        return True
    axis = 3 - across - up
    along = (float(axis == 0), float(axis == 1), float(axis == 2))
    return abs(shape.position[axis] - at) <= shape.extent(along)
