"""捐赠收据登记簿 and whom donations may be passed on to: one line a receipt, whatever was given on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import CODE, DAY, MONEY, NAME, TEXT, Choice
from models.ledger import Column, Ledger, View
from models.ledgers.care.cases import case_rows
from models.ledgers.care.donations import COUNTER, VALID, DonationRow, donation_rows, said_goods
from models.records.care import pairings
from models.records.care.donation_drives import DonationDrive
from models.records.care.helped import Helped
from models.rules import care
from models.rules.stock import ZERO

GOOD, VOID = "有效", "作废"
STATE = Choice((GOOD, VOID), tones={VOID: "quiet"})


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt with what was given on it, money in yuan; `lines` are the numbers of its donations, `id` the first.

    One is void when all of its donations were reversed; its number is not used again.
    """

    id: int
    lines: tuple[int, ...]
    number: str
    on: date
    giver: str
    drive: str
    drive_id: int
    amount: Decimal | None
    goods: str
    state: str


def receipt_rows(session: Session, view: View) -> list[ReceiptRow]:
    """The receipts of the view's period by number, as long numbers behind short ones."""
    lines: dict[tuple[str, int, str, date], list[DonationRow]] = {}
    for row in donation_rows(session, view):
        if row.receipt_no and row.state != COUNTER:
            lines.setdefault((row.receipt_no, row.drive_id, row.giver, row.on), []).append(row)
    return sorted((_receipt(own) for own in lines.values()), key=lambda row: (len(row.number), row.number, row.id))


def without_receipt(session: Session, view: View) -> list[DonationRow]:
    """The donations of the view's period that stand and for which no receipt was written."""
    return [row for row in donation_rows(session, view) if row.state == VALID and not row.receipt_no]


def receivers(session: Session, view: View) -> tuple[str, ...]:
    """Whom donations may be passed on to: for whom drives are, partners, those helped before and those on the list."""
    drives = select(DonationDrive.beneficiary).where(DonationDrive.beneficiary.is_not(None))
    known = [
        *session.scalars(drives.order_by(DonationDrive.begins.desc())),
        *(each.partner for each in pairings.running(session)),
        *session.scalars(select(Helped.name).order_by(Helped.on.desc(), Helped.id)),
        *(row.name for row in case_rows(session, view) if row.state == care.ON_RECORD),
    ]
    return tuple(dict.fromkeys(name for name in known if name))


def _receipt(own: Sequence[DonationRow]) -> ReceiptRow:
    first, standing = own[0], [row for row in own if row.state == VALID]
    told = standing or own
    return ReceiptRow(
        id=first.id,
        lines=tuple(row.id for row in own),
        number=first.receipt_no or "",
        on=first.on,
        giver=first.giver,
        drive=first.drive,
        drive_id=first.drive_id,
        amount=sum((row.amount for row in standing if row.amount is not None), ZERO) or None,
        goods=said_goods(told),
        state=GOOD if standing else VOID,
    )


def _note(session: Session, view: View) -> str:
    rows, lacking = receipt_rows(session, view), without_receipt(session, view)
    void = sum(row.state == VOID for row in rows)
    said = f"共 {len(rows)} 张" + (f"，其中作废 {void} 张" if void else "")
    return f"{said}。" + (f"还有 {len(lacking)} 笔捐赠没有开收据。" if lacking else "")


CARE_RECEIPTS = Ledger(
    name="care_receipts",
    title="捐赠收据登记簿",
    columns=(
        Column("number", "收据号", CODE, 12, entered=False),
        Column("on", "日期", DAY, 11, entered=False),
        Column("giver", "捐赠人（单位）", NAME, 16, entered=False),
        Column("drive", "捐赠活动", TEXT, 18, entered=False),
        Column("amount", "捐款金额", MONEY, 12, entered=False, totalled=True),
        Column("goods", "捐物", TEXT, 26, entered=False),
        Column("state", "状态", STATE, 7, entered=False),
    ),
    rows=receipt_rows,
    span="year",
    lines=("填报单位（盖章）：{unit}", "", "金额单位：元"),
    signatures=("负责人：", "经办人：{maker}", "填表日期：{date}"),
    note=_note,
    capitals_of="amount",
    empty="这段时间没有开过收据。在“捐款捐物”里选中一笔，按“收据…”。",
)
