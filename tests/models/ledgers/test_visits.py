"""Visits and 急难愁盼: what is kept and how it stands, that a workbook brings it back, that illness is told nowhere."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from exporters import csv_file, excel, forms
from importers import intake, matching, reader
from models.audit import Change, Operation
from models.database import Database
from models.errors import FieldError
from models.ledger import Ledger, View
from models.ledgers import sheets
from models.ledgers.care.concerns import CARE_CONCERNS
from models.ledgers.care.history import timeline
from models.ledgers.care.visit_papers import visit_sheets
from models.ledgers.care.visits import CARE_VISITS, visits_to
from models.ledgers.catalogue import LEDGERS
from models.ledgers.life.counts import LIFE_STATISTICS
from models.ledgers.trail import lines_of
from models.ledgers.variants import local
from models.ledgers.wording import Names, differences
from models.records.care import cases as care_cases
from models.records.care import concerns as care_concerns
from models.records.care import visits as care_visits
from models.records.members import members, organisation
from models.rules.periods import Period
from models.undo import undo_last
from tests.exporters import pages

DAY, TODAY = date(2031, 3, 4), date(2031, 3, 20)  # a year of which the sample knows nothing
VIEW = View(TODAY, Period.of_year(2031))
ILL = "青山鹦鹉"
SAVED = (CARE_VISITS, CARE_CONCERNS)
_BEGUN = {"care_visits": "on", "care_concerns": "raised_on"}


def visit(**values: object) -> dict[str, object]:
    return {"on": DAY, "name": "陈桂芳", "visitors": "张红卫", "occasion": "住院"} | values


@pytest.fixture
def care(sample: Database) -> Database:
    """Four visits, one of them to a resident with a case, and three matters."""
    with sample.writing("x") as session:
        first, second = (branch.id for branch in organisation.branches(session)[:2])
        care_cases.apply(session, {"name": "方朗", "sort": "困难群众", "branch_id": first}, DAY, TODAY)
        late = {"followup": "送药", "followup_on": date(2031, 3, 10), "situation": ILL}
        care_visits.enter(session, visit(needs="陪同取药", **late), TODAY, second)
        near = {"followup": "修灯", "followup_on": date(2031, 3, 24)}
        care_visits.enter(session, visit(name="方朗", occasion="灾害", **near), TODAY, first)
        done = {"followup": "代办手续", "done_on": DAY, "result": "已办"}
        care_visits.enter(session, visit(name="刘洋", occasion="中秋", **done), TODAY)
        care_visits.enter(session, visit(name="柳成荫", occasion=None), TODAY, second)
        care_concerns.add(session, {"matter": "修路灯", "raised_on": DAY, "raised_by": "白石社区"}, TODAY, first)
        care_concerns.add(session, {"matter": "挂号难", "raised_on": DAY, "due_on": DAY, "kind": "就医"}, TODAY)
        closed = {"matter": "入学", "raised_on": DAY, "closed_on": date(2031, 3, 9), "progress": "已入学"}
        care_concerns.add(session, closed, TODAY, second)
    return sample


def rows(database: Database, ledger: Ledger, view: View = VIEW) -> list[Any]:
    with database.reading() as session:
        return [row for row in ledger.rows(session, view) if getattr(row, _BEGUN[ledger.name]) == DAY]


def column(database: Database, ledger: Ledger, key: str) -> Sequence[object]:
    return [getattr(row, key) for row in rows(database, ledger)]


def test_a_visit_knows_whom_it_was_to(care: Database) -> None:
    found = rows(care, CARE_VISITS)
    assert [row.branch for row in found] == ["第一党支部", "第一党支部", "第一党支部", "第二党支部"]
    assert [row.member_id is not None for row in found] == [True, False, True, False]
    assert [row.case_id is not None for row in found] == [False, True, False, False]
    assert [row.state for row in found] == ["已逾期", "快到期", "已办", "无后续"]
    assert found[-1].occasion == "日常"
    with care.reading() as session:
        assert care_visits.occasions(session)[-1] == "中秋"
        assert [row.occasion for row in visits_to(session, TODAY, case_id=found[1].case_id)] == ["灾害"]
        assert visits_to(session, TODAY) == []
        told = [(event.on, event.kind, event.detail) for event in timeline(session, found[1].case_id)]
    assert (DAY, "走访（灾害）", "张红卫　后续：修灯（未办）") in told


def test_visits_and_matters_are_counted(care: Database) -> None:
    with care.reading() as session:
        said = {row.title: row.now for row in LIFE_STATISTICS.rows(session, VIEW) if row.group == "走访和急难愁盼"}
    assert said == {"走访": 4, "急难愁盼事项": 3, "急难愁盼销号": 1, "急难愁盼销号率": Decimal("33.3")}


def test_what_is_not_done_goes_on_into_the_next_year(care: Database) -> None:
    later = View(date(2032, 1, 5), Period.of_year(2032))
    assert [row.followup for row in rows(care, CARE_VISITS, later)] == ["送药", "修灯"]


def test_matters_say_how_long_they_are_open(care: Database) -> None:
    assert column(care, CARE_CONCERNS, "state") == ["已逾期", "办理中", "已销号"]
    assert column(care, CARE_CONCERNS, "days") == [16, 16, 5]
    assert column(care, CARE_CONCERNS, "branch") == ["示例局机关党总支", "第一党支部", "第二党支部"]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (visit(on=None), "on"),
        (visit(on=date(2031, 3, 21)), "on"),
        (visit(name=" "), "name"),
        (visit(visitors=None), "visitors"),
        (visit(followup_on=TODAY), "followup"),
        (visit(followup="送药", followup_on=date(2031, 3, 3)), "followup_on"),
        (visit(followup="送药", done_on=date(2031, 3, 3)), "done_on"),
        (visit(followup="送药", done_on=date(2031, 3, 21)), "done_on"),
    ],
)
def test_an_unsound_visit_is_refused(sample: Database, values: dict[str, object], field: str) -> None:
    with pytest.raises(FieldError) as refused, sample.writing("x") as session:
        care_visits.enter(session, values, TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"matter": " "}, "matter"),
        ({"matter": "修灯", "raised_on": date(2031, 3, 21)}, "raised_on"),
        ({"matter": "修灯", "closed_on": date(2031, 3, 21)}, "closed_on"),
        ({"matter": "修灯", "closed_on": date(2031, 3, 19), "progress": "好了"}, "closed_on"),
        ({"matter": "修灯", "closed_on": TODAY}, "progress"),
    ],
)
def test_an_unsound_matter_is_refused(sample: Database, values: dict[str, object], field: str) -> None:
    with pytest.raises(FieldError) as refused, sample.writing("x") as session:
        care_concerns.add(session, values, TODAY)
    assert refused.value.field == field


@pytest.mark.parametrize("ledger", SAVED, ids=lambda each: each.name)
@pytest.mark.parametrize("writer", [excel, csv_file], ids=["xlsx", "csv"])
def test_a_workbook_comes_back_unchanged(care: Database, tmp_path: Path, ledger: Ledger, writer: Any) -> None:
    with care.reading() as session:
        sheet = sheets.sheet(session, ledger, VIEW)
    path = tmp_path / f"{sheet.heading}{'.xlsx' if writer is excel else '.csv'}"
    writer.write(sheet, path)
    before = rows(care, ledger)
    with care.writing("导入") as session:
        declared = local(session, ledger, hidden=True)
        report = intake.save(session, declared, matching.match(reader.read(path), declared), VIEW)
    assert report.problems == ()
    assert report.counts == {"unchanged": len(sheet.rows)}
    assert rows(care, ledger) == before


def test_rows_are_added_changed_and_refused(care: Database) -> None:
    assert CARE_VISITS.save is not None
    given = [
        visit(occasion="生日"),
        visit(remark="已回访"),
        visit(name="外来人", visitors="刘洋"),
        visit(on=TODAY, name="外来人", visitors=None, branch="第一党支部"),
    ]
    with care.writing("导入") as session:
        outcomes = CARE_VISITS.save(session, given, VIEW)
    fates = [(each.kind, each.field) for each in outcomes]
    assert fates == [("added", None), ("updated", None), ("refused", "branch"), ("refused", "visitors")]


def test_undo_brings_back_what_was_removed(care: Database) -> None:
    number = rows(care, CARE_VISITS)[0].id
    with care.writing("删除走访记录") as session:
        care_visits.remove(session, number)
    with care.writing("撤销") as session:
        undo_last(session, TODAY)
        assert care_visits.situation_of(session, number) == ILL
        assert members.find_by_id(session, care_visits.find(session, number).member_id or 0).name == "陈桂芳"


def test_illness_stands_on_the_sheet_of_the_visit_alone(care: Database, tmp_path: Path) -> None:
    with care.reading() as session:
        assert sum(ILL in (change.new or "") for change in session.scalars(select(Change))) == 1
        for ledger in LEDGERS:
            for sheet in sheets.sheets(session, ledger, VIEW):
                assert ILL not in repr(sheet), sheet.name
        for number in session.scalars(select(Operation.id)):
            assert all(ILL not in line for line in lines_of(session, number))
        for change in session.scalars(select(Change).where(Change.new.contains(ILL))):
            assert ILL not in repr(differences(change, Names(session, private=True)))
        records = [record for _, record in visit_sheets(session, VIEW)]
    path = tmp_path / "走访记录表.pdf"
    forms.named("care_visit_sheet").draw(records, path)
    found = pages.texts(path)
    assert len(found) == len(records) == 4
    assert [ILL in text for text in found] == [True, False, False, False]
