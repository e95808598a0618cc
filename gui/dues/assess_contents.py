"""What the panel beside the ledgers of assessment tells of a member, and what can be done from there."""

from collections.abc import Callable, Mapping
from typing import Any

from gui.dues.assessment_dialog import ask_for_assessment
from gui.dues.round_dialog import RoundDialog
from gui.dues.worksheet_dialog import ask_for_items
from gui.page import Page
from gui.parts.side_panel import Content, Deed
from models.kinds import MONEY
from models.ledgers.dues.collection import brief_working
from models.records.dues import worksheets, yearly

ROUND_LEDGERS = frozenset({"dues_assessments", "dues_worksheets", "dues_yearly"})


def open_round(page: Page, member_id: int | None = None) -> RoundDialog:
    """Opens the yearly round, at a member when one is named."""
    dialog = RoundDialog(page)
    if member_id is not None:
        dialog.show_member(member_id)
    dialog.open()
    return dialog


def fill_items(page: Page, member_id: int, name: str) -> None:
    """Asks for the items of a member's pay and saves the base they give, from the month on that they count from."""
    month = page.workspace.view.month

    def keep(session: Any, text: str, category: str, reason: str | None) -> None:
        worksheets.keep(session, member_id, month, text, category, reason)
        yearly.enter_waiting(session, {member_id}, month.year, page.workspace.view.today)

    ask_for_items(page, member_id, name, month, keep, page)


def of_worksheet(page: Page, row: Any) -> Content:
    """A worksheet: its arithmetic, the due it gives, and filling it in."""
    return Content(
        title=row.name,
        figures=(
            ("缴费基数", "—" if row.dues_base is None else MONEY.show(row.dues_base), "plain"),
            ("每月应交", "—" if row.monthly is None else MONEY.show(row.monthly), "plain"),
        ),
        grounds=(brief_working(row.working), *((row.base_working,) if row.items else ("基数是直接填写的",))),
        note="已经开账的月份不受改动影响。",
        deeds=(
            Deed("填工资项目…", lambda: fill_items(page, row.member_id, row.name), primary=True),
            Deed("直接填基数…", lambda: ask_for_assessment(page, row.member_id, row.name, page.workspace.view.month)),
            Deed("年度核定…", lambda: open_round(page, row.member_id)),
        ),
    )


def of_yearly(page: Page, row: Any) -> Content:
    """A member in the yearly comparison: last year, this year, and the round."""
    change = "—" if row.due_change is None else f"{row.due_change:+,.2f}"
    return Content(
        title=row.name,
        figures=(
            ("上一年应交", "—" if row.last_due is None else MONEY.show(row.last_due), "quiet"),
            ("本年应交", "—" if row.monthly is None else MONEY.show(row.monthly), "plain"),
            ("增减", change, "plain"),
        ),
        note="" if row.monthly is not None else "本年还没有核定。",
        deeds=(Deed("年度核定…", lambda: open_round(page, row.id), primary=True),),
    )


CONTENTS: Mapping[str, Callable[[Page, Any], Content]] = {"dues_worksheets": of_worksheet, "dues_yearly": of_yearly}
