"""The ledgers of care in the list of ledgers and papers: what each is for."""

from models.kinds import DAY, MONEY, TEXT
from models.ledger import Column

LEDGER_USES = {
    "care_cases": "F40　困难党员，可看某一天，可导入",
    "care_households": "困难群众、家庭、学生，可导入",
    "care_reviews": "谁在春节、七一以前要核查",
    "care_changes": "期初、纳入、退出、期末",
    "care_statistics": "人次、元、件、名，和上年同期比，可看几年",
    "care_posting": "张贴，只有姓名、类别、日期",
    "care_posting_unnamed": "张贴，只写姓，类别、日期",
}
USES = {"care_application": "F41　每份申请一页，本人签字，逐级审批；空白表手写"}
COLUMNS: dict[str, tuple[Column, ...]] = {
    "care_application": (
        Column("unit", "党支部", TEXT, 18),
        Column("name", "姓名", TEXT, 10),
        Column("applied_on", "申请日期", DAY, 11),
        Column("sort", "帮扶类别", TEXT, 14),
        Column("asked", "申请金额", MONEY, 11),
    ),
}
