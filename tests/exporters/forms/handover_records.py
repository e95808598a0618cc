"""An invented pack for the next secretary, for the tests of papers."""

from datetime import date

from models.audit import Anchor
from models.ledgers.handover import BackupPlace, HandoverPack, KeptLedger
from models.ledgers.handover_matters import Matter

PACK = HandoverPack(
    unit="示例局机关党总支",
    made_on=date(2026, 11, 20),
    matters=(
        Matter("党费", "欠交党费", "2 人", "合计 222.60 元：刘洋 1 个月 94.50 元；何志远 2 个月 128.10 元。"),
        Matter("组织生活", "记录没有定稿", "1 次", "支部党员大会（2026-11-20）。"),
        Matter("困难帮扶", "没有退出的困难党员", "3 人", "已评议 1 人、在册 2 人。"),
    ),
    ledgers=(
        KeptLedger("党员名册", "48 人", "在册 47 人"),
        KeptLedger("党费交纳", "541 条", "2025-12-23 至 2026-11-20"),
    ),
    file="示例.zbtz",
    folder="/支部/数据",
    encrypted=True,
    people=("周丽萍（经办）",),
    backups=(BackupPlace("/支部/数据/备份", 12, "2026-11-20 17:30"),),
    trail=Anchor(10385, "17649ec9" * 8),
)
