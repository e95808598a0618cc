"""What the panel beside the ledgers of money apart from dues tells of a row, and what can be done with it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from gui.dues import money_forms
from gui.page import Page
from gui.papers.paper_files import preview_paper
from gui.papers.scan_window import open_scan
from gui.parts.side_panel import Content, Deed
from models.attachments import Attachment
from models.kinds import MONEY
from models.ledger import View
from models.ledgers.dues.cash_book import book_totals
from models.ledgers.dues.large import COUNTER, HANDED_ON, REVERSED
from models.ledgers.dues.slips import VOID
from models.records.dues.cash_book import CashEntry
from models.rules.periods import Month, Period

Tell = Callable[[Page, View, Any], Content]


def of_large(page: Page, view: View, row: Any) -> Content:
    """A large payment: how far it is on its way, its description sheet, cancelling it."""
    if row is None:
        return Content("大额党费", note="收缴时一次多交的钱达到起点，会自动登记到这里，不算本支部党费。")
    deeds: tuple[Deed, ...] = ()
    if row.state not in (REVERSED, COUNTER):
        done = row.state == HANDED_ON
        deeds = (
            Deed("填写情况…", lambda: money_forms.describe_large(page, row), primary=not done),
            Deed("打印情况说明", lambda: preview_paper(page, "dues_large_sheet", view, (row.id,))),
            Deed("冲销…", lambda: money_forms.reverse_large(page, row)),
        )
    return Content(
        title=f"{row.name}　{row.paid_on}",
        figures=(("金额", MONEY.show(row.amount), "plain"), ("方式", row.method, "quiet")),
        grounds=(row.state, row.description or "还没有写本人简要情况"),
        steps=((str(row.handed_on), f"转交上级党委　{row.receipt_no or '收据未到'}"),) if row.handed_on else (),
        note="全额上缴中央，由中央组织部开收据，不计入本支部上缴数。",
        deeds=deeds,
    )


def of_cash(page: Page, view: View, row: Any) -> Content:
    """The count of a collection day: its difference and hand-over."""
    if row is None:
        return Content("现金点交", note="在收缴日右边点钞以后，这里登记差额原因和交接。")

    def print_slip(number: int) -> None:
        preview_paper(page, "dues_cash_slip", view, (number,))

    short = bool(row.difference) and not row.explained
    deeds = []
    if row.difference:
        explain = money_forms.explain_difference
        deeds.append(Deed("说明差额…", lambda: explain(page, row.day, row.booked, row.difference), primary=short))
    deeds.append(
        Deed(
            "登记交接…",
            lambda: money_forms.hand_over_cash(page, row.day, row.counted, print_slip),
            primary=not short and row.handover_id is None,
        )
    )
    if row.handover_id is not None:
        deeds.append(Deed("打印交接单", lambda: print_slip(row.handover_id)))
    return Content(
        title=f"{row.day} 现金",
        figures=(
            ("账面", MONEY.show(row.booked), "plain"),
            ("实点", MONEY.show(row.counted), "plain"),
            ("差额", MONEY.show(row.difference), "bad" if row.difference else "good"),
        ),
        grounds=(row.explained,) if row.explained else (),
        steps=((str(row.handed_on), f"{row.giver} 交 {row.receiver}"),) if row.handover_id is not None else (),
        note="" if row.handover_id is not None else "还没有交接。",
        deeds=tuple(deeds),
    )


def of_cash_book(page: Page, view: View, row: Any) -> Content:
    """The book of the year, and one entry of it."""
    with page.workspace.reading() as session:
        sums = book_totals(session, View(view.today, Period.of_year(view.period.year), view.branch_id))
        entry = session.get(CashEntry, row.id) if row is not None and row.id is not None else None
        scan = session.get(Attachment, entry.attachment_id) if entry is not None and entry.attachment_id else None
        kept = (scan.id, scan.name) if scan is not None else None
    deeds = [
        Deed("记收入…", lambda: money_forms.enter_income(page), primary=sums.balance <= 0),
        Deed("记支出…", lambda: money_forms.enter_spending(page), primary=sums.balance > 0),
    ]
    if kept is not None:
        deeds.append(Deed("查看附件", lambda: open_scan(page, *kept)))
    if entry is not None and row.standing:
        deeds.append(Deed("补凭证…", lambda: money_forms.add_voucher(page, row)))
        deeds.append(Deed("冲销…", lambda: money_forms.reverse_entry(page, row)))
    return Content(
        title=f"{view.period.year}年收支",
        figures=(
            ("上年结转", MONEY.show(sums.carried), "quiet"),
            ("收入", MONEY.show(sums.income), "plain"),
            ("支出", MONEY.show(sums.spending), "plain"),
            ("结余", MONEY.show(sums.balance), "bad" if sums.balance < 0 else "good"),
        ),
        grounds=tuple(filter(None, (row.summary, row.kind))) if row is not None else (),
        note="量入为出：支出不能超过结余。" if sums.balance >= 0 else "支出大于收入，请核对。",
        deeds=tuple(deeds),
    )


def of_spending(page: Page, view: View, row: Any) -> Content:
    """A request to use dues: its approval sheet, and spending it."""
    ask = Deed("新增申请…", lambda: money_forms.ask_for_request(page), primary=row is None)
    if row is None:
        return Content("党费使用申请", note="先填申请，支委会集体研究，再支出。", deeds=(ask,))
    left = row.budget - row.spent
    deeds = [
        Deed("打印审批表", lambda: preview_paper(page, "dues_spending_sheet", view, (row.id,))),
        Deed("修改…", lambda: money_forms.ask_for_request(page, row), primary=row.decided_on is None),
        ask,
    ]
    if row.decided_on is not None and left > 0:
        deeds.insert(0, Deed("登记支出…", lambda: money_forms.enter_spending(page, row), primary=True))
    if not row.spent:
        deeds.append(Deed("删除…", lambda: money_forms.remove_request(page, row)))
    steps = [("研究", str(row.decided_on))] if row.decided_on else []
    if row.approved_on:
        steps.append(("批准", f"{row.approved_on} {row.approver or ''}"))
    return Content(
        title=row.activity,
        figures=(
            ("预算", MONEY.show(row.budget), "plain"),
            ("已支出", MONEY.show(row.spent), "plain"),
            ("还可支出", MONEY.show(left), "quiet"),
        ),
        grounds=(row.state, row.kind),
        steps=tuple(steps),
        note="" if row.decided_on else "支委会研究后填上研究日期，才能支出。",
        deeds=tuple(deeds),
    )


def of_slip(page: Page, view: View, row: Any) -> Content:
    """A slip of the register."""
    if row is None:
        return Content("内部凭条", note="收了党费就有凭条，按年连续编号。")
    deeds = () if row.state == VOID else (Deed("打印这一张", lambda: _print_slip(page, row), primary=True),)
    note = "这一笔已经冲销，编号保留、凭条作废。" if row.state == VOID else "只供支部内部核对，不是正式收据。"
    amount = "作废" if row.amount is None else MONEY.show(row.amount)
    return Content(
        title=f"编号 {row.number}",
        figures=(("金额", amount, "quiet" if row.amount is None else "plain"), ("方式", row.method, "quiet")),
        grounds=(row.name, row.covers or "—"),
        note=note,
        deeds=deeds,
    )


def _print_slip(page: Page, row: Any) -> None:
    month = Month.of(row.paid_on)
    view = replace(page.workspace.view, period=Period(month, month), branch_id=None)
    preview_paper(page, "dues_slip", view, (row.id,))


TELL: dict[str, Tell] = {
    "dues_large": of_large,
    "dues_cash": of_cash,
    "dues_cash_book": of_cash_book,
    "dues_spending": of_spending,
    "dues_slips": of_slip,
}
BEGIN: dict[str, Callable[[Page], object]] = {
    "dues_cash_book": money_forms.enter_spending,
    "dues_spending": money_forms.ask_for_request,
}
