"""Joining a member entered twice: the other record is chosen, what would move is shown, what contradicts is asked."""

from collections.abc import Mapping
from typing import Any

from gui.page import Page
from gui.parts.backed_up import after_backup
from gui.parts.record_dialog import RecordDialog
from models.errors import FieldError
from models.kinds import MONEY, TEXT, Choice
from models.ledger import Column
from models.ledgers.members.person import CARD
from models.ledgers.wording import TABLES
from models.records.members import members, merging
from models.records.members.merging import Choices, Plan

_BOTH, _TWICE = "两笔都是真的，都算交在该月", "重复登记，冲销要去掉的那一笔"


def ask_whom_to_join(page: Page, kept_id: int, name: str) -> None:
    """Asks for the second record of a member; the first is the one that is kept."""
    with page.workspace.reading() as session:
        others = {members.told_apart(session, each): each.id for each in merging.alike(session, kept_id)}
    if not others:
        page.refuse(f"名册里没有另一位叫“{name}”或身份证号相同的党员，没有可以合并的记录。")
        return
    column = Column("other", "另一条记录", Choice(tuple(others)), 34, required=True)

    def go_on(values: dict[str, Any]) -> None:
        gone_id = others[values["other"]]
        with page.workspace.reading() as session:
            planned = merging.plan(session, kept_id, gone_id)
        after_backup(page, lambda: _ask(page, planned))

    dialog = RecordDialog("合并重复登记", [column], {"other": next(iter(others))}, go_on, page, who=name)
    dialog.save_button.setText("下一步")
    dialog.open()


def _ask(page: Page, planned: Plan) -> None:
    """Shows what goes over, asks what contradicts, and joins the records."""
    columns = [Column("moves", "合并后", TEXT, 44)]
    known: dict[str, Any] = {}
    for clash in planned.clashes:
        if clash.key not in CARD:
            continue
        kind = CARD[clash.key].kind
        options = (f"保留的：{kind.show(clash.kept)}", f"另一条：{kind.show(clash.other)}")
        columns.append(Column(clash.key, CARD[clash.key].title, Choice(options), 30, band="两条记录不同的项目"))
        known[clash.key] = options[0]
    for each in planned.assessments:
        options = (f"保留的：{each.kept}", f"另一条：{each.other}")
        key = f"assessment {each.other_id}"
        columns.append(Column(key, f"{each.months}核定", Choice(options), 30, band="两条记录都有核定"))
        known[key] = options[0]
    for pair in planned.dues:
        if pair.kept == pair.other:
            continue
        options = (f"{MONEY.show(pair.kept)}（保留的）", f"{MONEY.show(pair.other)}（另一条）")
        key = f"due {pair.month}"
        columns.append(Column(key, f"{pair.month.chinese}应交", Choice(options), 30, band="两条记录都有应交"))
        known[key] = options[0]
    if planned.paid:
        told = "；".join(
            f"{month.chinese} {MONEY.show(kept)} 和 {MONEY.show(other)}" for month, kept, other in planned.paid
        )
        columns.append(Column("paid", "同月都交了党费", Choice((_BOTH, _TWICE)), 30, required=True, band=told))

    def join(values: dict[str, Any]) -> None:
        _join(page, planned, values, known)

    shown = known | {"moves": _moves(planned)}
    dialog = RecordDialog("合并重复登记", columns, shown, join, page, who=planned.name, locked=("moves",))
    dialog.save_button.setText("合并")
    dialog.open()


def _join(page: Page, planned: Plan, values: Mapping[str, Any], known: Mapping[str, Any]) -> None:
    if planned.paid and values["paid"] is None:
        raise FieldError("paid", "请选择是交了两次，还是登记重复。")
    other = {key for key, first in known.items() if values.get(key) not in (None, first)}
    choices = Choices(
        fields=frozenset(key for key in other if " " not in key),
        assessments=frozenset(each.other_id for each in planned.assessments if f"assessment {each.other_id}" in other),
        dues=frozenset(pair.month for pair in planned.dues if f"due {pair.month}" in other),
        both_paid=values.get("paid") == _BOTH,
    )
    today = page.workspace.view.today
    if planned.paid and not choices.both_paid:  # a step of its own: a counter-entry is never undone, the joining can be
        with page.workspace.writing(f"冲销{planned.name}重复登记的党费") as session:
            merging.reverse_repeated(session, planned.kept_id, planned.gone_id, today)
    with page.workspace.writing(f"合并{planned.name}的两条记录") as session:
        merging.merge(session, planned.kept_id, planned.gone_id, choices, today)
        name = members.find_by_id(session, planned.kept_id).name
    page.show_target(planned.kept_id)
    page.say(f"已把{name}的两条记录合并成一条；按 Ctrl+Z 撤销。")


def _moves(planned: Plan) -> str:
    """转过来：交纳 3、应交 3。补上：联系电话。可以撤销。"""
    told = {table: count for table, count in planned.moves.items() if table != "allotments"}  # parts of the payments
    moved = "、".join(f"{TABLES.get(table, table)} {count}" for table, count in told.items())
    filled = "、".join(CARD[key].title for key in planned.fills if key in CARD)
    parts = (
        f"转过来：{moved or '没有登记'}。",
        "两份困难帮扶合成一份。" if planned.joins_cases else "",
        f"补上：{filled}。" if filled else "",
        "可以撤销。",
    )
    return "".join(parts)
