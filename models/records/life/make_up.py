"""Making up for study that was missed (补学)."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from models.base import numbered
from models.errors import FieldError, UserError
from models.records.life import activities
from models.records.life.attendance import Attendance
from models.records.members.facts import require_past
from models.rules.meetings import PRESENT


def make_up(session: Session, attendance_ids: Iterable[int], on: date | None, today: date) -> int:
    """Notes on which day those who missed activities made up for them, None takes it back; answers how many changed.

    FieldError for a day to come or before the activity, UserError for somebody who was there. A filed record stays as
    it is: making up comes after it.
    """
    changed = 0
    if on is not None:
        require_past("made_up_on", on, today)
    for number in attendance_ids:
        missed = numbered(session, Attendance, number, "考勤记录")
        if missed.state in (None, PRESENT):
            raise UserError("只有请假、公出、缺席的人要补学。")
        held_on = activities.find(session, missed.activity_id).held_on
        if on is not None and held_on is not None and on < held_on:
            raise FieldError("made_up_on", f"补学日期 {on} 早于活动日期 {held_on}。")
        if missed.made_up_on != on:
            missed.made_up_on = on
            changed += 1
    session.flush()
    return changed
