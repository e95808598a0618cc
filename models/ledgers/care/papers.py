"""What the signing sheet of a round says (F42), and the list for the bank; private numbers only where asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import ACCOUNT, MONEY, NAME, TEXT
from models.ledger import Column, Sheet, View
from models.ledgers.care.gift_rows import HANDED, GiftRow, parts_from, rows_of
from models.ledgers.sheets import furniture
from models.records.care.rounds import CareGift, CareRound
from models.records.members.members import Member

ZERO = Decimal(0)
Numbered = Sequence[tuple[int, Any]]


@dataclass(frozen=True, slots=True)
class SigningLine:
    """One person of the sheet; identity, bank, account and telephone are None unless they were asked for.

    `proxy` is who took it in the person's place, with the relation.
    """

    name: str
    branch: str
    category: str
    amount: Decimal | None = None
    goods: str | None = None
    handed_on: date | None = None
    proxy: str | None = None
    remark: str | None = None
    id_number: str | None = None
    bank: str | None = None
    account: str | None = None
    phone: str | None = None


@dataclass(frozen=True, slots=True)
class SigningRecord:
    """F42: the sheet on which a round is signed for; without lines it is the blank."""

    title: str | None = None
    unit: str | None = None
    lines: tuple[SigningLine, ...] = ()
    total: Decimal | None = None
    sources: str | None = None
    handler: str | None = None
    reversals: tuple[str, ...] = ()
    private: bool = False


def signing_sheets(session: Session, view: View) -> Numbered:
    """F42: a sheet for each round of the period's year, without private numbers."""
    chosen = select(CareRound).where(CareRound.year == view.period.year).order_by(CareRound.id)
    return [(each.id, signing_sheet(session, each.id, view)) for each in session.scalars(chosen)]


def signing_sheet(session: Session, round_id: int, view: View, private: bool = False) -> SigningRecord:
    """The sheet of one round; with `private` identity, account and telephone numbers stand on it."""
    found = session.get_one(CareRound, round_id)
    rows = rows_of(session, CareRound.id == round_id, view.branch_id)
    numbers = _private(session, round_id) if private else {}
    sums: dict[str, Decimal] = {}
    for row in rows:
        for source, amount in parts_from(row.sources, row.amount):
            sums[source] = sums.get(source, ZERO) + amount
    return SigningRecord(
        title=found.name,
        unit=furniture(session, view).unit,
        lines=tuple(_line(row, numbers.get(row.id, {})) for row in rows),
        total=sum(sums.values(), ZERO),
        sources="；".join(f"{name} {amount:,.2f} 元" for name, amount in sums.items()),
        handler=found.handler,
        reversals=tuple(f"{row.name}：{each.sentence}" for row in rows for each in row.undone),
        private=private,
    )


def said_goods(row: GiftRow) -> str | None:
    """大米 10 公斤，折 60.00 元."""
    return goods_in_words(row.goods, row.quantity, row.unit, row.value)


def goods_in_words(goods: str | None, quantity: Decimal | None, unit: str | None, value: Decimal | None) -> str | None:
    """大米 10 公斤，折 60.00 元; None without goods."""
    if goods is None:
        return None
    count = f" {quantity.normalize():f} {unit or ''}".rstrip() if quantity is not None else ""
    return f"{goods}{count}" + (f"，折 {value:,.2f} 元" if value is not None else "")


@dataclass(frozen=True, slots=True)
class BankRow:
    """A line of the list for the bank, in yuan."""

    id: int
    name: str
    bank: str | None
    account: str
    amount: Decimal
    remark: str | None


@dataclass(frozen=True)
class BankList:
    """The list for the bank; `lacking` are those who are given money and have no account, who are not on it.

    `handed` says how many were handed out to already.
    """

    sheet: Sheet
    lacking: tuple[str, ...]
    handed: int


def bank_list(session: Session, round_id: int, view: View, with_handed: bool = False) -> BankList:
    """The list for the bank: who is yet to be given money, account and amount, with their total.

    Those handed out to already are on it only `with_handed`, lest they are paid twice.
    """
    found, words = session.get_one(CareRound, round_id), furniture(session, view)
    gifts = {each.id: each for each in session.scalars(select(CareGift).where(CareGift.round_id == round_id))}
    paid = [(row, row.amount) for row in rows_of(session, CareRound.id == round_id) if row.amount]
    rows, lacking = list[BankRow](), list[str]()
    for row, amount in paid:
        account = gifts[row.id].account
        if row.state == HANDED and not with_handed:
            continue
        if account is None:
            lacking.append(row.name)
        else:
            rows.append(BankRow(row.id, row.name, gifts[row.id].bank, account, amount, row.remark))
    sheet = Sheet(
        name="care_bank",
        heading=f"{found.name}银行代发名单",
        columns=_BANK,
        rows=rows,
        totals={"amount": sum((row.amount for row in rows), ZERO)},
        lines=(f"填报单位（盖章）：{words.unit}", "", "单位：元"),
        signatures=("支部书记：", "经办人：", "日期："),
        note=f"共 {len(rows)} 人。只供银行代发，用后请删除。",
        orientation="portrait",
    )
    return BankList(sheet, tuple(lacking), sum(row.state == HANDED for row, _ in paid))


_BANK = (
    Column("name", "姓名", NAME, 10),
    Column("bank", "开户银行", TEXT, 20),
    Column("account", "账号", ACCOUNT, 22),
    Column("amount", "金额", MONEY, 12, totalled=True),
    Column("remark", "备注", TEXT, 14),
)


def _line(row: GiftRow, numbers: Mapping[str, str | None]) -> SigningLine:
    return SigningLine(
        name=row.name,
        branch=row.branch,
        category=row.category,
        amount=row.amount,
        goods=said_goods(row),
        handed_on=row.handed_on,
        proxy=f"{row.receiver}（{row.relation}）" if row.relation else None,
        remark="；".join(filter(None, (row.remark, f"冲销 {len(row.undone)} 笔" if row.undone else None))) or None,
        **numbers,
    )


def _private(session: Session, round_id: int) -> dict[int, dict[str, str | None]]:
    found = session.scalars(select(CareGift).where(CareGift.round_id == round_id)).all()
    chosen = select(Member).where(Member.id.in_([gift.member_id for gift in found if gift.member_id is not None]))
    members = {member.id: member for member in session.scalars(chosen)}
    numbers: dict[int, dict[str, str | None]] = {}
    for gift in found:
        member = members.get(gift.member_id or 0)
        known = (member.id_number, member.phone) if member is not None else (None, None)
        numbers[gift.id] = {"id_number": known[0], "phone": known[1], "bank": gift.bank, "account": gift.account}
    return numbers


CARE_PAPERS = {"care_signing": signing_sheets}
