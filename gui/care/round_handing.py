"""The forms of handing out: proxies, reversals, vouchers, closing a round and opening it again."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from gui.ledgers.record_forms import ask
from gui.page import Page
from models.errors import UserError
from models.kinds import CODE, DAY, MONEY, NAME, TEXT, Choice
from models.ledger import Column
from models.ledgers.care.gift_rows import GiftRow
from models.ledgers.care.round_page import RoundShown, Voucher
from models.records.care import funds as care_funds
from models.records.care import handing as care_handing
from models.records.care import rounds as care_rounds

Values = dict[str, Any]
_RELATIONS = Choice(("配偶", "子女", "父母", "兄弟姐妹", "同事", "社区工作人员"), open=True)
WHEN = Column("on", "冲销日期", DAY, 11, required=True)
WHY = Column("reason", "冲销原因", Choice(("登记有误", "退回", "对象有误"), open=True), 20, required=True)


def hand_to_all(page: Page, rows: Sequence[GiftRow], on: date) -> None:
    """Records that each of the rows was handed out to the person, all or none."""
    view = page.workspace.view
    with page.workspace.writing(f"发放慰问（{len(rows)} 人）") as session:
        for row in rows:
            care_handing.hand_out(session, row.id, {"on": on}, view.today)
    page.say(f"已登记 {len(rows)} 人本人领取；登记有误的，选人点“冲销发放”。")


def ask_for_proxy(page: Page, row: GiftRow, on: date) -> None:
    """Who took it in the person's place, and what is to be said of one who died or left."""
    own = not row.gone
    columns = (
        Column("on", "发放日期", DAY, 11, required=True),
        Column("receiver", "领取人", NAME, 12, required=True),
        Column("relation", "与本人关系", _RELATIONS, 12, required=True),
        Column("handler", "经办人", TEXT, 10),
        Column("witness", "证明人", TEXT, 10),
        Column("word", "发放说明", TEXT, 20, required=not own),
    )
    view = page.workspace.view

    def save(values: Values) -> None:
        with page.workspace.writing(f"发放{row.name}的慰问（代领）") as session:
            care_handing.hand_out(session, row.id, values, view.today)
        page.say(f"已登记：{row.name}的慰问由{values['receiver']}（{values['relation']}）代领。")

    who = row.name if own else f"{row.name}{row.gone}"
    ask(page, "代领", columns, {"on": on}, save, who=who)


def ask_for_reversal(page: Page, row: GiftRow) -> None:
    """Why a hand-out is cancelled."""
    with page.workspace.reading() as session:
        done = care_rounds.standing(session, row.id)
        number = done.id if done is not None else None
    if number is None:
        raise UserError(f"{row.name}的慰问还没有发放，不用冲销。")

    def save(values: Values) -> None:
        with page.workspace.writing(f"冲销{row.name}的慰问发放") as session:
            care_handing.reverse_handout(session, number, values["reason"], values["on"])
        page.say(f"已冲销{row.name}的发放，原记录保留。")

    ask(page, "冲销发放", (WHY, WHEN), {"on": page.workspace.view.today}, save, who=row.name)


def ask_for_voucher(page: Page, shown: RoundShown) -> None:
    """A voucher for what one source gave; what is not vouched for yet is proposed."""
    lacking = [each for each in shown.vouchers if each.difference < 0]
    with page.workspace.reading() as session:
        fund = Choice(care_funds.names(session), open=True)
    columns = (
        Column("fund", "资金来源", fund, 12, required=True),
        Column("number", "凭证号", CODE, 14, required=True),
        Column("amount", "凭证金额", MONEY, 12, required=True),
    )

    def save(values: Values) -> None:
        with page.workspace.writing("登记慰问凭证") as session:
            care_rounds.vouch(session, shown.id, values["fund"], values["number"], values["amount"])
        page.say("凭证已登记。")

    known = {"fund": lacking[0].source, "amount": -lacking[0].difference} if lacking else {}
    ask(page, "登记凭证", columns, known, save)


def offer_to_take_back(page: Page, shown: RoundShown, below: QPushButton) -> None:
    """Offers the vouchers of a round that count; with one alone its form opens at once."""
    if len(shown.paper_left) == 1:
        ask_to_take_back(page, shown.paper_left[0])
        return
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    for each in shown.paper_left:
        words = f"{each.number}　{each.source} {each.amount:,.2f} 元"
        menu.addAction(words, lambda chosen=each: ask_to_take_back(page, chosen))
    menu.popup(below.mapToGlobal(below.rect().bottomLeft()))


def ask_to_take_back(page: Page, voucher: Voucher) -> None:
    """Why a voucher is taken back; it stays on the list, crossed out by its reason."""

    def save(values: Values) -> None:
        with page.workspace.writing(f"收回慰问凭证 {voucher.number}") as session:
            care_rounds.unvouch(session, voucher.id, values["reason"], page.workspace.view.today)
        page.say(f"凭证 {voucher.number} 已收回，不再计入；原记录保留。")

    reason = Column("reason", "收回原因", Choice(("号码有误", "金额有误", "来源有误"), open=True), 20, required=True)
    who = f"{voucher.number}　{voucher.source} {voucher.amount:,.2f} 元"
    ask(page, "收回凭证", (reason,), {}, save, who=who)


def ask_to_close(page: Page, shown: RoundShown) -> None:
    """The day of closing, and why, where people still wait or vouchers differ."""
    apart = [care_handing.told(each) for each in shown.vouchers if each.difference]
    waiting = [f"还有 {len(shown.waiting)} 人没有发放"] if shown.waiting else []
    columns = [Column("on", "办结日期", DAY, 11, required=True)]
    if apart or waiting:
        columns.append(Column("explained", "原因说明", TEXT, 26, required=True))

    def save(values: Values) -> None:
        with page.workspace.writing(f"办结{shown.name}") as session:
            booked = care_handing.close(session, shown.id, values["on"], values.get("explained")).cash_entry_id
        page.say(f"{shown.name}已办结。" + ("党费支出已记入党费收支台账。" if booked is not None else ""))

    ask(page, "办结", columns, {"on": page.workspace.view.today}, save, who="；".join((*waiting, *apart)))


def ask_to_reopen(page: Page, shown: RoundShown) -> None:
    """Why a closed round is opened again."""

    def save(values: Values) -> None:
        with page.workspace.writing(f"重新打开{shown.name}") as session:
            care_handing.reopen(session, shown.id, values["reason"], page.workspace.view.today)
        booked = "已记入党费收支台账的支出已冲销。" if was_booked else "改完以后再办结。"
        page.say(f"{shown.name}已重新打开；{booked}")

    with page.workspace.reading() as session:
        was_booked = session.get_one(care_rounds.CareRound, shown.id).cash_entry_id is not None
    reason = Column("reason", "原因", TEXT, 26, required=True)
    ask(page, "重新打开", (reason,), {}, save, who=shown.name)
