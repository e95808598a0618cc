"""历次慰问: what was handed out to the people of cases, and what an earlier ledger says that no round knows."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from sqlalchemy import Integer, select, type_coerce
from sqlalchemy.orm import Session

from models.kinds import Raw, Text
from models.ledgers.care_papers import goods_in_words
from models.records.care_cases import CareCase
from models.records.care_rounds import CareGift, CareHandout, CareRound, still_stands

BETWEEN = "；"


class Listed(Text):
    """Several things in one cell, told apart by semicolons or lines."""

    def read(self, raw: Raw) -> str | None:
        text: str | None = super().read(raw)
        return None if text is None else BETWEEN.join(filter(None, re.split(r"\s*[；;\n\r]\s*", text)))


LISTED = Listed()


@dataclass(frozen=True)
class Aid:
    """What was handed out until a day, as (day, words), by number of the member and by number of the case."""

    by_member: Mapping[int, Sequence[tuple[date, str]]]
    by_case: Mapping[int, Sequence[tuple[date, str]]]

    def of(self, case_id: int, member_id: int | None) -> list[tuple[date, str]]:
        """What the person of a case was given, the earliest first."""
        own = [*self.by_case.get(case_id, ())]
        if member_id is not None:
            own += self.by_member.get(member_id, ())
        return sorted(own)


def handed_out(session: Session, until: date, case: CareCase | None = None) -> Aid:
    """What was handed out until a day and stands, to the person of one case or to everybody."""
    chosen = (
        select(
            CareGift.member_id, CareGift.case_id, CareHandout.on, CareRound.festival,
            type_coerce(CareHandout.amount, Integer), CareGift.goods, type_coerce(CareGift.quantity, Integer),
            CareGift.unit, type_coerce(CareGift.value, Integer),
        )
        .join(CareGift, CareGift.id == CareHandout.gift_id)
        .join(CareRound, CareRound.id == CareGift.round_id)
        .where(still_stands(), CareHandout.on <= until)
    )  # fmt: skip
    if case is not None:
        mine = CareGift.case_id == case.id
        chosen = chosen.where(mine if case.member_id is None else mine | (CareGift.member_id == case.member_id))
    members: defaultdict[int, list[tuple[date, str]]] = defaultdict(list)
    cases: defaultdict[int, list[tuple[date, str]]] = defaultdict(list)
    for member_id, case_id, on, *given in session.execute(chosen):
        own, number = (cases, case_id) if member_id is None else (members, member_id)
        if number is not None:
            own[number].append((on, _said(*given)))
    return Aid(members, cases)


def in_words(given: Sequence[tuple[date, str]], kept: str | None) -> str | None:
    """2025年春节 500元；2026-02-10 春节 800.00 元: what is kept by hand, then what was handed out."""
    return BETWEEN.join([*([kept] if kept else []), *(f"{on} {said}" for on, said in given)]) or None


def kept_of(words: str | None, given: Sequence[tuple[date, str]]) -> str | None:
    """What of a cell is kept by hand: all that was not handed out by a round."""
    known = {f"{on} {said}" for on, said in given}
    return BETWEEN.join(part for part in (words or "").split(BETWEEN) if part not in known) or None


@cache
def _said(
    festival: str, amount: int, goods: str | None, quantity: int | None, unit: str | None, value: int | None
) -> str:
    """春节 800.00 元 大米 10 公斤; many are given the same, and there are tens of thousands of them."""
    money = f"{_hundredths(amount):,.2f} 元" if amount else ""
    things = (goods_in_words(goods, _hundredths(quantity), unit, _hundredths(value)) or "").replace(BETWEEN, "、")
    return " ".join(part for part in (festival, money, things) if part)


def _hundredths(kept: int | None) -> Decimal | None:
    """An amount from the whole hundredths as which it is kept."""
    return None if kept is None else Decimal(kept).scaleb(-2)
