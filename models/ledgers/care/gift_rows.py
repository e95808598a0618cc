"""The people of festival rounds as rows: what each was given, from which sources, and whose hands it went into."""

import re
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from models.errors import FieldError
from models.kinds import Choice, Money, Raw, Text
from models.records.care import handing as care_handing
from models.records.care.funds import SORTS, CareFund
from models.records.care.rounds import CATEGORIES, CareGift, CareHandout, CarePart, CareRound, still_stands
from models.records.members import organisation
from models.records.members.organisation import Organisation

ZERO = Decimal(0)
PLANNED, HANDED, REVERSED = "待发放", "已发放", "已冲销"
STATE = Choice((PLANNED, HANDED, REVERSED), tones={PLANNED: "warn", HANDED: "good", REVERSED: "bad"})
CATEGORY = Choice(CATEGORIES, open=True)
_PART = re.compile(r"\s*(.+?)\s*([\d,]+(?:\.\d{1,2})?)\s*元?\s*")


class Sources(Text):
    """Sources with what each gave in yuan: 行政经费 300.00；工会 200.00; a source alone gives the whole amount."""

    def read(self, raw: Raw) -> str | None:
        text: str | None = super().read(raw)
        return None if text is None else "；".join(filter(None, re.split(r"\s*[；;]\s*", text)))


class Quantity(Money):
    """How many of a unit, with at most two decimals: 2, 1.5."""

    excel_format = "General"

    def show(self, value: Any) -> str:
        return "" if value is None else f"{value.normalize():f}"


SOURCES, QUANTITY = Sources(), Quantity()


@dataclass(frozen=True, slots=True)
class Undone:
    """A hand-out that was reversed: what it was in yuan, when it was handed out, when and why it was reversed."""

    amount: Decimal
    handed_on: date
    on: date
    reason: str

    @property
    def sentence(self) -> str:
        """As it stands in a list: 2026-02-09 发放 500.00 元，2026-02-10 冲销：日期登记有误."""
        return f"{self.handed_on} 发放 {self.amount:,.2f} 元，{self.on} 冲销：{self.reason}"


@dataclass(frozen=True, slots=True)
class GiftRow:
    """One person of a round; `amount` and `value` in yuan, `gone` says who died or left since.

    `undone` are the hand-outs that were reversed; `reversals` tells of them.
    """

    id: int
    round: str
    round_id: int
    member_id: int | None
    name: str
    branch: str
    category: str
    amount: Decimal | None
    sources: str | None
    goods: str | None
    quantity: Decimal | None
    unit: str | None
    value: Decimal | None
    goods_source: str | None
    state: str
    handed_on: date | None
    receiver: str | None
    relation: str | None
    handler: str | None
    witness: str | None
    gone: str
    again: str | None
    word: str | None
    undone: tuple[Undone, ...]
    reversals: str | None
    remark: str | None


def rows_of(session: Session, which: Any, branch_id: int | None = None) -> list[GiftRow]:
    """The rows of the rounds for which a condition holds."""
    chosen = select(CareGift, CareRound.name).join(CareRound, CareRound.id == CareGift.round_id).where(which)
    if branch_id is not None:
        chosen = chosen.where(CareGift.branch_id == branch_id)
    found = session.execute(chosen.order_by(CareRound.year, CareRound.id, CareGift.id)).all()
    numbers = select(CareGift.id).join(CareRound, CareRound.id == CareGift.round_id).where(which)
    shelf = _Shelf(
        parts=parts_of(session, numbers),
        done=_handouts(session, numbers),
        undone=_undone(session, numbers),
        places=dict(session.execute(select(Organisation.id, Organisation.name)).all()),
        funds=dict(session.execute(select(CareFund.id, CareFund.name)).all()),
        above=organisation.root(session).name,
    )
    gone = care_handing.gone(session, [gift for gift, _ in found if gift.id not in shelf.done])
    return [_row(gift, name, shelf, gone.get(gift.id, "")) for gift, name in found]


@dataclass(frozen=True)
class _Shelf:
    """What belongs to the gifts that are read: by their number, by that of a branch or a source."""

    parts: Mapping[int, Mapping[str, Decimal]]
    done: Mapping[int, CareHandout]
    undone: Mapping[int, list[Undone]]
    places: Mapping[int, str]
    funds: Mapping[int, str]
    above: str


def said_sources(parts: Mapping[str, Decimal]) -> str | None:
    """行政经费 for one source; 行政经费 300.00；工会 200.00 for several."""
    if len(parts) < 2:
        return next(iter(parts), None)
    return "；".join(f"{name} {amount:.2f}" for name, amount in parts.items())


def parts_from(sources: str | None, amount: Decimal | None) -> list[tuple[str, Decimal]]:
    """The parts that a row states; FieldError where they do not make up its amount (yuan)."""
    if amount is None and sources is None:
        return []
    words = (sources or "").split("；")
    if len(words) == 1 and not _PART.fullmatch(words[0]):
        if not words[0]:
            raise FieldError("sources", f"请填写资金来源（{'、'.join(SORTS)}）。")
        if amount is None:
            raise FieldError("amount", "有资金来源，请填写慰问金额。")
        return [(words[0], amount)]
    found = []
    for word in words:
        part = _PART.fullmatch(word)
        if part is None:
            raise FieldError("sources", f"“{word[:20]}”里没有金额，应写成“行政经费 300.00；工会 200.00”。")
        found.append((part[1], Decimal(part[2].replace(",", ""))))
    whole = sum((each for _, each in found), ZERO)
    if amount is not None and whole != amount:
        raise FieldError("sources", f"各来源合计 {whole:,.2f} 元，与慰问金额 {amount:,.2f} 元不符。")
    return found


def _row(gift: CareGift, round_name: str, shelf: _Shelf, gone: str) -> GiftRow:
    parts, done, undone = shelf.parts.get(gift.id, {}), shelf.done.get(gift.id), shelf.undone.get(gift.id, [])
    return GiftRow(
        id=gift.id,
        round=round_name,
        round_id=gift.round_id,
        member_id=gift.member_id,
        name=gift.name,
        branch=shelf.places.get(gift.branch_id or 0, shelf.above),
        category=gift.category,
        amount=sum(parts.values(), ZERO) if parts else None,
        sources=said_sources(parts),
        goods=gift.goods,
        quantity=gift.quantity,
        unit=gift.unit,
        value=gift.value,
        goods_source=shelf.funds.get(gift.goods_fund_id or 0),
        state=HANDED if done is not None else REVERSED if undone else PLANNED,
        handed_on=done.on if done is not None else None,
        receiver=done.receiver if done is not None else None,
        relation=done.relation if done is not None else None,
        handler=done.handler if done is not None else None,
        witness=done.witness if done is not None else None,
        gone=gone,
        again=gift.again,
        word=done.word if done is not None else None,
        undone=tuple(undone),
        reversals="；".join(each.sentence for each in undone) or None,
        remark=gift.remark,
    )


def parts_of(session: Session, numbers: Any) -> dict[int, dict[str, Decimal]]:
    """What each gift of these numbers takes from which source, in yuan."""
    chosen = select(CarePart.gift_id, CareFund.name, CarePart.amount).join(CareFund, CareFund.id == CarePart.fund_id)
    found: defaultdict[int, dict[str, Decimal]] = defaultdict(dict)
    for gift_id, name, amount in session.execute(chosen.where(CarePart.gift_id.in_(numbers)).order_by(CarePart.id)):
        found[gift_id][name] = amount
    return found


def _handouts(session: Session, numbers: Any) -> dict[int, CareHandout]:
    chosen = select(CareHandout).where(CareHandout.gift_id.in_(numbers), still_stands())
    return {each.gift_id: each for each in session.scalars(chosen)}


def _undone(session: Session, numbers: Any) -> dict[int, list[Undone]]:
    counter = aliased(CareHandout)
    chosen = (
        select(CareHandout, counter.on, counter.reason)
        .join(counter, counter.reverses_id == CareHandout.id)
        .where(CareHandout.gift_id.in_(numbers))
        .order_by(counter.id)
    )
    found: defaultdict[int, list[Undone]] = defaultdict(list)
    for handed, on, reason in session.execute(chosen):
        found[handed.gift_id].append(Undone(handed.amount, handed.on, on, reason or ""))
    return found
