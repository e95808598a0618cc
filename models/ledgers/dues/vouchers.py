"""The vouchers of a remittance, with their scans."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.attachments import Attachment
from models.records.dues.remittances import Voucher


@dataclass(frozen=True)
class VoucherLine:
    """A voucher: number, day, amount in yuan, and its scan (None: none was kept) with the name it came under."""

    id: int
    number: str
    dated: date
    amount: Decimal
    scan_id: int | None
    scan_name: str


def vouchers_of(session: Session, remittance_id: int) -> list[VoucherLine]:
    """The vouchers of a remittance in the order they were recorded."""
    found = (
        select(Voucher, Attachment.name)
        .join(Attachment, Attachment.id == Voucher.attachment_id, isouter=True)
        .where(Voucher.remittance_id == remittance_id)
        .order_by(Voucher.id)
    )
    return [
        VoucherLine(each.id, each.number, each.dated, each.amount, each.attachment_id, name or "")
        for each, name in session.execute(found)
    ]
