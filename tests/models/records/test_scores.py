"""Scores of tests, lecturers, and leading cadres who attend beside others."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import FieldError
from models.ledger import View
from models.ledgers.life.dual import dual_rows
from models.ledgers.life.lecturers import GAVE, NONE, lecturer_rows
from models.ledgers.life.scores import AWAY, FAILED, LIFE_SCORES, PASSED, exam_rows, score_rows
from models.records.life import activities, attendance, scores
from models.records.life.attendance import Mark
from models.records.members import members, organisation
from models.records.members.timeline import Timeline
from models.rules.periods import Period

TODAY = date(2030, 11, 20)  # a year of which the sample knows nothing
YEAR = View(TODAY, Period.of_year(2030))
DAY = date(2030, 5, 6)
EXAM: Mapping[str, Any] = {"on": DAY, "subject": "党章知识测试"}


def scored(session: Session, name: str, score: str | None, **values: Any) -> int:
    member = members.find(session, name)
    given = {**EXAM, "score": None if score is None else Decimal(score), **values}
    return scores.enter(session, member.id, given, TODAY).id


def test_results_follow_from_the_score_unless_it_is_said_otherwise(sample: Database) -> None:
    with sample.writing("x") as session:
        scored(session, "张红卫", "60")
        scored(session, "周丽萍", "59.5")
        scored(session, "龚文博", None, passed=True)
        scored(session, "吴国强", "70", full_mark=Decimal(120))
        number = scored(session, "刘洋", "79", passed=False)
        found = {row.name: row.passed for row in score_rows(session, YEAR)}
        assert found == {"张红卫": PASSED, "周丽萍": FAILED, "龚文博": AWAY, "吴国强": FAILED, "刘洋": FAILED}
        scores.change(session, number, {"score": Decimal(80)}, TODAY)
        assert {row.passed for row in score_rows(session, YEAR) if row.name == "刘洋"} == {PASSED}


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("score", {"score": Decimal("100.5")}),
        ("score", {"score": Decimal(-1)}),
        ("full_mark", {"full_mark": Decimal(0)}),
        ("on", {"on": date(2031, 1, 1)}),
        ("subject", {"subject": None}),
    ],
)
def test_an_unsound_score_is_refused_at_its_field(sample: Database, field: str, values: dict[str, Any]) -> None:
    with sample.writing("x") as session, pytest.raises(FieldError) as refusal:
        scores.enter(session, members.find(session, "吴国强").id, {**EXAM, **values}, TODAY)
    assert refusal.value.field == field


def test_a_member_has_one_score_a_test(sample: Database) -> None:
    with sample.writing("x") as session:
        scored(session, "吴国强", "80")
        other = scored(session, "吴国强", "90", subject="另一次")
        with pytest.raises(FieldError, match="已经登记过"):
            scored(session, "吴国强", "81")
        with pytest.raises(FieldError, match="已经登记过"):
            scores.change(session, other, {"subject": EXAM["subject"]}, TODAY)


def test_a_test_has_its_average_and_how_many_of_the_branch_took_part(sample: Database) -> None:
    with sample.writing("x") as session:
        for name, score in (("张红卫", "90"), ("吴国强", "51"), ("刘洋", None)):
            scored(session, name, score)
        (row,) = exam_rows(session, YEAR)
        assert (row.branch, row.taken, row.average) == ("第一党支部", 2, Decimal("70.50"))
        assert row.called == len(list(Timeline(session).members(DAY, organisation.branches(session)[0].id)))
        assert row.participation == (Decimal(2) / row.called).quantize(Decimal("0.001"))
        assert (row.passed, row.pass_rate) == (1, Decimal("0.500"))


def test_scores_come_in_and_what_went_out_comes_back_unchanged(sample: Database) -> None:
    assert LIFE_SCORES.save is not None
    rows = [{"name": "吴国强", **EXAM, "score": Decimal(88)}, {"name": "刘洋", **EXAM, "score": None}]
    with sample.writing("导入") as session:
        assert [each.kind for each in LIFE_SCORES.save(session, rows, YEAR)] == ["added", "added"]
        out = [
            {column.key: getattr(row, column.key) for column in LIFE_SCORES.columns}
            for row in score_rows(session, YEAR)
        ]
        assert [each.kind for each in LIFE_SCORES.save(session, out, YEAR)] == ["unchanged", "unchanged"]
        better = out[0] | {"score": Decimal(95)}
        assert [each.kind for each in LIFE_SCORES.save(session, [better], YEAR)] == ["updated"]
        assert score_rows(session, YEAR)[0].score == Decimal(95)


def held(session: Session, kind: str, on: date = DAY, **values: Any) -> int:
    begun = activities.begin(session, organisation.branches(session)[0].id, kind, on, TODAY, values)
    roll = attendance.roll(session, begun.id)
    attendance.mark(session, begun.id, {each.member_id: Mark("出席") for each in roll})
    return begun.id


def test_lectures_are_counted_by_lecturer_and_silent_committee_members_are_named(sample: Database) -> None:
    with sample.writing("x") as session:
        held(
            session, "party_lecture", lecturer="张红卫、李教授", lecturer_post="书记", title="第一讲", hours=Decimal(2)
        )
        held(session, "micro_lecture", date(2030, 6, 7), lecturer="张红卫", title="第二讲")
        held(session, "general_meeting", lecturer="周丽萍")
        rows = {row.name: row for row in lecturer_rows(session, YEAR)}
        assert (rows["张红卫"].lectures, rows["张红卫"].micro, rows["张红卫"].total) == (1, 1, 2)
        assert (rows["张红卫"].topics, rows["张红卫"].state, rows["张红卫"].seat) == ("第一讲；第二讲", GAVE, "书记")
        assert (rows["李教授"].seat, rows["李教授"].total) == (None, 1)
        assert (rows["周丽萍"].state, rows["周丽萍"].total) == (NONE, 0)


def test_those_marked_as_leading_are_counted_with_their_rate(sample: Database) -> None:
    with sample.writing("x") as session:
        leading = members.find(session, "郑卫东").id
        for kind, state in (("general_meeting", "出席"), ("theme_day", "出席"), ("group_study", "公出")):
            number = held(session, kind)
            attendance.set_dual(session, number, leading, True)
            attendance.mark(session, number, {leading: Mark(state)})
        held(session, "seminar")
        (row,) = dual_rows(session, YEAR)
        assert (row.name, row.called, row.present, row.meetings, row.leave) == ("郑卫东", 3, 2, 1, 1)
        assert row.rate == Decimal("0.667")
