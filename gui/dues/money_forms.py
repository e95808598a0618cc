"""The forms of money apart from dues: large payments, the cash drawer, the cash book, requests to use dues."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from gui.dues.dues_forms import ScannedDialog
from gui.dues.reverse_dialog import REASONS
from gui.messages import ask
from gui.page import Page
from gui.papers.paper_files import preview_paper
from gui.parts.record_dialog import RecordDialog
from models import attachments, settings
from models.errors import UserError
from models.kinds import CODE, DAY, MONEY, NUMBER, TEXT, Choice
from models.ledger import Column, View
from models.ledgers.dues.closing import drawer
from models.records.dues import cash, cash_book, large_payments, months, spending
from models.records.dues.cash_book import INCOMES, USES
from models.records.members.facts import require_happened

_LARGE = (
    Column("description", "本人简要情况", TEXT, 40),
    Column("handed_on", "转交上级党委日期", DAY, 11),
    Column("receipt_no", "中央组织部收据号", CODE, 16),
    Column("remark", "备注", TEXT, 16),
)
_REVERSAL = (
    Column("reason", "冲销原因", Choice(REASONS, open=True), 20, required=True),
    Column("on", "冲销日期", DAY, 11, required=True),
)
_DIFFERENCE = (Column("remark", "差额原因", TEXT, 30, required=True),)
_HANDOVER = (
    Column("handed_on", "交接日期", DAY, 11, required=True),
    Column("giver", "交出人", TEXT, 10, required=True),
    Column("receiver", "接收人", TEXT, 10, required=True),
    Column("remark", "备注", TEXT, 16),
)
_INCOME = (
    Column("on", "日期", DAY, 11, required=True),
    Column("kind", "收入类别", Choice(INCOMES), 12, required=True),
    Column("summary", "摘要", TEXT, 23, required=True),
    Column("amount", "金额", MONEY, 12, required=True),
    Column("number", "凭证号", CODE, 12),
    Column("handler", "经办人", TEXT, 10),
    Column("remark", "备注", TEXT, 16),
)
_SPENDING = (
    Column("on", "支出日期", DAY, 11, required=True),
    Column("kind", "用途类别", Choice(USES), 12, required=True),
    Column("summary", "摘要", TEXT, 23, required=True),
    Column("amount", "金额", MONEY, 12, required=True),
    Column("decided_on", "支委会研究日期", DAY, 11, required=True),
    Column("number", "凭证号", CODE, 12),
    Column("handler", "经办人", TEXT, 10),
    Column("approver", "审批人", TEXT, 10),
    Column("remark", "备注", TEXT, 16),
)
_VOUCHER = (Column("number", "凭证号", CODE, 12),)
REQUEST = (
    Column("activity", "活动名称", TEXT, 30, required=True),
    Column("kind", "用途类别", Choice(USES), 12, required=True),
    Column("budget", "预算金额", MONEY, 12, required=True),
    Column("asked_on", "申请日期", DAY, 11, required=True),
    Column("held_on", "活动日期", DAY, 11),
    Column("place", "地点", TEXT, 16),
    Column("people", "参加人数", NUMBER, 8),
    Column("purpose", "用途说明", TEXT, 30),
    Column("decided_on", "支委会研究日期", DAY, 11),
    Column("handler", "经办人", TEXT, 10),
    Column("approver", "审批人", TEXT, 10),
    Column("approved_on", "批准日期", DAY, 11),
    Column("remark", "备注", TEXT, 16),
)


def describe_large(page: Page, row: Any) -> RecordDialog:
    """Asks what is said of a large payment: the member in a few lines, the day it was handed on, the receipt."""

    def save(values: dict[str, Any]) -> None:
        require_happened(values, ("handed_on",), page.workspace.view.today)
        with page.workspace.writing("填写大额党费情况") as session:
            large_payments.describe(session, row.id, values)
        page.say(f"已记下{row.name}这笔大额党费的情况。")

    values = {each.key: getattr(row, each.key) for each in _LARGE}
    dialog = RecordDialog("大额党费情况", _LARGE, values, save, page, who=row.name)
    dialog.open()
    return dialog


def reverse_large(page: Page, row: Any) -> RecordDialog:
    """Asks why a large payment is cancelled, and books its counter-entry."""

    def reverse(reason: str, on: date) -> str:
        with page.workspace.writing("冲销大额党费") as session:
            large_payments.reverse(session, row.id, reason, on)
        return f"已冲销{row.name}的大额党费 {MONEY.show(row.amount)} 元，原记录和冲销记录都留着。"

    return _ask_why(page, row.name, reverse)


def explain_difference(page: Page, day: date, booked: Decimal, difference: Decimal) -> RecordDialog:
    """Asks why the count of a day differs from the cash in the books, both in yuan."""

    def save(values: dict[str, Any]) -> None:
        with page.workspace.writing("说明点钞差额") as session:
            cash.explain(session, day, booked, values["remark"])
        page.say("差额原因已经记下。")

    dialog = RecordDialog("说明差额", _DIFFERENCE, {}, save, page, who=cash.said_difference(difference))
    dialog.open()
    return dialog


def settle_cash(page: Page, view: View) -> RecordDialog:
    """Asks why the count of a month's collection differs from the books, or hands its cash over and prints the slip."""
    with page.workspace.reading() as session:
        day = months.require(session, view.month).collection_day
        found = drawer(session, view)
    if found.counted is None:
        raise UserError("还没有点钞，请先在收缴日右边填各种面额的张数。")
    if found.difference and not found.explained:
        return explain_difference(page, day, found.booked, found.difference)

    def print_slip(number: int) -> None:
        preview_paper(page, "dues_cash_slip", view, (number,))

    return hand_over_cash(page, day, found.counted, print_slip)


def hand_over_cash(page: Page, day: date, counted: Decimal, then: Callable[[int], object]) -> RecordDialog:
    """Asks who hands the cash counted for a day to whom; `then` is handed the number of the slip to be printed."""
    latest = max(page.workspace.view.today, day)

    def save(values: dict[str, Any]) -> None:
        require_happened(values, ("handed_on",), latest)
        with page.workspace.writing("现金交接") as session:
            done = cash.hand_over(
                session, day, values["handed_on"], values["giver"], values["receiver"], values["remark"]
            )
            number = done.id
        page.say(f"已登记交接现金 {MONEY.show(counted)} 元，请打印交接单，双方签字。")
        then(number)

    with page.workspace.reading() as session:
        maker = settings.read(session).maker
    known = {"handed_on": latest, "giver": maker}
    dialog = RecordDialog("现金交接", _HANDOVER, known, save, page, who=f"交接金额 {MONEY.show(counted)} 元")
    dialog.save_button.setText("登记并打印")
    dialog.open()
    return dialog


def enter_income(page: Page) -> ScannedDialog:
    """Asks for money that came into the cash book."""

    def save(values: dict[str, Any]) -> None:
        require_happened(values, ("on",), page.workspace.view.today)
        with page.workspace.writing("记党费收入") as session:
            scan = attachments.add_file(session, dialog.scan.path).id if dialog.scan.path else None
            cash_book.receive(session, values, page.workspace.view.branch_id, scan)
        page.say(f"已记收入 {MONEY.show(values['amount'])} 元。")

    words = "上级下拨、返还给支部使用的党费记在这里；本支部按比例留存的部分，登记上缴时自动记入。"
    known = {"on": page.workspace.view.today, "kind": INCOMES[0], "handler": _maker(page)}
    dialog = ScannedDialog(page, "记收入", _INCOME, known, save, words, page)
    dialog.open()
    return dialog


def enter_spending(page: Page, request: Any = None) -> ScannedDialog:
    """Asks for a spending, of a request's money where one is given."""
    view = page.workspace.view
    with page.workspace.reading() as session:
        left = cash_book.least_from(session, view.today, view.branch_id)
    known: dict[str, Any] = {"on": view.today, "handler": _maker(page)}
    words = f"现在结余 {MONEY.show(left)} 元。使用党费要先经支委会（党员大会）集体研究，支出不能超过结余。"
    if request is not None:
        known |= {
            "kind": request.kind,
            "summary": request.activity,
            "amount": min(request.budget - request.spent, left) if left > 0 else request.budget - request.spent,
            "decided_on": request.decided_on,
            "approver": request.approver,
        }
        words += f"这份申请还可支出 {MONEY.show(request.budget - request.spent)} 元。"

    def save(values: dict[str, Any]) -> None:
        require_happened(values, ("on",), view.today)
        with page.workspace.writing("记党费支出") as session:
            scan = attachments.add_file(session, dialog.scan.path).id if dialog.scan.path else None
            of_request = {"request_id": request.id} if request is not None else {}
            cash_book.spend(session, values | of_request, view.branch_id, scan)
        page.say(f"已记支出 {MONEY.show(values['amount'])} 元。")

    dialog = ScannedDialog(page, "记支出", _SPENDING, known, save, words, page)
    dialog.open()
    return dialog


def add_voucher(page: Page, row: Any) -> ScannedDialog:
    """Asks for the number and the scan of an entry's voucher."""

    def save(values: dict[str, Any]) -> None:
        with page.workspace.writing("补收支凭证") as session:
            scan = attachments.add_file(session, dialog.scan.path).id if dialog.scan.path else None
            cash_book.attach(session, row.id, values["number"], scan)
        page.say("凭证已经补上。")

    dialog = ScannedDialog(page, "补凭证", _VOUCHER, {"number": row.number}, save, row.summary, page)
    dialog.open()
    return dialog


def reverse_entry(page: Page, row: Any) -> RecordDialog:
    """Asks why an entry of the cash book is cancelled, and books its counter-entry."""

    def reverse(reason: str, on: date) -> str:
        with page.workspace.writing("冲销收支") as session:
            cash_book.reverse(session, row.id, reason, on)
        return f"已冲销“{row.summary}”，原记录和冲销记录都留在台账里。"

    return _ask_why(page, row.summary, reverse)


def ask_for_request(page: Page, row: Any = None) -> RecordDialog:
    """Asks for a request to use dues, or changes one."""

    def save(values: dict[str, Any]) -> None:
        require_happened(values, ("asked_on", "decided_on", "approved_on"), page.workspace.view.today)
        with page.workspace.writing("党费使用申请") as session:
            spending.save(session, values, page.workspace.view.branch_id, row.id if row is not None else None)
        page.say(f"已保存“{values['activity']}”的使用申请，可以打印审批表。")

    dialog = RecordDialog("党费使用申请", REQUEST, _known_request(page, row), save, page)
    dialog.open()
    return dialog


def remove_request(page: Page, row: Any) -> None:
    """Asks, then removes a request under which nothing was spent."""

    def remove() -> None:
        with page.workspace.writing("删除党费使用申请") as session:
            spending.remove(session, row.id, bool(cash_book.standing(session, row.id)))
        page.say(f"已删除“{row.activity}”的申请；按 Ctrl+Z 撤销。")

    ask(page, f"删除“{row.activity}”的使用申请？", yes="删除", then=remove)


def _known_request(page: Page, row: Any) -> Mapping[str, Any]:
    if row is None:
        return {"asked_on": page.workspace.view.today, "kind": USES[0], "handler": _maker(page)}
    with page.workspace.reading() as session:
        known = session.get_one(spending.SpendingRequest, row.id)
        return {each.key: getattr(known, each.key) for each in REQUEST}


def _ask_why(page: Page, who: str, reverse: Callable[[str, date], str]) -> RecordDialog:
    def save(values: dict[str, Any]) -> None:
        require_happened(values, ("on",), page.workspace.view.today)
        page.say(reverse(values["reason"], values["on"]))

    dialog = RecordDialog("冲销", _REVERSAL, {"on": page.workspace.view.today}, save, page, who=who)
    dialog.save_button.setText("冲销")
    dialog.open()
    return dialog


def _maker(page: Page) -> str:
    with page.workspace.reading() as session:
        return settings.read(session).maker
