"""F02: worksheets filled in through rows, read again, written and brought back, with the items of the branch."""

import json
from contextlib import closing
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from exporters import csv_file, excel
from importers import intake, matching, reader
from models.database import Database
from models.ledger import Sheet, View
from models.ledgers import trail
from models.ledgers.dues.worksheets import DUES_WORKSHEETS, OFF, PAY, WorksheetRow
from models.ledgers.sheets import sheet
from models.ledgers.variants import local
from models.records.dues import payscale, worksheets
from models.records.members import members
from models.records.outcomes import Outcome
from models.rules.periods import Month, Period
from tests import founded
from tests.people import id_number

TODAY = date(2026, 11, 23)
VIEW = View(TODAY, Period(Month(2026, 11), Month(2026, 11)))
JANUARY = Month(2026, 1)
OWN = {
    "职务工资": "2000.00",
    "级别工资": "3000.00",
    "工作性津贴": "2500.00",
    "个人所得税": "80.00",
    "住房公积金": "900.00",
}


@pytest.fixture
def office(database: Database) -> Database:
    """A civil servant, one who has retired, and one of whom the roster does not tell where he works."""
    with database.writing("加人") as session:
        members.add(session, {"name": "张红卫", "id_number": id_number("1980-03-05"), "position": "机关"})
        members.add(session, {"name": "王建国", "id_number": id_number("1955-03-05"), "post": "退休干部"})
        members.add(session, {"name": "孙八", "id_number": id_number("1985-03-05")})
    return database


def items(**amounts: str) -> dict[str, Any]:
    return {worksheets.ITEM + item: Decimal(amount) for item, amount in amounts.items()}


def save(database: Database, *rows: dict[str, Any]) -> list[Outcome]:
    with database.writing("核定") as session:
        return worksheets.save(session, rows)


def shown(database: Database) -> Sheet:
    with database.reading() as session:
        return sheet(session, DUES_WORKSHEETS, VIEW)


def row(database: Database, name: str) -> WorksheetRow:
    found: WorksheetRow = next(each for each in shown(database).rows if each.name == name)
    return found


def test_items_become_a_base_and_the_base_a_due(office: Database):
    zhang = {"name": "张红卫", "from_month": JANUARY, "reason": "年度核定"} | items(**OWN)
    wang = {"name": "王建国", "from_month": JANUARY} | items(基本离退休费="4800.00")
    assert [each.kind for each in save(office, zhang, wang)] == ["added", "added"]
    found = row(office, "张红卫")
    assert (found.pay_kind, found.dues_category, found.dues_base) == ("机关公务员", "在职", Decimal("6520.00"))
    assert (found.monthly, found.from_month, found.reason) == (Decimal("97.80"), JANUARY, "年度核定")
    assert (row(office, "王建国").dues_category, row(office, "王建国").monthly) == ("离退休", Decimal("24.00"))
    assert [each.kind for each in save(office, zhang, wang)] == ["unchanged", "unchanged"]


def test_the_sheet_has_the_columns_that_its_members_need(office: Database):
    keys = {column.title: column.band for column in shown(office).columns}
    assert (keys["职务工资"], keys["基本离退休费"], keys["个人所得税"]) == (PAY, PAY, OFF)
    assert "薪级工资" not in keys
    assert keys["本人签字"] == ""
    with office.reading() as session:
        assert "薪级工资" in [column.title for column in local(session, DUES_WORKSHEETS).columns]


def test_a_base_without_items_is_entered_directly(office: Database):
    (outcome,) = save(office, {"name": "孙八", "dues_category": "在职", "dues_base": Decimal("7420.00")})
    assert outcome.kind == "added"
    assert (row(office, "孙八").items, row(office, "孙八").monthly) == ({}, Decimal("111.30"))


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": "孙八"} | items(职务工资="2000.00"), "pay_kind"),
        ({"name": "张红卫"} | items(岗位工资="2000.00"), "item_岗位工资"),
        ({"name": "张红卫"} | items(职务工资="2000.00", 个人所得税="-1.00"), "item_个人所得税"),
        ({"name": "张红卫", "pay_kind": "司机"} | items(职务工资="2000.00"), "pay_kind"),
        ({"name": "张红卫", "dues_base": Decimal("9000.00")} | items(职务工资="2000.00"), "dues_base"),
        ({"name": "没有的人"} | items(职务工资="2000.00"), "name"),
    ],
)
def test_what_is_no_sound_worksheet_is_refused_at_its_field(office: Database, values: dict[str, Any], field: str):
    other = {"name": "王建国"} | items(基本离退休费="4800.00")
    refused, added = save(office, values, other)
    assert (refused.kind, refused.field, added.kind) == ("refused", field, "added")


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
def test_an_exported_sheet_comes_back_and_an_edited_item_changes_the_base(
    office: Database, tmp_path: Path, ending: str
):
    save(office, {"name": "张红卫", "from_month": JANUARY, "reason": "年度核定"} | items(**OWN))
    path = tmp_path / f"核定{ending}"
    (excel if ending == ".xlsx" else csv_file).write(shown(office), path)
    with office.trying() as session:
        ledger = local(session, DUES_WORKSHEETS)
        again = intake.save(session, ledger, matching.match(reader.read(path), ledger), VIEW)
    assert (again.counts, again.problems) == ({"unchanged": 3}, ())
    first, *others = shown(office).rows
    raised = replace(first, items=first.items | {"职务工资": Decimal("2500.00")})
    (excel if ending == ".xlsx" else csv_file).write(replace(shown(office), rows=[raised, *others]), path)
    with office.writing("导入") as session:
        ledger = local(session, DUES_WORKSHEETS)
        report = intake.save(session, ledger, matching.match(reader.read(path), ledger), VIEW)
    assert (report.counts, report.problems) == ({"updated": 1, "unchanged": 2}, ())
    assert (row(office, "张红卫").dues_base, row(office, "张红卫").monthly) == (Decimal("7020.00"), Decimal("105.30"))


def test_a_branch_has_items_of_its_own_and_older_worksheets_stay(office: Database):
    save(office, {"name": "张红卫", "from_month": JANUARY} | items(**OWN))
    document = json.loads(json.dumps(payscale.supplied()[0])) | {"from": "2026-06", "less_own": False}
    document["kinds"]["机关公务员"]["pay"] = ["职级工资", "基础绩效奖"]
    with office.writing("改项目") as session:
        payscale.save(session, document)
    assert row(office, "张红卫").dues_base == Decimal("6520.00")
    titles = [column.title for column in shown(office).columns]
    assert {"职级工资", "基础绩效奖", "职务工资"} <= set(titles)
    mid_year = {"name": "张红卫", "from_month": Month(2026, 7), "reason": "更正"}
    (outcome,) = save(office, mid_year | items(职级工资="5000.00", 基础绩效奖="1000.00", 住房公积金="900.00"))
    assert outcome.kind == "added"
    found = row(office, "张红卫")
    assert (found.dues_base, found.item_住房公积金) == (Decimal("6000.00"), Decimal("900.00"))


def test_a_new_file_has_the_items_supplied(tmp_path: Path):
    with closing(founded.make(tmp_path / "新.zbtz", "甲局第一党支部", TODAY)) as made:
        titles = [column.title for column in shown(made).columns]
        assert titles[:4] == ["姓名", "工资类型", "职务工资", "级别工资"]


def test_the_trail_tells_a_worksheet_by_its_arithmetic(office: Database):
    save(office, {"name": "张红卫", "from_month": JANUARY} | items(**OWN))
    with office.reading() as session:
        (latest, *_) = trail.operation_rows(session, VIEW)
        (line,) = trail.lines_of(session, latest.id)
    assert "工资项目：机关公务员 2000.00 + 3000.00 + 2500.00 − 80.00 − 900.00 = 6520.00" in line


def test_namesakes_are_told_apart_by_their_numbers_and_nobody_else_is_numbered(office: Database):
    assert "id_number" not in [column.key for column in shown(office).columns]
    with office.writing("加人") as session:
        members.add(session, {"name": "张红卫", "id_number": id_number("1990-07-05")})
    assert "id_number" in [column.key for column in shown(office).columns]
