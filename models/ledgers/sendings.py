"""报送登记: what was sent up the chain, one line a sending."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from models.kinds import DAY, FLAG, NUMBER, TEXT
from models.ledger import Column, Ledger, View
from models.records.members.organisation import Organisation
from models.records.sendings import Sending, SentTable
from models.rules.periods import Period


@dataclass(frozen=True, slots=True)
class SendingRow:
    """One sending; `what` names its tables."""

    id: int
    sent_on: date
    recipient: str
    what: str
    period: str
    branch: str
    tables: int
    form: str
    locked: bool
    file_name: str
    sender: str
    remark: str | None


def sending_rows(session: Session, view: View) -> list[SendingRow]:
    """The sendings made on the days of a period, the latest first; of a branch its own and those of the whole file."""
    days = Sending.sent_on.between(view.period.first.first_day, view.period.last.last_day)
    chosen = select(Sending).where(days).order_by(Sending.sent_on.desc(), Sending.id.desc())
    if view.branch_id is not None:
        chosen = chosen.where(or_(Sending.branch_id == view.branch_id, Sending.branch_id.is_(None)))
    branches = {each.id: each.name for each in session.scalars(select(Organisation))}
    held: dict[int, list[str]] = {}
    for sending_id, heading in session.execute(select(SentTable.sending_id, SentTable.heading).order_by(SentTable.id)):
        held.setdefault(sending_id, []).append(heading)
    return [
        SendingRow(
            id=each.id,
            sent_on=each.sent_on,
            recipient=each.recipient,
            what="、".join(held.get(each.id, ())),
            period=Period(each.first_month, each.last_month).chinese,
            branch=branches[each.branch_id] if each.branch_id is not None else "全部",
            tables=len(held.get(each.id, ())),
            form=each.form,
            locked=each.locked,
            file_name=each.file_name,
            sender=each.sender,
            remark=each.remark,
        )
        for each in session.scalars(chosen)
    ]


SENDINGS = Ledger(
    name="sendings",
    title="报送登记",
    columns=(
        Column("sent_on", "报送日期", DAY, 11, entered=False),
        Column("recipient", "报送给", TEXT, 16, entered=False),
        Column("what", "报送内容", TEXT, 30, entered=False),
        Column("period", "所属期", TEXT, 11, entered=False),
        Column("branch", "范围", TEXT, 12, entered=False),
        Column("tables", "张数", NUMBER, 5, entered=False),
        Column("form", "形式", TEXT, 14, entered=False),
        Column("locked", "加密", FLAG, 5, entered=False),
        Column("file_name", "文件名", TEXT, 20, entered=False),
        Column("sender", "报送人", TEXT, 9, entered=False),
        Column("remark", "备注", TEXT, 14, entered=False),
    ),
    rows=sending_rows,
    span="year",
    lines=("填报单位：{unit}", "", "截至{date}"),
    signatures=("支部书记：", "填表人：{maker}", "填表日期：{date}"),
    empty="这一年还没有报送过。按“上报”把台账汇成一份送出去，这里会记下来。",
)


def recipients(session: Session) -> tuple[str, ...]:
    """Who got something before, the latest first."""
    return tuple(dict.fromkeys(session.scalars(select(Sending.recipient).order_by(Sending.id.desc()))))
