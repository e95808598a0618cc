"""Activities: plan, roll, record, filing; who is called on a day; kinds as data."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import FieldError, UserError
from models.records.life import activities, activity_kinds, attendance, roll_call, scores
from models.records.life.activities import DROPPED, FILED, PLANNED, RECORDING
from models.records.life.attendance import Mark
from models.records.life.entitlement import entitled
from models.records.life.scores import Score
from models.records.members import members, merging, organisation
from models.records.members.organisation import GROUP
from models.rules.meetings import Count, clock_time
from models.rules.periods import Month

DAY, TODAY = date(2026, 11, 10), date(2026, 11, 12)


def first_branch(session: Session) -> int:
    return organisation.branches(session)[0].id


def test_a_plan_becomes_a_record_with_its_roll(sample: Database) -> None:
    with sample.writing("x") as session:
        branch = first_branch(session)
        planned = activities.plan(session, branch, "general_meeting", {"planned_on": DAY, "theme": "年度总结"})
        assert (planned.state, planned.planned_month, planned.branch_id) == (PLANNED, Month(2026, 11), branch)
        held = activities.hold(session, planned.id, DAY, TODAY, {"begins": "15点", "chair": "张红卫"})
        assert (held.state, held.begins, held.entered_on) == (RECORDING, "15:00", TODAY)
        called = entitled(session, activity_kinds.kind_of(session, "general_meeting"), branch, DAY)
        assert attendance.counts(session, [held.id])[held.id] == Count(
            entitled=len(called), voting=sum(each.voting for each in called)
        )
        assert [each.name for each in called if each.probationary] == ["林小满"]
        assert all(each.voting != each.probationary for each in called)


def test_attendance_adds_up(sample: Database) -> None:
    with sample.writing("x") as session:
        held = activities.begin(session, first_branch(session), "theme_day", DAY, TODAY)
        who = [each.member_id for each in attendance.roll(session, held.id)]
        marks = {each: Mark("出席") for each in who}
        marks |= {
            who[0]: Mark("请假", "出差"),
            who[1]: Mark("公出"),
            who[2]: Mark("缺席", "未请假"),
            who[3]: Mark(None),
        }
        attendance.mark(session, held.id, marks)
        count = attendance.counts(session, [held.id])[held.id]
        assert (count.entitled, count.present, count.leave, count.absent) == (len(who), len(who) - 4, 2, 1)
        assert count.unmarked == 1


def test_another_day_calls_another_roll(sample: Database) -> None:
    """A member who left between the plan and the meeting is not called; one already marked becomes a guest."""
    with sample.writing("x") as session:
        branch = first_branch(session)
        held = activities.begin(session, branch, "general_meeting", DAY, TODAY)
        leaver, other = (attendance.roll(session, held.id)[place].member_id for place in (4, 5))
        attendance.mark(session, held.id, {other: Mark("出席")})
        for each in (leaver, other):
            members.leave(session, each, "转出", date(2026, 11, 11))
        activities.change(session, held.id, {"held_on": TODAY}, TODAY)
        roll = {each.member_id: each for each in attendance.roll(session, held.id)}
        assert leaver not in roll
        assert (roll[other].entitled, roll[other].voting) == (False, False)


def test_a_committee_and_a_group_call_their_own(sample: Database) -> None:
    with sample.writing("x") as session:
        branch = first_branch(session)
        held = activities.begin(session, branch, "committee_meeting", DAY, TODAY)
        assert len(attendance.roll(session, held.id)) in range(3, 8)
        with pytest.raises(FieldError, match="党小组"):
            activities.begin(session, branch, "group_meeting", DAY, TODAY)
        group = organisation.find_group(session, branch, "第一党小组")
        assert group is not None
        assert group.kind == GROUP
        of_group = activities.begin(session, group.id, "group_meeting", DAY, TODAY)
        assert of_group.branch_id == branch
        assert 0 < len(attendance.roll(session, of_group.id)) < 16


def test_filed_records_only_read(sample: Database) -> None:
    with sample.writing("x") as session:
        held = activities.begin(session, first_branch(session), "general_meeting", DAY, TODAY)
        activities.change(session, held.id, {"text": "一、开会。", "resolution": "同意。"}, TODAY)
        activities.file(session, held.id, TODAY)
        with pytest.raises(UserError, match="已经定稿"):
            activities.change(session, held.id, {"text": "二"}, TODAY)
        with pytest.raises(UserError, match="已经定稿"):
            activities.remove(session, held.id)
        with pytest.raises(FieldError, match="为什么"):
            activities.reopen(session, held.id, " ")
        assert held.state == FILED
        someone = attendance.roll(session, held.id)[0].member_id
        for change in (
            lambda: roll_call.mark(session, held.id, {someone: Mark("出席")}),
            lambda: roll_call.bring(session, held.id, members.find(session, "蒋玥").id),
            lambda: roll_call.take_off(session, held.id, someone),
            lambda: roll_call.set_dual(session, held.id, someone, dual=True),
        ):
            with pytest.raises(UserError, match="已经定稿"):
                change()
        activities.reopen(session, held.id, "补记发言")
        activities.remove(session, held.id)
        assert activities.minutes_of(session, held.id) is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({}, "planned_month"),
        ({"planned_on": DAY, "planned_month": Month(2026, 12)}, "planned_on"),
    ],
)
def test_a_plan_needs_its_month(sample: Database, values: dict[str, object], field: str) -> None:
    with sample.writing("x") as session, pytest.raises(FieldError) as refused:
        activities.plan(session, first_branch(session), "theme_day", values)
    assert refused.value.field == field


def test_what_was_not_held_says_why(sample: Database) -> None:
    with sample.writing("x") as session:
        planned = activities.plan(session, first_branch(session), "theme_day", {"planned_month": Month(2026, 11)})
        with pytest.raises(FieldError, match="原因"):
            activities.drop(session, planned.id, "")
        activities.drop(session, planned.id, "大雪封路")
        assert (planned.state, planned.reason) == (DROPPED, "大雪封路")
        activities.replan(session, planned.id)
        with pytest.raises(FieldError, match="还没有到"):
            activities.hold(session, planned.id, date(2026, 11, 30), TODAY)


def test_kinds_are_rows_of_data(sample: Database) -> None:
    with sample.writing("x") as session:
        own = activity_kinds.save(session, None, {"name": "  读书会 ", "free": ("书目",), "fields": ("hours",)})
        assert (own.name, own.is_own) == ("读书会", True)
        renamed = activity_kinds.save(session, "theme_day", {"name": "固定党日"})
        assert activity_kinds.named(session, "固定党日") == renamed
        held = activities.begin(session, first_branch(session), own.key, DAY, TODAY)
        with pytest.raises(UserError, match="1 条记录"):
            activity_kinds.remove(session, own.key, activities.used(session, own.key))
        activity_kinds.save(session, own.key, {"active": False})
        assert own.key not in {kind.key for kind in activity_kinds.kinds(session)}
        activities.remove(session, held.id)
        activity_kinds.remove(session, own.key, activities.used(session, own.key))
        with pytest.raises(UserError, match="种类"):
            activity_kinds.kind_of(session, own.key)
        with pytest.raises(UserError, match="停用"):
            activity_kinds.remove(session, "theme_day", 0)
        with pytest.raises(FieldError, match="已经有了"):
            activity_kinds.save(session, None, {"name": "党课"})


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("15:00", "15:00"),
        ("9：5", "09:05"),
        ("15时", "15:00"),
        ("1530", "15:30"),
        ("下午3点半", "15:30"),
        ("8", "08:00"),
    ],
)
def test_the_clock_is_read_as_people_write_it(text: str, read: str) -> None:
    assert clock_time(text) == read


@pytest.mark.parametrize("text", ["25:00", "12:60", "饭后", "-1", ""])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="不是时间"):
        clock_time(text)


def test_of_one_who_was_entered_twice_one_attendance_is_left(sample: Database) -> None:
    with sample.writing("x") as session:
        branch = organisation.branches(session)[0]
        kept = members.find(session, "刘洋")
        twin = members.add(session, {"name": "刘洋", "birth_date": kept.birth_date, "branch": branch.name})
        held = activities.begin(session, branch.id, "general_meeting", DAY, TODAY)
        other = activities.begin(session, branch.id, "theme_day", DAY, TODAY)
        attendance.mark(session, held.id, {kept.id: Mark("缺席"), twin.id: Mark("出席")})
        attendance.mark(session, other.id, {kept.id: Mark("请假", "住院"), twin.id: Mark("缺席")})
        merging.merge(session, kept.id, twin.id, merging.Choices(), TODAY)
        states = {
            each.id: [(row.state, row.reason) for row in attendance.roll(session, each.id) if row.member_id == kept.id]
            for each in (held, other)
        }
        assert states == {held.id: [("出席", None)], other.id: [("请假", "住院")]}


def test_what_there_is_once_of_a_person_is_asked_for_before_two_records_are_joined(sample: Database) -> None:
    with sample.writing("x") as session:
        kept = members.find(session, "刘洋")
        values = {"name": "刘洋", "birth_date": kept.birth_date, "branch": organisation.branches(session)[0].name}
        twin = members.add(session, values)
        exam = {"on": DAY, "subject": "党章知识测试"}
        scores.enter(session, kept.id, exam | {"score": Decimal(90)}, TODAY)
        again = scores.enter(session, twin.id, exam | {"score": Decimal(80)}, TODAY)
        with pytest.raises(UserError, match="各有一份相同的登记"), session.begin_nested():
            merging.merge(session, kept.id, twin.id, merging.Choices(), TODAY)
        scores.remove(session, again.id)
        merging.merge(session, kept.id, twin.id, merging.Choices(), TODAY)
        left = session.query(Score).filter_by(member_id=kept.id, **exam)
        assert [each.score for each in left] == [Decimal(90)]
