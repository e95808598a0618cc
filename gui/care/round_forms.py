"""The forms of a festival round: the round itself, what people are given, proxies, vouchers, closing."""

from collections.abc import Callable, Sequence
from typing import Any

from gui.ledgers.record_forms import ask
from gui.page import Page
from models.errors import UserError
from models.kinds import CODE, DAY, MONEY, NAME, NUMBER, PERSON, TEXT, Choice
from models.ledger import Column
from models.ledgers import care_gift_lists, care_gift_rows
from models.ledgers.care_gift_rows import CATEGORY, QUANTITY, GiftRow
from models.ledgers.care_round_page import RoundShown, requests
from models.records import care_funds, care_handing, care_rounds, organisation
from models.records.care_rounds import FESTIVALS

Values = dict[str, Any]
_RELATIONS = Choice(("配偶", "子女", "父母", "兄弟姐妹", "同事", "社区工作人员"), open=True)
_UNITS = Choice(("袋", "桶", "箱", "件", "份", "床", "公斤", "台"), open=True)
_DUES_REQUEST = "不使用党费"
_WHEN = Column("on", "冲销日期", DAY, 11, required=True)
_WHY = Column("reason", "冲销原因", Choice(("登记有误", "退回", "对象有误"), open=True), 20, required=True)


def ask_for_round(page: Page, then: Callable[[int], None]) -> None:
    """A new round; the one begun is handed to `then`."""
    today = page.workspace.view.today
    with page.workspace.reading() as session:
        known = {_DUES_REQUEST: None, **requests(session)}
    columns = (
        Column("festival", "慰问", Choice(FESTIVALS, open=True), 10, required=True),
        Column("year", "年份", NUMBER, 8, required=True),
        Column("name", "名称（不填自动起名）", TEXT, 20),
        Column("first_on", "开始日期", DAY, 11),
        Column("last_on", "结束日期", DAY, 11),
        Column("handler", "经办人", TEXT, 10),
        Column("request", "党费使用申请", Choice(tuple(known)), 30),
        Column("remark", "备注", TEXT, 20),
    )

    def save(values: Values) -> None:
        request = known[values.pop("request") or _DUES_REQUEST]
        with page.workspace.writing("新建一次慰问") as session:
            made = care_rounds.begin(session, {**values, "request_id": request}).id
        then(made)

    spring = today.month <= 3 or today.month >= 11
    usual = {"festival": "春节" if spring else "七一", "year": today.year + (today.month >= 11)}
    ask(page, "新建一次慰问", columns, {**usual, "request": _DUES_REQUEST}, save)


def ask_for_request(page: Page, shown: RoundShown) -> None:
    """Which request decides upon what comes from dues."""
    with page.workspace.reading() as session:
        known = {_DUES_REQUEST: None, **requests(session)}

    def save(values: Values) -> None:
        with page.workspace.writing("选择党费使用申请") as session:
            care_rounds.change(session, shown.id, {"request_id": known[values["request"]]})
        page.say("已选好党费使用申请。")

    column = Column("request", "党费使用申请", Choice(tuple(known)), 30, required=True)
    ask(page, "党费使用申请", (column,), {"request": _DUES_REQUEST}, save)


def ask_for_one(page: Page, shown: RoundShown) -> None:
    """Somebody outside of the roster, or one who is given something for a second time."""
    with page.workspace.reading() as session:
        nodes = [each.name for each in organisation.branches(session)]
    columns = (
        Column("name", "姓名", PERSON, 12, required=True),
        Column("category", "慰问类别", CATEGORY, 12, required=True),
        Column("branch", "党支部", Choice(tuple(nodes)), 16),
        Column("again", "再次慰问原因（名单里已有的人）", TEXT, 20),
    )

    def save(values: Values) -> None:
        with page.workspace.writing("选入慰问名单") as session:
            care_gift_lists.add_one(session, shown.id, values)
        page.say("已选入名单。")

    ask(page, "另加一人", columns, {"category": "困难群众"}, save)


def ask_for_gifts(page: Page, rows: Sequence[GiftRow]) -> None:
    """The same money and goods for everybody chosen; for one alone also bank, account and remark."""
    if not rows:
        raise UserError("请先在表里选人（按住 Shift 可以选多人）。")
    with page.workspace.reading() as session:
        fund = Choice(care_funds.names(session), open=True)
        private = session.get_one(care_rounds.CareGift, rows[0].id)
        bank, account = private.bank, private.account
    columns = [
        Column("category", "慰问类别", CATEGORY, 12, required=True),
        Column("fund", "资金来源", fund, 12),
        Column("amount", "慰问金额", MONEY, 12),
        Column("fund2", "另一资金来源", fund, 12),
        Column("amount2", "另一来源金额", MONEY, 12),
        Column("goods", "慰问品", TEXT, 16),
        Column("quantity", "数量", QUANTITY, 8),
        Column("unit", "单位", _UNITS, 8),
        Column("value", "慰问品折款（不知道不填）", MONEY, 12),
    ]
    first = rows[0]
    known: Values = {key: getattr(first, key) for key in ("category", "goods", "quantity", "unit", "value")}
    parts = care_gift_rows.parts_from(first.sources, first.amount)
    for (source, amount), (name, sum_) in zip(parts, (("fund", "amount"), ("fund2", "amount2")), strict=False):
        known |= {name: source, sum_: amount}
    if len(rows) == 1:
        columns += [
            Column("bank", "开户银行", TEXT, 14),
            Column("account", "银行账号", CODE, 14),
            Column("remark", "备注", TEXT, 16),
        ]
        known |= {"bank": bank, "account": account, "remark": first.remark}

    def save(values: Values) -> None:
        pairs = [(values.pop(name), values.pop(sum_)) for name, sum_ in (("fund", "amount"), ("fund2", "amount2"))]
        given = [pair for pair in pairs if pair != (None, None)]
        with page.workspace.writing(f"设定慰问金和慰问品（{len(rows)} 人）") as session:
            for row in rows:
                own = values if len(rows) == 1 else {k: v for k, v in values.items() if k != "category"}
                care_rounds.settle(session, row.id, own, given)
        page.say(f"已设定 {len(rows)} 人的慰问金和慰问品。")

    who = first.name if len(rows) == 1 else f"选中的 {len(rows)} 人，每人相同"
    locked = ("category",) if len(rows) > 1 else ()
    ask(page, "慰问金和慰问品", columns, known, save, locked=locked, who=who)


def ask_for_proxy(page: Page, row: GiftRow, handler: str | None = None) -> None:
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
    ask(page, "代领", columns, {"on": view.today, "handler": handler}, save, who=who)


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

    ask(page, "冲销发放", (_WHY, _WHEN), {"on": page.workspace.view.today}, save, who=row.name)


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
        page.say(f"{shown.name}已重新打开；已记账的党费支出已冲销。")

    reason = Column("reason", "原因", TEXT, 26, required=True)
    ask(page, "重新打开", (reason,), {}, save, who=shown.name)


def ask_for_income(page: Page, fund: str | None = None) -> None:
    """Money that came into a source."""
    with page.workspace.reading() as session:
        names = tuple(name for name in care_funds.names(session) if name != care_funds.DUES)
    columns = (
        Column("fund", "资金来源", Choice(names, open=True), 12, required=True),
        Column("on", "到账日期", DAY, 11, required=True),
        Column("amount", "金额", MONEY, 12, required=True),
        Column("document", "文号或凭证", CODE, 16),
        Column("remark", "备注", TEXT, 16),
    )
    today = page.workspace.view.today

    def save(values: Values) -> None:
        with page.workspace.writing("登记帮扶资金到账") as session:
            care_funds.receive(session, values, today)
        page.say("资金到账已登记。")

    ask(page, "登记资金到账", columns, {"fund": fund, "on": today}, save)


def reverse_income(page: Page, rows: Sequence[Any]) -> None:
    """Cancels money that came in, with the reason."""
    row = rows[0]
    if row.id is None or not row.standing:
        raise UserError("请选一笔没有冲销过的到账记录。")

    def save(values: Values) -> None:
        with page.workspace.writing("冲销帮扶资金到账") as session:
            care_handing.reverse_entry(session, row.id, values["reason"], values["on"])
        page.say("已冲销，原记录保留。")

    ask(page, "冲销到账", (_WHY, _WHEN), {"on": page.workspace.view.today}, save, who=f"{row.fund}　{row.on}")
