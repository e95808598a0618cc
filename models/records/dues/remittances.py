"""Handing money up: remittances, their vouchers, and the closing of a month when the three records agree."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import settings
from models.base import Record, numbered
from models.errors import FieldError, UserError
from models.kinds import CODE
from models.records.dues import months
from models.records.dues.payments import Allotment, Payment
from models.rules.handing_up import settlement, shares
from models.rules.periods import Month


class Remittance(Record):
    """One month's dues as they were settled on one day, in yuan; `branch_id` None stands for the whole file.

    Of `amount` the branch kept `kept` where it hands up only a share; the rest went up, and vouchers prove that rest.
    """

    __tablename__ = "remittances"

    month: Mapped[Month] = mapped_column(index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    remitted_on: Mapped[date]
    amount: Mapped[Decimal]
    kept: Mapped[Decimal] = mapped_column(default=Decimal(0))
    handler: Mapped[str | None]
    remark: Mapped[str | None]

    @property
    def handed_up(self) -> Decimal:
        return self.amount - self.kept


class Voucher(Record):
    """The paper that proves a remittance: number, date, amount in yuan and the scan, if one was kept."""

    __tablename__ = "vouchers"

    remittance_id: Mapped[int] = mapped_column(ForeignKey("remittances.id"), index=True)
    number: Mapped[str]
    dated: Mapped[date]
    amount: Mapped[Decimal]
    attachment_id: Mapped[int | None]


@dataclass(frozen=True)
class Agreement:
    """The three records of a month side by side, in yuan, and whether they agree.

    `remitted` is what was settled of the dues registered, `kept` the part of it that stays with the branch.
    """

    month: Month
    registered: Decimal
    remitted: Decimal
    vouched: Decimal
    closed_on: date | None
    kept: Decimal = Decimal(0)

    @property
    def handed_up(self) -> Decimal:
        """What went up and vouchers are to prove."""
        return self.remitted - self.kept

    @property
    def agrees(self) -> bool:
        return self.registered == self.remitted and self.handed_up == self.vouched


def waiting(session: Session, month: Month, branch_id: int | None = None) -> Decimal:
    """What is booked to `month` and not handed up yet, in yuan."""
    return sum((allotment.amount for allotment in _waiting(session, month, branch_id)), Decimal(0))


def _waiting(session: Session, month: Month, branch_id: int | None) -> Sequence[Allotment]:
    found = select(Allotment).where(Allotment.month == month, Allotment.remittance_id.is_(None))
    if branch_id is not None:
        found = found.join(Payment, Payment.id == Allotment.payment_id).where(Payment.branch_id == branch_id)
    return session.scalars(found).all()


def remit(
    session: Session,
    month: Month,
    on: date,
    voucher_number: str | None = None,
    branch_id: int | None = None,
    handler: str | None = None,
) -> Remittance:
    """Hands up all of that month's payments not yet handed up, also those in advance; UserError when there are none."""
    return hand_up(session, [month], on, voucher_number, branch_id, handler)[0]


def hand_up(
    session: Session,
    several: Sequence[Month],
    on: date,
    voucher_number: str | None = None,
    branch_id: int | None = None,
    handler: str | None = None,
    attachment_id: int | None = None,
) -> list[Remittance]:
    """Hands up what waits of several months, each as a remittance of its own under one voucher number.

    Of all together just the share set goes up, to the fen (rules.md §1.7); UserError when a month has nothing to give.
    """
    waits = [_waiting(session, month, branch_id) for month in several]
    amounts = [sum((allotment.amount for allotment in parts), Decimal(0)) for parts in waits]
    for month, amount in zip(several, amounts, strict=True):
        if amount <= 0:
            months.require(session, month)
            raise UserError(f"{month.chinese}没有待上缴的党费。")
    ups = shares(amounts, settings.read(session).percent_handed_up)
    done = []
    for month, parts, amount, up in zip(several, waits, amounts, ups, strict=True):
        remittance = Remittance(
            month=month, branch_id=branch_id, remitted_on=on, amount=amount, kept=amount - up, handler=handler
        )
        session.add(remittance)
        session.flush()
        for allotment in parts:
            allotment.remittance_id = remittance.id
        session.flush()
        if voucher_number is not None and up:
            add_voucher(session, remittance.id, voucher_number, on, up, attachment_id)
        done.append(remittance)
    return done


def add_voucher(
    session: Session,
    remittance_id: int,
    number: str,
    dated: date,
    amount: Decimal,
    attachment_id: int | None = None,
) -> Voucher:
    """Records the voucher of a remittance; FieldError when the number is empty or the amount is not above zero."""
    remittance = numbered(session, Remittance, remittance_id, "上缴记录")
    number = CODE.read(number) or ""
    if not number:
        raise FieldError("number", "请填写凭证号。")
    if amount <= 0:
        raise FieldError("amount", "凭证金额应大于零。")
    vouched = session.scalar(select(func.sum(Voucher.amount)).where(Voucher.remittance_id == remittance_id)) or 0
    if vouched + amount > remittance.handed_up:
        raise FieldError(
            "amount", f"凭证金额合计 {vouched + amount:.2f} 元超过上缴金额 {remittance.handed_up:.2f} 元，请核对。"
        )
    voucher = Voucher(
        remittance_id=remittance_id, number=number, dated=dated, amount=amount, attachment_id=attachment_id
    )
    session.add(voucher)
    session.flush()
    return voucher


def withdraw(session: Session, remittance_id: int) -> None:
    """Takes back a remittance entered by mistake with its vouchers; its payments wait to be handed up again."""
    remittance = numbered(session, Remittance, remittance_id, "上缴记录")
    opened = months.find(session, remittance.month)
    if opened is not None and opened.closed_on is not None:
        raise UserError(f"{remittance.month.chinese}已经结账，请先取消结账再撤回上缴记录。")
    for voucher in session.scalars(select(Voucher).where(Voucher.remittance_id == remittance_id)):
        session.delete(voucher)
    for allotment in session.scalars(select(Allotment).where(Allotment.remittance_id == remittance_id)):
        allotment.remittance_id = None
    session.flush()
    session.delete(remittance)
    session.flush()


def agreement(session: Session, month: Month) -> Agreement:
    """The three records of an opened month side by side."""
    opened = months.require(session, month)
    registered = session.scalar(select(func.sum(Allotment.amount)).where(Allotment.month == month))
    remitted = session.scalar(
        select(func.sum(Allotment.amount)).where(Allotment.month == month, Allotment.remittance_id.is_not(None))
    )
    vouched = session.scalar(
        select(func.sum(Voucher.amount))
        .join(Remittance, Remittance.id == Voucher.remittance_id)
        .where(Remittance.month == month)
    )
    kept = session.scalar(select(func.sum(Remittance.kept)).where(Remittance.month == month))
    zero = Decimal(0)
    return Agreement(month, registered or zero, remitted or zero, vouched or zero, opened.closed_on, kept or zero)


def close_settlement(session: Session, month: Month, on: date, booked: Decimal | None = None) -> list[Month]:
    """Closes a month and those before it that are handed up together with it and still stand open; answers them.

    UserError that names the month and what differs in it; then none is closed.
    """
    together = settlement(month, settings.read(session).remit_cadence)
    found = [each for each in months.opened(session) if each in together and each < month]
    still_open = [each for each in found if months.require(session, each).closed_on is None]
    for each in still_open:
        close_month(session, each, on)
    close_month(session, month, on, booked)
    return [*still_open, month]


def close_month(session: Session, month: Month, on: date, booked: Decimal | None = None) -> None:
    """Closes a month; UserError that says which of the three records differ, or that a count was not explained.

    `booked` is the cash that its collection has in the books now, in yuan, where that is known.
    """
    from models.records.dues import cash

    found = agreement(session, month)
    if found.closed_on is not None:
        raise UserError(f"{month.chinese}已于 {found.closed_on} 结账。")
    if found.registered != found.remitted:
        raise UserError(
            f"{month.chinese}登记收缴 {found.registered:.2f} 元，上缴 {found.remitted:.2f} 元，不一致，还不能结账。"
        )
    if found.handed_up != found.vouched:
        raise UserError(
            f"{month.chinese}上缴 {found.handed_up:.2f} 元，凭证合计 {found.vouched:.2f} 元，不一致，还不能结账。"
        )
    opened = months.require(session, month)
    cash.require_explained(session, opened.collection_day, booked)
    opened.closed_on = on
    session.flush()


def reopen_month(session: Session, month: Month) -> None:
    """Takes back the closing of a month."""
    months.require(session, month).closed_on = None
    session.flush()


def of_month(session: Session, month: Month) -> Sequence[Remittance]:
    """The remittances of a month in the order they were recorded."""
    return session.scalars(select(Remittance).where(Remittance.month == month).order_by(Remittance.id)).all()
