"""Tables in plain text: comma, tab, semicolon or bar between the cells, in UTF-8, UTF-16 or GB18030."""

import codecs
import csv
import re
from collections import Counter
from io import StringIO

from importers.reading.sheet import Findings, Sheet, trimmed, without_tail
from models.errors import UserError

_DELIMITERS = ",\t;|，；"
_SAMPLE_LINES = 60
_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_BINARY = re.compile("[\x00-\x08\x0e-\x1f]")
_GUARDED = re.compile("'+[ \u3000\u200b-\u200f\u2060\ufeff]*[=+\\-@＝＋－＠\t\r\n]")  # as our own CSV files guard texts
_SHOWN_AS_TEXT = re.compile('="(\\d[\\dXx./\\-]*)"')
_NOT_A_TABLE = "不是表格文件，没有可导入的内容。"
_LONGEST_CELL = 1_000_000


def read(data: bytes) -> Findings:
    """The one table of a text file; UserError when the bytes are no text."""
    text = decoded(data)
    if _BINARY.search(text):
        raise UserError(_NOT_A_TABLE)
    text = re.sub("\\Asep=(.)\r?\n", "", text)  # a line for the spreadsheet program, which does not show it
    delimiter = _delimiter(text)
    notices: list[str] = []
    rows = [trimmed([_cell(cell) for cell in row]) for row in _records(text, delimiter, notices)]
    return Findings([Sheet("", without_tail(rows), typed=False)], notices)


def decoded(data: bytes, declared: str = "") -> str:
    """The text of a file: by its byte order mark, as declared, as UTF-8, as UTF-16, then as GB18030; strictly."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    guesses = [declared] if declared else []
    sample = data[:4096]
    if sample.count(0) > len(sample) // 8:
        guesses.append("utf-16-le" if sample[1::2].count(0) > sample[::2].count(0) else "utf-16-be")
    for encoding in (*guesses, "utf-8"):
        try:
            return data.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return _strictly(data, "gb18030")


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UserError("的文字编码无法辨认，请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入。") from error


def _delimiter(text: str) -> str:
    """The character by which most records fall into the same number of cells, more than one.

    A record counts once however many lines its cells have: a text of several lines is full of other marks.
    """
    lines = [line for line in text.splitlines()[:_SAMPLE_LINES] if line.strip()]
    best, score = ",", (0.0, 0)
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter))
        width, count = max(widths.items(), key=lambda item: (item[0] > 1) * item[1] * item[0], default=(1, 0))
        share = count / max(1, widths.total())
        if width > 1 and (share, width) > score:
            best, score = delimiter, (share, width)
    return best


def _records(text: str, delimiter: str, notices: list[str]) -> list[list[str]]:
    """The records of the file; where its quotes do not pair, each line is one and nothing is swallowed."""
    csv.field_size_limit(_LONGEST_CELL)
    try:
        return list(csv.reader(StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        notices.append("文件里的引号不成对，已逐行读取，请核对带引号的内容。")
        return [_record(line, delimiter) for line in re.split("\r\n|\r|\n", text)]


def _record(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter, strict=True), [])
    except csv.Error:
        return line.split(delimiter)


def _cell(text: str) -> str | None:
    """What a cell shows: without the apostrophe before a would-be formula, without ="…" around a number."""
    if text[:1] == "'":
        text = text[1:] if _GUARDED.match(text) else text
    elif text[:2] == '="' and (shown := _SHOWN_AS_TEXT.fullmatch(text)):
        text = shown[1]
    return text or None
