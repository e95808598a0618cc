"""Talks (谈心谈话): who talked with whom, when and where; what was said stands apart, and may be confidential."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError, UserError
from models.kinds import NAME, tidy
from models.records.life.entitlement import branch_of
from models.records.members import members
from models.records.members.facts import require_past
from models.records.members.members import Member
from models.records.members.organisation import Organisation
from models.rules.meetings import clock_time

HEART, TALKER, TALKED = "谈心谈话", "talker", "talked"
SORTS = (
    HEART, "家庭走访", "约谈提醒（个别）", "约谈提醒（集体）", "帮助教育", "任前廉政谈话", "政治生日谈话", "廉政家访",
    "其他",
)  # fmt: skip
FIELDS = ("on", "begins", "place", "sort", "confidential", "is_signed", "remark")
TEXT_FIELDS = ("text", "promises")
PEOPLE_FIELDS = ("talkers", "talked")
Role = Literal["talker", "talked"]
_BETWEEN = re.compile(r"[、，,；;\n](?![^（]*）)")  # not within the marks behind a name


class Talk(Record):
    """One talk, with one or several, of a branch or of the organisation above it (`branch_id` is None then).

    `talkers` and `talked` are the names as they are read; TalkPerson tells who of them is in the roster. The text of a
    `confidential` talk is handed out by `disclose` alone.
    """

    __tablename__ = "talks"
    __table_args__ = (Index("ix_talks_on", "on"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    on: Mapped[date]
    begins: Mapped[str | None]
    place: Mapped[str | None]
    sort: Mapped[str]
    talkers: Mapped[str]
    talked: Mapped[str]
    confidential: Mapped[bool]
    is_signed: Mapped[bool]
    remark: Mapped[str | None]


class TalkPerson(Record):
    """Somebody who took part in a talk: a member of the file, or by name alone."""

    __tablename__ = "talk_people"

    talk_id: Mapped[int] = mapped_column(ForeignKey("talks.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    name: Mapped[str]
    role: Mapped[str]


class TalkText(Record):
    """What was said in a talk and what was promised, apart from the rest so that lists need not read it."""

    __tablename__ = "talk_texts"

    talk_id: Mapped[int] = mapped_column(ForeignKey("talks.id"), unique=True)
    text: Mapped[str | None]
    promises: Mapped[str | None]


class Disclosure(Record):
    """That the text of a confidential talk was shown or printed."""

    __tablename__ = "disclosures"

    talk_id: Mapped[int] = mapped_column(ForeignKey("talks.id"), index=True)
    on: Mapped[date]
    purpose: Mapped[str]


@dataclass(frozen=True)
class Written:
    """What was written of a talk."""

    text: str | None = None
    promises: str | None = None


@dataclass(frozen=True)
class _Named:
    """A name as it is written, and the member that it means, None for somebody from elsewhere."""

    name: str
    member_id: int | None


def find(session: Session, talk_id: int) -> Talk:
    """The talk of this number; UserError when there is none."""
    return numbered(session, Talk, talk_id, "谈话记录")


def sorts(session: Session) -> tuple[str, ...]:
    """The types of talk to choose from: those that come with the program, and those the branch wrote itself."""
    used = session.scalars(select(Talk.sort).distinct().order_by(Talk.sort))
    return (*SORTS, *(each for each in used if each not in SORTS))


def enter(session: Session, organisation_id: int, values: Mapping[str, Any], today: date) -> Talk:
    """Enters a talk; FieldError for one without day or people, and for a day to come.

    `talkers` and `talked` are names with 、 between them: those in the roster are found by name, others stay names.
    """
    node = numbered(session, Organisation, organisation_id, "组织")
    given = _verified({key: values.get(key) for key in FIELDS}, today)
    people = {key: named(session, key, values.get(key)) for key in PEOPLE_FIELDS}
    added = Talk(organisation_id=node.id, branch_id=branch_of(node), **given, **_joined(people))
    session.add(added)
    session.flush()
    for key, found in people.items():
        _add_people(session, added.id, key, found)
    _write(session, added.id, {key: values.get(key) for key in TEXT_FIELDS})
    session.flush()
    return added


def change(session: Session, talk_id: int, values: Mapping[str, Any], today: date) -> None:
    """Changes what is given of a talk; FieldError as for a new one."""
    found = find(session, talk_id)
    given = _verified({key: values.get(key, getattr(found, key)) for key in FIELDS}, today)
    people = {key: named(session, key, values[key]) for key in PEOPLE_FIELDS if key in values}
    assign(found, given | _joined(people))
    for key, wanted in people.items():
        known = [_Named(each.name, each.member_id) for each in of_role(session, found.id, _role(key))]
        if known != wanted:
            for each in of_role(session, found.id, _role(key)):
                session.delete(each)
            session.flush()
            _add_people(session, found.id, key, wanted)
    _write(session, found.id, {key: values[key] for key in TEXT_FIELDS if key in values})
    session.flush()


def remove(session: Session, talk_id: int) -> None:
    """Removes a talk entered by mistake, with all that hangs on it."""
    found = find(session, talk_id)
    for record_type in (TalkPerson, TalkText, Disclosure):
        for each in session.scalars(select(record_type).where(record_type.talk_id == found.id)):
            session.delete(each)
    session.flush()
    session.delete(found)
    session.flush()


def written(session: Session, talk_id: int) -> Written:
    """What was written of an open talk; UserError for a confidential one: that is for `disclose`."""
    if find(session, talk_id).confidential:
        raise UserError("这次谈话不公开，要看内容请用“显示不公开内容”。")
    return _text_of(session, talk_id)


def disclose(session: Session, talk_id: int, purpose: str, today: date) -> Written:
    """What was written of a talk; of a confidential one it leaves a line in the trail, for what purpose."""
    if find(session, talk_id).confidential:
        session.add(Disclosure(talk_id=talk_id, on=today, purpose=purpose))
        session.flush()
    return _text_of(session, talk_id)


def of_role(session: Session, talk_id: int, role: Role) -> Sequence[TalkPerson]:
    """Those who talked, or those who were talked with, in the order in which they were written."""
    chosen = select(TalkPerson).where(TalkPerson.talk_id == talk_id, TalkPerson.role == role)
    return session.scalars(chosen.order_by(TalkPerson.id)).all()


def named(session: Session, key: str, text: str | None) -> list[_Named]:
    """The people of a text with 、 between the names; FieldError at `key` where nobody is named, or one of several."""
    names = [tidy(part) for part in _BETWEEN.split(text or "") if tidy(part)]
    if not names:
        raise FieldError(key, "请填写谈话人。" if key == "talkers" else "请填写被谈话人。")
    found: dict[str, _Named] = {}
    for each in names:
        meant = _meant(session, key, each)
        found.setdefault(meant.name if meant.member_id is None else f"#{meant.member_id}", meant)
    return list(found.values())


def _meant(session: Session, key: str, text: str) -> _Named:
    name, marks = members.split_marks(text)
    try:
        plain = NAME.read(name)
    except ValueError as error:
        raise FieldError(key, str(error)) from None
    if plain is None:
        raise FieldError(key, f"“{text}”不是姓名。")
    known = session.scalars(select(Member.id).where(Member.name == plain)).all()
    if not known and not marks:
        return _Named(plain, None)
    try:
        member = members.find(session, text if marks else plain)
    except UserError as error:
        raise FieldError(key, str(error)) from None
    return _Named(member.name, member.id)


def _role(key: str) -> Role:
    return "talker" if key == "talkers" else "talked"


def _joined(people: Mapping[str, Sequence[_Named]]) -> dict[str, str]:
    return {key: "、".join(each.name for each in found) for key, found in people.items()}


def _add_people(session: Session, talk_id: int, key: str, people: Sequence[_Named]) -> None:
    for each in people:
        session.add(TalkPerson(talk_id=talk_id, member_id=each.member_id, name=each.name, role=_role(key)))
        session.flush()  # one by one: they are read back in the order of their numbers


def _write(session: Session, talk_id: int, values: Mapping[str, Any]) -> None:
    """Keeps the text; nothing is written down where nothing was and nothing is."""
    known = session.scalars(select(TalkText).where(TalkText.talk_id == talk_id)).first()
    if known is None:
        if any(values.values()):
            session.add(TalkText(talk_id=talk_id, **{key: values.get(key) for key in TEXT_FIELDS}))
        return
    assign(known, values)


def _text_of(session: Session, talk_id: int) -> Written:
    known = session.scalars(select(TalkText).where(TalkText.talk_id == talk_id)).first()
    return Written() if known is None else Written(known.text, known.promises)


def _verified(given: dict[str, Any], today: date) -> dict[str, Any]:
    if given["on"] is None:
        raise FieldError("on", "请填写谈话日期。")
    require_past("on", given["on"], today)
    if given["begins"]:
        try:
            given["begins"] = clock_time(given["begins"])
        except ValueError as error:
            raise FieldError("begins", str(error)) from None
    flags = {key: bool(given[key]) for key in ("confidential", "is_signed")}
    return given | flags | {"sort": given["sort"] or HEART}
