"""F13: who is in the committees on a day, and the terms with the day they are due to end."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import codes
from models.kinds import DAY, NUMBER, PERSON, PHONE, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.records.members import committee
from models.records.members.committee import Seat, Term
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.rules import terms

RENEWED, RUNNING, NEAR, OVER = "已换届", "任期内", "将届满", "已届满"
STATE = Choice((RUNNING, NEAR, OVER, RENEWED), tones={NEAR: "warn", OVER: "bad", RUNNING: "good", RENEWED: "quiet"})


@dataclass(frozen=True, slots=True)
class SeatRow:
    """Somebody in a committee on the day of the view, with the numbers to be reached at."""

    id: int
    term_id: int
    member_id: int | None
    branch: str
    post: str
    name: str
    duties: str | None
    since: date
    until: date | None
    telephone: str | None
    phone: str | None
    remark: str | None


@dataclass(frozen=True, slots=True)
class TermRow:
    """One term of a committee; `members` counts who was put into it."""

    id: int
    organisation_id: int
    name: str
    branch: str
    appointed_on: date
    due_on: date
    renewed_on: date | None
    state: str
    members: int
    remark: str | None


def seat_rows(session: Session, view: View) -> list[SeatRow]:
    """Who holds a post, or held one on the earlier day asked for, by organisation and the order of posts."""
    held = Seat.until.is_(None) & Term.renewed_on.is_(None)
    if view.as_of is not None:
        in_term = Term.renewed_on.is_(None) | (Term.renewed_on > view.as_of)
        held = (Seat.since <= view.as_of) & (Seat.until.is_(None) | (Seat.until > view.as_of)) & in_term
    chosen = (
        select(Seat, Term, Organisation.name, Member.phone)
        .join(Term, Term.id == Seat.term_id)
        .join(Organisation, Organisation.id == Term.organisation_id)
        .outerjoin(Member, Member.id == Seat.member_id)
        .where(held)
        .order_by(Term.organisation_id, Seat.id)
    )
    if view.branch_id is not None:
        chosen = chosen.where(Term.organisation_id == view.branch_id)
    rows = [
        SeatRow(
            id=seat.id,
            term_id=term.id,
            member_id=seat.member_id,
            branch=name,
            post=seat.post,
            name=seat.name,
            duties=seat.duties,
            since=seat.since,
            until=seat.until,
            telephone=seat.telephone,
            phone=phone,
            remark=seat.remark,
        )
        for seat, term, name, phone in session.execute(chosen)
    ]
    order = {post: place for place, post in enumerate(codes.PARTY_POST.options)}
    branches = list(dict.fromkeys(row.branch for row in rows))
    return sorted(rows, key=lambda row: (branches.index(row.branch), order.get(row.post, len(order)), row.id))


def term_rows(session: Session, view: View) -> list[TermRow]:
    """Every term of the view's organisations, those that stand before those that were renewed."""
    chosen = select(Term, Organisation.name).join(Organisation, Organisation.id == Term.organisation_id)
    if view.branch_id is not None:
        chosen = chosen.where(Term.organisation_id == view.branch_id)
    ordered = chosen.order_by(Term.renewed_on.is_not(None), Term.organisation_id, Term.appointed_on.desc())
    counted = select(Seat.term_id, func.count()).group_by(Seat.term_id)
    seated = {each[0]: each[1] for each in session.execute(counted)}
    return [
        TermRow(
            id=term.id,
            organisation_id=term.organisation_id,
            name=term.name or f"{name}委员会",
            branch=name,
            appointed_on=term.appointed_on,
            due_on=term.due_on,
            renewed_on=term.renewed_on,
            state=_state(term, view.today),
            members=seated.get(term.id, 0),
            remark=term.remark,
        )
        for term, name in session.execute(ordered).all()
    ]


def _state(term: Term, today: date) -> str:
    if term.renewed_on is not None:
        return RENEWED
    if today >= term.due_on:
        return OVER
    return (
        NEAR if terms.is_near(term.due_on, today, terms.rule_on(committee.rules(), today).reminded_months) else RUNNING
    )


_TERM_NOTE = "应换届时间按任命时间和任期年限推算：党支部、党总支三年，党委五年；上级批准提前或延期的，以登记的为准。"
MEMBERS_COMMITTEE = Ledger(
    name="members_committee",
    title="党支部班子（委员会）名册",
    columns=(
        Column("branch", "党组织", TEXT, 14, entered=False),
        Column("post", "职务", codes.PARTY_POST, 10, required=True),
        Column("name", "姓名", PERSON, 10, required=True),
        Column("duties", "分工", TEXT, 26),
        Column("since", "任职时间", DAY, 11),
        Column("telephone", "办公电话", PHONE, 14),
        Column("phone", "手机号", PHONE, 14, entered=False),
        Column("remark", "备注", TEXT, 14),
    ),
    rows=seat_rows,
    span="none",
    heading="{title}",
    lines=("单位名称（盖章）：{unit}", "", "统计日期：{date}"),
    as_of=True,
    empty="还没有登记委员会成员。",
)
MEMBERS_TERMS = Ledger(
    name="members_terms",
    title="委员会换届台账",
    columns=(
        Column("name", "委员会名称", TEXT, 24),
        Column("branch", "所在党组织", TEXT, 16, entered=False),
        Column("appointed_on", "任命时间", DAY, 11, required=True),
        Column("due_on", "应换届时间", DAY, 11),
        Column("renewed_on", "实际换届时间", DAY, 12),
        Column("state", "状态", STATE, 8, entered=False),
        Column("members", "委员人数", NUMBER, 8, entered=False),
        Column("remark", "备注", TEXT, 18),
    ),
    rows=term_rows,
    span="none",
    heading="{title}",
    lines=("单位名称（盖章）：{unit}", "", "统计日期：{date}"),
    note=_TERM_NOTE,
    empty="还没有登记委员会任期。",
)
SEAT_COLUMNS = tuple(column for column in MEMBERS_COMMITTEE.columns if column.entered)
TERM_COLUMNS = tuple(column for column in MEMBERS_TERMS.columns if column.entered)
