"""The yearly round: carrying over, entering anew, months that stay as they are, and who is missing."""

from datetime import date
from decimal import Decimal

import pytest

from models.database import Database
from models.errors import FieldError, UserError
from models.ledger import View
from models.ledgers.dues.yearly import DONE, NOTHING, WAITING, YearlyRow, yearly_rows
from models.ledgers.overview import overview
from models.records.dues import assessments, months, yearly
from models.records.dues.months import Due
from models.records.members import members
from models.rules.periods import Month, PartialDate, Period
from tests.people import id_number

TODAY = date(2026, 11, 23)
ZHANG, WANG, SUN = 1, 2, 3
PAY = Decimal("7420.00")


@pytest.fixture
def branch(database: Database) -> Database:
    """Zhang assessed since 2025, Wang by the roster alone, Sun not at all."""
    with database.writing("加人") as session:
        members.add(session, {"name": "张红卫", "id_number": id_number("1980-03-05")})
        pension = {"post": "退休干部", "dues_base": Decimal("4800.00")}
        members.add(session, {"name": "王建国", "id_number": id_number("1955-03-05")} | pension)
        members.add(session, {"name": "孙八", "id_number": id_number("1985-03-05")})
        values = {"dues_category": "在职", "dues_base": PAY, "from_month": Month(2025, 1), "reason": "年度核定"}
        assessments.save_one(session, ZHANG, values)
    return database


def rows(database: Database, year: int = 2026) -> dict[str, YearlyRow]:
    with database.reading() as session:
        return {row.name: row for row in yearly_rows(session, View(TODAY, Period.of_year(year)))}


def opened(database: Database, *found: Month) -> None:
    with database.writing("开账") as session:
        for month in found:
            months.open_month(session, month, TODAY)


def assess(
    database: Database, who: int, base: str | None, category: str | None = None, reason: str | None = None
) -> None:
    with database.writing("核定") as session:
        yearly.assess(session, who, 2026, category, Decimal(base) if base else None, reason)


def dues(database: Database, who: int) -> dict[str, str]:
    with database.reading() as session:
        found = session.query(Due).filter(Due.member_id == who).order_by(Due.month)
        return {str(due.month): str(due.amount) for due in found}


def test_before_the_round_everybody_waits(branch: Database):
    found = rows(branch)
    assert {name: row.state for name, row in found.items()} == {"张红卫": WAITING, "王建国": WAITING, "孙八": NOTHING}
    assert (found["张红卫"].last_base, found["张红卫"].last_due) == (PAY, Decimal("111.30"))
    assert (found["王建国"].last_category, found["王建国"].last_due) == ("离退休", Decimal("24.00"))
    assert (found["张红卫"].dues_base, found["张红卫"].monthly, found["张红卫"].base_change) == (None, None, None)


def test_a_year_is_carried_over_and_names_who_has_nothing_to_carry(branch: Database):
    with branch.writing("沿用") as session:
        done = yearly.carry_over(session, 2026)
    assert (done.done, done.without) == ((ZHANG, WANG), ("孙八",))
    found = rows(branch)["张红卫"]
    assert (found.state, found.dues_base, found.due_change) == (DONE, PAY, Decimal("0.00"))
    assert found.from_month == Month(2026, 1)
    with branch.writing("沿用") as session:
        assert yearly.carry_over(session, 2026).done == ()


def test_a_new_base_shows_its_difference(branch: Database):
    assess(branch, ZHANG, "7860.50")
    found = rows(branch)["张红卫"]
    assert (found.base_change, found.due_change) == (Decimal("440.50"), Decimal("6.60"))


def test_what_no_due_rests_on_yet_may_be_typed_again(branch: Database):
    assess(branch, SUN, "7240.00")
    assess(branch, SUN, "7420.00")
    with branch.reading() as session:
        (only,) = assessments.by_member(session)[SUN]
        assert (only.dues_category, only.dues_base, only.reason) == ("在职", PAY, "年度核定")


def test_a_category_of_a_fixed_sum_needs_no_base(branch: Database):
    assess(branch, SUN, None, "学生")
    assert rows(branch)["孙八"].monthly == Decimal("0.20")


def test_months_that_have_their_due_keep_it(branch: Database):
    opened(branch, Month(2026, 1), Month(2026, 2))
    assess(branch, ZHANG, "8000.00")
    opened(branch, Month(2026, 3))
    assert rows(branch)["张红卫"].from_month == Month(2026, 3)
    assert dues(branch, ZHANG) == {"2026-01": "111.30", "2026-02": "111.30", "2026-03": "120.00"}


def test_later_in_the_year_a_reason_is_wanted_unless_nothing_changes(branch: Database):
    opened(branch, *(Month(2026, number) for number in range(1, 7)))
    with pytest.raises(FieldError) as refused:
        assess(branch, ZHANG, "8000.00")
    assert refused.value.field == "reason"
    with branch.writing("沿用") as session:
        assert yearly.carry_over(session, 2026).done == (ZHANG, WANG)
    assess(branch, ZHANG, "8000.00", reason="更正")
    assert rows(branch)["张红卫"].from_month == Month(2026, 7)
    assert set(dues(branch, ZHANG).values()) == {"111.30"}


def test_a_year_whose_months_all_have_their_due_is_over(branch: Database):
    opened(branch, *(Month(2026, number) for number in range(1, 13)))
    with pytest.raises(UserError, match="请核定2027年"):
        assess(branch, ZHANG, "8000.00", reason="更正")
    assert dues(branch, SUN) == {}
    assess(branch, SUN, "5000.00")


def test_dues_that_waited_are_entered_and_no_others_touched(branch: Database):
    opened(branch, Month(2026, 10), Month(2026, 11))
    assess(branch, SUN, "5000.00")
    before = dues(branch, ZHANG)
    with branch.writing("补入") as session:
        assert yearly.enter_waiting(session, {SUN, ZHANG}, 2026, TODAY) == 2
    assert dues(branch, SUN) == {"2026-10": "50.00", "2026-11": "50.00"}
    assert dues(branch, ZHANG) == before


def test_who_leaves_or_comes_later_is_not_asked_for(branch: Database):
    with branch.writing("加人") as session:
        later = {"name": "林小满", "birth_date": PartialDate(1998), "joined_on": PartialDate(2027, 2, 8)}
        members.add(session, later)
        members.leave(session, ZHANG, "转出", date(2026, 9, 12))
    assert set(rows(branch)) == {"王建国", "孙八"}
    assert set(rows(branch, 2027)) == {"王建国", "孙八", "林小满"}


def test_a_worksheet_is_carried_over_with_its_base(branch: Database):
    sheet = '{"kind": "企业", "pay": {"基本工资": "6000.00"}, "off": {}, "noted": {}}'
    with branch.writing("核定") as session:
        yearly.assess(session, SUN, 2026, None, None, worksheet=sheet)
        yearly.carry_over(session, 2027)
        found = assessments.by_member(session)[SUN][-1]
        assert (found.from_month, found.dues_base, found.worksheet) == (Month(2027, 1), Decimal("6000.00"), sheet)
    assert rows(branch, 2027)["孙八"].has_items


@pytest.mark.parametrize(("month", "words"), [(1, "2026年还有 2 人没有核定，沿用上一年"), (4, "在册党员都已核定")])
def test_the_first_page_says_when_a_year_has_begun_who_pays_as_in_the_last(branch: Database, month: int, words: str):
    assess(branch, SUN, "5000.00")
    looked_at = Month(2026, month)
    with branch.reading() as session:
        duties = overview(session, View(looked_at.first_day, Period(looked_at, looked_at))).duties
    assert next(duty for duty in duties if duty.key == "assess").progress == words
