"""F44 捐款捐物登记表, 捐赠资金物资转交台账 and the list of receipts: who gave what, and who received it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.errors import FieldError
from models.kinds import CODE, DAY, MONEY, NAME, TEXT, Choice, Kind, Raw
from models.ledger import Column, Ledger, Outcome, Values, View
from models.records.care import donations
from models.records.care.donation_drives import DonationDrive, drive_named
from models.records.care.donations import GIVEN_FIELDS, UNITS, Donation, Handover
from models.records.outcomes import Taken, take_each
from models.rules import stock
from models.rules.stock import Given

VALID, REVERSED, COUNTER = "有效", "已冲销", "冲销"
STATE = Choice((VALID, REVERSED, COUNTER), tones={REVERSED: "quiet", COUNTER: "quiet"})
UNIT = Choice(UNITS, open=True)
_NUMBER = re.compile(r"-?[0-9][0-9,]{0,14}(\.[0-9]{1,6})?")
MISSING, KEPT = "缺凭据", "已取得"
RECEIPT_STATE = Choice((KEPT, MISSING), tones={KEPT: "good", MISSING: "warn"})
_LINES = ("填报单位（盖章）：{unit}", "", "金额单位：元")
_SIGNED = ("负责人：", "经办人：{maker}", "接收单位（签章）：", "填表日期：{date}")


class Quantity(Kind):
    """So many of something, with as many decimals as it has; nothing is added up over several units."""

    align = "right"
    excel_format = "General"

    def read(self, raw: Raw) -> Decimal | None:
        """A number with up to six decimals; ValueError for one with its unit beside it."""
        if isinstance(raw, float):
            raw = Decimal(f"{raw:.15g}")  # a spreadsheet keeps fifteen figures
        text = f"{raw:f}" if isinstance(raw, Decimal) else CODE.read(raw)
        if text is None:
            return None
        if not _NUMBER.fullmatch(text):
            raise ValueError(f"“{text[:20]}”不是数量；只填数字，单位填在“单位”一栏。")
        return Decimal(text.replace(",", ""))

    def show(self, value: Any) -> str:
        return "" if value is None else stock.said(Decimal(value))

    def cell(self, value: Any) -> Decimal | None:
        return None if value is None else Decimal(value)


QUANTITY = Quantity()


@dataclass(frozen=True, slots=True)
class DonationRow:
    """One line of what was given, money and estimate in yuan; a counter-entry has all of it below nothing."""

    id: int
    drive: str
    drive_id: int
    member_id: int | None
    giver: str
    post: str | None
    on: date
    amount: Decimal | None
    item: str | None
    quantity: Decimal | None
    unit: str | None
    value: Decimal | None
    receipt_no: str | None
    state: str
    remark: str | None

    @property
    def name(self) -> str:
        """Who gave it."""
        return self.giver


@dataclass(frozen=True, slots=True)
class HandoverRow:
    """One line of what was passed on."""

    id: int
    drive: str
    drive_id: int
    receiver: str
    on: date
    amount: Decimal | None
    item: str | None
    quantity: Decimal | None
    unit: str | None
    receipt_no: str | None
    receipt_state: str
    handler: str | None
    state: str
    remark: str | None


def donation_rows(session: Session, view: View) -> list[DonationRow]:
    """What was given on the days of a period, counter-entries among them."""
    undone = donations.reversed_numbers(session, Donation)
    return [
        DonationRow(
            each.id, drive, each.drive_id, each.member_id, each.giver, each.post, each.on, each.amount, each.item,
            _decimal(each.quantity), each.unit, each.value, each.receipt_no, _state(each, undone), each.remark,
        )
        for each, drive in _lines(session, Donation, view)
    ]  # fmt: skip


def handover_rows(session: Session, view: View) -> list[HandoverRow]:
    """What was passed on on the days of a period, counter-entries among them."""
    undone = donations.reversed_numbers(session, Handover)
    return [
        HandoverRow(
            each.id, drive, each.drive_id, each.receiver, each.on, each.amount, each.item, _decimal(each.quantity),
            each.unit, each.receipt_no, KEPT if each.receipt_no else MISSING, each.handler, _state(each, undone),
            each.remark,
        )
        for each, drive in _lines(session, Handover, view)
    ]  # fmt: skip


def said_goods(lines: Sequence[Any]) -> str:
    """The goods of several lines together, each by its own unit: 大衣 230 件、面粉 40 袋."""
    summed: dict[stock.Goods, Decimal] = {}
    for each in lines:
        if each.item is not None and each.quantity is not None:
            goods = stock.Goods(each.item, each.unit or "")
            summed[goods] = summed.get(goods, stock.ZERO) + Decimal(each.quantity)
    return "、".join(f"{goods.item} {stock.said(many)} {goods.unit}" for goods, many in summed.items() if many)


def worth_of(rows: Sequence[DonationRow]) -> stock.Worth:
    """The sums of rows; those reversed and their counter-entries cancel out in money."""
    standing = [row for row in rows if row.state == VALID]
    money = stock.worth([Given(row.amount) for row in rows]).money
    return stock.worth([Given(None, row.quantity, row.value) for row in standing])._replace(money=money)


def _lines(session: Session, kind: Any, view: View) -> list[tuple[Any, str]]:
    within = kind.on.between(view.period.first.first_day, view.period.last.last_day)
    chosen = select(kind, DonationDrive.name).join(DonationDrive, DonationDrive.id == kind.drive_id).where(within)
    if view.branch_id is not None:
        chosen = chosen.where(DonationDrive.branch_id == view.branch_id)
    return [(each, name) for each, name in session.execute(chosen.order_by(kind.on, kind.id))]


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _state(each: Donation | Handover, undone: set[int]) -> str:
    return COUNTER if each.reverses_id is not None else REVERSED if each.id in undone else VALID


def _save(session: Session, rows: Sequence[Values], view: View) -> list[Outcome]:
    """Adds a donation a row; one that is known is completed, never changed in day, money or goods."""
    taken = Taken()
    return take_each(session, rows, lambda values: _take(session, values, view, taken))


_LATER = ("post", "value", "receipt_no", "remark")
_FIXED = tuple(key for key in GIVEN_FIELDS if key not in _LATER)


def _take(session: Session, values: Values, view: View, taken: Taken) -> Outcome:
    if values.get("state") in (COUNTER, REVERSED):
        return _known_counter(session, values)
    drive = drive_named(session, values.get("drive"))
    stated = {key: values.get(key) for key in GIVEN_FIELDS}
    known = _known(session, drive, values, stated, taken)
    if known is None:
        added = donations.give(session, drive.id, stated, view.today)
        taken.note(added.id)
        return Outcome("added", added.id)
    changes = {key: stated[key] for key in _LATER if stated[key] is not None and stated[key] != getattr(known, key)}
    if changes:
        donations.complete(session, known.id, changes)
    taken.note(known.id)
    return Outcome("updated" if changes else "unchanged", known.id)


def _known_counter(session: Session, values: Values) -> Outcome:
    """A row that was reversed, or reverses, is never brought in again."""
    number = str(values.get("id") or "")
    found = session.get(Donation, int(number)) if number.isascii() and number.isdigit() else None
    if found is None or found.giver != values.get("giver"):
        raise FieldError("state", "冲销的记录不能导入；请只导入有效的捐赠。")
    return Outcome("unchanged", found.id)


def _known(
    session: Session, drive: DonationDrive, values: Values, stated: Mapping[str, Any], taken: Taken
) -> Donation | None:
    """The donation of the row's number, which must be the same, else the like one that no row has met."""
    number = str(values.get("id") or "")
    same = select(Donation).where(Donation.drive_id == drive.id, Donation.reverses_id.is_(None))
    undone = donations.reversed_numbers(session, Donation)
    own = [each for each in session.scalars(same.order_by(Donation.id)) if each.id not in undone]
    named = next((each for each in own if str(each.id) == number and each.giver == stated["giver"]), None)
    if named is not None and not _alike(named, stated):
        raise FieldError("amount", f"{named.giver}的这笔捐赠已经登记，日期、金额和物品不能改；有误请先冲销再登记。")
    return named or next((each for each in own if each.id not in taken and _alike(each, stated)), None)


def _alike(known: Donation, stated: Mapping[str, Any]) -> bool:
    said = stated["quantity"]
    wanted = dict(stated) | {"quantity": None if said is None else stock.said(Decimal(said))}
    return all(getattr(known, key) == wanted[key] for key in _FIXED)


def _note(rows: Sequence[DonationRow]) -> str:
    sums, goods = worth_of(rows), said_goods(rows)
    words = f"捐款合计 {sums.money:,.2f} 元。"
    if goods:
        estimated = f"，其中折款 {sums.estimated:,.2f} 元" if sums.estimated else ""
        unknown = f"，{sums.unvalued} 笔未折款" if sums.unvalued else ""
        words += f"捐物另计：{goods}{estimated}{unknown}；折款只作参考，不计入捐款。"
    return words


def _passed_note(rows: Sequence[HandoverRow]) -> str:
    money, goods = sum((row.amount or stock.ZERO for row in rows), stock.ZERO), said_goods(rows)
    missing = sum(row.state == VALID and row.receipt_state == MISSING for row in rows)
    return (
        f"转交捐款 {money:,.2f} 元" + (f"，物资：{goods}" if goods else "") + "。"
        + (f"有 {missing} 笔还没有接收凭据。" if missing else "")
    )  # fmt: skip


_GOODS = (
    Column("item", "物品名称", TEXT, 12, synonyms=("物品", "捐赠物品", "品名")),
    Column("quantity", "数量", QUANTITY, 8, synonyms=("物品数量",)),
    Column("unit", "单位", UNIT, 6, synonyms=("计量单位",)),
)
CARE_DONATIONS = Ledger(
    name="care_donations",
    title="捐款捐物登记表",
    columns=(
        Column("drive", "捐赠活动", TEXT, 16, synonyms=("活动名称", "活动")),
        Column("giver", "姓名（单位）", NAME, 12, required=True,
               synonyms=("姓名", "捐赠人", "捐款人", "捐赠单位", "姓名/单位")),
        Column("post", "职务", TEXT, 10),
        Column("on", "日期", DAY, 11, required=True, synonyms=("捐赠日期", "捐款日期", "时间")),
        Column("amount", "捐款金额", MONEY, 11, totalled=True, synonyms=("金额", "捐款", "捐款金额（元）")),
        *_GOODS,
        Column("value", "折款", MONEY, 10, synonyms=("折款（元）", "估价", "物品折款")),
        Column("receipt_no", "收据号", CODE, 12, synonyms=("收据编号", "票据号")),
        Column("state", "状态", STATE, 7, entered=False),
        Column("remark", "备注", TEXT, 14),
        Column("id", "编号", CODE, 6, entered=False),
    ),
    rows=donation_rows,
    save=_save,
    span="year",
    lines=_LINES,
    signatures=_SIGNED,
    note_of=_note,
    capitals_of="amount",
    empty="这段时间还没有捐赠。先在“捐赠活动”里登记活动，再按 Ctrl+N 登记捐款捐物。",
)  # fmt: skip
CARE_PASSED_ON = Ledger(
    name="care_passed_on",
    title="捐赠款物转交台账",
    columns=(
        Column("drive", "捐赠活动", TEXT, 16, entered=False),
        Column("receiver", "接收单位（受助人）", NAME, 18, required=True),
        Column("on", "转交日期", DAY, 11, required=True),
        Column("amount", "转交金额", MONEY, 11, totalled=True),
        *_GOODS,
        Column("receipt_no", "接收凭据号", CODE, 14),
        Column("receipt_state", "接收凭据", RECEIPT_STATE, 8, entered=False),
        Column("handler", "经办人", TEXT, 8),
        Column("state", "状态", STATE, 7, entered=False),
        Column("remark", "备注", TEXT, 14),
    ),
    rows=handover_rows,
    span="year",
    lines=_LINES,
    signatures=_SIGNED,
    note_of=_passed_note,
    capitals_of="amount",
    empty="这段时间还没有转交。捐款捐物转交出去后，按 Ctrl+N 登记接收单位和凭据。",
)
