"""The by-election of the invented third branch: two candidates for a seat that became free."""

from datetime import date, timedelta

from sqlalchemy.orm import Session

from models.records.dues.months import rest_days
from models.records.life import elections
from models.records.life.activities import Activity
from models.records.members.members import find
from models.rules.cadence import is_workday
from models.sample.programme import Occasion, texts

_BEFORE_THE_SEAT = timedelta(days=61)  # the elected sits in the committee from the day after
_THEME = "增补支部委员会委员"
_WON, _LOST = "谢瑾", "窦皓"


def occasion(today: date) -> Occasion:
    """The meeting, on the last working day before the elected came into the committee."""
    known = dict(texts("general_meetings")["by_election"])
    day, rest = today - _BEFORE_THE_SEAT, rest_days()
    while not is_workday(day, *rest):
        day -= timedelta(days=1)
    branch, text = known.pop("branch"), known.pop("text")
    return Occasion("general_meeting", branch, None, day, text, None, known)


def elect(session: Session, meeting: Activity) -> None:
    """Enters the election at its meeting while the record is open; at others nothing happens."""
    if meeting.theme != _THEME:
        return
    made = elections.call(session, meeting.id, {
        "body": "第三党支部委员会", "post": "委员", "seats": 1, "teller": "葛玮", "counters": "苏湉、彭祺",
    })  # fmt: skip
    won = elections.nominate(session, made.id, find(session, _WON).id, "工作细致，熟悉党务，群众反映好。")
    lost = elections.nominate(session, made.id, find(session, _LOST).id, "责任心强，安全工作有经验。")
    votes = {
        won.id: {"favour": made.present - 3, "against": 2, "abstained": 1},
        lost.id: {"favour": 3, "against": made.present - 4, "abstained": 1},
    }
    elections.count(session, made.id, {"issued": made.present, "returned": made.present, "spoilt": 0}, votes)
