"""The last action taken back: everything as it was, but money, which is reversed and never deleted."""

from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import select

from models import attachments, checks, settings, trail
from models.audit import Change, Operation
from models.database import Database
from models.errors import UserError
from models.records.dues import assessments, cash_book, months, payments, remittances
from models.records.dues.months import Due, DuesMonth
from models.records.dues.payments import Allotment, Collection, Payment
from models.records.dues.remittances import Remittance, Voucher
from models.records.members import members, organisation, roster
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.rules.periods import Month, PartialDate
from models.undo import can_undo, undo_last
from tests import samples

TODAY = date(2026, 11, 23)
NOVEMBER, DECEMBER = Month(2026, 11), Month(2026, 12)
SOMEBODY = {"name": "张红卫", "birth_date": PartialDate(1980, 5), "phone": "10000000001"}


def undo(database):
    with database.writing("撤销") as session:
        return undo_last(session, TODAY)


def content(database):
    """Every record of every table, but for its version."""
    with database.reading() as session:
        return {
            (name, record.id): {
                column.name: getattr(record, column.name)
                for column in type_.__table__.columns
                if column.name != "version"
            }
            for name, type_ in trail.record_types().items()
            for record in session.scalars(select(type_))
        }


def owed(database, month=NOVEMBER):
    with database.reading() as session:
        return payments.still_owed(session, session.get_one(Member, 1), month)


@pytest.fixture
def member(database):
    """A file with one member who owes November 111.30."""
    with database.writing("登记") as session:
        members.add(session, SOMEBODY)
        assessments.save_one(session, 1, {"dues_category": "在职", "dues_base": Decimal("7420.00")})
    with database.writing("开账") as session:
        months.open_month(session, NOVEMBER, TODAY)
    return database


def _add(session):
    members.add(session, SOMEBODY | {"name": "李秀英", "group": "第一党小组"})


def _change(session):
    members.change(session, 1, {"phone": None, "remark": "新", "dues_base": Decimal("8000.00")})
    session.get_one(Member, 1).remark = "更新"


def _leave(session):
    members.leave(session, 1, "转出", TODAY, "邻市")


def _import(session):
    rows = [SOMEBODY | {"name": f"张{number}", "branch": "乙局第二党支部"} for number in range(5)]
    roster.save(session, [*rows, SOMEBODY | {"remark": "导入"}])


def _remove(session):
    assessments.remove(session, 1)


def _replace(session):
    assessments.remove(session, 1)
    assessments.save_one(session, 1, {"dues_category": "在职", "dues_base": Decimal("9000.00")})


def _set(session):
    settings.change(session, secretary="周丽萍", collection_day=20)


def _rename(session):
    organisation.rename(session, 1, "丙局党支部")


def _open(session):
    months.open_month(session, DECEMBER, TODAY)


def _attach(session):
    attachments.add(session, "凭证.pdf", b"%PDF-1.7")


def _come_and_go(session):
    members.add(session, SOMEBODY | {"name": "李秀英"})
    passing = members.add(session, SOMEBODY | {"name": "王建国"})
    session.delete(passing)


@pytest.mark.parametrize(
    "action",
    [_add, _change, _leave, _import, _remove, _replace, _set, _rename, _open, _attach, _come_and_go],
)
def test_everything_is_as_it_was(member, action):
    before = content(member)
    with member.writing("做一件事") as session:
        action(session)
    assert content(member) != before
    assert undo(member) == "做一件事"
    assert content(member) == before
    assert checks.check(member) == []


def test_what_is_undone_stands_in_the_trail(member):
    undo(member)
    with member.reading() as session:
        done, undone = session.scalars(select(Operation).order_by(Operation.id.desc()).limit(2)).all()[::-1]
        assert (done.title, undone.title, undone.undoes_id) == ("开账", "撤销", done.id)
        lines = session.scalars(select(Change.verb).where(Change.operation_id == undone.id)).all()
        assert lines == ["remove", "remove"]


def test_undoing_again_goes_further_back_and_stops_at_the_beginning(member, tmp_path):
    with member.writing("改") as session:
        members.change(session, 1, {"phone": None})
    assert [undo(member) for _ in range(3)] == ["改", "开账", "登记"]
    with member.reading() as session:
        assert can_undo(session) is None
        assert session.scalars(select(Member)).all() == []
        assert settings.read(session).unit == "甲局第一党支部"
    with pytest.raises(UserError, match="没有可以撤销的操作"):
        undo(member)


def test_it_works_after_a_restart(member):
    member.close()
    with closing(Database.open(member.path)) as again:
        with again.reading() as session:
            assert can_undo(session) == "开账"
        assert undo(again) == "开账"


def test_something_new_after_an_undo_is_undone_first(member):
    undo(member)
    with member.writing("改") as session:
        members.change(session, 1, {"phone": None})
    assert undo(member) == "改"
    assert undo(member) == "登记"


def test_money_is_reversed_and_never_deleted(member):
    with member.writing("收缴") as session:
        payments.collect(session, 1, NOVEMBER, Collection(TODAY))
    assert owed(member) == 0
    assert undo(member) == "收缴"
    assert owed(member) == Decimal("111.30")
    with member.reading() as session:
        paid, counter = session.scalars(select(Payment).order_by(Payment.id)).all()
        assert (paid.amount, counter.amount, counter.reverses_id) == (Decimal("111.30"), Decimal("-111.30"), paid.id)
        assert counter.remark == "冲销：撤销“收缴”"
        assert counter.paid_on == TODAY
    assert checks.check(member) == []


def test_undo_goes_on_behind_reversed_money(member):
    with member.writing("收缴") as session:
        payments.collect(session, 1, NOVEMBER, Collection(TODAY))
    assert undo(member) == "收缴"
    assert undo(member) == "开账"
    with member.reading() as session:
        assert session.scalars(select(DuesMonth)).all() == []
        assert session.scalars(select(Due)).all() == []
        assert len(session.scalars(select(Payment)).all()) == 2
    with pytest.raises(UserError, match="“登记”之后登记的内容还用着它，不能撤销"):
        undo(member)
    assert checks.check(member) == []


def test_a_whole_collection_is_taken_back_at_once(member):
    with member.writing("登记") as session:
        for name in ("李秀英", "王建国"):
            number = members.add(session, SOMEBODY | {"name": name}).id
            assessments.save_one(session, number, {"dues_category": "在职", "dues_base": Decimal("7420.00")})
        months.open_month(session, NOVEMBER, TODAY)
    with member.writing("全部收缴") as session:
        payments.collect_all(session, NOVEMBER, Collection(TODAY), [1, 2, 3])
    undo(member)
    with member.reading() as session:
        amounts = session.scalars(select(Payment.amount).order_by(Payment.id)).all()
    assert amounts == [Decimal("111.30")] * 3 + [Decimal("-111.30")] * 3
    assert checks.check(member) == []


def test_an_excess_moved_to_another_month_moves_back(member):
    with member.writing("收缴") as session:
        payments.collect(session, 1, NOVEMBER, Collection(TODAY), Decimal("150.00"))
    with member.writing("转到下月") as session:
        payments.allot_excess(session, 1, NOVEMBER, [DECEMBER])
    assert owed(member, DECEMBER) == Decimal("72.60")
    assert undo(member) == "转到下月"
    assert owed(member, DECEMBER) == Decimal("111.30")
    with member.reading() as session:
        booked = session.scalars(select(Allotment.amount).where(Allotment.month == NOVEMBER)).all()
    assert sum(booked) == Decimal("150.00")
    assert checks.check(member) == []
    assert undo(member) == "收缴"
    assert checks.check(member) == []


def test_handing_up_is_taken_back_and_the_money_waits_again(member):
    with member.writing("收缴") as session:
        payments.collect(session, 1, NOVEMBER, Collection(TODAY))
    before = content(member)
    with member.writing("上缴并结账") as session:
        remittances.remit(session, NOVEMBER, TODAY, "20261123")
        remittances.close_month(session, NOVEMBER, TODAY)
    assert undo(member) == "上缴并结账"
    assert content(member) == before
    with member.reading() as session:
        assert session.scalars(select(Remittance)).all() == []
        assert session.scalars(select(Voucher)).all() == []
        assert remittances.waiting(session, NOVEMBER) == Decimal("111.30")
    assert checks.check(member) == []


@pytest.mark.parametrize(("on", "refused"), [(TODAY, False), (TODAY - timedelta(days=1), True)])
def test_handing_up_stays_where_the_book_would_have_spent_what_it_never_had(member, on, refused):
    """Undoing the spending books it back today: of an earlier day, the book was short until then."""
    with member.writing("收缴") as session:
        settings.change(session, remit_percent="20.00")
        payments.collect(session, 1, NOVEMBER, Collection(on))
    with member.writing("上缴") as session:
        remittances.remit(session, NOVEMBER, on, "V-1")
    with member.writing("支出") as session:
        use = {"on": on, "summary": "学习", "kind": "教育培训", "decided_on": on, "amount": Decimal("80.00")}
        cash_book.spend(session, use)
    assert undo(member) == "支出"
    if refused:
        before = content(member)
        with pytest.raises(UserError, match=r"撤销后收支台账会出现结余 -80\.00 元"):
            undo(member)
        assert content(member) == before
    else:
        assert undo(member) == "上缴"
    assert checks.check(member) == []


def test_a_withdrawal_is_taken_back_with_its_numbers(member):
    with member.writing("收缴") as session:
        payments.collect(session, 1, NOVEMBER, Collection(TODAY))
        remittances.remit(session, NOVEMBER, TODAY, "20261123")
    before = content(member)
    with member.writing("撤回上缴") as session:
        remittances.withdraw(session, 1)
    assert undo(member) == "撤回上缴"
    assert content(member) == before
    assert checks.check(member) == []


def test_a_refused_undo_changes_nothing(member):
    with member.writing("登记支部") as session:
        above = session.get_one(Organisation, 1)
        organisation.group_for(session, above, "第一党小组")
    with member.writing("分组") as session:
        members.change(session, 1, {"group": "第一党小组"})
    with member.writing("跳过") as session:
        session.undoes = session.scalars(select(Operation.id).where(Operation.title == "分组")).one()
        members.change(session, 1, {"remark": "假装撤销了"})
    before = content(member)
    with pytest.raises(UserError, match="“登记支部”之后登记的内容还用着它，不能撤销"):
        undo(member)
    assert content(member) == before


@pytest.mark.parametrize("removed", [False, True])
def test_what_was_changed_since_is_left_alone(member, removed):
    """That cannot come about by the program's own undo, which goes back step by step."""
    with member.writing("添加") as session:
        number = members.add(session, SOMEBODY | {"name": "李秀英"}).id
    with member.writing("后来") as session:
        session.undoes = 1
        if removed:
            session.delete(session.get_one(Member, number))
        else:
            members.change(session, number, {"phone": None})
    with pytest.raises(UserError, match="后来被删除了" if removed else "后来又改过"):
        undo(member)


def test_a_year_is_taken_back_as_far_as_money_allows(tmp_path):
    with closing(samples.build(tmp_path / "示例.zbtz", samples.DAY)) as built:
        titles = []

        def undo_all():
            while True:
                titles.append(undo(built))

        with pytest.raises(UserError, match="请先重新打开"):
            undo_all()
        assert titles[:2] == ["2026年11月收缴党费", "2026年11月开账"]
        assert len(titles) >= 10
        assert checks.check(built) == []
