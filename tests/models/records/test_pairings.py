"""Pairings with their tasks, registrations at communities, and services that count once."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import FieldError, UserError
from models.records.care import pairings, volunteering
from models.records.life import activities, attendance
from models.records.life.attendance import Mark
from models.records.members import organisation
from models.records.members.members import Member
from models.rules.deadlines import DONE, NEAR, OPEN, OVERDUE, standing

BEGUN, TODAY = date(2026, 1, 5), date(2026, 11, 23)
CLEANING = {"on": date(2026, 11, 7), "content": "清扫楼道", "hours": Decimal("1.5")}


def paired(session: Session) -> pairings.Pairing:
    return pairings.pair(session, None, {"partner": "青石村", "since": BEGUN, "until": date(2026, 12, 31)}, TODAY)


def member(session: Session) -> Member:
    branch = organisation.branches(session)[0].id
    added = Member(name="刘洋", initials="ly", branch_id=branch)
    session.add(added)
    session.flush()
    return added


def served_with_the_branch(session: Session, who: Member, came: str = "出席") -> None:
    held = activities.begin(session, who.branch_id, "volunteering", date(2026, 11, 7), TODAY, {"hours": Decimal(2)})
    if who.id not in {each.member_id for each in attendance.roll(session, held.id)}:
        attendance.bring(session, held.id, who.id)
    attendance.mark(session, held.id, {who.id: Mark(came)})


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"since": BEGUN}, "partner"),
        ({"partner": "青石村"}, "since"),
        ({"partner": "青石村", "since": BEGUN, "until": date(2026, 1, 4)}, "until"),
        ({"partner": "青石村", "since": BEGUN, "ended_on": date(2026, 11, 24)}, "ended_on"),
        ({"partner": "青石村", "agreed_on": date(2026, 12, 1)}, "agreed_on"),
    ],
)
def test_an_unsound_pairing_is_refused_at_its_field(database: Database, values: dict, field: str) -> None:
    with database.writing("x") as session, pytest.raises(FieldError) as refused:
        pairings.pair(session, None, values, TODAY)
    assert refused.value.field == field


def test_a_pairing_begins_with_its_agreement_and_keeps_the_sorts_a_branch_writes(database: Database) -> None:
    with database.writing("x") as session:
        found = pairings.pair(session, None, {"partner": "甲村", "agreed_on": BEGUN, "sort": "文明共建"}, TODAY)
        assert found.since == BEGUN
        assert pairings.sorts(session)[-1] == "文明共建"
        assert pairings.sorts(session).count(pairings.JOINT) == 1


def test_a_task_is_closed_with_its_result_and_once(database: Database) -> None:
    with database.writing("x") as session:
        task = pairings.add_task(session, paired(session).id, {"task": "修水渠", "planned": Decimal(8000)}, TODAY)
        with pytest.raises(FieldError, match="成效"):
            pairings.close_task(session, task.id, {"done_on": TODAY}, TODAY)
        with pytest.raises(FieldError, match="还没有到"):
            pairings.close_task(session, task.id, {"done_on": date(2026, 11, 24), "result": "已通水"}, TODAY)
        with pytest.raises(FieldError, match="早于结对"):
            pairings.close_task(session, task.id, {"done_on": date(2026, 1, 4), "result": "已通水"}, TODAY)
        pairings.close_task(session, task.id, {"done_on": TODAY, "result": "已通水"}, TODAY)
        with pytest.raises(UserError, match="已经在 2026-11-23 销号"):
            pairings.close_task(session, task.id, {"done_on": TODAY, "result": "又一次"}, TODAY)
        with pytest.raises(FieldError, match="不能小于"):
            pairings.change_task(session, task.id, {"spent": Decimal(-1)}, TODAY)


def test_a_pairing_with_tasks_or_services_is_ended_not_removed(database: Database) -> None:
    with database.writing("x") as session:
        found = paired(session)
        task = pairings.add_task(session, found.id, {"task": "修水渠"}, TODAY)
        with pytest.raises(UserError, match="不要删除"):
            pairings.remove(session, found.id)
        pairings.remove_task(session, task.id)
        entry = volunteering.serve(session, None, None, {**CLEANING, "people": 5, "pairing_id": found.id}, TODAY)
        with pytest.raises(UserError, match="不要删除"):
            pairings.remove(session, found.id)
        volunteering.remove_service(session, entry.id)
        pairings.remove(session, found.id)
        with pytest.raises(UserError, match="没有编号"):
            pairings.find(session, found.id)


def test_nobody_registers_twice_at_a_community(database: Database) -> None:
    place = {"community": "和平社区", "registered_on": date(2026, 3, 2)}
    with database.writing("x") as session:
        who = member(session).id
        first = volunteering.register(session, who, place, TODAY)
        with pytest.raises(FieldError, match="已在 2026-03-02"):
            volunteering.register(session, who, {**place, "registered_on": date(2026, 9, 1)}, TODAY)
        volunteering.change_registration(session, first.id, {"ended_on": date(2026, 8, 1)}, TODAY)
        volunteering.register(session, who, {**place, "registered_on": date(2026, 9, 1)}, TODAY)
        with pytest.raises(FieldError, match="早于报到"):
            volunteering.change_registration(session, first.id, {"ended_on": date(2026, 1, 1)}, TODAY)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"on": None}, "on"),
        ({"on": date(2026, 11, 24)}, "on"),
        ({"content": " "}, "content"),
        ({"hours": None}, "hours"),
        ({"hours": Decimal(0)}, "hours"),
        ({"hours": Decimal(25)}, "hours"),
        ({"people": None}, "people"),
        ({"people": 0}, "people"),
    ],
)
def test_an_unsound_service_is_refused_at_its_field(database: Database, values: dict, field: str) -> None:
    with database.writing("x") as session, pytest.raises(FieldError) as refused:
        volunteering.serve(session, None, None, {**CLEANING, "people": 5, **values}, TODAY)
    assert refused.value.field == field


def test_a_service_of_a_member_is_one_person(database: Database) -> None:
    with database.writing("x") as session:
        who = member(session)
        entry = volunteering.serve(session, who.id, None, CLEANING, TODAY)
        assert (entry.people, entry.branch_id) == (1, who.branch_id)
        with pytest.raises(FieldError, match="一个人"):
            volunteering.change_service(session, entry.id, {"people": 3}, TODAY)


def test_what_an_activity_has_on_record_is_not_entered_again(database: Database) -> None:
    with database.writing("x") as session:
        who = member(session)
        served_with_the_branch(session, who)
        with pytest.raises(FieldError, match="不用再登记"):
            volunteering.serve(session, who.id, None, CLEANING, TODAY)
        volunteering.serve(session, who.id, None, {**CLEANING, "on": date(2026, 11, 8)}, TODAY)
        volunteering.serve(session, who.id, None, {**CLEANING, "remark": "晚上另一次"}, TODAY)


def test_who_was_away_from_the_activity_may_have_served_elsewhere(database: Database) -> None:
    with database.writing("x") as session:
        who = member(session)
        served_with_the_branch(session, who, "请假")
        assert volunteering.serve(session, who.id, None, CLEANING, TODAY).hours == Decimal("1.5")


@given(st.integers(-400, 400), st.integers(0, 60))
def test_how_a_day_stands_follows_from_its_distance(distance: int, reminded: int) -> None:
    found = standing(TODAY + timedelta(days=distance), None, TODAY, reminded)
    assert found == (OVERDUE if distance < 0 else NEAR if distance <= reminded else OPEN)
    assert standing(TODAY + timedelta(days=distance), TODAY, TODAY, reminded) == DONE
