"""Votes, elections, tasks and problem lists as ledgers: what they show, and that a workbook brings them back."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from exporters import csv_file, excel
from importers import intake, matching, reader
from models.audit import Change
from models.database import Database
from models.ledger import Ledger, View
from models.ledgers import sheets, wording
from models.ledgers.life.elections import LIFE_ELECTIONS
from models.ledgers.life.followups import LIFE_FOLLOWUPS
from models.ledgers.life.problems import LIFE_LISTS, LIFE_PROBLEMS
from models.ledgers.life.votes import LIFE_VOTES
from models.ledgers.variants import local
from models.records.life import activities, attendance, decisions, elections, followups, problems
from models.records.life.attendance import Mark
from models.records.members import organisation
from models.rules.periods import Period

DAY, TODAY = date(2031, 3, 4), date(2031, 3, 6)  # a year of which the sample knows nothing
VIEW = View(TODAY, Period.of_year(2031))
SAVED = (LIFE_VOTES, LIFE_FOLLOWUPS, LIFE_PROBLEMS, LIFE_LISTS)


@pytest.fixture
def lists(sample: Database) -> Database:
    """A meeting with votes, an election and tasks, and entries of several lists."""
    with sample.writing("x") as session:
        branch = organisation.branches(session)[0].id
        held = activities.begin(session, branch, "general_meeting", DAY, TODAY).id
        roll = attendance.roll(session, held)
        attendance.mark(session, held, {each.member_id: Mark("出席") for each in roll})
        came = decisions.decide(session, held, {"text": "年度计划", "favour": 9, "against": 1}).present
        decisions.decide(session, held, {"text": "添置书柜", "favour": 2, "against": 9})
        _elect(session, held, came)
        followups.add(session, {"issue": "补学", "owner": "陈桂芳", "due_on": DAY}, TODAY, held)
        followups.add(session, {"issue": "报送总结", "due_on": date(2031, 4, 1)}, TODAY, branch_id=branch)
        followups.add(session, {"issue": "补学", "done_on": DAY, "result": "已补"}, TODAY, branch_id=branch)
        problems.add(session, {"problem": "学习少", "due_on": DAY, "found_on": DAY}, TODAY, branch_id=branch)
        done = {"problem": "记录慢", "progress": "当月归档", "closed_on": TODAY, "found_on": DAY}
        problems.add(session, done, TODAY, branch_id=branch)
        for name in ("责任清单", "问题清单", "督查清单"):
            problems.add(session, {"problem": "学习少", "list_name": name}, TODAY, branch_id=branch)
    return sample


def _elect(session: Session, held: int, came: int) -> None:
    made = elections.call(session, held, {"body": "补选一名委员", "seats": 1})
    for name in ("丁一", "乙二"):
        elections.nominate(session, made.id, name)
    first = elections.candidates(session, made.id)[0]
    elections.count(session, made.id, {"issued": came, "returned": came}, {first.id: {"favour": came}})


def rows(database: Database, ledger: Ledger, view: View = VIEW) -> Sequence[Any]:
    with database.reading() as session:
        return ledger.rows(session, view)


def column(database: Database, ledger: Ledger, key: str) -> list[object]:
    return [getattr(row, key) for row in rows(database, ledger)]


def test_votes_say_what_they_came_to(lists: Database) -> None:
    assert column(lists, LIFE_VOTES, "outcome") == ["通过", "未通过"]
    assert column(lists, LIFE_VOTES, "kind") == ["支部党员大会"] * 2
    with lists.reading() as session:
        assert sheets.sheet(session, LIFE_VOTES, VIEW).note == "共表决 2 项，通过 1 项，未通过或无效 1 项。"


def test_elections_show_everybody_who_stood(lists: Database) -> None:
    assert column(lists, LIFE_ELECTIONS, "name") == ["乙二", "丁一"]
    assert column(lists, LIFE_ELECTIONS, "result") == ["当选", "未当选"]


def test_overdue_tasks_stand_first_and_done_ones_last(lists: Database) -> None:
    open_before = [row for row in rows(lists, LIFE_FOLLOWUPS) if row.origin is None or "2031" in row.origin]
    assert [row.state for row in open_before] == ["已逾期", "待办", "已办"]
    assert open_before[0].origin == "2031-03-04 支部党员大会"
    later = View(date(2032, 1, 5), Period.of_year(2032))
    assert "已补" not in [row.result for row in rows(lists, LIFE_FOLLOWUPS, later)]


def test_lists_stand_in_their_order_and_apart_from_rectification(lists: Database) -> None:
    assert [row.list_name for row in rows(lists, LIFE_LISTS) if row.found_on == TODAY] == [
        "问题清单", "责任清单", "督查清单",
    ]  # fmt: skip
    assert [row.state for row in rows(lists, LIFE_PROBLEMS) if row.found_on == DAY] == ["已逾期", "已销号"]
    other = View(TODAY, Period.of_year(2031), 3)
    assert not [row for row in rows(lists, LIFE_PROBLEMS, other) if row.found_on == DAY]


def brought_in(database: Database, ledger: Ledger, path: Path) -> intake.Report:
    with database.writing("导入") as session:
        declared = local(session, ledger, hidden=True)
        return intake.save(session, declared, matching.match(reader.read(path), declared), VIEW)


@pytest.mark.parametrize("ledger", SAVED, ids=lambda each: each.name)
@pytest.mark.parametrize("writer", [excel, csv_file], ids=["xlsx", "csv"])
def test_a_workbook_comes_back_unchanged(lists: Database, tmp_path: Path, ledger: Ledger, writer: Any) -> None:
    with lists.reading() as session:
        sheet = sheets.sheet(session, ledger, VIEW)
    path = tmp_path / f"{sheet.heading}{'.xlsx' if writer is excel else '.csv'}"
    writer.write(sheet, path)
    before = rows(lists, ledger)
    report = brought_in(lists, ledger, path)
    assert report.problems == ()
    assert report.counts == {"unchanged": len(before)}
    assert rows(lists, ledger) == before


def saved(database: Database, ledger: Ledger, *values: dict[str, object]) -> list[tuple[str, str | None]]:
    assert ledger.save is not None
    with database.writing("导入") as session:
        return [(each.kind, each.field) for each in ledger.save(session, values, VIEW)]


def test_rows_are_added_changed_and_refused(lists: Database) -> None:
    branch = "第一党支部"
    late = rows(lists, LIFE_PROBLEMS)[-1]
    fates = saved(
        lists, LIFE_PROBLEMS,
        {"problem": "新问题", "branch": branch},
        {"problem": late.problem, "id": str(late.id), "branch": branch, "owner": "张红卫"},
        {"problem": late.problem, "id": str(late.id), "branch": branch, "owner": "刘洋"},
        {"problem": "不知哪里的"},
        {"problem": "别处的", "branch": "第九党支部"},
    )  # fmt: skip
    assert fates[:2] == [("added", None), ("updated", None)]
    assert fates[2:] == [("refused", "problem"), ("refused", "branch"), ("refused", "branch")]
    assert saved(
        lists, LIFE_VOTES,
        {"held_on": DAY, "kind": "支部党员大会", "branch": branch, "text": "订阅报刊", "favour": 9},
        {"held_on": DAY, "kind": "支部党员大会", "branch": branch, "text": "年度计划", "favour": 10},
        {"held_on": DAY, "kind": "支部委员会", "branch": branch, "text": "订阅报刊", "favour": 9},
        {"held_on": DAY, "kind": "支部党员大会", "branch": branch, "text": "另一项", "present": 3, "favour": 3},
    ) == [("added", None), ("updated", None), ("refused", "held_on"), ("refused", "present")]  # fmt: skip
    assert saved(lists, LIFE_FOLLOWUPS, {"issue": "补学", "branch": branch, "due_on": DAY, "owner": "刘洋"}) == [
        ("updated", None)
    ]
    assert saved(lists, LIFE_LISTS, {"list_name": "任务清单", "problem": "新任务", "branch": "示例局机关党总支"}) == [
        ("added", None)
    ]


def test_the_trail_names_them(lists: Database) -> None:
    with lists.reading() as session:
        names = wording.Names(session)
        changes = session.scalars(select(Change).order_by(Change.id.desc()).limit(400)).all()
        told = {wording.about(each, names): [d.sentence for d in wording.differences(each, names)] for each in changes}
    for words in ("表决 年度计划", "选举 补选一名委员", "候选人 丁一", "后续事项 报送总结", "清单条目 记录慢"):
        assert told[words]
    assert "完成时限：2031-04-01" in told["后续事项 报送总结"]
