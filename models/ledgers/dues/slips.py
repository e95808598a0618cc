"""F05, the register of internal slips: numbered year by year without a gap, cancelled ones kept in their place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import extract, select
from sqlalchemy.orm import Session

from models.kinds import CODE, DAY, MONEY, PERSON, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.ledgers.dues.payments import payment_rows
from models.records.dues.payments import Payment

COUNTER, CANCELLED = "冲销", "已冲销"
VALID, VOID = "有效", "作废"
SLIP_STATE = Choice((VALID, VOID), tones={VALID: "good", VOID: "quiet"})


@dataclass(frozen=True, slots=True)
class SlipRow:
    """One slip; a void one stays in the register under its number, without an amount.

    `signed` is where the member signs on paper.
    """

    id: int
    number: str
    name: str
    branch: str
    covers: str
    amount: Decimal | None
    method: str
    paid_on: date
    state: str
    signed: str = ""
    initials: str = ""


def slip_numbers(session: Session) -> dict[int, str]:
    """The number of each payment's slip: 2026-00001 is the first recorded of those paid in 2026.

    Payments are never removed and counter-entries take no number, so that the numbers have no gap and never change.
    """
    year = extract("year", Payment.paid_on)
    counted: dict[int, int] = {}
    numbers = {}
    found = select(Payment.id, year).where(Payment.reverses_id.is_(None)).order_by(Payment.id)
    for payment_id, of_year in session.execute(found):
        counted[of_year] = counted.get(of_year, 0) + 1
        numbers[payment_id] = f"{of_year}-{counted[of_year]:05d}"
    return numbers


def slip_rows(session: Session, view: View) -> list[SlipRow]:
    """The slips of the payments made on the days of a period, in order of number."""
    numbers = slip_numbers(session)
    rows = [
        SlipRow(
            id=row.id,
            number=numbers[row.id],
            name=row.name,
            branch=row.branch,
            covers=row.covers,
            amount=row.amount if row.kind != CANCELLED else None,
            method=row.method,
            paid_on=row.paid_on,
            state=VOID if row.kind == CANCELLED else VALID,
            initials=row.initials,
        )
        for row in payment_rows(session, view)
        if row.kind != COUNTER
    ]
    return sorted(rows, key=lambda row: row.number)


def _note(rows: Sequence[SlipRow]) -> str:
    void = sum(row.state == VOID for row in rows)
    if not rows:
        return ""
    words = f"编号 {rows[0].number} 至 {rows[-1].number}，共 {len(rows)} 张"
    return f"{words}，其中作废 {void} 张。" if void else f"{words}。"


DUES_SLIPS = Ledger(
    name="dues_slips",
    title="内部凭条登记表",
    columns=(
        Column("number", "编号", CODE, 12, entered=False),
        Column("name", "交款人", PERSON, 10, entered=False),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("covers", "所属期", TEXT, 18, entered=False),
        Column("amount", "金额", MONEY, 11, entered=False, totalled=True),
        Column("method", "交纳方式", TEXT, 8, entered=False),
        Column("paid_on", "日期", DAY, 11, entered=False),
        Column("state", "状态", SLIP_STATE, 7, entered=False),
        Column("signed", "领取人签字", TEXT, 12, entered=False),
    ),
    rows=slip_rows,
    note_of=_note,
    empty="这段时间还没有交纳记录，也就没有凭条。",
)
