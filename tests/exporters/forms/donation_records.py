"""Invented donations for the tests of papers."""

from datetime import date
from decimal import Decimal

from models.ledgers.care.donation_papers import AcknowledgementRecord, DonationRecord, ReceiptRecord
from models.ledgers.care.donations import KEPT, VALID, DonationRow, HandoverRow

_DRIVE = "清雪除冰一线捐赠"
SHEET = DonationRecord(
    unit="第一党支部", drive=_DRIVE, total=Decimal("500.00"), goods="大衣 230 件、酒精 0.5 斤",
    lines=(
        DonationRow(1, _DRIVE, 1, 1, "张红卫", "支部书记", date(2026, 1, 6), Decimal("500.00"), None, None, None, None,
                    "S-001", VALID, None),
        DonationRow(2, _DRIVE, 1, None, "示例局机关工会", None, date(2026, 1, 7), None, "大衣", Decimal(230),
                    "件", Decimal("9200.00"), "S-002", VALID, None),
        DonationRow(3, _DRIVE, 1, None, "刘洋", None, date(2026, 1, 7), None, "酒精", Decimal("0.5"), "斤", None,
                    None, VALID, None),
    ),
)  # fmt: skip
RECEIPT = ReceiptRecord(
    "2026-012", "刘洋", _DRIVE, date(2026, 1, 7), Decimal("500.00"), "大衣 230 件、酒精 0.5 斤",
    "第一党支部", "周丽萍",
)  # fmt: skip
ACKNOWLEDGEMENT = AcknowledgementRecord(
    "WZ-3", "示例市应急物资保障站", _DRIVE, date(2026, 1, 20),
    (
        HandoverRow(1, _DRIVE, 1, "示例市应急物资保障站", date(2026, 1, 20), Decimal("300.00"), None, None, None,
                    "WZ-3", KEPT, "周丽萍", VALID, None),
        HandoverRow(2, _DRIVE, 1, "示例市应急物资保障站", date(2026, 1, 20), None, "大衣", Decimal(200), "件",
                    None, KEPT, "周丽萍", VALID, "其余 30 件下月送"),
    ),
    Decimal("300.00"), "大衣 200 件", "第一党支部", "刘洋",
)  # fmt: skip
