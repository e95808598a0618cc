"""The filled record of the paper about unpaid months."""

from datetime import date
from decimal import Decimal

from models.ledgers.dues.arrears_paper import ArrearsRecord

_MONTHS = tuple((f"2026年{number}月", Decimal("94.50"), Decimal(0)) for number in range(6, 12))
ARREARS = ArrearsRecord(
    "中共××局机关第一支部委员会", "刘洋", "男", "1962-01-09", "1988-09-04", "退休干部", 6, Decimal("567.00"), _MONTHS,
    (
        (date(2026, 8, 25), "催交：电话催交"),
        (date(2026, 10, 12), "谈话（张红卫）：说明党章规定，本人表示尽快补交，限 2026-11-10 前交清"),
    ),
    ((date(2026, 10, 12), "本人说外出照顾病人，没有委托别人代交"),),
    date(2026, 11, 24),
)  # fmt: skip
