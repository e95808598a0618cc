"""The papers of planning filled in: a plan of the year, a reminder slip."""

from datetime import date

from models.ledgers.life.plan_papers import PlannedItem, YearPlanRecord
from models.ledgers.life.reminder_slips import ReminderSlipRecord, ReminderTask
from models.records.life.reminder_slips import DONE, OPEN
from models.rules.periods import Month

PLANS = {
    "life_plan": YearPlanRecord(
        2026,
        "甲局第一党支部",
        "周丽萍",
        date(2026, 11, 20),
        (
            PlannedItem(1, "组织生活会", "对照检查", "集中开展", "张红卫", "1月20日已开展"),
            PlannedItem(11, "主题党日", "重温入党誓词", "参观见学", "刘洋", "11月16日已开展"),
            PlannedItem(11, "第一党小组：党小组会", None, None, "阿依古丽·买买提", "计划中"),
            PlannedItem(12, "支部党员大会", "讨论预备党员转正，通报全年党费收缴情况", "集中开展", "张红卫", "计划中"),
        ),
    ),
    "life_reminders": ReminderSlipRecord(
        "2026-11-02",
        Month(2026, 11),
        "第二党支部",
        "示例局机关党总支",
        "张红卫",
        date(2026, 11, 2),
        (
            ReminderTask("收缴党费", "11月23日为党费日，按核定足额收缴", date(2026, 11, 23), "刘洋", OPEN),
            ReminderTask("召开支部委员会", "研究支部工作", date(2026, 11, 15), "蒋玥", DONE, "11月6日召开，记录已定稿"),
            ReminderTask("签订责任书", None, None, None, OPEN),
        ),
    ),
}
