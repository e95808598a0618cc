"""Checking a data file: the file itself, its trail of changes, and whether the books agree with themselves."""

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import islice

from sqlalchemy import func, select
from sqlalchemy.orm import Session, aliased

from models import attachments, audit, trail
from models.attachments import Attachment
from models.audit import Anchor
from models.database import Database
from models.errors import UserError
from models.ledgers.wording import TABLES, column_title
from models.money_checks import MONEY_BOOKS
from models.records.dues.months import Due, DuesMonth
from models.records.dues.payments import Allotment, Payment
from models.records.dues.remittances import Remittance, Voucher
from models.soundness import damage
from models.trail import ALTERED, EXTRA, MISSING, Difference

ZERO = Decimal(0)
MOST = 20  # sentences of one kind that are told one by one
_REMEDY = "请从最近的备份恢复，并与备份对照。"


def check(database: Database, anchors: Sequence[tuple[str, Anchor]] = ()) -> list[str]:
    """A sentence for each thing that is wrong with the file, its trail or its books; empty when all is well.

    `anchors` are earlier states of the trail, each with the words for where it was kept (as `backups.anchors` finds
    them): with them a trail shows that was cut off or written anew.
    """
    sections: Sequence[Callable[[Session], Sequence[str]]] = (
        damage,
        lambda session: _trail(session, anchors),
        lambda session: _limited(_told(difference) for difference in trail.differences(session)),
        lambda session: _limited(problem for books in BOOKS for problem in books(session)),
        attachments.problems,
    )
    for section in sections:  # where one fails the next would only repeat it, or read nonsense
        try:
            with database.reading() as session:
                found = section(session)
        except UserError as error:
            return [str(error)]
        if found:
            return list(found)
    return []


def _trail(session: Session, anchors: Sequence[tuple[str, Anchor]]) -> list[str]:
    found = []
    broken = trail.break_in_chain(session)
    if broken is not None:
        found.append(f"变更记录从第 {broken} 条起接不上：有记录被其他软件改动、删除或插入过。{_REMEDY}")
    elif trail.empty_operations(session):
        found.append(f"变更记录里有没有内容的操作：有记录被其他软件删除或插入过。{_REMEDY}")
    if audit.unprotected(session.connection()):
        found.append(f"变更记录的防改动保护被其他软件去掉了。{_REMEDY}")
    if broken is None:
        found.extend(
            f"变更记录与{where}时的接不上：那以后被截断或改写过，或者这个文件是从更早的备份恢复的。"
            for where, anchor in anchors
            if not trail.holds(session, anchor)
        )
    return found


def _told(difference: Difference) -> str:
    about = f"{TABLES.get(difference.table, difference.table)}（编号 {difference.record_id}）"
    if difference.kind == MISSING:
        return f"{about}不见了：变更记录里有，数据里没有，是其他软件删除的。"
    if difference.kind == EXTRA:
        return f"{about}不是本程序登记的：数据里有，变更记录里没有。"
    if difference.kind == ALTERED:
        titles = "、".join(dict.fromkeys(column_title(difference.table, name) for name in difference.columns))
        return f"{about}的{titles}与变更记录不符，是其他软件改动的。"
    return f"{about}的变更记录前后接不上。"


def _limited(sentences: Iterator[str]) -> list[str]:
    told = list(islice(sentences, MOST))
    more = sum(1 for _ in sentences)
    return [*told, f"另有 {more} 处同类问题。"] if more else told


def _payments(session: Session) -> Iterator[str]:
    booked = func.coalesce(func.sum(Allotment.amount), ZERO)
    unequal = (
        select(Payment.id)
        .outerjoin(Allotment, Allotment.payment_id == Payment.id)
        .group_by(Payment.id)
        .having(booked != Payment.amount)
    )
    for number in session.scalars(unequal):
        yield f"交纳记录（编号 {number}）记入各月的金额合计不等于实交金额。"
    others = select(Payment.id).join(Allotment, Allotment.payment_id == Payment.id)
    for number in session.scalars(others.where(Allotment.member_id != Payment.member_id).distinct()):
        yield f"交纳记录（编号 {number}）记到了别人名下。"
    counter = Payment.reverses_id.is_not(None)
    wrong_sign = (counter & (Payment.amount >= ZERO)) | (~counter & (Payment.amount <= ZERO))
    for number in session.scalars(select(Payment.id).where(wrong_sign)):
        yield f"交纳记录（编号 {number}）的金额正负不对。"


def _reversals(session: Session) -> Iterator[str]:
    original = aliased(Payment)
    pairs = select(Payment.id).join(original, original.id == Payment.reverses_id)
    unequal = (
        (Payment.amount != -original.amount)
        | (Payment.member_id != original.member_id)
        | original.reverses_id.is_not(None)
    )
    for number in session.scalars(pairs.where(unequal)):
        yield f"冲销记录（编号 {number}）与它冲销的那一笔对不上。"
    cancelled = func.coalesce(Payment.reverses_id, Payment.id)
    left = (
        select(cancelled)
        .join(Allotment, Allotment.payment_id == Payment.id)
        .where(cancelled.in_(select(Payment.reverses_id).where(Payment.reverses_id.is_not(None))))
        .group_by(cancelled, Allotment.month)
        .having(func.sum(Allotment.amount) != ZERO)
    )
    for number in sorted(set(session.scalars(left))):
        yield f"交纳记录（编号 {number}）已冲销，但有的月份没有冲平。"


def _remittances(session: Session) -> Iterator[str]:
    handed_up = func.coalesce(func.sum(Allotment.amount), ZERO)
    unequal = (
        select(Remittance.id, Remittance.month)
        .outerjoin(Allotment, Allotment.remittance_id == Remittance.id)
        .group_by(Remittance.id)
        .having(handed_up != Remittance.amount)
    )
    for number, month in session.execute(unequal):
        yield f"{month.chinese}的上缴记录（编号 {number}）不等于它所含各笔党费的合计。"
    vouched = (
        select(Remittance.id, Remittance.month)
        .join(Voucher, Voucher.remittance_id == Remittance.id)
        .group_by(Remittance.id)
        .having((func.sum(Voucher.amount) > Remittance.amount - Remittance.kept) | (func.min(Voucher.amount) <= ZERO))
    )
    for number, month in session.execute(vouched):
        yield f"{month.chinese}的上缴记录（编号 {number}）的凭证金额不对。"


def _dues(session: Session) -> Iterator[str]:
    for number in session.scalars(select(Due.id).where(Due.amount < ZERO)):
        yield f"应交记录（编号 {number}）是负数。"
    repeated = select(Due.month, Due.member_id).group_by(Due.month, Due.member_id).having(func.count() > 1)
    for month, member_id in session.execute(repeated):
        yield f"{month.chinese}党员（编号 {member_id}）的应交记录有重复。"
    unopened = select(Due.month).where(Due.month.not_in(select(DuesMonth.month))).distinct()
    for month in session.scalars(unopened):
        yield f"{month.chinese}没有开账，却有应交记录。"


def _vouchers(session: Session) -> Iterator[str]:
    kept = select(Attachment.id)
    missing = select(Voucher.number).where(Voucher.attachment_id.is_not(None), Voucher.attachment_id.not_in(kept))
    for number in session.scalars(missing):
        yield f"凭证 {number} 的扫描件没有登记。"


BOOKS: tuple[Callable[[Session], Iterator[str]], ...] = (
    _payments,
    _reversals,
    _remittances,
    _dues,
    _vouchers,
    *MONEY_BOOKS,
)
