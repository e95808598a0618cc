"""What a file is, and whether it keeps within limits, told before any parser sees it (standard library only).

Every refusal is a UserError whose text follows the name of the file in a sentence: “名册.xlsx” 是空文件….
"""

import re
import struct
import zipfile
import zlib
from io import BytesIO
from typing import IO, Literal

from models.errors import UserError

FILE_BYTES = 20 * 2**20
ENTRIES = 3_000
UNPACKED_BYTES = 300 * 2**20
ENTRY_BYTES = 150 * 2**20
RATIO = 300
RATIO_FROM_BYTES = 5 * 2**20  # an ordinary styles.xml shrinks a thousandfold; only what is large is suspicious
MERGES = 5_000
MERGE_AREA = 200_000
ROWS = 200_000
SHEETS = 300
LAST_ROW = 1_048_576

Form = Literal["zip", "ole", "locked", "html", "xml", "text"]

_CHUNK = 2**20
_ZIP_FAULTS = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    LookupError,
    ValueError,
    RuntimeError,
)
SAVE_AS = "请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入。"
_STRANGERS = (
    (b"%PDF", "是 PDF 文件，不是表格。"),
    (b"MZ", "是程序文件，不是表格。"),
    (b"\x7fELF", "是程序文件，不是表格。"),
    (b"\x89PNG", "是图片，不是表格。"),
    (b"\xff\xd8\xff", "是图片，不是表格。"),
    (b"GIF8", "是图片，不是表格。"),
    (b"Rar!", "是压缩包，请解压后导入里面的表格。"),
    (b"7z\xbc\xaf", "是压缩包，请解压后导入里面的表格。"),
    (b"\x1f\x8b", "是压缩包，请解压后导入里面的表格。"),
    (b"SQLite format 3", "是数据库文件，不是表格。"),
    (b"{\\rtf", "是文字文档，不是表格。"),
)
DAMAGED = f"已损坏或不完整，无法读取。{SAVE_AS}"
_TOO_LARGE = "展开后过大，超出导入的限度，没有读取。请只保留需要的工作表再导入。"

# Parts run to tens of megabytes: each of these begins with plain characters, which the search leaps to.
_FAR = re.compile(rb"r=[\"'][A-Za-z]{0,3}(?:-|\d{6})")
_ROW_NUMBER = re.compile(rb"row\s[^>]*?\br=[\"'](-?\d+)")
_FAR_VALUE = re.compile(rb"c\s[^>]*?\br=[\"'][A-Za-z]{1,3}(\d{6,})[\"'][^>]*(?<!/)>")
_MERGE = re.compile(rb"mergeCell [^>]*?ref=[\"']\$?([A-Za-z]+)\$?(\d+):\$?([A-Za-z]+)\$?(\d+)")


def form_of(data: bytes) -> Form:
    """What the bytes are, whatever the file is called; UserError for the empty file and for what is no table."""
    if not data:
        raise UserError("是空文件，没有可导入的内容。")
    if len(data) > FILE_BYTES:
        raise UserError(f"超过 {FILE_BYTES // 2**20} MB，没有读取。请只保留需要的工作表再导入。")
    if data.startswith(b"PK"):
        return "zip"
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _ole(data)
    for magic, sentence in _STRANGERS:
        if data.startswith(magic):
            raise UserError(sentence)
    if not data.strip(b"\x00\t\r\n \xef\xbb\xbf\xff\xfe"):
        raise UserError("是空文件，没有可导入的内容。")
    return _written(data[:65536])


def _ole(data: bytes) -> Form:
    """An OLE file is an old workbook, or a locked new one; the names of its streams stand in it as UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in data and "EncryptionInfo".encode("utf-16-le") in data:
        return "locked"
    if "WordDocument".encode("utf-16-le") in data:
        raise UserError("是 Word 文档，不是表格。请把其中的表格复制到 Excel 或 WPS 表格中另存后再导入。")
    return "ole"


def _written(beginning: bytes) -> Form:
    """Markup or plain text, by its first characters; NULs are dropped so that UTF-16 looks like ASCII here."""
    plain = beginning.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if not plain.startswith(b"<"):
        return "text"
    if b"<html" in plain or plain.startswith(b"<!doctype html"):
        return "html"
    if b"urn:schemas-microsoft-com:office:spreadsheet" in plain:
        return "xml"
    if b"<table" in plain:
        return "html"
    raise UserError("不是表格文件，没有可导入的内容。")


def check_workbook(data: bytes) -> None:
    """Walks through every part of a zip workbook within the limits above; UserError when one is passed."""
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            entries = archive.infolist()
            _check_list(entries)
            unpacked = 0
            for entry in entries:
                with archive.open(entry) as stream:
                    unpacked += _check_part(entry.filename, stream, UNPACKED_BYTES - unpacked)
    except UserError:
        raise
    except _ZIP_FAULTS as error:
        raise UserError(DAMAGED) from error


def _check_list(entries: list[zipfile.ZipInfo]) -> None:
    """The list of contents alone: how many, what they are called, how large they claim to be."""
    if len(entries) > ENTRIES:
        raise UserError(_TOO_LARGE)
    names = [entry.filename.replace("\\", "/").casefold() for entry in entries]
    if len(set(names)) != len(names) or any(_leads_out(name) for name in names):
        raise UserError("内部结构不正常，像是被改动过的文件，没有读取。")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UserError(f"里面的内容加了密，无法读取。{SAVE_AS}")
    if "[content_types].xml" not in names:
        raise UserError(_stranger_among(names))
    if not any(name.startswith("xl/") for name in names) and any(name.startswith("word/") for name in names):
        raise UserError("是 Word 文档，不是表格。请把其中的表格复制到 Excel 或 WPS 表格中另存后再导入。")
    if sum(entry.file_size for entry in entries) > UNPACKED_BYTES:
        raise UserError(_TOO_LARGE)
    for entry in entries:
        swollen = entry.file_size > RATIO_FROM_BYTES and entry.file_size > RATIO * max(entry.compress_size, 1)
        if swollen or entry.file_size > ENTRY_BYTES:
            raise UserError(_TOO_LARGE)


def _leads_out(name: str) -> bool:
    return name.startswith("/") or ".." in name.split("/") or "\x00" in name or re.match("[a-z]:", name) is not None


def _stranger_among(names: list[str]) -> str:
    if "mimetype" in names and "content.xml" in names:
        return f"是 OpenDocument 文件。{SAVE_AS}"
    return "是压缩包，不是工作簿。请解压后导入里面的表格。"


def _check_part(name: str, stream: IO[bytes], allowed: int) -> int:
    """Unpacks one part, however large it claims to be, and looks into it; answers its true size in bytes."""
    limit = min(allowed, ENTRY_BYTES)
    chunks, size = [], 0
    wanted = name.casefold().endswith((".xml", ".rels", ".vml"))
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > limit:
            raise UserError(_TOO_LARGE)
        if wanted:
            chunks.append(chunk)
    if wanted:
        _check_markup(as_utf8(b"".join(chunks)))
    return size


def as_utf8(part: bytes) -> bytes:
    """A part in UTF-16, in which a search for ASCII bytes would find nothing, as UTF-8; any other as it is."""
    if part.startswith((b"\xff\xfe", b"\xfe\xff")):
        return part.decode("utf-16", "replace").encode("utf-8", "replace")
    if part[:4].count(0) >= 2:
        return part.decode("utf-16-be" if part[0] == 0 else "utf-16-le", "replace").encode("utf-8", "replace")
    return part


def _check_markup(part: bytes) -> None:
    if b"<!" in part and (b"<!DOCTYPE" in part or b"<!ENTITY" in part):
        raise UserError("带有外部定义，可能有害，没有读取。")
    if b"sheetData" in part:
        _check_rows(part)
        _check_merges(part)
    elif part.count(b"<sheet ") + part.count(b":sheet ") > SHEETS:
        raise UserError(f"的工作表超过 {SHEETS} 张，没有读取。")


def _check_rows(part: bytes) -> None:
    if part.count(b"<row") + part.count(b":row") > ROWS:
        raise UserError(f"超过 {ROWS // 10_000} 万行，没有读取。请只保留需要的行再导入。")
    if not _FAR.search(part):
        return
    if any(not 0 < int(number) <= LAST_ROW for number in _ROW_NUMBER.findall(part)):
        raise UserError(DAMAGED)
    if any(int(number) > ROWS for number in _FAR_VALUE.findall(part)):
        raise UserError(f"第 {ROWS} 行以后还有内容，超出导入的限度。请删去多余的行再导入。")


def _check_merges(part: bytes) -> None:
    merges = part.count(b"mergeCell ")
    if merges > MERGES:
        raise UserError(f"的合并单元格超过 {MERGES} 处，没有读取。请取消不必要的合并再导入。")
    for left, top, right, bottom in _MERGE.findall(part) if merges else ():
        if max(len(left), len(right)) > 3 or max(len(top), len(bottom)) > 7:
            raise UserError(DAMAGED)
        if (int(bottom) - int(top) + 1) * (_column(right) - _column(left) + 1) > MERGE_AREA:
            raise UserError("有一处合并单元格大得不正常，没有读取。请取消这处合并再导入。")


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number
