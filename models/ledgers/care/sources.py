"""资金来源一览: every source of funds with what came, what was handed out, what is planned and what is left."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.kinds import DAY, MONEY, TEXT, Choice
from models.ledger import LINES_OF_A_DAY, Column, Ledger, View
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care.funds import DUES, OTHER, SORTS, CareFund, CareFundEntry
from models.records.care.rounds import CareGift, CareHandout, CarePart, CareRound, still_stands
from models.records.dues import cash_book

ZERO = Decimal(0)
IN_USE, STOPPED = "使用", "停用"
SOURCE_SORT = Choice((*SORTS[1:], OTHER))
_STATE = Choice((IN_USE, STOPPED), tones={IN_USE: "good", STOPPED: "quiet"})


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A source, in yuan; `id` is None for a usual one never used, `came` for dues, whose book is elsewhere."""

    id: int | None
    name: str
    sort: str
    came: Decimal | None
    given: Decimal
    planned: Decimal
    left: Decimal
    state: str
    stopped_on: date | None
    remark: str | None


def source_rows(session: Session, view: View) -> list[SourceRow]:
    """Every source that can be chosen or ever was, the usual ones first."""
    known = {fund.name: fund for fund in session.scalars(select(CareFund).order_by(CareFund.id))}
    given, planned = _given(session), _planned(session)
    came = dict(
        session.execute(
            select(CareFundEntry.fund_id, func.sum(CareFundEntry.amount)).group_by(CareFundEntry.fund_id)
        ).all()
    )
    names = dict.fromkeys((*care_funds.names(session), *known))
    usual = {name: place for place, name in enumerate(SORTS)}
    ordered = sorted(names, key=lambda name: usual.get(name, len(usual)))
    return [_row(session, name, known.get(name), came, given, planned, view) for name in ordered]


def _row(
    session: Session, name: str, fund: CareFund | None, came: Mapping[int, Decimal], given: Mapping[int, Decimal],
    planned: Mapping[int, Decimal], view: View,
) -> SourceRow:  # fmt: skip
    if fund is None:
        kept = cash_book.least_from(session, view.today, view.branch_id) if name == DUES else ZERO
        return SourceRow(None, name, name, None if name == DUES else ZERO, ZERO, ZERO, kept, IN_USE, None, None)
    return SourceRow(
        id=fund.id,
        name=fund.name,
        sort=fund.sort,
        came=came.get(fund.id, ZERO) if fund.sort != DUES else None,
        given=given.get(fund.id, ZERO),
        planned=planned.get(fund.id, ZERO),
        left=care_handing.balance(session, fund, view.today, view.branch_id),
        state=IN_USE if fund.stopped_on is None else STOPPED,
        stopped_on=fund.stopped_on,
        remark=fund.remark,
    )


def _given(session: Session) -> dict[int, Decimal]:
    chosen = select(CarePart.fund_id, func.sum(CarePart.amount))
    chosen = chosen.join(CareHandout, CareHandout.gift_id == CarePart.gift_id).where(still_stands())
    return dict(session.execute(chosen.group_by(CarePart.fund_id)).all())


def _planned(session: Session) -> dict[int, Decimal]:
    """What is settled in open rounds and not handed out."""
    done = select(CareHandout.gift_id).where(still_stands())
    chosen = (
        select(CarePart.fund_id, func.sum(CarePart.amount))
        .join(CareGift, CareGift.id == CarePart.gift_id)
        .join(CareRound, CareRound.id == CareGift.round_id)
        .where(CareRound.closed_on.is_(None), CareGift.id.not_in(done))
        .group_by(CarePart.fund_id)
    )
    return dict(session.execute(chosen).all())


CARE_SOURCES = Ledger(
    name="care_sources",
    title="资金来源一览",
    columns=(
        Column("name", "来源", TEXT, 14, entered=False),
        Column("sort", "种类", TEXT, 10, entered=False),
        Column("came", "累计到账", MONEY, 12, entered=False, totalled=True),
        Column("given", "累计发放", MONEY, 12, entered=False, totalled=True),
        Column("planned", "待发放", MONEY, 12, entered=False, totalled=True),
        Column("left", "结余", MONEY, 12, entered=False),
        Column("state", "状态", _STATE, 7, entered=False),
        Column("stopped_on", "停用日期", DAY, 11, entered=False),
        Column("remark", "备注", TEXT, 18, entered=False),
    ),
    rows=source_rows,
    span="none",
    heading="{title}",
    lines=LINES_OF_A_DAY,
    signatures=("支部书记：", "经办人：{maker}", "填表日期：{date}"),
    note="党费的到账见“党费收支台账”，结余是收支台账的结余减去已发放还没有记账的。",
    orientation="portrait",
    empty="还没有资金来源。",
)
