"""What stands on the signing sheet of an invented round."""

from datetime import date
from decimal import Decimal

from models.ledgers.care.papers import SigningLine, SigningRecord

SIGNING = SigningRecord(
    title="2026年春节慰问",
    unit="中共××局机关第一支部委员会",
    lines=(
        SigningLine("刘洋", "第一党支部", "困难党员", Decimal("1000.00"), "大米 2 袋，折 120.00 元", date(2026, 2, 10)),
        SigningLine("䶮㛃", "第一党支部", "老党员", Decimal("300.50"), None, None, "吴小强（子女）"),
        SigningLine("阿依古丽·买买提", "第二党支部", "困难群众", None, "食用油 1 桶"),
    ),
    total=Decimal("1300.50"),
    sources="上级下拨 1,000.00 元；工会 300.50 元",
    handler="周丽萍",
    reversals=("䶮㛃：2026-02-09 发放 1,000.00 元，2026-02-10 冲销：日期登记有误",),
)
