"""Any course of work taken back step by step and done again: what is shown is the same at every step of the way."""

import tempfile
from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as effort
from hypothesis import strategies as st
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import audit, settings, trail
from models.checks import BOOKS
from models.database import Database
from models.errors import UserError
from models.records.care import donation_drives, donations
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care import rounds as care_rounds
from models.records.care.donations import Donation, Handover
from models.records.care.rounds import CareGift, CareHandout, Chosen
from models.records.dues import assessments, cash_book, months, payments, remittances
from models.records.dues.cash_book import CashEntry
from models.records.dues.payments import Collection, Payment
from models.records.members import members
from models.undo import redo_last, undo_last
from tests import founded
from tests.models.test_redo import DECEMBER, NOVEMBER, SOMEBODY, TODAY, shown
from tests.night import more

Action = Callable[[Session], object]
SUMS = st.sampled_from([Decimal("50.00"), Decimal("111.30"), Decimal("150.00"), Decimal("4000.00")])
FEW = st.integers(1, 3)
FUND, DUES = "上级拨款", "党费"


def _last(session: Session, kind: type[Payment | CashEntry | CareHandout | Donation | Handover]) -> int:
    return session.scalar(select(func.max(kind.id))) or 0


def _dues() -> st.SearchStrategy[Action]:
    late = Collection(TODAY - timedelta(days=2))
    return st.one_of(
        st.builds(lambda who, sum_: lambda s: payments.collect(s, who, NOVEMBER, late, sum_), FEW, SUMS | st.none()),
        st.builds(lambda number: lambda s: payments.reverse(s, number, "误记", TODAY), st.integers(1, 6)),
        st.builds(lambda number: lambda s: payments.allot_excess(s, number, NOVEMBER, [DECEMBER]), FEW),
        st.builds(lambda number: lambda s: payments.change_remark(s, number, "多交"), FEW),
        st.just(lambda s: remittances.remit(s, NOVEMBER, TODAY, "V-1")),
        st.just(lambda s: remittances.withdraw(s, 1)),
        st.just(lambda s: months.open_month(s, DECEMBER, TODAY)),
    )


def _people() -> st.SearchStrategy[Action]:
    base = {"dues_category": "在职", "dues_base": Decimal("9000.00")}
    return st.one_of(
        st.builds(lambda who: lambda s: members.change(s, who, {"remark": "新", "phone": None}), FEW),
        st.builds(lambda who: lambda s: members.leave(s, who, "转出", TODAY, "邻市"), FEW),
        st.builds(lambda who: lambda s: assessments.save_one(s, who, base), FEW),
        st.just(lambda s: members.add(s, SOMEBODY | {"name": "王建国"})),
        st.just(lambda s: settings.change(s, secretary="周丽萍", remit_percent="80.00")),
    )


def _books() -> st.SearchStrategy[Action]:
    def receive(sum_: Decimal) -> Action:
        return lambda s: cash_book.receive(s, {"on": TODAY, "summary": "返还", "kind": "返还党费", "amount": sum_})

    use = {"on": TODAY, "summary": "学习", "kind": "教育培训", "decided_on": TODAY}
    return st.one_of(
        st.builds(receive, SUMS),
        st.builds(lambda sum_: lambda s: cash_book.spend(s, use | {"amount": sum_}), SUMS),
        st.just(lambda s: cash_book.reverse(s, _last(s, CashEntry), "误记", TODAY)),
        st.just(lambda s: cash_book.attach(s, _last(s, CashEntry), "P-1", None)),
    )


def _listed(session: Session, fund: str) -> None:
    made = care_rounds.begin(session, {"festival": "春节", "year": 2027})
    gift = care_rounds.choose(session, made.id, Chosen("张红卫", "老党员"))
    care_rounds.settle(session, gift.id, {}, [(fund, Decimal("50.00"))])


def _care() -> st.SearchStrategy[Action]:
    def receive(sum_: Decimal) -> Action:
        return lambda s: care_funds.receive(s, {"fund": FUND, "on": TODAY, "amount": sum_}, TODAY)

    def hand_out(session: Session) -> None:
        care_handing.hand_out(session, session.scalar(select(func.max(CareGift.id))) or 0, {"handler": "李"}, TODAY)

    given = {"giver": "李某某", "on": TODAY, "item": "棉衣", "quantity": Decimal(5), "unit": "件"}
    passed = {"receiver": "某村", "on": TODAY, "item": "棉衣", "quantity": Decimal(3), "unit": "件"}
    return st.one_of(
        st.builds(receive, SUMS),
        st.sampled_from([FUND, DUES]).map(lambda fund: lambda s: _listed(s, fund)),
        st.just(hand_out),
        st.just(lambda s: care_handing.close(s, 1, TODAY, "已核对")),
        st.just(lambda s: care_handing.reverse_handout(s, _last(s, CareHandout), "误记", TODAY)),
        st.just(lambda s: donations.give(s, 1, given, TODAY)),
        st.just(lambda s: donations.pass_on(s, 1, passed, TODAY)),
        st.just(lambda s: donations.reverse(s, _last(s, Donation), "误记", TODAY)),
        st.just(lambda s: donations.reverse_handover(s, _last(s, Handover), "误记", TODAY)),
    )


def _begun(path: Path) -> Database:
    database = founded.make(path, "甲局第一党支部", TODAY)
    with database.writing("登记") as session:
        for name in ("张红卫", "李秀英", "赵国强"):
            number = members.add(session, SOMEBODY | {"name": name}).id
            assessments.save_one(session, number, {"dues_category": "在职", "dues_base": Decimal("7420.00")})
        months.open_month(session, NOVEMBER, TODAY)
        for fund in (FUND, DUES):  # begun with its first entry it would stay, as what that names
            care_funds.fund_named(session, fund)
        donation_drives.begin(session, {"name": "慈善捐", "begins": TODAY})
        care_funds.receive(session, {"fund": FUND, "on": TODAY, "amount": Decimal("4000.00")}, TODAY)
        cash_book.receive(session, {"on": TODAY, "summary": "返还", "kind": "返还党费", "amount": Decimal("300.00")})
        _listed(session, DUES)
    return database


def _worked(database: Database, course: list[Action]) -> list[object]:
    """What was shown before the first action, and after each that was not refused."""
    seen = [shown(database)]
    for action in course:
        known = _latest(database)
        try:
            with database.writing("办理") as session:
                action(session)
        except UserError:
            continue
        if _latest(database) > known:
            seen.append(shown(database))
    return seen


def _latest(database: Database) -> int:
    with database.reading() as session:
        return audit.latest(session)


def _gone(database: Database, step: Callable[[Session, date], str], seen: list[object]) -> int:
    """How many steps could be gone, each leaving what was seen there."""
    for count, wanted in enumerate(seen):
        try:
            with database.writing("一步") as session:
                step(session, TODAY)
        except UserError:
            return count
        assert shown(database) == wanted
    return len(seen)


def _sound(database: Database) -> bool:
    with database.reading() as session:
        assert list(trail.differences(session)) == []
        return not [problem for books in BOOKS for problem in books(session)]


COURSES = st.lists(st.one_of(_dues(), _people(), _books(), _care()), min_size=4, max_size=9)


@effort(max_examples=3, deadline=None)
@given(course=COURSES)
def test_undo_and_redo_are_the_same_way_there_and_back(course: list[Action]) -> None:
    _there_and_back(course, 1)


@pytest.mark.slow
@effort(max_examples=more(150), deadline=None)
@given(course=COURSES)
def test_the_same_many_times_over(course: list[Action]) -> None:
    _there_and_back(course, 2)


def _there_and_back(course: list[Action], again: int) -> None:
    with tempfile.TemporaryDirectory() as folder, closing(_begun(Path(folder) / "甲.zbtz")) as database:
        seen = _worked(database, course)
        for _ in range(again):
            back = _gone(database, undo_last, seen[-2::-1])
            assert _sound(database)
            assert _gone(database, redo_last, seen[len(seen) - back :]) == back
            assert _sound(database)
