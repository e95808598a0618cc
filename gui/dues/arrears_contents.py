"""What the panel tells of a member in arrears and of a note, and what can be done."""

from typing import Any

from gui.dues import arrears_actions, dues_actions
from gui.page import Page
from gui.parts.side_panel import Content, Deed
from models.kinds import MONEY
from models.ledgers.dues.collection import brief_months
from models.ledgers.dues.explained import explained
from models.ledgers.dues.ladder import said
from models.records.dues import months, reminders
from models.records.dues.payments import CASH
from models.rules.arrears import SIX_MONTHS

_SIX = "连续六个月未交，不会自动改变党籍：先打印情况说明，提请支部党员大会研究。"


def of_arrears(page: Page, row: Any) -> Content:
    """A member in arrears: what is owed, what was done about it, taking the money, and the paper for the meeting."""
    with page.workspace.reading() as session:
        noted = [(f"{each.on:%m-%d}", said(each)) for each in reminders.of_member(session, row.id)]
        owed = explained(session, row.id, page.workspace.view).owed
        last = months.opened(session)[-1]
    reached = row.run >= SIX_MONTHS
    case = Deed("打印情况说明", lambda: arrears_actions.print_case(page, row.id), primary=reached)
    pay = Deed(
        f"补交 {brief_months(owed)}",
        lambda: dues_actions.choose_payment(page, row.id, row.name, last, owed, CASH),
        primary=not reached,
    )
    rest = (
        Deed("记录催交、谈话…", lambda: arrears_actions.note_deed(page, row.id, row.name, _next_step(row.run))),
        Deed("认可原因…", lambda: arrears_actions.accept_reason(page, row.id, row.name, owed[0] if owed else last)),
        Deed("查看记录", lambda: page.go("dues", ("dues_reminders", row.id))),
    )
    return Content(
        title=row.name,
        figures=(("欠交", MONEY.show(row.owed), "bad"), ("连续", f"{row.run} 个月", "bad" if row.run > 1 else "plain")),
        grounds=(row.months, row.stage),
        steps=tuple(noted),
        note=_SIX if reached else "",
        deeds=(case, pay, *rest) if reached else (pay, *rest, case),
    )


def _next_step(run: int) -> str:
    """What is mostly done at this stage."""
    return "提醒" if run <= 1 else "催交" if run == 2 else "谈话"


def of_note(page: Page, row: Any) -> Content:
    """A note: its words, correcting it, taking it away."""
    until = ((str(row.deadline), "限期交清"),) if row.deadline else ()
    return Content(
        title=f"{row.name}　{row.on}",
        grounds=(row.kind, row.text, *(part for part in (row.by, row.covered) if part)),
        steps=until,
        deeds=(
            Deed("修改…", lambda: arrears_actions.correct(page, row.id, row.name), primary=True),
            Deed("再记一条…", lambda: arrears_actions.note_deed(page, row.member_id, row.name, row.kind)),
            Deed("删除…", lambda: arrears_actions.take_away(page, row.id, row.name)),
        ),
    )
