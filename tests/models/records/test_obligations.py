"""Duties as data, who owes them, and how a year stands: held, owed, late, excused, planned."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models import settings
from models.database import Database
from models.errors import FieldError, UserError
from models.records.life import activities, obligations, reminder_slips
from models.records.life.duty_calendar import Line, calendar
from models.records.life.obligations import Obligation
from models.records.life.owing import Owing
from models.records.members import committee, members, organisation
from models.records.members.members import FULL
from models.rules.obligations import QUARTER, State, stretch_of, stretches
from models.rules.periods import Month, PartialDate, Period
from models.undo import undo_last
from tests import founded

TODAY = date(2026, 11, 23)
YEAR = Period.of_year(2026)


@pytest.fixture
def general(tmp_path: Path) -> Iterator[Database]:
    """A general branch (number 1) with two branches."""
    path = tmp_path / "甲局党总支.zbtz"
    with closing(founded.make(path, "甲局党总支", TODAY, organisation.GENERAL_BRANCH)) as made:
        with made.writing("支部") as session:
            for name in ("第一党支部", "第二党支部"):
                organisation.add(session, organisation.BRANCH, name, organisation.root(session))
        yield made


def line(database: Database, key: str, scope: int | None = None, today: date = TODAY) -> Line | None:
    with database.reading() as session:
        found = calendar(session, 2026, today, scope).lines
    return next((each for each in found if each.obligation is not None and each.obligation.key == key), None)


def known(database: Database, key: str) -> Obligation:
    with database.reading() as session:
        return obligations.named(session, key)


def since_january(database: Database) -> None:
    with database.writing("从一月起") as session:
        settings.change(session, life_since="2026-01")


def hold(database: Database, kind: str, day: date, organisation_id: int = 1) -> int:
    with database.writing("开会") as session:
        return activities.begin(session, organisation_id, kind, day, TODAY).id


def states(found: Line | None) -> list[State]:
    assert found is not None
    return [each.state for each in found.standings]


def test_what_comes_with_the_program_is_sound_and_local_duties_are_off(database: Database):
    with database.writing("核对") as session:
        everything = obligations.obligations(session, idle=True)
        for each in everything:
            assert obligations.save(session, each.key, {}) == each
    assert len({each.key for each in everything}) == len({each.name for each in everything}) == len(everything) == 33
    assert [each.key for each in everything if each.confidence == "L" and each.on] == []
    assert [each.key for each in everything if each.owed_by == "committee"] == ["committee_meeting"]
    assert all(each.source and each.since for each in everything)


def test_a_branch_without_committee_and_groups_owes_neither_meeting(database: Database):
    since_january(database)
    assert line(database, "committee_meeting") is None
    assert line(database, "group_meeting") is None
    with database.writing("换届") as session:
        committee.begin(session, 1, {"appointed_on": date(2026, 4, 10)})
        branch = organisation.root(session)
        organisation.add(session, organisation.GROUP, "第一党小组", branch)
    found = line(database, "committee_meeting")
    assert found is not None
    assert [each.stretch.month.number for each in found.standings] == list(range(4, 13))
    assert states(found) == [State.LATE] * 7 + [State.DUE, State.OWED]
    groups = line(database, "group_meeting")
    assert groups is not None
    assert [node.name for node in groups.nodes] == ["第一党小组"]


def test_seven_full_members_make_a_committee_without_any_term(database: Database):
    since_january(database)
    with database.writing("党员") as session:
        for number in range(7):
            joined = PartialDate(2020, 1, 1) if number else PartialDate(2026, 6, 15)
            members.add(
                session,
                {"name": f"党员{'甲乙丙丁戊己庚'[number]}", "birth_date": PartialDate(1980), "category": FULL,
                 "transferred_in_on": joined},
            )  # fmt: skip
    with database.reading() as session:
        owing = Owing(session)
        assert not owing.has_committee(1, date(2026, 6, 14))
        assert owing.has_committee(1, date(2026, 6, 15))
    found = line(database, "committee_meeting")
    assert found is not None
    assert found.standings[0].stretch.month == Month(2026, 6)


def test_a_quarter_is_held_late_due_and_excused_with_its_reason(database: Database):
    since_january(database)
    hold(database, "general_meeting", date(2026, 2, 10))
    second = stretch_of(QUARTER, date(2026, 5, 1))
    with database.writing("说明") as session:
        obligations.excuse(session, "general_meeting", 1, second, " 集中抽调抗洪 ", TODAY)
    found = line(database, "general_meeting")
    assert states(found) == [State.HELD, State.EXCUSED, State.LATE, State.OWED]
    assert found is not None
    assert found.standings[1].reason == "集中抽调抗洪"
    total = found.tally
    assert (total.required, total.held, total.late, total.excused, total.ahead) == (4, 1, 1, 1, 1)
    hold(database, "general_meeting", date(2026, 6, 30))
    assert states(line(database, "general_meeting"))[1] is State.HELD
    with database.writing("收回") as session:
        obligations.take_back(session, "general_meeting", 1, second.first)
        with pytest.raises(UserError, match="没有单独登记过原因"):
            obligations.take_back(session, "general_meeting", 1, second.first)
        with pytest.raises(FieldError, match="2026年第二季度没有按规定开展“支部党员大会”的原因"):
            obligations.excuse(session, "general_meeting", 1, second, "　", TODAY)


def test_nothing_is_late_before_the_file_was_begun(database: Database):
    assert states(line(database, "theme_day")) == [State.DUE, State.OWED]
    with database.writing("计划") as session:
        activities.plan(session, 1, "theme_day", {"planned_month": Month(2026, 9)})
    assert states(line(database, "theme_day")) == [State.LATE, State.LATE, State.DUE, State.OWED]


def test_the_year_of_a_general_branch_adds_its_branches_up(general: Database):
    since_january(general)
    for branch_id, days in ((2, (5, 20)), (3, (6,))):
        for day in days:
            hold(general, "theme_day", date(2026, 1, day), branch_id)
    hold(general, "theme_day", date(2026, 2, 3), 2)
    whole, second = line(general, "theme_day"), line(general, "theme_day", 3)
    assert whole is not None
    assert second is not None
    january, february = whole.standings[:2]
    assert (january.required, january.held, january.state) == (2, 2, State.HELD)
    assert (february.required, february.held, february.state) == (2, 1, State.LATE)
    assert [each.held for each in second.standings[:2]] == [1, 0]
    assert whole.tally.required == 24
    assert line(general, "theme_day", 1) is None


def test_leaders_lectures_count_wherever_they_were_held(general: Database):
    since_january(general)
    with general.writing("党课") as session:
        activities.begin(session, 2, "party_lecture", date(2026, 7, 1), TODAY, {"lecturer_post": "科员"})
    assert states(line(general, "leader_lecture")) == [State.DUE]
    with general.writing("党课") as session:
        activities.begin(session, 3, "party_lecture", date(2026, 7, 2), TODAY, {"lecturer_post": "党总支书记"})
    assert states(line(general, "leader_lecture", 1)) == [State.HELD]


def test_kinds_that_no_duty_asks_for_have_a_line_of_their_own(database: Database):
    hold(database, "volunteering", date(2026, 11, 3))
    with database.reading() as session:
        found = [each for each in calendar(session, 2026, TODAY).lines if each.obligation is None]
    assert [(each.name, len(each.entries), each.standings) for each in found] == [("志愿服务", 1, ())]


def test_a_plan_that_was_not_held_is_seen(database: Database):
    with database.writing("计划") as session:
        activities.plan(session, 1, "theme_day", {"planned_on": date(2026, 11, 12), "theme": "重温入党誓词"})
        activities.plan(session, 1, "theme_day", {"planned_month": Month(2026, 12)})
    found = line(database, "theme_day")
    assert found is not None
    assert [(each.name, each.is_late(TODAY)) for each in found.entries] == [("重温入党誓词", True), ("主题党日", False)]


def test_a_plan_given_up_with_its_reason_excuses_the_duty(database: Database):
    with database.writing("计划") as session:
        number = activities.plan(session, 1, "theme_day", {"planned_on": date(2026, 10, 15)}).id
        activities.drop(session, number, "全员值守")
    found = line(database, "theme_day")
    assert states(found)[0] is State.EXCUSED
    assert found is not None
    assert found.standings[0].reason == "全员值守"
    hold(database, "theme_day", date(2026, 10, 20))
    assert states(line(database, "theme_day"))[0] is State.HELD


def test_a_plan_for_a_month_excuses_the_quarter_that_it_lies_in(database: Database):
    since_january(database)
    with database.writing("计划") as session:
        number = activities.plan(session, 1, "general_meeting", {"planned_month": Month(2026, 2)}).id
        activities.drop(session, number, "全员值守")
    found = line(database, "general_meeting")
    assert found is not None
    assert found.standings[0].stretch.months[1] == Month(2026, 2)
    assert states(found)[:2] == [State.EXCUSED, State.LATE]


def test_a_group_that_everybody_has_left_owes_no_more_meetings(database: Database):
    since_january(database)
    with database.writing("党小组") as session:
        branch = organisation.root(session)
        left = organisation.add(session, organisation.GROUP, "第一党小组", branch)
        organisation.add(session, organisation.GROUP, "第二党小组", branch)
        alone = members.add(session, {"name": "赵一", "birth_date": PartialDate(1980, 1, 1), "group": left.name})
        members.leave(session, alone.id, "转出", date(2026, 4, 10))
        found = calendar(session, 2026, TODAY).lines
    owed = next(each for each in found if each.kind == "group_meeting").parts[left.id]
    assert [each.stretch.month.number for each in owed] == [1, 2, 3]


def test_a_duty_of_ones_own_is_added_changed_switched_and_removed(database: Database):
    with database.writing("新增") as session:
        made = obligations.save(
            session, None, {"name": " 家访 ", "word": "家访", "every": "每半年", "times": 2, "since": date(2026, 1, 1)}
        )
    assert (made.name, made.is_own, known(database, made.key).rhythm.chinese) == ("家访", True, "每半年 2 次")
    with database.writing("停用") as session:
        obligations.switch(session, made.key, False, TODAY)
        obligations.switch(session, "debate", True, TODAY)
    assert known(database, made.key).since == date(2026, 1, 1)
    assert known(database, "debate").since == date(2026, 11, 1)
    with database.writing("删除") as session:
        obligations.remove(session, made.key)
        with pytest.raises(UserError, match="程序带来的"):
            obligations.remove(session, "debate")
    with database.writing("撤销") as session:
        undo_last(session, TODAY)
    assert known(database, made.key).name == "家访"


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "主题党日"}, "name"),
        ({"every": "每两周"}, "every"),
        ({"times": 0}, "times"),
        ({"owed_by": "上级"}, "owed_by"),
        ({"kinds": ("picnic",)}, "kinds"),
        ({"kinds": (), "word": " "}, "kinds"),
        ({"since": date(2026, 5, 1), "until": date(2026, 4, 30)}, "until"),
    ],
)
def test_a_duty_that_cannot_be_is_refused_at_its_field(database: Database, values: dict, field: str):
    with database.writing("新增") as session, pytest.raises(FieldError) as refused:
        obligations.save(session, None, {"name": "家访", "kinds": ("talk",)} | values)
    assert refused.value.field == field


def test_a_slip_is_issued_answered_and_counts_as_the_duty(general: Database):
    month = Month(2026, 11)
    with general.writing("提醒单") as session:
        obligations.switch(session, "reminder_slip", True, TODAY)
        tasks: list[dict[str, Any]] = [{"task": "召开支委会", "due_on": date(2026, 11, 30)}, {"task": "收缴党费"}]
        slip = reminder_slips.issue(session, month, 2, {"issued_on": date(2026, 11, 2)}, tasks)
        assert (slip.number, slip.issuer_id) == ("2026-11-01", 1)
        for problem, values, why in (
            ("branch", {"branch_id": 2}, "已经有了"),
            ("branch", {"branch_id": 1}, "下级党支部"),
            ("task", {"tasks": []}, "至少写一项"),
        ):
            given: dict[str, Any] = {"branch_id": 3, "tasks": tasks} | values
            with pytest.raises(FieldError, match=why) as refused:
                reminder_slips.issue(session, month, given["branch_id"], {"issued_on": TODAY}, given["tasks"])
            assert refused.value.field == problem
        first, second = reminder_slips.lines(session, slip.id)
        with pytest.raises(FieldError, match="怎样落实"):
            reminder_slips.change_line(session, first.id, {"state": "已落实"})
        reminder_slips.change_line(session, first.id, {"state": "已落实", "feedback": "11月6日召开"})
        reminder_slips.remove_line(session, second.id)
        with pytest.raises(UserError, match="最后一项"):
            reminder_slips.remove_line(session, first.id)
    assert states(line(general, "reminder_slip")) == [State.HELD, State.OWED]
    with general.writing("删除") as session:
        reminder_slips.remove(session, 1)
    assert states(line(general, "reminder_slip")) == [State.DUE, State.OWED]


def test_a_slip_never_takes_the_number_of_another(general: Database):
    month, tasks = Month(2026, 11), [{"task": "收缴党费"}]
    with general.writing("提醒单") as session:
        first = reminder_slips.issue(session, month, 2, {"issued_on": TODAY}, tasks)
        second = reminder_slips.issue(session, month, 3, {"issued_on": TODAY}, tasks)
        reminder_slips.remove(session, first.id)
        assert (second.number, reminder_slips.usual_number(session, month)) == ("2026-11-02", "2026-11-03")
        reminder_slips.change(session, second.id, {"number": "机关〔2026〕9号"})
        assert reminder_slips.usual_number(session, month) == "2026-11-01"


def test_a_day_of_settings_outside_a_month_is_refused(database: Database):
    with database.writing("设置") as session, pytest.raises(FieldError, match="固定党日应在"):
        settings.change(session, theme_day=32)


def test_the_week_of_a_month_is_counted_once(database: Database):
    since_january(database)
    with database.writing("每周") as session:
        obligations.save(session, "six_micro_lecture", {"on": True, "since": date(2026, 1, 1)})
    found = line(database, "six_micro_lecture")
    assert found is not None
    by_month = [len(found.in_month(month)) for month in YEAR.months]
    assert sum(by_month) == len(list(stretches("每周", YEAR))) == found.tally.required
    assert [node.name for node in found.nodes] == ["甲局第一党支部"]
