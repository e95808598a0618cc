"""Everything about one member: the entry card, dues month by month, and every change in words."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.audit import Change, Operation
from models.kinds import DAY, MONTH, NUMBER, TEXT
from models.ledger import Column, View
from models.ledgers.care.standing import CaseStanding, standings
from models.ledgers.dues.cells import MonthCell
from models.ledgers.dues.register import month_cell, paid_until
from models.ledgers.life.merits import Merit, merits
from models.ledgers.members.course import CourseLine, course
from models.ledgers.members.roster import CARD_COLUMNS, PERSON_COLUMNS, seniority
from models.ledgers.wording import TABLES, Names, differences, verb
from models.records import erasures
from models.records.dues.assessments import Assessment
from models.records.dues.standing import ZERO, Books, Standing
from models.records.members.facts import Merger
from models.records.members.members import Member, find_by_id
from models.rules.periods import Month, PartialDate

LEAVING_COLUMNS = (
    Column("status", "状态", TEXT, 8, entered=False),
    Column("left_on", "离开日期", DAY, 11, entered=False),
    Column("left_to", "转往单位", TEXT, 16, entered=False),
    Column("dues_until", "党费交至", MONTH, 9, entered=False),
)
AGE_COLUMNS = (
    Column("age", "年龄", NUMBER, 5, entered=False),
    Column("seniority", "党龄", NUMBER, 5, entered=False),
)


@dataclass(frozen=True)
class DuesYear:
    """A year of a member's dues: twelve cells as in the register, and the sums in yuan."""

    year: int
    cells: tuple[MonthCell, ...]
    due: Decimal
    paid: Decimal


@dataclass(frozen=True)
class ChangeLine:
    """One change as a person reads it: when (UTC), who, what was done, and each column that differs in words."""

    at: datetime
    actor: str
    title: str
    details: tuple[str, ...]


@dataclass(frozen=True)
class PersonFile:
    """What is known of one member on a day; `values` by roster field, with age and seniority in whole years.

    `latest` is the last opened month in which the member had a due; `case` is the latest case of
    hardship, of which only its state is told here. `erased` says that the person was erased for good.
    """

    id: int
    name: str
    status: str
    values: Mapping[str, Any]
    latest: tuple[Month, Standing] | None
    paid_until: Month | None
    owed_months: tuple[Month, ...]
    owed: Decimal
    dues: tuple[DuesYear, ...]
    changes: tuple[ChangeLine, ...]
    course: tuple[CourseLine, ...] = ()
    merits: tuple[Merit, ...] = ()
    case: CaseStanding | None = None
    erased: bool = False


def person(session: Session, member_id: int, view: View, private: bool = False) -> PersonFile:
    """The file of one member as it stands on the day of the view; UserError when there is no such member.

    The words of its changes mask identity and telephone numbers unless `private`.
    """
    member = find_by_id(session, member_id)
    books = Books(session, member_id=member_id)
    names = Names(session, private)
    values = {column.key: getattr(member, column.key, None) for column in (*PERSON_COLUMNS, *CARD_COLUMNS)}
    values["branch"] = names.organisations[member.branch_id]
    values["group"] = names.organisations[member.group_id] if member.group_id else None
    values |= {column.key: getattr(member, column.key) for column in LEAVING_COLUMNS}
    values |= {"age": age(member.birth_date, view.today), "seniority": seniority(member, view)}
    last = max(books.opened, default=view.month)
    owed = books.unpaid_months(member, last)
    return PersonFile(
        id=member.id,
        name=member.name,
        status=member.status,
        values=values,
        latest=_latest(books, member),
        paid_until=paid_until(books, member),
        owed_months=tuple(month for month, _ in owed),
        owed=sum((amount for _, amount in owed), ZERO),
        dues=tuple(_years(books, member)),
        changes=tuple(_changes(session, member, names)),
        course=tuple(course(session, member.id, names.organisations, private)),
        merits=merits(session, member.id),
        case=standings(session, view.today, (member.id,)).get(member.id),
        erased=erasures.is_erased(session, erasures.member(member.id)),
    )


def age(born: PartialDate | None, today: date) -> int | None:
    """Whole years on `today`; a birth date known to the month or year counts from its first day."""
    if born is None:
        return None
    day = born.earliest
    return max(today.year - day.year - ((today.month, today.day) < (day.month, day.day)), 0)


def _latest(books: Books, member: Member) -> tuple[Month, Standing] | None:
    with_due = [month for _, month in books.dues]
    return (max(with_due), books.standing(member, max(with_due))) if with_due else None


def _years(books: Books, member: Member) -> Iterator[DuesYear]:
    """The years in which months were opened or paid for, the latest first."""
    touched = {month.year for month in books.opened} | {month.year for _, month in (*books.dues, *books.paid)}
    for year in sorted(touched, reverse=True):
        months = [Month(year, number) for number in range(1, 13)]
        standings = [books.standing(member, month) for month in months]
        if all(each.due is None and not each.paid for each in standings):
            continue
        cells = tuple(
            month_cell(books, member, month, standing) for month, standing in zip(months, standings, strict=True)
        )
        yield DuesYear(
            year,
            cells,
            sum((each.due or ZERO for each in standings), ZERO),
            sum((each.paid for each in standings), ZERO),
        )


def _changes(session: Session, member: Member, names: Names) -> Iterator[ChangeLine]:
    """Every change of the member and of the member's assessments, those of joined records too, the newest first."""
    ids = [member.id, *session.scalars(select(Merger.gone_id).where(Merger.member_id == member.id))]
    own = Change.table_name == Member.__tablename__, Change.record_id.in_(ids)
    found = session.execute(
        select(Operation, Change)
        .join(Change, Change.operation_id == Operation.id)
        .where(
            or_(own[0] & own[1], Change.id.in_([found for number in ids for found in _of_assessments(session, number)]))
        )
        .order_by(Change.id.desc())
    )
    for _, lines in groupby(found, key=lambda line: (line.Operation.id, line.Change.table_name, line.Change.record_id)):
        together = list(lines)[::-1]  # one thing done may have reached the file in several steps
        operation = together[0].Operation
        details = tuple(said for line in together for said in _details(line.Change, names))
        yield ChangeLine(datetime.fromisoformat(operation.at), operation.actor, operation.title, details)


def _of_assessments(session: Session, member_id: int) -> list[int]:
    """The numbers of the changes of a member's assessments, also of those that were removed since."""
    table = Change.table_name == Assessment.__tablename__
    named = or_(*(side.contains(f'"member_id":{member_id}{end}') for side in (Change.new, Change.old) for end in ",}"))
    records = select(Change.record_id).where(table, named)
    return list(session.scalars(select(Change.id).where(table, Change.record_id.in_(records))))


def _details(change: Change, names: Names) -> tuple[str, ...]:
    """What a line says in the file of its own member, where the name needs no saying."""
    of_member = change.table_name == Member.__tablename__
    said = [each.sentence for each in differences(change, names)]
    if change.verb == "change":
        return tuple(said)
    return (verb(change),) if of_member else (f"{verb(change)}{TABLES[change.table_name]}", *said)


def entry_card(filed: PersonFile) -> list[tuple[str, str]]:
    """Title and shown value of each field in the order of the national entry card; empty text for the unknown."""
    return [(CARD[key].title, CARD[key].kind.show(filed.values[key])) for key in ENTRY_CARD]


# 党组织和党员信息库 in the order of its card (forms.md §7.3); what only the roster knows stands after it.
ENTRY_CARD = (
    "name", "id_number", "sex", "ethnicity", "birth_date", "education", "category", "degree", "branch", "phone",
    "joined_on", "full_member_on", "seniority", "seniority_correction", "new_stratum", "position", "technical_post",
    "is_migrant_worker", "address", "household_place", "is_lost", "lost_since", "is_floating", "floating_to",
    "joined_how", "full_member_how", "joined_at", "probation_until",
    "party_status", "landline", "native_place", "work_started_on", "post", "rank", "party_post", "group",
    "transferred_in_on", "dues_category", "dues_base", "dues_from", "remark",
)  # fmt: skip
CARD = {column.key: column for column in (*PERSON_COLUMNS, *CARD_COLUMNS, *AGE_COLUMNS, *LEAVING_COLUMNS)}
