"""The ledgers and papers of money on the sample: slips, cash, large payments, the cash book, shares, reports."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import accumulate
from pathlib import Path
from shutil import copyfile

import pytest
from sqlalchemy import func, select

from models import settings
from models.database import Database
from models.errors import UserError
from models.ledger import View
from models.ledgers.dues import booking
from models.ledgers.dues.booking import CARRIED
from models.ledgers.dues.cash_book import DUES_CASH_BOOK, book_totals, cash_book_rows, spending_rows
from models.ledgers.dues.closing import closing as state_of
from models.ledgers.dues.closing import drawer
from models.ledgers.dues.collected import totals
from models.ledgers.dues.drawer import cash_rows
from models.ledgers.dues.handed import handed_by_branch
from models.ledgers.dues.large import COUNTER, REVERSED, large_rows
from models.ledgers.dues.money_paper_records import MONEY_PAPERS
from models.ledgers.dues.money_papers import ReportRecord
from models.ledgers.dues.payments import payment_rows, remittance_rows, save
from models.ledgers.dues.published import summary_rows
from models.ledgers.dues.register import register_rows
from models.ledgers.dues.slips import VALID, slip_rows
from models.ledgers.overview import overview
from models.ledgers.paper_records import PAPERS
from models.records.dues import cash, cash_book, large_payments, months, payments, remittances
from models.records.dues.payments import Collection, Payment
from models.records.members.members import find_by_id
from models.rules.periods import Month, Period
from tests import samples

TODAY = date(2026, 11, 20)
NOVEMBER = Month(2026, 11)
MONTH, YEAR = View(TODAY, Period(NOVEMBER, NOVEMBER)), View(TODAY, Period.of_year(2026))
ZERO = Decimal(0)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sample") / "示例.zbtz"
    samples.build(path, TODAY).close()
    return path


@pytest.fixture
def branch(made: Path, tmp_path: Path) -> Iterator[Database]:
    path = tmp_path / "示例.zbtz"
    copyfile(made, path)
    with closing(Database.open(path, actor="周丽萍")) as database:
        yield database


def test_slips_are_numbered_without_a_gap_and_keep_their_numbers(branch: Database):
    with branch.reading() as session:
        before = slip_rows(session, YEAR)
    assert [row.number for row in before] == [f"2026-{n:05d}" for n in range(1, len(before) + 1)]
    with branch.writing("冲销") as session:
        payments.reverse(session, before[2].id, "记错", TODAY)
        payments.collect(session, 1, NOVEMBER, Collection(date(2026, 2, 3)), Decimal("10.00"))
    with branch.reading() as session:
        after = slip_rows(session, YEAR)
    assert [(row.id, row.number) for row in after[: len(before)]] == [(row.id, row.number) for row in before]
    assert (after[2].state, after[2].amount, len(after)) == ("作废", None, len(before) + 1)


def test_a_slip_on_paper_has_the_number_of_the_register(branch: Database):
    with branch.reading() as session:
        register = {row.id: row.number for row in slip_rows(session, YEAR) if row.state == VALID}
        assert {number: record.number for number, record in PAPERS["dues_slip"](session, YEAR)} == register


def test_register_payments_remittances_vouchers_and_slips_say_the_same(branch: Database):
    with branch.reading() as session:
        register = sum(
            cell.standing.paid
            for row in register_rows(session, YEAR)
            for key in (f"month_{number}" for number in range(1, 13))
            if (cell := getattr(row, key))
        )
        paid = sum(row.amount for row in payment_rows(session, YEAR))
        slips = sum(row.amount for row in slip_rows(session, YEAR) if row.amount is not None)
        handed = remittance_rows(session, YEAR)
        waits = sum((remittances.waiting(session, month) for month in YEAR.period.months), ZERO)
        before, after = Month(2025, 12), Month(2027, 1)
        early = sum((_booked(session, m) for m in (before, after)), ZERO)
    assert slips == paid
    assert register == sum(row.amount + row.kept for row in handed) + waits
    assert sum(row.amount for row in handed) == sum(row.vouched for row in handed)
    assert early >= 0


def _booked(session, month: Month) -> Decimal:
    return session.scalar(select(func.sum(payments.Allotment.amount)).where(payments.Allotment.month == month)) or ZERO


def test_the_book_carries_over_and_its_balance_runs(branch: Database):
    with branch.reading() as session:
        rows = cash_book_rows(session, YEAR)
        totals = book_totals(session, YEAR)
        before = book_totals(session, replace(YEAR, period=Period.of_year(2025)))
    assert (rows[0].summary, rows[0].balance) == (CARRIED, before.balance)
    moved = [(row.income or ZERO) - (row.spending or ZERO) for row in rows[1:]]
    assert [row.balance for row in rows] == list(accumulate(moved, initial=rows[0].balance))
    assert rows[-1].balance == totals.balance == Decimal("744.68")


def test_requests_tell_how_far_they_are(branch: Database):
    with branch.reading() as session:
        assert [row.state for row in spending_rows(session, YEAR)] == ["已支出", "部分支出", "待研究"]


def test_the_drawer_holds_large_payments_too(branch: Database):
    with branch.writing("收") as session:
        booked = drawer(session, MONTH).booked
        payments.collect(session, 1, NOVEMBER, Collection(TODAY), Decimal("3000.00"))
        assert drawer(session, MONTH).booked == booked + Decimal("3000.00")
        cash.count_cash(session, months.require(session, NOVEMBER).collection_day, {Decimal(100): 1}, booked)
        cash.explain(session, months.require(session, NOVEMBER).collection_day, booked, "尚未点完")
        found = drawer(session, MONTH)
        assert (found.counted, found.explained) == (Decimal(100), "尚未点完")
        assert state_of(session, MONTH).drawer == found
        assert [row.day.month for row in cash_rows(session, YEAR)] == [9, 10, 11]


def test_large_payments_stand_apart_from_the_year(branch: Database):
    with branch.reading() as session:
        (given,) = large_rows(session, YEAR)
        assert given.amount == Decimal("1000.00")
        assert not [row for row in payment_rows(session, YEAR) if row.amount >= 1000]
    with branch.writing("冲销") as session:
        large_payments.describe(session, given.id, {})
        large_payments.reverse(session, given.id, "退还本人", TODAY)
        assert [row.state for row in large_rows(session, YEAR)] == [REVERSED, COUNTER]
        assert not PAPERS["dues_large_sheet"](session, YEAR)


@pytest.mark.parametrize("percent", ["100.00", "20.00", "33.33"])
def test_what_is_kept_is_laid_upon_the_branches_to_the_fen(branch: Database, percent: str):
    with branch.writing("上缴") as session:
        settings.change(session, remit_percent=percent)
        done = remittances.hand_up(session, [NOVEMBER, NOVEMBER + 1], TODAY, "V-1")
        found = handed_by_branch(session, MONTH.period)
        assert sum(each.settled for each in found.values()) == sum(each.amount for each in done)
        assert sum(each.kept for each in found.values()) == sum(each.kept for each in done)
        assert all(0 <= each.kept <= each.settled for each in found.values())
        assert sum(row.remitted for row in summary_rows(session, MONTH)) == sum(each.handed_up for each in done)
        kept = [row.income or ZERO for row in cash_book_rows(session, YEAR) if row.kind == cash_book.KEPT]
        assert sum(kept, ZERO) == sum((each.kept for each in done), ZERO)
        assert remittances.agreement(session, NOVEMBER).agrees


@pytest.mark.parametrize("period", ["2026-10", "2026Q3", "2026H1", "2026"])
def test_reports_of_the_branches_add_up_to_that_of_the_whole(branch: Database, period: str):
    view = View(TODAY, Period.parse(period))
    with branch.reading() as session:
        (_, whole), *parts = PAPERS["dues_report"](session, view)
        summary = summary_rows(session, view)
    own: list[ReportRecord] = [part for _, part in parts]
    assert whole.period == view.period.chinese
    assert whole.members.total == 47
    for key in ("members", "in_time", "late", "back_payers"):
        assert getattr(whole, key).total == sum(getattr(part, key).total for part in own)
    for key in ("due", "current", "back", "advance", "paid", "handed_up", "kept"):
        assert getattr(whole, key) == sum(getattr(part, key) for part in own)
    assert whole.paid == sum(row.paid for row in summary) == whole.current + whole.back + whole.advance


def test_who_pays_late_is_counted_so(branch: Database):
    with branch.reading() as session:
        (_, whole), *_ = PAPERS["dues_report"](session, View(TODAY, Period.parse("2026-10")))
    assert (whole.in_time.total, whole.late.total, whole.late.retired) == (45, 2, 1)


def test_a_card_has_the_months_of_its_member(branch: Database):
    with branch.reading() as session:
        cards = dict(PAPERS["dues_card"](session, YEAR))
        name = find_by_id(session, 1).name
        paid = sum(row.amount for row in payment_rows(session, YEAR) if row.member_id == 1)
    assert (cards[1].name, len(cards[1].months), cards[1].paid) == (name, 12, paid)


def test_the_notice_of_the_year_adds_up(branch: Database):
    with branch.reading() as session:
        ((number, notice),) = PAPERS["dues_year_notice"](session, YEAR)
        assert session.scalar(select(func.count()).select_from(Payment))
    assert number == 2026
    income, use = (sum((amount for _, amount in part), ZERO) for part in (notice.incomes, notice.uses))
    assert notice.balance == notice.carried + income - use
    assert notice.large == (1, Decimal("1000.00"))


@pytest.mark.parametrize("name", MONEY_PAPERS)
def test_a_year_without_anything_has_no_papers(branch: Database, name: str):
    with branch.reading() as session:
        assert not PAPERS[name](session, View(TODAY, Period.of_year(2019)))


def _row(on: date, summary: str, **values) -> dict:
    return {"on": on, "summary": summary} | values


def test_a_book_kept_elsewhere_is_read_in_with_its_opening_balance(database: Database):
    rows = [
        _row(date(2026, 3, 5), "学习用书", spending=Decimal("300.00"), kind="教育培训", decided_on=date(2026, 3, 1)),
        _row(date(2026, 1, 1), CARRIED, balance=Decimal("200.00")),
        _row(date(2026, 3, 5), "返还党费", income=Decimal("500.00"), number="收-1"),
        _row(date(2026, 4, 5), "慰问", spending=Decimal("400.01"), decided_on=date(2026, 4, 1)),
        _row(date(2026, 4, 6), "慰问", spending=Decimal("10.00")),
        _row(date(2026, 4, 7), "留存", income=Decimal("10.00"), kind=cash_book.KEPT),
        _row(date(2026, 4, 8), "两头", income=Decimal("1.00"), spending=Decimal("1.00")),
        _row(date(2026, 4, 9), "冲销", income=Decimal("-1.00")),
        _row(date(2026, 4, 9), "没有金额"),
    ]
    with database.writing("导入") as session:
        first = booking.save(session, rows, YEAR)
        again = booking.save(session, rows, YEAR)
        totals = book_totals(session, YEAR)
    assert [each.kind for each in first] == ["added"] * 3 + ["refused"] * 6
    assert [each.field for each in first[3:]] == ["spending", "decided_on", "kind", "spending", "income", "income"]
    assert [each.kind for each in again] == ["unchanged"] * 3 + ["refused"] * 6
    assert (totals.carried, totals.income, totals.spending) == (ZERO, Decimal("700.00"), Decimal("300.00"))


def test_what_was_exported_of_the_book_comes_back_unchanged(branch: Database):
    with branch.writing("上缴") as session:
        settings.change(session, remit_percent="20.00")
        remittances.remit(session, NOVEMBER, TODAY, "V-1")
        cash_book.reverse(session, 2, "重记", TODAY)
        rows = [{column.key: getattr(row, column.key) for column in DUES_CASH_BOOK.columns}
                for row in cash_book_rows(session, YEAR)]  # fmt: skip
        before = book_totals(session, YEAR)
        assert {each.kind for each in booking.save(session, rows, YEAR)} == {"unchanged"}
        assert book_totals(session, YEAR) == before


def test_an_entry_that_comes_back_changed_is_noted_but_not_rebooked(branch: Database):
    with branch.writing("导入") as session:
        row = next(each for each in cash_book_rows(session, YEAR) if each.spending)
        known = {column.key: getattr(row, column.key) for column in DUES_CASH_BOOK.columns}
        noted, rebooked, moved = booking.save(
            session,
            [known | {"remark": "发票已附"}, known | {"spending": Decimal("1.00")}, known | {"on": date(2026, 12, 1)}],
            YEAR,
        )
        assert (noted.kind, noted.record_id) == ("updated", row.id)
        assert [(each.kind, each.field) for each in (rebooked, moved)] == [("refused", "spending"), ("refused", "on")]
        assert "已经入账，不能改动" in (rebooked.why or "")


def test_kept_money_that_was_spent_holds_its_remittance(branch: Database):
    with branch.writing("上缴") as session:
        settings.change(session, remit_percent="20.00")
        done = remittances.remit(session, NOVEMBER, TODAY, "V-1")
        use = {"on": TODAY, "summary": "学习", "kind": "教育培训", "decided_on": TODAY}
        spent = cash_book.spend(session, use | {"amount": done.kept})
        with pytest.raises(UserError, match="已经用掉一部分"):
            cash_book.take_back(session, done.id)
        cash_book.reverse(session, spent.id, "退回", TODAY)
        cash_book.take_back(session, done.id)
        assert remittances.agreement(session, NOVEMBER).remitted == 0


def test_a_sum_with_a_large_payment_in_it_is_read_in_once(branch: Database):
    with branch.writing("导入") as session:
        name = find_by_id(session, 3).name
        rows = [
            {"name": name, "paid_on": TODAY, "amount": Decimal("3000.00"), "method": "转账"},
            {"name": name, "paid_on": TODAY, "amount": Decimal("2000.00"), "method": "转账"},
        ]
        assert [each.kind for each in save(session, rows, MONTH)] == ["added", "added"]
        assert [each.kind for each in save(session, rows, MONTH)] == ["unchanged", "unchanged"]
        assert totals(session, MONTH).large > Decimal("4000.00")


@pytest.mark.parametrize(("cadence", "said"), [("每月", "待上缴"), ("每季度", "12 月上缴"), ("每半年", "12 月上缴")])
def test_what_is_handed_up_by_the_quarter_is_not_urged_before(branch: Database, cadence: str, said: str):
    with branch.writing("办法") as session:
        settings.change(session, remit_cadence=cadence)
        duty = next(each for each in overview(session, MONTH).duties if each.key == "remit")
    assert duty.mark[0] == said
