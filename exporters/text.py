"""What a text must be before a file can hold it."""

import re
from unicodedata import east_asian_width

from models.errors import UserError

LONGEST_CELL = 32_767
_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_UNHOLDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def holdable(text: str) -> str:
    """The text with every character that XML, UTF-8 or a PDF cannot hold replaced by U+FFFD, which is seen."""
    return text if text.isalnum() else _UNHOLDABLE.sub("\ufffd", text)


def spelled(text: str) -> str:
    """The text as a workbook spells it: one that only looks like an escape (_x000D_) is kept from being read as one."""
    return _ESCAPE.sub("_x005F_", text)


def check_length(text: str, where: str) -> None:
    """Refuses a text longer than a cell of a workbook holds, counted in UTF-16 as Excel does: it would be cut silently.

    `where` names the place in the sentence.
    """
    if len(text) * 2 > LONGEST_CELL and len(text.encode("utf-16-le", "surrogatepass")) // 2 > LONGEST_CELL:
        raise UserError(f"{where}有{len(text)}个字，超过 Excel 一格的{LONGEST_CELL}个，没有存成；请改短或存为 PDF。")


def columns_of(text: str) -> int:
    """How many half ems the text is wide: two for a Han character or full-width mark, one for a letter or figure."""
    return len(text) if text.isascii() else sum(2 if east_asian_width(c) in "WFA" else 1 for c in text)
