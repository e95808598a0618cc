"""What Today tells: duties and their states, what needs attention, birthdays, a year of dues."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.database import Database
from models.ledger import View
from models.ledgers.dues.duties import DONE, NOT_YET, Duty
from models.ledgers.overview import Overview, overview, year_of_dues
from models.ledgers.phrases import listed
from models.records.dues import assessments, months, payments, remittances
from models.records.dues.payments import Collection
from models.records.members import members
from models.rules.periods import Month, PartialDate, Period
from tests.people import id_number

TODAY = date(2026, 11, 20)
NOVEMBER = Month(2026, 11)
VIEW = View(TODAY, Period(NOVEMBER, NOVEMBER))
WHOLE = {"joined_on": PartialDate(2001, 7, 1), "phone": "10000000001"}


@pytest.fixture
def branch(database: Database) -> Database:
    """Two members on pay; October opened and paid by the first alone."""
    with database.writing("新增党员") as session:
        for number, name in enumerate(("张红卫", "吴国强"), 1):
            person = {"name": name, "id_number": id_number("1980-01-01", number * 2 + 1), "category": "正式党员"}
            members.add(session, WHOLE | person)
            assessments.save_one(session, number, {"dues_category": "在职", "dues_base": Decimal("7420.00")})
    with database.writing("开账") as session:
        months.open_month(session, NOVEMBER + -1, date(2026, 10, 1))
        payments.collect(session, 1, NOVEMBER + -1, Collection(date(2026, 10, 23)))
        remittances.remit(session, NOVEMBER + -1, date(2026, 10, 25), "1")
    return database


def seen(database: Database, **changes: Any) -> Overview:
    with database.reading() as session:
        return overview(session, replace(VIEW, **changes))


def duty(state: Overview, name: str) -> Duty:
    return next(each for each in state.duties if each.name == name)


def open_november(database: Database) -> None:
    with database.writing("开账") as session:
        months.open_month(session, NOVEMBER, date(2026, 11, 2))


def pay(database: Database, member_id: int) -> None:
    with database.writing("收缴") as session:
        payments.collect(session, member_id, NOVEMBER, Collection(TODAY))


def test_before_the_month_is_opened_everything_waits_for_that(branch: Database) -> None:
    state = seen(branch)
    assert not state.opened
    assert duty(state, "开账").mark == ("待开账", "warn")
    assert {duty(state, name).mark for name in ("收缴党费", "上缴党费", "上缴凭证", "结账", "公示")} == {NOT_YET}


@pytest.mark.parametrize(
    ("today", "mark"),
    [
        (date(2026, 11, 20), NOT_YET),
        (date(2026, 11, 23), ("今天", "warn")),
        (date(2026, 11, 26), ("已逾期 3 天", "bad")),
    ],
)
def test_collecting_is_due_on_its_day(branch: Database, today: date, mark: tuple[str, str]) -> None:
    open_november(branch)
    assert duty(seen(branch, today=today), "收缴党费").mark == mark


def test_collecting_goes_on_until_everybody_paid(branch: Database) -> None:
    open_november(branch)
    pay(branch, 1)
    state = seen(branch)
    assert duty(state, "收缴党费").mark == ("正在收缴", "warn")
    assert duty(state, "收缴党费").progress == "已收 1 / 2 人"
    assert (state.unpaid, state.late) == (("吴国强",), 1)
    pay(branch, 2)
    assert duty(seen(branch), "收缴党费").mark == DONE


def test_handing_up_vouching_and_closing_follow_one_another(branch: Database) -> None:
    open_november(branch)
    pay(branch, 1)
    assert duty(seen(branch), "上缴党费").mark == ("待上缴", "warn")
    with branch.writing("上缴") as session:
        handed = remittances.remit(session, NOVEMBER, TODAY).id
    state = seen(branch)
    assert duty(state, "上缴党费").mark == DONE
    assert duty(state, "上缴凭证") == Duty("voucher", "上缴凭证", "每次上缴", "还差凭证 111.30 元", ("缺凭证", "warn"))
    assert duty(state, "结账").mark == NOT_YET
    with branch.writing("凭证") as session:
        remittances.add_voucher(session, handed, "2", TODAY, Decimal("111.30"))
    assert duty(seen(branch), "结账").mark == ("待结账", "warn")
    with branch.writing("结账") as session:
        remittances.close_month(session, NOVEMBER, TODAY)
    assert duty(seen(branch), "结账") == Duty("close", "结账", "三项记录一致", "11月20日已结账", DONE)


def test_arrears_stand_first_and_say_what_is_to_be_done(branch: Database) -> None:
    open_november(branch)
    assert [(each.mark, each.who, each.text) for each in seen(branch).notices] == [
        (("欠交 2 个月", "warn"), "吴国强", "催交")
    ]


@pytest.mark.parametrize(("until", "text"), [(3, "下月满六个月，请支部研究"), (4, "达到六个月，请支部研究")])
def test_long_arrears_ask_for_the_branch(branch: Database, until: int, text: str) -> None:
    with branch.writing("开账") as session:
        for ahead in range(until + 1):
            months.open_month(session, NOVEMBER + ahead, TODAY)
            payments.collect(session, 1, NOVEMBER + ahead, Collection(TODAY))
    month = NOVEMBER + until
    (found,) = [each for each in seen(branch, period=Period(month, month)).notices if each.key == "collect"]
    assert (found.who, found.text, found.mark[1]) == ("吴国强", text, "bad")


def test_nobody_on_the_roster_is_nobody_assessed(database: Database) -> None:
    found = duty(seen(database), "党费核定")
    assert found == Duty("assess", "党费核定", "每年一次", "名册里还没有党员", NOT_YET)


def test_who_cannot_be_assessed_is_named(branch: Database) -> None:
    with branch.writing("新增") as session:
        members.add(session, WHOLE | {"name": "孙志强", "id_number": id_number("1981-01-01")})
    state = seen(branch)
    assert duty(state, "党费核定") == Duty("assess", "党费核定", "每年一次", "孙志强还没有核定", ("待核定", "bad"))
    assert [(each.who, each.text) for each in state.notices if each.key == "assess"] == [("孙志强", "没有党费类别。")]


@pytest.mark.parametrize(
    ("joined", "until", "text"),
    [
        ("2025-12-10", None, "2026年12月9日期满"),
        ("2025-11-10", None, "2026年11月9日已满，请支部大会讨论转正"),
        ("2025-05-10", "2026-12-31", "2026年12月31日期满"),
        ("2026-05-10", None, None),
        ("2025-12", None, None),
    ],
)
def test_the_end_of_a_probation_is_told_two_months_ahead(
    branch: Database, joined: str, until: str | None, text: str | None
) -> None:
    with branch.writing("预备") as session:
        given = {"category": "预备党员", "joined_on": PartialDate.parse(joined)}
        if until:
            given["probation_until"] = PartialDate.parse(until)
        members.change(session, 1, given)
    assert [each.text for each in seen(branch).notices if "预备期" in each.mark[0]] == ([text] if text else [])


def test_a_probation_that_began_on_a_leap_day_ends_on_the_last_of_february(branch: Database) -> None:
    with branch.writing("预备") as session:
        members.change(session, 1, {"category": "预备党员", "joined_on": PartialDate(2028, 2, 29)})
    found = seen(branch, today=date(2029, 2, 1)).notices
    assert [each.text for each in found if "预备期" in each.mark[0]] == ["2029年2月28日期满"]


def test_records_that_are_not_whole_are_gathered(branch: Database) -> None:
    with branch.writing("清空") as session:
        members.change(session, 1, {"phone": None})
        members.change(session, 2, {"phone": None, "joined_on": None})
    found = [(each.who, each.text) for each in seen(branch).notices if each.mark[0] == "资料不全"]
    assert found == [("吴国强", "缺入党时间，请补填"), ("2 人", "缺联系电话：张红卫、吴国强")]


def test_political_birthdays_count_from_the_day_of_joining(branch: Database) -> None:
    with branch.writing("入党时间") as session:
        members.change(session, 1, {"joined_on": PartialDate(1995, 11, 5)})
        members.change(session, 2, {"joined_on": PartialDate(2004, 11)})
    assert [(each.name, each.day, each.years) for each in seen(branch).birthdays] == [
        ("吴国强", "11月", 22),
        ("张红卫", "11月5日", 31),
    ]


def test_the_year_of_dues_ends_with_the_month_looked_at(branch: Database) -> None:
    open_november(branch)
    pay(branch, 1)
    with branch.reading() as session:
        year = year_of_dues(session, VIEW)
    assert (len(year), year[0].month, year[0].due) == (12, Month(2025, 12), Decimal(0))
    assert (year[-2].due, year[-2].paid) == (Decimal("222.60"), Decimal("111.30"))
    assert (year[-1].month, year[-1].paid) == (NOVEMBER, Decimal("111.30"))


def test_one_branch_is_seen_alone(branch: Database) -> None:
    open_november(branch)
    with branch.writing("新增") as session:
        members.add(session, WHOLE | {"name": "蒋玥", "id_number": id_number("1982-01-01"), "branch": "甲局第二党支部"})
    state = seen(branch, branch_id=2)
    assert (state.members, state.sums.people, state.unpaid) == (1, 0, ())


def test_names_are_listed_up_to_a_number() -> None:
    assert listed(["甲", "乙"]) == "甲、乙"
    assert listed(list("甲乙丙丁戊")) == "甲、乙、丙、丁等 5 人"
