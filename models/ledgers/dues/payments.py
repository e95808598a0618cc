"""F03, the payments one by one, and the remittances with their vouchers."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import codes
from models.errors import FieldError, UserError
from models.kinds import CODE, DAY, ID_NUMBER, MONEY, MONTH, NAME, NUMBER, TEXT
from models.ledger import Column, Ledger, Outcome, Values, View
from models.ledgers.dues import past_payments
from models.ledgers.members.roster import RECORD_NUMBER
from models.records.dues import large_payments, payments
from models.records.dues.past import Shelf
from models.records.dues.payments import Allotment, Collection, Payment
from models.records.dues.remittances import Remittance, Voucher
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.records.members.people import People
from models.rules.periods import Month, show_months


@dataclass(frozen=True, slots=True)
class PaymentRow:
    """One payment; `first` and `last` are the months it is booked to, `covers` says them in words."""

    id: int
    member_id: int
    name: str
    id_number: str | None
    branch: str
    paid_on: date
    amount: Decimal
    method: str
    proxy: str | None
    first: Month | None
    last: Month | None
    covers: str
    kind: str
    remark: str | None
    initials: str = ""


def payment_rows(session: Session, view: View) -> list[PaymentRow]:
    """The payments made on the days of a period, in order of day, counter-entries among them."""
    span = Payment.paid_on.between(view.period.first.first_day, view.period.last.last_day)
    chosen = select(Payment).where(span).order_by(Payment.paid_on, Payment.id)
    if view.branch_id is not None:
        chosen = chosen.where(Payment.branch_id == view.branch_id)
    found = session.scalars(chosen).all()
    people = {member.id: member for member in session.scalars(select(Member))}
    branches = {each.id: each.name for each in session.scalars(select(Organisation))}
    booked = _booked(session)
    reversed_ids = set(session.scalars(select(Payment.reverses_id).where(Payment.reverses_id.is_not(None))))
    rows = []
    for payment in found:
        months = booked.get(payment.id, [])
        member = people[payment.member_id]
        rows.append(
            PaymentRow(
                id=payment.id,
                member_id=member.id,
                name=member.name,
                id_number=member.id_number,
                branch=branches[payment.branch_id],
                paid_on=payment.paid_on,
                amount=payment.amount,
                method=payment.method,
                proxy=payment.proxy,
                first=min(months, default=None),
                last=max(months, default=None),
                covers=show_months(months),
                kind=_kind(payment, months, reversed_ids),
                remark=payment.remark,
                initials=member.initials,
            )
        )
    return rows


def _booked(session: Session) -> dict[int, list[Month]]:
    sums: defaultdict[int, defaultdict[Month, Decimal]] = defaultdict(lambda: defaultdict(Decimal))
    for payment_id, month, amount in session.execute(select(Allotment.payment_id, Allotment.month, Allotment.amount)):
        sums[payment_id][month] += amount
    return {payment_id: sorted(month for month in parts if parts[month]) for payment_id, parts in sums.items()}


def _kind(payment: Payment, months: Sequence[Month], reversed_ids: set[int | None]) -> str:
    """What sort of payment it is: of the month itself, back-pay, advance, several, reversed, a counter-entry."""
    if payment.reverses_id is not None:
        return "冲销"
    if payment.id in reversed_ids:
        return "已冲销"
    own = Month.of(payment.paid_on)
    sorts = {"补交" if month < own else "预交" if month > own else "当月" for month in months}
    return "、".join(word for word in ("补交", "当月", "预交") if word in sorts)


def save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Records one payment a row through `collect`; a row with a record number may change nothing but its remark.

    A payment of the same member, day, sum, way and months as one recorded is that one. A number that is not known
    here, or belongs to quite another payment, comes from another file and counts as none.
    """
    books = _Books(session, People(session, view.branch_id), _booked(session), Shelf(session, view.today))
    outcomes = []
    for values in rows:
        try:
            outcomes.append(_take(books, past_payments.completed(values, books.shelf)))
        except FieldError as error:
            outcomes.append(Outcome("refused", field=error.field, why=str(error)))
        except UserError as error:
            outcomes.append(Outcome("refused", field="name", why=str(error)))
    return outcomes


@dataclass
class _Books:
    """What is known while rows come in: the people, the months of each payment, what was taken back, past months."""

    session: Session
    people: People
    booked: dict[int, list[Month]]
    shelf: Shelf

    def __post_init__(self) -> None:
        self.taken_back = past_payments.taken_back(self.session)


def _take(books: _Books, values: Values) -> Outcome:
    session, people, booked = books.session, books.people, books.booked
    numbered = _numbered(session, values)
    if numbered is not None:
        try:
            return _note(session, booked.get(numbered.id, []), numbered, values)
        except FieldError:  # a number of another file may be that of another payment here
            known = _recorded(books, values)
            if known is None:
                raise
            return Outcome("unchanged", known)
    covers = _covers(values)
    known = _recorded(books, values)
    if known is not None:
        return Outcome("unchanged", known)
    if past_payments.is_past(books.shelf, covers):
        number, months = past_payments.take(books.shelf, people.named(values), covers, values)
        if number is not None:
            booked[number] = sorted(months)
        return Outcome("added" if months else "unchanged", number)
    if values.get("amount") is None:
        raise FieldError("amount", "没有实交金额。")
    method = values.get("method") or payments.CASH
    how = Collection(values["paid_on"], method, values.get("remark"), values.get("proxy"), past=True)
    done = payments.collect(session, people.named(values).id, covers[0], how, values["amount"], covers)
    if done.number is not None:  # a like sum of the same day in a later row is another payment, of other months
        booked[done.payment_id] = sorted(done.months)
    return Outcome("added", done.number)


def _covers(values: Values) -> list[Month]:
    """The months a row is for: those it names, else that of its day."""
    if values.get("amount") is None and past_payments.EXEMPT not in (values.get("sort") or ""):
        raise FieldError("amount", "没有实交金额。")
    first = values.get("first") or Month.of(values["paid_on"])
    return payments.covered_months(first, values.get("last") or first)


def _recorded(books: _Books, values: Values) -> int | None:
    """The number of the payment that a row repeats: the same member, day, sum, way and months."""
    session, member, covers = books.session, books.people.named(values), _covers(values)
    method = values.get("method") or payments.CASH
    same = select(Payment.id, Payment.amount).where(
        Payment.member_id == member.id, Payment.paid_on == values["paid_on"], Payment.method == method
    )
    apart = large_payments.recorded_with(session, member.id, values["paid_on"], method)
    extra = {each.payment_id: each.amount for each in apart}  # it came in one sum with the dues
    for each in apart:
        if each.payment_id is None and each.amount == values["amount"] and each.month in covers:
            return each.id
    for number, amount in session.execute(same):
        same_sum = values["amount"] in (amount, amount + extra.get(number, 0))
        if same_sum and number not in books.taken_back and set(books.booked.get(number, ())) <= set(covers):
            return int(number)
    return None


def _numbered(session: Session, values: Values) -> Payment | None:
    """The payment of the record number in the row, if the row can mean it: the same person, or the same day and sum."""
    text = str(values.get("id") or "")
    payment = session.get(Payment, int(text)) if text.isdecimal() and len(text) < 10 else None
    if payment is None:
        return None
    member = session.get_one(Member, payment.member_id)
    same_person = values.get("name") in (None, member.name) and values.get("id_number") in (None, member.id_number)
    same_money = values.get("paid_on") == payment.paid_on and values.get("amount") == payment.amount
    return payment if same_person or same_money else None


def _note(session: Session, months: Sequence[Month], payment: Payment, values: Values) -> Outcome:
    """Notes the remark of a recorded payment; FieldError when the row would change anything else."""
    recorded = {
        "paid_on": payment.paid_on,
        "amount": payment.amount,
        "method": payment.method,
        "first": min(months, default=None),
        "last": max(months, default=None),
    }
    for key, value in recorded.items():
        if values.get(key) not in (None, value):
            raise FieldError(key, f"编号 {payment.id} 的交纳记录已经入账，不能改动；如有差错请冲销后重新收缴。")
    member = session.get_one(Member, payment.member_id)
    if values.get("name") not in (None, member.name) or values.get("id_number") not in (None, member.id_number):
        raise FieldError("name", f"编号 {payment.id} 的交纳记录是{member.name}的，不能改到别人名下。")
    if "remark" not in values or values["remark"] == payment.remark:
        return Outcome("unchanged", payment.id)
    payments.change_remark(session, payment.id, values["remark"])
    return Outcome("updated", payment.id)


DUES_PAYMENTS = Ledger(
    name="dues_payments",
    title="党费交纳明细",
    columns=(
        Column("name", "姓名", NAME, 10, required=True),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("paid_on", "交纳日期", DAY, 11, required=True, synonyms=("缴费日期", "交费日期", "交纳时间")),
        Column("amount", "实交", MONEY, 11, required=True, totalled=True, synonyms=("实缴", "缴费金额", "交纳金额")),
        Column("method", "交纳方式", codes.METHOD, 8, synonyms=("缴费方式",)),
        Column("proxy", "代交人", TEXT, 9, synonyms=("代缴人", "交款人")),
        Column("first", "所属起月", MONTH, 9, synonyms=("缴费起始月份", "起始月", "所属月份")),
        Column("last", "所属止月", MONTH, 9, synonyms=("缴费截止月份", "终止月")),
        Column("covers", "所属期", TEXT, 14, entered=False),
        Column("kind", "类型", TEXT, 8, entered=False),
        Column("remark", "备注", TEXT, 16, synonyms=("缴费说明",)),
        RECORD_NUMBER,
    ),
    rows=payment_rows,
    save=save,
    capitals_of="amount",
    empty="这段时间还没有交纳记录。",
    fitted=past_payments.fitted,
)


@dataclass(frozen=True, slots=True)
class RemittanceRow:
    """One remittance with the numbers of its vouchers and what they prove, in yuan; `amount` is what went up."""

    id: int
    month: Month
    remitted_on: date
    branch: str
    people: int
    amount: Decimal
    kept: Decimal
    voucher: str
    dated: date | None
    vouched: Decimal
    scan: str
    handler: str | None
    remark: str | None


def remittance_rows(session: Session, view: View) -> list[RemittanceRow]:
    """The remittances of the months of a period."""
    chosen = select(Remittance).where(Remittance.month.between(view.period.first, view.period.last))
    if view.branch_id is not None:
        chosen = chosen.where(Remittance.branch_id == view.branch_id)
    branches = {each.id: each.name for each in session.scalars(select(Organisation))}
    payers: defaultdict[int | None, set[int]] = defaultdict(set)
    for remittance_id, member_id in session.execute(select(Allotment.remittance_id, Allotment.member_id)):
        payers[remittance_id].add(member_id)
    vouchers: defaultdict[int, list[Voucher]] = defaultdict(list)
    for voucher in session.scalars(select(Voucher).order_by(Voucher.id)):
        vouchers[voucher.remittance_id].append(voucher)
    return [
        RemittanceRow(
            id=each.id,
            month=each.month,
            remitted_on=each.remitted_on,
            branch=branches[each.branch_id] if each.branch_id else "全部",
            people=len(payers[each.id]),
            amount=each.handed_up,
            kept=each.kept,
            voucher="、".join(voucher.number for voucher in vouchers[each.id]),
            dated=max((voucher.dated for voucher in vouchers[each.id]), default=None),
            vouched=sum((voucher.amount for voucher in vouchers[each.id]), Decimal(0)),
            scan="有" if any(voucher.attachment_id for voucher in vouchers[each.id]) else "",
            handler=each.handler,
            remark=each.remark,
        )
        for each in session.scalars(chosen.order_by(Remittance.month, Remittance.id))
    ]


DUES_REMITTANCES = Ledger(
    name="dues_remittances",
    title="党费上缴记录",
    columns=(
        Column("month", "所属月份", MONTH, 10, entered=False),
        Column("remitted_on", "上缴日期", DAY, 12, entered=False),
        Column("branch", "上缴单位", TEXT, 14, entered=False),
        Column("people", "交费人数", NUMBER, 8, entered=False),
        Column("amount", "上缴金额", MONEY, 12, entered=False, totalled=True),
        Column("kept", "留存金额", MONEY, 11, entered=False, totalled=True),
        Column("voucher", "凭证号", CODE, 18, entered=False),
        Column("dated", "凭证日期", DAY, 12, entered=False),
        Column("vouched", "凭证金额", MONEY, 12, entered=False, totalled=True),
        Column("scan", "扫描件", TEXT, 8, entered=False),
        Column("handler", "经办人", TEXT, 10, entered=False),
        Column("remark", "备注", TEXT, 14, entered=False),
    ),
    rows=remittance_rows,
    span="year",
    capitals_of="amount",
    empty="还没有上缴记录。",
)
