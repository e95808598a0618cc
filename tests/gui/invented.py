"""An invented sheet with every look a cell can have, and one of many rows."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from models.kinds import DAY, ID_NUMBER, MONEY, NUMBER, PARTIAL_DAY, PERSON, PHONE, RATE, TEXT, Choice
from models.ledger import Column, Sheet
from models.rules.periods import PartialDate

CATEGORY = Choice(("在职", "离退休"))
STATE = Choice(("已交", "未交", "不再收缴"), tones={"已交": "good", "未交": "warn", "不再收缴": "quiet"})
COLUMNS = (
    Column("name", "姓名", PERSON, required=True),
    Column("category", "类别", CATEGORY),
    Column("id_number", "公民身份号码", ID_NUMBER, 20),
    Column("phone", "联系电话", PHONE, 14),
    Column("joined", "入党时间", PARTIAL_DAY),
    Column("paid_on", "交纳日期", DAY),
    Column("rate", "比例", RATE),
    Column("amount", "实交", MONEY, totalled=True),
    Column("months", "月数", NUMBER, totalled=True),
    Column("state", "状态", STATE),
    Column("remark", "备注", TEXT, 40),
)


@dataclass(frozen=True)
class Row:
    """One member's line."""

    id: int
    name: str
    initials: str
    category: str | None = None
    id_number: str | None = None
    phone: str | None = None
    joined: PartialDate | None = None
    paid_on: date | None = None
    rate: Decimal | None = None
    amount: Decimal | None = None
    months: int | None = None
    state: str | None = None
    remark: str | None = None


ROWS = (
    Row(1, "张红卫", "zhw", "在职", "119901198001011015", "10000000001", PartialDate(2001, 7), date(2026, 11, 23),
        Decimal("0.015"), Decimal("139.70"), 1, "已交", "=1+1"),
    Row(2, "王建国", "wjg", "离退休", "11990119500303003X", "10000000002", PartialDate(1975), date(2026, 1, 5),
        Decimal("0.01"), Decimal("62.40"), 12, "已交"),
    Row(3, "䶮文博", "ywb", "在职", None, None, PartialDate(1999, 12, 31), None, None, None, None, "未交",
        "说“好”\t的"),
    Row(4, "何志远", "hzy", None, None, "10000000004", None, date(2025, 12, 31), None, Decimal("1333.20"), 2,
        "不再收缴"),
)  # fmt: skip


def sheet(rows: Any = ROWS, columns: tuple[Column, ...] = COLUMNS) -> Sheet:
    """These rows as a filled ledger."""
    return Sheet(
        name="invented",
        heading="2026年11月党费交纳明细",
        columns=columns,
        rows=rows,
        totals={
            "amount": sum((row.amount for row in rows if row.amount is not None), Decimal(0)),
            "months": Decimal(sum(row.months for row in rows if row.months is not None)),
        },
        lines=("", "", ""),
        signatures=(),
        note="",
        orientation="landscape",
    )


def many(count: int) -> Sheet:
    """A sheet of so many rows, in no order."""
    rows = [
        Row(
            number,
            f"党员{number * 7919 % count:06d}",
            "dy",
            "在职" if number % 3 else "离退休",
            None,
            f"100{number:08d}",
            PartialDate(1980 + number % 40, 1 + number % 12),
            date(2026, 1 + number % 12, 1 + number % 28),
            Decimal("0.015"),
            Decimal(number * 7919 % 100_000) / 100,
            number % 12,
            "已交",
        )
        for number in range(count)
    ]
    return sheet(rows)
