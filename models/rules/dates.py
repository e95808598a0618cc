"""Reading a date as people write it, no more exactly than it was written (forms.md §8.8 lists the ways)."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from models.rules.periods import PartialDate

_SERIAL_ZERO = date(1899, 12, 30)
_SERIALS = range(3654, 73051)  # 1910 to 2099: below lie years and small figures, above lie 199005 and 19900501
_CLOCK = r"(?:\s*[T ]\s*\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?"
_SEPARATED = re.compile(r"(\d{4})\s*[年./\-—–]\s*(\d{1,2})\s*(?:[月./\-—–]\s*(\d{1,2})\s*[日号]?)?\s*月?" + _CLOCK)
_YEAR = re.compile(r"(\d{4})\s*年?")
_RUN = re.compile(r"(\d{4})(\d{2})(\d{2})?")


def read(raw: object) -> PartialDate | None:
    """The date in a cell: text, a whole number (199005, 19900501, a day serial), a float, a date or None.

    Raises ValueError with a sentence for what is no date, and for a number like 1990.1, where 1990.10 and
    1990.1 are one and the same to a spreadsheet.
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
        return _whole(raw)
    if isinstance(raw, float | Decimal):
        return _fraction(float(raw))
    return _text(str(raw))


def _whole(number: int) -> PartialDate:
    if number in _SERIALS:
        return PartialDate.of(_SERIAL_ZERO + timedelta(days=number))
    return _text(str(number))


def _fraction(number: float) -> PartialDate:
    if number.is_integer():
        return _whole(int(number))
    if int(number) in _SERIALS:  # a day with a time of day
        return _whole(int(number))
    text = repr(number)
    if re.fullmatch(r"\d{4}\.1", text):
        raise ValueError(f"数字 {text} 分不清是1月还是10月，请写成 {text[:4]}-01 或 {text[:4]}-10。")
    return _text(text)


def _text(text: str) -> PartialDate:
    plain = text.strip()
    for pattern in (_SEPARATED, _RUN, _YEAR):
        found = pattern.fullmatch(plain)
        if found:
            return _made(text, *found.groups())
    raise ValueError(f"“{text[:30]}”不是日期，请写成 1990-05-01、1990.05 或 1990年5月。")


def _made(text: str, year: str, month: str | None = None, day: str | None = None) -> PartialDate:
    try:
        return PartialDate(int(year), int(month) if month else None, int(day) if day else None)
    except ValueError as error:
        raise ValueError(f"没有“{text[:30]}”这一天，请核对。") from error
