"""Polls, reports on duties, grades of branches, honours, sanctions and points: what is entered and what is refused."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import FieldError, UserError
from models.records.life import duty_reviews, honours, points, polls
from models.records.life.points import Item
from models.records.members import members, organisation
from models.rules.periods import PartialDate
from tests.models.conftest import TODAY


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.writing("试") as opened:
        members.add(opened, {"name": "张红卫", "birth_date": PartialDate(1980)})
        yield opened


def branch_id(session: Session) -> int:
    return organisation.branches(session)[0].id


def member_id(session: Session) -> int:
    return members.find(session, "张红卫").id


POLL = {"title": "年度测评", "held_on": date(2026, 1, 9), "eligible": 20, "took_part": 18, "counts": "好 12、较好 6"}


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"title": None}, "title"),
        ({"held_on": None}, "held_on"),
        ({"held_on": date(2027, 1, 1)}, "held_on"),
        ({"took_part": 21}, "took_part"),
        ({"eligible": -1}, "eligible"),
        ({"counts": "好 12、较好 7"}, "counts"),
        ({"counts": "好"}, "counts"),
    ],
)
def test_a_poll_that_cannot_be_is_refused(session: Session, values: dict[str, object], field: str):
    with pytest.raises(FieldError) as refusal:
        polls.add(session, branch_id(session), POLL | values, TODAY)
    assert refusal.value.field == field


def test_a_poll_is_changed_and_removed(session: Session):
    found = polls.add(session, branch_id(session), POLL, TODAY)
    polls.change(session, found.id, {"took_part": 20}, TODAY)
    assert (found.took_part, found.counts) == (20, "好 12、较好 6")
    polls.remove(session, found.id)
    with pytest.raises(UserError, match="民主测评"):
        polls.remove(session, found.id)


def test_a_report_has_no_more_votes_than_sound_ballots(session: Session):
    found = duty_reviews.review(session, branch_id(session), 2025, "张红卫", {"valid": 30, "good": 30}, TODAY)
    with pytest.raises(FieldError) as refusal:
        duty_reviews.change_review(session, found.id, {"fair": 1}, TODAY)
    assert refusal.value.field == "fair"
    with pytest.raises(FieldError, match="已经登记过"):
        duty_reviews.review(session, branch_id(session), 2025, "张红卫", {}, TODAY)


def test_a_branch_has_one_grade_a_year(session: Session):
    node = branch_id(session)
    first = duty_reviews.grade(session, node, 2025, {"grade": "良好", "graded_by": "机关党委"}, TODAY)
    again = duty_reviews.grade(session, node, 2025, {"grade": "优秀"}, TODAY)
    assert (first.id, again.grade, again.graded_by) == (again.id, "优秀", "机关党委")
    with pytest.raises(FieldError, match="考核结果应为"):
        duty_reviews.grade(session, node, 2024, {"grade": "甲等"}, TODAY)


def test_honours_are_of_members_and_branches_and_sanctions_apart(session: Session):
    given = {"title": "优秀共产党员", "level": "地市级", "awarded_on": PartialDate(2025)}
    own = honours.add_to_member(session, member_id(session), given, TODAY)
    honours.add_to_organisation(session, branch_id(session), given | {"level": "村级"}, TODAY)
    sanction = {"title": "警告", "awarded_on": PartialDate(2024, 3), "ends_on": date(2024, 2, 1)}
    with pytest.raises(FieldError, match="期满日期早于"):
        honours.add_to_member(session, member_id(session), sanction, TODAY, honours.SANCTION)
    assert honours.of_member(session, member_id(session)) == [own]
    assert honours.levels(session) == ["村级", "地市级"]
    with pytest.raises(FieldError, match="还没有到"):
        honours.change(session, own.id, {"awarded_on": PartialDate(2027)}, TODAY)


def test_scores_stay_within_full_marks(session: Session):
    items = points.scheme(session, 2025)
    assert [each.item for each in items] == [each.item for each in points.supplied()]
    assert points.score(session, member_id(session), items[0], {"by_branch": Decimal("19.50")})
    assert not points.score(session, member_id(session), items[0], {"by_branch": Decimal("19.50")})
    with pytest.raises(FieldError) as refusal:
        points.score(session, member_id(session), items[0], {"own": Decimal(21)})
    assert refusal.value.field == "own_理想信念"
    assert points.score(session, member_id(session), items[0], {"by_branch": None})
    assert points.score_of(session, member_id(session), items[0].id) is None


def test_the_scheme_of_the_year_before_is_carried_on(session: Session):
    points.set_scheme(session, 2024, [Item("学习", Decimal(60)), Item("工作", Decimal(40))])
    assert [(each.item, each.id) for each in points.offered(session, 2026)] == [("学习", None), ("工作", None)]
    assert [each.item for each in points.offered(session, 2023)] == [each.item for each in points.supplied()]


def test_an_item_with_scores_stays_and_its_marks_do_not_fall_below_them(session: Session):
    points.set_scheme(session, 2025, [Item("学习", Decimal(60)), Item("工作", Decimal(40))])
    learning, work = points.items(session, 2025)
    points.score(session, member_id(session), learning, {"own": Decimal(55)})
    kept = Item("学习", Decimal(60), learning.id)
    with pytest.raises(UserError, match="“学习”已经有评分"):
        points.set_scheme(session, 2025, [Item("工作", Decimal(40), work.id)])
    with pytest.raises(FieldError, match="已有 55 分"):
        points.set_scheme(session, 2025, [Item("学习", Decimal(50), learning.id)])
    points.set_scheme(session, 2025, [Item("工作", Decimal(30), work.id), kept])
    assert [(each.item, each.standard) for each in points.items(session, 2025)] == [
        ("工作", Decimal("30.00")), ("学习", Decimal("60.00")),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "wanted", [[], [Item("", Decimal(1))], [Item("甲", Decimal(1)), Item("甲", Decimal(2))], [Item("甲", Decimal(0))]]
)
def test_a_scheme_that_cannot_be_is_refused(session: Session, wanted: list[Item]):
    with pytest.raises(UserError):
        points.set_scheme(session, 2025, wanted)


def test_points_are_added_and_taken_away_for_a_reason(session: Session):
    given = {"on": date(2026, 3, 1), "points": Decimal(-2), "reason": "无故缺席"}
    for key, value in (("on", None), ("points", Decimal(0)), ("reason", None), ("on", date(2027, 1, 1))):
        with pytest.raises(FieldError) as refusal:
            points.add_event(session, member_id(session), given | {key: value}, TODAY)
        assert refusal.value.field == key
    found = points.add_event(session, member_id(session), given, TODAY)
    points.change_event(session, found.id, {"points": Decimal(-1)}, TODAY)
    assert points.events(session, 2026) == [found]
    points.remove_event(session, found.id)
    assert points.events(session, 2026) == []
