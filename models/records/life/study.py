"""Study outside of meetings: what a member learned alone, online or in training, and the dated rules of hours."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.codes import RESOURCES
from models.errors import FieldError, UserError
from models.records.members.facts import require_past
from models.records.members.members import find_by_id
from models.rules.study_hours import MOST, StudyRule

FIELDS = ("on", "content", "form", "hours", "is_central", "organiser", "remark")


class StudyEntry(Record):
    """What one member studied on a day beside the activities of the branch; `hours` are hours of study.

    `is_central` says that it was a training that members were called together for (集中培训), by `organiser`.
    """

    __tablename__ = "study_entries"
    __table_args__ = (Index("ix_study_entries_on", "on"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    on: Mapped[date]
    content: Mapped[str]
    form: Mapped[str | None]
    hours: Mapped[Decimal]
    is_central: Mapped[bool]
    organiser: Mapped[str | None]
    remark: Mapped[str | None]


class StudyRuleSet(Record):
    """One dated rule of hours as the secretary keeps it: `document` is JSON as in resources/scales/study.json."""

    __tablename__ = "study_rule_sets"

    since: Mapped[date] = mapped_column(unique=True)
    document: Mapped[str]


@cache
def supplied() -> tuple[Mapping[str, Any], ...]:
    """The documents that come with the program."""
    return tuple(json.loads((RESOURCES / "scales" / "study.json").read_text(encoding="utf-8")))


@cache
def newest_supplied() -> StudyRule:
    """The newest rule that comes with the program: by it hours are read that are typed as half a day or a day."""
    return max((StudyRule.parse(each) for each in supplied()), key=lambda rule: rule.start)


def rules(session: Session) -> Sequence[StudyRule]:
    """All dated rules, the earliest first: the secretary's own take the place of those supplied."""
    found = {date.fromisoformat(document["from"]): document for document in supplied()}
    for kept in session.scalars(select(StudyRuleSet).order_by(StudyRuleSet.since)):
        found[kept.since] = json.loads(kept.document)
    return [StudyRule.parse(found[since]) for since in sorted(found)]


def save_rule(session: Session, document: Mapping[str, Any]) -> None:
    """Puts a rule in force from its day on; UserError when it is not a sound one."""
    try:
        rule = StudyRule.parse(document)
    except (KeyError, ValueError, ArithmeticError) as error:
        raise UserError(f"学时标准没有保存：{error}") from None
    text = json.dumps(document, ensure_ascii=False)
    known = session.scalars(select(StudyRuleSet).where(StudyRuleSet.since == rule.start)).first()
    if known is None:
        session.add(StudyRuleSet(since=rule.start, document=text))
    else:
        known.document = text
    session.flush()


def enter(session: Session, member_id: int, values: Mapping[str, Any], today: date) -> StudyEntry:
    """Enters what a member studied; FieldError without a day, content or hours, and for a day to come."""
    member = find_by_id(session, member_id)
    given = _verified({key: values.get(key) for key in FIELDS}, today)
    added = StudyEntry(member_id=member.id, **given)
    session.add(added)
    session.flush()
    return added


def change(session: Session, entry_id: int, values: Mapping[str, Any], today: date) -> None:
    """Changes what is given of an entry; FieldError as for a new one."""
    found = numbered(session, StudyEntry, entry_id, "学习记录")
    given = _verified({key: values.get(key, getattr(found, key)) for key in FIELDS}, today)
    assign(found, given)
    session.flush()


def remove(session: Session, entry_id: int) -> None:
    """Removes an entry made by mistake."""
    session.delete(numbered(session, StudyEntry, entry_id, "学习记录"))
    session.flush()


def _verified(given: dict[str, Any], today: date) -> dict[str, Any]:
    if given["on"] is None:
        raise FieldError("on", "请填写学习日期。")
    require_past("on", given["on"], today)
    if not given["content"]:
        raise FieldError("content", "请填写学习内容。")
    if given["hours"] is None:
        raise FieldError("hours", "请填写学时。")
    if not 0 < given["hours"] <= MOST:
        raise FieldError("hours", f"学时应大于 0，不超过 {MOST}。")
    return given | {"is_central": bool(given["is_central"])}
