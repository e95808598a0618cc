"""Those who were helped (受助对象): who, with what, on which day; names of pupils never leave the branch."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.errors import FieldError
from models.kinds import tidy
from models.records.members.facts import require_past

SORTS = ("困难党员", "困难群众", "困难学生", "受灾群众", "脱贫不稳定户", "边缘易致贫户", "突发严重困难户")
PUPIL = "困难学生"
FIELDS = ("drive_id", "branch_id", "name", "sort", "what", "on", "remark")


class Helped(Record):
    """Somebody who was helped; names of pupils never leave the branch."""

    __tablename__ = "donation_helped"

    drive_id: Mapped[int | None] = mapped_column(ForeignKey("donation_drives.id"), index=True)
    branch_id: Mapped[int | None] = mapped_column(ForeignKey("organisations.id"))
    name: Mapped[str]
    sort: Mapped[str]
    what: Mapped[str]
    on: Mapped[date] = mapped_column(index=True)
    remark: Mapped[str | None]


def add(session: Session, values: Mapping[str, Any], today: date) -> Helped:
    """Puts somebody on the list of those helped: FIELDS."""
    made = Helped(**_helped(values, today))
    session.add(made)
    session.flush()
    return made


def change(session: Session, number: int, values: Mapping[str, Any], today: date) -> None:
    """Changes what is said of somebody who was helped."""
    found = numbered(session, Helped, number, "受助记录")
    given = {key: values.get(key, getattr(found, key)) for key in FIELDS}
    for key, value in _helped(given, today).items():
        setattr(found, key, value)
    session.flush()


def remove(session: Session, number: int) -> None:
    """Takes somebody off the list who was put on it by mistake."""
    session.delete(numbered(session, Helped, number, "受助记录"))
    session.flush()


def _helped(values: Mapping[str, Any], today: date) -> dict[str, Any]:
    given = {key: values.get(key) for key in FIELDS}
    given |= {key: tidy(given[key]) or None for key in ("name", "sort", "what", "remark")}
    on = given["on"]
    if given["name"] is None:
        raise FieldError("name", "请填写受助人姓名。")
    if given["what"] is None:
        raise FieldError("what", "请填写帮助了什么（钱、物、事）。")
    if on is None:
        raise FieldError("on", "请填写日期。")
    require_past("on", on, today)
    return given | {"sort": given["sort"] or SORTS[1]}
