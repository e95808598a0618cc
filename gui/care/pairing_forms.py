"""The forms of pairings and their tasks, and what is done with their rows."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from gui.ledgers.record_forms import ask, offering, owners, roomy, usual_owner, values_of
from gui.page import Page
from models.errors import UserError
from models.kinds import Choice
from models.ledger import Column
from models.ledgers.care.pairings import CLOSED, ENDED, PAIRING_COLUMNS, TASK_COLUMNS, PairingRow, PairingTaskRow
from models.records.care import pairings

Values = dict[str, Any]
_LONG = frozenset({"content", "task", "progress", "result"})
_CLOSING = ("result", "done_on", "spent")
_RENEWING = ("agreed_on", "number", "until")


def ask_for_pairing(page: Page, row: PairingRow | None = None) -> None:
    """A new pairing of a branch, or what is known of one."""
    today = page.workspace.view.today
    columns = _columns(page)
    if row is not None:
        number = row.id

        def change(values: Values) -> None:
            with page.workspace.writing("修改结对") as session:
                pairings.change(session, number, values, today)
            page.say("结对已保存。")

        ask(page, "结对", columns, values_of(row, columns), change)
        return
    nodes = owners(page)
    place = Column("branch", "党支部", Choice(tuple(nodes)), 18, required=True)

    def add(values: Values) -> None:
        branch_id = nodes[values.pop("branch")]
        with page.workspace.writing("登记结对") as session:
            pairings.pair(session, branch_id, values, today)
        page.say("结对已登记；按“列任务”给它列任务。")

    usual = {"branch": usual_owner(page, nodes), "sort": pairings.JOINT, "since": today}
    ask(page, "登记结对", (place, *(each for each in columns if each.key != "ended_on")), usual, add)


def renew(page: Page, rows: Sequence[PairingRow]) -> None:
    """A new agreement for the pairing that is chosen: its day, number and end."""
    row = rows[0]
    if row.state == ENDED:
        raise UserError(f"这个结对已经在 {row.ended_on} 结束；再次结对请新增一条。")
    columns = [replace(each, required=each.key == "until") for each in PAIRING_COLUMNS if each.key in _RENEWING]
    today = page.workspace.view.today

    def save(values: Values) -> None:
        with page.workspace.writing("续签结对协议") as session:
            pairings.change(session, row.id, values, today)
        page.say("协议已续签。")

    ask(page, "续签协议", columns, {"agreed_on": today, "number": row.number}, save, who=row.partner)


def end_pairing(page: Page, rows: Sequence[PairingRow]) -> None:
    """Ends the pairing that is chosen, and says what of it is left to do."""
    row, today = rows[0], page.workspace.view.today
    if row.state == ENDED:
        raise UserError(f"这个结对已经在 {row.ended_on} 结束。")
    columns = [replace(each, required=True) for each in PAIRING_COLUMNS if each.key == "ended_on"]

    def save(values: Values) -> None:
        with page.workspace.writing("结束结对") as session:
            left = pairings.end(session, row.id, values["ended_on"], today)
        page.say("结对已结束。" + (f"还有 {left} 项任务没有销号，请在“结对任务”里销号或删除。" if left else ""))

    ask(page, "结束结对", columns, {"ended_on": today}, save, who=row.partner)


def remove_pairing(page: Page, row: PairingRow) -> None:
    with page.workspace.writing("删除结对") as session:
        pairings.remove(session, row.id)
    page.say("已删除这个结对；按 Ctrl+Z 撤销。")


def list_task(page: Page, rows: Sequence[PairingRow]) -> None:
    """A task for the pairing that is chosen."""
    row, today = rows[0], page.workspace.view.today

    def add(values: Values) -> None:
        with page.workspace.writing("登记结对任务") as session:
            pairings.add_task(session, row.id, values, today)
        page.say("任务已登记。")

    ask(page, "新增结对任务", roomy(TASK_COLUMNS, _LONG), {}, add, who=row.partner)


def ask_for_task(page: Page, row: PairingTaskRow | None = None) -> None:
    """A new task of a pairing, or what is known of one."""
    today = page.workspace.view.today
    columns = roomy(TASK_COLUMNS, _LONG)
    if row is not None:
        number = row.id

        def change(values: Values) -> None:
            with page.workspace.writing("修改结对任务") as session:
                pairings.change_task(session, number, values, today)
            page.say("任务已保存。")

        ask(page, "结对任务", columns, values_of(row, columns), change, who=row.partner)
        return
    known = partners(page)
    place = Column("partner", "结对对象", Choice(tuple(known)), 18, required=True)

    def add(values: Values) -> None:
        pairing_id = known[values.pop("partner")]
        with page.workspace.writing("登记结对任务") as session:
            pairings.add_task(session, pairing_id, values, today)
        page.say("任务已登记。")

    ask(page, "新增结对任务", (place, *columns), {"partner": next(iter(known))}, add)


def close_task(page: Page, rows: Sequence[PairingTaskRow]) -> None:
    """Closes the task that is chosen (销号), with what came of it."""
    row, today = rows[0], page.workspace.view.today
    if row.state == CLOSED:
        raise UserError(f"这项任务已经在 {row.done_on} 销号。")
    columns = [
        replace(each, required=each.key != "spent") for each in roomy(TASK_COLUMNS, _LONG) if each.key in _CLOSING
    ]  # fmt: skip

    def save(values: Values) -> None:
        with page.workspace.writing("结对任务销号") as session:
            pairings.close_task(session, row.id, values, today)
        page.say("已销号；按 Ctrl+Z 撤销。")

    known = {"result": row.result, "done_on": today, "spent": row.spent}
    ask(page, "销号", columns, known, save, who=f"{row.partner}　{row.task}")


def remove_task(page: Page, row: PairingTaskRow) -> None:
    with page.workspace.writing("删除结对任务") as session:
        pairings.remove_task(session, row.id)
    page.say("已删除这项任务；按 Ctrl+Z 撤销。")


def partners(page: Page) -> Mapping[str, int]:
    """The pairings that have not ended, by partner, told apart by the day they began; UserError while there is none."""
    with page.workspace.reading() as session:
        found = pairings.running(session)
    if not found:
        raise UserError("还没有结对，请先在“结对共建”里登记。")
    named = [each.partner for each in found]
    return {
        each.partner if named.count(each.partner) == 1 else f"{each.partner}（{each.since} 起，{each.id} 号）": each.id
        for each in found
    }


def _columns(page: Page) -> list[Column]:
    """The columns of the form, with the sorts that the branch uses."""
    with page.workspace.reading() as session:
        sorts = Choice(pairings.sorts(session), open=True)
    return roomy(offering(PAIRING_COLUMNS, "sort", sorts), _LONG)
