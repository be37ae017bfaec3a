"""A DXF plan to a design file: outline, walls, doors, windows from the drawing; the rest said or to be confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from shieldcalc.errors import Notice
from shieldcalc.importers.drawing import Drawing, Piece, read_drawing
from shieldcalc.importers.imported import Imported
from shieldcalc.importers.layers import Sheet, read_sheets
from shieldcalc.importers.openings import Opening, openings_in
from shieldcalc.importers.outline import outline, shifted
from shieldcalc.importers.plane import edges_of
from shieldcalc.importers.refusal import ImportRefusedError
from shieldcalc.importers.room_text import Given, Room, room_text
from shieldcalc.importers.walls import MOST_WALLS, Wall, thickness_notices, walls_along
from shieldcalc.model.catalog import Catalog, Material
from shieldcalc.units import parse

SLACK_MM = 2.0


def read_plan(path: str, unit: str | None, flatten_mm: float, given: Given, catalog: Catalog) -> Imported:
    """Return a design file without sources from a drawing; lengths to 0.1 mm, the origin at the outline's lower left.

    ``unit`` is mm, cm, m, in or ft, None to believe the file; curves leave their chords by at most ``flatten_mm``.
    Raises ImportRefusedError for a drawing that cannot be read one way only, MissingExtraError without ezdxf.
    """
    drawing = read_drawing(path, unit, flatten_mm, catalog.materials)
    near = _nearer(drawing)
    corners, derived = outline(drawing.pieces)
    origin, plan = shifted(corners)
    pieces = [_moved(piece, origin) for piece in drawing.pieces]
    slack = SLACK_MM + flatten_mm
    edges = edges_of(plan)
    openings = openings_in(edges, pieces, slack)
    walls = [wall for edge in edges for wall in walls_along(edge, pieces, _gaps(openings, edge.number), slack)]
    if len(walls) > MOST_WALLS:
        raise ImportRefusedError("import.too_many_walls", found=len(walls), most=MOST_WALLS)
    notices = [*drawing.notices, *thickness_notices(walls, pieces, slack)]
    notices += [Notice("warnings.import.outline_derived")] if derived else []
    room = Room(path, drawing.unit, flatten_mm, (origin[0] + near[0], origin[1] + near[1]), plan, walls, openings)
    text, confirm = room_text(room, _complete(given, walls, openings, catalog))
    facts = (("unit", drawing.unit), ("walls", len(walls)), ("openings", len(openings)), ("corners", len(plan)))
    return Imported(text, confirm, tuple(notices), facts)


def _nearer(drawing: Drawing) -> tuple[float, float]:
    """Move a drawing from its place in a survey to about its own origin; return from where."""
    places = [corner for piece in drawing.pieces for corner in piece.corners]
    if not places:
        raise ImportRefusedError("import.nothing_drawn")
    near = min(x for x, _ in places), min(y for _, y in places)
    drawing.pieces = [_moved(piece, near) for piece in drawing.pieces]
    return near


def _moved(piece: Piece, origin: tuple[float, float]) -> Piece:
    return replace(piece, corners=tuple((x - origin[0], y - origin[1]) for x, y in piece.corners))


def _gaps(openings: Sequence[Opening], edge: int) -> list[tuple[float, float]]:
    return [(o.start, o.end) for o in openings if o.edge.number == edge]


def _complete(given: Given, walls: Sequence[Wall], openings: Sequence[Opening], catalog: Catalog) -> Given:
    """Return what was said, with form and density of brick where a layer's name leaves them out."""
    layers = [*(wall.layer for wall in walls), *(opening.layer for opening in openings)]
    sheets = [sheet for layer in layers for sheet in layer.sheets]
    lacking = {s.material for s in (*sheets, *given.slab) if _lacks(s, catalog.materials[s.material])}
    return replace(given, assumed={name: _form(catalog.materials[name], given.brick) for name in sorted(lacking)})


def _lacks(sheet: Sheet, material: Material) -> bool:
    """Say whether a layer's name leaves out the form or density that its material needs; refuse a missing marking."""
    if sheet.marked != (material.declares == "lead_equivalent"):
        part = f"{material.name}_{sheet.thickness_mm:g}{'pb' if sheet.marked else ''}"
        raise ImportRefusedError("import.layer_marking", layer=part, material=material.name)
    return (bool(material.forms) and not (sheet.form and sheet.density)) or (
        material.declares == "density" and not sheet.density
    )


def _form(material: Material, said: Sheet | None) -> Mapping[str, object]:
    """Return form and density to write: as said, else hollow at the least density, which shields least."""
    if said is not None and material.forms:
        return {"form": said.form, "density": said.density, "said": True}
    least = (material.density_range or (material.density_g_per_cm3 or 1.0, 0.0))[0]
    return {"form": "hollow" if material.forms else None, "density": least, "said": False}


def slab(text: str, catalog: Catalog) -> tuple[Sheet, ...]:
    """Return the layers of floor and ceiling as an option writes them: ``concrete_150`` or ``concrete_150+lead_1``."""
    return read_sheets(text, catalog.materials, text)


def brick(text: str) -> Sheet:
    """Return form and density of brick as an option writes them: ``solid 1.65 g/cm3``."""
    form, _, density = text.strip().partition(" ")
    if form.lower() not in ("solid", "hollow") or not density.strip():
        raise ImportRefusedError("import.brick", value=text)
    return Sheet("brick", 0.0, parse(density, "density"), form.lower())


def checked(read: Imported, catalog: Catalog) -> Imported:
    """Return what was read; raise ImportRefusedError when it will not load even with sources."""
    import tomllib

    from shieldcalc.model.loader.lines import key_lines
    from shieldcalc.model.loader.names import check_names
    from shieldcalc.model.loader.problems import Problems
    from shieldcalc.model.loader.room import check_room
    from shieldcalc.model.loader.structure import read_structure

    problems = Problems("", key_lines(read.text))
    tree = read_structure(tomllib.loads(read.text), problems)
    check_names(tree, catalog, problems)
    check_room(tree, problems)
    wrong = [problem for problem in problems.sorted() if problem.key != "source"]
    if wrong:
        reason = "; ".join(problem._replace(file="", line=None).text().lstrip(": ") for problem in wrong[:5])
        raise ImportRefusedError("import.not_a_design", reason=reason)
    return read
