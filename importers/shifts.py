"""Rows whose cells have slipped under a neighbour's heading: numbers among the names, dates among the telephones."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from models.kinds import Choice, Day, Kind, Name, Person, Phone, Raw

_NUMBER, _PHONE, _DATE, _SEX = "身份证号", "手机号", "日期", "性别"
_DAY = re.compile(r"(?:19|20)\d\d[-./年]\d{1,2}[-./月]\d{1,2}日?")


def slipped(kind: Kind, column: Sequence[Raw]) -> dict[int, str]:
    """The places of a column where something stands that can be nothing of this kind, each with what it is."""
    own = _own(kind)
    if own is None:
        return {}
    shapes = ((place, _shape(raw)) for place, raw in enumerate(column) if raw is not None)
    return {place: shape for place, shape in shapes if shape and shape != own}


def _own(kind: Kind) -> str | None:
    """What the values of a kind look like, "" for none of the shapes; None for a kind that takes nearly anything."""
    if isinstance(kind, Name | Person):
        return ""
    if isinstance(kind, Phone):
        return _PHONE
    if isinstance(kind, Day):
        return _DATE
    return _SEX if isinstance(kind, Choice) and "男" in kind.options else None


def _shape(raw: Raw) -> str:
    if not isinstance(raw, str):
        return _DATE if isinstance(raw, date) else ""
    length = len(raw)
    if length == 1:
        return _SEX if raw in "男女" else ""
    if length not in range(8, 19) or not raw[0].isdigit():
        return ""
    if length == 18:
        return _NUMBER if raw[:17].isdecimal() else ""
    if length == 11 and raw[0] == "1" and raw.isdecimal():
        return _PHONE
    return _DATE if _DAY.fullmatch(raw) else ""


def why(title: str, shape: str) -> str:
    """Why a row is held back."""
    return f"“{title}”一列里是{shape}，像是这一行错了列，请核对。"


def told(found: Mapping[str, Mapping[int, str]], numbers: Sequence[int]) -> list[str]:
    """One sentence about the rows that slipped, by the heading under which it shows first; none where none did.

    `found` holds by heading the places and shapes, `numbers` the numbers of the rows from 0.
    """
    rows = sorted({place for places in found.values() for place in places})
    if not rows:
        return []
    heading, shape = next((heading, places[rows[0]]) for heading, places in found.items() if rows[0] in places)
    row, count = numbers[rows[0]] + 1, len(rows)
    start = f"从第 {row} 行起" if count > 1 else f"第 {row} 行"
    return [f"{start}，“{heading}”一列里是{shape}，像是各列错了位，这样的 {count} 行没有读入，请核对。"]
