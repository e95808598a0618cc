"""Handing out the gifts of a round, closing it against its vouchers, and what is left of each source."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.base import numbered
from models.errors import FieldError, UserError
from models.kinds import tidy
from models.records.care import cases as care_cases
from models.records.care.funds import DUES, CareFund, CareFundEntry
from models.records.care.rounds import (
    CareGift,
    CareHandout,
    CarePart,
    CareRound,
    CareVoucher,
    require_open,
    require_waiting,
    still_stands,
)
from models.records.dues import cash_book
from models.records.dues.spending import SpendingRequest
from models.records.members.members import IN_THE_BRANCH, Member
from models.records.reversing import reason_given, reversible
from models.rules.rounds import Compared, compared, differing

ZERO = Decimal(0)
_USE = "慰问困难党员"


def hand_out(session: Session, gift_id: int, values: Mapping[str, Any], today: date) -> CareHandout:
    """Records that a gift was handed out: on, receiver and relation (both None: the person), handler, witness, word.

    FieldError for a proxy without a relation, a person who is gone without a word, a source that has not enough, and
    dues without the decision taken together (中组发〔2008〕3号 art. 20).
    """
    gift = require_waiting(session, gift_id)
    on = values.get("on") or today
    if on > today:
        raise FieldError("on", f"{on} 还没有到，发放以后再登记。")
    handler = require_open(session, gift.round_id).handler
    receiver, relation = tidy(values.get("receiver")) or gift.name, tidy(values.get("relation")) or None
    if receiver != gift.name and relation is None:
        raise FieldError("relation", f"由{receiver}代领，请写明与本人的关系。")
    word, gone = tidy(values.get("word")) or None, changed_since(session, gift)
    if gone and word is None:
        raise FieldError("word", f"{gift.name}{gone}，发放前请写明如何处理（如由家属代领）。")
    parts = _parts(session, gift_id)
    if not parts and gift.goods is None:
        raise UserError(f"{gift.name}还没有设定慰问金或慰问品。")
    _require_means(session, gift, parts, on)
    made = CareHandout(
        gift_id=gift_id, on=on, amount=sum(parts.values(), ZERO), receiver=receiver, relation=relation, word=word,
        handler=tidy(values.get("handler")) or handler, witness=tidy(values.get("witness")) or None,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def reverse_handout(session: Session, handout_id: int, reason: str | None, on: date) -> CareHandout:
    """Cancels a hand-out by a counter-entry; nothing is deleted. UserError when it cannot be."""
    found = reversible(session, CareHandout, handout_id, "发放记录", "重新发放")
    gift = numbered(session, CareGift, found.gift_id, "慰问记录")
    require_open(session, gift.round_id)
    reason = reason_given(reason)
    if on < found.on:
        raise FieldError("on", f"这一笔是 {found.on} 发放的，冲销不能早于发放。")
    counter = CareHandout(
        gift_id=found.gift_id, on=on, amount=-found.amount, receiver=found.receiver, relation=found.relation,
        handler=found.handler, witness=found.witness, reason=reason, reverses_id=found.id,
    )  # fmt: skip
    session.add(counter)
    session.flush()
    return counter


def reverse_entry(session: Session, entry_id: int, reason: str | None, on: date) -> CareFundEntry:
    """Cancels money that came into a source by a counter-entry; UserError where it was handed out already."""
    found, reason = reversible(session, CareFundEntry, entry_id, "资金记录"), reason_given(reason)
    left = balance(session, numbered(session, CareFund, found.fund_id, "资金来源"), on)
    if found.amount > left:
        raise UserError(f"这笔钱已经发放了一部分，结余只有 {left:,.2f} 元，不能冲销 {found.amount:,.2f} 元。")
    counter = CareFundEntry(
        fund_id=found.fund_id, on=on, amount=-found.amount, document=found.document, remark=f"冲销：{reason}",
        reverses_id=found.id,
    )  # fmt: skip
    session.add(counter)
    session.flush()
    return counter


def close(session: Session, round_id: int, on: date, explained: str | None = None) -> CareRound:
    """Closes a round on a day and books what came from dues into the cash book, once.

    FieldError where anybody still waits or vouchers do not make up what was handed out, and nothing explains it.
    """
    found = require_open(session, round_id)
    explained = tidy(explained) or None
    done, gave = handed(session, round_id), given(session, round_id)
    waiting = [gift.name for gift in gifts(session, round_id) if gift.id not in done]
    apart = differing(gave, vouched(session, round_id))
    if not done:
        raise UserError(f"{found.name}还没有发放过，不能办结。")
    if on < (latest := max(each.on for each in done.values())):
        raise FieldError("on", f"最后一笔是 {latest} 发放的，办结不能早于发放。")
    if explained is None and waiting:
        raise FieldError("explained", f"还有 {len(waiting)} 人没有发放，请先发放，或写明原因。")
    if explained is None and apart:
        raise FieldError("explained", f"凭证与发放不符：{'；'.join(map(told, apart))}。请核对，或写明原因。")
    if dues := gave.get(DUES, ZERO):
        found.cash_entry_id = _book(session, found, dues, on)
    found.closed_on, found.explained = on, explained
    session.flush()
    return found


def reopen(session: Session, round_id: int, reason: str | None, on: date) -> CareRound:
    """Opens a closed round again; what was booked of dues is reversed in the cash book."""
    found = numbered(session, CareRound, round_id, "慰问")
    if found.closed_on is None:
        raise UserError(f"{found.name}没有办结，不用重新打开。")
    reason = tidy(reason)
    if not reason:
        raise FieldError("reason", "请写明重新打开的原因。")
    if found.cash_entry_id is not None:
        cash_book.reverse(session, found.cash_entry_id, f"{found.name}重新打开", on)
    found.closed_on = found.cash_entry_id = None
    found.reopened = "；".join(filter(None, (found.reopened, f"{on} {reason}")))
    session.flush()
    return found


def told(each: Compared) -> str:
    """One source whose vouchers differ, in words."""
    way = "多" if each.difference > 0 else "少"
    return f"{each.source}发放 {each.given:,.2f} 元，凭证 {each.vouched:,.2f} 元，{way} {abs(each.difference):,.2f} 元"


def gifts(session: Session, round_id: int) -> list[CareGift]:
    """Everybody on the list of a round, in the order in which they were chosen."""
    return list(session.scalars(select(CareGift).where(CareGift.round_id == round_id).order_by(CareGift.id)))


def handed(session: Session, round_id: int) -> dict[int, CareHandout]:
    """The hand-outs of a round that stand, by gift."""
    chosen = select(CareHandout).join(CareGift, CareGift.id == CareHandout.gift_id)
    found = session.scalars(chosen.where(CareGift.round_id == round_id, still_stands()))
    return {each.gift_id: each for each in found}


def given(session: Session, round_id: int) -> dict[str, Decimal]:
    """What was handed out in a round by source, in yuan."""
    chosen = (
        select(CareFund.name, func.sum(CarePart.amount))
        .join(CarePart, CarePart.fund_id == CareFund.id)
        .join(CareGift, CareGift.id == CarePart.gift_id)
        .join(CareHandout, CareHandout.gift_id == CareGift.id)
        .where(CareGift.round_id == round_id, still_stands())
        .group_by(CareFund.id)
        .order_by(CareFund.id)
    )
    return dict(session.execute(chosen).all())


def vouched(session: Session, round_id: int) -> dict[str, Decimal]:
    """What the vouchers of a round say by source, in yuan."""
    chosen = (
        select(CareFund.name, func.sum(CareVoucher.amount))
        .join(CareVoucher, CareVoucher.fund_id == CareFund.id)
        .where(CareVoucher.round_id == round_id, CareVoucher.taken_back.is_(None))
        .group_by(CareFund.id)
        .order_by(CareFund.id)
    )
    return dict(session.execute(chosen).all())


def handed_sums(session: Session) -> list[tuple[int, Decimal, Decimal]]:
    """Every hand-out that stands: its number, its money, and the sum of the parts of its gift, in yuan."""
    parts = func.coalesce(func.sum(CarePart.amount), ZERO)
    chosen = select(CareHandout.id, CareHandout.amount, parts).where(still_stands())
    chosen = chosen.outerjoin(CarePart, CarePart.gift_id == CareHandout.gift_id).group_by(CareHandout.id)
    return list(session.execute(chosen))


def beside_vouchers(session: Session, round_id: int) -> list[Compared]:
    """Every source of a round, what it gave and what its vouchers say."""
    return compared(given(session, round_id), vouched(session, round_id))


def balance(session: Session, fund: CareFund, on: date, branch_id: int | None = None) -> Decimal:
    """What is left of a source, in yuan: that of dues is the cash book less what is handed out and not booked yet."""
    out = select(func.sum(CarePart.amount)).join(CareGift, CareGift.id == CarePart.gift_id)
    out = out.join(CareHandout, CareHandout.gift_id == CareGift.id).where(CarePart.fund_id == fund.id, still_stands())
    if fund.sort == DUES:
        unbooked = session.scalars(select(CareRound).where(CareRound.cash_entry_id.is_(None)))
        own = [each.id for each in unbooked if book_of(session, each) == branch_id]
        waiting = session.scalar(out.where(CareGift.round_id.in_(own))) or ZERO
        return cash_book.least_from(session, on, branch_id) - waiting
    came = session.scalar(select(func.sum(CareFundEntry.amount)).where(CareFundEntry.fund_id == fund.id))
    return (came or ZERO) - (session.scalar(out) or ZERO)


def changed_since(session: Session, gift: CareGift) -> str:
    """What happened to a person on the list, as 已去世 or 已转出, "" where nothing did."""
    return gone(session, [gift]).get(gift.id, "")


def gone(session: Session, listed: Sequence[CareGift]) -> dict[int, str]:
    """What happened to those on a list who died, left or need no more help, by gift."""
    chosen = select(Member.id, Member.status, Member.left_on).where(Member.status != IN_THE_BRANCH)
    left = {number: f"已{status}" + (f"（{on}）" if on else "") for number, status, on in session.execute(chosen)}
    ended = care_cases.ended_ids(session)
    found = {}
    for gift in listed:
        if gift.member_id in left:
            found[gift.id] = left[gift.member_id]
        elif gift.case_id in ended:
            found[gift.id] = "已退出帮扶"
    return found


def book_of(session: Session, found: CareRound) -> int | None:
    """The branch whose cash book pays what comes from dues: that of the request, else of the round."""
    request = session.get(SpendingRequest, found.request_id) if found.request_id is not None else None
    return request.branch_id if request is not None else found.branch_id


def _parts(session: Session, gift_id: int) -> dict[int, Decimal]:
    chosen = select(CarePart.fund_id, CarePart.amount).where(CarePart.gift_id == gift_id)
    return dict(session.execute(chosen).all())


def _require_means(session: Session, gift: CareGift, parts: Mapping[int, Decimal], on: date) -> None:
    found = numbered(session, CareRound, gift.round_id, "慰问")
    for fund_id, amount in parts.items():
        fund = numbered(session, CareFund, fund_id, "资金来源")
        if fund.sort == DUES:
            _approved(session, found)
        left = balance(session, fund, on, book_of(session, found))
        if amount > left:
            raise UserError(f"{fund.name}结余 {left:,.2f} 元，不够发放 {amount:,.2f} 元；请先登记到账，或换一个来源。")


def _approved(session: Session, found: CareRound) -> SpendingRequest:
    request = session.get(SpendingRequest, found.request_id) if found.request_id is not None else None
    if request is None or request.decided_on is None or request.approved_on is None:
        raise UserError("使用党费慰问要经集体研究并批准：请先在“党费使用登记表”办好申请，再在这次慰问里选上它。")
    return request


def _book(session: Session, found: CareRound, dues: Decimal, on: date) -> int:
    request = _approved(session, found)
    chosen = select(CareVoucher.number).join(CareFund, CareFund.id == CareVoucher.fund_id)
    own = CareVoucher.round_id == found.id, CareVoucher.taken_back.is_(None), CareFund.sort == DUES
    chosen = chosen.where(*own).order_by(CareVoucher.id)
    values = {
        "on": on,
        "number": "、".join(session.scalars(chosen)) or None,
        "summary": f"{found.name}慰问金" if not found.name.endswith("慰问") else f"{found.name}金",
        "kind": _USE,
        "amount": dues,
        "handler": found.handler,
        "approver": request.approver,
        "decided_on": request.decided_on,
        "request_id": request.id,
    }
    return cash_book.spend(session, values, request.branch_id).id
