"""The ledgers of meetings: numbers of the roll, old lists brought in, what was exported coming back; papers; F23."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import attachments
from models.database import Database
from models.ledger import Sheet, View
from models.ledgers.catalogue import named
from models.ledgers.life import attendance_sheet, minutes_papers, work_book
from models.ledgers.life.attendance_sheet import LIFE_ATTENDANCE
from models.ledgers.life.meetings import ENTERED_LATER, LIFE_LECTURES, LIFE_MEETINGS, MEETINGS, meeting_rows
from models.ledgers.life.past_meetings import HELD_ON
from models.ledgers.life.sign_in import sign_in_sheet, sign_in_sheets
from models.ledgers.sheets import sheet
from models.records.life import activities, activity_files, attendance, decisions, followups
from models.records.life.activities import FILED, RECORDING, Activity
from models.records.life.attendance import Attendance, Mark
from models.records.members import organisation
from models.records.outcomes import Outcome
from models.rules.meetings import SIGNS
from models.rules.periods import Period

TODAY = date(2026, 11, 23)
YEAR = View(TODAY, Period.of_year(2026))
LONG_AGO = View(TODAY, Period.of_year(2024))
OLD = {
    "kind": "支委会", "organisation": "第一党支部", "held_on": date(2024, 3, 12), "title": "三月支委会",
    "begins": "9点半", "place": "二楼", "chair": "张红卫", "recorder": "周丽萍", "entitled": 5,
    "present": 4, "leave": 1, "theme": "研究发展党员", "text": "一、研究。\n二、决定。", "resolution": "同意。",
}  # fmt: skip


def brought_in(session: Session, *rows: Mapping[str, Any], ledger: Any = LIFE_MEETINGS) -> Sequence[Outcome]:
    return ledger.save(session, rows, YEAR)


def first_branch(session: Session) -> int:
    return organisation.branches(session)[0].id


def begun(session: Session, kind: str = "general_meeting", day: date = TODAY) -> Activity:
    return activities.begin(session, first_branch(session), kind, day, TODAY)


def test_an_old_list_becomes_filed_records_marked_as_entered_later(sample: Database) -> None:
    with sample.trying() as session:
        (outcome,) = brought_in(session, OLD)
        assert outcome.kind == "added"
        kept = activities.find(session, outcome.record_id or 0)
        assert (kept.state, kept.kind, kept.begins, kept.entered_on) == (FILED, "committee_meeting", "09:30", TODAY)
        assert not attendance.roll(session, kept.id)
        (row,) = meeting_rows(session, LONG_AGO, detailed=True)
        assert (row.entitled, row.present, row.leave, row.absent) == (5, 4, 1, 0)
        assert (str(row.rate), row.quarter, row.state) == ("0.8", "第一季度", ENTERED_LATER)
        assert (row.text, row.resolution) == ("一、研究。\n二、决定。", "同意。")
        ((_, paper),) = minutes_papers.held(session, LONG_AGO)
        assert (paper.entitled, paper.present, paper.entered_on) == (5, 4, TODAY)
        assert ("请假人数", "1") in paper.more


def test_the_same_list_again_changes_nothing(sample: Database) -> None:
    with sample.trying() as session:
        again = {**OLD, "kind": "支部委员会", "held_on": date(2024, 4, 12), "entitled": None, "leave": None}
        assert [each.kind for each in brought_in(session, OLD, again)] == ["added", "added"]
        assert [each.kind for each in brought_in(session, OLD, again)] == ["unchanged", "unchanged"]
        (refused,) = brought_in(session, {**OLD, "theme": "别的"})
        assert refused.why == "这份记录已经定稿，请先重新打开再修改。"


@pytest.mark.parametrize(
    ("changes", "field", "why"),
    [
        ({"kind": "茶话会"}, "kind", "没有“茶话会”这种会议或活动；可用的有：支部党员大会、支部委员会、"),
        ({"kind": "谈心谈话"}, "kind", "“谈心谈话”另有自己的台账，请导入到那里。"),
        ({"held_on": None}, "held_on", "请填写实际会议时间。"),
        ({"held_on": date(2027, 1, 1)}, "held_on", "还没有到"),
        ({"present": 6}, "present", "实到 6 人，比应到 5 人还多。"),
        ({"leave": 2}, "leave", "实到 4 人加请假 2 人，比应到 5 人还多。"),
        ({"present": -1}, "present", "人数不能是负数。"),
        ({"organisation": "第九党支部"}, "organisation", "没有名为“第九党支部”的组织"),
        ({"organisation": None}, "organisation", "没有写明是哪个组织"),
        ({"kind": "党小组会"}, "organisation", "“党小组会”由党小组召开，请写明是哪个党小组。"),
        ({"begins": "晚饭后"}, "begins", "不是时间"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_is_refused_with_one_sentence(
    sample: Database, changes: dict[str, Any], field: str, why: str
) -> None:
    with sample.trying() as session:
        before = len(session.scalars(select(Activity.id)).all())
        (outcome,) = brought_in(session, {**OLD, **changes})
        assert (outcome.kind, outcome.field) == ("refused", field)
        assert why in (outcome.why or "")
        assert len(session.scalars(select(Activity.id)).all()) == before


@pytest.mark.parametrize(
    ("written", "day", "begins"),
    [
        ("2024年3月5日 上午9:00", date(2024, 3, 5), "09:00"),
        ("2024-03-05 14:30—16:00", date(2024, 3, 5), "14:30"),
        ("2024.3.5下午3时", date(2024, 3, 5), "15:00"),
        ("2024/3/5 15点30分至17点", date(2024, 3, 5), "15:30"),
        (datetime(2024, 3, 5, 14, 30), date(2024, 3, 5), "14:30"),
        (datetime(2024, 3, 5), date(2024, 3, 5), None),
        ("2024年3月5日", date(2024, 3, 5), None),
        ("20240305", date(2024, 3, 5), None),
    ],
)
def test_the_hour_behind_a_day_is_when_it_began(sample: Database, written: Any, day: date, begins: str | None) -> None:
    read = HELD_ON.read(written)
    with sample.trying() as session:
        (outcome,) = brought_in(session, {**OLD, "held_on": read, "begins": None})
        kept = activities.find(session, outcome.record_id or 0)
        assert (kept.held_on, kept.begins) == (day, begins)
        assert HELD_ON.show(read).startswith("2024-03-05")


@pytest.mark.parametrize("written", ["2024年3月 上午9:00", "晚上", "2024-03-05 25:00"])
def test_a_day_that_is_none_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="“"):
        HELD_ON.read(written)


def test_a_record_with_a_roll_keeps_its_numbers_and_takes_its_words(sample: Database) -> None:
    with sample.trying() as session:
        held = begun(session)
        row = {"id": str(held.id), "kind": "支部党员大会", "organisation": "第一党支部", "held_on": TODAY}
        called = len(attendance.roll(session, held.id))
        (kept,) = brought_in(session, {**row, "theme": "年度总结", "entitled": called})
        assert kept.kind == "updated"
        assert held.theme == "年度总结"
        (refused,) = brought_in(session, {**row, "present": 3})
        assert (refused.field, refused.why) == ("present", "人数由这次会议的点名得出，请在记录里修改点名。")


def test_two_rows_do_not_write_over_one_record(sample: Database) -> None:
    with sample.trying() as session:
        held = begun(session)
        row = {"id": str(held.id), "kind": "支部党员大会", "organisation": "第一党支部", "held_on": TODAY}
        first, second = brought_in(session, {**row, "theme": "甲"}, {**row, "theme": "乙"})
        assert (first.kind, second.kind) == ("updated", "refused")
        assert held.theme == "甲"


def test_a_list_of_lectures_takes_lectures_alone(sample: Database) -> None:
    with sample.trying() as session:
        lecture = {"kind": "上党课", "organisation": "第二党支部", "held_on": date(2024, 5, 6), "lecturer": "张红卫"}
        taken, refused = brought_in(session, lecture, {**OLD}, ledger=LIFE_LECTURES)
        assert taken.kind == "added"
        assert refused.why == "“支部委员会”另有自己的台账，请导入到那里。"
        assert activities.find(session, taken.record_id or 0).lecturer == "张红卫"


@pytest.mark.parametrize("ledger", MEETINGS, ids=lambda ledger: ledger.name)
def test_what_was_shown_comes_back_unchanged(sample: Database, ledger: Any) -> None:
    with sample.trying() as session:
        rows = ledger.rows(session, YEAR)
        assert rows
        values = [{column.key: getattr(row, column.key) for column in ledger.columns} for row in rows]
        assert Counter(each.kind for each in ledger.save(session, values, YEAR)) == {"unchanged": len(rows)}


def test_no_long_text_is_read_where_none_is_shown(sample: Database) -> None:
    with sample.reading() as session:
        shown = sheet(session, LIFE_MEETINGS, YEAR)
        assert "text" not in [column.key for column in shown.columns]
        assert all(row.text is None for row in shown.rows)
        detailed = sheet(session, named("life_general_meetings"), YEAR)
        assert any(row.text for row in detailed.rows)


def test_numbers_always_add_up(sample: Database) -> None:
    with sample.reading() as session:
        for row in meeting_rows(session, YEAR):
            if row.entitled is not None and row.leave is not None:
                assert row.entitled == (row.present or 0) + row.leave + (row.absent or 0), row


def test_a_paper_says_who_was_away_what_was_voted_and_what_follows(sample: Database) -> None:
    with sample.trying() as session:
        held = begun(session)
        people = attendance.roll(session, held.id)
        marks = {each.member_id: Mark("出席") for each in people}
        marks |= {people[0].member_id: Mark("缺席"), people[1].member_id: Mark("请假", "出差")}
        attendance.mark(session, held.id, marks)
        decisions.decide(session, held.id, {"text": "通过工作计划", "favour": 13})
        followups.add(
            session, {"issue": "报批", "owner": "周丽萍", "due_on": date(2026, 12, 1)}, TODAY, activity_id=held.id
        )
        paper = minutes_papers.one(session, held.id)
        assert str(paper.away[0]).endswith("（出差，请假）")
        assert str(paper.away[1]).endswith("（缺席）")
        assert paper.entitled == len(people)
        assert paper.voting is not None
        assert paper.votes[0].startswith("通过工作计划。举手表决，赞成13票，反对0票，弃权0票。")
        assert paper.votes[0].endswith("表决结果：通过。")
        assert paper.follow_ups == ("报批（周丽萍，12月1日前）",)
        assert paper.name == "第一党支部2026年11月23日支部党员大会"


def test_photographs_are_read_when_they_are_drawn(sample: Database, tmp_path: Path) -> None:
    (tmp_path / "会场.png").write_bytes(b"\x89PNG\r\n\x1a\n...")
    (tmp_path / "签字.pdf").write_bytes(b"%PDF-1.5 ...")
    with sample.writing("x") as session:
        held = begun(session, "theme_day")
        kinds = {tmp_path / "会场.png": activity_files.PHOTO, tmp_path / "签字.pdf": activity_files.SIGNED}
        activity_files.attach(session, held.id, kinds)
        number = held.id
    with sample.reading() as session:
        (photo,) = minutes_papers.one(session, number).photos
        assert len(attachments.everything(session)) >= 2
    assert photo.name == "会场.png"
    assert photo.read() == b"\x89PNG\r\n\x1a\n..."


def test_the_sheet_at_the_door_names_who_is_called(sample: Database) -> None:
    with sample.trying() as session:
        branch = first_branch(session)
        planned = activities.plan(session, branch, "committee_meeting", {"planned_on": date(2026, 12, 3)})
        record = sign_in_sheet(session, planned.id, TODAY)
        assert (record.kind, record.day, len(record.names)) == ("支部委员会", date(2026, 12, 3), 3)
        held = begun(session)
        names = sign_in_sheet(session, held.id, TODAY).names
        assert len(names) == len(attendance.roll(session, held.id))
        december = View(TODAY, Period.parse("2026-12"), branch)
        assert planned.id in [number for number, _ in sign_in_sheets(session, december)]


def test_months_folded_say_the_same_as_meetings(sample: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    with sample.reading() as session:
        view = replace(YEAR, branch_id=first_branch(session))
        folded = sheet(session, LIFE_ATTENDANCE, view)
        monkeypatch.setattr(attendance_sheet, "MOST_COLUMNS", 1000)
        whole = sheet(session, LIFE_ATTENDANCE, view)
    assert [column.title for column in folded.columns][2:14] == [f"{n}月" for n in range(1, 13)]
    totals = ("name", "entitled", "present", "leave", "absent", "rate", "made_up", "remark")
    said = [[getattr(row, key) for key in totals] for row in whole.rows]
    assert said == [[getattr(row, key) for key in totals] for row in folded.rows]
    for row, months in zip(whole.rows, folded.rows, strict=True):
        signs = [getattr(row, column.key) for column in whole.columns if column.key.startswith("held_")]
        came = sum((sign or "").startswith(SIGNS["出席"]) for sign in signs)
        assert came == row.present
        fractions = [getattr(months, f"held_{n}") for n in range(1, 13)]
        assert sum(int(each.partition("/")[0]) for each in fractions if each) == came


def test_three_absences_without_leave_are_remarked_on(sample: Database) -> None:
    with sample.trying() as session:
        who = None
        for day in (2, 3, 4):
            held = begun(session, "theme_day", date(2026, 11, day))
            who = attendance.roll(session, held.id)[2].member_id
            attendance.mark(session, held.id, {who: Mark("缺席")})
        line = next(each for each in attendance_sheet.lines(session, YEAR) if each.id == who)
        assert line.remark == f"无故缺席{line.absent}次"
        assert line.absent >= 3


def test_the_book_of_a_branch_holds_every_record_once(sample: Database) -> None:
    with sample.reading() as session:
        view = replace(YEAR, branch_id=first_branch(session))
        ((number, book),) = work_book.work_books(session, view)
        held = minutes_papers.held(session, view)
        assert (number, book.meetings) == (view.branch_id, len(held))
        inside = [item for part in book.parts for item in part.items if isinstance(item, minutes_papers.MinutesRecord)]
        assert Counter(map(str, inside)) == Counter(str(record) for _, record in held)
        titles = [part.title for part in book.parts]
        assert titles[:3] == ["党支部班子", "党员名册", "年度计划"]
        assert titles.index("支部党员大会记录") < titles.index("主题党日活动记录表") < titles.index("党员考勤表")
        roster = book.parts[1].items[0]
        assert isinstance(roster, Sheet)
        assert not {"id_number", "phone", "address"} & {column.key for column in roster.columns}
        ((_, light), *others) = work_book.listed(session, YEAR)
        assert (light.parts, len(others)) == ((), 2)


def test_records_being_written_are_in_the_ledger_and_plans_are_not(sample: Database) -> None:
    with sample.trying() as session:
        view = View(TODAY, Period.parse("2026-11"), first_branch(session))
        before = len(meeting_rows(session, view))
        held = begun(session)
        activities.plan(session, first_branch(session), "general_meeting", {"planned_on": TODAY})
        (row,) = [each for each in meeting_rows(session, view) if each.id == held.id]
        assert (row.state, len(meeting_rows(session, view))) == (RECORDING, before + 1)
        assert session.scalars(select(Attendance.id).where(Attendance.activity_id == held.id)).first() is not None
