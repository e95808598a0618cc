"""帮扶对象动态 and 帮扶对象核查提醒: who came, changed and left in a period; who is to be looked at again, by when.

Of members and of the households and residents that a branch cares for alike.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from models import festivals
from models.kinds import DAY, NAME, TEXT, Choice
from models.ledger import LINES_OF_A_DAY, Column, Ledger, View
from models.ledgers.care.ways import degrees, ways
from models.records.care.cases import CareCase, CareStep
from models.records.members.members import Member
from models.records.members.organisation import Organisation, root
from models.rules import care
from models.rules.deadlines import DONE, NEAR, OVERDUE, standing

_TOLD = (care.TAKEN_IN, care.CHANGED, care.CLOSED)
KIND = Choice(_TOLD, tones={care.TAKEN_IN: "warn", care.CLOSED: "good"})
WAITING, SOON, LATE = "未到期", "快到期", "已逾期"
_STANDINGS = {NEAR: SOON, OVERDUE: LATE, DONE: WAITING}
STANDING = Choice((WAITING, SOON, LATE), tones={SOON: "warn", LATE: "bad"})
YEAR = timedelta(days=366)
_BRACKET = re.compile(r"[（(\[【]")  # what stands in brackets behind a name is nobody's business


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A step that changed the list: somebody was taken in, the degree changed, or somebody left it."""

    id: int
    case_id: int
    name: str
    branch: str
    sort: str
    kind: str
    on: date
    degree: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One on the list: when it was last looked at, and by when it is to be looked at again."""

    id: int
    name: str
    branch: str
    sort: str
    degree: str | None
    looked_at: date
    due_on: date
    before: str
    state: str
    helper: str | None


@dataclass(frozen=True, slots=True)
class PostedRow:
    """What a public posting says of somebody: name, days, kind; nothing else is read for it."""

    name: str
    kind: str
    first: date
    last: date | None


def change_rows(session: Session, view: View) -> list[ChangeRow]:
    """The steps of the view's period by day; who was never taken in did not leave the list."""
    first, last = view.period.first.first_day, min(view.period.last.last_day, view.today)
    chosen = _of_the_list(view, CareStep, CareCase.name, CareCase.sort, Member.name, Organisation.name)
    chosen = (
        chosen.outerjoin(Organisation, Organisation.id == place())
        .where(CareStep.kind.in_(_TOLD), CareStep.on.between(first, last))
        .order_by(CareStep.on, CareStep.id)
    )
    above = root(session).name
    return [
        ChangeRow(
            step.id, step.case_id, member or name or "", branch or above, sort, step.kind, step.on, step.degree,
            step.reason,
        )
        for step, name, sort, member, branch in session.execute(chosen)
    ]  # fmt: skip


def place() -> Any:
    """The branch of a case in a question that joins its member: where the roster has the member now."""
    return func.coalesce(Member.branch_id, CareCase.branch_id)


_NAME = case((Member.id.is_(None), CareCase.name), else_=Member.name)


def _with_names(asked: Any, view: View) -> Any:
    """A question about cases with those whose they are and their branches, of one branch where that is chosen."""
    chosen = asked.select_from(CareCase).outerjoin(Member, Member.id == CareCase.member_id)
    chosen = chosen.outerjoin(Organisation, Organisation.id == place())
    return chosen if view.branch_id is None else chosen.where(place() == view.branch_id)


def _of_the_list(view: View, *columns: Any) -> Any:
    """A question about the steps of cases that were taken in by the view's day, of one branch where that is chosen."""
    taken_in = select(CareStep.case_id).where(CareStep.kind == care.TAKEN_IN, CareStep.on <= view.today)
    chosen = select(*columns).select_from(CareStep).join(CareCase, CareCase.id == CareStep.case_id)
    chosen = chosen.outerjoin(Member, Member.id == CareCase.member_id)
    chosen = chosen.where(CareStep.case_id.in_(taken_in), CareStep.on <= view.today)
    return chosen if view.branch_id is None else chosen.where(place() == view.branch_id)


def _change_note(session: Session, view: View) -> str:
    """期初 + 纳入 − 退出 = 期末, of those who were on the list."""
    first, last = view.period.first.first_day, view.period.last.last_day
    chosen = _of_the_list(view, CareStep.kind, CareStep.on).where(CareStep.kind.in_((care.TAKEN_IN, care.CLOSED)))
    steps = [(kind, on) for kind, on in session.execute(chosen) if on <= last]
    came, left = ([on for kind, on in steps if kind == wanted] for wanted in (care.TAKEN_IN, care.CLOSED))
    before = sum(on < first for on in came) - sum(on < first for on in left)
    later = [sum(on >= first for on in days) for days in (came, left)]
    after = before + later[0] - later[1]
    return f"帮扶对象（党员、群众和户）期初 {before} 个 + 纳入 {later[0]} 个 − 退出 {later[1]} 个 = 期末 {after} 个。"


def review_rows(session: Session, view: View) -> list[ReviewRow]:
    """Those on the list by the day by which they are to be looked at again, the earliest first."""
    way = ways(view.today)
    asked = select(CareCase.id, _NAME, Organisation.name, CareCase.sort, CareCase.helper, way.c.looked_at)
    chosen = (
        _with_names(asked, view)
        .join(way, way.c.case_id == CareCase.id)
        .where(way.c.taken_in_on.is_not(None), way.c.left_on.is_(None))
    )
    rows = session.execute(chosen).all()
    if not rows:
        return []
    looked = {row.looked_at for row in rows}
    days = festivals.between(min(looked), max(looked) + YEAR)
    reviews = {on: review_of(on, days, view.today) for on in looked}
    degree, above = degrees(session, view.today), root(session).name
    found = [
        ReviewRow(number, name, branch or above, sort, degree.get(number), on, *reviews[on], helper)
        for number, name, branch, sort, helper, on in rows
    ]
    return sorted(found, key=lambda row: (row.due_on, row.id))


def review_of(looked_at: date, days: Sequence[date], today: date) -> tuple[date, str, str]:
    """By when a case last looked at on a day is to be looked at again, before what, and how that stands `today`."""
    due_on = care.review_due(looked_at, [day for day in days if day > looked_at])
    eve = due_on + timedelta(days=1)
    before = ("七一" if eve.month == 7 else "春节") if eve in days else "满一年"
    return due_on, before, _STANDINGS.get(standing(due_on, None, today), WAITING)


def posted_rows(session: Session, view: View, whole_names: bool) -> list[PostedRow]:
    """Whose posting hung within the view's period; without `whole_names` nobody's given name."""
    first, last = view.period.first.first_day, view.period.last.last_day
    until = func.coalesce(CareStep.until, CareStep.on)
    chosen = (
        _with_names(select(_NAME, CareCase.sort, CareStep.on, CareStep.until), view)
        .join(CareStep, CareStep.case_id == CareCase.id)
        .where(CareStep.kind == care.POSTED, CareStep.on <= min(last, view.today), until >= first)
        .order_by(CareStep.on, CareStep.id)
    )
    found = [
        PostedRow(_BRACKET.split(name)[0] if whole_names else f"{name[:1]}某某", sort, on, until)
        for name, sort, on, until in session.execute(chosen)
    ]
    return sorted(found, key=lambda posted: (posted.first, posted.name))


def _posting(name: str, title: str, whole_names: bool) -> Ledger:
    return Ledger(
        name=name,
        title=title,
        columns=(
            Column("name", "姓名", NAME, 12, entered=False),
            Column("kind", "类别", TEXT, 16, entered=False),
            Column("first", "公示开始", DAY, 12, entered=False),
            Column("last", "公示结束", DAY, 12, entered=False),
        ),
        rows=partial(posted_rows, whole_names=whole_names),
        lines=("{unit}", "", ""),
        signatures=("{unit}（盖章）", "{date}"),
        note="公示期间如有意见，请向党支部反映。",
        orientation="portrait",
        public=True,
        empty="这段时间没有公示。",
    )


CARE_CHANGES = Ledger(
    name="care_changes",
    title="帮扶对象动态",
    columns=(
        Column("on", "日期", DAY, 11, entered=False),
        Column("name", "姓名", NAME, 9, entered=False),
        Column("branch", "党支部", TEXT, 14, entered=False),
        Column("sort", "帮扶类别", TEXT, 14, entered=False),
        Column("kind", "变动", KIND, 7, entered=False),
        Column("degree", "困难程度", TEXT, 9, entered=False),
        Column("reason", "原因", TEXT, 20, entered=False),
    ),
    rows=change_rows,
    span="any",
    lines=LINES_OF_A_DAY,
    note=_change_note,
    empty="这段时间没有纳入、调整或退出。",
)
CARE_REVIEWS = Ledger(
    name="care_reviews",
    title="帮扶对象核查提醒",
    columns=(
        Column("name", "姓名", NAME, 9, entered=False),
        Column("branch", "党支部", TEXT, 14, entered=False),
        Column("sort", "帮扶类别", TEXT, 14, entered=False),
        Column("degree", "困难程度", TEXT, 9, entered=False),
        Column("looked_at", "上次核查", DAY, 11, entered=False),
        Column("due_on", "应在此前核查", DAY, 12, entered=False),
        Column("before", "为什么", TEXT, 8, entered=False),
        Column("state", "状态", STANDING, 8, entered=False),
        Column("helper", "结对帮扶人", TEXT, 10, entered=False),
    ),
    rows=review_rows,
    span="none",
    heading="{title}",
    lines=LINES_OF_A_DAY,
    note="春节、七一以前各核查一次，每年至少一次；核查以后登记“复核”。",
    as_of=True,
    empty="没有在册的帮扶对象。",
)
CARE_POSTING = _posting("care_posting", "困难帮扶公示", whole_names=True)
CARE_POSTING_UNNAMED = _posting("care_posting_unnamed", "困难帮扶公示（不写全名）", whole_names=False)
