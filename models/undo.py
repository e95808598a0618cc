"""Taking back the last thing that was done, from the trail of changes; it works after a restart too."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import audit, trail
from models.audit import ADD, REMOVE, Change, Operation
from models.base import Base, Record
from models.errors import UserError
from models.records import care_handing, cash_book, donations, large_payments, payments
from models.records.care_funds import CareFund, CareFundEntry
from models.records.care_rounds import CareExport, CareGift, CareHandout, CarePart, CareRound
from models.records.cash_book import CashEntry
from models.records.donation_drives import DonationDrive
from models.records.donations import Donation, Handover
from models.records.erasures import Erasure
from models.records.large_payments import LargePayment
from models.records.payments import Allotment, Payment
from models.records.private_exports import PrivateExport
from models.records.remittances import Remittance
from models.records.talks import Disclosure

MONEY = (Payment, Allotment, LargePayment, CashEntry, CareFundEntry, CareHandout, Handover, Donation)
NOTES = tuple(record.__tablename__ for record in (Disclosure, CareExport, PrivateExport))

_REVERSING: Mapping[type[Record], Callable[[Session, int, str, date], object]] = {
    CashEntry: cash_book.reverse,
    CareFundEntry: care_handing.reverse_entry,
    CareHandout: care_handing.reverse_handout,
    Handover: donations.reverse_handover,
    Donation: donations.reverse,
}


@dataclass
class Effect:
    """What an operation did to one record, all its lines together: the columns it touched, before and after."""

    record_type: type[Record]
    record_id: int
    added: bool
    removed: bool = False
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)


def can_undo(session: Session) -> str | None:
    """The title of what would be taken back, None when there is nothing."""
    operation = _last(session)
    return operation.title if operation is not None else None


def undo_last(session: Session, today: date) -> str:
    """Takes back the last operation not yet taken back and answers its title; UserError when it cannot be.

    Records added are removed, changed ones get their old values, removed ones come back under their number. Money is
    never deleted: payments are reversed by counter-entries dated `today`, what was moved to other months moves back.
    """
    operation = _last(session)
    if operation is None:
        raise UserError("没有可以撤销的操作。")
    take_back(session, operation, today)
    return operation.title


def take_back(session: Session, operation: Operation, today: date) -> None:
    """Takes back one operation, as `undo_last` does; UserError where what came later does not allow it."""
    assert isinstance(session, audit.AuditedSession)
    title, session.undoes = operation.title, operation.id
    _require_whole(session, operation)
    found = effects(session, operation)
    kept = _kept(session, found)
    try:
        others = _take_money_back(session, found, f"撤销“{title}”", today)
        _take_back(session, others, title)
    except IntegrityError as error:
        raise UserError(f"“{title}”之后登记的内容还用着它，不能撤销；请先处理那些内容。") from error
    for on, branch_id in kept:
        least = cash_book.least_from(session, on, branch_id)
        if least < 0:
            raise UserError(f"“{title}”留存的党费用在了支出里，撤销后收支台账会出现结余 {least:,.2f} 元，不能撤销。")


def _require_whole(session: Session, operation: Operation) -> None:
    """UserError for an erasing, and for an operation of which an erasing took something: neither can come back."""
    lines = session.execute(select(Change.id, Change.table_name).where(Change.operation_id == operation.id)).all()
    if any(table == Erasure.__tablename__ for _, table in lines):
        raise UserError("个人信息已经彻底删除，不能恢复，也不能撤销。")
    if not audit.erased_lines(session).keys().isdisjoint(number for number, _ in lines):
        raise UserError(f"“{operation.title}”涉及已彻底删除的个人信息，不能撤销。")


def _kept(session: Session, effects: Iterable[Effect]) -> set[tuple[date, int | None]]:
    """The days and cash books into which remittances that will go brought what was kept of them."""
    numbers = [effect.record_id for effect in effects if effect.record_type is Remittance and effect.added]
    found = select(Remittance.remitted_on, Remittance.branch_id)
    found = found.where(Remittance.id.in_(numbers), Remittance.kept > Decimal(0))
    return {(on, branch_id) for on, branch_id in session.execute(found)}


def _last(session: Session) -> Operation | None:
    """The last operation that is neither an undo nor undone nor the making of the file, which is the first.

    That something private was exported or looked at is no step to be taken back.
    """
    undone = select(Operation.undoes_id).where(Operation.undoes_id.is_not(None))
    first = select(func.min(Operation.id)).scalar_subquery()
    noted = select(Change.operation_id).where(Change.table_name.in_(NOTES))
    wanted = select(Operation).where(Operation.undoes_id.is_(None), Operation.id.not_in(undone), Operation.id != first)
    wanted = wanted.where(Operation.id.not_in(noted))
    return session.scalars(wanted.order_by(Operation.id.desc()).limit(1)).first()


def effects(session: Session, operation: Operation) -> list[Effect]:
    """What the operation did to each record that it changed in the end, all its lines of one record together."""
    types = trail.record_types()
    found: dict[tuple[str, int], Effect] = {}
    lines = select(Change).where(Change.operation_id == operation.id).order_by(Change.id)
    for line in session.scalars(lines):
        type_ = types[line.table_name]
        key = (line.table_name, line.record_id)
        effect = found.setdefault(key, Effect(type_, line.record_id, added=line.verb == ADD))
        effect.removed = line.verb == REMOVE
        old, new = audit.unpacked(type_, line.old), audit.unpacked(type_, line.new)
        effect.before = old | effect.before
        effect.after = effect.after | new
    return [effect for effect in found.values() if not (effect.added and effect.removed)]


def _take_money_back(session: Session, effects: Sequence[Effect], reason: str, today: date) -> list[Effect]:
    """Reverses what was paid, moves back what was moved between months; answers the effects that are left.

    What the counter-entries name stays: a drive with what was given in it, a gift handed out with its round.
    """
    paid = {effect.record_id for effect in effects if effect.record_type is Payment and effect.added}
    apart: list[LargePayment | CashEntry | CareFundEntry | CareHandout | Handover | Donation] = []
    left = []
    for effect in effects:
        if not effect.added or effect.record_type not in MONEY:
            left.append(effect)
        elif effect.record_type is not Allotment:
            record: Any = session.get_one(effect.record_type, effect.record_id)
            if record.reverses_id is not None:
                raise UserError("上一步是冲销，已经入账，不能撤销；如需恢复，请重新登记。")
            if effect.record_type is not Payment:
                apart.append(record)
        else:
            allotment = session.get_one(Allotment, effect.record_id)
            if allotment.payment_id not in paid:
                session.add(_moved_back(allotment))
    for payment_id in sorted(paid):
        payments.reverse(session, payment_id, reason, today)
    for record in sorted(apart, key=lambda each: MONEY.index(type(each))):  # handed over first, then what was given
        if not isinstance(record, LargePayment):
            _REVERSING[type(record)](session, record.id, reason, today)
        elif record.payment_id not in paid:  # one that came with dues went back with them
            large_payments.reverse(session, record.id, reason, today)
    session.flush()
    named = {place for record in apart for place in _named_by(session, record)}
    return [each for each in left if not (each.added and (each.record_type, each.record_id) in named)]


def _named_by(session: Session, record: Record) -> set[tuple[type[Record], int | None]]:
    """What an entry of money beside dues hangs on, by table and number."""
    if isinstance(record, Handover | Donation):
        return {(DonationDrive, record.drive_id)}
    if isinstance(record, CareFundEntry):
        return {(CareFund, record.fund_id)}
    if not isinstance(record, CareHandout):
        return set()
    gift = session.get_one(CareGift, record.gift_id)
    parts = session.scalars(select(CarePart).where(CarePart.gift_id == gift.id)).all()
    named: set[tuple[type[Record], int | None]] = {(CareGift, gift.id), (CareRound, gift.round_id)}
    named |= {(CarePart, part.id) for part in parts} | {(CareFund, part.fund_id) for part in parts}
    return named | {(CareFund, gift.goods_fund_id)}


def _moved_back(allotment: Allotment) -> Allotment:
    return Allotment(
        payment_id=allotment.payment_id,
        member_id=allotment.member_id,
        month=allotment.month,
        amount=-allotment.amount,
        remittance_id=allotment.remittance_id,
    )


def _take_back(session: Session, effects: Sequence[Effect], title: str) -> None:
    """Restores the values that were changed and what was removed, table by table, then removes what was added.

    Each record after those it names and before those that name it, so that no reference is broken on the way. Within
    a table changes go first: what took the place of something removed gives it back.
    """
    in_order = _by_reference(effects)
    for effect in in_order:
        if effect.removed:
            session.flush()
            session.add(effect.record_type(id=effect.record_id, **effect.before))
            session.flush()
        elif not effect.added:
            record = _unchanged(session, effect, title)
            for name, value in effect.before.items():
                setattr(record, name, value)
    session.flush()
    for effect in reversed(in_order):
        if effect.added:
            session.delete(_unchanged(session, effect, title))
            session.flush()


def _by_reference(effects: Iterable[Effect]) -> list[Effect]:
    """Tables before those that refer to them, and within a table by number: a record refers to earlier ones only.

    What was removed stands after the rest of its table.
    """
    order = {table.name: position for position, table in enumerate(Base.metadata.sorted_tables)}
    return sorted(
        effects, key=lambda effect: (order[effect.record_type.__tablename__], effect.removed, effect.record_id)
    )


def _unchanged(session: Session, effect: Effect, title: str) -> Record:
    """The record as the operation left it; UserError when it was changed or removed since."""
    record = session.get(effect.record_type, effect.record_id)
    if record is None:
        raise UserError(f"“{title}”涉及的记录后来被删除了，不能撤销。")
    if any(getattr(record, name) != value for name, value in effect.after.items()):
        raise UserError(f"“{title}”涉及的内容后来又改过，不能撤销。")
    return record
