"""Past years come in: registers with twelve months, as ours or kept by hand, and lists of payments; none twice."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from exporters import excel
from importers import intake, matching, reader
from importers.grid import Workbook
from models import checks
from models.import_journal import imports, undo_import
from models.ledger import View
from models.ledgers import catalogue, sheets
from models.ledgers.dues import progress
from models.ledgers.variants import local
from models.records.dues import assessments, months, payments, standing
from models.records.dues.months import Due, DuesMonth
from models.records.dues.payments import Collection, Payment
from models.records.members import roster
from models.records.members.members import Member, find
from models.rules.periods import Month, PartialDate, Period
from tests.importers.conftest import TODAY
from tests.importers.invented import book, grid
from tests.models.test_undo import content

NAMES = ("张红卫", "李秀英")
BORN = PartialDate(1980, 5)
MONTHS = [f"{number}月" for number in range(1, 13)]
HEAD = ("序号", "姓名", "党员类别", "月应交", *MONTHS, "全年应交", "全年实交", "备注")
TITLE = ("中共甲局支部2024年度党费收缴登记表",)
FULL = (1, "张红卫", "正式党员", 50, *[50] * 12, 600, 600, None)
PART = (2, "李秀英", "预备党员", 30, *[30] * 9, None, None, None, 360, 270, "欠三个月")


@pytest.fixture
def branch(database):
    """Two members, and this file's own first month."""
    with database.writing("登记") as session:
        roster.save(session, [{"name": name, "birth_date": BORN, "joined_on": PartialDate(2001)} for name in NAMES])
        for name in NAMES:
            assessments.save_one(session, find(session, name).id, {"dues_category": "学生"})
        months.open_month(session, Month(2026, 10), date(2026, 10, 20))
        payments.collect(session, find(session, "张红卫").id, Month(2026, 10), Collection(date(2026, 10, 23)))
    return database


def ledger_of(database, name):
    with database.reading() as session:
        return local(session, catalogue.named(name), hidden=True)


def take(database, *rows, ledger="dues_register", name="表", file="登记表", **more):
    workbook = Workbook((grid(*rows, name=name, **more),), name=file)
    return take_book(database, workbook, ledger)


def take_book(database, workbook, ledger="dues_register"):
    declared = ledger_of(database, ledger)
    match = matching.match(workbook, declared)
    with database.writing(f"导入{declared.title}：往年.xlsx") as session:
        return intake.save(session, declared, match, sheets.view_of(session, TODAY))


def year(database, name, number=2024):
    """Due and paid of each month."""
    with database.reading() as session:
        books = standing.Books(session)
        member = find(session, name)
        found = [books.standing(member, Month(number, month)) for month in range(1, 13)]
        return [(None if each.due is None else str(each.due), str(each.paid)) for each in found]


def others(database):
    """How a member stands of whom the paper says nothing."""
    with database.writing("登记") as session:
        roster.save(session, [{"name": "王建国", "birth_date": BORN, "joined_on": PartialDate(2001)}])
    with database.reading() as session:
        books = standing.Books(session)
        return {books.standing(find(session, "王建国"), Month(2024, month)).state for month in range(1, 13)}


def why(report):
    return [(each.row, each.why) for each in report.problems]


def test_a_register_of_a_past_year_comes_in_with_its_months(branch):
    report = take(branch, TITLE, HEAD, FULL, PART, ("合计", None, None, 80, *[80] * 9, 50, 50, 50, 960, 870))
    assert (report.counts, why(report), report.match.notices) == ({"added": 2}, [], ())
    assert year(branch, "张红卫") == [("50.00", "50.00")] * 12
    assert year(branch, "李秀英") == [("30.00", "30.00")] * 9 + [("30.00", "0")] * 3
    assert others(branch) == {"not_due"}
    with branch.reading() as session:
        day = session.scalars(select(DuesMonth).where(DuesMonth.month == Month(2024, 3))).one()
        paid = session.scalars(select(Payment).where(Payment.paid_on == day.collection_day)).all()
        due = session.scalars(select(Due).where(Due.month == Month(2024, 3))).first()
        assert (day.brought_in, day.opened_on) == (True, day.collection_day)
        assert {each.remark for each in paid} == {"补录：2024年度党费收缴登记表"}
        assert (due.source, due.working) == ("补录", "2024年度党费收缴登记表：应交 50.00")
        assert progress.waiting(session) == ((Month(2026, 10), Decimal("0.20")),)
    assert checks.check(branch) == []


def test_twice_is_once_and_another_figure_is_refused(branch):
    take(branch, TITLE, HEAD, FULL, PART)
    before = content(branch)
    assert take(branch, TITLE, HEAD, FULL, PART).counts == {"unchanged": 2}
    assert content(branch) == before
    changed = (*FULL[:4], 60, *FULL[5:-3], 610, 610, None)
    report = take(branch, TITLE, HEAD, changed)
    assert report.counts == {"refused": 1}
    assert "2024年1月已有记录：应交 50.00、实交 50.00" in why(report)[0][1]
    assert content(branch) == before


def test_it_is_taken_back_whole_and_may_come_in_again(branch):
    take(branch, TITLE, HEAD, FULL, PART)
    with branch.writing("撤销") as session:
        undo_import(session, imports(session)[0].number, TODAY)
    assert year(branch, "张红卫") == [(None, "0.00")] * 12
    assert checks.check(branch) == []
    assert take(branch, TITLE, HEAD, FULL, PART).counts == {"added": 2}
    assert year(branch, "张红卫") == [("50.00", "50.00")] * 12


def test_the_months_of_this_file_are_never_rewritten(branch):
    before = content(branch)
    head = ("姓名", "年度", "10月", "11月")
    report = take(branch, head, ("张红卫", 2026, 50, None), ("李秀英", 2026, None, 50), ("张红卫", 2026, 0.2, None))
    assert [row for row, _ in why(report)] == [2, 3]
    assert "2026年10月已有记录：应交 0.20、实交 0.20" in why(report)[0][1]
    assert "2026年11月不早于本程序开始记账的 2026年10月" in why(report)[1][1]
    assert report.counts == {"refused": 2, "unchanged": 1}
    assert content(branch) == before


def test_pairs_quarters_and_ticks_of_registers_kept_by_hand(branch):
    top = ("姓名", "月应交", "1月", None, "2月", None, "3月", None, "一季度小计")
    low = (None, None, *("应缴", "实缴") * 3, None)
    merges = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 0, 5), (0, 6, 0, 7), (0, 8, 1, 8)]
    rows = (("张红卫", 50, 50, 50, 50, None, 60, 30, 80), ("李秀英", 30, 30, "√", 30, "免", None, None, 30))
    report = take(branch, top, low, *rows, merges=merges, name="2023年")
    assert (report.counts, why(report)) == ({"added": 2}, [])
    assert year(branch, "张红卫", 2023)[:4] == [("50.00", "50.00"), ("50.00", "0"), ("60.00", "30.00"), (None, "0")]
    assert year(branch, "李秀英", 2023)[:3] == [("30.00", "30.00"), ("0.00", "0"), (None, "0")]


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ((1, "张红卫", None, 50, *[50] * 12, 600, 590, None), "全年实交写的是 590.00，各月相加是 600.00"),
        ((1, "张红卫", None, 50, *[50] * 11, None, 570, 550, None), "对不上"),
        ((1, "王建国", None, 50, *[50] * 12, 600, 600, None), "名册中没有党员"),
        ((1, "张红卫", None, None, *[None] * 12, None, 600, None), "只有合计，没有各月的数"),
    ],
)
def test_a_line_that_contradicts_itself_is_held_back_with_its_reason(branch, row, words):
    report = take(branch, TITLE, HEAD, row, PART)
    assert words in why(report)[0][1]
    assert report.counts == {"refused": 1, "added": 1}


def test_a_total_that_is_not_the_sum_is_said(branch):
    report = take(branch, TITLE, HEAD, FULL, PART, ("合计", None, None, 80, *[80] * 8, 90, 50, 50, 50, 960, 870))
    assert report.match.notices == ("合计行（第 5 行）和各行相加不符：“9月”写的是 90.00，相加是 80.00。",)
    assert report.counts == {"added": 2}


@pytest.mark.parametrize(
    ("title", "sheet", "file", "known"),
    [
        (("二〇二四年度党费登记表",), "表", "登记表", 2024),
        (("党费登记表", "填表日期：2025年1月5日"), "2024", "登记表", 2024),
        (("党费登记表",), "表", "2024年党费", 2024),
        (("党费登记表",), "表", "登记表", None),
    ],
)
def test_the_year_stands_in_the_title_or_in_a_name(branch, title, sheet, file, known):
    report = take(branch, title, HEAD, FULL, name=sheet, file=file)
    if known is None:
        assert "不知道是哪一年的" in why(report)[0][1]
    else:
        assert year(branch, "张红卫", known)[0] == ("50.00", "50.00")


def test_sheets_of_several_years_come_in_together(branch):
    sheets_of_years = [grid(HEAD, FULL, name=f"{number}年") for number in (2022, 2023)]
    assert take_book(branch, book(*sheets_of_years)).counts == {"added": 2}
    assert year(branch, "张红卫", 2022) == year(branch, "张红卫", 2023) == [("50.00", "50.00")] * 12


def test_our_own_register_comes_back_and_into_another_file(branch, tmp_path: Path):
    take(branch, TITLE, HEAD, FULL, PART)
    path = tmp_path / "登记表.xlsx"
    with branch.reading() as session:
        view = sheets.view_of(session, TODAY)
        shown = sheets.sheet(session, catalogue.named("dues_register"), View(view.today, Period.of_year(2024)))
    excel.write(shown, path)
    before = content(branch)
    assert take_book(branch, reader.read(path)).counts == {"unchanged": 2}
    assert content(branch) == before
    with branch.writing("撤销") as session:
        undo_import(session, imports(session)[0].number, TODAY)
    report = take_book(branch, reader.read(path))
    assert (report.counts, why(report)) == ({"added": 2}, [])
    assert year(branch, "李秀英") == [("30.00", "30.00")] * 9 + [("30.00", "0")] * 3


LIST = ("姓名", "缴费类型", "缴费起始月份", "缴费截止月份", "缴费金额", "缴费说明", "备注")


def test_past_payments_come_in_from_month_to_month(branch):
    rows = (
        ("张红卫", "按工资比例交纳", "2024-01", "2024-03", 150, "补交", None),
        ("李秀英", "免交", "2024-01", "2024-02", None, None, None),
        ("李秀英", "少交", "202403", "202403", 10.01, None, None),
    )
    report = take(branch, LIST, *rows, ledger="dues_payments")
    assert (report.counts, why(report)) == ({"added": 3}, [])
    assert year(branch, "张红卫")[:4] == [*[("50.00", "50.00")] * 3, (None, "0")]
    assert year(branch, "李秀英")[:3] == [("0.00", "0"), ("0.00", "0"), ("10.01", "10.01")]
    before = content(branch)
    assert take(branch, LIST, *rows, ledger="dues_payments").counts == {"unchanged": 3}
    assert content(branch) == before
    assert checks.check(branch) == []


def test_a_list_by_year_and_month_states_the_due(branch):
    head = (
        "序号",
        "姓名",
        "所在党支部",
        "年",
        "月",
        "缴纳基数",
        "应缴",
        "实缴",
        "缴费日期",
        "缴费方式",
        "状态",
        "是否逾期",
    )
    rows = (
        (1, "张红卫", "甲局第一党支部", 2024, 1, 5000, 50, 30, "2024-01-20", "现金", "部分", "否"),
        (2, "张红卫", "甲局第一党支部", 2024, 1, 5000, 50, 20, "2024-02-20", "转账", "已交", "是"),
    )
    report = take(branch, head, *rows, ledger="dues_payments")
    assert (report.counts, why(report)) == ({"added": 2}, [])
    assert year(branch, "张红卫")[0] == ("50.00", "50.00")
    assert take(branch, head, *rows, ledger="dues_payments").counts == {"unchanged": 2}


def test_payments_taken_back_may_come_in_again_but_not_those_reversed_by_hand(branch):
    row = ("张红卫", "按标准交纳", "2024-01", "2024-01", 50, None, None)
    take(branch, LIST, row, ledger="dues_payments")
    with branch.writing("撤销") as session:
        undo_import(session, imports(session)[0].number, TODAY)
    assert take(branch, LIST, row, ledger="dues_payments").counts == {"added": 1}
    with branch.writing("冲销") as session:
        payments.reverse(
            session, session.scalars(select(Payment.id).order_by(Payment.id.desc())).first(), "记错", TODAY
        )
    assert take(branch, LIST, row, ledger="dues_payments").counts == {"unchanged": 1}


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (("张红卫", None, "2026-08", "2026-10", 1, None, None), "所属期跨过了"),
        (("张红卫", "免交", "2024-01", None, 5, None, None), "免交，却有交纳金额"),
        (("张红卫", None, None, None, 5, None, None), "没有交纳日期，也没有写所属月份"),
        (("张红卫", None, "2024-01", None, None, None, None), "没有实交金额"),
    ],
)
def test_a_payment_in_doubt_is_held_back(branch, row, words):
    report = take(branch, LIST, row, ("李秀英", None, "2024-01", None, 5, None, None), ledger="dues_payments")
    assert words in why(report)[0][1]
    assert report.counts["added"] == 1


@pytest.mark.parametrize(("month", "other"), [("2024-01", 2026), ("2026-10", 2036)])
def test_a_day_of_another_decade_is_held_back_and_nothing_of_its_row_is_entered(branch, month, other):
    """Of a month before this file, and of one of its own; ten years late may be so."""
    before = content(branch)
    head = ("姓名", "所属月份", "实缴", "缴费日期")
    report = take(branch, head, ("李秀英", month, 5, f"{int(month[:4]) - 30}-01-20"), ledger="dues_payments")
    (line,) = why(report)
    assert "早了两年以上，请核对" in line[1]
    assert {table: rows for table, rows in content(branch).items() if rows != before[table]} == {}
    assert take(branch, head, ("李秀英", month, 5, f"{other}-01-20"), ledger="dues_payments").counts == {"added": 1}


CELLS = st.one_of(st.none(), st.sampled_from(["免", "未交"]), st.integers(1, 9999).map(lambda fen: fen / 100))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.lists(CELLS, min_size=12, max_size=12), min_size=2, max_size=2), st.integers(1990, 2020))
def test_what_a_register_says_was_paid_is_in_the_books_once(branch, cells, number):
    rows = [(name, *paid) for name, paid in zip(NAMES, cells, strict=True)]
    head = ("姓名", *MONTHS)
    with branch.trying() as session:
        declared = local(session, catalogue.named("dues_register"), hidden=True)
        match = matching.match(book(grid((f"{number}年度",), head, *rows)), declared)
        view = sheets.view_of(session, TODAY)
        intake.save(session, declared, match, view)
        again = intake.save(session, declared, match, view)
        books = standing.Books(session)
        for name, paid in zip(NAMES, cells, strict=True):
            member = find(session, name)
            held = [books.standing(member, Month(number, month)).paid for month in range(1, 13)]
            assert held == [Decimal(str(cell)) if isinstance(cell, float) else Decimal(0) for cell in paid]
        assert set(again.counts) <= {"unchanged"}


def test_namesakes_of_our_own_register_are_told_apart_by_their_numbers(branch):
    with branch.writing("登记") as session:
        roster.save(session, [{"name": "张红卫", "birth_date": PartialDate(1990, 1)}])
        first, second = (each.id for each in session.query(Member).where(Member.name == "张红卫").order_by(Member.id))
    head = ("姓名", "年度", "1月", "编号")
    report = take(branch, head, ("张红卫", 2024, 50, second), ("张红卫", 2024, 40, first), ("张红卫", 2024, 30, None))
    assert (report.counts, len(report.problems)) == ({"added": 2, "refused": 1}, 1)
    assert "名册中有 2 位" in why(report)[0][1]
    with branch.reading() as session:
        books = standing.Books(session)
        held = [str(books.paid[number, Month(2024, 1)]) for number in (first, second)]
    assert held == ["40.00", "50.00"]
