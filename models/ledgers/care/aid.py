"""历次慰问: what was handed out to the people of cases, and what an earlier ledger says that no round knows."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from sqlalchemy import Integer, func, select, type_coerce
from sqlalchemy import case as case_of
from sqlalchemy.orm import Session

from models.kinds import Raw, Text
from models.ledgers.care.papers import goods_in_words
from models.records.care.cases import CareCase
from models.records.care.rounds import CareGift, CareHandout, CareRound, still_stands

BETWEEN = "；"


class Listed(Text):
    """Several things in one cell, told apart by semicolons or lines."""

    def read(self, raw: Raw) -> str | None:
        text: str | None = super().read(raw)
        return None if text is None else BETWEEN.join(filter(None, re.split(r"\s*[；;\n\r]\s*", text)))


LISTED = Listed()


@dataclass(frozen=True, slots=True)
class Received:
    """What one person received: what is `kept` by hand, and texts of lists of hand-outs as the file gathers them."""

    kept: str | None = None
    gathered: tuple[str, ...] = ()

    @property
    def rounds(self) -> list[str]:
        """What was handed out by rounds, in words, the earliest first."""
        return sorted(f"{on} {_said(*given)}" for text in self.gathered for on, *given in json.loads(text))

    @property
    def words(self) -> str | None:
        """2025年春节 500元；2026-02-10 春节 800.00 元: what is kept by hand, then what was handed out."""
        return BETWEEN.join([*([self.kept] if self.kept else []), *self.rounds]) or None


@dataclass(frozen=True)
class Aid:
    """What was handed out until a day, as texts to be told only where they are looked at, by member and by case."""

    by_member: Mapping[int, str]
    by_case: Mapping[int, str]

    def of(self, case_id: int, member_id: int | None, kept: str | None = None) -> Received:
        """What the person of a case was given, beside what is kept by hand."""
        own = self.by_case.get(case_id), None if member_id is None else self.by_member.get(member_id)
        return Received(kept, tuple(text for text in own if text is not None))


NOTHING = Aid({}, {})


def handed_out(session: Session, until: date, case: CareCase | None = None, of_members: bool | None = None) -> Aid:
    """What was handed out until a day and stands, to the person of one case or to everybody.

    To members, to others, or to all (None).
    """
    each = func.json_array(
        CareHandout.on, CareRound.festival, type_coerce(CareHandout.amount, Integer), CareGift.goods,
        type_coerce(CareGift.quantity, Integer), CareGift.unit, type_coerce(CareGift.value, Integer),
    )  # fmt: skip
    own_case = case_of((CareGift.member_id.is_(None), CareGift.case_id))
    chosen = (
        select(CareGift.member_id, own_case, func.json_group_array(each))
        .select_from(CareHandout)
        .join(CareGift, CareGift.id == CareHandout.gift_id)
        .join(CareRound, CareRound.id == CareGift.round_id)
        .where(still_stands(), CareHandout.on <= until)
        .group_by(CareGift.member_id, own_case)
    )
    if of_members is not None:
        chosen = chosen.where(CareGift.member_id.is_not(None) if of_members else CareGift.member_id.is_(None))
    if case is not None:
        mine = CareGift.case_id == case.id
        chosen = chosen.where(mine if case.member_id is None else mine | (CareGift.member_id == case.member_id))
    rows = session.execute(chosen).all()
    return Aid(
        {member_id: text for member_id, _, text in rows if member_id is not None},
        {number: text for _, number, text in rows if number is not None},
    )


def kept_of(words: str | None, given: Sequence[str]) -> str | None:
    """What of a cell is kept by hand: all that was not handed out by a round."""
    return BETWEEN.join(part for part in (words or "").split(BETWEEN) if part not in given) or None


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
