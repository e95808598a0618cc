"""Taking back what was done, and doing it again, from the trail of changes; it works after a restart too."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from models import audit, steps
from models.audit import Change, Operation
from models.base import Base, Record
from models.database import Database
from models.effects import Effect, effects
from models.errors import UserError
from models.postings import MONEY, Postings, Standing
from models.records.dues import cash_book
from models.records.dues.remittances import Remittance
from models.records.erasures import Erasure
from models.steps import REDO, UNDO, Step


def can_undo(session: Session) -> str | None:
    """The title of what would be taken back, None when there is nothing."""
    return next((step.title for step in steps.done(session)), None)


def can_redo(session: Session) -> str | None:
    """The title of what would be done again, None when there is nothing."""
    return next((step.title for step in steps.taken_back(session)), None)


def undo_last(session: Session, today: date) -> str:
    """Takes back the last step that is in force and answers its title; UserError when it cannot be.

    Records added are removed, changed ones get their old values, removed ones come back under their number. Money is
    never deleted: what was booked is reversed by counter-entries dated `today`, what was reversed is booked again, what
    was moved to other months moves back.
    """
    return _last(session, steps.done(session), today, UNDO)


def redo_last(session: Session, today: date) -> str:
    """Does again the last step that was taken back, while nothing else was done since, and answers its title.

    It is the taking back of the undo, with the same rules: UserError when it cannot be.
    """
    return _last(session, steps.taken_back(session), today, REDO)


def _last(session: Session, known: Sequence[Step], today: date, word: str) -> str:
    if not known:
        raise UserError(f"没有可以{word}的操作。")
    take_back(session, session.get_one(Operation, known[0].last), today)
    return known[0].title


def undo_steps(database: Database, today: date, to: int | None = None) -> list[str]:
    """Takes back the last step, or every step from there to that of the number `to`; answers their titles in order.

    Each is an operation of its own, and all are saved together; UserError where one of them cannot be taken back.
    """
    return _all(database, today, UNDO, to)


def redo_steps(database: Database, today: date, to: int | None = None) -> list[str]:
    """Does again the last step that was taken back, or every one to that of the number `to`, as `undo_steps`."""
    return _all(database, today, REDO, to)


def _all(database: Database, today: date, word: str, to: int | None) -> list[str]:
    with database.writing(word) as session:
        assert isinstance(session, audit.AuditedSession)
        wanted = until(steps.done(session) if word == UNDO else steps.taken_back(session), to, word)
        for step in wanted:
            try:
                take_back(session, session.get_one(Operation, step.last), today)
            except UserError as error:
                if step is wanted[0]:
                    raise
                raise UserError(f"不能{word}到这里：{error}") from error
            audit.finish(session, database.actor, f"{word}：{step.title}", database.clock())
        session.undoes = None
        return [step.title for step in wanted]


def until(known: Sequence[Step], to: int | None, word: str) -> Sequence[Step]:
    """The steps to that of the number `to`, or only the first; UserError where there are none."""
    if not known:
        raise UserError(f"没有可以{word}的操作。")
    if to is None:
        return known[:1]
    place = next((place for place, step in enumerate(known) if to in (step.root, step.last)), None)
    if place is None:
        raise UserError(f"这一步现在不能{word}，请重新选择。")
    return known[: place + 1]


def take_back(session: Session, operation: Operation, today: date) -> None:
    """Takes back one operation, as `undo_last` does, or does it again where it was itself an undo.

    UserError where what came later does not allow it.
    """
    assert isinstance(session, audit.AuditedSession)
    known = steps.chains(session)
    word = REDO if known.word(operation.id) == UNDO else UNDO
    title, session.undoes = session.get_one(Operation, known.root(operation.id)).title, operation.id
    _require_whole(session, operation, f"“{title}”", word)
    found = effects(session, operation)
    kept = _kept(session, found)
    standing = Standing(session)
    try:
        others = Postings(session, standing, f"{word}“{title}”", today).take_back(found)
        _take_back(session, others, standing, f"“{title}”", word)
    except IntegrityError as error:
        raise UserError(f"“{title}”之后登记的内容还用着它，不能{word}；请先处理那些内容。") from error
    for on, branch_id in kept:
        least = cash_book.least_from(session, on, branch_id)
        if least < 0:
            raise UserError(f"“{title}”留存的党费用在了支出里，撤销后收支台账会出现结余 {least:,.2f} 元，不能撤销。")


def _require_whole(session: Session, operation: Operation, title: str, word: str) -> None:
    """UserError for an erasing, and for an operation of which an erasing took something: neither can come back."""
    lines = session.execute(select(Change.id, Change.table_name).where(Change.operation_id == operation.id)).all()
    if any(table == Erasure.__tablename__ for _, table in lines):
        raise UserError("个人信息已经彻底删除，不能恢复，也不能撤销。")
    if not audit.erased_lines(session).keys().isdisjoint(number for number, _ in lines):
        raise UserError(f"{title}涉及已彻底删除的个人信息，不能{word}。")


def _kept(session: Session, effects: Iterable[Effect]) -> set[tuple[date, int | None]]:
    """The days and cash books into which remittances that will go brought what was kept of them."""
    numbers = [effect.record_id for effect in effects if effect.record_type is Remittance and effect.added]
    found = select(Remittance.remitted_on, Remittance.branch_id)
    found = found.where(Remittance.id.in_(numbers), Remittance.kept > Decimal(0))
    return {(on, branch_id) for on, branch_id in session.execute(found)}


def _take_back(session: Session, effects: Sequence[Effect], standing: Standing, title: str, word: str) -> None:
    """Restores the values that were changed and what was removed, table by table, then removes what was added.

    Each record after those it names and before those that name it, so that no reference is broken on the way. Within
    a table changes go first: what took the place of something removed gives it back.
    """
    in_order = _by_reference(effects)
    for effect in in_order:
        type_ = effect.record_type
        before = {name: standing.value(type_, name, value) for name, value in effect.before.items()}
        if effect.removed:
            session.flush()
            session.add(type_(id=effect.record_id, **before))
            session.flush()
        elif not effect.added:
            record = _unchanged(session, effect, standing, title, word)
            for name, value in before.items():
                setattr(record, name, value)
    session.flush()
    for effect in reversed(in_order):
        if effect.added:
            session.delete(_unchanged(session, effect, standing, title, word))
            session.flush()


def _by_reference(effects: Iterable[Effect]) -> list[Effect]:
    """Tables before those that refer to them, and within a table by number: a record refers to earlier ones only.

    What was removed stands after the rest of its table.
    """
    order = {table.name: position for position, table in enumerate(Base.metadata.sorted_tables)}
    return sorted(
        effects, key=lambda effect: (order[effect.record_type.__tablename__], effect.removed, effect.record_id)
    )


def _unchanged(session: Session, effect: Effect, standing: Standing, title: str, word: str) -> Record:
    """The record as the operation left it; UserError when it was changed or removed since."""
    number = standing.of(effect) if effect.record_type in MONEY else effect.record_id
    record = session.get(effect.record_type, number)
    if record is None:
        raise UserError(f"{title}涉及的记录后来被删除了，不能{word}。")
    if not standing.agrees(effect, number):
        raise UserError(f"{title}涉及的内容后来又改过，不能{word}。")
    return record
