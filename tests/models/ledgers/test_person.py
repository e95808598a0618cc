"""The file of one member: entry card, dues by month, changes in words."""

from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from models.database import Database
from models.errors import UserError
from models.ledger import View
from models.ledgers.members import person
from models.ledgers.members.directory import directory_rows
from models.ledgers.members.person import ENTRY_CARD, PersonFile, entry_card
from models.records.dues import assessments, months, payments
from models.records.dues.payments import Collection
from models.records.members import members
from models.rules.periods import Month, PartialDate, Period
from tests import samples

TODAY = date(2026, 11, 20)
OCTOBER, NOVEMBER = Month(2026, 10), Month(2026, 11)
VIEW = View(TODAY, Period(NOVEMBER, NOVEMBER))
NUMBER = "119908194807080358"


@pytest.fixture
def branch(database: Database) -> Database:
    """A branch with one retired member who paid October and owes November."""
    with database.writing("新增党员") as session:
        members.add(
            session,
            {
                "name": "钱永年",
                "id_number": NUMBER,
                "full_member_on": PartialDate(1971, 8),
                "group": "第一党小组",
                "phone": "10000000006",
            },
        )
        assessments.save_one(session, 1, {"dues_category": "离退休", "dues_base": Decimal("5000.00")})
    with database.writing("开账") as session:
        for month in (OCTOBER, NOVEMBER):
            months.open_month(session, month, TODAY)
        payments.collect(session, 1, OCTOBER, Collection(TODAY))
    return database


def file_of(database: Database, member_id: int = 1, private: bool = False) -> PersonFile:
    with database.reading() as session:
        return person.person(session, member_id, VIEW, private)


def test_the_entry_card_stands_in_the_national_order(branch: Database) -> None:
    filed = file_of(branch)
    card = entry_card(filed)
    assert [title for title, _ in card[:9]] == [
        "姓名", "公民身份号码", "性别", "民族", "出生日期", "学历", "人员类别", "学位", "所在党支部",
    ]  # fmt: skip
    assert dict(card)["出生日期"] == "1948-07-08"
    assert dict(card)["所在党小组"] == "第一党小组"
    assert dict(card)["党龄"] == "55"
    assert filed.values["age"] == 78
    assert len(card) == len(set(ENTRY_CARD))


def test_dues_stand_by_year_with_their_states(branch: Database) -> None:
    filed = file_of(branch)
    (year,) = filed.dues
    assert [cell.standing.state for cell in year.cells[8:]] == ["not_due", "paid", "unpaid", "not_due"]
    assert (year.due, year.paid) == (Decimal("50.00"), Decimal("25.00"))
    assert (filed.paid_until, filed.owed_months, filed.owed) == (OCTOBER, (NOVEMBER,), Decimal("25.00"))
    assert filed.latest is not None
    assert filed.latest[1].working == "5000.00 × 0.5% = 25.00"


def test_every_change_is_told_with_old_and_new(branch: Database) -> None:
    with branch.writing("调整党小组") as session:
        members.change(session, 1, {"group": "第二党小组", "phone": "10000000007"})
    with branch.writing("核定党费") as session:
        assessments.save_one(session, 1, {"dues_base": Decimal("5600.00"), "from_month": Month(2027, 1)})
    newest, moved, assessed, added = file_of(branch, private=True).changes
    assert newest.details[:1] == ("新增党费核定",)
    assert "缴费基数：5,600.00" in newest.details
    assert moved.title == "调整党小组"
    assert set(moved.details) == {"联系电话：10000000006 → 10000000007", "所在党小组：第一党小组 → 第二党小组"}
    assert moved.actor == "周丽萍"
    assert "党费类别：离退休" in assessed.details
    assert added.details == ("新增",)


def test_numbers_in_the_changes_are_masked_until_asked_for(branch: Database) -> None:
    with branch.writing("改电话") as session:
        members.change(session, 1, {"phone": "10000000007"})
    assert file_of(branch).changes[0].details == ("联系电话：100****0006 → 100****0007",)


def test_changes_of_others_stay_out(branch: Database) -> None:
    with branch.writing("新增党员") as session:
        other = members.add(session, {"name": "林小满", "birth_date": PartialDate(1998, 3)})
        assessments.save_one(session, other.id, {"dues_category": "学生"})
        number = other.id
    assert [change.details[0] for change in file_of(branch, number).changes] == ["新增党费核定", "新增"]


def test_a_removed_assessment_is_still_told(branch: Database) -> None:
    with branch.writing("删除核定") as session:
        assessments.remove(session, 1)
    assert file_of(branch).changes[0].details[:2] == ("删除党费核定", "党费类别：离退休")


def test_leaving_is_told_and_the_directory_keeps_who_left(branch: Database) -> None:
    with branch.writing("转出") as session:
        members.leave(session, 1, "转出", date(2026, 11, 18), "邻市某局机关党委", NOVEMBER)
    filed = file_of(branch)
    assert filed.status == "转出"
    assert "转往单位：（空） → 邻市某局机关党委" in filed.changes[0].details
    with branch.reading() as session:
        (row,) = directory_rows(session, VIEW)
    assert (row.status, row.left_on, row.dues_until, row.age) == ("转出", date(2026, 11, 18), NOVEMBER, 78)


def test_nobody_of_that_number_is_refused(branch: Database) -> None:
    with pytest.raises(UserError, match="没有编号为 99 的党员"):
        file_of(branch, 99)


@pytest.mark.parametrize(
    ("born", "today", "years"),
    [
        ("1980-11-20", date(2026, 11, 20), 46),
        ("1980-11-21", date(2026, 11, 20), 45),
        ("1980-02-29", date(2026, 2, 28), 45),
        ("1980", date(2026, 1, 1), 46),
        ("2027-01-01", date(2026, 1, 1), 0),
    ],
)
def test_age_in_whole_years(born: str, today: date, years: int) -> None:
    assert person.age(PartialDate.parse(born), today) == years


def test_unknown_birth_has_no_age() -> None:
    assert person.age(None, TODAY) is None


def test_the_file_of_a_member_reads_only_that_member(tmp_path: Path) -> None:
    with closing(samples.build(tmp_path / "示例.zbtz", TODAY)) as made, made.reading() as session:
        one = person.person(session, 4, VIEW)
        assert one.name == "吴国强"
        assert [cell.standing.state for cell in one.dues[0].cells[4:6]] == ["paid", "paid"]
