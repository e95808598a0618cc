"""Checking a written file before it takes its place: what cannot be opened must not replace what could."""

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import IO
from xml.parsers import expat

from exporters.files import Verify
from models.errors import UserError

_BLOCK = 1 << 18
_ROW = b"<row "
_SHEET = re.compile(r"xl/worksheets/sheet(\d+)\.xml")
_STARTXREF = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*\Z")
_XREF = re.compile(rb"xref\s+0 (\d+)\s+")
_ENTRY = re.compile(rb"(\d{10}) \d{5} ([nf])\s\s")
_PAGE = re.compile(rb"/Type /Page\b(?!s)")


def workbook(rows: Sequence[int], password: str | None = None) -> Verify:
    """Every part unpacks (its checksum holds) and is sound XML, and the sheets hold so many rows, in order.

    With a password the workbook must open by it.
    """

    def verify(path: Path) -> None:
        try:
            found = _rows_of_sheets(path if password is None else _decrypted(path, password))
        except (zipfile.BadZipFile, expat.ExpatError) as error:
            raise UserError(f"写出的工作簿核对时读不通，没有存成（{error}）。") from error
        if found != list(rows):
            raise UserError(f"写出的工作簿核对时行数不对（应为{list(rows)}，实为{found}），没有存成。")

    return verify


def document(path: Path) -> None:
    """A Word document: every part unpacks (its checksum holds), and those of XML are sound."""
    try:
        with zipfile.ZipFile(path) as archive:
            for name in archive.namelist():
                content = archive.read(name)
                if name.endswith((".xml", ".rels")):
                    expat.ParserCreate().Parse(content, True)
    except (zipfile.BadZipFile, expat.ExpatError) as error:
        raise UserError(f"写出的 Word 文档核对时读不通，没有存成（{error}）。") from error


def _decrypted(path: Path, password: str) -> IO[bytes]:
    from msoffcrypto.format.ooxml import OOXMLFile

    plain = io.BytesIO()
    with path.open("rb") as locked:
        file = OOXMLFile(locked)
        file.load_key(password=password)
        file.decrypt(plain)
    return plain


def _rows_of_sheets(book: Path | IO[bytes]) -> list[int]:
    counts: dict[int, int] = {}
    with zipfile.ZipFile(book) as archive:
        for name in archive.namelist():
            with archive.open(name) as part:
                rows = _rows_in(part)
            sheet = _SHEET.fullmatch(name)
            if sheet:
                counts[int(sheet[1])] = rows
    return [counts[number] for number in sorted(counts)]


def _rows_in(part: IO[bytes]) -> int:
    parser = expat.ParserCreate()
    rows, tail = 0, b""
    while block := part.read(_BLOCK):
        parser.Parse(block)
        rows += (tail + block).count(_ROW)
        tail = block[-len(_ROW) + 1 :]
    parser.Parse(b"", True)
    return rows


def pages(count: int) -> Verify:
    """A PDF with its head and foot, every object where the table says it is, and so many pages."""

    def verify(path: Path) -> None:
        data = path.read_bytes()
        fault = _fault_in_pdf(data, count)
        if fault:
            raise UserError(f"写出的 PDF 核对时{fault}，没有存成。")

    return verify


def _fault_in_pdf(data: bytes, count: int) -> str:
    end = _STARTXREF.search(data, max(0, len(data) - 64))
    if not data.startswith(b"%PDF-") or not end:
        return "首尾不全"
    table = _XREF.match(data, int(end[1]))
    if not table:
        return "找不到目录"
    entries = list(_ENTRY.finditer(data, table.end(), table.end() + 20 * int(table[1])))
    if len(entries) != int(table[1]):
        return "目录不全"
    for number, entry in enumerate(entries):
        if entry[2] == b"n" and not data.startswith(b"%d 0 obj" % number, int(entry[1])):
            return f"第{number}个对象不在原处"
    found = len(_PAGE.findall(data))
    return "" if found == count else f"页数不对（应为{count}，实为{found}）"


def lines(count: int) -> Verify:
    """Comma-separated text in UTF-8 with so many records, each ended by CR LF."""

    def verify(path: Path) -> None:
        records, quoted = 0, False
        try:
            with path.open(encoding="utf-8-sig", newline="\r\n") as text:
                for line in text:
                    quoted ^= line.count('"') % 2 == 1
                    records += not quoted and line.endswith("\r\n")
        except UnicodeDecodeError as error:
            raise UserError(f"写出的 CSV 核对时读不通，没有存成（{error}）。") from error
        if records != count or quoted:
            raise UserError(f"写出的 CSV 核对时行数不对（应为{count}，实为{records}），没有存成。")

    return verify
