"""A DXF drawing as plain pieces: lines on layers, blocks taken apart, curves flattened, millimetres.

ezdxf reads the file; everything that a hostile file could blow up is bounded here.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from math import hypot, isfinite
from typing import Any

from shieldcalc.errors import Notice
from shieldcalc.extras import require
from shieldcalc.importers.curves import traced
from shieldcalc.importers.layers import Layer, read_layer
from shieldcalc.importers.refusal import ImportRefusedError, read_bounded
from shieldcalc.model.design import Xy

LARGEST_FILE = 20_000_000
MOST_ENTITIES, MOST_POINTS, DEEPEST_BLOCK = 50_000, 20_000, 8
SAME_MM = 0.01
FARTHEST_MM = 1e9  # survey coordinates are allowed, nonsense is not
UNITS_MM = {"mm": 1.0, "cm": 10.0, "m": 1000.0, "in": 25.4, "ft": 304.8}
_HEADER_UNITS = {1: "in", 2: "ft", 4: "mm", 5: "cm", 6: "m"}
_DRAWN = ("LINE", "LWPOLYLINE", "POLYLINE", "ARC", "CIRCLE", "ELLIPSE", "SPLINE")
_QUIET = ("TEXT", "MTEXT", "DIMENSION", "HATCH", "ATTDEF", "ATTRIB", "POINT", "LEADER", "MULTILEADER", "VIEWPORT")


@dataclass(frozen=True, slots=True)
class Piece:
    """One line of the drawing: its corners in mm, whether it closes, the block it came from, the block's attributes."""

    layer: Layer
    corners: tuple[Xy, ...]
    closed: bool
    block: int | None = None
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(slots=True)
class Drawing:
    """All pieces on layers of ours, the unit they were drawn in, what was left aside."""

    unit: str
    pieces: list[Piece] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)


def read_drawing(path: str, unit: str | None, flatten_mm: float, materials: Iterable[str]) -> Drawing:
    """Return the pieces of a drawing; ``unit`` is what the user says it is drawn in, None to believe the file.

    Curves become chords that leave them by at most ``flatten_mm``. Raises ImportRefusedError for what is no drawing,
    says no unit, or is out of bounds; MissingExtraError without ezdxf.
    """
    require("ezdxf", "dxf")
    document = _document(path, read_bounded(path, LARGEST_FILE))
    drawing = Drawing(*_unit(document, unit))
    reader = _Reader(drawing, flatten_mm, frozenset(materials))
    try:
        reader.read(document.modelspace())
    except (ImportRefusedError, MemoryError):
        raise
    except Exception as error:  # ezdxf raises whatever a damaged entity runs into
        raise ImportRefusedError("import.damaged", file=path, reason=_reason(error)) from error
    return drawing


def _document(path: str, content: bytes) -> Any:
    import logging
    from io import BytesIO, StringIO

    import ezdxf

    logging.getLogger("ezdxf").setLevel(logging.CRITICAL + 1)
    if content.startswith(b"AC10"):
        raise ImportRefusedError("import.dwg", file=path)
    binary = content.startswith(b"AutoCAD Binary DXF")
    if not binary and (b"\0" in content or b"SECTION" not in content[:100_000]):
        raise ImportRefusedError("import.not_dxf", file=path)
    if not binary and content.rstrip()[-3:] != b"EOF":
        raise ImportRefusedError("import.truncated", file=path)
    try:
        if binary:
            from ezdxf import recover

            return recover.read(BytesIO(content))[0]
        return ezdxf.read(StringIO(_text(content)))
    except Exception as error:  # ezdxf raises whatever a damaged file runs into
        raise ImportRefusedError("import.damaged", file=path, reason=_reason(error)) from error


def _text(content: bytes) -> str:
    """Return the text of an ASCII drawing: UTF-8 from 2007 on, before that the code page of its header."""
    from ezdxf.lldxf.encoding import decode_dxf_unicode
    from ezdxf.tools.codepage import toencoding

    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        mark = content.find(b"$DWGCODEPAGE")
        words = content[mark : mark + 60].split(b"\n") if mark >= 0 else []
        page = words[2].strip().decode("ascii", "replace") if len(words) > 2 else "ANSI_1252"
        text = content.decode(toencoding(page), "surrogateescape")
    text = text.replace("\r\n", "\n")
    return str(decode_dxf_unicode(text)) if "\\U+" in text else text


def _reason(error: Exception) -> str:
    words = " ".join(str(error).split())
    return words[:120] or type(error).__name__


def _unit(document: Any, said: str | None) -> tuple[str, list[Any], list[Notice]]:
    """Return the unit of the drawing, with a notice where the user corrects the file."""
    code = document.header.get("$INSUNITS", 0)
    header = _HEADER_UNITS.get(code)
    if said is None and header is None:
        raise ImportRefusedError("import.no_unit" if code == 0 else "import.other_unit", number=code)
    if said is not None and header is not None and said != header:
        return said, [], [Notice("warnings.import.unit_corrected", {"said": said, "header": header})]
    return said or str(header), [], []


class _Reader:
    """Walks through the drawing and collects pieces."""

    def __init__(self, drawing: Drawing, flatten_mm: float, materials: frozenset[str]) -> None:
        self.drawing = drawing
        self.scale = UNITS_MM[drawing.unit]
        self.flatten = flatten_mm / self.scale
        self.materials = materials
        self.layers: dict[str, Layer | None] = {}
        self.left_aside: Counter[str] = Counter()
        self.entities = self.points = self.blocks = 0

    def read(self, entities: Iterable[Any]) -> None:
        """Collect every piece, then say what was left aside."""
        self._each(entities, None, None, (), 0)
        said = self.drawing.notices
        for kind, count in sorted(self.left_aside.items()):
            said.append(Notice("warnings.import.left_aside", {"kind": kind, "count": count}))
        strange = sorted(name for name, layer in self.layers.items() if layer is None and name != "0")
        if strange:
            shown = ", ".join(repr(name[:40]) for name in strange[:20])
            said.append(Notice("warnings.import.other_layers", {"count": len(strange), "layers": shown}))

    def _layer(self, name: str) -> Layer | None:
        if name not in self.layers:
            self.layers[name] = read_layer(name, self.materials)
        return self.layers[name]

    def _each(
        self,
        entities: Iterable[Any],
        above: Layer | None,
        block: int | None,
        said: tuple[tuple[str, str], ...],
        deep: int,
    ) -> None:
        for entity in entities:
            self.entities += 1
            if self.entities > MOST_ENTITIES:
                raise ImportRefusedError("import.too_many_entities", most=MOST_ENTITIES)
            layer = above or self._layer(entity.dxf.layer)
            if entity.dxftype() == "INSERT":
                self._insert(entity, layer, block, said, deep)
            elif layer is not None:
                self._one(entity, layer, block, said)

    def _insert(
        self, insert: Any, layer: Layer | None, block: int | None, said: tuple[tuple[str, str], ...], deep: int
    ) -> None:
        """Take a block apart; one on a layer of ours is one thing, whatever layers its parts are on."""
        if deep >= DEEPEST_BLOCK:
            raise ImportRefusedError("import.deep_blocks", most=DEEPEST_BLOCK)
        if insert.mcount > MOST_ENTITIES:
            raise ImportRefusedError("import.too_many_entities", most=MOST_ENTITIES)
        for copy in insert.multi_insert() if insert.mcount > 1 else (insert,):
            if block is None or layer is None:
                self.blocks += 1
            given = said or tuple((a.dxf.tag.upper()[:40], a.dxf.text[:200]) for a in copy.attribs)
            inside = block if block is not None else (self.blocks if layer is not None else None)
            self._each(copy.virtual_entities(), layer, inside, given, deep + 1)

    def _one(self, entity: Any, layer: Layer, block: int | None, said: tuple[tuple[str, str], ...]) -> None:
        kind = entity.dxftype()
        if kind not in _DRAWN or (kind == "POLYLINE" and not (entity.is_2d_polyline or entity.is_3d_polyline)):
            if kind not in _QUIET:
                self.left_aside[kind] += 1
            return
        for corners, closed in self._lines(entity):
            if len(corners) > 1:
                self.drawing.pieces.append(Piece(layer, corners, closed, block, said))

    def _lines(self, entity: Any) -> Iterator[tuple[tuple[Xy, ...], bool]]:
        for flat, shut in traced(entity, self.flatten):
            self.points += len(flat)
            self._bounded(flat)
            corners = tuple((p.x * self.scale, p.y * self.scale) for p in flat)
            loop = len(corners) > 3 and hypot(corners[0][0] - corners[-1][0], corners[0][1] - corners[-1][1]) < SAME_MM
            yield (corners[:-1] if loop else corners), shut or loop

    def _bounded(self, places: Iterable[Any]) -> None:
        if self.points > MOST_POINTS:
            raise ImportRefusedError("import.too_many_points", most=MOST_POINTS)
        for place in places:
            if not all(isfinite(value) and abs(value) * self.scale <= FARTHEST_MM for value in (place.x, place.y)):
                raise ImportRefusedError("import.far_away", most=FARTHEST_MM / 1e6)
