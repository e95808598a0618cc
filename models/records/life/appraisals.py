"""The yearly appraisal of a branch's members (民主评议党员): its ballots, the votes for each, and what was decided.

Only sums are kept: nothing here could say who voted what.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.errors import FieldError, UserError
from models.records.life import attendance
from models.records.life.activities import HELD, Activity
from models.records.members.facts import require_past
from models.records.members.members import PROBATIONARY, Member, find_by_id
from models.records.members.organisation import BRANCH, Organisation
from models.records.members.timeline import Timeline
from models.rules import appraisal as rules
from models.rules import votes
from models.rules.appraisal import GRADES, OUTSTANDING, THIRD, UNGRADED, Ballots, Standing

BALLOTS = ("due", "attended", "issued", "returned", "valid")
HEAD_FIELDS = ("held_on", "activity_id", *BALLOTS, "share", "over_reason", "remark")
VOTES = ("outstanding", "passed", "barely", "failed")
RESULT_FIELDS = (*VOTES, "grade", "opinion", "disposition", "remark")
FIRST_YEAR, LAST_YEAR = 1921, 2200
KIND = "appraisal"  # of the activities


class Appraisal(Record):
    """The appraisal of one branch for one year: its day, its ballots, and the share of 优秀 that is allowed.

    `activity_id` is the meeting at which it was held, where that is recorded. `over_reason` says why more are 优秀
    than the share allows.
    """

    __tablename__ = "appraisals"
    __table_args__ = (UniqueConstraint("branch_id", "year"),)

    branch_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    year: Mapped[int]
    activity_id: Mapped[int | None] = mapped_column(ForeignKey("activities.id"), index=True)
    held_on: Mapped[date | None]
    due: Mapped[int | None]
    attended: Mapped[int | None]
    issued: Mapped[int | None]
    returned: Mapped[int | None]
    valid: Mapped[int | None]
    share: Mapped[str]
    over_reason: Mapped[str | None]
    remark: Mapped[str | None]


class AppraisalResult(Record):
    """One member in an appraisal: the votes for each grade, the grade that was decided, opinion and disposition.

    A member who was `probationary` on the day takes part and gets no grade.
    """

    __tablename__ = "appraisal_results"
    __table_args__ = (UniqueConstraint("appraisal_id", "member_id"),)

    appraisal_id: Mapped[int] = mapped_column(ForeignKey("appraisals.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    probationary: Mapped[bool]
    outstanding: Mapped[int | None]
    passed: Mapped[int | None]
    barely: Mapped[int | None]
    failed: Mapped[int | None]
    grade: Mapped[str | None]
    opinion: Mapped[str | None]
    disposition: Mapped[str | None]
    remark: Mapped[str | None]


def begin(session: Session, branch_id: int, year: int, values: Mapping[str, Any], today: date) -> Appraisal:
    """Begins the appraisal of a year with the roster of its day, or of the year's end while the day is not known.

    The number due is that of the roster where none is given, the share that of the branch's last appraisal.
    The meeting at which it was held, where one is named, gives the day and how many attended. FieldError for a second
    one of the year, and for figures that cannot be.
    """
    node = session.get_one(Organisation, branch_id)
    if node.kind != BRANCH:
        raise FieldError("branch", "民主评议以党支部为单位，请选择党支部。")
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise FieldError("year", f"年度“{year}”不对，请核对。")
    if of_year(session, branch_id, year) is not None:
        raise FieldError("year", f"{node.name}{year}年的民主评议已经登记过，请修改那一条。")
    given = {key: values.get(key) for key in HEAD_FIELDS}
    given["share"] = given["share"] or _usual_share(session, branch_id)
    _take_meeting(session, given, branch_id)
    _check(given, today)
    added = Appraisal(branch_id=node.id, year=year, **given)
    session.add(added)
    session.flush()
    called = call(session, added, today)
    if added.due is None and "due" not in values:
        added.due = called
        _check({key: getattr(added, key) for key in HEAD_FIELDS}, today)
    session.flush()
    return added


def change(session: Session, appraisal_id: int, values: Mapping[str, Any], today: date) -> None:
    """Changes what is given of an appraisal's head; another day takes the roster of that day.

    FieldError for figures that cannot be, and for a share that more members exceed than a reason was given for.
    """
    found = by_id(session, appraisal_id)
    given = {key: values.get(key, getattr(found, key)) for key in HEAD_FIELDS}
    _meeting(session, given["activity_id"], found.branch_id)
    _check(given, today)
    for row in results(session, found.id):
        _check_votes({key: getattr(row, key) for key in VOTES}, given["valid"], "valid")
    moved = given["held_on"] != found.held_on
    for key, value in given.items():
        setattr(found, key, value)
    if moved:
        call(session, found, today)
    session.flush()
    _require_reason(session, found, "over_reason" if "over_reason" in values else "share")


def remove(session: Session, appraisal_id: int) -> None:
    """Removes an appraisal with all its results."""
    found = by_id(session, appraisal_id)
    for row in results(session, found.id):
        session.delete(row)
    session.flush()
    session.delete(found)
    session.flush()


def let_go(session: Session, activity_id: int) -> None:
    """Keeps the appraisals of a meeting whose record is taken away: they have its day and its figures already."""
    for found in session.scalars(select(Appraisal).where(Appraisal.activity_id == activity_id)):
        found.activity_id = None
    session.flush()


def call(session: Session, appraisal: Appraisal, today: date) -> int:
    """Brings the list into line with the roster of the appraisal's day; answers how many are on it.

    Whoever has votes or a grade already stays, though not on the roster of the day.
    """
    day = roster_day(appraisal, today)
    known = {row.member_id: row for row in results(session, appraisal.id)}
    timeline = Timeline(session)
    present = {member.id: member for member in timeline.members(day, appraisal.branch_id)}
    for member_id, member in present.items():
        probationary = timeline.category(member, day) == PROBATIONARY
        if member_id not in known:
            session.add(_result(appraisal, member_id, probationary))
        elif known[member_id].grade is None:
            known[member_id].probationary = probationary
    for member_id, row in known.items():
        if member_id not in present and not any(getattr(row, key) is not None for key in RESULT_FIELDS):
            session.delete(row)
    session.flush()
    return len(present)


def roster_day(appraisal: Appraisal, today: date) -> date:
    """The day whose roster counts: that of the appraisal, while it is not known the last of its year."""
    return appraisal.held_on or min(today, date(appraisal.year, 12, 31))


def include(session: Session, appraisal_id: int, member_id: int, today: date) -> AppraisalResult:
    """Puts on the list somebody who is not on the roster of the day; FieldError for who is on it.

    Whoever was probationary on that day takes part without a grade, full member by now or not.
    """
    found, member = by_id(session, appraisal_id), find_by_id(session, member_id)
    if any(row.member_id == member.id for row in results(session, found.id)):
        raise FieldError("who", f"{member.name}已经在评议名单里。")
    probationary = Timeline(session).category(member, roster_day(found, today)) == PROBATIONARY
    added = _result(found, member.id, probationary)
    session.add(added)
    session.flush()
    return added


def leave_out(session: Session, result_id: int) -> None:
    """Takes somebody off the list who should not stand there."""
    session.delete(_result_by_id(session, result_id))
    session.flush()


def note(session: Session, result_id: int, values: Mapping[str, Any]) -> None:
    """Notes what is given of one member: votes, grade, opinion, disposition, remark.

    FieldError for more votes than sound ballots, a grade for a probationary member, and a grade with which more are
    优秀 than the share allows while no reason for that is given.
    """
    row = _result_by_id(session, result_id)
    found = by_id(session, row.appraisal_id)
    given = {key: values.get(key, getattr(row, key)) for key in RESULT_FIELDS}
    _check_votes({key: given[key] for key in VOTES}, found.valid)
    grade = given["grade"]
    if grade is not None and grade not in (*GRADES, UNGRADED):
        raise FieldError("grade", f"评定等次应为{'、'.join(GRADES)}。")
    if row.probationary and grade in GRADES:
        raise FieldError("grade", "预备党员参加评议，不评定等次。")
    before = standing(session, found).above
    for key, value in given.items():
        setattr(row, key, value)
    session.flush()
    if standing(session, found).above > before:
        _require_reason(session, found, "grade")


def standing(session: Session, appraisal: Appraisal) -> Standing:
    """How many are 优秀 and how many may be: the share of the full members on the list who get a grade."""
    graded = [row for row in results(session, appraisal.id) if not row.probationary and row.grade != UNGRADED]
    outstanding = sum(row.grade == OUTSTANDING for row in graded)
    cap = votes.excellent_cap(len(graded), rules.share_of(appraisal.share))
    return Standing(outstanding, len(graded), cap)


def by_id(session: Session, appraisal_id: int) -> Appraisal:
    return numbered(session, Appraisal, appraisal_id, "民主评议")


def of_year(session: Session, branch_id: int, year: int) -> Appraisal | None:
    """The appraisal of a branch for a year."""
    chosen = select(Appraisal).where(Appraisal.branch_id == branch_id, Appraisal.year == year)
    return session.scalars(chosen).first()


def results(session: Session, appraisal_id: int) -> Sequence[AppraisalResult]:
    """Everybody on the list of an appraisal, in order of entry in the roster."""
    chosen = select(AppraisalResult).join(Member, Member.id == AppraisalResult.member_id)
    return session.scalars(chosen.where(AppraisalResult.appraisal_id == appraisal_id).order_by(Member.id)).all()


def meetings(session: Session, since: date) -> Sequence[Activity]:
    """The recorded meetings of this kind from a day on, the latest first."""
    chosen = select(Activity).where(Activity.kind == KIND, Activity.state.in_(HELD), Activity.held_on >= since)
    return session.scalars(chosen.order_by(Activity.held_on.desc(), Activity.id.desc())).all()


def _take_meeting(session: Session, given: dict[str, Any], branch_id: int) -> None:
    """Fills in what the meeting says of the day and of those who attended."""
    meeting = _meeting(session, given["activity_id"], branch_id)
    if meeting is None:
        return
    given["held_on"] = given["held_on"] or meeting.held_on
    counted = attendance.counts(session, [meeting.id]).get(meeting.id)
    if given["attended"] is None and counted is not None and not counted.unmarked:
        given["attended"] = counted.present


def _meeting(session: Session, activity_id: int | None, branch_id: int) -> Activity | None:
    """The meeting of this number; FieldError for one of another branch."""
    if activity_id is None:
        return None
    found = numbered(session, Activity, activity_id, "会议记录")
    if found.branch_id != branch_id:
        raise FieldError("activity_id", "这次会议是别的党支部的，请重新选择。")
    return found


def _usual_share(session: Session, branch_id: int) -> str:
    """The share of the branch's last appraisal, else of the last of any branch."""
    own = (Appraisal.branch_id != branch_id, Appraisal.year.desc(), Appraisal.id.desc())
    return session.scalars(select(Appraisal.share).order_by(*own).limit(1)).first() or THIRD


def _check(given: Mapping[str, Any], today: date) -> None:
    if given["held_on"] is not None:
        require_past("held_on", given["held_on"], today)
    try:
        rules.share_of(given["share"] or "")
    except ValueError as problem:
        raise FieldError("share", str(problem)) from None
    fault = rules.fault_in(Ballots(*(given[key] for key in BALLOTS)))
    if fault is not None:
        raise FieldError(*fault)


def _check_votes(given: Mapping[str, int | None], valid: int | None, field: str = "") -> None:
    """FieldError at the grade, or at `field` where one is named."""
    fault = rules.fault_in_votes(given, valid)
    if fault is not None:
        raise FieldError(field or fault[0], fault[1])


def _require_reason(session: Session, appraisal: Appraisal, field: str) -> None:
    found = standing(session, appraisal)
    if found.is_over and not appraisal.over_reason:
        raise FieldError(
            field,
            f"评为优秀 {found.outstanding} 名，上限是 {found.cap} 名（参加评定 {found.base} 名的{appraisal.share}）；"
            "确需超过，请先在“超出上限的理由”里写明。",
        )


def _result(appraisal: Appraisal, member_id: int, probationary: bool) -> AppraisalResult:
    return AppraisalResult(appraisal_id=appraisal.id, member_id=member_id, probationary=probationary)


def _result_by_id(session: Session, result_id: int) -> AppraisalResult:
    found = session.get(AppraisalResult, result_id)
    if found is None:
        raise UserError("这位党员已经不在评议名单里。")
    return found
