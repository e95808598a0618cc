"""An import taken back whole, though other things were done since; what hangs on it is named and keeps it."""

from contextlib import closing
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import checks
from models.database import Database
from models.errors import UserError
from models.import_journal import hanging, imports, undo_import
from models.ledgers import catalogue
from models.ledgers.sheets import view_of
from models.records import headings
from models.records.dues import assessments, months, payments, remittances
from models.records.dues.payments import Collection
from models.records.members import members, roster
from models.records.members.members import Member, find
from models.rules.periods import Month, PartialDate
from tests.models.test_undo import content

TODAY = date(2026, 11, 23)
NOVEMBER = Month(2026, 11)
BORN = PartialDate(1980, 5)
ROWS = [{"name": name, "birth_date": BORN, "branch": "乙局第二党支部"} for name in ("张红卫", "李秀英", "王建国")]


@pytest.fixture
def imported(database):
    """A file with one member of its own and an import of three."""
    with database.writing("登记") as session:
        members.add(session, {"name": "周丽萍", "birth_date": BORN, "phone": "10000000001"})
    take(database, [*ROWS, {"name": "周丽萍", "birth_date": BORN, "phone": "10000000002"}])
    return database


def take(database, rows):
    with database.writing("导入党员信息：名册.xlsx") as session:
        headings.remember(session, "members", {"分机": "phone"})
        roster.save(session, rows)


def last(database):
    with database.reading() as session:
        return imports(session)[0]


def back(database, number=None):
    with database.writing("撤销") as session:
        return undo_import(session, number or imports(session)[0].number, TODAY)


def why_not(database):
    with database.reading() as session:
        return hanging(session, imports(session)[0].number)


def test_imports_are_listed_with_what_they_did(imported):
    done = last(imported)
    assert (done.title, done.undone) == ("导入党员信息：名册.xlsx", False)
    assert sorted(done.summary.split("，")) == ["修改党员 1", "新增党员 3", "新增组织 1"]


def test_an_import_goes_back_though_other_things_were_done_since(imported):
    with imported.writing("别的") as session:
        members.add(session, {"name": "后来人", "birth_date": BORN})
    assert back(imported) == "导入党员信息：名册.xlsx"
    with imported.reading() as session:
        assert [member.name for member in session.query(Member)] == ["周丽萍", "后来人"]
        assert find(session, "周丽萍").phone == "10000000001"
        assert headings.remembered(session, "members") == {}
    assert last(imported).undone
    assert checks.check(imported) == []
    with pytest.raises(UserError, match="已经撤销过了"):
        back(imported)


def test_it_goes_back_after_a_restart(imported):
    imported.close()
    with closing(Database.open(imported.path)) as again:
        assert back(again) == "导入党员信息：名册.xlsx"


def test_what_is_no_import_is_not_taken_back_so(imported):
    with pytest.raises(UserError, match="没有编号为 1 的导入"):
        back(imported, 1)


def assess_and_pay(session):
    number = find(session, "张红卫").id
    assessments.save_one(session, number, {"dues_category": "在职", "dues_base": Decimal("7420.00")})
    months.open_month(session, NOVEMBER, TODAY)
    payments.collect(session, number, NOVEMBER, Collection(TODAY))


def change(session):
    members.change(session, find(session, "周丽萍").id, {"phone": "10000000003"})


def join_the_branch(session):
    members.add(session, {"name": "后来人", "birth_date": BORN, "branch": "乙局第二党支部"})


@pytest.mark.parametrize(
    ("deed", "said"),
    [
        (assess_and_pay, ["张红卫后来有了 1 份核定、1 条应交、1 笔交纳"]),
        (change, ["周丽萍的内容后来又改过"]),
        (join_the_branch, ["乙局第二党支部后来有了 1 名党员"]),
    ],
)
def test_what_hangs_on_it_is_said_and_keeps_it(imported, deed, said):
    with imported.writing("后来") as session:
        deed(session)
    before = content(imported)
    found = why_not(imported)
    assert [sorted(phrase) for phrase in found] == [sorted(phrase) for phrase in said]
    with pytest.raises(UserError, match="不能整批撤销：" + found[0]):
        back(imported)
    assert content(imported) == before


@pytest.fixture
def paid(imported):
    """An import of payments on top."""
    with imported.writing("开账") as session:
        for name in ("张红卫", "李秀英"):
            assessments.save_one(session, find(session, name).id, {"dues_category": "学生"})
        months.open_month(session, NOVEMBER, TODAY)
    rows = [{"name": name, "paid_on": TODAY, "amount": Decimal("0.20")} for name in ("张红卫", "李秀英")]
    with imported.writing("导入党费交纳明细：流水.xlsx") as session:
        save = catalogue.named("dues_payments").save
        assert save is not None
        assert [each.kind for each in save(session, rows, view_of(session, TODAY))] == ["added", "added"]
    return imported


def test_money_of_an_import_is_reversed(paid):
    back(paid)
    with paid.reading() as session:
        assert payments.still_owed(session, find(session, "张红卫"), NOVEMBER) == Decimal("0.20")
    assert checks.check(paid) == []


def test_money_that_moved_on_keeps_an_import(paid):
    with paid.writing("冲销") as session:
        payments.reverse(session, 1, "误记", TODAY)
    assert why_not(paid) == ["其中 1 笔交纳已经冲销"]
    with paid.writing("上缴") as session:
        remittances.remit(session, NOVEMBER, TODAY, "20261123")
    assert why_not(paid) == ["其中 1 笔交纳已经冲销", "其中 2 笔交纳已经上缴"]


PEOPLE = st.lists(
    st.fixed_dictionaries(
        {
            "name": st.sampled_from(["张红卫", "李秀英", "王建国", "周丽萍"]),
            "birth_date": st.sampled_from([BORN, PartialDate(1990, 1, 2)]),
        },
        optional={
            "phone": st.sampled_from([None, "10000000005", "10000000006"]),
            "branch": st.sampled_from(["乙局第二党支部", "丙局第三党支部"]),
            "group": st.sampled_from(["一组", "二组"]),
        },
    ),
    max_size=6,
)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PEOPLE, PEOPLE)
def test_taking_back_restores_every_table_and_reading_twice_changes_nothing(database, first, second):
    with database.writing("登记") as session:
        roster.save(session, first)
    before = content(database)
    with database.writing("导入党员信息：名册.xlsx") as session:
        outcomes = roster.save(session, second)
    after = content(database)
    with database.writing("导入党员信息：再一次") as session:
        roster.save(session, [row for row, done in zip(second, outcomes, strict=True) if done.kind != "refused"])
    assert content(database) == after
    if after != before:
        back(database)
    assert content(database) == before
