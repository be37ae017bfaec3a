"""A Word page to write on: the only place that knows python-docx, which is imported when a Sheet is made."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO
from typing import Any, NamedTuple

_TONES = {"pass": "0B6B2D", "fail": "A8001C", "undetermined": "7A4B00"}
_FACES = {"zh": ("Arial", "SimSun"), "en": ("Arial", "SimSun"), "vi": ("Arial", "SimSun")}
_LANGUAGES = {"zh": "zh-CN", "vi": "vi-VN", "en": "en-GB"}
_WIDTH_MM, _EDGE_MM = 174.0, 18.0


class Cell(NamedTuple):
    """What stands in one cell of a table."""

    text: str
    tone: str = ""
    note: str = ""
    bold: bool = False
    right: bool = False


class Sheet:
    """A document being written, A4, in one language."""

    def __init__(self, report: dict[str, Any], when: datetime) -> None:
        """Begin a document; raises ImportError where python-docx is not installed."""
        from docx import Document
        from docx.shared import Mm

        self._doc: Any = Document()
        self._style_ids = {style.name: style.style_id for style in self._doc.styles}
        self._about(report, when)
        part = self._doc.sections[0]
        part.page_width, part.page_height = Mm(210), Mm(297)
        part.left_margin = part.right_margin = Mm(_EDGE_MM)
        part.top_margin = part.bottom_margin = Mm(20)
        self._styles(report["lang"])
        part.header.paragraphs[0].text = report["running"]
        self._page_number(part.footer.paragraphs[0], report["page"])

    def _about(self, report: dict[str, Any], when: datetime) -> None:
        about = self._doc.core_properties
        about.title, about.author, about.comments = report["title"], "", ""
        about.created = about.modified = when
        about.language = _LANGUAGES.get(report["lang"], report["lang"])

    def _styles(self, language: str) -> None:
        from docx.oxml.ns import qn
        from docx.shared import Pt, RGBColor

        latin, eastern = _FACES.get(language, _FACES["en"])
        sizes = {"Normal": 9.5, "Title": 20, "Heading 1": 14, "Heading 2": 10.5, "Heading 3": 9, "List Bullet": 9.5}
        for name, size in sizes.items():
            style = self._doc.styles[name]
            style.font.name, style.font.size = latin, Pt(size)
            style.font.color.rgb = RGBColor.from_string("111111")
            style.paragraph_format.space_after = Pt(4)
            fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
            fonts.set(qn("w:eastAsia"), eastern)
            fonts.set(qn("w:cs"), latin)

    def _page_number(self, paragraph: Any, word: str) -> None:
        from docx.oxml import parse_xml
        from docx.oxml.ns import nsdecls

        paragraph.add_run(f"{word} ")
        paragraph._p.append(
            parse_xml(f'<w:fldSimple {nsdecls("w")} w:instr="PAGE"><w:r><w:t>1</w:t></w:r></w:fldSimple>')
        )

    def title(self, text: str) -> None:
        """Write the title."""
        self._paragraph("Title").add_run(text)

    def verdict(self, verdict: dict[str, str]) -> None:
        """Write the verdict with what it means below."""
        self.paragraph(verdict["text"], tone=verdict["tone"], size=13)
        self.paragraph(verdict["note"])

    def new_page(self) -> None:
        """Go on at the top of a new page."""
        self._doc.add_page_break()

    def heading(self, text: str, level: int) -> None:
        """Write a heading."""
        self._paragraph(f"Heading {level}").add_run(text)

    def paragraph(self, text: str, *, tone: str = "", style: str = "", small: bool = False, size: float = 0) -> None:
        """Write a paragraph; a tone makes it bold and coloured."""
        run = self._paragraph(style).add_run(text)
        self._toned(run, tone)
        self._sized(run, size or (8 if small else 0))

    def _paragraph(self, style: str = "") -> Any:
        """Return a new paragraph; python-docx would look through all styles for each."""
        paragraph = self._doc.add_paragraph()
        if style:
            paragraph._p.style = self._style_ids[style]
        return paragraph

    def table(
        self, shares: Sequence[float], rows: Sequence[Sequence[Cell]], *, head: bool = False, row_mm: float = 0
    ) -> None:
        """Write a table over the whole width; a head repeats on every page."""
        from docx.shared import Mm

        grid, widths = self._grid(shares, len(rows))
        for number, (line, cells) in enumerate(zip(grid.rows, rows, strict=True)):
            if row_mm and number:
                line.height = Mm(row_mm)
            self._whole(line, repeat=head and not number)
            for place, cell, width in zip(self._cells(line, grid), cells, widths, strict=True):
                place.width = width
                self._fill(place.paragraphs[0], cell, shaded=cell.bold)
        self._doc.add_paragraph()

    def _grid(self, shares: Sequence[float], rows: int) -> tuple[Any, list[Any]]:
        """Return a table over the whole width, and the widths of its columns."""
        from docx.shared import Mm

        grid = self._doc.add_table(rows=rows, cols=len(shares), style="Table Grid")
        grid.autofit = False
        widths = [Mm(_WIDTH_MM * share / sum(shares)) for share in shares]
        for column, width in zip(grid.columns, widths, strict=True):
            column.width = width
        return grid, widths

    def math_table(
        self, shares: Sequence[float], heads: Sequence[str], rows: Sequence[Sequence[Sequence[tuple[str, str, str]]]]
    ) -> None:
        """Write a table whose cells hold lines with a formula: (before, Office MathML or nothing, after)."""
        from docx.shared import Pt

        grid, widths = self._grid(shares, len(rows) + 1)
        for number, line in enumerate(grid.rows):
            self._whole(line, repeat=not number)
            cells = [[(head, "", "")] for head in heads] if not number else rows[number - 1]
            for place, lines, width in zip(self._cells(line, grid), cells, widths, strict=True):
                place.width = width
                for count, parts in enumerate(lines):
                    paragraph = place.add_paragraph() if count else place.paragraphs[0]
                    paragraph.paragraph_format.space_after = Pt(0)
                    self._math(paragraph, [parts[:2]], parts[2])
                    paragraph.runs[0].bold = not number or None
        self._doc.add_paragraph()

    def _cells(self, line: Any, grid: Any) -> list[Any]:
        """Return the cells of a row that holds no merged ones; ``line.cells`` would look through the whole table."""
        from docx.table import _Cell

        return [_Cell(found, grid) for found in line._tr.tc_lst]

    def _whole(self, line: Any, *, repeat: bool) -> None:
        """Keep a row on one page; repeat it at the top of each where it is the head."""
        from docx.oxml import OxmlElement

        properties = line._tr.get_or_add_trPr()
        properties.append(OxmlElement("w:cantSplit"))
        if repeat:
            properties.append(OxmlElement("w:tblHeader"))

    def _fill(self, paragraph: Any, cell: Cell, *, shaded: bool) -> None:
        from docx.enum.text import WD_ALIGN_PARAGRAPH
        from docx.shared import Pt

        paragraph.paragraph_format.space_after = Pt(0)
        if cell.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        run = paragraph.add_run(cell.text)
        run.bold = shaded or None
        self._toned(run, cell.tone)
        self._sized(run, 8)
        if cell.note:
            run.add_break()
            self._sized(paragraph.add_run(cell.note), 8)

    def _toned(self, run: Any, tone: str) -> None:
        from docx.shared import RGBColor

        if tone in _TONES:
            run.bold = True
            run.font.color.rgb = RGBColor.from_string(_TONES[tone])

    def _sized(self, run: Any, size: float) -> None:
        from docx.shared import Pt

        if size:
            run.font.size = Pt(size)

    def figure(self, png: bytes, width_mm: float, words: str) -> None:
        """Write a picture at its own width, with words for those who cannot see it."""
        from docx.shared import Mm

        shape = self._doc.add_picture(BytesIO(png), width=Mm(width_mm))
        shape._inline.docPr.set("descr", words)

    def formula(self, before: str, math: str, after: str) -> None:
        """Write one line with a formula."""
        self._math(self._doc.add_paragraph(), [(before, math)], after)

    def units(self, symbols: Iterable[tuple[str, str]], source: str) -> None:
        """Write the units of a formula's symbols and where the formula stands."""
        line = self._doc.add_paragraph()
        for math, unit in symbols:
            self._math(line, [("", math)], f": {unit};  ")
        self._sized(line.add_run(source), 8)

    def _math(self, paragraph: Any, parts: Iterable[tuple[str, str]], after: str) -> None:
        from docx.oxml import parse_xml

        for before, math in parts:
            self._sized(paragraph.add_run(before), 8.5)
            if math:
                paragraph._p.append(parse_xml(math))
        self._sized(paragraph.add_run(after), 8.5)

    def saved(self) -> bytes:
        """Return the document as a file."""
        out = BytesIO()
        self._doc.save(out)
        return out.getvalue()
