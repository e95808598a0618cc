"""The record of a meeting as a Word document, which offices go on editing in WPS: the grid of the paper, same order."""

import io
import zipfile
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from docx import Document
from docx.document import Document as DocumentType
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from exporters import verify
from exporters.files import replacing
from exporters.forms import minutes_parts as parts
from exporters.forms.minutes_parts import Cell
from exporters.forms.photographs import made_smaller
from exporters.text import columns_of, holdable
from models.errors import UserError
from models.ledgers.life.minutes_papers import MinutesRecord

BODY, HEAD, LATIN = "仿宋", "宋体", "Times New Roman"
PROGRAM = "支部台账"
_WIDTHS = (1760, 2960, 1720, 2959)  # twentieths of a point, together as wide as forms in use are
_TWENTIETHS = 20
_MARGINS = {"top_margin": 25, "bottom_margin": 20, "left_margin": 22, "right_margin": 22}
_ROW, _SIGNATURES, _TEXT, _SHORT_TEXT, _PAGE = 9.5, 12, 30, 20, 212  # millimetres
_UNDATED = (1980, 1, 1, 0, 0, 0)
_PHOTO_WIDTH, _PHOTO_HEIGHT = 150, 105
_UNUSED = ("/stylesWithEffects", "/customXml")  # of the empty document, for an older Word
_TWO_CHARACTERS = "480"
_PITCH, _KEPT_LINES = 20, 2
_PITCH_MM, _LINE = 7.1, 5.8  # millimetres
_WIDE, _NARROW = 29, 11  # characters in a line of a cell


def write(record: MinutesRecord, path: Path) -> None:
    """Writes the record of one meeting; equal records give equal bytes. UserError where it cannot be put in place."""
    document = _blank(record)
    _write_title(document, record)
    table = _table(document)
    rows = list(parts.rows(record))
    for number, cells in enumerate(rows):
        _add_row(table, cells, repeated=number == 0)
    sections = list(parts.sections(record))
    others = sum(max(_SHORT_TEXT, _lines(each.text, _WIDE) * _PITCH_MM + 3) for each in sections[1:])
    spare = _PAGE - sum(map(_height, rows)) - others - _SIGNATURES
    for number, section in enumerate(sections):
        height = max(_TEXT, spare) if number == 0 else _SHORT_TEXT
        _add_text(table, section.label, section.text, height, kept=number == len(sections) - 1)
    _add_row(table, [Cell(each, "") for each in parts.SIGNERS], _SIGNATURES)
    if record.follow_ups:
        after = document.add_paragraph()
        after.paragraph_format.space_before = Pt(4)
        _say(after, parts.follow_ups(record), 10)
    _add_photographs(document, record)
    with replacing(path, verify.document) as file:
        file.write(_packed(document))


def _height(cells: Sequence[Cell]) -> float:
    """About how high a row of the grid becomes, in millimetres."""
    wide = _WIDE if len(cells) == 1 else _NARROW
    lines = max(max(_lines(cell.text, wide), cell.label.count("\n") + 1) for cell in cells)
    return max(_ROW, lines * _LINE)


def _lines(text: str, wide: int) -> int:
    """About how many lines a text takes in a cell so many Han characters wide."""
    return sum(max(1, -(-columns_of(line) // (2 * wide))) for line in text.splitlines() or [""])


def _blank(record: MinutesRecord) -> DocumentType:
    """An empty page of A4 with its foot; nothing in it tells who made it on which computer."""
    document = Document()
    package = document.part.package
    for number, relation in list(package.rels.items()):
        if relation.reltype in (RELATIONSHIP_TYPE.THUMBNAIL, RELATIONSHIP_TYPE.EXTENDED_PROPERTIES):
            del package.rels[number]
    for number, relation in list(document.part.rels.items()):
        if relation.reltype.endswith(_UNUSED):
            del document.part.rels[number]
    said = document.core_properties
    said.author = said.last_modified_by = PROGRAM
    said.title, said.comments, said.revision = parts.title(record), "", 1
    day = record.held_on
    said.created = said.modified = datetime(day.year, day.month, day.day) if day else datetime(*_UNDATED)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, width in _MARGINS.items():
        setattr(section, name, Mm(width))
    normal: Any = document.styles["Normal"]
    _set_fonts(normal.element.get_or_add_rPr(), BODY)
    normal.font.size = Pt(12)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(language)
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, field in (("第 ", "PAGE"), (" 页　共 ", "NUMPAGES"), (" 页", "")):
        _say(foot, text, 9, HEAD)
        if field:
            _add_field(foot, field)
    return document


def _write_title(document: DocumentType, record: MinutesRecord) -> None:
    title = document.add_paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.space_after = Pt(6)
    _say(title, parts.title(record), 22, HEAD, bold=True)
    line = document.add_paragraph()
    line.paragraph_format.space_after = Pt(2)
    line.paragraph_format.tab_stops.add_tab_stop(Pt(sum(_WIDTHS) / _TWENTIETHS), WD_TAB_ALIGNMENT.RIGHT)
    _say(line, f"党组织：{record.unit or ''}\t{parts.entered_later(record)}", 10.5, HEAD)


def _table(document: DocumentType) -> Table:
    table: Table = document.add_table(rows=0, cols=len(_WIDTHS), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = Pt(width / _TWENTIETHS)
    return table


def _add_row(table: Table, cells: Sequence[Cell], height: float = _ROW, repeated: bool = False) -> None:
    """A row of one labelled value over the whole width or of two; a `repeated` one heads every page of the table."""
    places = _new_row(table, height, whole=len(cells) == 1)
    for place, cell in zip(range(0, len(places), 2), cells, strict=True):
        _label(places[place], cell.label)
        value = places[place + 1].paragraphs[0]
        value.alignment = WD_ALIGN_PARAGRAPH.LEFT if cell.to_the_left else WD_ALIGN_PARAGRAPH.CENTER
        _say(value, cell.text, 12)
    if repeated:
        table.rows[-1]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _add_text(table: Table, label: str, text: str, height: float, kept: bool) -> None:
    """A row whose text has paragraphs that begin two characters in, and may run to the next page.

    The end of one that is `kept` stands on the page of the next row, so that nobody signs an empty page.
    """
    name, value = _new_row(table, height, whole=True)
    _label(name, label)
    value.vertical_alignment = None
    lines = text.splitlines() or [""]
    for number, line in enumerate(lines):
        paragraph = value.paragraphs[0] if number == 0 else value.add_paragraph()
        indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
        indent.set(qn("w:firstLine"), _TWO_CHARACTERS)
        indent.set(qn("w:firstLineChars"), "200")
        spacing = paragraph.paragraph_format
        spacing.line_spacing = Pt(_PITCH)
        spacing.keep_with_next = kept and number >= len(lines) - _KEPT_LINES
        spacing.space_before = Pt(4) if number == 0 else None
        spacing.space_after = Pt(4) if number == len(lines) - 1 else None
        _say(paragraph, line.strip(), 12)


def _new_row(table: Table, height: float, whole: bool) -> list[_Cell]:
    row = table.add_row()
    row.height, row.height_rule = Mm(height), WD_ROW_HEIGHT_RULE.AT_LEAST
    for cell, width in zip(row.cells, _WIDTHS, strict=True):
        cell.width = Pt(width / _TWENTIETHS)
        properties = cell._tc.get_or_add_tcPr()
        middle = OxmlElement("w:vAlign")
        middle.set(qn("w:val"), "center")
        properties.append(middle)
    if not whole:
        return list(row.cells)
    return [row.cells[0], row.cells[1].merge(row.cells[3])]


def _label(cell: _Cell, text: str) -> None:
    for number, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _say(paragraph, line, 12, HEAD)


def _say(paragraph: Paragraph, text: str, size: float, font: str = BODY, bold: bool = False) -> None:
    run = paragraph.add_run(holdable(text))
    run.font.size, run.font.bold = Pt(size), bold or None
    _set_fonts(run._r.get_or_add_rPr(), font)


def _set_fonts(properties: Any, font: str) -> None:
    """Latin characters and figures in one font, Han characters in another; without the latter Word takes its own."""
    fonts = properties.get_or_add_rFonts()
    for name, value in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", font), ("hint", "eastAsia")):
        fonts.set(qn(f"w:{name}"), value)


def _add_field(paragraph: Paragraph, name: str) -> None:
    """A field that Word works out, as the number of the page."""
    for kind, text in (("begin", ""), ("", name), ("separate", ""), ("end", "")):
        run = paragraph.add_run()
        run.font.size = Pt(9)
        _set_fonts(run._r.get_or_add_rPr(), HEAD)
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)


def _add_photographs(document: DocumentType, record: MinutesRecord) -> None:
    """The photographs behind the record; in the place of one that cannot be read stands why."""
    for number, photo in enumerate(record.photos, start=1):
        paragraph = document.add_paragraph()
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        paragraph.paragraph_format.page_break_before = number == 1
        try:
            picture, (wide, high) = made_smaller(photo.read())
        except UserError as error:
            _say(paragraph, str(error), 10.5)
        else:
            paragraph.add_run().add_picture(io.BytesIO(picture), Mm(min(_PHOTO_WIDTH, _PHOTO_HEIGHT * wide / high)))
        caption = document.add_paragraph()
        caption.alignment = WD_ALIGN_PARAGRAPH.CENTER
        _say(caption, f"照片 {number}", 10.5)


def _packed(document: DocumentType) -> bytes:
    """The document as bytes that do not tell when it was written."""
    saved, packed = io.BytesIO(), io.BytesIO()
    document.save(saved)
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _UNDATED), old.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
