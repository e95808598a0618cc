"""Erasures: that what the file knew of a person was taken out for good, the lines of the trail included."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session

from models.base import Record
from models.errors import UserError


class Erasure(Record):
    """One erasing; `whose` says of whom by number alone, never by name.

    `lines` is JSON: by number of a line of the trail the fingerprint of what was left of it, so that a line without
    its words is still known from one that somebody altered.
    """

    __tablename__ = "erasures"

    on: Mapped[date]
    whose: Mapped[str]
    lines: Mapped[str]


def member(member_id: int) -> str:
    """How an erasing says whose it is."""
    return f"党员（编号 {member_id}）"


def is_erased(session: Session, whose: str) -> bool:
    """Whether the person was erased."""
    return session.scalars(select(Erasure.id).where(Erasure.whose == whose)).first() is not None


def require_known(session: Session, member_id: int) -> None:
    """UserError for a member who was erased: nothing can be known of that person any more."""
    if is_erased(session, member(member_id)):
        raise UserError("这一位的个人信息已经彻底删除，不能再修改，也不能恢复在册。")
