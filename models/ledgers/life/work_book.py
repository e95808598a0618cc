"""党支部工作手册: what a branch did in a year, from its committee to its statistics, to be bound as one book."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.ledger import Sheet, View
from models.ledgers import catalogue
from models.ledgers.life import minutes_papers
from models.ledgers.life.attendance_sheet import AttendanceRecord, attendance_records
from models.ledgers.life.minutes_papers import MinutesRecord, title_of
from models.ledgers.sheets import furniture, sheet
from models.records.life.activities import HELD, Activity
from models.records.life.activity_kinds import kinds
from models.records.members.organisation import branches
from models.rules.periods import Period

Item = MinutesRecord | Sheet | AttendanceRecord
# What stands before the records, and behind them: a title, the ledger, and columns that a book does without.
_PRIVATE = (
    "id_number", "phone", "address", "native_place", "work_started_on", "transferred_in_on", "degree", "seniority",
    "rank", "branch", "ethnicity", "birth_date",
)  # fmt: skip
_BEFORE = (
    ("党支部班子", "members_committee", ()),
    ("党员名册", "members_roster", _PRIVATE),
    ("年度计划", "life_plan", ()),
)
_AFTER = (
    ("后续事项", "life_followups", ()),
    ("整改台账", "life_problems", ()),
    ("组织生活统计", "life_year_table", ()),
    ("规定动作完成情况", "life_duties", ()),
    ("学时汇总", "life_study_summary", ("id_number",)),
    ("民主评议结果", "life_appraisals", ("id_number",)),
    ("表彰奖励", "life_honours", ("id_number",)),
)
_SEPARATE = ("general_meeting", "committee_meeting", "group_meeting", "party_lecture", "theme_day", "life_meeting",
             "appraisal")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the book under its title; one without items says that there is nothing of it."""

    title: str
    items: tuple[Item, ...] = ()


@dataclass(frozen=True, slots=True)
class WorkBookRecord:
    """The book of one branch and year; all None, it is the cover and the contents to be filled in by hand."""

    unit: str | None = None
    year: int | None = None
    secretary: str | None = None
    maker: str | None = None
    made_on: date | None = None
    meetings: int | None = None
    parts: tuple[Part, ...] = ()
    branch_id: int | None = None


def work_books(session: Session, view: View) -> Sequence[tuple[int, WorkBookRecord]]:
    """The book of the branch looked at, or of each branch, for the view's year; its number is that of the branch."""
    return [(number, completed(session, view, book)) for number, book in listed(session, view)]


def listed(session: Session, view: View) -> Sequence[tuple[int, WorkBookRecord]]:
    """The same with nothing in the books yet, for a list of them."""
    year = Period.of_year(view.period.year)
    days = Activity.held_on.between(year.first.first_day, year.last.last_day)
    counted = select(Activity.branch_id, func.count()).where(days, Activity.state.in_(HELD))
    meetings: Counter[int | None] = Counter()
    for branch_id, number in session.execute(counted.group_by(Activity.branch_id)):
        meetings[branch_id] = number
    wanted = [view.branch_id] if view.branch_id is not None else [each.id for each in branches(session)]
    found = []
    for number in wanted:
        words = furniture(session, replace(view, branch_id=number))
        book = WorkBookRecord(
            branch_id=number,
            unit=words.unit,
            year=year.year,
            secretary=words.secretary,
            maker=words.maker,
            made_on=view.today,
            meetings=meetings[number],
        )
        found.append((number, book))
    return found


def completed(session: Session, view: View, book: WorkBookRecord) -> WorkBookRecord:
    """A book of the list with all that is in it."""
    assert book.year is not None
    view = replace(view, period=Period.of_year(book.year), branch_id=book.branch_id)
    parts = (
        *_sheets(session, view, _BEFORE),
        *_records(session, [record for _, record in minutes_papers.held(session, view)]),
        Part("党员考勤表", tuple(record for _, record in attendance_records(session, view))),
        *_sheets(session, view, _AFTER),
    )
    return replace(book, parts=parts)


def _sheets(session: Session, view: View, wanted: Sequence[tuple[str, str, tuple[str, ...]]]) -> Iterator[Part]:
    """The ledgers that hold anything."""
    for title, name, left_out in wanted:
        filled = sheet(session, catalogue.named(name), view).without(*left_out)
        if filled.rows:
            yield Part(title, (replace(filled, orientation="landscape"),))


def _records(session: Session, records: Sequence[MinutesRecord]) -> Iterator[Part]:
    """The records kind by kind: those of the main kinds each in a part, which is there even when it is empty."""
    by_title: dict[str, list[Item]] = {}
    for record in records:
        by_title.setdefault(record.title or "", []).append(record)
    known = kinds(session, idle=True)
    separate = [title_of(kind) for key in _SEPARATE for kind in known if kind.key == key]
    for title in separate:
        yield Part(title, tuple(by_title.pop(title, ())))
    others = [title_of(kind) for kind in known if title_of(kind) in by_title]
    yield from (Part(title, tuple(by_title[title])) for title in dict.fromkeys(others))
