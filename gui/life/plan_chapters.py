"""What the ledgers of planning show, and what can be done in them."""

from collections.abc import Sequence
from typing import Any

from gui.ledgers.chapter_page import Chapter, RowDeed
from gui.life import duty_slips, plan_forms
from gui.page import Page
from models.ledgers.life.obligations import LIFE_DUTIES
from models.ledgers.life.plans import LIFE_MONTH_PLAN, LIFE_PLAN
from models.ledgers.life.reminder_slips import LIFE_REMINDERS
from models.ledgers.life.year_table import LIFE_YEAR_TABLE
from models.records.life.activities import HELD


def _hold(page: Page, rows: Sequence[Any]) -> None:
    """Begins the record of the plan that is chosen, or opens it where it was begun."""
    chosen = rows[0]
    if chosen.state in HELD:
        page.go("life", ("records", chosen.id))
    else:
        plan_forms.ask_to_hold(page, chosen.id, chosen.kind, chosen.planned_on)


def _drop(page: Page, rows: Sequence[Any]) -> None:
    plan_forms.ask_to_drop(page, rows[0])


def _show(page: Page, row: Any) -> None:
    """The duty of the row in the year view."""
    page.go("life", ("year", row.duty))


_DEEDS = (
    RowDeed("开始记录…", _hold, needs_rows=True),
    RowDeed("未开展…", _drop, needs_rows=True),
)
PLANS = (
    Chapter(
        LIFE_PLAN.name, "年度计划", "F28　一年的计划和完成情况", LIFE_PLAN,
        ("安排活动", plan_forms.ask_for_plan), ("修改", plan_forms.ask_for_change), plan_forms.remove_plan, _DEEDS,
    ),
    Chapter(
        LIFE_MONTH_PLAN.name, "月度安排", "F28　一个月的安排表", LIFE_MONTH_PLAN,
        ("安排活动", plan_forms.ask_for_plan), ("修改", plan_forms.ask_for_change), plan_forms.remove_plan, _DEEDS,
    ),
    Chapter(
        LIFE_DUTIES.name, "规定动作完成情况", "应开展、已开展、逾期、完成率", LIFE_DUTIES, change=("在全年里看", _show),
    ),
    Chapter(LIFE_YEAR_TABLE.name, "组织生活开展情况", "F24　十二个月的统计表", LIFE_YEAR_TABLE),
    Chapter(
        LIFE_REMINDERS.name, "党建工作提醒单", "F27　每月印发、逐项反馈", LIFE_REMINDERS,
        ("印发", duty_slips.ask_for_slip), ("反馈", duty_slips.ask_for_feedback), duty_slips.remove_slip,
        more=(
            RowDeed("加一项…", duty_slips.ask_for_task, needs_rows=True),
            RowDeed("编号…", duty_slips.ask_for_head, needs_rows=True),
            RowDeed("打印这张", duty_slips.print_slip, needs_rows=True),
            RowDeed("空白单", duty_slips.print_blank),
        ),
    ),
)  # fmt: skip
