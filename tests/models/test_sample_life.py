"""The sample's year of organisation life: enough of it, adding up, and with the trouble that real years bring."""

from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from models import checks
from models.records.dues import months
from models.records.life import activities, attendance
from models.records.life.activities import DROPPED, FILED, PLANNED, RECORDING, Activity, Minutes
from models.records.life.activity_kinds import supplied
from models.records.members.members import Member
from models.rules.cadence import is_workday
from models.rules.meetings import PRESENT
from models.rules.periods import Month
from models.sample.programme import BRANCHES, programme
from tests import samples

TODAY = date(2026, 11, 20)


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    path = tmp_path_factory.mktemp("sample") / "示例.zbtz"
    with closing(samples.build(path, TODAY)) as made, made.reading() as reading:
        yield reading


@pytest.fixture(scope="module")
def year(session: Session) -> list[Activity]:
    return list(session.scalars(select(Activity).order_by(Activity.id)))


def test_every_kind_is_held_and_there_is_much_of_it(year: list[Activity]) -> None:
    held = Counter(each.kind for each in year if each.held_on is not None)
    assert {kind.key for kind in supplied() if kind.kept_in == "activities"} <= set(held)
    assert held["committee_meeting"] == 36
    assert held["group_meeting"] == 72
    assert 220 <= held.total() <= 260


def test_those_called_add_up_and_every_record_is_filed_but_that_of_today(
    session: Session, year: list[Activity]
) -> None:
    held = [each for each in year if each.held_on is not None]
    counts = attendance.counts(session, [each.id for each in held])
    assert all(count.unmarked == 0 and count.present for count in counts.values())
    assert [each.held_on for each in held if each.state == RECORDING] == [TODAY]
    assert all(each.state == FILED or each.held_on == TODAY for each in held)


def test_the_trouble_of_a_real_year(year: list[Activity]) -> None:
    late = [each for each in year if each.state == PLANNED and each.planned_on and each.planned_on < TODAY]
    dropped = [each for each in year if each.state == DROPPED]
    entered_late = [each for each in year if activities.is_back_entered(each)]
    assert (len(late), len(dropped), len(entered_late)) == (1, 1, 1)
    assert dropped[0].reason
    to_come = [each for each in year if each.planned_month == Month(2026, 12)]
    assert len(to_come) > 6
    assert {each.state for each in to_come} == {PLANNED}


def test_whoever_the_minutes_name_was_there(session: Session, year: list[Activity]) -> None:
    names = {member.id: member.name for member in session.scalars(select(Member))}
    texts = {each.activity_id: each.text or "" for each in session.scalars(select(Minutes))}
    away = [
        (activity.held_on, activity.kind, names[each.member_id])
        for activity in year
        for each in attendance.roll(session, activity.id)
        if each.state != PRESENT and names[each.member_id] in texts.get(activity.id, "")
    ]
    assert away == []


def test_no_two_minutes_are_the_same(session: Session) -> None:
    texts = [each.text for each in session.scalars(select(Minutes))]
    assert len(set(texts)) == len(texts)
    assert all(text and "{" not in text for text in texts)


@pytest.mark.parametrize("number", range(1, 13))
def test_a_month_has_all_that_is_owed_on_days_of_its_own(number: int) -> None:
    month = Month(2026, number)
    found = programme(month)
    owed = Counter((each.kind, each.branch) for each in found)
    for branch in BRANCHES:
        assert owed["committee_meeting", branch] == owed["theme_day", branch] == 1
        assert owed["group_meeting", branch] == 2
    assert all(Month.of(each.day) == month and is_workday(each.day, *months.rest_days()) for each in found)


@pytest.mark.slow
@pytest.mark.parametrize("today", [date(2027, 2, 1), date(2028, 2, 29)])
def test_a_sample_of_another_day_is_sound(tmp_path, today: date) -> None:
    with closing(samples.build(tmp_path / "示例.zbtz", today)) as made:
        assert checks.check(made) == []
        with made.reading() as session:
            assert all(each.held_on is None or each.held_on <= today for each in session.scalars(select(Activity)))
