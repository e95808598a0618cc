"""Of the invented branch: the worksheets of the first branch, which give the bases that its members already have."""

from collections.abc import Mapping
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.records import assessments, payscale, worksheets
from models.records.assessments import Assessment
from models.records.members import Member
from models.rules.dues import rounded
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
