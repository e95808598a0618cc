"""What every kind of value can do, and how what was typed or imported is tidied before it is read."""

import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

Align = Literal["left", "right", "centre"]
Tone = Literal["plain", "quiet", "good", "warn", "bad"]
Raw = str | int | float | bool | Decimal | date | datetime | None
Cell = str | int | Decimal | date | None

UNKNOWN = frozenset({"", "不详", "不明", "不清", "无", "未知", "暂无", "空", "null", "none", "nan", "n/a", "#n/a"})
LONGEST_TEXT = 32_767  # of UTF-16, as a spreadsheet counts: more does not fit a cell of it
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\u00ad]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_DASHES = re.compile("[\\s\\-—–－―_/\\\\／.。、?？*…~～]*")


def tidy(raw: Raw) -> str:
    """The text of a raw value without padding, control or invisible characters; whole floats lose their .0."""
    if raw is None:
        return ""
    if isinstance(raw, str) and raw.isprintable():  # nothing to take out: every space in it is a plain one
        return raw.strip()
    if isinstance(raw, float) and raw.is_integer():
        raw = int(raw)
    text = _CONTROL.sub("", _INVISIBLE.sub("", str(raw)))
    return text.replace("\u3000", " ").replace("\xa0", " ").strip()


def is_unknown(text: str) -> bool:
    """Whether a cell says that its value is not known (empty, 不详, 无, dashes …)."""
    return text.casefold() in UNKNOWN or (not text[0].isalnum() and _DASHES.fullmatch(text) is not None)


class Kind:
    """Text on one line, and the ground on which the other kinds stand."""

    align: Align = "left"
    excel_format = "@"

    def read(self, raw: Raw) -> Any:
        """The value typed or imported; ValueError with a sentence when it cannot be one."""
        text = tidy(raw)
        if len(text) * 2 > LONGEST_TEXT and (long := len(text.encode("utf-16-le")) // 2) > LONGEST_TEXT:
            raise ValueError(f"文字有 {long} 个字符，超过 {LONGEST_TEXT} 个，请缩短。")
        return None if is_unknown(text) else text

    def show(self, value: Any) -> str:
        """As it stands on the screen."""
        return "" if value is None else str(value)

    def paper(self, value: Any) -> str:
        """As it stands on paper."""
        return self.show(value)

    def cell(self, value: Any) -> Cell:
        """The native value of a spreadsheet cell."""
        return None if value is None else self.show(value)

    def tone(self, value: Any) -> Tone:
        return "plain"

    def sort_key(self, value: Any) -> Any:
        """What values are ordered by; never compared with that of None."""
        return value
