"""Kinds that only the dues ledgers have: a month's cell of the register, the state of a due."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from models.kinds import Align, Cell, Choice, Kind, Rate, Tone
from models.records.dues.standing import Standing
from models.rules.arrears import DueState
from models.rules.worksheet import Worksheet

STATE_WORDS: dict[DueState, str] = {
    "paid": "已交",
    "part": "部分交纳",
    "unpaid": "未交",
    "waiting": "约定后交",
    "exempt": "免交",
    "not_due": "不应交",
    "unassessed": "未核定",
}
STATE = Choice(
    tuple(STATE_WORDS.values()),
    tones={
        "已交": "good",
        "部分交纳": "warn",
        "未交": "warn",
        "未核定": "bad",
        "免交": "quiet",
        "不应交": "quiet",
        "约定后交": "quiet",
    },
)


@dataclass(frozen=True)
class MonthCell:
    """One member and one month in the year register; `late` when the run of unpaid months reaches over this one."""

    standing: Standing
    opened: bool
    late: bool


_MONTH_TONES: dict[DueState, Tone] = {
    "part": "warn", "unassessed": "bad", "exempt": "quiet", "not_due": "quiet", "waiting": "quiet",
}  # fmt: skip


class RegisterMonth(Kind):
    """What was paid for a month; unpaid months show 未 or 欠 on the screen and stay blank on paper and in Excel."""

    align: Align = "right"
    excel_format = "#,##0.00"

    def show(self, value: Any) -> str:
        if value is None:
            return ""
        standing = value.standing
        if standing.paid:
            return f"{standing.paid:,.2f}"
        words = {"unpaid": "欠" if value.late else "未", "exempt": "免", "unassessed": "未核定", "waiting": "约"}
        blank = "—" if value.opened else ""
        return words.get(standing.state, blank)

    def paper(self, value: Any) -> str:
        if value is None:
            return ""
        if value.standing.paid:
            return f"{value.standing.paid:,.2f}"
        return "免" if value.standing.state == "exempt" else ""

    def cell(self, value: Any) -> Cell:
        return value.standing.paid if value is not None and value.standing.paid else None

    def tone(self, value: Any) -> Tone:
        if value is None:
            return "plain"
        state = value.standing.state
        if state == "unpaid":
            return "bad" if value.late else "warn"
        if value.standing.paid and not value.opened:
            return "good"
        return _MONTH_TONES.get(state, "plain")

    def sort_key(self, value: Any) -> Decimal:
        paid: Decimal = value.standing.paid
        return paid


REGISTER_MONTH = RegisterMonth()


class DuesRate(Rate):
    """A rate in per cent; zero stands for a category that pays a fixed sum."""

    def show(self, value: Any) -> str:
        return "固定" if value == 0 else super().show(value)

    def cell(self, value: Any) -> Cell:
        return "固定" if value == 0 else super().cell(value)


DUES_RATE = DuesRate()


class PayItems(Kind):
    """A worksheet F02 as it is kept, shown by its kind and arithmetic."""

    def show(self, value: Any) -> str:
        if value is None:
            return ""
        kept = Worksheet.parse(value)
        return f"{kept.kind} {kept.working}"


PAY_ITEMS = PayItems()
