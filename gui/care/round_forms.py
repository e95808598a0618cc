"""The forms of a festival round: the round itself, who is on its list, what they are given."""

from collections.abc import Callable, Sequence
from typing import Any

from gui.ledgers.record_forms import ask
from gui.messages import ask as ask_whether
from gui.page import Page
from models.errors import UserError
from models.kinds import ACCOUNT, DAY, MONEY, NUMBER, PERSON, TEXT, Choice
from models.ledger import Column
from models.ledgers.care import gift_lists as care_gift_lists
from models.ledgers.care import gift_rows as care_gift_rows
from models.ledgers.care.gift_rows import CATEGORY, QUANTITY
from models.ledgers.care.page import meetings_before
from models.ledgers.care.round_page import RoundRow, RoundShown, requests
from models.records.care import funds as care_funds
from models.records.care import rounds as care_rounds
from models.records.care.rounds import FESTIVALS
from models.records.members import organisation

Values = dict[str, Any]
_UNITS = Choice(("袋", "桶", "箱", "件", "份", "床", "公斤", "台"), open=True)
_GOODS = ("category", "goods", "quantity", "unit", "value", "goods_source")
_DUES_REQUEST, _NO_MEETING = "不使用党费", "（不关联会议）"


def ask_for_round(page: Page, then: Callable[[int], None]) -> None:
    """A new round; the one begun is handed to `then`."""
    today = page.workspace.view.today

    def save(values: Values) -> None:
        with page.workspace.writing("新建一次慰问") as session:
            made = care_rounds.begin(session, values).id
        then(made)

    spring = today.month <= 3 or today.month >= 11
    usual = {"festival": "春节" if spring else "七一", "year": today.year + (today.month >= 11)}
    _ask_about_round(page, "新建一次慰问", usual, save)


def ask_to_change_round(page: Page, shown: RoundShown) -> None:
    """Name, days, budget, the request and the meeting of a round that is open."""
    if shown.closed_on is not None:
        raise UserError(f"{shown.name}已在 {shown.closed_on} 办结，要改动请先重新打开。")

    def save(values: Values) -> None:
        with page.workspace.writing(f"修改{shown.name}") as session:
            care_rounds.change(session, shown.id, values)
        page.say("已保存。")

    _ask_about_round(page, "修改这次慰问", dict(shown.values), save)


def _ask_about_round(page: Page, title: str, known: Values, save: Callable[[Values], None]) -> None:
    with page.workspace.reading() as session:
        nodes: dict[str, int | None] = {each.name: each.id for each in organisation.branches(session)}
        above = organisation.root(session).name
        asked: dict[str, int | None] = {_DUES_REQUEST: None, **requests(session)}
        held: dict[str, int | None] = {_NO_MEETING: None, **meetings_before(session, page.workspace.view.today)}
    places = nodes if above in nodes else {above: None, **nodes}
    columns = (
        Column("festival", "慰问", Choice(FESTIVALS, open=True), 10, required=True),
        Column("year", "年份", NUMBER, 8, required=True),
        Column("name", "名称（不填自动起名）", TEXT, 20),
        Column("branch_id", "范围", Choice(tuple(places)), 16, required=True),
        Column("first_on", "开始日期", DAY, 11),
        Column("last_on", "结束日期", DAY, 11),
        Column("handler", "经办人", TEXT, 10),
        Column("leaders", "走访领导（印在汇总表上）", TEXT, 20),
        Column("budget", "预算（元）", MONEY, 12),
        Column("request_id", "党费使用申请", Choice(tuple(asked)), 30),
        Column("activity_id", "研究的会议（会议记录）", Choice(tuple(held)), 30),
        Column("remark", "备注", TEXT, 30),
    )
    shown = known | {
        "branch_id": _named(places, known.get("branch_id"), next(iter(places))),
        "request_id": _named(asked, known.get("request_id"), _DUES_REQUEST),
        "activity_id": _named(held, known.get("activity_id"), _NO_MEETING),
    }

    def keep(values: Values) -> None:
        chosen = {
            "branch_id": places[values["branch_id"]],
            "request_id": asked[values["request_id"] or _DUES_REQUEST],
            "activity_id": held[values["activity_id"] or _NO_MEETING],
        }
        save(values | chosen)

    ask(page, title, columns, shown, keep)


def _named(offered: dict[str, int | None], number: int | None, usual: str) -> str:
    """The words under which a number is offered; one that is offered no more keeps its place."""
    found = next((words for words, each in offered.items() if each == number and number is not None), None)
    if found is None and number is not None:
        found = f"（保持原来的选择，编号 {number}）"
        offered[found] = number
    return found or usual


def ask_to_remove_round(page: Page, shown: RoundShown) -> None:
    """Removes a round begun by mistake, after a question."""

    def remove() -> None:
        with page.workspace.writing(f"删除{shown.name}") as session:
            care_rounds.remove(session, shown.id)
        page.say("已删除；按 Ctrl+Z 撤销。")

    ask_whether(page, f"要删除“{shown.name}”吗？名单里还没有人。", yes="删除", then=remove)


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


def ask_for_gifts(page: Page, rows: Sequence[RoundRow]) -> None:
    """The same money and goods for everybody chosen; for one alone also bank, account and remark."""
    if not rows:
        raise UserError("请先在表里选人（按住 Shift 可以选多人）。")
    with page.workspace.reading() as session:
        names = dict.fromkeys((*care_funds.names(session), *_own_sources(rows)))
    fund = Choice(tuple(names), open=True)
    columns = [
        Column("fund", "资金来源", fund, 12),
        Column("amount", "慰问金额", MONEY, 12),
        Column("fund2", "另一资金来源", fund, 12),
        Column("amount2", "另一来源金额", MONEY, 12),
        Column("goods", "慰问品", TEXT, 16),
        Column("quantity", "数量", QUANTITY, 8),
        Column("unit", "单位", _UNITS, 8),
        Column("value", "慰问品折款（不知道不填）", MONEY, 12),
        Column("goods_source", "慰问品来源", fund, 12),
    ]
    first = rows[0]
    known: Values = {key: getattr(first, key) for key in _GOODS}
    parts = care_gift_rows.parts_from(first.sources, first.amount)
    for (source, amount), (name, sum_) in zip(parts, (("fund", "amount"), ("fund2", "amount2")), strict=False):
        known |= {name: source, sum_: amount}
    if len(rows) == 1:
        columns += [
            Column("category", "慰问类别", CATEGORY, 12, required=True),
            Column("bank", "开户银行", TEXT, 14),
            Column("account", "银行账号", ACCOUNT, 14),
            Column("remark", "备注", TEXT, 16),
        ]
        known |= {"bank": first.bank, "account": first.account, "remark": first.remark}

    def save(values: Values) -> None:
        pairs = [(values.pop(name), values.pop(sum_)) for name, sum_ in (("fund", "amount"), ("fund2", "amount2"))]
        given = [pair for pair in pairs if pair != (None, None)]
        with page.workspace.writing(f"设定慰问金和慰问品（{len(rows)} 人）") as session:
            for row in rows:
                care_rounds.settle(session, row.id, values, given)
        page.say(f"已设定 {len(rows)} 人的慰问金和慰问品。")

    who = first.name if len(rows) == 1 else f"选中的 {len(rows)} 人，每人相同"
    ask(page, "慰问金和慰问品", columns, known, save, who=who)


def _own_sources(rows: Sequence[RoundRow]) -> list[str]:
    """The sources that stand in the rows already, though they may be offered no more."""
    return [source for row in rows for source, _ in care_gift_rows.parts_from(row.sources, row.amount)]
