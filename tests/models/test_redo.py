"""What was taken back done again: the tables as they were, money by new entries, in any number of steps."""

from collections import defaultdict
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import checks, settings, steps, trail
from models.audit import Operation
from models.database import Database
from models.errors import UserError
from models.postings import ENTRIES, MONEY
from models.records.dues import assessments, cash_book, months, payments, remittances
from models.records.dues.cash_book import CashEntry
from models.records.dues.payments import Allotment, Collection, Payment
from models.records.members import members, organisation, roster
from models.rules.periods import Month, PartialDate
from models.undo import can_redo, can_undo, redo_last, redo_steps, undo_last, undo_steps

TODAY = date(2026, 11, 23)
NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
SOMEBODY = {"name": "张红卫", "birth_date": PartialDate(1980, 5), "phone": "10000000001"}
LEFT_OUT = {"id", "version", "reverses_id", "remittance_id", "payment_id", "cash_entry_id"}


def shown(database: Database) -> Any:
    """What a person sees: every record but money as it is, of money the entries that stand and what is booked."""
    types = trail.record_types()
    with database.reading() as session:
        kept = {
            (name, record.id): _values(record, {"version", "cash_entry_id"})
            for name, type_ in types.items()
            if type_ not in MONEY
            for record in session.scalars(select(type_))
        }
        booked: defaultdict[Any, Any] = defaultdict(Decimal)
        for type_ in ENTRIES:
            entries = session.scalars(select(type_)).all()
            counted = {each.reverses_id for each in entries}
            for each in entries:
                if each.reverses_id is None and each.id not in counted:
                    booked[type_.__name__, _values(each, LEFT_OUT)] += 1
        for part in session.scalars(select(Allotment)):
            booked[part.member_id, part.month, part.remittance_id or 0] += part.amount
        return kept, {key: value for key, value in booked.items() if value}


def _values(record: Any, left_out: set[str]) -> tuple[Any, ...]:
    names = (column.name for column in record.__table__.columns if column.name not in left_out)
    return tuple((name, getattr(record, name)) for name in names)


def undo(database: Database) -> str:
    with database.writing("撤销") as session:
        return undo_last(session, TODAY)


def redo(database: Database) -> str:
    with database.writing("重做") as session:
        return redo_last(session, TODAY)


@pytest.fixture
def member(database: Database) -> Database:
    """A file with one member who owes November 111.30."""
    with database.writing("登记") as session:
        members.add(session, SOMEBODY)
        assessments.save_one(session, 1, {"dues_category": "在职", "dues_base": Decimal("7420.00")})
    with database.writing("开账") as session:
        months.open_month(session, NOVEMBER, TODAY)
    return database


def _add(session: Session) -> None:
    members.add(session, SOMEBODY | {"name": "李秀英", "group": "第一党小组"})


def _change(session: Session) -> None:
    members.change(session, 1, {"phone": None, "remark": "新", "dues_base": Decimal("8000.00")})


def _import(session: Session) -> None:
    roster.save(session, [SOMEBODY | {"name": f"张{number}", "branch": "乙局第二党支部"} for number in range(5)])


def _remove(session: Session) -> None:
    assessments.remove(session, 1)


def _set(session: Session) -> None:
    settings.change(session, secretary="周丽萍", collection_day=20)


def _rename(session: Session) -> None:
    organisation.rename(session, 1, "丙局党支部")


def _open(session: Session) -> None:
    months.open_month(session, DECEMBER, TODAY)


def _collect(session: Session) -> None:
    payments.collect(session, 1, NOVEMBER, Collection(TODAY - timedelta(days=3)))


def _collect_much(session: Session) -> None:
    payments.collect(session, 1, NOVEMBER, Collection(TODAY), Decimal("5000.00"))


def _receive(session: Session) -> None:
    income = {"on": TODAY, "summary": "返还", "kind": "返还党费", "amount": Decimal("80.00")}
    cash_book.receive(session, income)


@pytest.mark.parametrize(
    "action",
    [_add, _change, _import, _remove, _set, _rename, _open, _collect, _collect_much, _receive],
)
def test_what_is_done_again_is_as_it_was(member: Database, action: Any) -> None:
    before = shown(member)
    with member.writing("做一件事") as session:
        action(session)
    after = shown(member)
    for _ in range(2):
        assert undo(member) == "做一件事"
        assert shown(member) == before
        assert redo(member) == "做一件事"
        assert shown(member) == after
    assert checks.check(member) == []


def test_money_is_booked_anew_on_the_day_it_came(member: Database) -> None:
    with member.writing("收缴") as session:
        _collect(session)
    undo(member)
    redo(member)
    with member.reading() as session:
        paid, counter, again = session.scalars(select(Payment).order_by(Payment.id)).all()
        assert (counter.reverses_id, again.reverses_id, again.paid_on) == (paid.id, None, paid.paid_on)
        assert again.amount == paid.amount == -counter.amount


def test_where_balances_are_drawn_by_day_it_is_booked_today_and_says_so(member: Database) -> None:
    with member.writing("返还") as session:
        _receive(session)
        session.scalars(select(CashEntry)).one().on = TODAY - timedelta(days=3)
    undo(member)
    redo(member)
    with member.reading() as session:
        again = session.scalars(select(CashEntry).order_by(CashEntry.id.desc())).first()
        assert again is not None
        assert (again.on, again.remark) == (TODAY, "原登记日期 2026-11-20")


def test_a_reversal_is_taken_back_by_booking_again(member: Database) -> None:
    with member.writing("收缴") as session:
        _collect(session)
    before = shown(member)
    with member.writing("冲销") as session:
        payments.reverse(session, 1, "误记", TODAY)
    after = shown(member)
    for _ in range(2):
        assert undo(member) == "冲销"
        assert shown(member) == before
        assert redo(member) == "冲销"
        assert shown(member) == after
    assert [undo(member), undo(member), undo(member)] == ["冲销", "收缴", "开账"]
    assert [redo(member), redo(member)] == ["开账", "收缴"]
    assert shown(member) == before
    assert checks.check(member) == []


def test_what_hangs_on_an_entry_hangs_on_the_one_that_stands_for_it(member: Database) -> None:
    """Excess moved, then handed up, all taken back and done again: the new payment carries it, and can be reversed."""
    with member.writing("收缴") as session:
        payments.collect(session, 1, NOVEMBER, Collection(TODAY), Decimal("150.00"))
    with member.writing("转到下月") as session:
        payments.allot_excess(session, 1, NOVEMBER, [DECEMBER])
    with member.writing("备注") as session:
        payments.change_remark(session, 1, "多交")
    with member.writing("上缴") as session:
        remittances.remit(session, NOVEMBER, TODAY, "20261123")
    after = shown(member)
    for _ in range(2):
        assert undo_steps(member, TODAY, _numbered(member, "收缴")) == ["上缴", "备注", "转到下月", "收缴"]
        assert redo_steps(member, TODAY, _numbered(member, "上缴")) == ["收缴", "转到下月", "备注", "上缴"]
        assert shown(member) == after
    with member.reading() as session:
        last = session.scalars(select(Payment).where(Payment.reverses_id.is_(None)).order_by(Payment.id.desc())).first()
        assert last is not None
        booked = session.execute(select(Allotment.month, Allotment.amount).where(Allotment.payment_id == last.id))
        assert (last.remark, sum(amount for _, amount in booked)) == ("多交", Decimal("150.00"))
    with member.writing("冲销") as session:
        payments.reverse(session, last.id, "退", TODAY)
    with member.reading() as session:
        sums = session.execute(select(Allotment.month, Allotment.amount)).all()
    assert {month: sum(a for m, a in sums if m == month) for month, _ in sums} == {NOVEMBER: 0, DECEMBER: 0}
    assert checks.check(member) == []


def _numbered(database: Database, title: str) -> int:
    with database.reading() as session:
        return session.scalars(select(Operation.id).where(Operation.title == title)).one()


def test_nothing_is_done_again_once_something_else_was_done(member: Database) -> None:
    undo(member)
    with member.reading() as session:
        assert can_redo(session) == "开账"
    with member.writing("改") as session:
        members.change(session, 1, {"phone": None})
    with member.reading() as session:
        assert (can_redo(session), can_undo(session)) == (None, "改")
    with pytest.raises(UserError, match="没有可以重做的操作"):
        redo(member)


def test_it_works_after_a_restart_in_both_directions(member: Database) -> None:
    with member.writing("改") as session:
        members.change(session, 1, {"phone": None})
    whole = shown(member)
    assert [undo(member) for _ in range(3)] == ["改", "开账", "登记"]
    member.close()
    with closing(Database.open(member.path)) as again:
        assert [redo(again) for _ in range(3)] == ["登记", "开账", "改"]
        assert shown(again) == whole
        assert undo(again) == "改"


def test_several_steps_are_saved_together_each_as_its_own(member: Database) -> None:
    with member.writing("改") as session:
        members.change(session, 1, {"phone": None})
    whole = shown(member)
    assert undo_steps(member, TODAY, _numbered(member, "登记")) == ["改", "开账", "登记"]
    with member.reading() as session:
        titles = session.scalars(select(Operation.title).order_by(Operation.id.desc()).limit(3)).all()
        assert titles == ["撤销：登记", "撤销：开账", "撤销：改"]
        assert [step.title for step in steps.taken_back(session)] == ["登记", "开账", "改"]
    with pytest.raises(UserError, match="没有可以撤销的操作"):
        undo_steps(member, TODAY)
    with pytest.raises(UserError, match="这一步现在不能重做"):
        redo_steps(member, TODAY, 99)
    assert redo_steps(member, TODAY, _numbered(member, "改")) == ["登记", "开账", "改"]
    assert shown(member) == whole
    assert checks.check(member) == []


def test_several_steps_are_all_refused_where_one_of_them_cannot_be(member: Database) -> None:
    with member.writing("收缴") as session:
        _collect(session)
    with member.writing("改") as session:
        members.change(session, 1, {"remark": "新"})
    before = shown(member)
    first = _numbered(member, "登记")
    with pytest.raises(UserError, match="不能撤销到这里：“登记”之后登记的内容还用着它，不能撤销"):
        undo_steps(member, TODAY, first)
    assert shown(member) == before
    with member.reading() as session:
        assert can_undo(session) == "改"
