"""Taking back the last thing that was done, from the trail of changes; it works after a restart too."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models import audit, trail
from models.audit import ADD, CHANGE, Change, Operation
from models.base import Record
from models.errors import UserError
from models.records import payments
from models.records.payments import Allotment, Payment

_BEGINNINGS = frozenset({"新建数据文件"})
_MONEY = frozenset({Payment.__tablename__, Allotment.__tablename__})


def can_undo(session: Session) -> str | None:
    """The title of what would be taken back, None when there is nothing."""
    operation = _last(session)
    return operation.title if operation is not None else None


def undo_last(session: Session, today: date) -> str:
    """Takes back the last operation not yet taken back and answers its title; UserError when it cannot be.

    Records added are removed, changed ones get their old values, removed ones come back under their number. Money is
    never deleted: payments are reversed by counter-entries dated `today`.
    """
    operation = _last(session)
    if operation is None:
        raise UserError("没有可以撤销的操作。")
    assert isinstance(session, audit.AuditedSession)
    changes = session.scalars(
        select(Change).where(Change.operation_id == operation.id).order_by(Change.id.desc())
    ).all()
    types = trail.record_types()
    _refuse_settled_money(session, changes)
    paid = [each.record_id for each in changes if each.table_name == Payment.__tablename__ and each.verb == ADD]
    for payment_id in reversed(paid):
        payments.reverse(session, payment_id, f"撤销“{operation.title}”", today)
    for change in changes:
        if not (change.verb == ADD and change.table_name in _MONEY):
            _take_back(session, types[change.table_name], change)
            session.flush()
    session.undoes = operation.id
    return operation.title


def _last(session: Session) -> Operation | None:
    """The last operation that is neither an undo nor undone nor the making of the file."""
    undone = select(Operation.undoes_id).where(Operation.undoes_id.is_not(None))
    wanted = select(Operation).where(
        Operation.undoes_id.is_(None), Operation.id.not_in(undone), Operation.title.not_in(_BEGINNINGS)
    )
    return session.scalars(wanted.order_by(Operation.id.desc()).limit(1)).first()


def _refuse_settled_money(session: Session, changes: Sequence[Change]) -> None:
    for change in changes:
        if change.table_name == Payment.__tablename__ and change.verb == ADD:
            payment = session.get_one(Payment, change.record_id)
            if payment.reverses_id is not None:
                raise UserError("上一步是冲销，已经入账，不能撤销；如需恢复，请重新收缴。")
        elif change.table_name == Allotment.__tablename__ and change.verb == ADD:
            allotment = session.get_one(Allotment, change.record_id)
            added = {each.record_id for each in changes if each.table_name == Payment.__tablename__}
            if allotment.payment_id not in added:
                raise UserError("上一步是把多交的党费转到其他月份，已经入账，不能撤销。")


def _take_back(session: Session, record_type: type[Record], change: Change) -> None:
    record = session.get(record_type, change.record_id)
    old = audit.unpacked(record_type, change.old)
    if change.verb == ADD:
        if record is not None:
            session.delete(record)
    elif change.verb == CHANGE:
        if record is None:
            raise UserError("这一步改动的记录后来被删除了，不能撤销。")
        new = audit.unpacked(record_type, change.new)
        if any(getattr(record, name) != value for name, value in new.items()):
            raise UserError("这一步改动的内容后来又改过，不能撤销。")
        for name, value in old.items():
            setattr(record, name, value)
    else:
        session.add(record_type(id=change.record_id, **old))
