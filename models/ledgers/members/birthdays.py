"""F30: the political birthdays (政治生日) of a month or a year, and how they were marked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import CODE, DAY, ID_NUMBER, NUMBER, PARTIAL_DAY, PERSON, TEXT, Choice
from models.ledger import Column, Ledger, Outcome, Values, View
from models.ledgers.members.roster import members_on
from models.records.members import birthdays
from models.records.members.birthdays import BirthdayNote
from models.records.members.members import Member
from models.records.members.people import People
from models.records.outcomes import Taken, take_each
from models.rules.periods import Month, PartialDate

FORMS = Choice(("重温入党誓词", "谈心谈话", "赠送政治生日贺卡", "主题党日", "志愿服务", "座谈会"), open=True)
_YEARS = 10_000  # a row's number is that of the member, and behind it the year
TALKER = Column("talker", "谈话人", TEXT, 10)


@dataclass(frozen=True, slots=True)
class BirthdayRow:
    """A member's birthday in one month; `day` as exactly as the day of admission is known, `years` completed then."""

    id: int
    member_id: int
    name: str
    id_number: str | None
    branch: str
    joined_on: PartialDate
    years: int
    day: PartialDate
    held_on: date | None
    form: str | None
    talker: str | None
    remark: str | None


def birthday_rows(session: Session, view: View) -> list[BirthdayRow]:
    """The members with a birthday in the period's months, in order of the day; the year of admission has none."""
    notes = {(each.member_id, each.year): each for each in session.scalars(select(BirthdayNote))}
    found = [
        _row(row, row.joined_on, month, notes.get((row.id, month.year)))
        for row in members_on(session, view)
        for month in view.period.months
        if row.joined_on is not None and month.number == row.joined_on.month and month.year > row.joined_on.year
    ]
    return sorted(found, key=lambda each: (str(each.day), each.member_id))


def _row(row: Any, joined: PartialDate, month: Month, note: BirthdayNote | None) -> BirthdayRow:
    day = min(joined.day, month.last_day.day) if joined.day is not None else None
    marked = {key: getattr(note, key) if note is not None else None for key in birthdays.FIELDS}
    return BirthdayRow(
        id=row.id * _YEARS + month.year,
        member_id=row.id,
        name=row.name,
        id_number=row.id_number,
        branch=row.branch,
        joined_on=joined,
        years=month.year - joined.year,
        day=PartialDate(month.year, month.number, day),
        **marked,
    )


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Notes each row's birthday; a row says the year by its number, by its birthday, or means the period's."""
    people, taken = People(session, view.branch_id), Taken()
    return take_each(session, rows, lambda values: _take(session, people.named(values), values, view, taken))


def _take(session: Session, member: Member, values: Values, view: View, taken: Taken) -> Outcome:
    """Notes one birthday; what a row does not say stays, and an empty cell clears only in a row with its number."""
    numbered = _numbered(values)
    held = values.get("held_on")
    year = numbered or (held.year if held is not None else view.period.year)
    known = birthdays.noted(session, member.id, year)
    before = {key: getattr(known, key, None) for key in birthdays.FIELDS}
    stated = {key: values[key] for key in before if key in values and (numbered or values[key] is not None)}
    changes = any(before[key] != value for key, value in stated.items())
    if changes:
        taken.require_new((member.id, year), member.name)
        birthdays.note(session, member.id, year, before | stated)
    taken.note((member.id, year))
    return Outcome("updated" if changes else "unchanged", member.id)


def _numbered(values: Values) -> int | None:
    """The year behind a row's number, None where it has none."""
    number = str(values.get("id") or "")
    return int(number) % _YEARS if number.isdecimal() and len(number) > 4 else None


MEMBERS_BIRTHDAYS = Ledger(
    name="members_birthdays",
    title="党员政治生日台账",
    columns=(
        Column("name", "姓名", PERSON, 10, required=True),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("joined_on", "入党时间", PARTIAL_DAY, 11, entered=False),
        Column("day", "本年生日", PARTIAL_DAY, 11, entered=False),
        Column("years", "入党年数", NUMBER, 8, entered=False),
        Column("held_on", "活动日期", DAY, 11),
        Column("form", "活动形式", FORMS, 18),
        TALKER,
        Column("remark", "备注", TEXT, 16),
        Column("id", "编号", CODE, 9, entered=False),
    ),
    rows=birthday_rows,
    save=_save,
    lines=("填报单位：{unit}", "", ""),
    empty="这段时间没有党员过政治生日。",
)
NOTE_COLUMNS = tuple(column for column in MEMBERS_BIRTHDAYS.columns if column.key in birthdays.FIELDS)
