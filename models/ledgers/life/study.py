"""F29: hours of study (学时) line by line, what members entered beside meetings, and each member's year."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import UserError
from models.kinds import CODE, DAY, FLAG, ID_NUMBER, PERSON, TEXT, Choice
from models.ledger import Column, Ledger, Outcome, Values, View
from models.ledgers.life.hours import HOURS, ZERO, Studied, by_member, counted_activities, studied, total_hours
from models.records.life import study
from models.records.life.study import FIELDS, StudyEntry
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.records.members.people import People
from models.records.outcomes import Taken, meant, settled, take_each

FORMS = Choice(("自学", "线上学习", "集中培训", "党校学习", "专题讲座", "任职培训", "外出学习"), open=True)
FROM_ACTIVITY, OWN = "活动", "自行登记"
_LINES = ("填报单位（盖章）：{unit}", "", "")


@dataclass(frozen=True, slots=True)
class HoursRow:
    """A line of F29; `total` is what the member has by then in the year, `entry_id` is there for an own entry."""

    id: int
    member_id: int
    name: str
    branch: str
    on: date
    content: str
    form: str
    hours: Decimal
    total: Decimal
    source: str
    activity_id: int | None
    entry_id: int | None


@dataclass(frozen=True, slots=True)
class EntryRow:
    """What a member entered beside meetings."""

    id: int
    member_id: int
    name: str
    id_number: str | None
    branch: str
    on: date
    content: str
    form: str | None
    hours: Decimal
    is_central: bool
    organiser: str | None
    remark: str | None


def hours_rows(session: Session, view: View) -> list[HoursRow]:
    """Everything that gave hours in the year, by member and day, added up as it goes."""
    found = []
    for lines in by_member(studied(session, view)).values():
        total = ZERO
        for line in lines:
            total += line.hours
            found.append(_hours_row(line, total))
    return found


def _hours_row(line: Studied, total: Decimal) -> HoursRow:
    own = line.entry_id is not None
    number = line.entry_id * 2 + 1 if line.entry_id is not None else (line.attendance_id or 0) * 2
    return HoursRow(
        number, line.member_id, line.name, line.branch, line.on, line.content, line.form, line.hours, total,
        OWN if own else FROM_ACTIVITY, line.activity_id, line.entry_id,
    )  # fmt: skip


def _hours_note(session: Session, view: View) -> str:
    """How many hours together, and what could not be counted."""
    unknown = sum(each.hours is None for each in counted_activities(session, view).values())
    lacking = f"有 {unknown} 次学习没有填学时，也没有填时长，没有计入。" if unknown else ""
    return f"合计 {HOURS.show(total_hours(session, view))} 学时（各人相加）。{lacking}"


def entry_rows(session: Session, view: View) -> list[EntryRow]:
    """What was entered for the days of the year, by day."""
    chosen = _ENTRIES.where(StudyEntry.on.between(view.period.first.first_day, view.period.last.last_day))
    if view.branch_id is not None:
        chosen = chosen.where(Member.branch_id == view.branch_id)
    return _entry_rows(session, chosen.order_by(StudyEntry.on, StudyEntry.id))


def entry_row(session: Session, entry_id: int) -> EntryRow:
    """The entry of this number; UserError when there is none."""
    found = _entry_rows(session, _ENTRIES.where(StudyEntry.id == entry_id))
    if not found:
        raise UserError("这条学习记录已经不在了。")
    return found[0]


_ENTRIES = (
    select(StudyEntry, Member, Organisation.name)
    .join(Member, Member.id == StudyEntry.member_id)
    .join(Organisation, Organisation.id == Member.branch_id)
)


def _entry_rows(session: Session, chosen: Any) -> list[EntryRow]:
    return [
        EntryRow(
            id=entry.id,
            member_id=member.id,
            name=member.name,
            id_number=member.id_number,
            branch=branch,
            **{key: getattr(entry, key) for key in FIELDS},
        )
        for entry, member, branch in session.execute(chosen)
    ]


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Adds or changes an entry a row: that of its number if the name agrees, else one of the same day and content."""
    people, taken = People(session, view.branch_id), Taken()
    return take_each(session, rows, lambda values: _take(session, people.named(values), values, view, taken))


def _take(session: Session, member: Member, values: Values, view: View, taken: Taken) -> Outcome:
    own = session.scalars(select(StudyEntry).where(StudyEntry.member_id == member.id)).all()
    stated = {key: values[key] for key in FIELDS if values.get(key) is not None}
    return settled(
        meant(own, values, ("on", "content")),
        stated,
        taken,
        member.name,
        add=lambda given: study.enter(session, member.id, given, view.today),
        change=lambda number, given: study.change(session, number, given, view.today),
    )


LIFE_STUDY_HOURS = Ledger(
    name="life_study_hours",
    title="学时台账",
    columns=(
        Column("name", "姓名", PERSON, 10, entered=False),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("on", "日期", DAY, 11, entered=False),
        Column("content", "内容", TEXT, 30, entered=False),
        Column("form", "形式", TEXT, 18, entered=False),
        Column("hours", "学时", HOURS, 7, entered=False),
        Column("total", "累计", HOURS, 7, entered=False),
        Column("source", "来源", TEXT, 9, entered=False),
    ),
    rows=hours_rows,
    span="year",
    lines=_LINES,
    note=_hours_note,
    empty="这一年还没有学时。出席了学习类活动会自动计入；自学、线上学习、培训请按 Ctrl+N 登记。",
)
LIFE_STUDY_ENTRIES = Ledger(
    name="life_study_entries",
    title="自学培训登记台账",
    columns=(
        Column("name", "姓名", PERSON, 10, required=True),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("on", "学习日期", DAY, 11, required=True, synonyms=("日期", "培训日期")),
        Column("content", "学习内容", TEXT, 26, required=True, synonyms=("内容", "培训内容", "班次")),
        Column("form", "学习形式", FORMS, 12, synonyms=("形式", "培训形式")),
        Column("hours", "学时", HOURS, 8, required=True, synonyms=("课时",)),
        Column("is_central", "集中培训", FLAG, 8),
        Column("organiser", "举办单位", TEXT, 16),
        Column("remark", "备注", TEXT, 12),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=entry_rows,
    save=_save,
    span="year",
    lines=_LINES,
    note="学时按 1 小时 1 学时、半天 4 学时、1 天 8 学时折算；这一栏可以写“半天”“1天”“90分钟”。",
    empty="这一年还没有登记自学或培训。",
)
ENTRY_COLUMNS = tuple(column for column in LIFE_STUDY_ENTRIES.columns if column.key in FIELDS)
