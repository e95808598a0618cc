"""A branch invented in bulk: 5,000 members, eleven months of dues, the first ten of them paid."""

import random
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from benchmarks.ten_years import kept
from models import audit
from models.base import Record
from models.records.dues import months
from models.records.dues.dues import Due
from models.records.dues.payments import CASH, Allotment, Payment
from models.records.members import members, organisation
from models.records.members.members import Member
from models.rules.periods import Month, PartialDate, Period, months_between

TODAY = date(2026, 11, 20)
OPENED = Period(Month(2025, 12), Month(2026, 10))
PAID = Period(Month(2025, 12), Month(2026, 9))
UNPAID, NEXT = Month(2026, 10), Month(2026, 11)
MEMBERS = 5_000
PAYMENTS = MEMBERS * 10
_SURNAMES, _GIVEN = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨", "岚澍玥昱珩翊砚舟棠禾溪筠笙芷蘅霁朔晔"


def file(password: str | None) -> Path:
    """The file, plain or encrypted; it is kept among the temporary files: whoever changes it makes a copy."""
    return kept(Path(__file__), _fill, password)


def _fill(session: Session) -> None:
    pick = random.Random(6)
    branch = organisation.add(session, organisation.BRANCH, "第一党支部", organisation.root(session))
    common = {"branch": branch.name, "joined_on": PartialDate(1990, 7, 1), "category": "正式党员"}
    for number in range(MEMBERS):
        name = pick.choice(_SURNAMES) + pick.choice(_GIVEN) + pick.choice(_GIVEN)
        born, base = PartialDate(1960 + number % 40, 3), Decimal(3000 + number % 9000)
        members.add(session, common | {"name": name, "birth_date": born, "dues_base": base})
    for month in months_between(OPENED.first, OPENED.last):
        months.open_month(session, month, TODAY)
    dues = session.execute(
        select(Due.member_id, Due.branch_id, Due.month, Due.amount).where(Due.month <= PAID.last)
    ).all()
    payments = [
        {"id": number, "version": 1, "member_id": due.member_id, "branch_id": due.branch_id, "amount": due.amount,
         "paid_on": date(due.month.year, due.month.number, 23), "method": CASH}
        for number, due in enumerate(dues, 1)
    ]  # fmt: skip
    _add(session, Payment, payments)
    allotments = [
        {"id": number, "version": 1, "payment_id": number, "member_id": due.member_id, "month": due.month,
         "amount": due.amount}
        for number, due in enumerate(dues, 1)
    ]  # fmt: skip
    _add(session, Allotment, allotments)


def _add(session: Session, table: type[Record], rows: list[dict[str, Any]]) -> None:
    """Adds rows with their lines in the trail."""
    session.execute(insert(table), rows)
    audit.note_added(session, table, ((row["id"], row) for row in rows))


def unpaid(session: Session, number: int) -> list[int]:
    """The first members who have not paid the last opened month."""
    paid = select(Allotment.member_id).where(Allotment.month == UNPAID)
    return list(session.scalars(select(Member.id).where(Member.id.not_in(paid)).order_by(Member.id).limit(number)))
