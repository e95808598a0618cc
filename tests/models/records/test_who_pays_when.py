"""Who pays when: admission, transfers, leaving, quarterly payers, members abroad and on the move, back-pay."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from models.database import Database
from models.errors import FieldError, UserError
from models.ledger import View
from models.ledgers.dues.collection import collection_day
from models.ledgers.dues.ladder import arrears_rows
from models.ledgers.dues.owed import owed_months
from models.ledgers.dues.register import register_rows
from models.records.dues import arrangements, months, payments, reductions, standing
from models.records.dues.arrangements import Arranged
from models.records.dues.payments import Collection
from models.records.members import members
from models.records.members.members import Member
from models.rules.arrangements import ABROAD, ELSEWHERE, PROXY, QUARTERLY
from models.rules.periods import Month, PartialDate, Period

ZHANG = 1
AGREED = date(2025, 12, 20)


def month(number: int, year: int = 2026) -> Month:
    return Month(year, number)


@pytest.fixture
def branch(database: Database) -> Database:
    """One member who owes 23.00 a month."""
    with database.writing("加人") as session:
        known: dict[str, Any] = {"name": "张红卫", "birth_date": PartialDate(1950), "dues_category": "离退休"}
        members.add(session, known | {"dues_base": Decimal("4600.00")})
    return database


def open_months(database: Database, *numbers: int) -> None:
    with database.writing("开账") as session:
        for number in numbers:
            months.open_month(session, month(number), month(number).first_day)


def arrange(database: Database, kind: str, number: int | None = None, **values: Any) -> int:
    given = {"kind": kind, "from_month": month(1), "agreed_on": AGREED} | values
    with database.writing("约定") as session:
        return arrangements.save_one(session, ZHANG, given, number).id


def collect(database: Database, amount: str | None, on: date, *covers: Month, remark: str | None = None) -> None:
    with database.writing("收") as session:
        opened = months.opened(session)[-1]
        how = Collection(on, remark=remark)
        payments.collect(session, ZHANG, opened, how, Decimal(amount) if amount else None, covers or None)


def stands(database: Database, number: int) -> tuple[str, int]:
    """The state of a month and the run of unpaid ones, as seen in that month."""
    with database.reading() as session:
        (zhang,) = standing.month_status(session, month(number)).members
        return zhang.standing.state, zhang.arrears_months


def in_arrears(database: Database, number: int) -> list[int]:
    view = View(month(number).last_day, Period(month(number), month(number)))
    with database.reading() as session:
        rows = arrears_rows(session, view)
        assert len(owed_months(session, month(number)).get(ZHANG, ())) == sum(row.count for row in rows)
        return [row.count for row in rows]


def test_a_quarterly_payer_is_in_no_arrears_within_the_quarter(branch: Database):  # P24
    arrange(branch, QUARTERLY)
    open_months(branch, 1)
    assert (stands(branch, 1), in_arrears(branch, 1)) == (("waiting", 0), [])
    open_months(branch, 2)
    assert (stands(branch, 2), in_arrears(branch, 2)) == (("waiting", 0), [])
    open_months(branch, 3)
    assert in_arrears(branch, 3) == [3]
    collect(branch, "69.00", date(2026, 3, 23), month(1), month(2), month(3))
    assert [stands(branch, number) for number in (1, 2, 3)] == [("paid", 0)] * 3
    assert in_arrears(branch, 3) == []


def test_on_the_collection_day_a_quarterly_payer_waits_until_the_last_month(branch: Database):
    arrange(branch, QUARTERLY)
    open_months(branch, 1)

    def line(number: int) -> tuple[str, str, Decimal]:
        view = View(month(number).last_day, Period(month(number), month(number)))
        with branch.reading() as session:
            (found,) = collection_day(session, view).lines
        return found.state, found.mark[0], found.proposed

    assert line(1) == ("waiting", "按约定以后交", Decimal(0))
    open_months(branch, 2, 3)
    assert line(3) == ("owing", "欠 3 个月", Decimal("69.00"))
    collect(branch, "23.00", date(2026, 3, 2), month(1))
    assert line(1)[0] == "ahead"


def test_a_quarter_that_was_not_paid_counts_and_the_next_begins_anew(branch: Database):
    arrange(branch, QUARTERLY)
    open_months(branch, 1, 2, 3, 4)
    with branch.reading() as session:
        books = standing.Books(session)
        zhang = session.get_one(Member, ZHANG)
        assert (books.run(zhang, month(3)), books.run(zhang, month(4))) == (3, 3)
        assert [each for each, _ in books.unpaid_months(zhang, month(4))] == [month(1), month(2), month(3)]
        assert books.standing(zhang, month(4)).state == "waiting"


def test_without_the_consent_of_the_branch_nobody_pays_quarterly(branch: Database):
    with pytest.raises(FieldError) as refused:
        arrange(branch, QUARTERLY, agreed_on=None)
    assert refused.value.field == "agreed_on"


def test_abroad_dues_wait_until_the_member_is_back(branch: Database):
    number = arrange(branch, ABROAD, place="在德国学习")
    open_months(branch, *range(1, 9))
    assert in_arrears(branch, 8) == []
    arrange(branch, ABROAD, number, to_month=month(7), place="在德国学习")
    assert in_arrears(branch, 7) == []
    assert in_arrears(branch, 8) == [8]


def test_on_the_move_dues_are_paid_where_the_member_is(branch: Database):
    arrange(branch, ELSEWHERE, place="南渡市第二社区党支部", from_month=month(2), to_month=month(3))
    open_months(branch, 1, 2, 3, 4)
    assert [stands(branch, number)[0] for number in (1, 2, 3, 4)] == ["unpaid", "not_due", "not_due", "unpaid"]
    with pytest.raises(UserError, match="不在本支部交纳"):
        collect(branch, None, date(2026, 4, 23), month(2))
    with branch.reading() as session:
        (row,) = register_rows(session, View(date(2026, 4, 30), Period.of_year(2026)))
        assert row.due == Decimal("46.00")


def test_who_brings_the_money_is_known_for_the_months_arranged(branch: Database):
    arrange(branch, PROXY, proxy="李素云（妻）", to_month=month(6))
    with branch.reading() as session:
        arranged = Arranged(session)
        assert [arranged.proxy(ZHANG, month(number)) for number in (6, 7)] == ["李素云（妻）", None]


@pytest.mark.parametrize(
    ("kind", "values", "field"),
    [
        ("随便", {}, "kind"),
        (QUARTERLY, {"from_month": None}, "from_month"),
        (QUARTERLY, {"to_month": Month(2025, 12)}, "to_month"),
        (PROXY, {}, "proxy"),
        (PROXY, {"proxy": "李素云", "agreed_on": None}, "agreed_on"),
        (ELSEWHERE, {}, "place"),
    ],
)
def test_an_arrangement_that_says_too_little_is_refused(
    branch: Database, kind: str, values: dict[str, Any], field: str
):
    with pytest.raises(FieldError) as refused:
        arrange(branch, kind, **values)
    assert refused.value.field == field


def test_two_arrangements_of_a_kind_do_not_overlap_and_one_is_ended(branch: Database):
    number = arrange(branch, QUARTERLY)
    with pytest.raises(FieldError, match="重叠"):
        arrange(branch, QUARTERLY, from_month=month(7))
    arrange(branch, QUARTERLY, number, to_month=month(6))
    again = arrange(branch, QUARTERLY, from_month=month(7))
    with branch.writing("删") as session:
        arrangements.remove(session, again)
    open_months(branch, 7)
    assert in_arrears(branch, 7) == [1]


@pytest.mark.parametrize(
    ("admitted", "first"),
    [(date(2026, 11, 10), 11), (date(2026, 11, 25), 11), (date(2026, 11, 30), 11)],  # P10, P11, P12
)
def test_dues_begin_in_the_month_of_admission(branch: Database, admitted: date, first: int):
    with branch.writing("接收") as session:
        probationary = {"name": "林小满", "birth_date": PartialDate(1998), "dues_category": "学生"}
        lin = members.add(session, probationary | {"joined_on": PartialDate.of(admitted), "category": "预备党员"})
        for number in (10, 11, 12):
            months.open_month(session, month(number), month(number).first_day)
        books = standing.Books(session)
        owing = [number for number in (10, 11, 12) if books.standing(lin, month(number)).due is not None]
        assert owing == list(range(first, 13))
        done = payments.collect(
            session, lin.id, month(12), Collection(date(2026, 12, 23)), None, [month(11), month(12)]
        )
        assert done.amount == Decimal("0.40")


@pytest.mark.parametrize("reason", ["转出", "去世", "停止党籍", "除名", "开除"])
def test_the_month_of_leaving_is_the_last_one_owed(branch: Database, reason: str):  # P25
    with branch.writing("离开") as session:
        members.leave(session, ZHANG, reason, date(2026, 9, 12))
        zhang = session.get_one(Member, ZHANG)
        assert [months.owes(zhang, month(number)) for number in (8, 9, 10)] == [True, True, False]


def test_who_is_transferred_in_pays_from_the_next_month(branch: Database):  # P25
    with branch.writing("接收") as session:
        moved = {"name": "谢瑾", "birth_date": PartialDate(1985), "transferred_in_on": PartialDate(2026, 9, 12)}
        xie = members.add(session, moved)
        assert [months.owes(xie, month(number)) for number in (9, 10)] == [False, True]


def test_exempt_months_break_the_run(branch: Database):  # P18
    with branch.writing("减免") as session:
        exempt = {"amount": Decimal(0), "from_month": month(3), "to_month": month(4), "cause": "住院"}
        reductions.save_one(session, ZHANG, exempt | {"decided_on": date(2026, 2, 20)})
    open_months(branch, *range(1, 7))
    assert stands(branch, 6) == ("unpaid", 2)


def test_a_month_paid_between_breaks_the_run_but_not_what_is_owed(branch: Database):  # P15, P16, P17
    open_months(branch, *range(1, 6))
    assert stands(branch, 5) == ("unpaid", 5)
    open_months(branch, 6)
    assert stands(branch, 6) == ("unpaid", 6)
    collect(branch, None, date(2026, 6, 23), month(6))
    open_months(branch, 7, 8, 9)
    assert stands(branch, 9) == ("unpaid", 3)
    assert in_arrears(branch, 9) == [8]


def test_more_than_six_months_of_back_pay_want_a_word(branch: Database):  # P17
    open_months(branch, *range(1, 9))
    owed = [month(number) for number in range(1, 9)]
    with pytest.raises(FieldError, match="超过六个月") as refused:
        collect(branch, None, date(2026, 8, 23), *owed)
    assert refused.value.field == "remark"
    collect(branch, None, date(2026, 8, 23), *owed, remark="住院半年，委托家属补交")
    assert in_arrears(branch, 8) == []


@pytest.mark.parametrize(("ahead", "taken"), [(6, True), (7, False)])
def test_more_than_six_months_in_advance_want_a_word(branch: Database, ahead: int, taken: bool):
    open_months(branch, 1)
    covers = [month(number) for number in range(1, ahead + 2)]
    if not taken:
        with pytest.raises(FieldError, match="超过六个月"):
            collect(branch, None, date(2026, 1, 23), *covers)
        collect(branch, None, date(2026, 1, 23), *covers, remark="长期出差")
    else:
        collect(branch, None, date(2026, 1, 23), *covers)
