"""Hours of study of a year: from activities attended and made up, from own entries, beside what is asked for."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import FieldError, UserError
from models.ledger import View
from models.ledgers.life.hours import HOURS, studied, total_hours
from models.ledgers.life.make_up import LIFE_MAKE_UP
from models.ledgers.life.study import LIFE_STUDY_ENTRIES, hours_rows
from models.ledgers.life.study_years import REACHED, SHORT, UNTRAINED, untrained_secretaries, year_rows
from models.records.life import activities, attendance, make_up, study
from models.records.life.attendance import Attendance, Mark
from models.records.members import committee, members, organisation
from models.records.members.members import Member
from models.rules.periods import Month, Period
from models.rules.study_hours import StudyRule

TODAY = date(2030, 11, 20)  # a year of which the sample knows nothing
YEAR = View(TODAY, Period.of_year(2030))
DAY = date(2030, 3, 3)


def somebody(session: Session, name: str = "吴国强") -> Member:
    return members.find(session, name)


def held(session: Session, kind: str, states: dict[str, str], **values: object) -> int:
    """An activity of the first branch at which everybody was but those in `states`."""
    begun = activities.begin(session, organisation.branches(session)[0].id, kind, DAY, TODAY, values)
    called = [members.find_by_id(session, each.member_id) for each in attendance.roll(session, begun.id)]
    attendance.mark(session, begun.id, {each.id: Mark(states.get(each.name, "出席")) for each in called})
    return begun.id


def missed(session: Session, activity_id: int, name: str) -> Attendance:
    number = somebody(session, name).id
    (found,) = [each for each in attendance.roll(session, activity_id) if each.member_id == number]
    return found


def hours_by_name(session: Session) -> dict[str, Decimal]:
    found: dict[str, Decimal] = {}
    for line in studied(session, YEAR):
        found[line.name] = found.get(line.name, Decimal(0)) + line.hours
    return found


def test_the_supplied_rule_has_its_source_and_the_marks_of_the_plan() -> None:
    (rule,) = (StudyRule.parse(each) for each in study.supplied())
    assert (rule.members, rule.committee) == (Decimal(32), Decimal(56))
    assert (rule.central, rule.new_secretary_months) == (1, 6)
    assert "规划" in rule.source


def test_who_was_there_has_the_hours_and_who_was_not_has_none(sample: Database) -> None:
    with sample.writing("x") as session:
        held(session, "group_study", {"吴国强": "请假", "刘洋": "缺席"}, hours=Decimal(2), theme="学习")
        found = hours_by_name(session)
        assert "吴国强" not in found
        assert "刘洋" not in found
        assert found["张红卫"] == 2


def test_made_up_study_counts_and_says_when(sample: Database) -> None:
    with sample.writing("x") as session:
        number = held(session, "group_study", {"吴国强": "请假"}, hours=Decimal(2), theme="学习")
        assert make_up.make_up(session, [missed(session, number, "吴国强").id], date(2030, 3, 9), TODAY) == 1
        (line,) = [each for each in studied(session, YEAR) if each.name == "吴国强"]
        assert (line.hours, line.form) == (Decimal(2), "集体学习（2030-03-09 补学）")
        assert make_up.make_up(session, [missed(session, number, "吴国强").id], None, TODAY) == 1
        assert "吴国强" not in hours_by_name(session)


@pytest.mark.parametrize(
    ("who", "on", "said"),
    [("吴国强", date(2030, 3, 1), "早于活动日期"), ("吴国强", date(2031, 1, 1), "还没有到"), ("张红卫", DAY, "要补学")],
)
def test_what_cannot_be_made_up_is_refused(sample: Database, who: str, on: date, said: str) -> None:
    with sample.writing("x") as session:
        number = held(session, "group_study", {"吴国强": "请假"}, hours=Decimal(2))
        with pytest.raises(UserError, match=said):
            make_up.make_up(session, [missed(session, number, who).id], on, TODAY)


def test_without_hours_the_length_counts_and_without_either_nothing(sample: Database) -> None:
    with sample.writing("x") as session:
        held(session, "theme_day", {}, minutes=100)
        held(session, "seminar", {})
        assert hours_by_name(session)["张红卫"] == Decimal("1.5")


def test_a_meeting_that_is_no_study_gives_none(sample: Database) -> None:
    with sample.writing("x") as session:
        held(session, "general_meeting", {}, minutes=120)
        assert hours_by_name(session) == {}


def test_own_entries_stand_with_the_rest_and_add_up(sample: Database) -> None:
    with sample.writing("x") as session:
        held(session, "group_study", {}, hours=Decimal(2), theme="学习")
        wu = somebody(session).id
        study.enter(session, wu, {"on": date(2030, 1, 5), "content": "自学选编", "hours": Decimal("3.5")}, TODAY)
        rows = [row for row in hours_rows(session, YEAR) if row.name == "吴国强"]
        assert [(row.hours, row.total, row.source) for row in rows] == [
            (Decimal("3.50"), Decimal("3.50"), "自行登记"),
            (Decimal("2.00"), Decimal("5.50"), "活动"),
        ]
        assert len({row.id for row in hours_rows(session, YEAR)}) == len(hours_rows(session, YEAR))


@pytest.mark.parametrize(
    ("field", "value"),
    [("on", None), ("on", date(2031, 1, 1)), ("content", None), ("hours", None), ("hours", Decimal(0))],
)
def test_an_unsound_entry_is_refused_at_its_field(sample: Database, field: str, value: object) -> None:
    given: dict[str, object] = {"on": DAY, "content": "自学", "hours": Decimal(1)}
    with sample.writing("x") as session, pytest.raises(FieldError) as refusal:
        study.enter(session, somebody(session).id, given | {field: value}, TODAY)
    assert refusal.value.field == field


def test_committees_are_asked_for_more_and_for_training(sample: Database) -> None:
    with sample.writing("x") as session:
        for name, hours in (("张红卫", 56), ("吴国强", 32), ("刘洋", 31)):
            entry = {"on": DAY, "content": "党校", "hours": Decimal(hours)}
            study.enter(session, somebody(session, name).id, entry, TODAY)
        rows = {row.name: row for row in year_rows(session, YEAR)}
        assert (rows["张红卫"].wanted, rows["张红卫"].state) == (Decimal(56), UNTRAINED)
        assert (rows["吴国强"].wanted, rows["吴国强"].state) == (Decimal(32), REACHED)
        assert (rows["刘洋"].state, rows["刘洋"].lacking) == (SHORT, Decimal(1))
        later = View(date(2031, 1, 2), YEAR.period)
        assert {row.state for row in year_rows(session, later) if row.name == "刘洋"} == {"未达标"}


def test_another_rule_asks_for_other_hours_from_its_day_on(sample: Database) -> None:
    with sample.writing("x") as session:
        study.save_rule(session, dict(study.supplied()[0]) | {"from": "2030-01-01", "members": "40"})
        assert {row.wanted for row in year_rows(session, YEAR) if row.name == "刘洋"} == {40}
        before = View(TODAY, Period.of_year(2026))
        assert {row.wanted for row in year_rows(session, before) if row.name == "刘洋"} == {32}
        with pytest.raises(UserError, match="没有保存"):
            study.save_rule(session, dict(study.supplied()[0]) | {"day": "2"})


def test_a_new_secretary_is_named_until_trained(sample: Database) -> None:
    with sample.writing("x") as session:
        branch = organisation.branches(session)[0]
        term = committee.begin(session, branch.id, {"appointed_on": date(2030, 9, 1)})
        wu = somebody(session)
        committee.seat(
            session, term.id, {"member_id": wu.id, "name": wu.name, "post": "书记", "since": date(2030, 9, 1)}
        )
        (named,) = untrained_secretaries(session, TODAY)
        assert (named.name, named.branch, named.until) == ("吴国强", branch.name, date(2031, 3, 1))
        (row,) = [row for row in year_rows(session, YEAR) if row.name == "吴国强"]
        assert "2031-03-01" in str(row.hint)
        assert [each.name for each in untrained_secretaries(session, date(2031, 4, 1))] == ["吴国强"]  # overdue
        assert untrained_secretaries(session, date(2033, 1, 1)) == []
        entry = {"on": date(2030, 10, 8), "content": "新任书记培训班", "hours": Decimal(24), "is_central": True}
        study.enter(session, wu.id, entry, TODAY)
        assert untrained_secretaries(session, TODAY) == []


def test_entries_come_in_and_what_went_out_comes_back_unchanged(sample: Database) -> None:
    assert LIFE_STUDY_ENTRIES.save is not None
    row = {"name": "吴国强", "on": DAY, "content": "网络培训", "hours": HOURS.read("半天"), "form": "线上学习"}
    view = View(TODAY, Period(Month(2030, 1), Month(2030, 12)))
    with sample.writing("导入") as session:
        assert [each.kind for each in LIFE_STUDY_ENTRIES.save(session, [row], view)] == ["added"]
        assert [each.kind for each in LIFE_STUDY_ENTRIES.save(session, [row], view)] == ["unchanged"]
        (kept,) = LIFE_STUDY_ENTRIES.rows(session, view)
        changed = row | {"id": str(kept.id), "content": "网络培训班"}
        assert [each.kind for each in LIFE_STUDY_ENTRIES.save(session, [changed], view)] == ["updated"]
        ((content, hours),) = [(each.content, each.hours) for each in LIFE_STUDY_ENTRIES.rows(session, view)]
        assert (content, hours) == ("网络培训班", 4)


def test_made_up_study_comes_in_by_name_and_day_whatever_period_is_looked_at(sample: Database) -> None:
    assert LIFE_MAKE_UP.save is not None
    november = View(TODAY, Period(Month(2030, 11), Month(2030, 11)))
    with sample.writing("导入") as session:
        number = held(session, "group_study", {"吴国强": "请假"}, hours=Decimal(2), theme="学习")
        row = {"name": "吴国强", "on": DAY, "made_up_on": date(2030, 3, 9)}
        assert [each.kind for each in LIFE_MAKE_UP.save(session, [row], november)] == ["updated"]
        assert missed(session, number, "吴国强").made_up_on == date(2030, 3, 9)
        assert [each.kind for each in LIFE_MAKE_UP.save(session, [row], november)] == ["unchanged"]
        (refused,) = LIFE_MAKE_UP.save(session, [row | {"name": "张红卫"}], november)
        assert (refused.kind, refused.field) == ("refused", "name")


def test_the_sum_under_the_ledger_is_that_of_its_lines(sample: Database) -> None:
    with sample.reading() as session:
        for branch_id in (None, organisation.branches(session)[1].id):
            view = View(date(2026, 11, 20), Period.of_year(2026), branch_id)
            lines = studied(session, view)
            assert len(lines) > 100
            assert total_hours(session, view) == sum(line.hours for line in lines)
