"""What was promised for a day: whether it is done, under way, soon due or overdue."""

from datetime import date, timedelta
from typing import Literal

Standing = Literal["待办", "快到期", "已逾期", "已办"]
OPEN: Standing = "待办"
NEAR: Standing = "快到期"
OVERDUE: Standing = "已逾期"
DONE: Standing = "已办"
STANDINGS = (OPEN, NEAR, OVERDUE, DONE)
REMINDED_DAYS = 7


def standing(due_on: date | None, done_on: date | None, today: date, reminded_days: int = REMINDED_DAYS) -> Standing:
    """How a task stands; the day it is due on is still in time, `reminded_days` days before it are near."""
    if done_on is not None:
        return DONE
    if due_on is None:
        return OPEN
    if due_on < today:
        return OVERDUE
    return NEAR if due_on - today <= timedelta(days=reminded_days) else OPEN
