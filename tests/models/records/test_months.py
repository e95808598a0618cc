"""Months of dues: who owes one, what opening fixes, what opening again adds."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select

from models import settings
from models.database import Database
from models.errors import FieldError, UserError
from models.records.dues import assessments, months, payments, standing
from models.records.dues.months import Due
from models.records.members import members
from models.records.members.members import Member
from models.rules.periods import Month, PartialDate
from tests.people import id_number

NOVEMBER = Month(2026, 11)
DAY = date(2026, 11, 20)


def add(database: Database, name: str = "张红卫", base: str | None = "7420.00", **values: Any) -> int:
    known = {"name": name, "birth_date": PartialDate(1980), "dues_base": Decimal(base) if base else None}
    with database.writing("加人") as session:
        return members.add(session, known | values).id


def opened(database: Database, *wanted: Month) -> months.Opening:
    with database.writing("开账") as session:
        return [months.open_month(session, month, DAY) for month in wanted or (NOVEMBER,)][-1]


def states(database: Database, month: Month = NOVEMBER) -> dict[str, str]:
    with database.reading() as session:
        return {each.name: each.standing.state for each in standing.month_status(session, month).members}


def working_month(database: Database) -> str:
    with database.reading() as session:
        return settings.read(session).working_month


def test_opening_fixes_the_due_with_its_working_and_source(database: Database):
    add(database)
    assert opened(database).added == 1
    with database.reading() as session:
        due = session.scalars(select(Due)).one()
    assert (due.amount, due.working, due.category, due.base) == (
        Decimal("111.30"), "7420.00 × 1.5% = 111.30", "在职", Decimal("7420.00"),
    )  # fmt: skip
    assert due.source.startswith("中组发〔2008〕3号")


def test_those_without_a_sound_assessment_are_named_and_come_in_later(database: Database):
    add(database)
    add(database, "孙八", None)
    add(database, "周九", "0.00", dues_category="在职")
    found = opened(database)
    assert (found.added, [each.name for each in found.unassessed]) == (1, ["孙八", "周九"])
    assert all(each.why for each in found.unassessed)
    assert states(database) == {"张红卫": "unpaid", "孙八": "unassessed", "周九": "unassessed"}
    with database.writing("改名册") as session:
        members.change(session, 2, {"dues_base": Decimal("5000.00")})
        members.change(session, 1, {"dues_base": Decimal("9999.00")})
    again = opened(database)
    assert (again.added, [each.name for each in again.unassessed]) == (1, ["周九"])
    with database.reading() as session:
        assert session.scalars(select(Due.amount).order_by(Due.id)).all() == [Decimal("111.30"), Decimal("50.00")]


def test_opening_may_be_limited_to_some(database: Database):
    add(database)
    add(database, "李素云")
    with database.writing("开账") as session:
        assert months.open_month(session, NOVEMBER, DAY, only=[2]).added == 1
    assert opened(database).added == 1


@pytest.mark.parametrize(
    ("joined", "first"),
    [
        (PartialDate(2026, 11, 10), "2026-11"),  # P10
        (PartialDate(2026, 11, 25), "2026-11"),  # P11
        (PartialDate(2026, 11, 30), "2026-11"),  # P12
        (PartialDate(2026, 11), "2026-11"),
        (PartialDate(2026, 12, 1), "2026-12"),
        (PartialDate(1999), "2008-04"),
    ],
)
def test_a_member_owes_from_the_month_of_admission(database: Database, joined: PartialDate, first: str):
    with database.reading() as session:
        member = session.get_one(Member, add(database, joined_on=joined))
    start = Month.parse(first)
    assert months.owes(member, start)
    assert months.owes(member, start + 1)
    if first != "2008-04":
        assert not months.owes(member, start + -1)


def test_a_probationer_admitted_within_the_month_owes_it(database: Database):
    add(database, category="预备党员", joined_on=PartialDate(2026, 11, 25))
    opened(database, Month(2026, 10), NOVEMBER)
    assert states(database, Month(2026, 10)) == {"张红卫": "not_due"}
    with database.reading() as session:
        (found,) = standing.month_status(session, NOVEMBER).members
    assert (found.standing.state, found.arrears_months, found.warning) == ("unpaid", 1, "未交")


def test_a_transfer_out_leaves_its_month_here(database: Database):  # P25
    add(database)
    with database.writing("转出") as session:
        members.leave(session, 1, "转出", date(2026, 9, 12), "乙局机关党委")
    opened(database, Month(2026, 9), Month(2026, 10), NOVEMBER)
    assert states(database, Month(2026, 9)) == {"张红卫": "unpaid"}
    assert states(database, Month(2026, 10)) == {"张红卫": "not_due"}
    assert states(database) == {}


def test_a_transfer_in_owes_from_the_month_after_or_as_its_letter_says(database: Database):
    add(database, transferred_in_on=PartialDate(2026, 9))
    add(database, "李素云", transferred_in_on=PartialDate(2026, 9, 12), dues_from=NOVEMBER)
    opened(database, Month(2026, 9), Month(2026, 10), NOVEMBER)
    assert states(database, Month(2026, 9)) == {"张红卫": "not_due", "李素云": "not_due"}
    assert states(database, Month(2026, 10)) == {"张红卫": "unpaid", "李素云": "not_due"}
    assert states(database) == {"张红卫": "unpaid", "李素云": "unpaid"}


def test_leaving_has_a_known_reason_and_happens_once(database: Database):
    add(database)
    with database.writing("离开") as session:
        with pytest.raises(FieldError, match="离开原因"):
            members.leave(session, 1, "出差", DAY)
        members.leave(session, 1, "去世", DAY)
        with pytest.raises(UserError, match="不能再次"):
            members.leave(session, 1, "转出", DAY)
        members.come_back(session, 1)
        assert session.get_one(Member, 1).status == "在册"


def test_an_exempt_month_is_no_debt(database: Database):
    add(database, base=None)
    with database.writing("核定") as session:
        values = {"dues_category": "低保", "amount": Decimal("0.00"), "approved_on": DAY}
        assessments.save_one(session, 1, values)
    opened(database)
    assert states(database) == {"张红卫": "exempt"}
    with database.reading() as session:
        (found,) = standing.month_status(session, NOVEMBER).members
    assert (found.standing.due, found.arrears_months, found.warning) == (Decimal("0.00"), 0, "")


def test_a_month_before_all_rules_is_refused(database: Database):
    with pytest.raises(UserError, match="没有2008年3月适用"):
        opened(database, Month(2008, 3))
    with pytest.raises(UserError, match="还没有开账"), database.reading() as session:
        standing.month_status(session, Month(2008, 3))


def test_the_collection_day_moves_off_a_day_of_rest(database: Database):  # P26
    opened(database, Month(2027, 1))
    with database.reading() as session:
        assert standing.month_status(session, Month(2027, 1)).collection_day == "2027-01-25"


def test_a_secretary_may_add_days_of_rest(database: Database):
    with database.writing("设置") as session:
        settings.change(session, holidays=("2026-11-23",), workdays=("2026-12-26",))
        chosen = settings.read(session)
        assert months.collection_day(chosen, NOVEMBER) == date(2026, 11, 24)
        settings.change(session, shift="提前到上一个工作日", collection_day=27)
        assert months.collection_day(settings.read(session), Month(2026, 12)) == date(2026, 12, 26)


def test_the_latest_month_opened_is_the_one_worked_on(database: Database):
    assert working_month(database) == "2026-11"
    opened(database, Month(2026, 3))
    assert working_month(database) == "2026-03"
    opened(database, Month(2026, 12), Month(2026, 7), Month(2026, 12))
    assert working_month(database) == "2026-12"


def test_arrears_run_back_from_the_month_over_opened_months(database: Database):  # P15 to P18
    add(database, id_number=id_number("1980-03-05"))
    year = [Month(2026, number) for number in range(1, 10)]
    opened(database, *year)
    with database.writing("收") as session:
        payments.collect(session, 1, Month(2026, 6), payments.Collection(DAY))

    def told(month: Month) -> tuple[int, str]:
        with database.reading() as session:
            (found,) = standing.month_status(session, month).members
        return found.arrears_months, found.warning

    assert told(Month(2026, 1)) == (1, "未交")
    assert told(Month(2026, 5)) == (5, "红色预警")
    assert told(Month(2026, 6)) == (0, "")
    assert told(Month(2026, 9)) == (3, "批评教育")
    with database.reading() as session:
        books = standing.Books(session)
        owed = books.unpaid_months(session.get_one(Member, 1), Month(2026, 9))
    assert len(owed) == 8


def test_six_months_change_no_status(database: Database):
    add(database)
    opened(database, *(Month(2026, number) for number in range(1, 8)))
    with database.reading() as session:
        (found,) = standing.month_status(session, Month(2026, 6)).members
        assert (found.arrears_months, found.warning) == (6, "达到六个月，请支部研究")
        assert session.get_one(Member, 1).status == "在册"
