"""The ledgers of members sent to task forces (抽调专班) and of honourable retirements (荣退)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import CODE, DAY, ID_NUMBER, NUMBER, PARTIAL_DAY, PERSON, TEXT, Choice
from models.ledger import LINES_OF_A_DAY, Column, Ledger, Outcome, Values, View
from models.records.members import service
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.records.members.people import People
from models.records.members.service import RETIREMENT_FIELDS, SECONDMENT_FIELDS, Retirement, Secondment
from models.records.outcomes import Taken, meant, settled, take_each
from models.rules.periods import PartialDate

DONE, UNDER_WAY = "已结束", "抽调中"
HALF_A_MONTH = 15  # days; reports count those who were away from their work at least so long
STATE = Choice((UNDER_WAY, DONE), tones={UNDER_WAY: "warn", DONE: "quiet"})


@dataclass(frozen=True, slots=True)
class SecondmentRow:
    """A secondment; `days` counts both its first and its last day, until the view's day while it lasts."""

    id: int
    member_id: int
    name: str
    id_number: str | None
    branch: str
    post: str | None
    body: str
    duty: str | None
    basis: str | None
    since: date
    until: date | None
    days: int
    state: str
    remark: str | None


@dataclass(frozen=True, slots=True)
class RetirementRow:
    """An honourable retirement with what tells who it is about."""

    id: int
    member_id: int
    name: str
    id_number: str | None
    branch: str
    post: str | None
    joined_on: PartialDate | None
    retired_on: date
    held_on: date | None
    form: str | None
    keepsake: str | None
    talker: str | None
    remark: str | None


def secondment_rows(session: Session, view: View) -> list[SecondmentRow]:
    """Every secondment that reaches into the view's period, in order of its beginning."""
    first, last = view.period.first.first_day, view.period.last.last_day
    chosen = select(Secondment).where(
        Secondment.since <= last, (Secondment.until.is_(None)) | (Secondment.until >= first)
    )
    found = []
    for each, member, branch in _with_members(session, view, chosen, Secondment):
        end = each.until or max(view.today, each.since)
        over = each.until is not None and each.until < view.today
        found.append(
            SecondmentRow(
                id=each.id,
                member_id=member.id,
                name=member.name,
                id_number=member.id_number,
                branch=branch,
                post=member.post,
                days=(end - each.since).days + 1,
                state=DONE if over else UNDER_WAY,
                **{key: getattr(each, key) for key in SECONDMENT_FIELDS},
            )
        )
    return sorted(found, key=lambda row: (row.since, row.id))


def retirement_rows(session: Session, view: View) -> list[RetirementRow]:
    """Every honourable retirement of the view's period, in order of its day."""
    first, last = view.period.first.first_day, view.period.last.last_day
    chosen = select(Retirement).where(Retirement.retired_on.between(first, last))
    found = [
        RetirementRow(
            id=each.id,
            member_id=member.id,
            name=member.name,
            id_number=member.id_number,
            branch=branch,
            post=member.post,
            joined_on=member.joined_on,
            **{key: getattr(each, key) for key in RETIREMENT_FIELDS},
        )
        for each, member, branch in _with_members(session, view, chosen, Retirement)
    ]
    return sorted(found, key=lambda row: (row.retired_on, row.id))


def _with_members(session: Session, view: View, chosen: Any, record_type: Any) -> list[tuple[Any, Member, str]]:
    """The records chosen with their member and the name of the branch, of the view's branch alone."""
    joined = chosen.add_columns(Member, Organisation.name).join(Member, Member.id == record_type.member_id)
    joined = joined.join(Organisation, Organisation.id == Member.branch_id)
    if view.branch_id is not None:
        joined = joined.where(Member.branch_id == view.branch_id)
    return [(each, member, branch) for each, member, branch in session.execute(joined)]


Change = Callable[[Session, int, Mapping[str, Any]], None]
Add = Callable[[Session, int, Mapping[str, Any]], Any]


@dataclass(frozen=True)
class _Chapter:
    """How rows of one ledger are saved: the record, its fields, which of them tell one from another, its verbs."""

    record_type: Any
    fields: tuple[str, ...]
    keys: tuple[str, ...]
    add: Add
    change: Change


def _saved(session: Session, rows: Sequence[Values], view: View, chapter: _Chapter) -> list[Outcome]:
    """Adds or changes a record a row: that of its number if the name agrees, else the member's one with like keys."""
    people, taken = People(session, view.branch_id), Taken()
    return take_each(session, rows, lambda values: _take(session, people.named(values), values, chapter, taken))


def _take(session: Session, member: Member, values: Values, chapter: _Chapter, taken: Taken) -> Outcome:
    own = session.scalars(select(chapter.record_type).where(chapter.record_type.member_id == member.id)).all()
    stated = {key: values[key] for key in chapter.fields if values.get(key) is not None}
    return settled(
        meant(own, values, chapter.keys),
        stated,
        taken,
        member.name,
        add=lambda given: chapter.add(session, member.id, given),
        change=lambda number, given: chapter.change(session, number, given),
    )


_SECONDMENTS = _Chapter(Secondment, SECONDMENT_FIELDS, ("body", "since"), service.second, service.change_secondment)
_RETIREMENTS = _Chapter(Retirement, RETIREMENT_FIELDS, ("retired_on",), service.retire, service.change_retirement)


def _save_secondments(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    return _saved(session, rows, view, _SECONDMENTS)


def _save_retirements(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    return _saved(session, rows, view, _RETIREMENTS)


def _secondment_note(rows: Sequence[SecondmentRow]) -> str:
    days = [row.days for row in rows]
    long = sum(number >= HALF_A_MONTH for number in days)
    return f"共 {len(days)} 人次，其中半个月以上 {long} 人次。天数含首尾两天，没有结束的算到截至日期。"


FORMS = Choice(("荣退仪式", "座谈会", "上门走访", "颁发纪念牌"), open=True)
MEMBERS_SECONDMENTS = Ledger(
    name="members_secondments",
    title="抽调专班台账",
    columns=(
        Column("name", "姓名", PERSON, 10, required=True),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("post", "工作单位及职务", TEXT, 16, entered=False),
        Column("body", "专班名称", TEXT, 22, required=True),
        Column("duty", "承担工作", TEXT, 16),
        Column("since", "抽调开始", DAY, 11, required=True),
        Column("until", "抽调结束", DAY, 11),
        Column("days", "天数", NUMBER, 6, entered=False),
        Column("state", "状态", STATE, 8, entered=False),
        Column("basis", "依据（文号）", TEXT, 16),
        Column("remark", "备注", TEXT, 14),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=secondment_rows,
    save=_save_secondments,
    span="year",
    lines=LINES_OF_A_DAY,
    note_of=_secondment_note,
    empty="这段时间没有抽调到专班的党员。",
)
MEMBERS_RETIREMENTS = Ledger(
    name="members_retirements",
    title="党员荣退台账",
    columns=(
        Column("name", "姓名", PERSON, 10, required=True),
        Column("id_number", "公民身份号码", ID_NUMBER, 20),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("post", "工作单位及职务", TEXT, 16, entered=False),
        Column("joined_on", "入党时间", PARTIAL_DAY, 11, entered=False),
        Column("retired_on", "荣退日期", DAY, 11, required=True),
        Column("held_on", "活动日期", DAY, 11),
        Column("form", "荣退形式", FORMS, 14),
        Column("keepsake", "纪念品", TEXT, 14),
        Column("talker", "谈话人", TEXT, 10),
        Column("remark", "备注", TEXT, 14),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=retirement_rows,
    save=_save_retirements,
    span="year",
    lines=LINES_OF_A_DAY,
    empty="这段时间没有荣退的党员。",
)
SECONDMENT_COLUMNS = tuple(column for column in MEMBERS_SECONDMENTS.columns if column.key in SECONDMENT_FIELDS)
RETIREMENT_COLUMNS = tuple(column for column in MEMBERS_RETIREMENTS.columns if column.key in RETIREMENT_FIELDS)
