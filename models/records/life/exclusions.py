"""Members not counted among those who should come to a vote (不计入应到会), with reason, approval and consent.

Source: 中国共产党基层组织选举工作条例 (2020): approved by the organisation above, and agreed to by the meeting.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ForeignKey, UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.errors import FieldError
from models.kinds import tidy
from models.records.life import activities
from models.records.life.attendance import Attendance
from models.records.members.members import find_by_id
from models.rules.meetings import PRESENT

REASONS = (
    "因病不能表达本人意志",
    "自费出国半年以上",
    "正在服刑或受监督考察",
    "年老体弱卧床不起，或长期生病生活不能自理",
    "外出半年以上，应转而没有转走组织关系",
    "离退休后回原籍长期居住，没有转走组织关系",
)


class Exclusion(Record):
    """A member who is not counted at one activity; `approved_by` says who approved above, and when or by what paper."""

    __tablename__ = "exclusions"
    __table_args__ = (UniqueConstraint("activity_id", "member_id"),)

    activity_id: Mapped[int] = mapped_column(ForeignKey("activities.id"), index=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id"), index=True)
    reason: Mapped[str]
    approved_by: Mapped[str]


def exclude(session: Session, activity_id: int, member_id: int, values: Mapping[str, Any]) -> Exclusion:
    """Takes a member out of those who should come; FieldError without reason, approval and the meeting's consent."""
    activities.require_open(activities.find(session, activity_id))
    called = session.scalars(
        select(Attendance).where(Attendance.activity_id == activity_id, Attendance.member_id == member_id)
    ).first()
    name = find_by_id(session, member_id).name
    if called is None or not called.voting:
        raise FieldError("who", f"{name}不在这次会议有表决权的名单里。")
    if called.state == PRESENT:
        raise FieldError("who", f"{name}到会了，不能不计入应到会。")
    reason, approved_by = tidy(values.get("reason")), tidy(values.get("approved_by"))
    if not reason:
        raise FieldError("reason", "请写明不计入应到会的原因。")
    if not approved_by:
        raise FieldError("approved_by", "须经上级党组织同意，请写明批准的组织和日期。")
    if not values.get("agreed"):
        raise FieldError("agreed", "还须经党员大会同意；大会没有同意的，照常计入应到会。")
    if any(each.member_id == member_id for each in of(session, activity_id)):
        raise FieldError("who", f"{name}已经登记过。")
    added = Exclusion(activity_id=activity_id, member_id=member_id, reason=reason, approved_by=approved_by)
    session.add(added)
    session.flush()
    return added


def count_again(session: Session, exclusion_id: int) -> None:
    """Counts a member again who was excluded by mistake."""
    found = numbered(session, Exclusion, exclusion_id, "不计入应到会的记录")
    activities.require_open(activities.find(session, found.activity_id))
    session.delete(found)
    session.flush()


def of(session: Session, activity_id: int) -> Sequence[Exclusion]:
    """Who is not counted at an activity, in order of entry."""
    chosen = select(Exclusion).where(Exclusion.activity_id == activity_id)
    return session.scalars(chosen.order_by(Exclusion.id)).all()
