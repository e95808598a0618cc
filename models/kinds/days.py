"""Days and months, as exactly as they are known."""

from datetime import date
from typing import Any

from models.kinds.kind import Align, Cell, Kind, Raw, is_unknown, tidy
from models.rules import dates
from models.rules.periods import Month, PartialDate

UNTIL_NOW = frozenset({"至今", "迄今", "今", "现在", "目前"})


class Day(Kind):
    """A day, or a date of which only the month or year is known (`exact=False`); the value is date or PartialDate."""

    excel_format = "yyyy-mm-dd"
    align: Align = "centre"

    def __init__(self, exact: bool = True) -> None:
        self.exact = exact

    def read(self, raw: Raw) -> date | PartialDate | None:
        value = raw if isinstance(raw, date) else tidy(raw) if isinstance(raw, str) else raw
        if isinstance(value, str) and (is_unknown(value) or value in UNTIL_NOW):
            return None
        found = dates.read(value, self.exact)
        if found is None or not self.exact:
            return found
        if found.full is None:
            raise ValueError(dates.unfinished(tidy(raw)))
        return found.full

    def show(self, value: Any) -> str:
        return "" if value is None else str(value)

    def paper(self, value: Any) -> str:
        return "" if value is None else str(value).replace("-", ".")

    def cell(self, value: Any) -> Cell:
        if isinstance(value, PartialDate):
            return value.full or str(value)
        return value if value is None or isinstance(value, date) else str(value)

    def sort_key(self, value: Any) -> Any:
        return str(value)


class MonthKind(Kind):
    """A calendar month: 2026-11 on the screen and in a workbook, 2026.11 on paper."""

    align: Align = "centre"

    def paper(self, value: Any) -> str:
        return "" if value is None else str(value).replace("-", ".")

    def read(self, raw: Raw) -> Month | None:
        value = tidy(raw) if isinstance(raw, str) else raw
        if isinstance(value, str) and (is_unknown(value) or value in UNTIL_NOW):
            return None
        found = dates.read(value)
        if found is None:
            return None
        if found.month is None:
            raise ValueError(f"“{tidy(raw)}”没有写到月，请写成 2026-11 或 2026年11月。")
        return Month(found.year, found.month)


DAY = Day()
PARTIAL_DAY = Day(exact=False)
MONTH = MonthKind()
