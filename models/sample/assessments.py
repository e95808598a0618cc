"""Of the invented branch: worksheets that give the bases its members have, applications F07, arrangements."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records.dues import arrangements, assessments, payscale, reductions, worksheets
from models.records.dues.assessments import Assessment
from models.records.members.members import Member
from models.rules.arrangements import PROXY, QUARTERLY
from models.rules.dues import rounded
from models.rules.periods import Month
from models.rules.worksheet import worksheet

_TEN = Decimal(10)
_OFF = (
    ("个人所得税", "0.02"), ("养老保险", "0.08"), ("医疗保险", "0.02"), ("职业年金", "0.04"), ("住房公积金", "0.12"),
)  # fmt: skip


def fill_in_worksheets(session: Session, branch_id: int) -> None:
    """Fills in the items of those in the branch who are paid by the month or draw a pension."""
    scale = payscale.read(session)[-1]
    known = assessments.by_member(session)
    for member in session.scalars(select(Member).where(Member.branch_id == branch_id).order_by(Member.id)):
        lasting = next((each for each in known.get(member.id, ()) if each.amount is None and each.dues_base), None)
        kind = worksheets.likely_kind(scale, member)
        if lasting is None or kind is None or lasting.dues_category != scale.kinds[kind].category:
            continue
        text = worksheet(scale, kind, _items(kind, lasting)).text()
        assessments.save_one(session, member.id, {"worksheet": text}, lasting.id)


def _items(kind: str, lasting: Assessment) -> Mapping[str, Decimal]:
    """Items that come to the base of the assessment."""
    base = lasting.dues_base
    assert base is not None
    if kind == "离退休":
        return {"基本离退休费": base}
    off = {item: rounded(base * Decimal(share), "元四舍五入") for item, share in _OFF}
    gross = base + sum(off.values())
    post, grade, work = (rounded(gross * share / _TEN, "元四舍五入") for share in (2, 4, 3))
    return {"职务工资": post, "级别工资": grade, "工作性津贴": work, "生活性补贴": gross - post - grade - work, **off}


def file_terms(session: Session, ids: Mapping[str, int], first: Month, last: Month) -> None:
    """Files the applications behind the reductions of the branch, one still under way, and two arrangements."""
    before = first + -1
    decided = {"applied_on": before.first_day, "decided_on": before.first_day, "from_month": first, "to_month": last}
    approved = {"approver": "示例局机关党委", "approval_no": "示机党〔2026〕7号", "approved_on": before.last_day}
    ill = {"amount": Decimal("20.00"), "cause": "本人患病，长期治疗，家庭支出较大"}
    alone = {"amount": Decimal("0.00"), "cause": "独居，护理支出较大，生活确有困难"}
    reductions.save_one(session, ids["姜秀兰"], decided | ill | approved)
    reductions.save_one(session, ids["喻璟"], decided | alone)
    later = {"from_month": last + 1, "to_month": last + 6, "applied_on": last.first_day, "decided_on": last.first_day}
    reductions.save_one(session, ids["严晔"], later | {"amount": Decimal("10.00"), "cause": "配偶重病，医疗支出较大"})
    agreed = {"from_month": first, "agreed_on": before.first_day}
    arrangements.save_one(session, ids["沈衡"], agreed | {"kind": PROXY, "proxy": "沈明（子）"})
    arrangements.save_one(session, ids["施蘅"], agreed | {"kind": QUARTERLY, "remark": "行动不便，季末上门收取"})
