"""Donations (捐款捐物): what was given in a drive, and what of it was passed on to whom.

What is recorded is reversed by a counter-entry, never deleted. Money and goods of a drive stay with it: of neither more
can be passed on than there was on the day, nor on any day after.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import ForeignKey, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.errors import FieldError, UserError
from models.kinds import MONEY, tidy
from models.records.care import donation_drives
from models.records.care.donation_drives import DonationDrive
from models.records.care.helped import Helped
from models.records.members import members
from models.records.members.facts import require_past
from models.records.reversing import reason_given, reversible
from models.rules import stock
from models.rules.stock import Goods, Moved

UNITS = ("件", "个", "顶", "桶", "斤", "辆", "本", "袋", "套", "箱", "名", "台", "份")
GIVEN_FIELDS = ("giver", "post", "on", "amount", "item", "quantity", "unit", "value", "receipt_no", "remark")
PASSED_FIELDS = ("receiver", "on", "amount", "item", "quantity", "unit", "receipt_no", "handler", "remark")
_YUAN = Goods("捐款", "元")
_LARGEST = Decimal(999_999_999)
_COUNTED = re.compile(r"(.*?)([0-9]{1,9})")  # what stands before the number, and the number
_OF_YEAR = re.compile(r"[0-9]{4}-")


class Donation(Record):
    """A line of what somebody gave: money in yuan, goods, or both; a counter-entry has all of it below nothing.

    `quantity` is an exact decimal written out, `value` an estimate in yuan, None where nobody knows.
    """

    __tablename__ = "donations"

    drive_id: Mapped[int] = mapped_column(ForeignKey("donation_drives.id"), index=True)
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id"), index=True)
    giver: Mapped[str]
    post: Mapped[str | None]
    on: Mapped[date] = mapped_column(index=True)
    amount: Mapped[Decimal | None]
    item: Mapped[str | None]
    quantity: Mapped[str | None]
    unit: Mapped[str | None]
    value: Mapped[Decimal | None]
    receipt_no: Mapped[str | None]
    remark: Mapped[str | None]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("donations.id"), unique=True)


class Handover(Record):
    """A line of what was passed on to a body or a person, as a donation is kept; `receipt_no` is the receiver's."""

    __tablename__ = "donation_handovers"

    drive_id: Mapped[int] = mapped_column(ForeignKey("donation_drives.id"), index=True)
    receiver: Mapped[str]
    on: Mapped[date] = mapped_column(index=True)
    amount: Mapped[Decimal | None]
    item: Mapped[str | None]
    quantity: Mapped[str | None]
    unit: Mapped[str | None]
    receipt_no: Mapped[str | None]
    handler: Mapped[str | None]
    remark: Mapped[str | None]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("donation_handovers.id"), unique=True)


def remove_drive(session: Session, drive_id: int) -> None:
    """Removes a drive entered by mistake; UserError once anything was recorded in it."""
    found = numbered(session, DonationDrive, drive_id, "捐赠活动")
    for record_type in (Donation, Handover, Helped):
        if session.scalar(select(record_type.id).where(record_type.drive_id == found.id).limit(1)) is not None:
            raise UserError(f"“{found.name}”已有登记，不能删除；结束了的请填写结束日期。")
    session.delete(found)
    session.flush()


def change_drive(session: Session, drive_id: int, values: Mapping[str, Any]) -> None:
    """Changes what is given of a drive; FieldError where a donation would lie outside its days."""
    donation_drives.change(session, drive_id, values)
    drive = numbered(session, DonationDrive, drive_id, "捐赠活动")
    given = select(Donation.on).where(Donation.drive_id == drive_id, Donation.reverses_id.is_(None))
    days = session.scalars(given.order_by(Donation.on)).all()
    if days and drive.begins > days[0]:
        raise FieldError("begins", f"{days[0]} 已有捐赠，开始日期不能更晚。")
    if days and drive.ends is not None and drive.ends < days[-1]:
        raise FieldError("ends", f"{days[-1]} 还有捐赠，结束日期不能更早。")


def give(session: Session, drive_id: int, values: Mapping[str, Any], today: date) -> Donation:
    """Records a donation: GIVEN_FIELDS; FieldError for one of neither money nor goods, and for a day to come.

    The giver is the member of that name where the roster has exactly one, else the name alone is kept.
    """
    drive = numbered(session, DonationDrive, drive_id, "捐赠活动")
    giver = tidy(values.get("giver"))
    if not giver:
        raise FieldError("giver", "请填写捐赠人或捐赠单位。")
    given = _line(values, today)
    _require_during(drive, given["on"])
    value = _yuan(values, "value")
    if value is not None and given["item"] is None:
        raise FieldError("item", "写了折款，请填写物品名称和数量。")
    member_id, name = _member(session, giver)
    _require_own_receipt(session, tidy(values.get("receipt_no")), (drive.id, name, given["on"]))
    made = Donation(
        drive_id=drive.id, member_id=member_id, giver=name, value=value, **given,
        **_texts(values, ("post", "receipt_no", "remark")),
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def complete(session: Session, donation_id: int, values: Mapping[str, Any]) -> None:
    """Adds what was not known when a donation was recorded: post, receipt_no, value (an estimate in yuan), remark."""
    found = _standing(session, Donation, donation_id)
    value = _yuan(values, "value") if "value" in values else found.value
    if value is not None and found.item is None:
        raise FieldError("value", "这一笔没有物品，不用折款。")
    if "receipt_no" in values:
        _require_own_receipt(session, tidy(values["receipt_no"]), (found.drive_id, found.giver, found.on))
    kept = {key: getattr(found, key) for key in ("post", "receipt_no", "remark")}
    for key, text in (_texts(kept | dict(values), tuple(kept)) | {"value": value}).items():
        setattr(found, key, text)
    session.flush()


def next_receipt(session: Session, on: date) -> str:
    """The number after the receipt that was written last, in its own manner; with the year in front it begins anew."""
    written = select(Donation.receipt_no).where(Donation.receipt_no.is_not(None), Donation.reverses_id.is_(None))
    last = session.scalars(written.order_by(Donation.id.desc())).first()
    counted = _COUNTED.fullmatch(last or "")
    if counted is None or (_OF_YEAR.fullmatch(counted[1]) and counted[1] != f"{on.year}-"):
        return f"{on.year}-001"
    numbers = (_COUNTED.fullmatch(each or "") for each in session.scalars(written))
    own = [int(each[2]) for each in numbers if each is not None and each[1] == counted[1]]
    return f"{counted[1]}{max(own) + 1:0{len(counted[2])}d}"


def pass_on(session: Session, drive_id: int, values: Mapping[str, Any], today: date) -> Handover:
    """Records what was passed on: PASSED_FIELDS; FieldError, saying the day, where there is not so much."""
    drive = numbered(session, DonationDrive, drive_id, "捐赠活动")
    receiver = tidy(values.get("receiver"))
    if not receiver:
        raise FieldError("receiver", "请填写接收单位或受助人。")
    given = _line(values, today)
    made = Handover(
        drive_id=drive.id, receiver=receiver, **given, **_texts(values, ("receipt_no", "handler", "remark"))
    )
    session.add(made)
    session.flush()
    _require_enough(session, made)
    return made


def acknowledge(session: Session, handover_id: int, values: Mapping[str, Any]) -> None:
    """Adds the receiver's receipt, who handed over and a remark."""
    found = _standing(session, Handover, handover_id)
    kept = {key: getattr(found, key) for key in ("receipt_no", "handler", "remark")}
    for key, text in _texts(kept | dict(values), tuple(kept)).items():
        setattr(found, key, text)
    session.flush()


def reverse(session: Session, donation_id: int, reason: str, on: date) -> Donation:
    """Cancels a donation by a counter-entry; UserError, saying the day, where part of it was passed on already."""
    found = _standing(session, Donation, donation_id)
    counter = Donation(
        member_id=found.member_id, giver=found.giver, post=found.post,
        value=None if found.value is None else -found.value, **_opposite(found, reason, on),
    )  # fmt: skip
    session.add(counter)
    session.flush()
    _require_enough(session, counter)
    return counter


def reverse_handover(session: Session, handover_id: int, reason: str, on: date) -> Handover:
    """Cancels what was passed on by a counter-entry: it is in stock again."""
    found = _standing(session, Handover, handover_id)
    counter = Handover(receiver=found.receiver, handler=found.handler, **_opposite(found, reason, on))
    session.add(counter)
    session.flush()
    return counter


def moves(session: Session, drive_id: int | None = None) -> list[tuple[int, Moved]]:
    """All goods that came in and went out, with the number of their drive; of one drive where that is named."""
    return [each for kind in (Donation, Handover) for each in _moved(session, kind, drive_id)]


def money_moves(session: Session, drive_id: int) -> list[Moved]:
    """All money in yuan that came in and went out of a drive."""
    found = []
    for kind in (Donation, Handover):
        chosen = select(kind.on, kind.amount).where(kind.drive_id == drive_id, kind.amount.is_not(None))
        found += [Moved(on, _YUAN, amount, kind is Donation) for on, amount in session.execute(chosen) if amount]
    return found


def reversed_numbers(session: Session, kind: type[Donation] | type[Handover]) -> set[int]:
    """The numbers of the records against which a counter-entry stands."""
    chosen = select(kind.reverses_id).where(kind.reverses_id.is_not(None))
    return {number for number in session.scalars(chosen) if number is not None}


def items(session: Session) -> Sequence[Goods]:
    """The goods that were ever given, the most frequent first."""
    chosen = select(Donation.item, Donation.unit).where(Donation.item.is_not(None))
    grouped = chosen.group_by(Donation.item, Donation.unit).order_by(func.count().desc(), func.min(Donation.id))
    return [Goods(item or "", unit or "") for item, unit in session.execute(grouped)]


def _moved(session: Session, kind: Any, drive_id: int | None) -> list[tuple[int, Moved]]:
    chosen = select(kind.drive_id, kind.on, kind.item, kind.unit, kind.quantity).where(kind.item.is_not(None))
    if drive_id is not None:
        chosen = chosen.where(kind.drive_id == drive_id)
    return [
        (drive, Moved(on, Goods(item, unit), Decimal(quantity), kind is Donation))
        for drive, on, item, unit, quantity in session.execute(chosen.order_by(kind.on, kind.id))
    ]


def _require_enough(session: Session, made: Donation | Handover) -> None:
    """UserError, saying the day, where after what was just recorded there is less than nothing on any day."""
    key = "quantity" if isinstance(made, Handover) else None
    short = stock.first_short(moved for _, moved in moves(session, made.drive_id))
    if short is not None:
        what = f"{short.goods.item}到 {short.on} 会少 {stock.said(short.missing)} {short.goods.unit}"
        _refuse(key, f"{what}，库存不够，请核对数量和日期。" if key else f"{what}，已经转交出去了，不能冲销。")
    short = stock.first_short(money_moves(session, made.drive_id))
    if short is not None:
        what = f"捐款到 {short.on} 会少 {short.missing:,.2f} 元"
        _refuse(key and "amount", f"{what}，余额不够，请核对。" if key else f"{what}，已经转交出去了，不能冲销。")


def _require_during(drive: DonationDrive, on: date) -> None:
    """FieldError for a day before the drive began or after it ended."""
    if on < drive.begins:
        raise FieldError("on", f"{on} 早于“{drive.name}”的开始日期 {drive.begins}，请核对。")
    if drive.ends is not None and on > drive.ends:
        raise FieldError("on", f"“{drive.name}”已在 {drive.ends} 结束；还在接收的，请先改活动的结束日期。")


def _require_own_receipt(session: Session, number: str | None, whose: tuple[int, str, date]) -> None:
    """FieldError for a receipt written for somebody else, or on another day: one receipt may name several things."""
    known = select(Donation).where(Donation.receipt_no == number, Donation.reverses_id.is_(None))
    others = (each for each in session.scalars(known) if number and (each.drive_id, each.giver, each.on) != whose)
    taken = next(others, None)
    if taken is not None:
        raise FieldError("receipt_no", f"收据号 {number} 已在 {taken.on} 开给“{taken.giver}”，请换一个号。")


def _refuse(key: str | None, sentence: str) -> None:
    raise FieldError(key, sentence) if key else UserError(sentence)


def _standing(session: Session, kind: Any, number: int) -> Any:
    """A record that is no counter-entry and has none; UserError for another."""
    return reversible(session, kind, number, "捐赠记录" if kind is Donation else "转交记录")


def _opposite(found: Any, reason: str, on: date) -> dict[str, Any]:
    """What a counter-entry says; UserError without a reason or before the day of what it cancels."""
    reason = reason_given(reason)
    if on < found.on:
        raise FieldError("on", f"冲销日期早于原登记日期 {found.on}。")
    return {
        "drive_id": found.drive_id,
        "on": on,
        "amount": None if found.amount is None else -found.amount,
        "item": found.item,
        "quantity": None if found.quantity is None else stock.said(-Decimal(found.quantity)),
        "unit": found.unit,
        "receipt_no": found.receipt_no,
        "remark": f"冲销：{reason}",
        "reverses_id": found.id,
    }


def _line(values: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The day, money and goods of a line; FieldError where it says neither, or goods by half."""
    on = values.get("on")
    if on is None:
        raise FieldError("on", "请填写日期。")
    require_past("on", on, today)
    amount, item, unit = _yuan(values, "amount"), tidy(values.get("item")) or None, tidy(values.get("unit")) or None
    quantity = values.get("quantity")
    if item is None and (quantity is not None or unit is not None):
        raise FieldError("item", "写了数量或单位，请填写物品名称。")
    if item is None:
        if amount is None:
            raise FieldError("amount", "请填写金额，或者物品名称、数量和单位。")
        return {"on": on, "amount": amount, "item": None, "quantity": None, "unit": None}
    if quantity is None or not 0 < quantity <= _LARGEST:
        raise FieldError("quantity", f"请填写{item}的数量（大于零）。")
    if unit is None:
        raise FieldError("unit", f"请填写{item}的计量单位（件、个、桶……）。")
    if not stock.is_unit(unit):
        raise FieldError("unit", f"“{unit}”不是计量单位，请填写件、个、桶……；多少填在“数量”里。")
    return {"on": on, "amount": amount, "item": item, "quantity": stock.said(Decimal(quantity)), "unit": unit}


def _yuan(values: Mapping[str, Any], key: str) -> Decimal | None:
    try:
        amount = MONEY.read(values.get(key))
    except ValueError as error:
        raise FieldError(key, str(error)) from None
    if amount is not None and amount <= 0:
        raise FieldError(key, "金额应大于零；没有或不知道的不填。")
    return amount


def _texts(values: Mapping[str, Any], keys: Sequence[str]) -> dict[str, str | None]:
    return {key: tidy(values.get(key)) or None for key in keys}


def _member(session: Session, giver: str) -> tuple[int | None, str]:
    """The member whom a name means and the plain name; nobody where it is no member's, FieldError for namesakes."""
    name, marks = members.split_marks(giver)
    known = session.scalars(select(members.Member.id).where(members.Member.name == name)).all()
    if not known:
        return None, giver
    try:
        found = members.find(session, giver if marks else name)
    except UserError as error:
        raise FieldError("giver", str(error)) from None
    return found.id, found.name
