"""A member over time in words: posts, places and names from when to when, secondments, and joined records."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import DAY, PERSON, TEXT
from models.ledger import LINES_OF_A_DAY, Column, Ledger, View
from models.records.members import facts
from models.records.members.facts import MemberFact
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.records.members.service import Retirement, Secondment
from models.rules import identity

PRIVATE = {"id_number": identity.masked, "phone": identity.masked_phone}
ENTERED = ("party_post", "post", "rank", "branch_id", "group_id", "party_status", "name")


@dataclass(frozen=True)
class CourseLine:
    """What was so of a member from when to when: 党内职务　组织委员　2024-03-01 至 2026-05-10　换届.

    `fact_id` names the record where the days can be set right.
    """

    title: str
    value: str
    when: str
    reason: str
    fact_id: int | None = None
    since: date | None = None
    held: bool = False


def course(session: Session, member_id: int, names: Mapping[int, str], private: bool) -> list[CourseLine]:
    """The member's course, the newest first; numbers are masked unless `private`."""
    found = [
        (fact.until or date.max, fact.since or date.min, _line(fact, names, private))
        for fact in facts.of_member(session, member_id)
        if fact.value is not None
    ]
    for each in session.scalars(select(Secondment).where(Secondment.member_id == member_id)):
        when = f"{each.since} 至 {each.until}" if each.until else f"{each.since} 起"
        found.append((each.until or date.max, each.since, CourseLine("抽调专班", each.body, when, each.duty or "")))
    for retired in session.scalars(select(Retirement).where(Retirement.member_id == member_id)):
        line = CourseLine("荣退", retired.form or "荣退", str(retired.retired_on), retired.remark or "")
        found.append((retired.retired_on, retired.retired_on, line))
    return [line for _, _, line in sorted(found, key=lambda each: each[:2], reverse=True)]


def _line(fact: MemberFact, names: Mapping[int, str], private: bool) -> CourseLine:
    return CourseLine(
        facts.TITLES[fact.field],
        shown(fact.field, fact.value, names, private),
        facts.spell(fact),
        fact.reason or "",
        fact.id,
        fact.since,
        fact.until is None,
    )


def shown(field: str, value: str | None, names: Mapping[int, str], private: bool = True) -> str:
    """A fact's value in words: organisations by name, numbers masked unless `private`, nothing as （空）."""
    if value is None:
        return "（空）"
    if field in ("branch_id", "group_id"):
        return names.get(int(value), f"编号 {value}")
    return value if private or field not in PRIVATE else PRIVATE[field](value)


@dataclass(frozen=True, slots=True)
class FactRow:
    """One line of the ledger of changes; identity and telephone numbers stand in the member's card alone."""

    fact_id: int
    member_id: int
    name: str
    branch: str
    title: str
    value: str
    since: date | None
    until: date | None
    reason: str | None


def fact_rows(session: Session, view: View) -> Sequence[FactRow]:
    """What is known of the view's members over time, member by member, the oldest first."""
    names = {each.id: each.name for each in session.scalars(select(Organisation))}
    chosen = select(MemberFact, Member).join(Member, Member.id == MemberFact.member_id)
    if view.branch_id is not None:
        chosen = chosen.where(Member.branch_id == view.branch_id)
    order = list(facts.TITLES)
    found = [
        (member.branch_id, member.id, order.index(fact.field), fact.since or date.min, fact, member)
        for fact, member in session.execute(chosen)
        if fact.value is not None and fact.field not in PRIVATE
    ]
    return [
        FactRow(
            fact.id,
            member.id,
            member.name,
            names.get(member.branch_id, ""),
            facts.TITLES[fact.field],
            shown(fact.field, fact.value, names),
            fact.since,
            fact.until,
            fact.reason,
        )
        for *_, fact, member in sorted(found, key=lambda each: each[:4])
    ]


MEMBERS_COURSE = Ledger(
    name="members_course",
    title="党员任职和变动台账",
    columns=(
        Column("name", "姓名", PERSON, 10),
        Column("branch", "所在党支部", TEXT, 14),
        Column("title", "项目", TEXT, 14),
        Column("value", "内容", TEXT, 22),
        Column("since", "从", DAY, 11),
        Column("until", "至", DAY, 11),
        Column("reason", "原因", TEXT, 18),
    ),
    rows=fact_rows,
    span="none",
    heading="{title}",
    lines=LINES_OF_A_DAY,
    note="没有写起止日期的，表示登记以前就是或者现在还是。没有变动过的项目不在本表。",
    empty="还没有登记过变动。改动职务、支部、姓名等项目时选“实际变动”，就会记在这里。",
)
