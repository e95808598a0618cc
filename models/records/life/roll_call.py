"""Calling the roll of a record that is open: a filed one says who came for good."""

from collections.abc import Mapping

from sqlalchemy.orm import Session

from models.records.life import activities, attendance
from models.records.life.attendance import Attendance, Mark


def mark(session: Session, activity_id: int, marks: Mapping[int, Mark]) -> None:
    """Says who came, as attendance.mark does; UserError for a filed record."""
    attendance.mark(session, _open(session, activity_id), marks)


def bring(session: Session, activity_id: int, member_id: int, called: bool = False) -> Attendance:
    """Adds a guest, or with `called` one of those who take part; UserError for a filed record."""
    return attendance.bring(session, _open(session, activity_id), member_id, called)


def take_off(session: Session, activity_id: int, member_id: int) -> None:
    """Takes somebody off the list; UserError for a filed record."""
    attendance.take_off(session, _open(session, activity_id), member_id)


def set_dual(session: Session, activity_id: int, member_id: int, dual: bool) -> None:
    """Says that a leading cadre attended as an ordinary member, or takes it back; UserError for a filed record."""
    attendance.set_dual(session, _open(session, activity_id), member_id, dual)


def _open(session: Session, activity_id: int) -> int:
    found = activities.find(session, activity_id)
    activities.require_open(found)
    return found.id
