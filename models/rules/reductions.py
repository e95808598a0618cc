"""Reduced dues and exemptions: who has to decide, and from when the decision counts.

Sources: 中组发〔2008〕3号 art. 7 (the branch studies, the next higher committee approves); 组电明字〔2017〕5号 (for the
retired in real hardship the branch's own decision is enough).
"""

from datetime import date
from typing import Literal

State = Literal["申请中", "待上级批准", "已生效", "不同意"]
RETIRED = "离退休"


def state_of(category: str | None, decided_on: date | None, approved_on: date | None, refused_on: date | None) -> State:
    """How far an application is; only 已生效 changes what the member owes."""
    if refused_on is not None:
        return "不同意"
    if approved_on is not None or (decided_on is not None and category == RETIRED):
        return "已生效"
    return "申请中" if decided_on is None else "待上级批准"
