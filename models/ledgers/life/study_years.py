"""学时汇总: each member's hours of a year beside what is asked for, and the new secretaries who are to be trained."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import NUMBER, PERSON, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.ledgers.life.hours import HOURS, ZERO, Studied, by_member, studied
from models.ledgers.members.roster import members_on
from models.records.life import study
from models.records.life.entitlement import NO_SEAT
from models.records.life.study import StudyEntry
from models.records.members.committee import SECRETARY, Seat, Term
from models.records.members.organisation import BRANCH, Organisation
from models.rules.presence import Span
from models.rules.study_hours import StudyRule, rule_on, trained_until

REACHED, SHORT, MISSED, UNTRAINED = "已达标", "还差", "未达标", "缺集中培训"
STATE = Choice(
    (MISSED, UNTRAINED, SHORT, REACHED), tones={REACHED: "good", SHORT: "warn", UNTRAINED: "warn", MISSED: "bad"}
)


@dataclass(frozen=True, slots=True)
class YearRow:
    """A member's year: `meetings` and `own` are hours at activities and by own entries, `wanted` what is asked for."""

    member_id: int
    name: str
    branch: str
    post: str | None
    times: int
    meetings: Decimal
    own: Decimal
    total: Decimal
    wanted: Decimal
    lacking: Decimal | None
    central: int
    state: str
    hint: str | None


@dataclass(frozen=True)
class Untrained:
    """A secretary appointed so lately that the training of new secretaries is still to come, or is overdue."""

    member_id: int
    name: str
    branch: str
    appointed_on: date
    until: date


def year_rows(session: Session, view: View) -> list[YearRow]:
    """Every member in the branch and the hours of the year, those asked for by committee and roster.

    Whoever left during the year is in 学时台账 alone.
    """
    lines = by_member(studied(session, view))
    day = min(view.today, view.period.last.last_day)
    rule, over = rule_on(study.rules(session), day), view.period.last.last_day < view.today
    seated = _seated(session, day)
    new = {each.member_id: each for each in untrained_secretaries(session, day)}
    found = []
    for member in members_on(session, view):
        post = seated.get(member.id) or (member.party_post if member.party_post not in NO_SEAT else None)
        hint = new.get(member.id)
        said = f"新任书记，应在 {hint.until} 前参加集中培训" if hint is not None else None
        found.append(_year_row(member, lines.get(member.id, []), post, rule, over, said))
    return found


def _year_row(
    member: Any, lines: list[Studied], post: str | None, rule: StudyRule, over: bool, hint: str | None
) -> YearRow:
    own = sum((line.hours for line in lines if line.entry_id is not None), ZERO)
    total = sum((line.hours for line in lines), ZERO)
    wanted = rule.committee if post else rule.members
    central = sum(line.is_central for line in lines)
    short = total < wanted
    lacks_training = bool(post) and central < rule.central
    late = MISSED if over else SHORT
    return YearRow(
        member_id=member.id,
        name=member.name,
        branch=member.branch,
        post=post,
        times=len(lines),
        meetings=total - own,
        own=own,
        total=total,
        wanted=wanted,
        lacking=wanted - total if short else None,
        central=central,
        state=late if short else UNTRAINED if lacks_training else REACHED,
        hint=hint,
    )


def untrained_secretaries(session: Session, day: date) -> Sequence[Untrained]:
    """The secretaries of branches who took the post within the time that is given for training, and had none since.

    Whoever is overdue by less than another such time is still named. By the year's plan of training, see study.json.
    """
    rule = rule_on(study.rules(session), day)
    first: dict[int, tuple[Seat, Organisation]] = {}
    chosen = (
        select(Seat, Organisation)
        .join(Term, Term.id == Seat.term_id)
        .join(Organisation, Organisation.id == Term.organisation_id)
        .where(Seat.post == SECRETARY, Seat.member_id.is_not(None), Organisation.kind == BRANCH)
        .order_by(Seat.since.desc())
    )
    for seat, organisation in session.execute(chosen):
        if seat.member_id is not None:
            first[seat.member_id] = (seat, organisation)  # the earliest seat stands at last
    standing = _seated(session, day)
    found = []
    for member_id, (seat, organisation) in first.items():
        until = trained_until(seat.since, rule)
        if standing.get(member_id) != SECRETARY or day > trained_until(until, rule):
            continue
        if not _trained_since(session, member_id, seat.since, day):
            found.append(Untrained(member_id, seat.name, organisation.name, seat.since, until))
    return sorted(found, key=lambda each: (each.until, each.member_id))


def _trained_since(session: Session, member_id: int, since: date, day: date) -> bool:
    chosen = select(StudyEntry.id).where(
        StudyEntry.member_id == member_id, StudyEntry.is_central, StudyEntry.on.between(since, day)
    )
    return session.scalar(chosen.limit(1)) is not None


def _seated(session: Session, day: date) -> Mapping[int, str]:
    """The post of everybody who sits in a committee on the day; a secretary somewhere is that."""
    chosen = select(Seat.member_id, Seat.post, Seat.since, Seat.until, Term.appointed_on, Term.renewed_on)
    chosen = chosen.join(Term, Term.id == Seat.term_id).where(Seat.member_id.is_not(None)).order_by(Seat.id)
    found: dict[int, str] = {}
    for member_id, post, since, until, appointed_on, renewed_on in session.execute(chosen):
        if member_id is None or not (Span(since, until).holds(day) and Span(appointed_on, renewed_on).holds(day)):
            continue
        if found.get(member_id) != SECRETARY:
            found[member_id] = post
    return found


def _note(session: Session, view: View) -> str:
    rows = year_rows(session, view)
    reached = sum(row.state == REACHED for row in rows)
    rule = rule_on(study.rules(session), min(view.today, view.period.last.last_day))
    asked = f"党员全年不少于 {HOURS.show(rule.members)} 学时，书记和班子成员不少于 {HOURS.show(rule.committee)} 学时"
    training = f"、至少 {rule.central} 次集中培训" if rule.central else ""
    return f"共 {len(rows)} 人，已达标 {reached} 人。{asked}{training}。"


LIFE_STUDY_SUMMARY = Ledger(
    name="life_study_summary",
    title="学时汇总表",
    columns=(
        Column("name", "姓名", PERSON, 10, entered=False),
        Column("branch", "所在党支部", TEXT, 14, entered=False),
        Column("post", "班子职务", TEXT, 10, entered=False),
        Column("times", "学习次数", NUMBER, 8, entered=False),
        Column("meetings", "活动学时", HOURS, 8, entered=False),
        Column("own", "自学培训学时", HOURS, 10, entered=False),
        Column("total", "合计学时", HOURS, 8, entered=False),
        Column("wanted", "应达学时", HOURS, 8, entered=False),
        Column("lacking", "还差学时", HOURS, 8, entered=False),
        Column("central", "集中培训次数", NUMBER, 8, entered=False),
        Column("state", "达标情况", STATE, 10, entered=False),
        Column("hint", "提醒", TEXT, 26, entered=False),
    ),
    rows=year_rows,
    span="year",
    lines=("填报单位（盖章）：{unit}", "", "截至{date}"),
    note=_note,
    empty="名册里还没有党员。",
)
