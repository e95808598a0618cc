"""Payments of dues: collecting, reversing by a counter-entry, allotting an excess to later months."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.errors import FieldError, UserError
from models.kinds import MONEY, tidy
from models.records.dues import months
from models.records.dues.arrangements import Arranged
from models.records.dues.months import Due
from models.records.members.members import Member, find_by_id
from models.records.reversing import reason_given, reversible
from models.rules.allotment import large_part, spread
from models.rules.arrangements import far_off, out_of_reach
from models.rules.periods import Month, months_between, show_months

METHODS = ("现金", "转账", "其他")
CASH = METHODS[0]
LONGEST_SPAN = 24


class Payment(Record):
    """Money a member handed over, in yuan; a counter-entry has a negative amount and names what it reverses.

    `proxy` is who brought it when it was not the member.
    """

    __tablename__ = "payments"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    branch_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    paid_on: Mapped[date]
    amount: Mapped[Decimal]
    method: Mapped[str]
    proxy: Mapped[str | None]
    remark: Mapped[str | None]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("payments.id"), unique=True)


class Allotment(Record):
    """The part of a payment that is booked to one month, in yuan; `remittance_id` once it was handed up."""

    __tablename__ = "allotments"

    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    month: Mapped[Month] = mapped_column(index=True)
    amount: Mapped[Decimal]
    remittance_id: Mapped[int | None] = mapped_column(ForeignKey("remittances.id"), index=True)


@dataclass(frozen=True)
class Collected:
    """A payment as it was recorded: its number, the member, the amount in yuan and the months it is booked to.

    `large` is what came beyond that as a large voluntary payment; where nothing was due there is no payment but it.
    """

    number: int | None
    member_id: int
    member: str
    amount: Decimal
    months: tuple[Month, ...]
    large: Decimal = Decimal(0)

    @property
    def payment_id(self) -> int:
        """The number of the payment of dues, where there is one."""
        assert self.number is not None
        return self.number


@dataclass(frozen=True)
class Collection:
    """How money is taken: the day, the way, a remark, and who brings it (None: as arranged, else the member).

    `past` says that it comes from records kept elsewhere, of which no reason is asked.
    """

    on: date
    method: str = CASH
    remark: str | None = None
    proxy: str | None = None
    past: bool = False


def collect(
    session: Session,
    member_id: int,
    month: Month,
    how: Collection,
    amount: Decimal | None = None,
    covers: Sequence[Month] | None = None,
) -> Collected:
    """Records a payment of a member.

    Without `amount` it is what is still owed for `month`, or for all of `covers`. An amount (yuan, above zero, whole
    fen) is booked to `month` alone, an excess too, or spread over `covers` in order; an excess that makes a large
    voluntary payment is recorded apart from dues. FieldError and UserError refuse.
    """
    months.require(session, month)
    member = find_by_id(session, member_id)
    if how.method not in METHODS:
        raise FieldError("method", f"交纳方式应为{'、'.join(METHODS)}。")
    covered = list(covers) if covers else [month]
    require_near(how.on, covered)
    _require_word(how, covered)
    owed = [(each, still_owed(session, member, each)) for each in covered]
    if amount is None:
        amount = sum((due for _, due in owed), Decimal(0))
        if amount == 0:
            raise UserError(f"{member.name}{show_months(covered)}没有应交未交的党费。")
    checked = _checked(amount)
    limit = _large_extra(session, month)
    large = large_part(sum((due for _, due in owed), Decimal(0)), checked, limit)
    if not large:
        return _record(session, member, how, checked, spread(owed, checked))
    return _record_apart(session, member, month, how, [each for each in owed if each[1]], large)


def _require_word(how: Collection, covered: Sequence[Month]) -> None:
    """FieldError where more than six months are paid late, or ahead, and nothing is said of the reason.

    Source: 中组发〔2008〕3号 art. 12 (back-payment generally not over six months).
    """
    far = far_off(covered, Month.of(how.on))
    if far and not how.past and not tidy(how.remark):
        raise FieldError("remark", f"{far}超过六个月，请在备注里写明原因。")


def require_near(on: date, covered: Sequence[Month]) -> None:
    """FieldError for a day that can only be mistyped: years from the months that are paid."""
    why = out_of_reach(covered, Month.of(on))
    if why:
        raise FieldError("paid_on", f"交纳日期 {on} {why}，请核对。")


def _checked(amount: Decimal) -> Decimal:
    try:
        checked = MONEY.read(amount)
    except ValueError as error:
        raise FieldError("amount", str(error)) from None
    if checked is None or checked <= 0:
        raise FieldError("amount", "金额应大于零。")
    return checked


def _large_extra(session: Session, month: Month) -> Decimal:
    """The extra in yuan that makes a payment a large one; the rules are not loaded before something is collected."""
    from models.records.dues import rulebook
    from models.rules.dues import rules_for

    return rules_for(month, rulebook.read(session)).large_extra


def collect_all(session: Session, month: Month, how: Collection, member_ids: Iterable[int]) -> list[Collected]:
    """Records for each member what is still owed for `month`; members who owe nothing are passed over."""
    months.require(session, month)
    require_near(how.on, [month])
    done = []
    for member_id in member_ids:
        member = find_by_id(session, member_id)
        owed = still_owed(session, member, month)
        if owed > 0:
            done.append(_record(session, member, how, owed, [(month, owed)]))
    return done


def _record(
    session: Session, member: Member, how: Collection, amount: Decimal, booked: Sequence[tuple[Month, Decimal]]
) -> Collected:
    payment = Payment(
        member_id=member.id,
        branch_id=member.branch_id,
        paid_on=how.on,
        amount=amount,
        method=how.method,
        proxy=tidy(how.proxy) or Arranged(session, member.id).proxy(member.id, Month.of(how.on)),
        remark=how.remark,
    )
    session.add(payment)
    session.flush()
    for month, part in booked:
        session.add(Allotment(payment_id=payment.id, member_id=member.id, month=month, amount=part))
    session.flush()
    return Collected(payment.id, member.id, member.name, amount, tuple(month for month, _ in booked))


def _record_apart(
    session: Session,
    member: Member,
    month: Month,
    how: Collection,
    booked: Sequence[tuple[Month, Decimal]],
    large: Decimal,
) -> Collected:
    """Records what was due, if anything was, and apart from it a large voluntary payment in yuan."""
    done = Collected(None, member.id, member.name, Decimal(0), ())
    if booked:
        done = _record(session, member, how, sum((due for _, due in booked), Decimal(0)), booked)
    from models.records.dues.large_payments import LargePayment

    apart = LargePayment(
        member_id=member.id,
        branch_id=member.branch_id,
        payment_id=done.number,
        month=month,
        paid_on=how.on,
        amount=large,
        method=how.method,
        remark=how.remark,
    )
    session.add(apart)
    session.flush()
    return replace(done, large=large)


def still_owed(session: Session, member: Member, month: Month) -> Decimal:
    """What the member has still to pay for `month`, in yuan, never below zero.

    For a later month that is not opened yet it is the due expected under the present rules; an earlier month that
    was never opened is refused with UserError.
    """
    due = session.scalar(select(Due.amount).where(Due.month == month, Due.member_id == member.id))
    if due is None:
        due = _expected(session, member, month)
    paid = session.scalar(
        select(func.sum(Allotment.amount)).where(Allotment.member_id == member.id, Allotment.month == month)
    )
    return max(due - (paid or Decimal(0)), Decimal(0))


def _expected(session: Session, member: Member, month: Month) -> Decimal:
    if not months.owes(member, month) or Arranged(session, member.id).elsewhere(member.id, month):
        raise UserError(f"{member.name}{month.chinese}不在本支部交纳党费。")
    opened = months.opened(session)
    if month in opened:
        raise UserError(f"{member.name}{month.chinese}的党费还没有核定，请先核定再收缴。")
    if opened and month < opened[-1]:
        raise UserError(f"{month.chinese}的党费没有开账，不能补交到这个月。")
    from models.records.dues import assessments, rulebook
    from models.rules.dues import rules_for

    known = assessments.by_member(session).get(member.id, ())
    try:
        rules = rules_for(month, rulebook.read(session))
        return assessments.worked_out(rules, assessments.ground_of(member, known, month)).amount
    except ValueError as error:
        raise UserError(f"{member.name}{month.chinese}：{error}") from None


def covered_months(first: Month, last: Month) -> list[Month]:
    """The months of a span given by hand; UserError when it runs backwards or over two years."""
    if last < first:
        raise UserError(f"所属期的终止月 {last} 早于起始月 {first}。")
    if last - first >= LONGEST_SPAN:
        raise UserError(f"一笔党费最多分摊到 {LONGEST_SPAN} 个月。")
    return list(months_between(first, last))


def reverse(session: Session, payment_id: int, reason: str, on: date) -> Collected:
    """Cancels a payment by a counter-entry of the same months, with the large payment that came with it.

    Nothing is deleted. UserError when it cannot be.
    """
    payment, reason = reversible(session, Payment, payment_id, "交纳记录", "重新收缴"), reason_given(reason)
    member = find_by_id(session, payment.member_id)
    counter = Payment(
        member_id=payment.member_id,
        branch_id=payment.branch_id,
        paid_on=on,
        amount=-payment.amount,
        method=payment.method,
        remark=f"冲销：{reason}",
        reverses_id=payment.id,
    )
    session.add(counter)
    session.flush()
    booked = _net_by_month(session, payment.id)
    for month, part in booked:
        session.add(Allotment(payment_id=counter.id, member_id=member.id, month=month, amount=-part))
    session.flush()
    from models.records.dues import large_payments

    large = large_payments.came_with(session, payment_id)
    back = large_payments.reverse(session, large.id, reason, on).amount if large is not None else Decimal(0)
    return Collected(counter.id, member.id, member.name, counter.amount, tuple(month for month, _ in booked), back)


def _net_by_month(session: Session, payment_id: int) -> list[tuple[Month, Decimal]]:
    grouped = (
        select(Allotment.month, func.sum(Allotment.amount))
        .where(Allotment.payment_id == payment_id)
        .group_by(Allotment.month)
        .order_by(Allotment.month)
    )
    return [(month, part) for month, part in session.execute(grouped) if part]


def excess(session: Session, payment_id: int, month: Month) -> Decimal:
    """What a payment brought to `month` beyond all that was due for it, in yuan; zero where it was not too much."""
    member_id = numbered(session, Payment, payment_id, "交纳记录").member_id
    due = session.scalar(select(Due.amount).where(Due.month == month, Due.member_id == member_id))
    paid = session.scalar(
        select(func.sum(Allotment.amount)).where(Allotment.member_id == member_id, Allotment.month == month)
    )
    zero = Decimal(0)
    here = dict(_net_by_month(session, payment_id)).get(month, zero)
    return max(min((paid or zero) - (due or zero), here), zero)


def allot_excess(session: Session, payment_id: int, month: Month, covers: Sequence[Month]) -> Collected:
    """Moves what a payment brought beyond the due of `month` to other months, spread in order.

    UserError where there is no excess, and once it was handed up: the voucher of its month proves it.
    """
    payment = numbered(session, Payment, payment_id, "交纳记录")
    counter = session.scalars(select(Payment.id).where(Payment.reverses_id == payment_id)).first()
    if payment.reverses_id is not None or counter is not None:
        raise UserError("这一笔已经冲销，不能再转到其他月份。")
    member, left = find_by_id(session, payment.member_id), excess(session, payment_id, month)
    if left <= 0:
        raise UserError(f"{member.name}{month.chinese}没有多交的党费可以转到其他月份。")
    here = (Allotment.payment_id == payment_id, Allotment.month == month)
    if session.scalars(select(Allotment.id).where(*here, Allotment.remittance_id.is_not(None))).first() is not None:
        raise UserError(f"{member.name}{month.chinese}的这笔党费已经上缴，请先撤回上缴记录，再转到其他月份。")
    if not covers or month in covers:
        raise FieldError("covers", "请选择要转入的其他月份。")
    moved = spread([(each, still_owed(session, member, each)) for each in covers], left)
    for target, part in [(month, -left), *moved]:
        session.add(Allotment(payment_id=payment_id, member_id=member.id, month=target, amount=part))
    session.flush()
    return Collected(payment_id, member.id, member.name, left, tuple(target for target, _ in moved))


def change_remark(session: Session, payment_id: int, remark: str | None) -> None:
    """Notes something on a payment; its money stays as it is."""
    numbered(session, Payment, payment_id, "交纳记录").remark = remark
    session.flush()
