"""What a data file holds in a few figures, to lay a backup beside the file it was made from."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.audit import Operation
from models.kinds import MONEY
from models.ledgers.trail import local
from models.records.dues import months
from models.records.dues.payments import Payment
from models.records.dues.remittances import Remittance
from models.records.members.members import IN_THE_BRANCH, Member


@dataclass(frozen=True)
class Figure:
    """One figure of a data file in words."""

    name: str
    text: str


def figures(session: Session) -> Sequence[Figure]:
    """Members, months, money and changes of a file."""
    present = session.scalar(select(func.count()).where(Member.status == IN_THE_BRANCH))
    everybody = session.scalar(select(func.count(Member.id)))
    opened = months.opened(session)
    payments, paid = session.execute(select(func.count(Payment.id), func.sum(Payment.amount))).one()
    handed = session.scalar(select(func.sum(Remittance.amount)))
    changes, last = session.execute(select(func.count(Operation.id), func.max(Operation.at))).one()
    return (
        Figure("在册党员", f"{present} 人"),
        Figure("名册总数（含已离开）", f"{everybody} 人"),
        Figure("已开账的月份", f"{len(opened)} 个" + (f"，到{opened[-1].chinese}" if opened else "")),
        Figure("交纳记录", f"{payments} 笔"),
        Figure("实交合计", f"{MONEY.show(paid or Decimal(0))} 元"),
        Figure("上缴合计", f"{MONEY.show(handed or Decimal(0))} 元"),
        Figure("操作记录", f"{changes} 条"),
        Figure("最后一次改动", local(last) if last else "没有"),
    )
