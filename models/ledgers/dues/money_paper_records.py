"""The records behind the papers of money: each with its number, for one period and branch."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import settings
from models.ledger import View
from models.ledgers.dues.cash_book import book_totals, cash_book_rows, spending_rows
from models.ledgers.dues.large import COUNTER, REVERSED, large_rows
from models.ledgers.dues.money_papers import (
    CardMonth,
    CardRecord,
    HandoverRecord,
    LargeRecord,
    SpendingRecord,
    YearNoticeRecord,
)
from models.ledgers.dues.reports import reports
from models.ledgers.sheets import furniture
from models.records.dues import cash
from models.records.dues.cash import CashCount, CashHandover
from models.records.dues.cash_book import balance_at
from models.records.dues.payments import Allotment, Payment
from models.records.dues.remittances import Remittance
from models.records.dues.spending import SpendingRequest
from models.records.dues.standing import ZERO, Books
from models.records.members.members import Member
from models.rules.periods import Month, Period

Numbered = Sequence[tuple[int, Any]]


def of_year(view: View) -> View:
    """The whole year of a view: these papers are few, and none is looked for by its month."""
    return replace(view, period=Period.of_year(view.period.year))


def large_sheets(session: Session, view: View) -> Numbered:
    """The description sheet of each large payment of the view's year that stands."""
    found = []
    for row in large_rows(session, of_year(view)):
        if row.state in (COUNTER, REVERSED):
            continue
        member = session.get_one(Member, row.member_id)
        found.append(
            (
                row.id,
                LargeRecord(
                    name=row.name,
                    sex=member.sex,
                    ethnicity=member.ethnicity,
                    born=member.birth_date.chinese if member.birth_date else None,
                    joined=member.joined_on.chinese if member.joined_on else None,
                    post=member.post,
                    unit=row.branch,
                    amount=row.amount,
                    paid_on=row.paid_on,
                    method=row.method,
                    description=row.description,
                    handed_on=row.handed_on,
                    receipt_no=row.receipt_no,
                ),
            )
        )
    return found


def cash_slips(session: Session, view: View) -> Numbered:
    """The slip of each hand-over of the cash counted in the view's year."""
    unit = furniture(session, View(view.today, view.period)).unit
    days = CashCount.day.between(date(view.period.year, 1, 1), date(view.period.year, 12, 31))
    chosen = (
        select(CashHandover, CashCount)
        .join(CashCount, CashCount.id == CashHandover.count_id)
        .where(days)
        .order_by(CashHandover.id)
    )
    return [
        (
            each.id,
            HandoverRecord(
                number=f"{each.handed_on.year}-{each.id:03d}",
                unit=unit,
                collected_on=count.day,
                pieces=tuple(sorted(cash.counted_pieces(each).items(), reverse=True)),
                amount=each.amount,
                booked=count.booked,
                explained=count.remark,
                giver=each.giver,
                receiver=each.receiver,
                handed_on=each.handed_on,
                remark=each.remark,
            ),
        )
        for each, count in session.execute(chosen)
    ]


def spending_sheets(session: Session, view: View) -> Numbered:
    """F08: one sheet for each request of the view's year."""
    unit = furniture(session, view).unit
    found = []
    for row in spending_rows(session, of_year(view)):
        request = session.get_one(SpendingRequest, row.id)
        found.append(
            (
                row.id,
                SpendingRecord(
                    unit=unit,
                    asked_on=request.asked_on,
                    activity=request.activity,
                    kind=request.kind,
                    held_on=request.held_on,
                    place=request.place,
                    people=request.people,
                    purpose=request.purpose,
                    budget=request.budget,
                    balance=balance_at(session, request.asked_on, request.branch_id),
                    decided_on=request.decided_on,
                    approver=request.approver,
                    approved_on=request.approved_on,
                    handler=request.handler,
                ),
            )
        )
    return found


def cards(session: Session, view: View) -> Numbered:
    """F09: the card of the year of each member who owes or paid something in it."""
    books = Books(session, view.branch_id)
    year = Period.of_year(view.period.year)
    units: dict[int, str] = {}
    last = _last_days(session)
    found = []
    for member in books.members:
        months = [_card_month(books, member, month, last.get((member.id, month))) for month in year.months]
        if not any(each.due is not None or each.paid for each in months):
            continue
        if member.branch_id not in units:
            units[member.branch_id] = furniture(session, View(view.today, view.period, member.branch_id)).unit
        dues = [each.due for each in months if each.due is not None]
        monthly = dues[-1] if dues else None
        found.append((member.id, CardRecord(year.year, member.name, units[member.branch_id], monthly, tuple(months))))
    return found


def _card_month(books: Books, member: Member, month: Month, paid_on: date | None) -> CardMonth:
    standing = books.standing(member, month)
    return CardMonth(month.number, standing.due, standing.paid or None, paid_on if standing.paid else None)


def _last_days(session: Session) -> Mapping[tuple[int, Month], date]:
    """The day of the last payment booked to each member's month."""
    days = (
        select(Allotment.member_id, Allotment.month, func.max(Payment.paid_on))
        .join(Payment, Payment.id == Allotment.payment_id)
        .where(Payment.reverses_id.is_(None))
        .group_by(Allotment.member_id, Allotment.month)
    )
    return {(member_id, month): day for member_id, month, day in session.execute(days)}


def year_notices(session: Session, view: View) -> Numbered:
    """F06 for the year: one notice of the branch looked at, or of the whole file."""
    chosen, year = settings.read(session), Period.of_year(view.period.year)
    own = of_year(view)
    books = Books(session, view.branch_id)
    ids = {member.id for member in books.members}
    dues = [due for due in books.dues.values() if due.month in year and due.member_id in ids]
    large = [row.amount for row in large_rows(session, own) if row.state not in (COUNTER, REVERSED)]
    kinds: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in cash_book_rows(session, own):
        kinds[row.kind] += (row.income or ZERO) + (row.spending or ZERO)
    uses = [(row.kind, row.spending) for row in cash_book_rows(session, own) if row.spending is not None]
    names = dict.fromkeys(kind for kind, _ in uses)
    totals = book_totals(session, own)
    if not dues and not totals.income and not totals.spending:
        return []
    settled, kept = _settled(session, own)
    record = YearNoticeRecord(
        unit=furniture(session, own).unit,
        year=year.year,
        members=len({due.member_id for due in dues if due.amount}),
        due=sum((due.amount for due in dues), ZERO),
        paid=sum((books.paid.get((member_id, month), ZERO) for member_id in ids for month in year.months), ZERO),
        handed_up=settled - kept,
        kept=kept,
        large=(len(large), sum(large, ZERO)) if large else None,
        carried=totals.carried,
        incomes=tuple((kind, total) for kind, total in kinds.items() if kind and kind not in names and total),
        uses=tuple((kind, kinds[kind]) for kind in names if kinds[kind]),
        balance=totals.balance,
        shown_from=view.today,
        shown_until=view.today + timedelta(days=chosen.notice_days),
        telephone=chosen.telephone or None,
        posted_on=view.today,
    )
    return [(year.year, record)]


def _settled(session: Session, view: View) -> tuple[Decimal, Decimal]:
    """What was settled of the dues of the period's months, and what of it was kept, in yuan."""
    chosen = select(func.sum(Remittance.amount), func.sum(Remittance.kept)).where(
        Remittance.month.between(view.period.first, view.period.last)
    )
    if view.branch_id is not None:
        chosen = chosen.where(Remittance.branch_id == view.branch_id)
    amount, kept = session.execute(chosen).one()
    return amount or ZERO, kept or ZERO


MONEY_PAPERS: Mapping[str, Callable[[Session, View], Numbered]] = {
    "dues_report": reports,
    "dues_report_single": reports,
    "dues_year_notice": year_notices,
    "dues_card": cards,
    "dues_large_sheet": large_sheets,
    "dues_cash_slip": cash_slips,
    "dues_spending_sheet": spending_sheets,
}
