"""An invented card of services for the tests of papers."""

from datetime import date
from decimal import Decimal

from models.ledgers.care.service_card import ServiceCardRecord
from models.ledgers.care.service_hours import Served

CARD = ServiceCardRecord(
    "刘洋", "第一党支部", "综合科科员", 2026, "和平社区", date(2026, 3, 28), "摄影", "宣传员",
    (
        Served(date(2026, 4, 27), "楼道杂物清理", Decimal(2), "和平社区", "社区王主任", False),
        Served(date(2026, 8, 20), "义务植树", Decimal("2.5"), "青石村", None, True),
    ),
)  # fmt: skip
