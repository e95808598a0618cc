"""Looking for words wherever they may hide: in any encoding, in packed files, in what a file says of itself."""

import base64
import io
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pypdfium2
from openpyxl import load_workbook

_STREAM, _END = b"stream\r\n", b"endstream"
_PARTS = ("docProps/", "xl/workbook.xml", "xl/comments", "word/comments", "word/settings.xml", "customXml/")


def spellings(word: str) -> frozenset[bytes]:
    """A word as it may stand in a file: encoded, as JSON spells it, and in base64 wherever it begins."""
    plain = word.encode()
    found = {plain, word.encode("gb18030"), word.encode("utf-16-le"), word.encode("utf-16-be")}
    found.add(word.encode("unicode_escape"))
    for shift in range(3):
        coded = base64.b64encode(bytes(shift) + plain)
        found.add(coded[4 if shift else 0 : -4])
    return frozenset(found)


def in_bytes(content: bytes, words: Iterable[str]) -> list[str]:
    """The words that a content holds, as it stands or unpacked."""
    layers = list(_unpacked(content))
    return [word for word in words if any(said in layer for said in spellings(word) for layer in layers)]


def _unpacked(content: bytes) -> Iterator[bytes]:
    """The content, the parts of a zip file, and the packed streams of a PDF."""
    yield content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for name in parts.namelist():
                yield name.encode()
                yield from _unpacked(parts.read(name))
    if content.startswith(b"%PDF"):
        for piece in content.split(_STREAM)[1:]:
            body = piece.partition(_END)[0]
            try:
                yield zlib.decompressobj().decompress(body)
            except zlib.error:
                yield body


def in_folder(folder: Path, words: Sequence[str], besides: Iterable[Path] = ()) -> list[tuple[str, str]]:
    """The files below a folder whose name or content holds a word, with the word; `besides` may hold them."""
    allowed = {path.resolve() for path in besides}
    found = []
    for path in sorted(folder.rglob("*")):
        found += [(path.name, word) for word in words if word in path.name]
        if path.is_file() and path.resolve() not in allowed:
            found += [(str(path.relative_to(folder)), word) for word in in_bytes(path.read_bytes(), words)]
    return found


def in_properties(path: Path, words: Sequence[str]) -> list[str]:
    """The words that a PDF, a workbook or a Word document holds in what it says of itself, apart from its pages."""
    if path.suffix == ".pdf":
        document = pypdfium2.PdfDocument(path)
        said = repr(document.get_metadata_dict()).encode()
        document.close()
        head = path.read_bytes()
        at = head.find(b"<x:xmpmeta")
        return in_bytes(said + (head[at : head.find(b"</x:xmpmeta", at)] if at >= 0 else b""), words)
    with zipfile.ZipFile(path) as parts:
        inner = [parts.read(name) for name in parts.namelist() if name.startswith(_PARTS)]
    return in_bytes(b"\n".join(inner), words) + (_hidden(path, words) if path.suffix == ".xlsx" else [])


def _hidden(path: Path, words: Sequence[str]) -> list[str]:
    """What stands in hidden sheets, comments and headers of a workbook."""
    book = load_workbook(path)
    said = list(book.sheetnames)
    for sheet in book.worksheets:
        said += [str(part) for part in (sheet.oddHeader.center.text, sheet.oddFooter.center.text) if part]
        for line in sheet.iter_rows():
            said += [cell.comment.text for cell in line if cell.comment is not None]
            if sheet.sheet_state != "visible":
                said += [str(cell.value) for cell in line]
    return in_bytes("\n".join(said).encode(), words)
