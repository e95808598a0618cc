"""Votes of a meeting: people counted by the roll, numbers that cannot be refused, lost resolutions kept."""

from datetime import date

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import FieldError, UserError
from models.records.life import activities, agenda, attendance, decisions, exclusions, voters
from models.records.life.attendance import Mark
from models.records.life.decisions import BY_HAND
from models.records.members import organisation
from models.records.members.members import Member
from models.rules.votes import NOT_PASSED, VOID

DAY, TODAY = date(2026, 11, 10), date(2026, 11, 12)


def meeting(session: Session, absent: int = 0, kind: str = "general_meeting") -> int:
    """A meeting of the first branch to which all came but the last so many with a vote."""
    held = activities.begin(session, organisation.branches(session)[0].id, kind, DAY, TODAY)
    roll = attendance.roll(session, held.id)
    away = (
        {each.member_id for each in [each for each in roll if each.voting][len(roll) - absent - 1 :]}
        if absent
        else set()
    )
    attendance.mark(
        session,
        held.id,
        {each.member_id: Mark("请假", "住院") if each.member_id in away else Mark("出席") for each in roll},
    )
    return held.id


def test_the_roll_counts_who_should_come_and_came(sample: Database) -> None:
    with sample.writing("x") as session:
        held = meeting(session, absent=3)
        counted = voters.voters(session, held)
        assert counted is not None
        assert counted.guests == 1
        found = decisions.decide(session, held, {"text": "同意林小满同志按期转正", "favour": counted.present})
        assert (found.entitled, found.present) == (counted.entitled, counted.entitled - 3)
        assert (found.rule, found.way, found.subject) == ("接收、转正", "无记名投票", "林小满")
        assert session.get_one(Member, found.member_id).name == "林小满"
        assert found.adopted_on == DAY
        said = decisions.verdict(found, counted.guests)
        assert said.passed
        assert said.reason.endswith("预备党员参加讨论，没有表决权。")


def test_a_lost_resolution_is_entered_as_lost(sample: Database) -> None:
    with sample.writing("x") as session:
        held = meeting(session)
        found = decisions.decide(session, held, {"text": "购置学习资料", "favour": 2, "against": 3})
        assert (found.rule, found.way) == ("一般决议", BY_HAND)
        assert decisions.verdict(found).outcome == NOT_PASSED


def test_too_few_who_came_decide_nothing(sample: Database) -> None:
    with sample.writing("x") as session:
        held = meeting(session, absent=12)
        found = decisions.decide(session, held, {"text": "年度计划", "favour": 1})
        assert decisions.verdict(found).outcome == VOID


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"favour": 1}, "text"),
        ({"text": "年度计划", "favour": 200}, "favour"),
        ({"text": "年度计划", "favour": 1, "written_favour": 1}, "written_favour"),
        ({"text": "年度计划", "rule": "随意"}, "rule"),
        ({"text": "年度计划", "entitled": 99}, "entitled"),
        ({"text": "年度计划", "present": 1}, "present"),
        ({"text": "同意某同志转正", "favour": 1}, "subject"),
        ({"text": "同意林小满同志转正", "way": BY_HAND}, "way"),
    ],
)
def test_what_cannot_be_is_told_at_its_field(sample: Database, values: dict[str, object], field: str) -> None:
    with sample.writing("x") as session:
        held = meeting(session)
    with pytest.raises(FieldError) as refused, sample.writing("x") as session:
        decisions.decide(session, held, values)
    assert refused.value.field == field


def test_a_roll_changed_afterwards_is_told_and_taken_with_the_next_change(sample: Database) -> None:
    with sample.writing("x") as session:
        held = meeting(session)
        found = decisions.decide(session, held, {"text": "同意林小满同志按期转正", "favour": 9})
        assert decisions.outdated(session, held) == []
        away = next(each.member_id for each in attendance.roll(session, held) if each.voting)
        attendance.mark(session, held, {away: Mark("缺席")})
        assert decisions.outdated(session, held) == [found]
        assert [sentence[:4] for sentence in decisions.lacking(session, held)] == ["表决“同", "接收、转"]
        before = found.present
        decisions.change(session, found.id, {"performance": "工作踏实"})
        assert found.present == before - 1
        assert decisions.lacking(session, held) == []


def test_who_is_not_counted_needs_reason_approval_and_consent(sample: Database) -> None:
    with sample.writing("x") as session:
        held = meeting(session, absent=1)
        roll = [each for each in attendance.roll(session, held) if each.voting]
        away = next(each.member_id for each in roll if each.state != "出席")
        whole = {"reason": exclusions.REASONS[3], "approved_by": "机关党委2026年11月5日", "agreed": True}
        for lacking in ("reason", "approved_by", "agreed"):
            with pytest.raises(FieldError) as refused:
                exclusions.exclude(session, held, away, whole | {lacking: None})
            assert refused.value.field == lacking
        with pytest.raises(FieldError, match="到会了"):
            exclusions.exclude(session, held, roll[0].member_id, whole)
        added = exclusions.exclude(session, held, away, whole)
        counted = voters.voters(session, held)
        assert counted is not None
        assert (counted.entitled, counted.excluded) == (len(roll) - 1, 1)
        with pytest.raises(FieldError, match="已经登记过"):
            exclusions.exclude(session, held, away, whole)
        activities.file(session, held, TODAY)
        with pytest.raises(UserError, match="已经定稿"):
            exclusions.count_again(session, added.id)
        activities.reopen(session, held, "核对")
        exclusions.count_again(session, added.id)
        again = voters.voters(session, held)
        assert again is not None
        assert again.entitled == len(roll)


def test_a_meeting_without_a_roll_is_counted_by_hand(sample: Database) -> None:
    with sample.writing("x") as session:
        held = meeting(session)
        attendance.clear(session, held)
        with pytest.raises(FieldError, match="没有点名"):
            decisions.decide(session, held, {"text": "年度计划", "favour": 5})
        found = decisions.decide(session, held, {"text": "年度计划", "entitled": 9, "present": 7, "favour": 5})
        decisions.change(session, found.id, {"favour": 6})
        assert (found.entitled, found.present, found.favour) == (9, 7, 6)


def test_a_filed_record_takes_no_votes(sample: Database) -> None:
    with sample.writing("x") as session:
        held = meeting(session)
        found = decisions.decide(session, held, {"text": "年度计划", "favour": 9})
        activities.file(session, held, TODAY)
        for deed in (
            lambda: decisions.decide(session, held, {"text": "另一项", "favour": 1}),
            lambda: decisions.change(session, found.id, {"favour": 1}),
            lambda: decisions.remove(session, found.id),
        ):
            with pytest.raises(UserError, match="已经定稿"):
                deed()
        activities.reopen(session, held, "漏记一票")
        decisions.remove(session, found.id)
        assert decisions.of(session, held) == []


def test_a_plan_takes_no_votes(sample: Database) -> None:
    with sample.writing("x") as session:
        branch = organisation.branches(session)[0].id
        planned = activities.plan(session, branch, "general_meeting", {"planned_on": DAY})
        with pytest.raises(UserError, match="还没有开始记录"):
            decisions.decide(session, planned.id, {"text": "年度计划", "favour": 1})


def test_the_committee_votes_by_its_own_rule(sample: Database) -> None:
    with sample.writing("x") as session:
        held = meeting(session, kind="committee_meeting")
        counted = voters.voters(session, held)
        assert counted is not None
        found = decisions.decide(session, held, {"text": "确定发展对象", "favour": counted.present})
        assert found.rule == "支委会决定"
        assert decisions.verdict(found).passed


def test_the_agenda_keeps_who_said_what(sample: Database) -> None:
    with sample.writing("x") as session:
        held = meeting(session)
        first = agenda.put(session, held, {"title": "讨论转正", "tags": "发展党员，发展党员,三重一大"})
        agenda.put(session, held, {"title": "年度计划"})
        assert first.tags == "发展党员、三重一大"
        agenda.say(session, first.id, "郑卫东", "希望今后多参加一线帮扶。")
        said = agenda.say(session, first.id, "王建国", "同意。")
        with pytest.raises(FieldError, match="发言人"):
            agenda.say(session, first.id, "", "同意。")
        agenda.unsay(session, said.id)
        assert [each.speaker for each in agenda.contributions(session, held)] == ["郑卫东"]
        agenda.change(session, first.id, {"title": "讨论预备党员转正"})
        agenda.remove(session, first.id)
        assert [each.title for each in agenda.items(session, held)] == ["年度计划"]
        assert agenda.contributions(session, held) == []
