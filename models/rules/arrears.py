"""The ladder of arrears: how long a run of unpaid months is, and what a branch does at each stage.

Source: 党章第九条, 中组发〔2008〕3号 articles 12–13. Six months never change a status by themselves: the general
meeting decides. The earlier stages are the project's own (rules.md §1.5).
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

DueState = Literal["paid", "part", "unpaid", "waiting", "excused", "exempt", "not_due", "unassessed"]
SIX_MONTHS = 6


def state_of(due: Decimal, paid: Decimal) -> DueState:
    """How a due of so many yuan stands.

    `waiting` (paid later by arrangement) and `excused` (a reason was accepted) are for whoever knows of one to say.
    """
    if due == 0:
        return "exempt"
    if paid >= due:
        return "paid"
    return "part" if paid > 0 else "unpaid"


def run_of_unpaid(states: Sequence[DueState]) -> int:
    """How many months at the end of `states` (in order of time) are unpaid; anything else ends the run."""
    run = 0
    for state in reversed(states):
        if state != "unpaid":
            break
        run += 1
    return run


def warning(run: int) -> str:
    """What the branch should do about a run of unpaid months; empty for none."""
    if run >= SIX_MONTHS:
        return "达到六个月，请支部研究"
    if run == SIX_MONTHS - 1:
        return "红色预警"
    return ("", "未交", "催交", "批评教育", "批评教育")[run]
