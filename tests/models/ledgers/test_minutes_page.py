"""The list of a year and one activity with all that its page shows."""

from datetime import date
from typing import Any

import pytest

from models.database import Database
from models.ledgers.life.minutes_page import Clock, counted, entries, minutes_page, of_plan, years
from models.records.life import activities, activity_kinds, attendance, recording
from models.records.life.attendance import Mark
from models.records.members import organisation
from models.rules.periods import Month

DAY, TODAY = date(2026, 11, 10), date(2026, 11, 12)


def test_a_year_with_the_newest_first(sample: Database) -> None:
    with sample.writing("x") as session:
        first, second, _ = organisation.branches(session)
        group = organisation.find_group(session, first.id, "第一党小组")
        assert group is not None
        old = activities.begin(session, first.id, "theme_day", date(2025, 3, 3), TODAY)
        held = activities.begin(session, first.id, "theme_day", DAY, TODAY, {"theme": "学习"})
        of_group = activities.begin(session, group.id, "group_meeting", date(2026, 11, 2), TODAY)
        planned = activities.plan(session, first.id, "party_lecture", {"planned_month": Month(2026, 11)})
        other = activities.begin(session, second.id, "theme_day", TODAY, TODAY)
        own = {old.id, held.id, of_group.id, planned.id, other.id}

        def shown(*arguments: Any) -> list[int]:
            return [each.id for each in entries(session, *arguments) if each.id in own]

        assert shown(2026) == [planned.id, other.id, held.id, of_group.id]
        assert shown(2026, first.id) == [planned.id, held.id, of_group.id]
        assert shown(2026, None, "theme_day") == [other.id, held.id]
        assert shown(2025) == [old.id]
        assert years(session, TODAY)[0] == 2026
        assert 2025 in years(session, TODAY)
        by_number = {each.id: each for each in entries(session, 2026)}
        assert (by_number[of_group.id].title, by_number[of_group.id].owner) == ("党小组会（第一党小组）", first.name)
        assert {each.owner for each in entries(session, 2026, first.id) if each.id in own} == {""}
        assert of_plan(session, first.id, "party_lecture", Month(2026, 11)) == planned.id
        assert of_plan(session, first.id, "theme_day", Month(2026, 11)) not in {held.id, other.id}


def test_the_page_of_a_record(sample: Database) -> None:
    with sample.writing("x") as session:
        branch = organisation.branches(session)[0]
        own = activity_kinds.save(session, None, {"name": "读书会", "free": ("书目",), "fields": ("hours",)})
        number = recording.begin(session, branch.id, own.key, DAY, TODAY, {"theme": "共读"}).id
        recording.save(session, number, {"text": "一", "free:书目": "选读", "free:旧项": "旧"}, TODAY)
        who = attendance.roll(session, number)
        attendance.mark(session, number, {who[0].member_id: Mark("出席"), who[1].member_id: Mark("公出", "培训")})
        found = minutes_page(session, number)
        assert (found.title, found.organisation, found.state) == ("读书会", branch.name, "记录中")
        assert [each.title for each in found.extra] == ["学时", "书目", "旧项"]
        assert found.values["free:书目"] == "选读"
        assert found.values["text"] == "一"
        assert found.count == attendance.counts(session, [number])[number] == counted(found.roll)
        assert [each.name for each in found.roll if each.probationary] == ["林小满"]
        assert found.draft is None


@pytest.mark.parametrize(("typed", "read"), [("下午3点", "15:00"), ("", None), ("9：5", "09:05")])
def test_the_clock(typed: str, read: str | None) -> None:
    assert Clock().read(typed) == read


def test_no_time_is_a_sentence() -> None:
    with pytest.raises(ValueError, match="不是时间"):
        Clock().read("饭后")
