"""The records behind F44: a sheet of donations for each drive."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.donations import VALID, DonationRow, donation_rows, said_goods, worth_of
from models.ledgers.sheets import furniture


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


DONATION_PAPERS: Mapping[str, Callable[[Session, View], Sequence[tuple[int, Any]]]] = {
    "care_donation_sheet": donation_sheets
}
