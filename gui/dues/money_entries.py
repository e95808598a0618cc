"""The papers of money in the list of ledgers and papers: what each is for, and its records as a table."""

from models.kinds import CODE, DAY, MONEY, NUMBER, PERSON, TEXT
from models.ledger import Column

USES = {
    "dues_report": "F04　按月、季、年，一式两份带骑缝",
    "dues_report_single": "F04　按月、季、年，一份",
    "dues_year_notice": "F06　每年公布一次，只有合计",
    "dues_card": "F09　每人一张，十二个月",
    "dues_large_sheet": "随大额党费逐级转交",
    "dues_cash_slip": "一式两联，双方签字",
    "dues_spending_sheet": "F08　申请、研究、审批",
}
_REPORT = (
    Column("unit", "填报单位", TEXT, 18),
    Column("period", "时期", TEXT, 12),
    Column("due", "应交", MONEY, 11),
    Column("paid", "实交合计", MONEY, 11),
    Column("handed_up", "已上缴", MONEY, 11),
    Column("kept", "留存", MONEY, 10),
    Column("voucher", "凭证号", CODE, 18),
)
COLUMNS: dict[str, tuple[Column, ...]] = {
    "dues_report": _REPORT,
    "dues_report_single": _REPORT,
    "dues_year_notice": (
        Column("unit", "公示单位", TEXT, 18),
        Column("year", "年度", CODE, 8),
        Column("due", "应交", MONEY, 12),
        Column("paid", "实交", MONEY, 12),
        Column("handed_up", "上缴", MONEY, 12),
        Column("balance", "可使用党费结余", MONEY, 12),
    ),
    "dues_card": (
        Column("name", "姓名", PERSON, 10),
        Column("unit", "党支部", TEXT, 16),
        Column("year", "年度", CODE, 8),
        Column("monthly", "月应交", MONEY, 10),
        Column("paid", "全年已交", MONEY, 11),
    ),
    "dues_large_sheet": (
        Column("name", "姓名", PERSON, 10),
        Column("unit", "党支部", TEXT, 16),
        Column("paid_on", "交纳日期", DAY, 11),
        Column("amount", "金额", MONEY, 12),
        Column("handed_on", "转交日期", DAY, 11),
    ),
    "dues_cash_slip": (
        Column("number", "编号", CODE, 10),
        Column("collected_on", "收缴日", DAY, 11),
        Column("amount", "交接金额", MONEY, 12),
        Column("giver", "交出人", PERSON, 10),
        Column("receiver", "接收人", PERSON, 10),
        Column("handed_on", "交接日期", DAY, 11),
    ),
    "dues_spending_sheet": (
        Column("asked_on", "申请日期", DAY, 11),
        Column("activity", "活动名称", TEXT, 22),
        Column("people", "人数", NUMBER, 7),
        Column("budget", "预算金额", MONEY, 12),
        Column("decided_on", "研究日期", DAY, 11),
    ),
}
