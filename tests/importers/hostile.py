"""Workbooks that mean harm or are broken, made here part by part (reliability.md §3)."""

import io
import zipfile
import zlib
from collections.abc import Callable, Mapping

TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
    '<Override PartName="/xl/worksheets/sheet1.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>'
    '<Override PartName="/xl/sharedStrings.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>'
)
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
)
SHEETS = '<sheets><sheet name="名册" sheetId="1" r:id="rId1"/></sheets>'
BOOK = f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{SHEETS}</workbook>'
BOOK_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/></Relationships>'
)
STRINGS = f'<sst xmlns="{MAIN}"><si><t>姓名</t></si></sst>'


def sheet(rows: str, after: str = "", before: str = "") -> str:
    return f'<worksheet xmlns="{MAIN}">{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def package(rows: str = "", parts: Mapping[str, str | bytes] | None = None, after: str = "") -> bytes:
    """A workbook of one sheet with these rows; `parts` replace or add parts by name."""
    whole: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELS,
        "xl/workbook.xml": BOOK,
        "xl/_rels/workbook.xml.rels": BOOK_RELS,
        "xl/sharedStrings.xml": STRINGS,
        "xl/worksheets/sheet1.xml": sheet(rows, after),
    }
    whole |= parts or {}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in whole.items():
            archive.writestr(name, content)
    return out.getvalue()


def cell(place: str, value: str = "1") -> str:
    number = place.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return f'<row r="{number}"><c r="{place}"><v>{value}</v></c></row>'


def _lying_sizes() -> bytes:
    """A part that unpacks to far more than the list of contents says."""
    data = package(cell("A1"), {"xl/media/a.bin": bytes(160 * 2**20)})
    size = (160 * 2**20).to_bytes(4, "little")
    return data.replace(size, (1000).to_bytes(4, "little"))


def _encrypted_entry() -> bytes:
    data = bytearray(package(cell("A1")))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        start = archive.start_dir
    data[start + 8] |= 1
    return bytes(data)


def _flipped() -> bytes:
    data = bytearray(package("".join(cell(f"A{row}") for row in range(1, 500))))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entry = archive.getinfo("xl/worksheets/sheet1.xml")
    data[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 0x10
    return bytes(data)


def _doubled_name() -> bytes:
    data = package(cell("A1"), {"xl/worksheets/sheet2.xml": sheet(cell("A1", "2"))})
    return data.replace(b"sheet2.xml", b"sheet1.xml")


def _doctype(name: str, root: str) -> bytes:
    text = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>{root}'
    return package(cell("A1"), {name: text})


REFUSED_BY_GUARD: dict[str, Callable[[], bytes]] = {
    "a gigabyte in one cell": lambda: package(parts={"xl/sharedStrings.xml": b"<sst>" + b"A" * (160 * 2**20)}),
    "sizes that lie": _lying_sizes,
    "half a million rows": lambda: package("<row/>" * 500_000),
    "a merge over everything": lambda: package(
        cell("A1"), after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    ),
    "a merge out of range": lambda: package(
        cell("A1"), after='<mergeCells><mergeCell ref="A1:ZZZZZ99999999"/></mergeCells>'
    ),
    "a hundred thousand merges": lambda: package(
        cell("A1"), after="".join(f'<mergeCell ref="A{row}:B{row}"/>' for row in range(1, 100_000))
    ),
    "five thousand sheets": lambda: package(
        parts={"xl/workbook.xml": f'<workbook xmlns="{MAIN}"><sheets>' + '<sheet name="a" sheetId="1"/>' * 5000}
    ),
    "a cell in the last corner": lambda: package(cell("XFD1048576")),
    "a cell far below": lambda: package(cell("A1") + cell("A300000")),
    "a row beyond any": lambda: package('<row r="99999999999"><c><v>1</v></c></row>'),
    "a negative row": lambda: package('<row r="-5"><c><v>1</v></c></row>'),
    "a DOCTYPE in the workbook": lambda: _doctype("xl/workbook.xml", BOOK),
    "an entity in the strings": lambda: _doctype("xl/sharedStrings.xml", STRINGS),
    "a DOCTYPE hidden in UTF-16": lambda: package(
        parts={"xl/worksheets/sheet1.xml": ("<!DOCTYPE x []>" + sheet(cell("A1"))).encode("utf-16")}
    ),
    "a name that leads out": lambda: package(parts={"../../evil.xml": "<a/>"}),
    "an absolute name": lambda: package(parts={"/abs.xml": "<a/>"}),
    "a drive in a name": lambda: package(parts={"C:/abs.xml": "<a/>"}),
    "one name twice": _doubled_name,
    "an encrypted entry": _encrypted_entry,
    "too many entries": lambda: package(parts={f"xl/x{number}.bin": b"" for number in range(3_100)}),
    "a flipped bit": _flipped,
    "cut in half": lambda: package(cell("A1"))[:400],
    "an archive of something else": lambda: _archive({"readme.txt": "hello"}),
    "a Word document": lambda: _archive({"[Content_Types].xml": TYPES, "word/document.xml": "<a/>"}),
    "an OpenDocument": lambda: _archive({"mimetype": "x", "content.xml": "<a/>"}),
}
REFUSED_BY_PARSERS: dict[str, Callable[[], bytes]] = {
    "a shared string out of range": lambda: package('<row r="1"><c r="A1" t="s"><v>77</v></c></row>'),
    "markup that breaks off": lambda: package(parts={"xl/worksheets/sheet1.xml": sheet(cell("A1"))[:-40]}),
    "a relationship out of the file": lambda: package(
        parts={"xl/_rels/workbook.xml.rels": BOOK_RELS.replace("worksheets/sheet1.xml", "../../../etc/passwd")}
    ),
    "no workbook": lambda: package(parts={"xl/workbook.xml": ""}),
    "sheet in GB18030": lambda: package(
        parts={
            "xl/worksheets/sheet1.xml": (
                '<?xml version="1.0" encoding="GB18030"?>'
                + sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>姓名</t></is></c></row>')
            ).encode("gb18030")
        }
    ),
}
NO_TABLES: dict[str, bytes] = {
    "nothing": b"",
    "only blanks": b"\xef\xbb\xbf \r\n \t\n",
    "a PDF": b"%PDF-1.7\n...",
    "a program": b"MZ\x90\x00" + bytes(60),
    "a picture": b"\x89PNG\r\n\x1a\n" + bytes(20),
    "a compressed file": zlib.compress(bytes(9)) and b"\x1f\x8b\x08" + bytes(20),
    "noise": bytes(range(256)) * 20,
    "XML of another kind": b"<?xml version='1.0'?><note/>",
    "a page without a table": "<html><body><p>没有表格</p></body></html>".encode(),
    "an old workbook without content": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000),
    "Word, old": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"),
}


def _archive(parts: Mapping[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()
