"""Appraisals: the roster of the day, ballots and votes that can be, the limit on 优秀, and what is kept of them."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy.orm import Session

from models.database import Database
from models.errors import FieldError, UserError
from models.records.life import activities, appraisals, attendance, recording
from models.records.life.appraisals import Appraisal, AppraisalResult
from models.records.life.attendance import Mark
from models.records.members import members, organisation
from models.rules.appraisal import Standing
from models.rules.meetings import ABSENT, PRESENT
from models.rules.periods import PartialDate
from tests.models.conftest import TODAY

HELD = date(2026, 1, 16)
PEOPLE = ("张红卫", "李素云", "王五", "赵六", "钱七", "孙八", "周九")


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    """Six full members, and 周九 who is probationary on the day."""
    with database.writing("试") as opened:
        for name in PEOPLE:
            late = name == "周九"
            members.add(opened, {
                "name": name, "birth_date": PartialDate(1980, 1, 1),
                "joined_on": PartialDate(2025 if late else 2010, 12, 1),
                "category": "预备党员" if late else "正式党员",
            })  # fmt: skip
        yield opened


def begun(session: Session, **values: object) -> Appraisal:
    branch = organisation.branches(session)[0]
    return appraisals.begin(session, branch.id, 2025, {"held_on": HELD} | values, TODAY)


def result(session: Session, appraisal: Appraisal, name: str) -> AppraisalResult:
    member = members.find(session, name)
    return next(row for row in appraisals.results(session, appraisal.id) if row.member_id == member.id)


def test_the_list_is_the_roster_of_the_day(session: Session):
    members.leave(session, members.find(session, "钱七").id, "转出", date(2026, 1, 10))
    members.leave(session, members.find(session, "孙八").id, "转出", date(2026, 3, 10))
    found = begun(session)
    listed = {row.member_id: row.probationary for row in appraisals.results(session, found.id)}
    names = {session.get_one(members.Member, number).name: late for number, late in listed.items()}
    assert names == {name: name == "周九" for name in PEOPLE if name != "钱七"}
    assert found.due == 6


def test_another_day_takes_its_own_roster_and_keeps_who_has_votes(session: Session):
    members.leave(session, members.find(session, "孙八").id, "转出", date(2026, 3, 10))
    members.leave(session, members.find(session, "钱七").id, "转出", date(2026, 3, 10))
    found = begun(session)
    appraisals.note(session, result(session, found, "孙八").id, {"outstanding": 1})
    appraisals.change(session, found.id, {"held_on": date(2026, 4, 1)}, TODAY)
    kept = {session.get_one(members.Member, row.member_id).name for row in appraisals.results(session, found.id)}
    assert kept == set(PEOPLE) - {"钱七"}


def test_one_of_a_year_and_a_branch(session: Session):
    begun(session)
    with pytest.raises(FieldError, match="2025年的民主评议已经登记过"):
        begun(session)


def test_the_meeting_gives_the_day_and_who_attended(session: Session):
    branch = organisation.branches(session)[0]
    meeting = activities.begin(session, branch.id, "appraisal", HELD, TODAY, {})
    called = [each.member_id for each in attendance.roll(session, meeting.id)]
    marks = {
        number: Mark(PRESENT if place else ABSENT, None if place else "住院") for place, number in enumerate(called)
    }
    attendance.mark(session, meeting.id, marks)
    found = appraisals.begin(session, branch.id, 2025, {"activity_id": meeting.id}, TODAY)
    assert (found.held_on, found.due, found.attended) == (HELD, 7, 6)
    assert appraisals.meetings(session, date(2026, 1, 1)) == [meeting]


def test_a_meeting_of_another_branch_is_refused(session: Session):
    found = begun(session)
    elsewhere = activities.begin(session, organisation.branches(session)[0].id, "appraisal", HELD, TODAY, {})
    elsewhere.branch_id = None
    with pytest.raises(FieldError, match="别的党支部") as refused:
        appraisals.change(session, found.id, {"activity_id": elsewhere.id}, TODAY)
    assert refused.value.field == "activity_id"


def test_the_appraisal_stays_when_the_record_of_its_meeting_is_removed(session: Session):
    branch = organisation.branches(session)[0]
    meeting = activities.begin(session, branch.id, "appraisal", HELD, TODAY, {})
    found = appraisals.begin(session, branch.id, 2025, {"activity_id": meeting.id}, TODAY)
    recording.remove(session, meeting.id)
    assert (found.activity_id, found.held_on) == (None, HELD)


def test_figures_that_cannot_be_are_refused_at_their_field(session: Session):
    found = begun(session)
    for values, field in (({"attended": 8}, "attended"), ({"attended": 6, "issued": 7}, "issued"),
                          ({"issued": 6, "returned": 7}, "returned"), ({"share": "很多"}, "share"),
                          ({"held_on": date(2027, 1, 1)}, "held_on")):  # fmt: skip
        with pytest.raises(FieldError) as refusal:
            appraisals.change(session, found.id, values, TODAY)
        assert refusal.value.field == field
        session.expire_all()


def test_votes_of_a_member_are_no_more_than_sound_ballots(session: Session):
    found = begun(session, attended=7, issued=7, returned=7, valid=6)
    row = result(session, found, "王五")
    appraisals.note(session, row.id, {"outstanding": 4, "passed": 2})
    with pytest.raises(FieldError, match="各等次共 7 票，多于有效票 6 票") as refusal:
        appraisals.note(session, row.id, {"barely": 1})
    assert refusal.value.field == "barely"
    with pytest.raises(FieldError) as refusal:
        appraisals.change(session, found.id, {"valid": 5}, TODAY)
    assert refusal.value.field == "valid"


def test_more_outstanding_than_a_third_need_a_reason(session: Session):
    found = begun(session)
    for name in PEOPLE[:2]:
        appraisals.note(session, result(session, found, name).id, {"grade": "优秀"})
    assert appraisals.standing(session, found) == Standing(2, 6, 2)
    third = result(session, found, PEOPLE[2])
    with session.begin_nested() as trial:
        with pytest.raises(FieldError, match="上限是 2 名（参加评定 6 名的三分之一）"):
            appraisals.note(session, third.id, {"grade": "优秀"})
        trial.rollback()
    appraisals.change(session, found.id, {"over_reason": "上级同意增加一名"}, TODAY)
    appraisals.note(session, third.id, {"grade": "优秀"})
    assert appraisals.standing(session, found).is_over
    with session.begin_nested() as trial:
        with pytest.raises(FieldError) as refusal:
            appraisals.change(session, found.id, {"over_reason": None}, TODAY)
        assert refusal.value.field == "over_reason"
        trial.rollback()


def test_who_gets_no_grade_is_not_counted(session: Session):
    found = begun(session)
    for name in PEOPLE[:3]:
        appraisals.note(session, result(session, found, name).id, {"grade": "不定等次"})
    assert appraisals.standing(session, found) == Standing(0, 3, 1)


def test_the_limit_that_sinks_below_those_graded_needs_a_reason_too(session: Session):
    found = begun(session)
    for name in PEOPLE[:2]:
        appraisals.note(session, result(session, found, name).id, {"grade": "优秀"})
    with pytest.raises(FieldError, match="上限是 1 名（参加评定 5 名的三分之一）"):
        appraisals.note(session, result(session, found, PEOPLE[2]).id, {"grade": "不定等次"})


def test_a_probationary_member_takes_part_without_grade(session: Session):
    found = begun(session)
    row = result(session, found, "周九")
    with pytest.raises(FieldError, match="预备党员参加评议，不评定等次"):
        appraisals.note(session, row.id, {"grade": "合格"})
    appraisals.note(session, row.id, {"opinion": "表现较好"})


def test_the_share_of_last_year_is_that_of_the_next(session: Session):
    begun(session, share="15%")
    branch = organisation.branches(session)[0]
    assert appraisals.begin(session, branch.id, 2026, {}, TODAY).share == "15%"


def test_somebody_else_is_put_on_the_list_and_taken_off(session: Session):
    late = members.add(session, {
        "name": "吴十", "birth_date": PartialDate(1999), "joined_on": PartialDate(2026, 2, 1), "category": "预备党员",
    })  # fmt: skip
    found = begun(session)
    late.category, late.full_member_on = "正式党员", PartialDate(2026, 4, 1)
    row = appraisals.include(session, found.id, late.id, TODAY)
    assert row.probationary  # as on the day of the appraisal
    with pytest.raises(FieldError, match="已经在评议名单里"):
        appraisals.include(session, found.id, late.id, TODAY)
    appraisals.leave_out(session, row.id)
    with pytest.raises(UserError, match="不在评议名单里"):
        appraisals.leave_out(session, row.id)


def test_an_appraisal_goes_with_its_results(session: Session):
    found = begun(session)
    appraisals.remove(session, found.id)
    assert session.query(AppraisalResult).count() == 0
