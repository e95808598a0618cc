"""Reading the cells of one column as its kind, thousands at a time."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from itertools import islice
from typing import Any

from importers import synonyms
from models.kinds import Choice, Day, Flag, IdNumber, Kind, Money, MonthKind, Number, Raw, tidy
from models.rules import dates, identity

_MAC_OFFSET = timedelta(days=1462)
_MAC_SERIALS = range(2192, 71590)  # the days of 1910 to 2099, counted from 1904
_ERROR_TEXT = re.compile(r"#(N/A|REF!|VALUE!|DIV/0!|NAME\?|NUM!|NULL!|SPILL!)|#{3,}", re.IGNORECASE)
_ZEROS = re.compile(r"\d{15}000")
_LONGEST_SEEN = 200
_LONGEST_NAMED = 40
_SAMPLED = 60
MOSTLY = 0.8


class _Refused:
    """A raw value that was refused, and why."""

    def __init__(self, why: str) -> None:
        self.why = why


_UNREAD = _Refused("")


class ColumnReader:
    """Reads raw values as one kind; what was read once is not read again.

    `typed` and `from_1904` are those of the grid; `column` are all raw values, by which doubtful ones are judged.
    """

    def __init__(self, kind: Kind, column: Sequence[Raw], typed: bool = True, from_1904: bool = False) -> None:
        self._kind = kind
        self._dated = isinstance(kind, Day | MonthKind)
        self._whole = isinstance(kind, Day) and kind.exact
        self._from_1904 = from_1904
        # In CSV a number 1990.10 has become 1990.1, unless the column shows that zeros at the end were kept.
        self._zeros_lost = (
            self._dated
            and not typed
            and not any(isinstance(raw, str) and raw.strip().endswith(".10") for raw in column)
        )
        self._untyped = not typed
        self._digits_lost = isinstance(kind, IdNumber) and _lost_digits(column)

    def read(self, column: Sequence[Raw]) -> tuple[list[Any], dict[int, str]]:
        """The values in order, None where there is none, and by position why a value was refused."""
        texts: dict[Any, Any] = {}
        others: dict[Any, Any] = {}  # 1, 1.0 and True are one key, and three things to read
        values: list[Any] = []
        faults: dict[int, str] = {}
        for raw in column:
            if raw is None:
                values.append(None)
                continue
            known, key = (texts, raw) if raw.__class__ is str else (others, (raw.__class__, raw))
            value = known.get(key, _UNREAD)
            if value is _UNREAD:
                value = known[key] = self._one(raw)
            if value.__class__ is _Refused:
                faults[len(values)] = value.why
                value = None
            values.append(value)
        return values, faults

    def _one(self, raw: Raw) -> Any:
        try:
            return self._kind.read(self._plain(raw))
        except ValueError as error:
            return _Refused(str(error))

    def _plain(self, raw: Raw) -> Raw:
        """The raw value as the kind is to read it, or ValueError with a sentence where it must not be read at all."""
        if isinstance(raw, str) and raw in synonyms.DITTO:
            raise ValueError(f"请写明内容，不要用“{raw}”代替。")
        if self._untyped and isinstance(raw, str) and _ERROR_TEXT.fullmatch(raw.strip()):
            raise ValueError(f"单元格是错误值 {raw.strip()}，请改正后再导入。")
        if self._zeros_lost and isinstance(raw, str) and dates.is_ambiguous(raw):
            raise ValueError(dates.ambiguity(raw.strip(), self._whole))
        if self._digits_lost and isinstance(raw, str) and _ZEROS.fullmatch(raw.strip()):
            raise ValueError("身份证号末三位是 000，同列其他号码已丢失末三位，请按原件以文本重新填写。")
        if self._dated and self._from_1904 and isinstance(raw, int | float) and int(raw) in _MAC_SERIALS:
            return date(1899, 12, 30) + timedelta(days=int(raw)) + _MAC_OFFSET
        return raw


def _lost_digits(column: Iterable[Raw]) -> bool:
    """Whether numbers of a column went through number cells: several end in 000, and some of those are unsound.

    Of such numbers one in eleven has the right check digit by chance.
    """
    ending = [raw.strip() for raw in column if isinstance(raw, str) and _ZEROS.fullmatch(raw.strip())]
    return len(ending) > 1 and any(identity.fault_in(number) for number in ending)


def fits(kind: Kind, column: Iterable[Raw]) -> float:
    """The share of a column's values that are such as this kind names, from 0 to 1; 1 for a column without values."""
    strict = replace(kind, open=False) if isinstance(kind, Choice) else kind
    sample = list(islice((raw for raw in column if raw is not None), _SAMPLED))
    return sum(_is_such(strict, raw) for raw in sample) / len(sample) if sample else 1.0


def looks_foreign(kind: Kind, column: Sequence[Raw]) -> bool:
    """Whether nearly no value of a column is such as a closed list of words allows."""
    return isinstance(kind, Choice) and not kind.open and _several(column) and fits(kind, column) <= 1 - MOSTLY


def looks_like(kind: Kind, column: Sequence[Raw]) -> bool:
    """Whether the values of a column are by their look such as this kind names, which names few things by chance."""
    if isinstance(kind, Choice) and not kind.open:
        kind = replace(kind, synonyms={})
    elif not isinstance(kind, IdNumber):
        return False
    return _several(column) and fits(kind, column) >= MOSTLY


def is_free(kind: Kind) -> bool:
    """Whether a kind takes nearly any text, so that fitting it says nothing."""
    return not isinstance(kind, IdNumber | Day | MonthKind | Number | Money | Flag)


def _several(column: Iterable[Raw]) -> bool:
    return len(list(islice((raw for raw in column if raw is not None), 3))) == 3


def heading_seen(text: str) -> str:
    """A heading in one line, as a sentence names it; the beginning of a long one."""
    line = " ".join(text[:_LONGEST_SEEN].split())
    return line if len(line) <= _LONGEST_NAMED else f"{line[:_LONGEST_NAMED]}…"


def as_seen(raw: Raw) -> str:
    """A raw value as a person sees it in the cell, where a number has fifteen figures; the beginning of a long text."""
    text = f"{Decimal(f'{raw:.15g}'):f}" if isinstance(raw, float) and abs(raw) >= 10**15 else tidy(raw)
    return text if len(text) <= _LONGEST_SEEN else f"{text[:_LONGEST_SEEN]}…"


def _is_such(kind: Kind, raw: Raw) -> bool:
    try:
        return kind.read(raw) is not None
    except ValueError:
        return False
