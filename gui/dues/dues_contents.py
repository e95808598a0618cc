"""What the panel beside a dues ledger tells of the row or cell that is chosen, and what can be done with it."""

from dataclasses import replace
from typing import Any

from gui.dues import dues_actions
from gui.dues.assess_contents import open_round
from gui.dues.assessment_dialog import ask_for_assessment
from gui.dues.closing_dialog import ClosingDialog
from gui.dues.dues_forms import ask_for_remittance, ask_for_voucher, withdraw_remittance
from gui.page import Page
from gui.papers.paper_files import preview_paper
from gui.papers.scan_window import open_scan
from gui.parts.side_panel import Content, Deed
from models.kinds import MONEY, Tone
from models.ledger import View
from models.ledgers.dues.closing import closing
from models.ledgers.dues.collection import brief_months, brief_working
from models.ledgers.dues.explained import Explained, explained
from models.ledgers.dues.progress import Unvouched
from models.ledgers.dues.vouchers import vouchers_of
from models.records.dues import months
from models.records.dues.payments import CASH
from models.rules.periods import Month, Period


def of_cell(page: Page, member_id: int, month: Month) -> Content:
    """A month of one member: why it is due, what became of it, and the way to pay it."""
    view = replace(page.workspace.view, period=Period(month, month))
    with page.workspace.reading() as session:
        found = explained(session, member_id, view)
        opened = months.opened(session)
    standing = found.standing
    paid_tone: Tone = "plain" if not standing.owed else "bad"
    due = "—" if standing.due is None else MONEY.show(standing.due)
    figures: tuple[tuple[str, str, Tone], ...] = (
        ("应交", due, "plain"),
        ("实交", MONEY.show(standing.paid), paid_tone),
    )
    working = brief_working(standing.working)
    return Content(
        title=f"{found.name}　{month.chinese}",
        figures=figures if found.opened or standing.paid else (),
        grounds=(working, *found.grounds) if working else (),
        steps=tuple((f"{step.on:%m-%d}", step.what) for step in found.course),
        note=_cell_note(found),
        deeds=tuple(_cell_deeds(page, found, opened[-1] if opened else month)),
    )


def _cell_note(found: Explained) -> str:
    if found.standing.state == "unassessed":
        return "这个月应交党费还没有核定。"
    if not found.opened:
        return "这个月还没有开账。" if not found.standing.paid else "这个月还没有开账，已经预交。"
    return "" if found.standing.due is not None else "这个月不在本支部交纳党费。"


def _cell_deeds(page: Page, found: Explained, last: Month) -> list[Deed]:
    who, name, month = found.member_id, found.name, found.month
    deeds = []
    if found.standing.state == "unassessed":
        deeds.append(Deed("核定…", lambda: ask_for_assessment(page, who, name, month), primary=True))
        deeds.append(Deed("年度核定…", lambda: open_round(page, who)))
    if found.owed:
        words = brief_months(found.owed)
        deeds.append(
            Deed(
                f"{'补交' if len(found.owed) > 1 or found.owed[0] < last else '收缴'} {words}",
                lambda: dues_actions.choose_payment(page, who, name, last, found.owed, CASH),
                primary=True,
            )
        )
        deeds.append(Deed("记录原因", lambda: dues_actions.note_reason(page, who, name)))
    if found.standing.paid > 0:
        deeds.append(Deed("冲销…", lambda: dues_actions.reverse_payment(page, who, name, month)))
        if found.standing.due is not None and found.standing.paid > found.standing.due:
            deeds.append(Deed("多交转到其他月份…", lambda: dues_actions.move_excess(page, who, month)))
        year = replace(page.workspace.view, period=Period.of_year(month.year), branch_id=None)
        deeds.append(Deed("党费交纳卡", lambda: preview_paper(page, "dues_card", year, (who,))))
    if found.standing.state != "unassessed":
        deeds.append(Deed("查看核定…", lambda: page.go("dues", ("dues_assessments", who))))
    return deeds


def of_assessment(page: Page, row: Any) -> Content:
    """An assessment: what it gives, who decided it, and changing it."""
    view: View = page.workspace.view
    start = row.from_month.chinese if row.from_month else "最初"
    until = f"至{row.to_month.chinese}" if row.to_month else ""
    steps = [("研究", str(row.decided_on))] if row.decided_on else []
    if row.approved_on:
        steps.append(("批准", f"{row.approved_on} {row.approval_no or ''}"))
    month = max(view.month, row.from_month) if row.from_month else view.month
    ask = ask_for_assessment
    deeds = [Deed("新增核定…", lambda: ask(page, row.member_id, row.name, view.month), primary=row.id is None)]
    if row.id is not None:
        deeds.insert(0, Deed("修改这一条…", lambda: ask(page, row.member_id, row.name, month, row.id), primary=True))
        deeds.append(Deed("删除这一条…", lambda: dues_actions.remove_assessment(page, row.id, row.name)))
    return Content(
        title=row.name,
        figures=(("每月应交", "—" if row.monthly is None else MONEY.show(row.monthly), "plain"),),
        grounds=(
            brief_working(row.working),
            f"自{start}{until}" if row.id is not None else "按名册中的类别和基数",
            row.reason or "",
        ),
        steps=tuple(steps),
        note="已经开账的月份不受改动影响。",
        deeds=tuple(deeds),
    )


def of_payment(page: Page, row: Any) -> Content:
    """A payment: how it was taken, for what, and cancelling it."""
    reversible = row.kind not in ("冲销", "已冲销")
    deed = Deed("冲销…", lambda: dues_actions.reverse_one(page, row.id, row.member_id, row.name))
    return Content(
        title=f"{row.name}　{row.paid_on}",
        figures=(("实交", MONEY.show(row.amount), "plain" if row.amount > 0 else "bad"), ("方式", row.method, "quiet")),
        grounds=(row.covers or "—", row.kind, row.branch),
        note=row.remark or "",
        deeds=(deed,) if reversible else (),
    )


def of_remittance(page: Page, row: Any) -> Content:
    """A remittance: its vouchers and scans, its paper, and taking it back."""
    with page.workspace.reading() as session:
        vouchers = vouchers_of(session, row.id)
    missing = row.amount - row.vouched
    deeds = [_scan_deed(page, each.scan_id, each.scan_name) for each in vouchers if each.scan_id is not None]
    if missing > 0:
        lacking = Unvouched(row.id, row.month, row.remitted_on, row.amount, row.vouched)
        deeds.insert(0, Deed("登记凭证…", lambda: ask_for_voucher(page, (lacking,)), primary=True))
    month = Period(row.month, row.month)
    view = replace(page.workspace.view, period=month, branch_id=None)
    deeds += [
        Deed("预览上缴单", lambda: preview_paper(page, "dues_remittance", view, (row.id,))),
        Deed("撤回…", lambda: withdraw_remittance(page, row.id, row.month, row.amount)),
    ]
    return Content(
        title=f"{row.month.chinese}　{row.remitted_on}",
        figures=(
            ("上缴", MONEY.show(row.amount), "plain"),
            ("凭证", MONEY.show(row.vouched), "bad" if missing else "good"),
            *((("留存", MONEY.show(row.kept), "quiet"),) if row.kept else ()),
            ("人数", f"{row.people} 人", "quiet"),
        ),
        grounds=tuple(f"{each.number}　{each.dated}　{MONEY.show(each.amount)}" for each in vouchers),
        note="" if vouchers else "还没有登记凭证。",
        deeds=tuple(deeds),
    )


def _scan_deed(page: Page, scan_id: int, name: str) -> Deed:
    return Deed("查看扫描件", lambda: open_scan(page, scan_id, name))


def of_month(page: Page, view: View) -> Content:
    """A month's three records side by side, and the way to its closing; a longer period tells nothing."""
    month = view.month
    with page.workspace.reading() as session:
        opened = months.find(session, month)
        state = closing(session, view) if opened is not None else None
    report = Deed("报表（一式两份）", lambda: preview_paper(page, "dues_report", view))
    if state is None:
        return Content(month.chinese, note="这个月还没有开账。", deeds=(report,))
    agreed = state.agreement
    tone: Tone = "good" if agreed.agrees else "bad"
    deeds = [Deed("结账…", lambda: ClosingDialog(page, view).open(), primary=agreed.closed_on is None)]
    if state.to_hand_up:
        deeds.insert(0, Deed("登记上缴…", lambda: ask_for_remittance(page)))
    deeds.append(report)
    kept: tuple[tuple[str, str, Tone], ...] = (("留存", MONEY.show(agreed.kept), tone),) if agreed.kept else ()
    return Content(
        title=f"{month.chinese}结账",
        figures=(
            ("登记", MONEY.show(agreed.registered), "plain"),
            ("上缴", MONEY.show(agreed.handed_up), tone),
            *kept,
            ("凭证", MONEY.show(agreed.vouched), tone),
        ),
        note=f"已于 {agreed.closed_on} 结账。" if agreed.closed_on else "三项一致后可以结账。",
        deeds=tuple(deeds),
    )


def of_notice(page: Page, view: View) -> Content:
    """The public notice: how many names it holds, and the paper to be posted."""
    return Content(
        title=f"{view.period.chinese}公示",
        note="公示表只有姓名和交纳情况，没有收入、基数和金额。",
        deeds=(
            Deed("预览公示（张贴用）", lambda: preview_paper(page, "dues_notice", view), primary=True),
            Deed("年度收缴使用公示", lambda: preview_paper(page, "dues_year_notice", view)),
        ),
    )
