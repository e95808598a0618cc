"""补学台账: who missed which study of the period, and when it was made up for."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.kinds import CODE, DAY, PERSON, TEXT, Choice
from models.ledger import Column, Ledger, Outcome, Values, View
from models.ledgers.life.hours import HOURS, counted_activities
from models.records.life import make_up
from models.records.life.activities import HELD, Activity
from models.records.life.attendance import Attendance
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.records.members.people import People
from models.records.outcomes import Taken, take_each
from models.rules.meetings import ABSENT, LEAVE, ON_DUTY
from models.rules.periods import Month, Period

OPEN, DONE = "待补学", "已补学"
MISSED = (LEAVE, ON_DUTY, ABSENT)
STATE = Choice((OPEN, DONE), tones={OPEN: "warn", DONE: "quiet"})
WHY = Choice(MISSED, tones={ABSENT: "bad"})


@dataclass(frozen=True, slots=True)
class MissedRow:
    """One member who missed one activity; `id` is that of the attendance."""

    id: int
    member_id: int
    activity_id: int
    name: str
    branch: str
    on: date
    form: str
    content: str
    hours: Decimal | None
    why: str
    reason: str | None
    made_up_on: date | None
    state: str


def missed_rows(session: Session, view: View) -> list[MissedRow]:
    """Everybody called to a study of the period who was not there, what is to be made up first, by day."""
    activities = counted_activities(session, view)
    chosen = (
        select(
            Attendance.id, Attendance.activity_id, Attendance.state, Attendance.reason, Attendance.made_up_on,
            Member.id, Member.name, Organisation.name,
        )
        .join(Activity, Activity.id == Attendance.activity_id)
        .join(Member, Member.id == Attendance.member_id)
        .join(Organisation, Organisation.id == Member.branch_id)
        .where(
            Activity.held_on.between(view.period.first.first_day, view.period.last.last_day),
            Activity.state.in_(HELD),
            Attendance.state.in_(MISSED),
            Attendance.entitled,
        )
    )  # fmt: skip
    if view.branch_id is not None:
        chosen = chosen.where(Member.branch_id == view.branch_id)
    found = []
    for number, activity_id, why, reason, made_up_on, member_id, name, branch in session.execute(chosen):
        activity = activities.get(activity_id)
        if activity is not None:
            found.append(
                MissedRow(
                    number, member_id, activity_id, name, branch, activity.on, activity.form, activity.content,
                    activity.hours, why or "", reason, made_up_on, OPEN if made_up_on is None else DONE,
                )
            )  # fmt: skip
    return sorted(found, key=lambda each: (each.state == DONE, each.on, each.id))


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Notes when each row was made up; a row means the attendance of its number, or of its name, day and content."""
    people, taken = People(session, view.branch_id), Taken()
    known: defaultdict[int, list[MissedRow]] = defaultdict(list)
    days = [values["on"] for values in rows if values.get("on") is not None]
    if days:
        spanned = replace(view, period=Period(Month.of(min(days)), Month.of(max(days))))
        for row in missed_rows(session, spanned):
            known[row.member_id].append(row)
    return take_each(session, rows, lambda values: _take(session, people.named(values), values, known, view, taken))


def _take(
    session: Session, member: Member, values: Values, known: Mapping[int, Sequence[MissedRow]], view: View, taken: Taken
) -> Outcome:
    own = known.get(member.id, ())
    found = next((row for row in own if str(row.id) == str(values.get("id"))), None) or next(
        (row for row in own if row.on == values.get("on") and values.get("content") in (None, row.content)), None
    )
    if found is None:
        raise FieldError("name", f"{member.name}在这一天没有缺席要补的学习。")
    made_up_on = values.get("made_up_on")
    changes = made_up_on is not None and made_up_on != found.made_up_on
    if changes:
        taken.require_new(found.id, member.name)
        changes = make_up.make_up(session, [found.id], made_up_on, view.today) > 0
    taken.note(found.id)
    return Outcome("updated" if changes else "unchanged", found.id)


def _note(rows: Sequence[MissedRow]) -> str:
    done = sum(row.state == DONE for row in rows)
    return f"共 {len(rows)} 人次缺席学习，已补学 {done} 人次，待补学 {len(rows) - done} 人次。"


MADE_UP_ON = Column("made_up_on", "补学日期", DAY, 11)
LIFE_MAKE_UP = Ledger(
    name="life_make_up",
    title="补学台账",
    columns=(
        Column("name", "姓名", PERSON, 10, required=True),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("on", "活动日期", DAY, 11, required=True, synonyms=("日期",)),
        Column("form", "活动种类", TEXT, 12, entered=False),
        Column("content", "学习内容", TEXT, 26, synonyms=("内容",)),
        Column("hours", "学时", HOURS, 6, entered=False),
        Column("why", "缺席情况", WHY, 8, entered=False),
        Column("reason", "原因", TEXT, 14, entered=False),
        MADE_UP_ON,
        Column("state", "状态", STATE, 8, entered=False),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=missed_rows,
    save=_save,
    span="year",
    lines=("填报单位（盖章）：{unit}", "", "截至{date}"),
    note_of=_note,
    empty="这一年没有人缺席学习。",
)
