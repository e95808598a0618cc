"""Filled records of the papers of money, and what many of them come to."""

from datetime import date
from decimal import Decimal

from models.ledgers.dues.money_papers import (
    CardMonth,
    CardRecord,
    HandoverRecord,
    Heads,
    LargeRecord,
    ReportRecord,
    SpendingRecord,
    YearNoticeRecord,
)

UNIT = "中共××局机关第一支部委员会"
ABOUT = "在职期间多次被评为优秀共产党员，退休后坚持参加组织生活。今年七一前夕，自愿一次多交党费一千元。"
LARGE = LargeRecord(
    "刘洋", "男", "汉族", "1962年1月", "1988年9月4日", "退休干部", UNIT, Decimal("1000.00"), date(2026, 6, 23), "转账",
    ABOUT, date(2026, 6, 30), "中组收字第0001号",
)  # fmt: skip
HANDOVER = HandoverRecord(
    "2026-001", UNIT, date(2026, 11, 23),
    ((Decimal(100), 12), (Decimal(20), 3), (Decimal(1), 4), (Decimal("0.50"), 1), (Decimal("0.10"), 4)),
    Decimal("1264.90"), Decimal("1265.90"), "少收一元，收缴人补齐", "刘洋", "张红卫", date(2026, 11, 23),
)  # fmt: skip
SPENDING = SpendingRecord(
    UNIT, date(2026, 6, 15), "七一主题党日学习用书", "教育培训", date(2026, 7, 1), "三楼会议室", 47,
    "为全体党员购买学习用书47册。", Decimal("1200.00"), Decimal("1872.68"), date(2026, 6, 18), "局机关党委",
    date(2026, 6, 20), "刘洋",
)  # fmt: skip
REPORT = ReportRecord(
    UNIT, "2026年第四季度", Heads(11, 2, 0, 1), Heads(9, 2, 0, 1), Heads(2), Heads(1), Decimal("4110.90"),
    Decimal("3999.60"), Decimal("111.30"), Decimal("62.40"), Decimal("4173.30"), Decimal("834.66"),
    Decimal("3338.64"), "20261125000123", "刘洋", date(2026, 12, 25),
)  # fmt: skip
CARD = CardRecord(
    2026, "刘洋", UNIT, Decimal("94.50"),
    tuple(
        CardMonth(n, Decimal("94.50"), Decimal("94.50") if n != 6 else Decimal("60.00"), date(2026, n, 23))
        if n < 12 else CardMonth(n)
        for n in range(1, 13)
    ),
)  # fmt: skip
NOTICE = YearNoticeRecord(
    UNIT, 2026, 14, Decimal("14820.60"), Decimal("14709.30"), Decimal("2941.86"), Decimal("11767.44"),
    (1, Decimal("1000.00")), Decimal("1860.00"), (("下拨党费", Decimal("1500.00")),),
    (("慰问困难党员", Decimal("1500.00")), ("教育培训", Decimal("1128.00"))), Decimal("12499.44"), date(2027, 1, 10),
    date(2027, 1, 19), "100-0000-0001", date(2027, 1, 10),
)  # fmt: skip
MONEY = {
    "dues_report": REPORT,
    "dues_report_single": REPORT,
    "dues_year_notice": NOTICE,
    "dues_card": CARD,
    "dues_large_sheet": LARGE,
    "dues_cash_slip": HANDOVER,
    "dues_spending_sheet": SPENDING,
}
# Of nine records: how many pages they fill where it is not nine, and how often they name 刘洋 where it is not so often.
PAGES = {"dues_card": 3}
TIMES = {"dues_report": 18, "dues_cash_slip": 18, "dues_year_notice": 0}
