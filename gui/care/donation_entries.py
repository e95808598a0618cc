"""Donations in the list of ledgers and papers: what each is for."""

from models.kinds import CODE, DAY, MONEY, TEXT
from models.ledger import Column

LEDGER_USES = {
    "care_drives": "每次捐赠收了多少、转交多少、余多少",
    "care_donations": "F44　捐款和捐物分开合计，可导入",
    "care_receipts": "收据号、捐赠人、款物，作废的也在",
    "care_stock": "捐赠物品期初、收入、发出、结存",
    "care_passed_on": "交给了谁、有没有接收凭据",
    "care_helped": "受助人内部名单，不公示",
}
USES = {
    "care_donation_sheet": "F44　每次活动一张，捐赠人签名、接收单位签章",
    "care_receipt": "一式两联，交捐赠人一联，支部留存一联",
    "care_acknowledgement": "转交的款物，接收单位（受助人）签收",
}
COLUMNS: dict[str, tuple[Column, ...]] = {
    "care_donation_sheet": (
        Column("unit", "填报单位", TEXT, 18),
        Column("drive", "捐赠活动", TEXT, 18),
        Column("total", "捐款合计", MONEY, 12),
        Column("goods", "捐物", TEXT, 30),
    ),
    "care_receipt": (
        Column("number", "收据号", CODE, 12),
        Column("on", "日期", DAY, 11),
        Column("giver", "捐赠人（单位）", TEXT, 16),
        Column("amount", "捐款金额", MONEY, 12),
        Column("goods", "捐物", TEXT, 30),
    ),
    "care_acknowledgement": (
        Column("receiver", "接收单位（受助人）", TEXT, 18),
        Column("on", "转交日期", DAY, 11),
        Column("total", "金额", MONEY, 12),
        Column("goods", "物品", TEXT, 30),
        Column("number", "凭据号", CODE, 14),
    ),
}
