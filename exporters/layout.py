"""How a sheet is laid out wherever it is written: its numbered rows, bands, alignment and furniture."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from operator import attrgetter
from typing import Any

from models.kinds import Align, Kind, Rate, Text
from models.ledger import Column, Sheet

NUMBER_TITLE = "序号"
RECORD_KEY, RECORD_TITLE = "id", "编号"
BLANK_ROWS = 12
_LONG_TEXT = 14


@dataclass(frozen=True)
class Span:
    """Places `first` to `last`, both included, counted from 0."""

    first: int
    last: int


def is_numbered(sheet: Sheet) -> bool:
    """Whether a running number is to stand before the columns: always, unless the ledger has one of its own."""
    return all(column.title != NUMBER_TITLE for column in sheet.columns)


def alignment(column: Column) -> Align:
    """On paper figures stand to the right, long texts to the left, short words and running numbers in the middle."""
    if column.kind.align == "right" and not isinstance(column.kind, Rate) and column.title != NUMBER_TITLE:
        return "right"
    return "left" if is_long(column) else "centre"


def printed_columns(sheet: Sheet) -> list[Column]:
    """The columns without the number of the record, which serves only a file that comes back."""
    return [column for column in sheet.columns if column.key != RECORD_KEY]


def returns(sheet: Sheet) -> bool:
    """Whether the number of its record is to stand behind each row."""
    return sheet.importable or any(column.key == RECORD_KEY for column in sheet.columns)


def is_long(column: Column) -> bool:
    """Whether the column holds free text that may take several lines."""
    return is_free_text(column.kind) and column.width >= _LONG_TEXT


def is_free_text(kind: Kind) -> bool:
    """Whether values may run to several lines; a name, a date or a number is never broken."""
    return type(kind) is Kind or isinstance(kind, Text)


def bands(names: Sequence[str]) -> list[tuple[Span, str]]:
    """The upper headings over columns with these bands: a span for each run of the same name, none for "" ones."""
    found: list[tuple[Span, str]] = []
    for place, name in enumerate(names):
        if name and found and found[-1] == (Span(found[-1][0].first, place - 1), name):
            found[-1] = (Span(found[-1][0].first, place), name)
        elif name:
            found.append((Span(place, place), name))
    return found


def segments(widths: Sequence[float], weights: Sequence[float]) -> list[Span]:
    """Divides columns of these widths into neighbouring spans, one a weight, their widths about as the weights are.

    Empty when there are fewer columns than weights.
    """
    if not weights or len(widths) < len(weights):
        return []
    total, weight = sum(widths), sum(weights)
    starts, place, passed, wanted = [0], 0, 0.0, 0.0
    for number, share in enumerate(weights[:-1], start=1):
        wanted += share / weight * total
        latest = len(widths) - (len(weights) - number)
        while True:
            passed += widths[place]
            place += 1
            if place >= latest or passed + widths[place] / 2 > wanted:
                break
        starts.append(place)
    return [Span(a, b - 1) for a, b in pairwise([*starts, len(widths)])]


def marks(sheet: Sheet) -> str:
    """What stands at the foot of every page: whose paper it is, and the fingerprint of the books it was drawn from."""
    kind = "公示" if sheet.public else "内部资料"
    return f"{kind}　账簿校验 {sheet.check}" if sheet.check else kind


def values_of(keys: Sequence[str]) -> Callable[[Any], Sequence[Any]]:
    """Reads these attributes of a row, in order."""
    if len(keys) == 1:
        only = attrgetter(keys[0])
        return lambda row: (only(row),)
    read: Callable[[Any], Sequence[Any]] = attrgetter(*keys)
    return read
