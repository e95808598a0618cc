"""帮扶资金来源: what came into each source, what rounds handed out of it, and what is left."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.kinds import CODE, DAY, MONEY, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.records.care.funds import DUES, SORTS, CareFund, CareFundEntry
from models.records.care.rounds import CareGift, CareHandout, CarePart, CareRound, still_stands

ZERO = Decimal(0)
FUND = Choice(SORTS, open=True)


@dataclass(frozen=True, slots=True)
class FundRow:
    """A movement of a source in yuan; `balance` is its own after it, None for dues, whose book is elsewhere."""

    id: int | None
    fund: str
    on: date
    summary: str
    income: Decimal | None
    spending: Decimal | None
    balance: Decimal | None
    document: str | None
    remark: str | None
    standing: bool


def fund_rows(session: Session, view: View) -> list[FundRow]:
    """The movements of the period by source and day, with the balance carried through from the first."""
    first, last = view.period.first.first_day, view.period.last.last_day
    undone = set(session.scalars(select(CareFundEntry.reverses_id).where(CareFundEntry.reverses_id.is_not(None))))
    rows, left = [], dict[str, Decimal]()
    moved = sorted([*_came(session), *_went(session)], key=lambda each: (each[0].id, each[1], each[2] is None))
    for fund, on, entry, summary, amount in moved:
        left[fund.name] = left.get(fund.name, ZERO) + amount
        if not first <= on <= last:
            continue
        rows.append(
            FundRow(
                id=entry.id if entry is not None else None,
                fund=fund.name,
                on=on,
                summary=summary,
                income=amount if entry is not None else None,
                spending=-amount if entry is None else None,
                balance=left[fund.name] if fund.sort != DUES else None,
                document=entry.document if entry is not None else None,
                remark=entry.remark if entry is not None else None,
                standing=entry is not None and entry.reverses_id is None and entry.id not in undone,
            )
        )
    return rows


_Moved = tuple[CareFund, date, CareFundEntry | None, str, Decimal]


def _came(session: Session) -> list[_Moved]:
    chosen = select(CareFund, CareFundEntry).join(CareFundEntry, CareFundEntry.fund_id == CareFund.id)
    return [
        (fund, entry.on, entry, "冲销到账" if entry.reverses_id is not None else "到账", entry.amount)
        for fund, entry in session.execute(chosen)
    ]


def _went(session: Session) -> list[_Moved]:
    chosen = (
        select(CareFund, CareHandout.on, CareRound.name, func.sum(CarePart.amount))
        .join(CarePart, CarePart.fund_id == CareFund.id)
        .join(CareGift, CareGift.id == CarePart.gift_id)
        .join(CareRound, CareRound.id == CareGift.round_id)
        .join(CareHandout, CareHandout.gift_id == CareGift.id)
        .where(still_stands())
        .group_by(CareFund.id, CareHandout.on, CareRound.id)
    )
    return [(fund, on, None, f"{name}发放", -amount) for fund, on, name, amount in session.execute(chosen)]


CARE_FUNDS = Ledger(
    name="care_funds",
    title="帮扶资金来源",
    columns=(
        Column("fund", "资金来源", FUND, 11, entered=False),
        Column("on", "日期", DAY, 11, entered=False),
        Column("summary", "摘要", TEXT, 22, entered=False),
        Column("income", "到账", MONEY, 11, entered=False, totalled=True),
        Column("spending", "发放", MONEY, 11, entered=False, totalled=True),
        Column("balance", "结余", MONEY, 11, entered=False),
        Column("document", "文号或凭证", CODE, 16, entered=False),
        Column("remark", "备注", TEXT, 14, entered=False),
    ),
    rows=fund_rows,
    span="year",
    signatures=("支部书记：", "经办人：{maker}", "填表日期：{date}"),
    note="党费的到账和结余见“党费收支台账”，这里只列发放。慰问品不计入金额。",
    empty="这一年还没有登记帮扶资金。上级下拨、行政经费、工会经费、捐赠到账时，按 Ctrl+N 登记。",
)
