"""物品收发存台账: the goods of donations, by drive, item and unit: opening, in, out, closing of a period."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.kinds import TEXT
from models.ledger import Column, Ledger, View
from models.ledgers.care.donations import QUANTITY
from models.records.care import donations
from models.records.care.donation_drives import DonationDrive
from models.rules import stock
from models.rules.stock import Moved


@dataclass(frozen=True, slots=True)
class StockRow:
    """Goods of a drive over a period: opening + received − issued = closing."""

    drive: str
    drive_id: int
    item: str
    unit: str
    opening: Decimal
    received: Decimal
    issued: Decimal
    closing: Decimal


def stock_rows(session: Session, view: View) -> list[StockRow]:
    """The goods of every drive, in order of drive and of the day they first came in."""
    chosen = select(DonationDrive).order_by(DonationDrive.begins, DonationDrive.id)
    if view.branch_id is not None:
        chosen = chosen.where(DonationDrive.branch_id == view.branch_id)
    by_drive: dict[int, list[Moved]] = {}
    for drive_id, moved in donations.moves(session):
        by_drive.setdefault(drive_id, []).append(moved)
    first, last = view.period.first.first_day, view.period.last.last_day
    return [
        StockRow(drive.name, drive.id, *each.goods, each.opening, each.received, each.issued, each.closing)
        for drive in session.scalars(chosen)
        for each in stock.turnover(by_drive.get(drive.id, ()), first, last)
    ]


def _note(rows: Sequence[StockRow]) -> str:
    left = [row for row in rows if row.closing]
    if not left:
        return "期初＋收入－发出＝结存；没有结存物品。"
    goods = "、".join(f"{row.item} {stock.said(row.closing)} {row.unit}" for row in left)
    return f"期初＋收入－发出＝结存。结存：{goods}。"


CARE_STOCK = Ledger(
    name="care_stock",
    title="物品收发存台账",
    columns=(
        Column("drive", "捐赠活动", TEXT, 20, entered=False),
        Column("item", "物品名称", TEXT, 16, entered=False),
        Column("unit", "单位", TEXT, 7, entered=False),
        Column("opening", "期初", QUANTITY, 10, entered=False),
        Column("received", "收入", QUANTITY, 10, entered=False),
        Column("issued", "发出", QUANTITY, 10, entered=False),
        Column("closing", "结存", QUANTITY, 10, entered=False),
    ),
    rows=stock_rows,
    span="year",
    lines=("填报单位（盖章）：{unit}", "", "按物品和单位分别计数"),
    signatures=("负责人：", "保管人：", "经办人：{maker}", "填表日期：{date}"),
    note_of=_note,
    empty="这段时间没有物品收发。登记捐物和转交后，这里自动算出结存。",
)
