"""Committees: terms with the day they are due to end, and the members in them with post and division of work."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import settings
from models.base import Record, numbered
from models.codes import RESOURCES
from models.errors import FieldError, UserError
from models.kinds import tidy
from models.records.members import members
from models.records.members.facts import Turn
from models.records.members.members import Member, find_by_id
from models.records.members.organisation import Organisation
from models.rules import terms
from models.rules.terms import TermRule

PLAIN_MEMBER = "党员"
SECRETARY = "书记"
SEAT_FIELDS = ("post", "duties", "since", "until", "telephone", "remark")
TERM_FIELDS = ("name", "appointed_on", "due_on", "renewed_on", "remark")


class Term(Record):
    """A committee from `appointed_on`, to be renewed on `due_on`; it was on `renewed_on`, None while it stands."""

    __tablename__ = "terms"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    name: Mapped[str | None]
    appointed_on: Mapped[date]
    due_on: Mapped[date]
    renewed_on: Mapped[date | None]
    remark: Mapped[str | None]


class Seat(Record):
    """Somebody in a committee: a member of this file or, without one, `name`; until the day before `until`."""

    __tablename__ = "seats"

    term_id: Mapped[int] = mapped_column(ForeignKey("terms.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    name: Mapped[str]
    post: Mapped[str]
    duties: Mapped[str | None]
    since: Mapped[date]
    until: Mapped[date | None]
    telephone: Mapped[str | None]
    remark: Mapped[str | None]


@cache
def rules() -> tuple[TermRule, ...]:
    """The dated rules of terms that come with the program."""
    loaded = json.loads((RESOURCES / "scales" / "terms.json").read_text(encoding="utf-8"))
    return tuple(TermRule(date.fromisoformat(each["from"]), each["years"], each["reminded_months"]) for each in loaded)


def usual_end(session: Session, organisation_id: int, appointed_on: date) -> date:
    """When a term begun on the day is due to end, for this kind of organisation."""
    kind = session.get_one(Organisation, organisation_id).kind
    years = terms.rule_on(rules(), appointed_on).years
    return terms.due_on(appointed_on, years.get(kind, min(years.values())))


def begin(session: Session, organisation_id: int, values: Mapping[str, Any]) -> Term:
    """Enters a term; the one before ends with the day, and its members leave their posts.

    `due_on` is worked out by the rules where it is not given. FieldError for days that run backwards.
    """
    node = session.get_one(Organisation, organisation_id)
    given = {key: values.get(key) for key in TERM_FIELDS}
    if given["appointed_on"] is None:
        raise FieldError("appointed_on", "请填写任命时间。")
    given["due_on"] = given["due_on"] or usual_end(session, node.id, given["appointed_on"])
    _check(given)
    added = Term(organisation_id=node.id, **given)
    standing = current(session, node.id)
    if standing is not None and added.renewed_on is None:
        if standing.appointed_on >= added.appointed_on:
            raise FieldError("appointed_on", f"现任的任命时间是 {standing.appointed_on}，新一届应晚于这一天。")
        _end(session, standing, added.appointed_on)
    session.add(added)
    session.flush()
    return added


def change(session: Session, term_id: int, values: Mapping[str, Any]) -> None:
    """Changes what is given of a term, as the day to which it was put off; FieldError for days that run backwards."""
    found = _term(session, term_id)
    given = {key: values.get(key, getattr(found, key)) for key in TERM_FIELDS}
    if given["appointed_on"] is None:
        raise FieldError("appointed_on", "请填写任命时间。")
    given["due_on"] = given["due_on"] or usual_end(session, found.organisation_id, given["appointed_on"])
    _check(given)
    for key, value in given.items():
        setattr(found, key, value)
    session.flush()


def remove(session: Session, term_id: int) -> None:
    """Removes a term entered by mistake; UserError while somebody is in it."""
    found = _term(session, term_id)
    if seats(session, term_id):
        raise UserError("这一届还登记着委员，请先删除委员再删除这一届。")
    session.delete(found)
    session.flush()


def current(session: Session, organisation_id: int) -> Term | None:
    """The term that stands: the last one not yet renewed."""
    own = select(Term).where(Term.organisation_id == organisation_id, Term.renewed_on.is_(None))
    return session.scalars(own.order_by(Term.appointed_on.desc()).limit(1)).first()


def standing(session: Session) -> Sequence[Term]:
    """Every term that is not yet renewed, the first due first."""
    return session.scalars(select(Term).where(Term.renewed_on.is_(None)).order_by(Term.due_on, Term.id)).all()


@dataclass(frozen=True)
class Ending:
    """A standing term that is over or soon will be, by the name of its organisation."""

    name: str
    due_on: date


def ending(session: Session, today: date, branch_id: int | None = None) -> list[Ending]:
    """The standing terms of one organisation or all that end within the months of the rule, the first due first."""
    reminded = terms.rule_on(rules(), today).reminded_months
    found = select(Term.due_on, Term.organisation_id, Organisation.name).join(
        Organisation, Organisation.id == Term.organisation_id
    )
    standing_terms = session.execute(found.where(Term.renewed_on.is_(None)).order_by(Term.due_on, Term.id)).all()
    return [
        Ending(name, due_on)
        for due_on, organisation_id, name in standing_terms
        if branch_id in (None, organisation_id) and terms.is_near(due_on, today, reminded)
    ]


def seats(session: Session, term_id: int) -> Sequence[Seat]:
    """Who is or was in a committee, in order of entry."""
    return session.scalars(select(Seat).where(Seat.term_id == term_id).order_by(Seat.id)).all()


def seat(session: Session, term_id: int, values: Mapping[str, Any]) -> Seat:
    """Puts somebody into a committee; the member's post in the Party is that from the day on.

    `member_id` or `name` says who; FieldError where post or name is missing or the day lies before the term.
    """
    term = _term(session, term_id)
    member = find_by_id(session, values["member_id"]) if values.get("member_id") else None
    name = member.name if member is not None else tidy(values.get("name"))
    if not name:
        raise FieldError("name", "请填写姓名。")
    given = {key: values.get(key) for key in SEAT_FIELDS}
    given["since"] = given["since"] or term.appointed_on
    _check_seat(term, given)
    added = Seat(term_id=term.id, member_id=member.id if member else None, name=name, **given)
    session.add(added)
    if added.until is None and term.renewed_on is None:
        _give_post(session, added, added.post, Turn(added.since, "任职", begun=frozenset({"party_post"})))
        if added.post == SECRETARY:
            _name_secretary(session, term.organisation_id, name)
    session.flush()
    return added


def change_seat(session: Session, seat_id: int, values: Mapping[str, Any]) -> None:
    """Changes what is given of a seat; with `until` the member leaves the post on that day."""
    found = _seat(session, seat_id)
    held, was = found.until is None, found.post
    given = {key: values.get(key, getattr(found, key)) for key in SEAT_FIELDS}
    _check_seat(_term(session, found.term_id), given)
    for key, value in given.items():
        setattr(found, key, value)
    if held and found.until is not None:
        _leave_post(session, found, was, found.until, "离任")
    elif held and found.post != was:
        _give_post(session, found, found.post, None)
    session.flush()


def remove_seat(session: Session, seat_id: int) -> None:
    """Removes a seat entered by mistake; the member's post is set right."""
    found = _seat(session, seat_id)
    if found.until is None:
        _give_post(session, found, PLAIN_MEMBER, None)
    session.delete(found)
    session.flush()


def vacate(session: Session, member_id: int, day: date) -> None:
    """Somebody who leaves the branch leaves every committee with the day."""
    for found in session.scalars(select(Seat).where(Seat.member_id == member_id, Seat.until.is_(None))):
        found.until = max(day, found.since)
    session.flush()


def _end(session: Session, term: Term, day: date) -> None:
    term.renewed_on = day
    for each in seats(session, term.id):
        if each.until is None:
            each.until = day
            _leave_post(session, each, each.post, day, "换届")


def _leave_post(session: Session, found: Seat, post: str, day: date, reason: str) -> None:
    member = _holder(session, found)
    if member is not None and member.party_post == post:
        members.change(session, member.id, {"party_post": PLAIN_MEMBER}, Turn(day, reason))


def _give_post(session: Session, found: Seat, post: str, turn: Turn | None) -> None:
    member = _holder(session, found)
    if member is not None:
        members.change(session, member.id, {"party_post": post}, turn)


def _holder(session: Session, found: Seat) -> Member | None:
    """The member whose post this is: one of the branch itself, not of a branch under it."""
    member = find_by_id(session, found.member_id) if found.member_id else None
    own = member is not None and member.branch_id == _term(session, found.term_id).organisation_id
    return member if own else None


def _name_secretary(session: Session, organisation_id: int, name: str) -> None:
    """The papers of the organisation are signed by its new secretary."""
    node = session.get_one(Organisation, organisation_id)
    node.secretary = name
    if node.parent_id is None:
        settings.change(session, secretary=name)


def _check(given: Mapping[str, Any]) -> None:
    if given["due_on"] <= given["appointed_on"]:
        raise FieldError("due_on", "应换届时间应晚于任命时间。")
    if given["renewed_on"] is not None and given["renewed_on"] <= given["appointed_on"]:
        raise FieldError("renewed_on", "实际换届时间应晚于任命时间。")


def _check_seat(term: Term, given: Mapping[str, Any]) -> None:
    if not given["post"]:
        raise FieldError("post", "请填写职务。")
    if given["since"] is None or given["since"] < term.appointed_on:
        raise FieldError("since", f"任职时间不能早于这一届的任命时间 {term.appointed_on}。")
    if given["until"] is not None and given["until"] < given["since"]:
        raise FieldError("until", "离任时间不能早于任职时间。")


def _term(session: Session, term_id: int) -> Term:
    return numbered(session, Term, term_id, "委员会任期")


def _seat(session: Session, seat_id: int) -> Seat:
    return numbered(session, Seat, seat_id, "委员记录")
