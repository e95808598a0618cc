"""Who may vote at an activity and who of them came: taken from its roll, without those not counted."""

from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from models.errors import FieldError, UserError
from models.records.life import activities
from models.records.life.activities import HELD, RECORDING, Activity
from models.records.life.attendance import Attendance
from models.records.life.exclusions import Exclusion
from models.rules.meetings import PRESENT


@dataclass(frozen=True)
class Voters:
    """People with a vote: how many should come and came, how many are not counted; `guests` came without a vote."""

    entitled: int
    present: int
    excluded: int = 0
    guests: int = 0


def voters(session: Session, activity_id: int) -> Voters | None:
    """What the roll of an activity says; None where nobody is on it."""
    excluded = select(Exclusion.member_id).where(Exclusion.activity_id == activity_id)
    vote, out = Attendance.voting.is_(True), Attendance.member_id.in_(excluded)
    came, called = Attendance.state == PRESENT, Attendance.entitled.is_(True)
    on_roll, entitled, present, left_out, guests = session.execute(
        select(
            func.count(),
            *(
                func.coalesce(func.sum(case((met, 1), else_=0)), 0)
                for met in (vote & ~out, vote & ~out & came, vote & out, called & ~vote & came)
            ),
        ).where(Attendance.activity_id == activity_id)
    ).one()
    return Voters(entitled, present, left_out, guests) if on_roll else None


def taken(session: Session, activity_id: int, entitled: int | None, present: int | None) -> tuple[int, int]:
    """How many should come and came to a vote: the roll's numbers, where there is a roll; FieldError otherwise.

    What is stated must agree with the roll, which is never overruled silently.
    """
    on_roll = voters(session, activity_id)
    if on_roll is None:
        if entitled is None or present is None:
            field = "entitled" if entitled is None else "present"
            raise FieldError(field, "这次会议没有点名，请填写有表决权的应到和实到人数。")
        return entitled, present
    for field, stated, counted in (("entitled", entitled, on_roll.entitled), ("present", present, on_roll.present)):
        if stated not in (None, counted):
            what = "应到" if field == "entitled" else "实到"
            raise FieldError(
                field, f"点名的结果是有表决权的{what} {counted} 人，与填写的 {stated} 人不符，请先核对点名。"
            )
    return on_roll.entitled, on_roll.present


def open_activity(session: Session, activity_id: int) -> Activity:
    """The activity, if votes can be entered in its record; UserError before it is held and once it is filed."""
    found = activities.find(session, activity_id)
    if found.state not in HELD:
        raise UserError("会议还没有开始记录，请先登记召开，再记表决。")
    if found.state != RECORDING:
        raise UserError("这份记录已经定稿，请先重新打开再修改。")
    return found
