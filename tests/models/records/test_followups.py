"""What follows from meetings, and lists of problems that are closed."""

from datetime import date

import pytest

from models.database import Database
from models.errors import FieldError
from models.records.life import activities, followups, problems
from models.records.members import organisation

DAY, TODAY = date(2026, 11, 10), date(2026, 11, 12)


def test_a_task_belongs_to_the_branch_of_its_meeting(sample: Database) -> None:
    with sample.writing("x") as session:
        branch = organisation.branches(session)[1].id
        held = activities.begin(session, branch, "theme_day", DAY, TODAY)
        added = followups.add(session, {"issue": " 补学 ", "owner": "陈桂芳"}, TODAY, held.id)
        assert (added.issue, added.branch_id) == ("补学", branch)
        activities.file(session, held.id, TODAY)
        followups.change(session, added.id, {"done_on": TODAY, "result": "已补学"}, TODAY)
        assert followups.of(session, held.id)[0].result == "已补学"
        followups.remove(session, added.id)
        assert followups.of(session, held.id) == []


@pytest.mark.parametrize(
    ("values", "field"), [({"owner": "甲"}, "issue"), ({"issue": "补学", "done_on": date(2026, 11, 13)}, "done_on")]
)
def test_a_task_says_what_and_is_not_done_tomorrow(sample: Database, values: dict[str, object], field: str) -> None:
    with sample.writing("x") as session, pytest.raises(FieldError) as refused:
        followups.add(session, values, TODAY)
    assert refused.value.field == field


def test_a_problem_is_closed_with_what_was_done(sample: Database) -> None:
    with sample.writing("x") as session:
        branch = organisation.branches(session)[0].id
        held = activities.begin(session, branch, "life_meeting", DAY, TODAY)
        added = problems.add(session, {"problem": "学习不够经常"}, TODAY, held.id)
        assert (added.list_name, added.found_on, added.branch_id) == ("整改台账", DAY, branch)
        with pytest.raises(FieldError) as refused:
            problems.close(session, added.id, TODAY, TODAY)
        assert refused.value.field == "progress"
        problems.change(session, added.id, {"progress": "每周四集中学习"}, TODAY)
        for day, words in ((date(2026, 11, 9), "早于列入日期"), (date(2026, 11, 13), "还没有到")):
            with pytest.raises(FieldError, match=words):
                problems.close(session, added.id, day, TODAY)
        problems.close(session, added.id, TODAY, TODAY)
        with pytest.raises(FieldError, match="已经在 2026-11-12 销号"):
            problems.close(session, added.id, TODAY, TODAY)
        assert [each.closed_on for each in problems.of(session, held.id)] == [TODAY]
        problems.remove(session, added.id)
        assert problems.of(session, held.id) == []


def test_a_problem_says_what_it_is(sample: Database) -> None:
    with sample.writing("x") as session, pytest.raises(FieldError, match="请填写问题"):
        problems.add(session, {"list_name": "问题清单"}, TODAY)
