"""The ledgers of care in the list of ledgers and papers: what each is for."""

LEDGER_USES = {
    "care_cases": "F40　困难党员，可看某一天，可导入",
    "care_households": "困难群众、家庭、学生，可导入",
    "care_reviews": "谁在春节、七一以前要核查",
    "care_changes": "期初、纳入、退出、期末",
    "care_statistics": "人次、元、件、名，和上年同期比，可看几年",
    "care_posting": "张贴，只有姓名、类别、日期",
    "care_posting_unnamed": "张贴，只写姓，类别、日期",
}
