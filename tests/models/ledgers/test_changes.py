"""What is kept of a sending, and what it tells of later changes."""

from collections.abc import Mapping, Sequence
from dataclasses import make_dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from models import undo
from models.database import Database
from models.errors import FieldError, UserError
from models.kinds import CODE, DAY, MONEY, NAME, NUMBER, RATE, TEXT
from models.ledger import Column, Sheet, View
from models.ledgers import snapshots
from models.ledgers.catalogue import LEDGERS, named
from models.ledgers.changes import ADDED, CHANGED, REMOVED, Changes, compared, since
from models.ledgers.sendings import SENDINGS
from models.ledgers.sheets import sheet
from models.records import sendings
from models.records.members import members
from models.records.sendings import WORKBOOK, Letter, Table
from models.rules.periods import Month, PartialDate, Period

TODAY = date(2026, 11, 23)
NOVEMBER = Month(2026, 11)
VIEW = View(TODAY, Period(NOVEMBER, NOVEMBER))
LETTER = Letter(TODAY, "机关工委", "周丽萍", NOVEMBER, NOVEMBER, None, WORKBOOK, False, "上报.xlsx")
COLUMNS = (
    Column("name", "姓名", NAME),
    Column("amount", "金额", MONEY, totalled=True),
    Column("count", "人数", NUMBER),
    Column("rate", "比例", RATE),
    Column("on", "日期", DAY),
    Column("remark", "备注", TEXT),
    Column("id", "编号", CODE),
)
Row = make_dataclass("Row", [column.key for column in COLUMNS], frozen=True)


def row(number: int | None, name: str = "张红卫", **values: Any) -> Any:
    known = {"amount": Decimal("111.30"), "count": 3, "rate": Decimal("0.015"), "on": TODAY, "remark": None} | values
    return Row(name=name, id=number, **known)


def of_rows(*rows: Any, columns: Sequence[Column] = COLUMNS) -> Sheet:
    return Sheet("test", "试验表", tuple(columns), rows, {}, ("左", "", "右"), ("书记：",), "", "landscape")


def changes(before: Sheet, now: Sheet) -> Changes:
    return compared(snapshots.read(snapshots.taken(before)), now)


def test_nothing_changed_is_no_row():
    found = changes(of_rows(row(1), row(2, "李素云")), of_rows(row(2, "李素云"), row(1)))
    assert found.sheet.rows == []
    assert found.chinese == "没有改动"


def test_rows_added_changed_and_gone_are_told_apart():
    before = of_rows(row(1), row(2, "李素云"), row(3, "王五"))
    now = of_rows(row(1, amount=Decimal("126.9"), rate=Decimal("0.02"), remark="补"), row(3, "王五"), row(4, "赵六"))
    found = changes(before, now)
    assert found.counts == {ADDED: 1, CHANGED: 1, REMOVED: 1}
    assert found.chinese == "新增 1 行，修改 1 行，删除 1 行"
    changed, added, removed = found.sheet.rows
    assert (changed.name, added.name, removed.name) == ("张红卫", "赵六", "李素云")
    assert changed.said_before == "金额：111.30；比例：1.5%；备注：（空）"
    assert found.marks[0] == (CHANGED, frozenset({"sort_of_change", "amount", "rate", "remark"}))
    assert found.marks[1][0] == ADDED
    assert found.marks[2][0] == REMOVED
    assert removed.amount == Decimal("111.30")
    assert removed.on == TODAY
    shown = {column.key: column.kind.show(getattr(removed, column.key)) for column in found.sheet.columns}
    assert (shown["amount"], shown["rate"], shown["count"], shown["on"]) == ("111.30", "1.5%", "3", "2026-11-23")


def test_columns_that_came_or_went_are_said_but_are_no_change():
    before = of_rows(row(1), columns=[column for column in COLUMNS if column.key != "remark"])
    now = of_rows(row(1, remark="新"), columns=[column for column in COLUMNS if column.key != "count"])
    found = changes(before, now)
    assert found.sheet.rows == []
    assert found.columns == "比报送时多了列：备注；少了列：人数"


def test_years_that_passed_are_no_change(branch: Database):
    roster = named("members_roster")
    with branch.writing("转正") as session:
        members.change(session, 1, {"full_member_on": PartialDate(2001, 7, 1)})
    with branch.reading() as session:
        before, now = (sheet(session, roster, View(day, VIEW.period)) for day in (TODAY, date(2028, 1, 1)))
    assert before.rows[0].seniority != now.rows[0].seniority
    assert changes(before, now).chinese == "没有改动"


def test_rows_that_are_no_records_are_known_by_name_and_number():
    before = of_rows(row(None), row(None), row(None, "李素云"))
    now = of_rows(row(None), row(None, amount=Decimal("1.00")), row(None, "李素云"))
    found = changes(before, now)
    assert found.counts == {ADDED: 0, CHANGED: 1, REMOVED: 0}


CELLS = st.fixed_dictionaries({
    "name": st.sampled_from(["张红卫", "李素云"]),
    "amount": st.none() | st.decimals(-999, 999, places=2),
    "count": st.none() | st.integers(-9, 9),
    "rate": st.none() | st.decimals(0, 1, places=3),
    "on": st.none() | st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    "remark": st.none() | st.text(max_size=5),
})  # fmt: skip
SHEETS = st.dictionaries(st.integers(1, 6), CELLS, max_size=5).map(
    lambda rows: of_rows(*(Row(id=number, **cells) for number, cells in rows.items()))
)


def cells_of(made: Sheet) -> Mapping[int, Mapping[str, Any]]:
    keys = [column for column in COLUMNS if column.key != "id"]
    return {
        each.id: {column.key: column.kind.cell(getattr(each, column.key)) or None for column in keys}
        for each in made.rows
    }


EFFORT = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@EFFORT
@given(before=SHEETS, now=SHEETS)
def test_what_was_sent_and_what_changed_give_what_is_now(before: Sheet, now: Sheet):
    old, new = cells_of(before), cells_of(now)
    found = changes(before, now)
    same = {key for key in old.keys() & new.keys() if all((old[key][k] or 0) == (new[key][k] or 0) for k in old[key])}
    assert found.counts[ADDED] == len(new.keys() - old.keys())
    assert found.counts[REMOVED] == len(old.keys() - new.keys())
    assert found.counts[CHANGED] >= len(old.keys() & new.keys()) - len(same)
    assert len(found.sheet.rows) == len(found.marks) == sum(found.counts.values())


@EFFORT
@given(made=SHEETS)
def test_a_sheet_is_unchanged_since_itself(made: Sheet):
    assert changes(made, made).sheet.rows == []


@pytest.mark.parametrize("content", ["", "x", "eJw=", "bnVsbA==", "eJyrVgoGAAIBAQA="])
def test_a_damaged_draft_is_refused(content: str):
    with pytest.raises(UserError, match="底稿"):
        snapshots.read(content)


def send(database: Database, *ledgers: str, letter: Letter = LETTER) -> int:
    with database.writing("报送") as session:
        made = [sheet(session, named(name), VIEW) for name in ledgers]
        tables = [Table(each.name, each.heading, len(each.rows), snapshots.taken(each)) for each in made]
        return sendings.record(session, letter, tables).id


@pytest.fixture
def branch(database: Database) -> Database:
    with database.writing("准备") as session:
        for name, born in (("张红卫", PartialDate(1980, 3, 5)), ("李素云", PartialDate(1975, 8, 12))):
            members.add(session, {"name": name, "birth_date": born, "phone": "10000000001"})
    return database


def test_a_sending_is_listed_and_compared_with_what_is_now(branch: Database):
    number = send(branch, "members", "members_roster", "dues_register")
    with branch.writing("改动") as session:
        members.change(session, 1, {"phone": "10000000009"})
        members.add(session, {"name": "王五", "birth_date": PartialDate(1990, 1, 1)})
    with branch.reading() as session:
        listed = sheet(session, SENDINGS, VIEW)
        found = since(session, sendings.require(session, number), TODAY)
    assert [(each.recipient, each.tables, each.period) for each in listed.rows] == [("机关工委", 3, "2026年11月")]
    assert listed.rows[0].what == "党员信息、党员花名册、2026年度党费收缴登记表"
    assert [each.chinese for each in found] == ["新增 1 行，修改 1 行", "新增 1 行，修改 1 行", "新增 1 行"]
    changed = found[0].sheet.rows[0]
    assert (changed.phone, changed.said_before) == ("10000000009", "联系电话：10000000001")
    assert found[0].sheet.heading == "党员信息（改动）"
    assert found[0].sheet.lines[1] == "与2026年11月23日报送的相比：新增 1 行，修改 1 行"


def test_a_sending_is_withdrawn_and_brought_back(branch: Database):
    number = send(branch, "members")
    with branch.writing("撤回") as session:
        sendings.withdraw(session, number)
    with branch.reading() as session:
        assert sheet(session, SENDINGS, VIEW).rows == []
        with pytest.raises(UserError, match="没有编号为"):
            sendings.require(session, number)
    with branch.writing("撤销") as session:
        undo.undo_last(session, TODAY)
    with branch.reading() as session:
        assert [each.id for each in sheet(session, SENDINGS, VIEW).rows] == [number]
        assert len(sendings.tables_of(session, number)) == 1


@pytest.mark.parametrize(
    ("letter", "field"),
    [
        (replace(LETTER, recipient=" "), "recipient"),
        (replace(LETTER, recipient="工" * 61), "recipient"),
        (replace(LETTER, form="传真"), "form"),
    ],
)
def test_a_letter_without_sense_is_refused(branch: Database, letter: Letter, field: str):
    with pytest.raises(FieldError) as refusal:
        send(branch, "members", letter=letter)
    assert refusal.value.field == field


def test_nothing_sent_is_no_sending(branch: Database):
    with pytest.raises(UserError, match="还没有选"):
        send(branch)


@pytest.mark.parametrize("ledger", LEDGERS, ids=lambda ledger: ledger.name)
def test_every_ledger_can_be_kept_and_compared(branch: Database, ledger: Any):
    with branch.reading() as session:
        made = sheet(session, ledger, VIEW)
    assert changes(made, made).sheet.rows == []
