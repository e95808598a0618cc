"""The ledgers of appraisals, polls, reports, points and honours: what is shown, and rows that are brought in."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exporters import csv_file, excel
from importers import intake, matching, reader
from models.database import Database
from models.ledger import Ledger, View
from models.ledgers.catalogue import named
from models.ledgers.life.appraisals import LIFE_APPRAISALS
from models.ledgers.life.honours import LIFE_HONOURS, LIFE_SANCTIONS
from models.ledgers.life.merits import merits
from models.ledgers.life.points import LIFE_POINTS
from models.ledgers.life.polls import LIFE_POLLS
from models.ledgers.paper_records import PAPERS
from models.ledgers.sheets import sheet
from models.ledgers.variants import local
from models.records.members import members
from models.rules.periods import PartialDate, Period
from tests import samples
from tests.models.ledgers.test_saving import EFFORT, tried

TODAY = date(2026, 11, 23)
LAST_YEAR = View(TODAY, Period.of_year(2025))
LEDGERS = ("life_appraisals", "life_polls", "life_duty_reviews", "life_branch_grades", "life_points",
           "life_point_events", "life_honours", "life_sanctions")  # fmt: skip


@pytest.fixture(scope="module")
def branch(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    with closing(samples.build(tmp_path_factory.mktemp("sample") / "示例.zbtz", samples.DAY)) as made:
        yield made


def tried_rows(database: Database, ledger: Ledger, rows: Sequence[dict[str, Any]], view: View = LAST_YEAR) -> list[Any]:
    """The rows after saving some, which is then taken back."""
    assert ledger.save is not None
    with database.trying() as session:
        outcomes = ledger.save(session, rows, view)
        assert [each.why for each in outcomes if each.kind == "refused"] == []
        return list(ledger.rows(session, view))


@pytest.mark.parametrize("name", LEDGERS)
@pytest.mark.parametrize("writer", [excel, csv_file], ids=["xlsx", "csv"])
def test_last_years_table_comes_back_unchanged(branch: Database, tmp_path: Path, name: str, writer: Any):
    with branch.reading() as session:
        made = sheet(session, named(name), LAST_YEAR)
        declared = local(session, named(name), hidden=True)
    assert made.rows
    path = tmp_path / f"{made.heading}{'.xlsx' if writer is excel else '.csv'}"
    writer.write(made, path)
    match = matching.match(reader.read(path), declared)
    with branch.trying() as session:
        report = intake.save(session, declared, match, View(TODAY, Period.of_year(2026)))
    assert (match.skipped, report.problems) == ((), ())
    assert report.counts == {"unchanged": len(made.rows)}


def test_a_list_of_names_and_results_makes_the_appraisal_of_its_year(branch: Database):
    view = View(TODAY, Period.of_year(2024))
    rows = [{"name": "张红卫", "category": "正式党员", "grade": "优秀"}, {"name": "周丽萍", "grade": "合格"}]
    found = tried_rows(branch, LIFE_APPRAISALS, rows, view)
    graded = {row.name: row.grade for row in found if row.grade}
    assert graded == {"张红卫": "优秀", "周丽萍": "合格"}
    assert {row.branch for row in found} == {"第一党支部"}
    assert {row.year for row in found} == {2024}


def test_too_many_outstanding_are_refused_by_row(branch: Database):
    with branch.reading() as session:
        everybody = [row for row in LIFE_APPRAISALS.rows(session, LAST_YEAR) if row.branch == "第一党支部"]
    rows = [{"name": row.name, "grade": "优秀"} for row in everybody if row.category == "正式党员"]
    assert LIFE_APPRAISALS.save is not None
    with branch.trying() as session:
        outcomes = LIFE_APPRAISALS.save(session, rows, LAST_YEAR)
    refused = [each for each in outcomes if each.kind == "refused"]
    assert {each.field for each in refused} == {"grade"}
    assert len(refused) == len(rows) - 5


def test_the_head_figures_and_the_limit_stand_under_the_table(branch: Database):
    with branch.reading() as session:
        note = sheet(session, LIFE_APPRAISALS, View(TODAY, LAST_YEAR.period, 2)).note
    assert "第一党支部：应参加 17 人，实参加" in note
    assert "优秀 4 名，上限 5 名（参加评定 15 名的三分之一）" in note


def test_the_share_who_took_part(branch: Database):
    with branch.reading() as session:
        (row,) = LIFE_POLLS.rows(session, LAST_YEAR)
    assert (row.eligible, row.took_part, row.rate) == (46, 45, Decimal("0.9783"))


def test_totals_are_of_the_branch_scores_and_what_was_added(branch: Database):
    with branch.reading() as session:
        rows = [row for row in LIFE_POINTS.rows(session, LAST_YEAR) if row.branch == "第一党支部"]
    for row in rows:
        given = [value for key, value in row.scores.items() if key.startswith("by_branch_")]
        assert row.total == sum(given) + (row.added or 0) + (row.deducted or 0)
    best = max(row.total for row in rows)
    assert next(row.rank for row in rows if row.total == best) == 1
    assert max(row.rank for row in rows) <= len(rows)


def test_only_the_kinds_of_score_that_were_given_are_shown(branch: Database):
    with branch.reading() as session:
        last, this = (sheet(session, LIFE_POINTS, View(TODAY, Period.of_year(year))) for year in (2025, 2026))
    titles = [column.title for column in this.columns]
    assert "理想信念支部评" in titles
    assert "理想信念自评" not in titles
    assert {"理想信念自评", "理想信念小组评", "理想信念支部评"} <= {column.title for column in last.columns}


def test_an_item_that_the_year_does_not_have_is_refused(branch: Database):
    assert LIFE_POINTS.save is not None
    with branch.trying() as session:
        (outcome,) = LIFE_POINTS.save(session, [{"name": "张红卫", "by_branch_唱歌": Decimal(1)}], LAST_YEAR)
    assert (outcome.kind, outcome.field) == ("refused", "by_branch_唱歌")


def test_honours_of_branches_and_members_stand_together_and_sanctions_apart(branch: Database):
    with branch.reading() as session:
        honoured = {row.name for row in LIFE_HONOURS.rows(session, LAST_YEAR)}
        sanctioned = [row.name for row in LIFE_SANCTIONS.rows(session, LAST_YEAR)]
        zhang = merits(session, members.find(session, "张红卫").id)
        liu = merits(session, members.find(session, "刘洋").id)
    assert {"张红卫", "第一党支部"} <= honoured
    assert sanctioned == ["刘洋"]
    assert "优秀党务工作者" in [each.what for each in zhang]
    assert "批评教育" not in [each.what for each in liu]


def test_an_honour_whose_month_is_not_known_stands_in_its_year(branch: Database):
    rows = [{"name": "周丽萍", "title": "优秀共产党员", "awarded_on": PartialDate(2025)}]
    found = tried_rows(branch, LIFE_HONOURS, rows)
    assert "周丽萍" in [row.name for row in found]
    assert "周丽萍" not in [
        row.name for row in tried_rows(branch, LIFE_HONOURS, rows, View(TODAY, Period.of_year(2026)))
    ]


def test_ballots_name_the_full_members_alone(branch: Database):
    with branch.reading() as session:
        ((_, record),) = PAPERS["life_appraisal_ballot"](session, View(TODAY, LAST_YEAR.period, 2))
    assert "林小满" not in record.names
    assert (len(record.names), record.cap) == (16, 5)


NAMES = st.sampled_from(["张红卫", "李素云", "甲局第一党支部", "王五"])
DAYS = st.sampled_from([date(2026, 10, 23), TODAY, date(2027, 1, 1)])
SMALL = st.one_of(st.none(), st.integers(0, 3))
ROWS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "life_appraisals": st.fixed_dictionaries({
        "name": NAMES, "grade": st.sampled_from([None, "优秀", "合格", "不定等次"]), "outstanding": SMALL,
        "passed": SMALL,
    }),
    "life_polls": st.fixed_dictionaries({
        "title": st.sampled_from(["甲", "乙", None]), "held_on": DAYS, "eligible": SMALL, "took_part": SMALL,
        "counts": st.sampled_from([None, "好 1", "好 2、差 1"]),
    }),
    "life_duty_reviews": st.fixed_dictionaries({
        "branch": st.sampled_from(["甲局第一党支部", "别处", None]), "name": NAMES, "valid": SMALL, "good": SMALL,
    }),
    "life_branch_grades": st.fixed_dictionaries({
        "branch": st.sampled_from(["甲局第一党支部", "别处", None]), "grade": st.sampled_from(["优秀", "良好", None]),
        "graded_on": DAYS,
    }),
    "life_points": st.fixed_dictionaries({
        "name": NAMES, "by_branch_理想信念": st.sampled_from([None, Decimal(18), Decimal("20.00"), Decimal(21)]),
        "own_组织生活": st.sampled_from([None, Decimal(-1), Decimal("7.50")]),
    }),
    "life_point_events": st.fixed_dictionaries({
        "name": NAMES, "on": DAYS, "points": st.sampled_from([Decimal(2), Decimal("-1.50"), Decimal(0)]),
        "reason": st.sampled_from(["获奖", "缺席", None]),
    }),
    "life_honours": st.fixed_dictionaries({
        "name": NAMES, "title": st.sampled_from(["甲", "乙"]), "level": st.sampled_from([None, "省部级"]),
        "awarded_on": st.sampled_from([PartialDate(2025), PartialDate(2025, 7, 1), None]),
    }),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
@EFFORT
@given(data=st.data())
def test_the_same_rows_twice_change_nothing(name: str, data: st.DataObject):
    tried(named(name), data.draw(st.lists(ROWS[name], max_size=5)))


@pytest.mark.slow
@pytest.mark.parametrize("name", ROWS)
@settings(EFFORT, max_examples=12)
@given(data=st.data())
def test_the_same_rows_twice_change_nothing_for_long(name: str, data: st.DataObject):
    tried(named(name), data.draw(st.lists(ROWS[name], max_size=5)))
