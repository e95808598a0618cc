"""What can be done about dues on any page: open a month, take a payment, cancel one, note a reason, look ahead a month.

Each function asks what it must in a dialog over the page, saves through the workspace, and says what was done.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from gui.dues.excess_dialog import ExcessDialog
from gui.dues.payment_dialog import PaymentDialog, Wanted
from gui.dues.reverse_dialog import ask_for_reversal
from gui.messages import ask
from gui.page import Page
from gui.parts.backed_up import after_backup
from gui.parts.record_dialog import RecordDialog
from gui.tasks import Task
from models import settings
from models.errors import UserError
from models.kinds import DAY, MONEY, TEXT, Choice
from models.ledger import Column
from models.ledgers.dues.excess import excess_of
from models.ledgers.dues.offers import offers
from models.ledgers.dues.paid import PaidOnce, paid_by
from models.records.dues import assessments, months, payments, reminders
from models.records.dues.payments import Collection
from models.records.members.facts import require_past
from models.records.members.members import find_by_id
from models.rules.periods import Month, Period, show_months

_OPENING = "开账"
_KINDS = tuple(kind for kind in reminders.REMINDER_KINDS if kind != reminders.ACCEPTED)
NOTE = (
    Column("kind", "种类", Choice(_KINDS), 10, required=True),
    Column("on", "日期", DAY, 11, required=True),
    Column("text", "情况", TEXT, 40, required=True),
)


def open_month(page: Page, month: Month, then: Callable[[], object] = lambda: None) -> None:
    """Fixes everybody's due for the month, after a backup, and names those who have no sound assessment."""
    if page.findChild(Task, _OPENING) is not None:
        return  # pressed twice

    def open_it() -> None:
        _open(page, month)
        then()

    opening = after_backup(page, open_it, anyway="不备份，照样开账")
    opening.setObjectName(_OPENING)
    opening.ended.connect(lambda: opening.setObjectName(""))  # it may be gone only a little later


def _open(page: Page, month: Month) -> None:
    with page.workspace.writing(f"{month.chinese}开账") as session:
        opening = months.open_month(session, month, page.workspace.view.today)
    names = "、".join(each.name for each in opening.unassessed[:6])
    if not opening.unassessed:
        page.say(f"{month.chinese}已开账，{opening.added} 人的应交党费已经算好。")
        return
    more = f"等 {len(opening.unassessed)} 人" if len(opening.unassessed) > 6 else ""
    page.refuse(f"{month.chinese}已开账，{opening.added} 人入账；{names}{more}还没有核定，核定后自动入账。")


def take(
    page: Page,
    member_id: int,
    name: str,
    month: Month,
    how: Collection,
    amount: Decimal,
    covers: Sequence[Month],
) -> None:
    """Records a payment; the sentence tells what it was booked to, and that part of it is still owed."""
    with page.workspace.writing(f"收缴{name}党费 {MONEY.show(amount)} 元") as session:
        member = find_by_id(session, member_id)
        due = [each for each in covers if each in months.opened(session)]
        owed = sum((payments.still_owed(session, member, each) for each in due), Decimal(0))
        done = payments.collect(session, member_id, month, how, amount, covers)
        closed = months.require(session, month).closed_on is not None
    later = f"{month.chinese}已经结账，这笔请另行上缴。" if closed else ""
    rest = f"，余 {MONEY.show(owed - amount)} 元未交" if amount < owed else ""
    taken = f"已收{name} {MONEY.show(done.amount)} 元（{how.method}，{show_months(list(done.months))}{rest}）。"
    large = (
        f"{name}多交的 {MONEY.show(done.large)} 元是大额党费，已单独登记，请补写简要情况并报上级党委，全额转交中央。"
    )
    page.say(f"{taken if done.amount else ''}{large if done.large else ''}{later}")


def choose_payment(
    page: Page,
    member_id: int,
    name: str,
    month: Month,
    covers: Sequence[Month],
    method: str,
    amount: Decimal | None = None,
) -> PaymentDialog:
    """Asks for amount, way, day and months, and records the payment; `covers` are the months proposed."""
    with page.workspace.reading() as session:
        offered = offers(session, member_id, month)
    if not offered.months:
        raise UserError(f"{name}没有可以交党费的月份：还没有核定，或已不在本支部交纳。")

    today = page.workspace.view.today

    def save(wanted: Wanted) -> None:
        require_past("paid_on", wanted.how.on, today)
        take(page, member_id, name, month, wanted.how, wanted.amount, wanted.covers)

    first = [each.month for each in offered.months if each.month in covers] or [offered.months[0].month]
    how = Collection(today, method, proxy=offered.proxy)
    dialog = PaymentDialog(name, offered, first, how, save, page)
    if amount is not None:
        dialog.type_amount(amount)
    dialog.open()
    return dialog


def reverse_payment(page: Page, member_id: int, name: str, month: Month) -> RecordDialog:
    """Asks which payment of the member in or for a month is cancelled and why, and books its counter-entry."""
    with page.workspace.reading() as session:
        found = paid_by(session, member_id, month)
    if not found:
        raise UserError(f"{name}{month.chinese}没有可以冲销的交纳记录。")
    return _reverse(page, found)


def reverse_one(page: Page, payment_id: int, member_id: int, name: str) -> RecordDialog:
    """Asks why a payment is cancelled, and books its counter-entry."""
    with page.workspace.reading() as session:
        found = [paid for paid in paid_by(session, member_id) if paid.id == payment_id]
    if not found:
        raise UserError(f"{name}的这笔交纳记录已经冲销过了。")
    return _reverse(page, found)


def _reverse(page: Page, found: Sequence[PaidOnce]) -> RecordDialog:
    def save(paid: PaidOnce, reason: str, on: date) -> None:
        require_past("on", on, page.workspace.view.today)
        with page.workspace.writing(f"冲销{paid.name}的党费") as session:
            done = payments.reverse(session, paid.id, reason, on)
        apart = f"，连同一起交的大额党费 {MONEY.show(-done.large)} 元" if done.large else ""
        page.say(f"已冲销{paid.name} {MONEY.show(paid.amount)} 元{apart}，原记录和冲销记录都留在明细里。")

    return ask_for_reversal(found, page.workspace.view.today, save, page)


def move_excess(page: Page, member_id: int, month: Month) -> None:
    """Asks to which months goes what the member paid beyond the due of one, and books it there."""
    with page.workspace.reading() as session:
        found = excess_of(session, member_id, month)

    def save(covers: Sequence[Month]) -> None:
        with page.workspace.writing(f"{found.name}{month.chinese}多交的党费转到其他月份") as session:
            done = payments.allot_excess(session, found.payment_id, month, covers)
        page.say(f"{found.name}多交的 {MONEY.show(done.amount)} 元已转到{show_months(list(done.months))}。")

    ExcessDialog(found, save, page).open()


def remove_assessment(page: Page, assessment_id: int, name: str) -> None:
    """Asks, then removes an assessment; months already opened keep their dues."""

    def remove() -> None:
        with page.workspace.writing(f"删除{name}的党费核定") as session:
            assessments.remove(session, assessment_id)
        page.say(f"已删除{name}的一条核定；按 Ctrl+Z 撤销。")

    ask(page, f"删除{name}的这条核定？", yes="删除", detail="已经开账的月份应交不变。", then=remove)


def note_reason(page: Page, member_id: int, name: str) -> RecordDialog:
    """Asks what was done or said about the member's arrears, and keeps it."""

    def save(values: dict[str, Any]) -> None:
        with page.workspace.writing(f"记录{name}的欠交情况") as session:
            reminders.remind(session, member_id, values["on"], values["kind"], values["text"])
        page.say(f"已记录{name}的情况。")

    known = {"kind": reminders.REMINDER_KINDS[-1], "on": page.workspace.view.today}
    dialog = RecordDialog("记录原因", NOTE, known, save, page, who=name)
    dialog.open()
    return dialog


def enter_month(page: Page, month: Month) -> None:
    """Makes `month` the working month of the file and looks at it everywhere."""
    with page.workspace.writing(f"进入{month.chinese}") as session:
        settings.change(session, working_month=str(month))
    page.workspace.look_at(replace(page.workspace.view, period=Period(month, month)))
    page.say(f"工作月份已改为{month.chinese}。")
