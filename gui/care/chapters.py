"""What the ledgers of care show: each ledger with its use and what can be done in it."""

from gui.care import forms
from gui.care.donation_chapters import DONATIONS
from gui.care.pairing_chapters import PAIRINGS
from gui.care.round_chapters import ROUNDS
from gui.care.visit_chapters import VISITS
from gui.ledgers.chapter_page import Chapter
from gui.life.counts import show_counted_here
from models.ledgers.care.cases import CARE_CASES, CARE_HOUSEHOLDS
from models.ledgers.care.changes import CARE_CHANGES, CARE_POSTING, CARE_POSTING_UNNAMED, CARE_REVIEWS
from models.ledgers.life.counts import CARE_STATISTICS

CHAPTERS = (
    Chapter(
        CARE_CASES.name, "困难党员台账", "F40　可看某一天，可导入", CARE_CASES,
        ("登记申请", forms.ask_for_member), ("打开", forms.open_case),
    ),
    Chapter(
        CARE_HOUSEHOLDS.name, "困难群众（户）台账", "群众、家庭、学生", CARE_HOUSEHOLDS,
        ("登记申请", forms.ask_for_household), ("打开", forms.open_case),
    ),
    Chapter(
        CARE_REVIEWS.name, "核查提醒", "春节、七一以前核查", CARE_REVIEWS, change=("打开", forms.open_case),
    ),
    Chapter(
        CARE_CHANGES.name, "帮扶对象动态", "纳入、调整、退出", CARE_CHANGES, change=("打开", forms.open_changed),
    ),
    Chapter(CARE_POSTING.name, "公示", "只有姓名、类别、日期", CARE_POSTING),
    Chapter(CARE_POSTING_UNNAMED.name, "公示（不写全名）", "只有姓、类别、日期", CARE_POSTING_UNNAMED),
    *ROUNDS,
    *DONATIONS,
    *PAIRINGS,
    *VISITS,
    Chapter(
        CARE_STATISTICS.name, "困难帮扶统计", "人次、元、件，和上年比", CARE_STATISTICS,
        change=("看是哪些记录", show_counted_here),
    ),
)  # fmt: skip
