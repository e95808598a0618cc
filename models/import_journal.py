"""What was imported and when, and taking one import back though other things were done since."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import steps, undo
from models.audit import ADD, CHANGE, Change, Operation
from models.base import Base, Record
from models.effects import Effect, effects
from models.errors import UserError
from models.ledgers.phrases import listed
from models.ledgers.wording import TABLES
from models.postings import MONEY
from models.records.dues.months import Due, DuesMonth
from models.records.dues.payments import Allotment, Payment
from models.records.members.members import Member
from models.rules.periods import show_months

IMPORT = "导入"
_AT_ONCE = 10_000  # numbers in one question to the data file
_DID = {ADD: "新增", CHANGE: "修改"}
_SIDE = frozenset(
    {"allotments", "member_facts", "extra_values", "remembered_headings"}
)  # they come with something else
_COUNTED = {"payments": "笔交纳", "assessments": "份核定", "members": "名党员"}
_Added = dict[str, set[int]]


@dataclass(frozen=True)
class Imported:
    """One import: its number and moment (UTC, ISO), who did it, its title, what it did, whether it was taken back."""

    number: int
    at: str
    actor: str
    title: str
    summary: str
    undone: bool


def imports(session: Session) -> list[Imported]:
    """Every import that the trail tells of, the newest first."""
    known = steps.chains(session)
    counted = (
        select(Change.operation_id, Change.table_name, Change.verb, func.count(Change.record_id.distinct()))
        .join(Operation, Operation.id == Change.operation_id)
        .where(Operation.title.startswith(IMPORT), Operation.undoes_id.is_(None))
        .group_by(Change.operation_id, Change.table_name, Change.verb)
    )
    did: defaultdict[int, list[str]] = defaultdict(list)
    for number, table, verb, count in session.execute(counted):
        if verb in _DID and table not in _SIDE:
            did[number].append(f"{_DID[verb]}{TABLES.get(table, table)} {count}")
    found = select(Operation).where(Operation.title.startswith(IMPORT), Operation.undoes_id.is_(None))
    return [
        Imported(each.id, each.at, each.actor, each.title, "，".join(did[each.id]), not known.in_force(each.id))
        for each in session.scalars(found.order_by(Operation.id.desc()))
    ]


def undo_import(session: Session, number: int, today: date) -> str:
    """Takes back the import of this number and answers its title; money is reversed, as `undo.undo_last` does.

    UserError that names what hangs on it, where anything does, or when it was taken back before.
    """
    operation = session.get(Operation, number)
    if operation is None or not operation.title.startswith(IMPORT):
        raise UserError(f"没有编号为 {number} 的导入。")
    through = steps.current(session, number)
    reasons = hanging(session, number)
    if reasons:
        raise UserError(f"“{operation.title}”不能整批撤销：{'；'.join(reasons)}。")
    undo.take_back(session, through, today)
    return operation.title


def hanging(session: Session, number: int) -> list[str]:
    """What was done since to the records of an import and would be lost with it, a phrase each; empty for nothing.

    UserError where it was taken back.
    """
    found = effects(session, steps.current(session, number))
    added: _Added = defaultdict(set)
    for effect in found:
        if effect.added:
            added[effect.record_type.__tablename__].add(effect.record_id)
    return [
        *_altered(session, found),
        *_named(session, added, found),
        *_paid_since(session, added),
        *_owed_since(session, added),
        *_money_moved(session, added),
    ]


def _altered(session: Session, effects: Sequence[Effect]) -> Iterator[str]:
    """Records changed or removed since; of money nothing can be, but what is said of it."""
    names = []
    for effect in effects:
        if effect.record_type in MONEY:
            continue
        record = session.get(effect.record_type, effect.record_id)
        if record is None or any(getattr(record, key) != value for key, value in effect.after.items()):
            values = effect.before | effect.after
            names.append(_name(session, effect.record_type, values, effect.record_id))
    if names:
        yield f"{listed(list(dict.fromkeys(names)), counted='条记录')}的内容后来又改过"


def _name(session: Session, record_type: type[Record], values: dict[str, Any], record_id: int) -> str:
    record = session.get(record_type, record_id)
    name = values.get("name") or getattr(record, "name", None)
    member_id = values.get("member_id") or getattr(record, "member_id", None)
    if name is None and member_id is not None and (member := session.get(Member, member_id)) is not None:
        name = member.name
    return str(name) if name else TABLES.get(record_type.__tablename__, record_type.__tablename__)


def _named(session: Session, added: _Added, effects: Sequence[Effect]) -> Iterator[str]:
    """Later records that name those added: payments of a member, members of a branch; each is told once.

    What the import itself put there, as an old member into a new group, goes back with it.
    """
    told = {(effect.record_type.__tablename__, effect.record_id) for effect in effects}
    for target in reversed(Base.metadata.sorted_tables):
        if target.name not in added or target.name == Payment.__tablename__:
            continue
        counts: Counter[str] = Counter()
        subjects: set[int] = set()
        for key in (key for table in Base.metadata.sorted_tables for key in table.foreign_keys):
            if key.column.table is not target or key.parent.table.name in _SIDE:
                continue
            table = key.parent.table
            for some in _chunks(added[target.name]):
                for record_id, named in session.execute(select(table.c.id, key.parent).where(key.parent.in_(some))):
                    if (table.name, record_id) not in told:
                        told.add((table.name, record_id))
                        counts[table.name] += 1
                        subjects.add(named)
        if subjects:
            said = "、".join(f"{count} {_COUNTED.get(name, f'条{TABLES[name]}')}" for name, count in counts.items())
            yield f"{_subjects(session, target.name, subjects)}后来有了 {said}"


def _subjects(session: Session, table: str, numbers: set[int]) -> str:
    stored = Base.metadata.tables[table]
    names = (
        [
            str(name)
            for some in _chunks(numbers)
            for name in session.scalars(select(stored.c.name).where(stored.c.id.in_(some)).order_by(stored.c.id))
        ]
        if "name" in stored.c
        else []
    )
    return listed(names, counted="人" if table == Member.__tablename__ else "个") if names else TABLES.get(table, table)


def _paid_since(session: Session, added: _Added) -> Iterator[str]:
    """Payments of later days for the dues that came in."""
    cancelled = select(Payment.reverses_id).where(Payment.reverses_id.is_not(None))
    months, paid = set(), 0
    for some in _chunks(added.get(Due.__tablename__, ())):
        booked = (
            select(Allotment.payment_id, Allotment.month)
            .join(Due, (Due.member_id == Allotment.member_id) & (Due.month == Allotment.month))
            .where(Due.id.in_(some), Allotment.payment_id.not_in(cancelled))
            .group_by(Allotment.payment_id, Allotment.month)
            .having(func.sum(Allotment.amount) > Decimal(0))
        )
        for payment_id, month in session.execute(booked):
            if payment_id not in added.get(Payment.__tablename__, ()):
                paid += 1
                months.add(month)
    if paid:
        yield f"{show_months(list(months))}后来又登记了 {paid} 笔交纳"


def _owed_since(session: Session, added: _Added) -> Iterator[str]:
    """Dues of others in the months that came in."""
    opened = select(DuesMonth.month).where(DuesMonth.id.in_(added.get(DuesMonth.__tablename__, ())))
    later = select(Due.id, Due.month).where(Due.month.in_(opened))
    found = [month for number, month in session.execute(later) if number not in added.get(Due.__tablename__, ())]
    if found:
        yield f"{show_months(found)}后来又登记了 {len(found)} 条应交"


def _money_moved(session: Session, added: _Added) -> Iterator[str]:
    """Payments that were reversed or handed up since."""
    reversed_since = handed_up = 0
    for some in _chunks(added.get(Payment.__tablename__, ())):
        reversed_since += len(session.scalars(select(Payment.id).where(Payment.reverses_id.in_(some))).all())
        up = select(Allotment.payment_id).where(Allotment.payment_id.in_(some), Allotment.remittance_id.is_not(None))
        handed_up += len(set(session.scalars(up)))
    if reversed_since:
        yield f"其中 {reversed_since} 笔交纳已经冲销"
    if handed_up:
        yield f"其中 {handed_up} 笔交纳已经上缴"


def _chunks(numbers: Collection[int]) -> Iterator[list[int]]:
    ordered = sorted(numbers)
    for start in range(0, len(ordered), _AT_ONCE):
        yield ordered[start : start + _AT_ONCE]
