"""The collection day: lines, their order and words, sums, and what money would be booked to."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from models.database import Database
from models.ledger import View
from models.ledgers.dues.collected import days_of, standing_payments
from models.ledgers.dues.collection import (
    CollectionDay,
    CollectionLine,
    brief_months,
    brief_working,
    collection_day,
    grid,
)
from models.ledgers.dues.offers import offers
from models.records.dues import assessments, months, payments
from models.records.dues.payments import Collection
from models.records.members import members
from models.rules.periods import Month, PartialDate, Period

TODAY = date(2026, 11, 23)
OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)
VIEW = View(TODAY, Period(NOVEMBER, NOVEMBER))
CASH, TRANSFER = Collection(TODAY), Collection(TODAY, "转账")
ZHANG, WU, LIN, SUN = 1, 2, 3, 4


@pytest.fixture
def branch(database: Database) -> Database:
    """Four members: Zhang and Wu on pay, Lin a probationer, Sun without an assessment; October and November opened."""
    with database.writing("新增党员") as session:
        for name, category in (
            ("张红卫", "正式党员"),
            ("吴国强", "正式党员"),
            ("林小满", "预备党员"),
            ("孙志强", None),
        ):
            values = {"name": name, "category": category, "birth_date": PartialDate(1980)}
            members.add(session, values)
        for member_id, base in ((ZHANG, "9310.00"), (WU, "7420.00"), (LIN, "6843.00")):
            assessments.save_one(session, member_id, {"dues_category": "在职", "dues_base": Decimal(base)})
    with database.writing("开账") as session:
        for month in (OCTOBER, NOVEMBER):
            months.open_month(session, month, month.first_day)
        for member_id in (ZHANG, LIN):
            payments.collect(session, member_id, OCTOBER, Collection(date(2026, 10, 23)))
    return database


def day_of(database: Database, view: View = VIEW) -> CollectionDay:
    with database.reading() as session:
        return collection_day(session, view)


def line_of(database: Database, member_id: int, view: View = VIEW) -> CollectionLine:
    return next(line for line in day_of(database, view).lines if line.id == member_id)


def pay(database: Database, member_id: int, how: Collection = CASH, amount: str | None = None, *covers: Month) -> int:
    with database.writing("收缴党费") as session:
        money = Decimal(amount) if amount else None
        return payments.collect(session, member_id, NOVEMBER, how, money, covers or None).payment_id


def test_before_the_month_is_opened_there_are_no_lines(branch: Database) -> None:
    day = day_of(branch, replace(VIEW, period=Period(DECEMBER, DECEMBER)))
    assert (day.opened, day.lines, day.day) == (False, (), date(2026, 12, 23))


def test_a_line_shows_the_due_with_its_working(branch: Database) -> None:
    line = line_of(branch, LIN)
    assert (line.category, line.working, line.due) == ("在职（预备）", "6,843.00 × 1.5% = 102.645", Decimal("102.60"))
    assert (line.state, line.mark, line.covers) == ("owing", ("未交", "warn"), "11月")


def test_all_unpaid_months_are_proposed_the_oldest_first(branch: Database) -> None:
    line = line_of(branch, WU)
    assert line.proposed_months == (OCTOBER, NOVEMBER)
    assert line.proposed == Decimal("222.60")
    assert (line.covers, line.mark) == ("10月、11月", ("欠 2 个月", "bad"))


def test_who_cannot_be_assessed_is_named_with_the_reason(branch: Database) -> None:
    line = line_of(branch, SUN)
    assert (line.state, line.mark, line.due) == ("unassessed", ("未核定", "bad"), None)
    assert line.working == "没有党费类别。"


def test_an_assessment_made_after_the_opening_waits_to_be_entered(branch: Database) -> None:
    with branch.writing("核定") as session:
        assessments.save_one(session, SUN, {"dues_category": "低保"})
    assert line_of(branch, SUN).working == "固定 0.20，尚未入账"


def test_who_paid_drops_below_those_who_owe_the_latest_first(branch: Database) -> None:
    pay(branch, ZHANG)
    pay(branch, WU, TRANSFER, None, OCTOBER, NOVEMBER)
    assert [line.id for line in day_of(branch).lines] == [LIN, SUN, WU, ZHANG]
    line = line_of(branch, WU)
    assert (line.state, line.taken, line.method, line.covers) == ("paid", Decimal("222.60"), "转账", "10月、11月")


def test_a_part_payment_leaves_the_rest_owing(branch: Database) -> None:
    pay(branch, LIN, CASH, "100.00")
    line = line_of(branch, LIN)
    assert (line.state, line.mark, line.taken) == ("owing", ("还差 2.60", "warn"), Decimal("100.00"))


def test_who_paid_this_month_but_owes_an_earlier_one_stays_on_top(branch: Database) -> None:
    pay(branch, WU)
    line = line_of(branch, WU)
    assert (line.state, line.mark, line.proposed_months) == ("owing", ("欠 10 月", "bad"), (OCTOBER,))


def test_a_payment_in_advance_says_for_how_many_months(branch: Database) -> None:
    pay(branch, ZHANG, CASH, None, NOVEMBER, DECEMBER, DECEMBER + 1)
    line = line_of(branch, ZHANG)
    assert (line.taken, line.covers, line.mark) == (Decimal("419.10"), "11月—1月", ("预交 2 个月", "good"))


def test_what_was_paid_before_this_collection_counts_as_paid(branch: Database) -> None:
    with branch.writing("预交") as session:
        payments.collect(session, ZHANG, OCTOBER, Collection(date(2026, 10, 23)), None, [NOVEMBER])
    line = line_of(branch, ZHANG)
    assert (line.state, line.taken, line.mark) == ("ahead", Decimal("139.70"), ("已交", "good"))
    assert day_of(branch).totals.received == 0
    assert day_of(branch).totals.for_month == Decimal("139.70")


def test_the_exempt_and_those_who_left_stand_last(branch: Database) -> None:
    with branch.writing("核定、转出") as session:
        for name, reason in (("喻璟", None), ("何志远", "转出")):
            who = members.add(session, {"name": name, "birth_date": PartialDate(1950)}).id
            if reason:
                members.leave(session, who, reason, date(2026, 10, 30))
        values = {"dues_category": "离退休", "amount": Decimal("0.00"), "decided_on": TODAY, "reason": "困难减免"}
        assessments.save_one(session, 5, values)
        months.open_month(session, NOVEMBER, TODAY)
    found = [(line.name, line.category, line.working, line.mark) for line in day_of(branch).lines[-2:]]
    assert found == [
        ("喻璟", "离退休", "免交（困难减免）", ("免交", "quiet")),
        ("何志远", "已转出", "党费交至 10 月", ("不再收缴", "quiet")),
    ]


def test_sums_tell_ways_back_pay_and_advance_apart(branch: Database) -> None:
    pay(branch, ZHANG, CASH, None, NOVEMBER, DECEMBER)
    pay(branch, WU, TRANSFER, None, OCTOBER, NOVEMBER)
    sums = day_of(branch).totals
    assert (sums.due, sums.received, sums.for_month) == (Decimal("353.60"), Decimal("502.00"), Decimal("251.00"))
    assert (sums.back, sums.advance) == (Decimal("111.30"), Decimal("139.70"))
    assert (sums.cash, sums.by_method["转账"]) == (Decimal("279.40"), Decimal("222.60"))
    assert (sums.people, sums.unpaid, sums.slips) == (3, 1, 2)


def test_a_reversed_payment_leaves_no_trace_in_the_sums(branch: Database) -> None:
    number = pay(branch, ZHANG)
    with branch.writing("冲销") as session:
        payments.reverse(session, number, "记错人", TODAY)
        assert standing_payments(session, NOVEMBER) == []
    day = day_of(branch)
    assert (day.totals.received, day.totals.slips, day.totals.unpaid) == (Decimal(0), 0, 3)
    assert line_of(branch, ZHANG).state == "owing"


def test_money_that_comes_after_the_month_belongs_to_it_until_the_next_is_opened(branch: Database) -> None:
    pay(branch, ZHANG, Collection(date(2026, 12, 2)))
    assert day_of(branch).totals.received == Decimal("139.70")
    with branch.writing("开账") as session:
        months.open_month(session, DECEMBER, DECEMBER.first_day)
    assert day_of(branch).totals.received == 0
    assert line_of(branch, ZHANG).state == "ahead"


def test_what_is_taken_early_belongs_to_the_month_it_is_for(branch: Database) -> None:
    december = replace(VIEW, period=Period(DECEMBER, DECEMBER))
    with branch.writing("开账、收缴") as session:
        months.open_month(session, DECEMBER, TODAY)
        payments.collect(session, ZHANG, DECEMBER, CASH)
        payments.collect(session, LIN, NOVEMBER, CASH, None, [NOVEMBER, DECEMBER])
    assert day_of(branch, december).totals.received == Decimal("139.70")
    assert line_of(branch, ZHANG, december).mark == ("欠 11 月", "bad")
    assert line_of(branch, LIN, december).state == "ahead"
    assert day_of(branch).totals.received == Decimal("205.20")
    with branch.reading() as session:
        assert days_of(session, DECEMBER, TODAY) == Period(NOVEMBER, DECEMBER)
        assert days_of(session, NOVEMBER, TODAY) == Period(NOVEMBER, NOVEMBER)


def test_one_branch_is_looked_at_alone(branch: Database) -> None:
    with branch.writing("新增党员") as session:
        members.add(session, {"name": "蒋玥", "birth_date": PartialDate(1980), "branch": "甲局第二党支部"})
    assert [line.name for line in day_of(branch, replace(VIEW, branch_id=2)).lines] == ["蒋玥"]
    assert len(day_of(branch).lines) == 5


def test_the_grid_shows_the_way_to_be_used(branch: Database) -> None:
    pay(branch, ZHANG, TRANSFER)
    rows = grid(day_of(branch), "其他").rows
    assert {row.name: row.method for row in rows} == {
        "吴国强": "其他",
        "林小满": "其他",
        "孙志强": "",
        "张红卫": "转账",
    }


@pytest.mark.parametrize(
    ("working", "brief"),
    [
        ("6843.00 × 1.5% = 102.645，四舍五入到角 102.60", "6,843.00 × 1.5% = 102.645"),
        ("60000.00 × 2% = 1200.00，按上限 1000.00", "60,000.00 × 2% = 1200.00，按上限 1000.00"),
        ("固定 0.20", "固定 0.20"),
    ],
)
def test_a_working_is_said_briefly(working: str, brief: str) -> None:
    assert brief_working(working) == brief


def test_months_are_said_briefly() -> None:
    assert brief_months([NOVEMBER, DECEMBER, DECEMBER + 1]) == "11月—1月"
    assert brief_months([Month(2026, 9), NOVEMBER]) == "9月、11月"
    assert brief_months([]) == ""


def test_the_months_offered_are_those_owed_this_one_and_a_year_ahead(branch: Database) -> None:
    with branch.reading() as session:
        offered = offers(session, WU, NOVEMBER).months
    assert [offer.month for offer in offered] == [OCTOBER + ahead for ahead in range(14)]
    assert [(offer.owed, offer.expected) for offer in offered[1:3]] == [
        (Decimal("111.30"), False),
        (Decimal("111.30"), True),
    ]


def test_who_has_no_assessment_has_nothing_to_choose(branch: Database) -> None:
    with branch.reading() as session:
        assert offers(session, SUN, NOVEMBER).months == ()


def test_an_excess_reaches_into_the_months_that_follow(branch: Database) -> None:
    with branch.reading() as session:
        offered = offers(session, ZHANG, NOVEMBER)
    covers = offered.reached([NOVEMBER], Decimal("300.00"))
    found = offered.spread(covers, Decimal("300.00"))
    assert covers == [NOVEMBER, DECEMBER, DECEMBER + 1]
    assert found.booked == (
        (NOVEMBER, Decimal("139.70")),
        (DECEMBER, Decimal("139.70")),
        (DECEMBER + 1, Decimal("20.60")),
    )
    assert (found.extra, found.large) == (Decimal(0), False)


def test_an_extra_of_a_thousand_is_a_large_payment(branch: Database) -> None:
    with branch.reading() as session:
        offered = offers(session, ZHANG, NOVEMBER)
    small, large = offered.spread([NOVEMBER], Decimal("1139.69")), offered.spread([NOVEMBER], Decimal("1139.70"))
    assert (small.extra, small.large) == (Decimal("999.99"), False)
    assert (large.extra, large.large, large.booked) == (Decimal("1000.00"), True, ((NOVEMBER, Decimal("139.70")),))


def test_the_spread_shown_is_what_is_then_booked(branch: Database) -> None:
    amount, covers = Decimal("150.00"), [OCTOBER, NOVEMBER]
    with branch.reading() as session:
        shown = offers(session, WU, NOVEMBER).spread(covers, amount)
    pay(branch, WU, CASH, "150.00", *covers)
    owed = {each.month: each.rest for each in line_of(branch, WU).owed}
    assert shown.booked == ((OCTOBER, Decimal("111.30")), (NOVEMBER, Decimal("38.70")))
    assert owed == {NOVEMBER: Decimal("72.60")}
