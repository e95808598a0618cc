"""The records behind F44, the receipts for givers, and what a receiver signs for."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.care.donation_receipts import GOOD, receipt_rows
from models.ledgers.care.donations import (
    VALID,
    DonationRow,
    HandoverRow,
    donation_rows,
    handover_rows,
    said_goods,
    worth_of,
)
from models.ledgers.sheets import furniture
from models.rules.stock import ZERO


@dataclass(frozen=True, slots=True)
class DonationRecord:
    """F44: the donations of one drive that stand; None where it is to be written by hand, money in yuan."""

    unit: str | None = None
    drive: str | None = None
    lines: tuple[DonationRow, ...] = ()
    total: Decimal | None = None
    goods: str | None = None


def donation_sheets(session: Session, view: View) -> Sequence[tuple[int, Any]]:
    """A sheet for each drive in which something was given in the period, with the number of the drive."""
    by_drive: dict[int, list[DonationRow]] = {}
    for row in donation_rows(session, view):
        if row.state == VALID:
            by_drive.setdefault(row.drive_id, []).append(row)
    unit = furniture(session, view).unit
    return [
        (number, DonationRecord(unit, rows[0].drive, tuple(rows), worth_of(rows).money, said_goods(rows)))
        for number, rows in by_drive.items()
    ]


@dataclass(frozen=True, slots=True)
class ReceiptRecord:
    """What a giver is handed: money in yuan and goods in words, received on a day; None where it is filled in by hand.

    A receipt of the branch's own is no invoice and serves no tax.
    """

    number: str | None = None
    giver: str | None = None
    drive: str | None = None
    on: date | None = None
    amount: Decimal | None = None
    goods: str | None = None
    unit: str | None = None
    handler: str | None = None


@dataclass(frozen=True, slots=True)
class AcknowledgementRecord:
    """What a receiver signs for: everything passed on in one drive on one day, money in yuan.

    `number` is that of its receipt; where the lines have several, each line says its own.
    """

    number: str | None = None
    receiver: str | None = None
    drive: str | None = None
    on: date | None = None
    lines: tuple[HandoverRow, ...] = ()
    total: Decimal | None = None
    goods: str | None = None
    unit: str | None = None
    handler: str | None = None


def receipts(session: Session, view: View) -> Sequence[tuple[int, Any]]:
    """A receipt for each that was written in the period and stands, with the number of its first donation."""
    head = furniture(session, view)
    return [
        (row.id, ReceiptRecord(
            row.number, row.giver, row.drive, row.on, row.amount, row.goods or None, head.unit, head.maker,
        ))
        for row in receipt_rows(session, view)
        if row.state == GOOD
    ]  # fmt: skip


def acknowledgements(session: Session, view: View) -> Sequence[tuple[int, Any]]:
    """A sheet for each receiver, drive and day of the period, with the number of the first line."""
    own: dict[tuple[int, str, date], list[HandoverRow]] = {}
    for row in handover_rows(session, view):
        if row.state == VALID:
            own.setdefault((row.drive_id, row.receiver, row.on), []).append(row)
    unit = furniture(session, view).unit
    return [(rows[0].id, _acknowledgement(rows, unit)) for rows in own.values()]


def _acknowledgement(rows: Sequence[HandoverRow], unit: str) -> AcknowledgementRecord:
    first = rows[0]
    money = sum((row.amount for row in rows if row.amount is not None), ZERO)
    numbers = {row.receipt_no for row in rows}
    return AcknowledgementRecord(
        number=first.receipt_no if len(numbers) == 1 else None,
        receiver=first.receiver,
        drive=first.drive,
        on=first.on,
        lines=tuple(rows),
        total=money,
        goods=said_goods(rows) or None,
        unit=unit,
        handler=first.handler,
    )


DONATION_PAPERS: Mapping[str, Callable[[Session, View], Sequence[tuple[int, Any]]]] = {
    "care_donation_sheet": donation_sheets,
    "care_receipt": receipts,
    "care_acknowledgement": acknowledgements,
}
