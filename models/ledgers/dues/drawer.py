"""The cash of each collection: what the books say, what was counted, why they differ, and who handed it to whom."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import DAY, MONEY, PERSON, TEXT
from models.ledger import Column, Ledger, View
from models.records.dues.cash import CashCount, CashHandover


@dataclass(frozen=True, slots=True)
class CashRow:
    """The count of one collection day in yuan, and the last time its cash was handed over."""

    id: int
    day: date
    booked: Decimal
    counted: Decimal
    difference: Decimal
    explained: str | None
    giver: str | None = None
    receiver: str | None = None
    handed_on: date | None = None
    handed: Decimal | None = None
    handover_id: int | None = None


def cash_rows(session: Session, view: View) -> list[CashRow]:
    """The counts of the collection days of a period; cash is counted for all branches together."""
    days = CashCount.day.between(view.period.first.first_day, view.period.last.last_day)
    counts = session.scalars(select(CashCount).where(days).order_by(CashCount.day))
    handed = {each.count_id: each for each in session.scalars(select(CashHandover).order_by(CashHandover.id))}
    return [_row(each, handed.get(each.id)) for each in counts]


def _row(count: CashCount, handed: CashHandover | None) -> CashRow:
    known = CashRow(count.id, count.day, count.booked, count.counted, count.difference, count.remark)
    if handed is None:
        return known
    return CashRow(
        known.id, known.day, known.booked, known.counted, known.difference, known.explained, handed.giver,
        handed.receiver, handed.handed_on, handed.amount, handed.id,
    )  # fmt: skip


DUES_CASH = Ledger(
    name="dues_cash",
    title="现金点交登记表",
    columns=(
        Column("day", "收缴日", DAY, 12, entered=False),
        Column("booked", "账面现金", MONEY, 12, entered=False, totalled=True),
        Column("counted", "实点现金", MONEY, 12, entered=False, totalled=True),
        Column("difference", "差额", MONEY, 10, entered=False, totalled=True),
        Column("explained", "差额原因", TEXT, 24, entered=False),
        Column("giver", "交出人", PERSON, 10, entered=False),
        Column("receiver", "接收人", PERSON, 10, entered=False),
        Column("handed_on", "交接日期", DAY, 12, entered=False),
        Column("handed", "交接金额", MONEY, 12, entered=False, totalled=True),
    ),
    rows=cash_rows,
    span="year",
    empty="这一年还没有点过现金。在“收缴日”右边填各种面额的张数，就会记到这里。",
)
