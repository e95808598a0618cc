"""Where money for care comes from: the sources (党费、上级下拨、行政经费……) and what came into each."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.errors import FieldError
from models.kinds import MONEY, tidy

DUES = "党费"
SORTS = (DUES, "上级下拨", "行政经费", "工会", "捐赠")
OTHER = "其他"


class CareFund(Record):
    """A source of funds; that of dues has its money in the cash book of dues and no entries of its own."""

    __tablename__ = "care_funds"

    name: Mapped[str] = mapped_column(unique=True)
    sort: Mapped[str]
    stopped_on: Mapped[date | None]
    remark: Mapped[str | None]


class CareFundEntry(Record):
    """Money in yuan that came into a source, above zero; a counter-entry is below and names what it reverses."""

    __tablename__ = "care_fund_entries"

    fund_id: Mapped[int] = mapped_column(ForeignKey("care_funds.id"), index=True)
    on: Mapped[date] = mapped_column(index=True)
    amount: Mapped[Decimal]
    document: Mapped[str | None]
    remark: Mapped[str | None]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("care_fund_entries.id"), unique=True)


def names(session: Session) -> tuple[str, ...]:
    """The sources that can be chosen: the usual ones but for those renamed, then those a branch added; none stopped."""
    known = session.scalars(select(CareFund).order_by(CareFund.id)).all()
    renamed = {fund.sort for fund in known} - {fund.name for fund in known}
    stopped = {fund.name for fund in known if fund.stopped_on is not None}
    every = dict.fromkeys((*(each for each in SORTS if each not in renamed), *(fund.name for fund in known)))
    return tuple(name for name in every if name not in stopped)


def fund_named(session: Session, name: str | None) -> CareFund:
    """The source of this name, begun at its first use; FieldError without a name."""
    name = tidy(name)
    if not name:
        raise FieldError("fund", "请填写资金来源。")
    found = session.scalars(select(CareFund).where(CareFund.name == name)).first()
    if found is None:
        found = CareFund(name=name, sort=name if name in SORTS else OTHER)
        session.add(found)
        session.flush()
    return found


def require_used(fund: CareFund) -> None:
    """FieldError for a source that was stopped."""
    if fund.stopped_on is not None:
        raise FieldError("fund", f"“{fund.name}”已在 {fund.stopped_on} 停用，请换一个来源，或先恢复使用。")


def receive(session: Session, values: Mapping[str, Any], today: date) -> CareFundEntry:
    """Enters money that came in: fund (name), on, amount (yuan, above zero), document and remark."""
    fund = fund_named(session, values.get("fund"))
    require_used(fund)
    if fund.sort == DUES:
        raise FieldError("fund", "党费的收入登记在“党费收支台账”，这里按它的结余计算，不重复登记。")
    on = values.get("on")
    if on is None:
        raise FieldError("on", "请填写到账日期。")
    if on > today:
        raise FieldError("on", f"{on} 还没有到，到账后再登记。")
    entry = CareFundEntry(
        fund_id=fund.id,
        on=on,
        amount=amount_of(values.get("amount")),
        document=tidy(values.get("document")) or None,
        remark=tidy(values.get("remark")) or None,
    )
    session.add(entry)
    session.flush()
    return entry


def amount_of(value: Any, key: str = "amount") -> Decimal:
    """An amount in yuan above zero; FieldError for what is none."""
    try:
        amount = MONEY.read(value)
    except ValueError as error:
        raise FieldError(key, str(error)) from None
    if amount is None or amount <= 0:
        raise FieldError(key, "金额应大于零。")
    return amount


def entries(session: Session) -> Sequence[CareFundEntry]:
    """All that came in and what was reversed of it, by day."""
    return session.scalars(select(CareFundEntry).order_by(CareFundEntry.on, CareFundEntry.id)).all()
