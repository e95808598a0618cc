"""Whether the books of money beside dues agree with themselves: what was kept, large payments, the cash book, cash."""

from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from models.attachments import Attachment
from models.records.care.funds import CareFundEntry
from models.records.care.handing import handed_sums
from models.records.care.rounds import CareHandout, CarePart
from models.records.dues.cash import CashCount, CashHandover, counted_pieces
from models.records.dues.cash_book import INCOMES, USES, CashEntry
from models.records.dues.large_payments import LargePayment
from models.records.dues.remittances import Remittance
from models.records.dues.spending import SpendingRequest

ZERO = Decimal(0)


def kept(session: Session) -> Iterator[str]:
    """Of no remittance less than nothing or more than all stays with the branch."""
    wrong = select(Remittance.id, Remittance.month)
    for number, month in session.execute(wrong.where((Remittance.kept < ZERO) | (Remittance.kept > Remittance.amount))):
        yield f"{month.chinese}的上缴记录（编号 {number}）的留存金额不对。"


def large(session: Session) -> Iterator[str]:
    """A large payment is above zero, and what cancels one is its opposite."""
    original = aliased(LargePayment)
    wrong = (LargePayment.reverses_id.is_(None)) & (LargePayment.amount <= ZERO)
    for number in session.scalars(select(LargePayment.id).where(wrong)):
        yield f"大额党费记录（编号 {number}）的金额正负不对。"
    pairs = select(LargePayment.id).join(original, original.id == LargePayment.reverses_id)
    unequal = (LargePayment.amount != -original.amount) | (LargePayment.member_id != original.member_id)
    for number in session.scalars(pairs.where(unequal)):
        yield f"大额党费的冲销记录（编号 {number}）与它冲销的那一笔对不上。"


def cash_book(session: Session) -> Iterator[str]:
    """Income is above zero, spending below and decided upon, what cancels an entry its opposite, no budget exceeded."""
    original = aliased(CashEntry)
    entry = CashEntry.reverses_id.is_(None)
    income, use = CashEntry.kind.in_(INCOMES), CashEntry.kind.in_(USES)
    wrong = (income & (CashEntry.amount <= ZERO)) | (use & (CashEntry.amount >= ZERO)) | ~(income | use)
    for number in session.scalars(select(CashEntry.id).where(entry, wrong)):
        yield f"收支记录（编号 {number}）的金额正负不对。"
    for number in session.scalars(select(CashEntry.id).where(entry, use, CashEntry.decided_on.is_(None))):
        yield f"支出记录（编号 {number}）没有集体研究的日期。"
    pairs = select(CashEntry.id).join(original, original.id == CashEntry.reverses_id)
    unequal = (CashEntry.amount != -original.amount) | (CashEntry.kind != original.kind)
    for number in session.scalars(pairs.where(unequal)):
        yield f"收支的冲销记录（编号 {number}）与它冲销的那一笔对不上。"
    exceeded = (
        select(SpendingRequest.id)
        .join(CashEntry, CashEntry.request_id == SpendingRequest.id)
        .group_by(SpendingRequest.id)
        .having(-func.sum(CashEntry.amount) > SpendingRequest.budget)
    )
    for number in session.scalars(exceeded):
        yield f"党费使用申请（编号 {number}）的支出超过预算。"
    lost = CashEntry.attachment_id.is_not(None), CashEntry.attachment_id.not_in(select(Attachment.id))
    for number in session.scalars(select(CashEntry.id).where(*lost)):
        yield f"收支记录（编号 {number}）的附件没有登记。"


def cash(session: Session) -> Iterator[str]:
    """Pieces make up what was counted and what was handed over."""
    for count in session.scalars(select(CashCount)):
        if _sum(count) != count.counted:
            yield f"{count.day} 的点钞张数与实点金额对不上。"
    for handed in session.scalars(select(CashHandover)):
        if _sum(handed) != handed.amount:
            yield f"现金交接记录（编号 {handed.id}）的张数与金额对不上。"


def care(session: Session) -> Iterator[str]:
    """What was handed out in rounds is the sum of its parts, a counter-entry the opposite of what it reverses."""
    for number, amount, parts in handed_sums(session):
        if amount != parts:
            yield f"慰问发放记录（编号 {number}）的金额不等于各来源之和。"
    handout, entry = aliased(CareHandout), aliased(CareFundEntry)
    pairs = select(CareHandout.id).join(handout, handout.id == CareHandout.reverses_id)
    for number in session.scalars(pairs.where(CareHandout.amount != -handout.amount)):
        yield f"慰问发放的冲销记录（编号 {number}）与它冲销的那一笔对不上。"
    pairs = select(CareFundEntry.id).join(entry, entry.id == CareFundEntry.reverses_id)
    for number in session.scalars(pairs.where(CareFundEntry.amount != -entry.amount)):
        yield f"帮扶资金的冲销记录（编号 {number}）与它冲销的那一笔对不上。"
    wrong = CareFundEntry.reverses_id.is_(None) & (CareFundEntry.amount <= ZERO)
    for number in session.scalars(select(CareFundEntry.id).where(wrong)):
        yield f"帮扶资金到账记录（编号 {number}）的金额正负不对。"
    for number in session.scalars(select(CarePart.id).where(CarePart.amount <= ZERO)):
        yield f"慰问金来源记录（编号 {number}）的金额正负不对。"


def _sum(of: CashCount | CashHandover) -> Decimal:
    return sum((value * number for value, number in counted_pieces(of).items()), ZERO)


MONEY_BOOKS = (kept, large, cash_book, cash, care)
