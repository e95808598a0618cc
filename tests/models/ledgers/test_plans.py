"""The ledgers of planning: plans and slips saved as rows, what was done of the duties, the year by months."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from models import settings
from models.database import Database
from models.ledger import Ledger, Outcome, View
from models.ledgers.life.obligations import LIFE_DUTIES, duty_rows
from models.ledgers.life.plan_papers import year_plans
from models.ledgers.life.plans import LIFE_MONTH_PLAN, LIFE_PLAN, plan_rows
from models.ledgers.life.reminder_slips import LIFE_REMINDERS, reminder_rows, slips
from models.ledgers.life.today import life_duties
from models.ledgers.life.year_table import year_table_rows
from models.records.life import activities, obligations, plans
from models.records.members import committee, organisation
from models.rules.obligations import MONTH, stretch_of
from models.rules.periods import Month, Period
from tests import founded

TODAY = date(2026, 11, 20)
YEAR = View(TODAY, Period.of_year(2026))
NOVEMBER = View(TODAY, Period(Month(2026, 11), Month(2026, 11)))
DECEMBER = Month(2026, 12)


@pytest.fixture
def general(tmp_path: Path) -> Iterator[Database]:
    """A general branch (number 1) with two branches; the first (2) has a group (4) and a committee since June."""
    path = tmp_path / "甲局党总支.zbtz"
    with closing(founded.make(path, "甲局党总支", TODAY, organisation.GENERAL_BRANCH)) as made:
        with made.writing("支部") as session:
            for name in ("第一党支部", "第二党支部"):
                organisation.add(session, organisation.BRANCH, name, organisation.root(session))
            organisation.add(session, organisation.GROUP, "第一党小组", organisation.branches(session)[0])
            committee.begin(session, 2, {"appointed_on": date(2026, 6, 1)})
            settings.change(session, life_since="2026-01", theme_day=16)
        yield made


def save(database: Database, ledger: Ledger, *rows: dict[str, Any], view: View = YEAR) -> list[Outcome]:
    assert ledger.save is not None
    with database.writing("导入") as session:
        return list(ledger.save(session, rows, view))


def kinds(outcomes: Sequence[Outcome]) -> list[str]:
    return [each.kind for each in outcomes]


PLAN = {"kind": "主题党日", "organisation": "中共第一支部委员会", "planned_month": DECEMBER, "theme": "重温入党誓词"}


def test_rows_plan_activities_and_the_same_rows_again_change_nothing(general: Database):
    group = {"kind": "党小组会", "organisation": "第一党支部第一党小组", "planned_on": date(2026, 12, 9)}
    assert kinds(save(general, LIFE_PLAN, PLAN, group)) == ["added", "added"]
    assert kinds(save(general, LIFE_PLAN, PLAN, group)) == ["unchanged", "unchanged"]
    assert kinds(save(general, LIFE_PLAN, PLAN | {"responsible": "刘洋"})) == ["updated"]
    with general.reading() as session:
        found = plan_rows(session, YEAR)
    assert [(row.organisation, row.kind, row.responsible) for row in found] == [
        ("第一党支部第一党小组", "党小组会", None), ("第一党支部", "主题党日", "刘洋")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "field", "why"),
    [
        ({"kind": "野餐"}, "kind", "没有“野餐”这种活动"),
        ({"organisation": "第三党支部"}, "organisation", "没有名为“第三党支部”的组织"),
        ({"organisation": None}, "organisation", "没有写明是哪个组织"),
        ({"planned_month": None}, "planned_month", "没有写明月份"),
        ({"kind": "谈心谈话"}, "kind", "另有自己的台账"),
        ({"planned_on": date(2026, 11, 30)}, "planned_on", "不在 2026-12"),
    ],
)
def test_a_row_that_cannot_be_a_plan_is_refused(general: Database, change: dict, field: str, why: str):
    (outcome,) = save(general, LIFE_PLAN, PLAN | change)
    assert (outcome.kind, outcome.field) == ("refused", field)
    assert why in (outcome.why or "")


def test_a_row_of_a_month_means_that_month(general: Database):
    row = {"kind": "主题党日", "organisation": "第二党支部"}
    assert kinds(save(general, LIFE_MONTH_PLAN, row, view=NOVEMBER)) == ["added"]
    with general.reading() as session:
        (found,) = plan_rows(session, NOVEMBER)
    assert (found.planned_month, found.done) == (Month(2026, 11), ("计划中", "plain"))


def test_what_became_of_a_plan_is_told(general: Database):
    with general.writing("计划") as session:
        days = [date(2026, 10, 16), date(2026, 11, 5), date(2026, 11, 10), date(2026, 11, 25)]
        made = [activities.plan(session, 2, "theme_day", {"planned_on": day}).id for day in days]
        activities.hold(session, made[0], date(2026, 11, 2), TODAY)
        activities.hold(session, made[1], date(2026, 11, 6), TODAY)
    with general.reading() as session:
        told = [row.done for row in plan_rows(session, YEAR)]
    assert told == [
        ("11月2日已开展", "warn"), ("11月6日已开展", "good"), ("逾期未开展", "bad"), ("计划中", "plain")
    ]  # fmt: skip
    moved = {"id": str(made[0]), "kind": "主题党日", "organisation": "第一党支部", "planned_month": DECEMBER}
    (outcome,) = save(general, LIFE_PLAN, moved)
    assert (outcome.kind, outcome.field) == ("refused", "planned_month")


def test_a_paper_of_the_year_stands_for_each_branch_with_its_groups(general: Database):
    group = {"kind": "党小组会", "organisation": "第一党小组", "planned_month": DECEMBER}
    save(general, LIFE_PLAN, PLAN, group, {"kind": "知识竞赛", "organisation": "甲局党总支", "planned_month": DECEMBER})
    with general.reading() as session:
        found = dict(year_plans(session, NOVEMBER))
    assert {number: len(record.items) for number, record in found.items()} == {1: 1, 2: 2}
    assert [item.what for item in found[2].items] == ["主题党日", "第一党支部第一党小组：党小组会"]


def test_duties_are_counted_by_organisation_and_add_up(general: Database):
    with general.writing("开展") as session:
        for month in (1, 2, 3):
            activities.begin(session, 2, "theme_day", date(2026, month, 16), TODAY)
        october = stretch_of(MONTH, date(2026, 10, 1))
        obligations.excuse(session, "theme_day", 2, october, "值守", TODAY)
    with general.reading() as session:
        rows = {(row.duty, row.organisation): row for row in duty_rows(session, YEAR)}
        november = {(row.duty, row.organisation): row for row in duty_rows(session, NOVEMBER)}
        one = duty_rows(session, View(TODAY, YEAR.period, branch_id=3))
    first = rows["主题党日", "第一党支部"]
    assert (first.required, first.held, first.late, first.excused, first.ahead) == (12, 3, 6, 1, 2)
    assert (str(first.rate), first.mark, first.reason) == ("0.333", ("缺 6 次", "warn"), "2026年10月：值守")
    assert first.late_in.startswith("2026年4月、2026年5月")
    assert all(row.required == row.held + row.late + row.excused + row.ahead for row in rows.values())
    assert rows["支部委员会", "第一党支部"].required == 7
    assert ("支部委员会", "第二党支部") not in rows
    assert november["主题党日", "第一党支部"].required == 1
    assert ("支部党员大会", "第一党支部") not in november  # the quarter ends in December
    assert {row.organisation for row in one} == {"第二党支部"}
    with general.reading() as session:
        assert isinstance(LIFE_DUTIES.note, str) or "完成率" in LIFE_DUTIES.note(session, YEAR)


def test_the_year_table_counts_months_on_time(general: Database):
    with general.writing("开展") as session:
        for day in (date(2026, 6, 8), date(2026, 6, 20), date(2026, 9, 8)):
            activities.begin(session, 2, "committee_meeting", day, TODAY)
        activities.begin(session, 2, "theme_day", date(2026, 3, 16), TODAY)
        activities.begin(session, 2, "party_lecture", date(2026, 3, 20), TODAY)
        activities.plan(session, 2, "theme_day", {"planned_month": Month(2026, 4)})
    with general.reading() as session:
        first, second = (asdict(row) for row in year_table_rows(session, YEAR))
    assert (first["above"], first["branch"], first["c6"], first["c9"], first["c1"]) == (
        "甲局党总支",
        "第一党支部",
        2,
        1,
        None,
    )
    assert (first["c_on"], str(first["c_rate"])) == (2, "0.333")  # of the six months from June on
    assert (first["m3"], first["m4"], first["m_on"], str(first["m_rate"])) == (2, None, 1, "0.091")
    assert (second["c_on"], second["c_rate"], second["m_on"]) == (None, None, 0)
    assert len(first) == 31


def test_rows_make_slips_and_answer_them(general: Database):
    row = {"branch": "第一党支部", "month": DECEMBER, "task": "收缴党费", "due_on": date(2026, 12, 23)}
    other = {"branch": "第一党支部", "month": DECEMBER, "task": "报送总结"}
    assert kinds(save(general, LIFE_REMINDERS, row, other)) == ["added", "added"]
    assert kinds(save(general, LIFE_REMINDERS, row, other)) == ["unchanged", "unchanged"]
    done = other | {"state": "已落实", "feedback": "12月10日已报"}
    assert kinds(save(general, LIFE_REMINDERS, done)) == ["updated"]
    (refused,) = save(general, LIFE_REMINDERS, row | {"state": "已落实"})
    assert (refused.kind, refused.field) == ("refused", "feedback")
    with general.reading() as session:
        rows = reminder_rows(session, View(TODAY, Period(DECEMBER, DECEMBER)))
        ((_, paper),) = slips(session, View(TODAY, Period(DECEMBER, DECEMBER)))
    assert [(each.number, each.place, each.state) for each in rows] == [
        ("2026-12-01", 1, "未落实"), ("2026-12-01", 2, "已落实")
    ]  # fmt: skip
    assert (paper.addressee, paper.issuer, len(paper.tasks)) == ("第一党支部", "甲局党总支", 2)


def test_a_slip_asks_for_what_the_month_owes_and_the_dues(general: Database):
    with general.reading() as session:
        first = plans.proposed(session, Month(2026, 11), TODAY, 2)
        second = plans.proposed(session, Month(2026, 11), TODAY, 3)
        december = plans.proposed(session, DECEMBER, TODAY, 3)
    assert {"开展支部委员会", "开展党小组会", "开展主题党日"} <= {each["task"] for each in first}
    assert "开展支部委员会" not in {each["task"] for each in second}
    assert second[-1]["task"] == "收缴党费"
    assert second[-1]["due_on"] == date(2026, 11, 23)
    assert "开展支部党员大会" in {each["task"] for each in december}


def test_the_plans_of_a_year_lie_on_the_fixed_day(general: Database):
    with general.writing("生成") as session:
        made = plans.generate(session, 2027, TODAY, 3)
        again = plans.generate(session, 2027, TODAY, 3)
        rows = plan_rows(session, View(TODAY, Period.of_year(2027), 3))
    assert (made, again) == (len(rows), 0)
    days = [row.planned_on for row in rows if row.kind == "主题党日"]
    assert len(days) == 12
    assert days[4] == date(2027, 5, 17)  # the 16th is a Sunday
    with general.writing("照着拟") as session:
        copied = plans.copy_year(session, 2028, [3])
    assert copied == made


def test_today_tells_of_the_late_first_and_of_years_only_when_they_press(general: Database):
    with general.writing("开展") as session:
        activities.begin(session, 3, "theme_day", date(2026, 11, 16), TODAY)
        activities.plan(session, 2, "theme_day", {"planned_on": date(2026, 11, 25)})
        settings.change(session, life_since="2026-11")
    with general.reading() as session:
        told = {duty.name: duty for duty in life_duties(session, NOVEMBER)}
        second = {duty.name: duty for duty in life_duties(session, View(TODAY, NOVEMBER.period, 3))}
    assert (told["主题党日"].progress, told["主题党日"].mark) == (
        "已开展 1 / 2 次，安排在11月25日",
        ("已安排", "quiet"),
    )
    assert (second["主题党日"].progress, second["主题党日"].mark) == ("11月16日已开展", ("已完成", "good"))
    assert told["组织生活会"].mark == ("待开展", "warn")
    with general.writing("更早") as session:
        settings.change(session, life_since="2026-10")
    with general.reading() as session:
        first = life_duties(session, NOVEMBER)[0]
        july = {
            duty.name for duty in life_duties(session, View(date(2026, 7, 1), Period(Month(2026, 7), Month(2026, 7))))
        }
    assert first.mark[1] == "bad"
    assert "组织生活会" not in july
