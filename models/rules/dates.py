"""Reading a date as people write it, no more exactly than it was written (forms.md §8.8 lists the ways)."""

import math
import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal

from models.rules.periods import PartialDate

_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(3654, 73051)  # 1910 to 2099: below lie years and small figures, above lie 199005 and 19900501
_SEPARATOR = r"\s*[./\-—–·。、,]\s*|\s+"
_CLOCK = r"(?:(?:\s*[T ]\s*)?\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_WRITTEN = re.compile(r"(\d{4})\s*年\s*(?:(\d{1,2})\s*月\s*(?:(\d{1,2})\s*[日号]?)?\s*)?" + _CLOCK)
_SEPARATED = re.compile(
    rf"(\d{{4}})(?:{_SEPARATOR})(\d{{1,2}})(?:(?:{_SEPARATOR})(\d{{1,2}}))?\s*[.。月日号]?(?:[T\s]\s*{_CLOCK})?"
)
_RUN = re.compile(r"(\d{4})(?:(\d{2})(\d{2})?)?")
_SERIAL_TEXT = re.compile(r"\d{5}(?:\.0+)?")
_AMBIGUOUS = re.compile(r"\d{4}\.1")
_DATES = "1990-05-01、1990.05 或 1990年5月"
_DAYS = "2026-11-23、2026.11.23 或 2026年11月23日"
_FIGURES = str.maketrans("〇零○Ｏ一二三四五六七八九", "0000123456789")
_CHINESE = re.compile(
    r"([〇零○Ｏ一二三四五六七八九]{4})年(?:([一二三四五六七八九十]{1,2})月(?:([一二三四五六七八九十]{1,3})[日号]?)?)?"
)


def read(raw: object, whole: bool = False) -> PartialDate | None:
    """The date in a cell: text, a whole number (199005, 19900501, a day serial), a float, a date or None.

    Raises ValueError with a sentence for what is no date, and for a number like 1990.1, where 1990.10 and
    1990.1 are one and the same to a spreadsheet. `whole` has the sentence name only ways that tell the day.
    """
    if raw is None:
        return None
    if isinstance(raw, datetime):
        return PartialDate.of(raw.date())
    if isinstance(raw, date):
        return PartialDate.of(raw)
    if isinstance(raw, bool):
        raise ValueError("这里应填日期。")
    if isinstance(raw, int):
        return _number(raw, whole)
    if isinstance(raw, float | Decimal):
        return _fraction(float(raw), whole)
    return _text(str(raw), whole)


def is_ambiguous(text: str) -> bool:
    """Whether this may be what a spreadsheet made of October, writing 1990.1 for the number 1990.10."""
    return _AMBIGUOUS.fullmatch(text.strip()) is not None


def ambiguity(text: str, whole: bool = False) -> str:
    """The sentence that refuses such a text."""
    ways = f"{text[:4]}-01-15 这样，写到日" if whole else f"{text[:4]}-01 或 {text[:4]}-10"
    return f"{text} 分不清是1月还是10月，请写成 {ways}。"


def unfinished(text: str) -> str:
    """The sentence that refuses a date without its day where the whole day is needed."""
    return f"“{text[:30]}”没有写到日，请写成 {_DAYS}。"


def _number(number: int, whole: bool) -> PartialDate:
    if number in _SERIALS:
        return PartialDate.of(_SERIAL_ZERO + timedelta(days=number))
    return _text(str(number), whole)


def _fraction(number: float, whole: bool) -> PartialDate:
    if number.is_integer():
        return _number(int(number), whole)
    if math.isfinite(number) and int(number) in _SERIALS:  # a day with a time of day
        return _number(int(number), whole)
    text = repr(number)
    if is_ambiguous(text):
        raise ValueError(ambiguity(text, whole))
    return _text(text, whole)


def _text(text: str, whole: bool) -> PartialDate:
    plain = text.strip()
    found = _SEPARATED.fullmatch(plain) or _RUN.fullmatch(plain)
    if found is None:
        plain = unicodedata.normalize("NFKC", plain)
        found = _WRITTEN.fullmatch(plain) or _SEPARATED.fullmatch(plain) or _RUN.fullmatch(plain)
    if found:
        return _made(text, *found.groups())
    if _SERIAL_TEXT.fullmatch(plain) and int(float(plain)) in _SERIALS:
        return _number(int(float(plain)), whole)
    chinese = _CHINESE.fullmatch(plain)
    if chinese:
        year, month, day = chinese.groups()
        return _made(text, year.translate(_FIGURES), _counted(month), _counted(day))
    raise ValueError(f"“{text[:30]}”不是日期，请写成 {_DAYS if whole else _DATES}。")


def _counted(figures: str | None) -> str | None:
    """十二 as 12, 二十 as 20, 三十一 as 31; what is no number in this way as 99, which is no month or day either."""
    if figures is None:
        return None
    tens, ten, ones = figures.rpartition("十")
    if len(tens) > 1 or len(ones) > 1:
        return "99"
    return (tens.translate(_FIGURES) or ("1" if ten else "")) + (ones.translate(_FIGURES) or "0")


def _made(text: str, year: str, month: str | None = None, day: str | None = None) -> PartialDate:
    try:
        return PartialDate(int(year), int(month) if month else None, int(day) if day else None)
    except ValueError as error:
        raise ValueError(f"没有“{text[:30]}”这一天，请核对。") from error
