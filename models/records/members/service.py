"""Members sent to task forces (抽调专班) for a time, and members honourably retired (荣退)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign, numbered
from models.errors import FieldError
from models.records.members.members import find_by_id

SECONDMENT_FIELDS = ("body", "duty", "basis", "since", "until", "remark")
RETIREMENT_FIELDS = ("retired_on", "held_on", "form", "keepsake", "talker", "remark")


class Secondment(Record):
    """A member at work in a task force from `since` until the last day `until`, None while it lasts."""

    __tablename__ = "secondments"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    body: Mapped[str]
    duty: Mapped[str | None]
    basis: Mapped[str | None]
    since: Mapped[date]
    until: Mapped[date | None]
    remark: Mapped[str | None]


class Retirement(Record):
    """A member who retired with honours: the day, how it was marked, and who spoke with the member."""

    __tablename__ = "retirements"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    retired_on: Mapped[date]
    held_on: Mapped[date | None]
    form: Mapped[str | None]
    keepsake: Mapped[str | None]
    talker: Mapped[str | None]
    remark: Mapped[str | None]


def second(session: Session, member_id: int, values: Mapping[str, Any]) -> Secondment:
    """Enters that a member was sent to a task force; FieldError for days that run backwards."""
    member = find_by_id(session, member_id)
    given = {key: values.get(key) for key in SECONDMENT_FIELDS}
    _check_secondment(given)
    added = Secondment(member_id=member.id, **given)
    session.add(added)
    session.flush()
    return added


def change_secondment(session: Session, secondment_id: int, values: Mapping[str, Any]) -> None:
    """Changes what is given of a secondment, as its end."""
    found = numbered(session, Secondment, secondment_id, "抽调记录")
    _check_secondment({key: values.get(key, getattr(found, key)) for key in SECONDMENT_FIELDS})
    assign(found, {key: values[key] for key in SECONDMENT_FIELDS if key in values})
    session.flush()


def _check_secondment(given: Mapping[str, Any]) -> None:
    if not given["body"]:
        raise FieldError("body", "请填写专班名称。")
    if given["since"] is None:
        raise FieldError("since", "请填写抽调开始的日期。")
    if given["until"] is not None and given["until"] < given["since"]:
        raise FieldError("until", f"结束日期 {given['until']} 早于开始日期 {given['since']}。")


def retire(session: Session, member_id: int, values: Mapping[str, Any]) -> Retirement:
    """Enters a member's honourable retirement; dues and category are assessed anew by hand.

    FieldError without a day, and for a member who is entered already.
    """
    member = find_by_id(session, member_id)
    entered = session.scalar(select(Retirement.retired_on).where(Retirement.member_id == member.id))
    if entered is not None:
        raise FieldError("retired_on", f"{member.name}已经登记过荣退（{entered}），请修改那一条。")
    given = {key: values.get(key) for key in RETIREMENT_FIELDS}
    _check_retirement(given)
    added = Retirement(member_id=member.id, **given)
    session.add(added)
    session.flush()
    return added


def change_retirement(session: Session, retirement_id: int, values: Mapping[str, Any]) -> None:
    """Changes what is given of a retirement."""
    found = numbered(session, Retirement, retirement_id, "荣退记录")
    _check_retirement({key: values.get(key, getattr(found, key)) for key in RETIREMENT_FIELDS})
    assign(found, {key: values[key] for key in RETIREMENT_FIELDS if key in values})
    session.flush()


def _check_retirement(given: Mapping[str, Any]) -> None:
    if given["retired_on"] is None:
        raise FieldError("retired_on", "请填写荣退日期。")


def remove(session: Session, record_type: type[Secondment] | type[Retirement], record_id: int) -> None:
    """Removes a secondment or retirement entered by mistake."""
    found = numbered(session, record_type, record_id, "记录")
    session.delete(found)
    session.flush()
