"""The list of sources of funds that a branch keeps for itself: added, renamed, stopped, and removed while unused."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.base import numbered
from models.errors import FieldError, UserError
from models.kinds import tidy
from models.records.care.funds import DUES, OTHER, SORTS, CareFund, CareFundEntry, fund_named
from models.records.care.rounds import CareGift, CarePart, CareVoucher


def add(session: Session, values: Mapping[str, Any]) -> CareFund:
    """A new source: name, sort (a usual one or 其他) and remark; FieldError where there is one of the name."""
    name = _free_name(session, values.get("name"), None)
    sort = tidy(values.get("sort")) or OTHER
    if sort in SORTS:
        fund_named(session, sort)  # the usual one stays beside those of its sort
    made = CareFund(name=name, sort=_sort(sort), remark=tidy(values.get("remark")) or None)
    session.add(made)
    session.flush()
    return made


def change(session: Session, fund_id: int, values: Mapping[str, Any]) -> CareFund:
    """Renames a source everywhere; that of dues keeps its name, for the cash book of dues is its book."""
    found = numbered(session, CareFund, fund_id, "资金来源")
    name = _free_name(session, values.get("name"), found)
    if found.sort == DUES and (name, tidy(values.get("sort"))) != (found.name, DUES):
        raise FieldError("name", "“党费”与党费收支台账相连，不能改名。")
    if found.sort != DUES:
        found.sort = _sort(tidy(values.get("sort")) or found.sort)
    found.name, found.remark = name, tidy(values.get("remark")) or None
    session.flush()
    return found


def stop(session: Session, fund_id: int, on: date) -> CareFund:
    """Stops a source from `on`: what was recorded of it stays, nothing new is taken from it."""
    found = numbered(session, CareFund, fund_id, "资金来源")
    if found.stopped_on is not None:
        raise UserError(f"“{found.name}”已在 {found.stopped_on} 停用。")
    found.stopped_on = on
    session.flush()
    return found


def resume(session: Session, fund_id: int) -> CareFund:
    """Lets a source that was stopped be used again."""
    found = numbered(session, CareFund, fund_id, "资金来源")
    if found.stopped_on is None:
        raise UserError(f"“{found.name}”没有停用。")
    found.stopped_on = None
    session.flush()
    return found


def remove(session: Session, fund_id: int) -> None:
    """Removes a source that was never used; UserError for another and for the usual ones, which are stopped."""
    found = numbered(session, CareFund, fund_id, "资金来源")
    if found.name in SORTS:
        raise UserError(f"“{found.name}”是通用来源，不能删除；不用的请停用。")
    if is_used(session, fund_id):
        raise UserError(f"“{found.name}”已经有到账、发放或凭证，不能删除；不再使用的请停用。")
    session.delete(found)
    session.flush()


def is_used(session: Session, fund_id: int) -> bool:
    """Whether money came into a source, or a gift or voucher names it."""
    naming = (CareFundEntry.fund_id, CarePart.fund_id, CareVoucher.fund_id, CareGift.goods_fund_id)
    return any(session.scalar(select(key).where(key == fund_id).limit(1)) is not None for key in naming)


def _free_name(session: Session, said: str | None, own: CareFund | None) -> str:
    name = tidy(said)
    if not name:
        raise FieldError("name", "请填写来源名称。")
    if any(mark in name for mark in "；;") or name[-1].isdigit():
        raise FieldError("name", "来源名称里不能有分号，也不能以数字结尾：几个来源的金额写在一起时会分不清。")
    same = session.scalars(select(CareFund).where(CareFund.name == name)).first()
    reserved = name in SORTS and (own is None or own.sort != name)
    if reserved or (same is not None and same is not own):
        raise FieldError("name", f"已经有“{name}”，请换一个名称。")
    return name


def _sort(said: str) -> str:
    if said == DUES:
        raise FieldError("sort", "党费只有一个来源，它的收支在党费收支台账里。")
    return said if said in SORTS else OTHER
