"""Counts of organisation life: every figure is made up of the records that it leads to."""

from collections.abc import Iterator
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models import founding
from models.database import Database
from models.errors import UserError
from models.ledger import Ledger, Sheet, View
from models.ledgers.catalogue import named
from models.ledgers.charts import Chart, charts_of
from models.ledgers.life.counted import CALLED, counted
from models.ledgers.life.counts import CHANGE, EVERY, LIFE_STATISTICS, LIFE_STATISTICS_MONTHS
from models.ledgers.life.items import Item, parts
from models.ledgers.life.measures import LEDGERS, OTHERS, WAYS, WHOLE, Measure, Pool, measures
from models.ledgers.sheets import sheet
from models.records.life import activities, activity_kinds, attendance, talks
from models.records.life.attendance import Mark
from models.records.life.honours import HONOUR, Honour
from models.records.life.problems import Problem
from models.records.life.scores import Score
from models.records.life.study import StudyEntry
from models.records.members import members, organisation, service
from models.records.members.members import FULL
from models.rules.meetings import ABSENT, LEAVE, PRESENT
from models.rules.periods import PartialDate, Period

TODAY = date(2026, 11, 20)
YEAR = Period.parse("2026")
HELD = ("general_meeting", "party_lecture", "theme_day", "special_study", "warning", "volunteering", "poll")


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    """A branch of six with forty activities of three years."""
    path = tmp_path_factory.mktemp("counts") / "甲支部.zbtz"
    pick = Random(7)
    with closing(founding.make(path, "甲局第一党支部", TODAY)) as made:
        with made.writing("准备") as session:
            for number in range(6):
                born = PartialDate(1980, 1, number + 1)
                members.add(session, {"name": f"甲{'乙丙丁戊己庚'[number]}", "birth_date": born, "category": FULL})
            for number in range(40):
                _hold(session, HELD[number % len(HELD)], TODAY - timedelta(days=pick.randrange(1000)), pick)
            branch = organisation.branches(session)[0]
            for month in ("2026-03-05", "2026-04-05"):
                activities.plan(session, branch.id, "theme_day", {"planned_on": date.fromisoformat(month)})
            activities.drop(session, 42, "疫情防控")
            _judge(session, branch.id)
            service.second(session, 1, {"body": "某某专班", "since": date(2026, 3, 1), "until": date(2026, 3, 20)})
        yield made


def _judge(session: Any, branch_id: int) -> None:
    """What is kept beside the activities, one or two of each."""
    day = date(2026, 5, 6)
    for sort, confidential in ((talks.HEART, False), (talks.HEART, True), ("家庭走访", False)):
        given = {"on": day, "sort": sort, "talkers": "甲乙", "talked": "甲丙、甲丁", "confidential": confidential}
        talks.enter(session, branch_id, given, TODAY)
    for closed_on in (None, date(2026, 6, 1), date(2027, 1, 5)):
        problem = {"branch_id": branch_id, "list_name": "问题清单", "problem": "台账不细", "found_on": day}
        session.add(Problem(**problem, closed_on=closed_on))
    session.add(StudyEntry(member_id=1, on=day, content="网络学院", hours=Decimal("2.5"), is_central=True))
    for who, score in ((1, Decimal(90)), (2, None)):
        given = {"subject": "应知应会", "score": score, "full_mark": Decimal(100), "passed": score is not None}
        session.add(Score(member_id=who, on=day, **given))
    for awarded_on, member_id in ((PartialDate(2026, 7), 1), (PartialDate(2025), 1), (PartialDate(2026, 7, 1), None)):
        honour = {"kind": HONOUR, "title": "优秀共产党员", "awarded_on": awarded_on, "member_id": member_id}
        session.add(Honour(**honour, organisation_id=None if member_id else branch_id))
    session.flush()


def _hold(session: Any, kind: str, day: date, pick: Random) -> None:
    values: dict[str, Any] = {
        "title": f"{kind} {day}",
        "hours": Decimal(pick.choice(("0.5", "1", "2"))),
        "product": "调研报告",
    }
    values["tags"] = pick.choice(("党风廉政", "全面从严治党、党风廉政", ""))
    values["lecturer"] = pick.choice(("甲乙", "甲丙")) if kind == "party_lecture" else None
    values["is_online"] = pick.choice((True, False)) if kind == "warning" else None
    if kind in ("volunteering", "poll"):
        values |= {"people": pick.randrange(1, 6), "eligible": 6}
    branch = organisation.branches(session)[0]
    held = activities.begin(session, branch.id, kind, day, TODAY, values)
    roll = attendance.roll(session, held.id)
    attendance.mark(session, held.id, {e.member_id: Mark(pick.choice((PRESENT, PRESENT, LEAVE, ABSENT))) for e in roll})
    for each in roll[:1]:
        attendance.set_dual(session, held.id, each.member_id, True)
    activities.upload(session, held.id, pick.choice((None, day)))


def filled(database: Database, ledger: Ledger, period: Period = YEAR) -> Sheet:
    with database.reading() as session:
        return sheet(session, ledger, View(TODAY, period))


@pytest.mark.parametrize("text", ["2026", "2026H1", "2026Q2", "2025-09", "2024..2026", "2025-07..2026-06"])
def test_every_figure_is_made_up_of_the_records_it_leads_to(lived: Database, text: str):
    view = View(TODAY, Period.parse(text))
    seen = 0
    with lived.reading() as session:
        for row in sheet(session, LIFE_STATISTICS, view).rows:
            for column in row.figures.keys() - {CHANGE}:
                if row.figures[column]:
                    found = counted(session, view, row.key, column)
                    added, whole = (
                        sum((getattr(each, key) or 0) for each in found.sheet.rows) for key in ("adds", "of")
                    )
                    assert found.figure == row.figures[column]
                    assert row.figures[column] == (round(Decimal(added) * 100 / Decimal(whole), 1) if whole else added)
                    seen += 1
    assert seen > 10


def test_months_lead_to_their_records_and_add_up_to_the_year(lived: Database):
    view = View(TODAY, YEAR)
    whole = {row.key: row for row in filled(lived, LIFE_STATISTICS).rows}
    with lived.reading() as session:
        for row in sheet(session, LIFE_STATISTICS_MONTHS, view).rows:
            months = {key: figure for key, figure in row.figures.items() if key.startswith("m")}
            assert row.all == whole[row.key].now
            if row.unit != "%":
                assert sum(months.values()) == row.all
            for key in (key for key, figure in months.items() if figure):
                assert counted(session, view, row.key, key).figure == months[key]


def test_the_year_before_has_the_same_months_as_far_as_this_one_has_come(lived: Database):
    made = filled(lived, LIFE_STATISTICS)
    assert made.note.startswith("上年同期指2025年1月—11月。")
    before = {row.key: row.before for row in made.rows}
    same = {row.key: row.now for row in filled(lived, LIFE_STATISTICS, Period.parse("2025-01..2025-11")).rows}
    assert before["all_times"] == same["all_times"] > 0
    assert filled(lived, LIFE_STATISTICS, Period.parse("2025")).note.startswith("上年同期指2024年度。")


def test_several_years_stand_beside_one_another(lived: Database):
    made = filled(lived, LIFE_STATISTICS, Period.parse("2024..2026"))
    assert [column.title for column in made.columns][3:] == ["2024年", "2025年", "2026年", "合计", "来源"]
    times = next(row for row in made.rows if row.key == "all_times")
    assert times.y2024 + times.y2025 + times.y2026 == times.all == 40


def test_what_was_planned_and_what_belongs_to_members_is_counted(lived: Database):
    found = {row.key: row.now for row in filled(lived, LIFE_STATISTICS).rows}
    assert (found["planned"], found["kept"], found["dropped"]) == (2, 0, 1)
    assert (found["secondments"], found["secondments_long"]) == (1, 1)


def test_what_is_kept_beside_the_activities_is_counted(lived: Database):
    found = {row.key: row.now for row in filled(lived, LIFE_STATISTICS).rows}
    assert (found["talks"], found["talks_people"], found["talks_家庭走访"]) == (3, 6, 1)
    assert (found["problems"], found["problems_closed"], found["list_问题清单"]) == (3, 1, 1)
    assert (found["study_hours"], found["study_central"]) == (Decimal("2.5"), 1)
    assert (found["tests_taken"], found["tests_passed"]) == (1, 100)
    assert (found["honours"], found["honours_branches"]) == (1, 1)


def test_of_a_talk_in_confidence_only_the_sort_is_told(lived: Database):
    with lived.reading() as session:
        rows = counted(session, View(TODAY, YEAR), "talks", "now").sheet.rows
    assert sorted(row.name for row in rows) == ["甲乙与甲丙、甲丁", "甲乙与甲丙、甲丁", "（不公开）"]


def test_every_source_says_where_its_records_are_found():
    sources = {source.name for source in EVERY}
    assert set(LEDGERS) == sources
    assert all(measure.source in sources for measure in (*WHOLE, *OTHERS))
    for name, title in LEDGERS.values():
        assert not name or named(name).title == title


def test_a_figure_of_nothing_leads_nowhere(lived: Database):
    view = View(TODAY, Period.parse("2001"))
    with lived.reading() as session, pytest.raises(UserError, match="没有记录"):
        counted(session, view, "all_times", "now")
    with lived.reading() as session, pytest.raises(UserError, match="选一个数字"):
        counted(session, view, "all_times", "title")


def test_charts_are_drawn_of_a_period_of_years_and_of_months(lived: Database):
    period, years = (charts_of(filled(lived, LIFE_STATISTICS, Period.parse(text))) for text in ("2026", "2024..2026"))
    assert period[0].title.endswith("次数")
    assert all(1 <= len(chart.labels) <= 8 for chart in period)
    assert len({chart.title for chart in period}) == len(period)
    assert [chart.title for chart in years] == ["组织生活次数", "参加人次", "出勤率", "学时"]
    by_month = charts_of(filled(lived, LIFE_STATISTICS_MONTHS))
    assert all(len(chart.labels) == 12 and len(chart.series) == 2 for chart in by_month)
    times: Chart = by_month[0]
    assert sum(times.series[1].values) == filled(lived, LIFE_STATISTICS).rows[0].now


def test_the_ways_of_counting_are_those_that_a_kind_may_name():
    assert set(WAYS) == set(activity_kinds.COUNTS)
    assert all(set(kind.counts) <= set(WAYS) for kind in activity_kinds.supplied())


def test_measures_are_told_apart_and_shares_say_what_they_are_out_of():
    found = measures(activity_kinds.supplied(), Pool([]))
    assert len({each.key for each in found}) == len(found)
    assert {amount for each in found if each.of for amount in (each.adds, each.of)} <= set(CALLED)


AMOUNTS = st.fixed_dictionaries({"times": st.just(1), "people": st.integers(0, 50), "entitled": st.integers(0, 50),
                                 "present": st.integers(0, 50)})  # fmt: skip
ITEMS = st.lists(
    st.builds(
        Item,
        source=st.sampled_from(("activities", "plans")),
        id=st.integers(1, 99),
        on=st.dates(date(2025, 1, 1), date(2026, 12, 31)),
        kind=st.sampled_from(("party_lecture", "seminar")),
        kind_name=st.just(""),
        name=st.just(""),
        branch=st.just(""),
        amounts=AMOUNTS,
        words=st.fixed_dictionaries({"tag": st.sampled_from(((), ("甲",), ("甲", "乙")))}),
    ),
    max_size=20,
)
SOME = (*WHOLE, Measure("甲", "", "", "次", "times", word=("tag", "甲"), kinds=frozenset({"seminar"})))


@given(items=ITEMS, measure=st.sampled_from(SOME))
def test_a_sum_is_that_of_its_parts_and_a_share_lies_between_those_of_its_parts(items: list[Item], measure: Measure):
    pool = Pool(items)
    own = pool.counted(measure)
    assert sorted(map(id, own)) == sorted(map(id, measure.counted(items)))
    halves = [measure.figure([item for item in own if (item.on.year == 2025) is early]) for early in (True, False)]
    known = [figure for figure in halves if figure is not None]
    if not measure.of:
        assert measure.figure(own) == sum(known)
    elif known:
        figure = measure.figure(own)
        assert figure is not None
        assert min(known) <= figure <= max(known)
    else:
        assert measure.figure(own) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [(None, ()), ("党风廉政、全面从严治党", ("党风廉政", "全面从严治党")), ("甲;乙；甲\n 丙 ", ("甲", "乙", "丙"))],
)
def test_several_things_in_one_field_are_several(text: str | None, found: tuple[str, ...]):
    assert parts(text) == found
