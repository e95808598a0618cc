"""Lines among the rows that head a section of a table: 第一党支部（5人） says where the people below it belong."""

import re
import unicodedata

_COUNT = r"(?:[(:]?(?:共|党员)*\d+[人名](?:党员)?\)?)?:?"
_NUMBERED = r"(?:\(?(?:\d+|[一二三四五六七八九十]+)(?:\)|[、.]\)?))?"
_SORTS = (
    ("branch", re.compile(rf"{_NUMBERED}(?:(?:所[在属])?党?支部(?:名称)?:)?([^:、,。()]*支部(?:委员会)?){_COUNT}")),
    ("group", re.compile(rf"{_NUMBERED}(?:(?:所[在属])?党?小组(?:名称)?:)?([^:、,。()]*小组){_COUNT}")),
)
_LONGEST = 60


def read(text: str) -> tuple[str, str] | None:
    """The key of the field that a line gives to the rows below it, and the value; None for any other line."""
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text[:_LONGEST]))
    for key, sort in _SORTS:
        found = sort.fullmatch(plain)
        if found:
            return key, found[1]
    return None
