"""Honours of members and organisations (表彰奖励), and sanctions (处分): what, from whom, by which document, when."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.errors import FieldError, UserError
from models.records.members.facts import require_happened
from models.records.members.members import find_by_id
from models.records.members.organisation import Organisation
from models.rules.periods import PartialDate

HONOUR, SANCTION = "表彰奖励", "处分"
FIELDS = ("title", "level", "awarded_by", "document_no", "awarded_on", "ends_on", "remark")


class Honour(Record):
    """One honour or sanction (`kind`) of a member or of an organisation.

    `awarded_on` is as exact as it is known; `ends_on` is the day on which a sanction's effect ends.
    """

    __tablename__ = "honours"
    __table_args__ = (Index("ix_honours_awarded_on", "awarded_on"),)

    kind: Mapped[str]
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"), index=True)
    title: Mapped[str]
    level: Mapped[str | None]
    awarded_by: Mapped[str | None]
    document_no: Mapped[str | None]
    awarded_on: Mapped[PartialDate]
    ends_on: Mapped[date | None]
    remark: Mapped[str | None]


def add_to_member(
    session: Session, member_id: int, values: Mapping[str, Any], today: date, kind: str = HONOUR
) -> Honour:
    """Enters a member's honour or sanction; FieldError without its name or day."""
    return _add(session, Honour(kind=kind, member_id=find_by_id(session, member_id).id), values, today)


def add_to_organisation(
    session: Session, organisation_id: int, values: Mapping[str, Any], today: date, kind: str = HONOUR
) -> Honour:
    """Enters an organisation's honour or sanction; FieldError without its name or day."""
    node = session.get_one(Organisation, organisation_id)
    return _add(session, Honour(kind=kind, organisation_id=node.id), values, today)


def change(session: Session, honour_id: int, values: Mapping[str, Any], today: date) -> None:
    """Changes what is given of an honour or sanction."""
    found = numbered(session, Honour, honour_id, "表彰记录")
    given = {key: values.get(key, getattr(found, key)) for key in FIELDS}
    _check(found.kind, given, today)
    for key, value in given.items():
        setattr(found, key, value)
    session.flush()


def remove(session: Session, honour_id: int) -> None:
    """Removes an honour or sanction entered by mistake."""
    session.delete(numbered(session, Honour, honour_id, "表彰记录"))
    session.flush()


def of_member(session: Session, member_id: int, kind: str = HONOUR) -> Sequence[Honour]:
    """A member's honours or sanctions, the latest first."""
    chosen = select(Honour).where(Honour.member_id == member_id, Honour.kind == kind)
    return session.scalars(chosen.order_by(Honour.awarded_on.desc(), Honour.id.desc())).all()


def levels(session: Session, kind: str = HONOUR) -> Sequence[str]:
    """The levels that were used so far, the most recent first: they are offered beside the usual ones."""
    chosen = select(Honour.level).where(Honour.kind == kind, Honour.level.is_not(None)).order_by(Honour.id.desc())
    return [each for each in dict.fromkeys(session.scalars(chosen)) if each]


def _add(session: Session, added: Honour, values: Mapping[str, Any], today: date) -> Honour:
    given = {key: values.get(key) for key in FIELDS}
    _check(added.kind, given, today)
    for key, value in given.items():
        setattr(added, key, value)
    session.add(added)
    session.flush()
    return added


def _check(kind: str, given: Mapping[str, Any], today: date) -> None:
    if kind not in (HONOUR, SANCTION):
        raise UserError(f"没有“{kind}”这种记录。")
    if not given["title"]:
        raise FieldError("title", f"请填写{'荣誉' if kind == HONOUR else '处分'}名称。")
    if given["awarded_on"] is None:
        raise FieldError("awarded_on", "请填写日期，只知道年份的可以只写年份。")
    require_happened(given, ("awarded_on",), today)
    if given["ends_on"] is not None and given["ends_on"] < given["awarded_on"].earliest:
        raise FieldError("ends_on", f"期满日期早于处分日期 {given['awarded_on']}。")
