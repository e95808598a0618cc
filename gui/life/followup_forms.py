"""The forms of what follows from meetings and of lists of problems, and what is done with their rows."""

from collections.abc import Sequence
from typing import Any

from gui.ledgers.record_forms import ask, owners, roomy, usual_owner, values_of
from gui.page import Page
from models.errors import UserError
from models.kinds import DAY, TEXT, Choice
from models.ledger import Column
from models.ledgers.life.followups import FOLLOWUP_COLUMNS, FollowUpRow
from models.ledgers.life.problems import CLOSED, LIST_NAMES, PROBLEM_COLUMNS, ProblemRow
from models.records.life import followups, problems
from models.records.life.problems import LISTS, RECTIFICATION
from models.rules.deadlines import DONE

Values = dict[str, Any]
_LIST = Column("list_name", "清单", LIST_NAMES, 14, required=True)
_LONG = ("problem", "evidence", "measures", "progress")
_CLOSING = (
    Column("progress", "整改结果", TEXT, 40, required=True),
    Column("closed_on", "销号日期", DAY, 11, required=True),
)


def ask_for_followup(page: Page, row: FollowUpRow | None = None) -> None:
    """A new task of a branch, or what is known of one."""
    view = page.workspace.view
    if row is None:
        nodes = owners(page)
        place = Column("branch", "党支部", Choice(tuple(nodes)), 18, required=True)

        def add(values: Values) -> None:
            branch_id = nodes[values.pop("branch")]
            with page.workspace.writing("登记后续事项") as session:
                followups.add(session, values, view.today, branch_id=branch_id)
            page.say("后续事项已登记。")

        ask(page, "新增后续事项", (place, *FOLLOWUP_COLUMNS), {"branch": usual_owner(page, nodes)}, add)
        return
    number = row.id

    def change(values: Values) -> None:
        with page.workspace.writing("修改后续事项") as session:
            followups.change(session, number, values, view.today)
        page.say("后续事项已保存。")

    ask(page, "后续事项", FOLLOWUP_COLUMNS, values_of(row, FOLLOWUP_COLUMNS), change, who=row.origin or "")


def close_followups(page: Page, rows: Sequence[FollowUpRow]) -> None:
    """Closes the tasks that are chosen, today."""
    waiting = [row for row in rows if row.state != DONE]
    if not waiting:
        raise UserError("选中的事项都已经办结。")
    today = page.workspace.view.today
    with page.workspace.writing(f"办结后续事项 {len(waiting)} 项") as session:
        for row in waiting:
            followups.change(session, row.id, {"done_on": today}, today)
    page.say(f"已办结 {len(waiting)} 项；办理结果按回车填写，按 Ctrl+Z 撤销。")


def remove_followup(page: Page, row: FollowUpRow) -> None:
    with page.workspace.writing("删除后续事项") as session:
        followups.remove(session, row.id)
    page.say("已删除这一项；按 Ctrl+Z 撤销。")


def ask_for_problem(page: Page, row: ProblemRow | None = None) -> None:
    """A new entry of 整改台账, or what is known of one."""
    _ask_for_entry(page, row, RECTIFICATION)


def ask_for_listed(page: Page, row: ProblemRow | None = None) -> None:
    """A new entry of one of the other lists, or what is known of one."""
    _ask_for_entry(page, row, None)


def _ask_for_entry(page: Page, row: ProblemRow | None, list_name: str | None) -> None:
    today = page.workspace.view.today
    columns = roomy(PROBLEM_COLUMNS, _LONG)
    if list_name is None:
        columns.insert(0, _LIST)
    if row is not None:
        number = row.id

        def change(values: Values) -> None:
            with page.workspace.writing("修改清单条目") as session:
                problems.change(session, number, values, today)
            page.say("这一条已保存。")

        ask(page, list_name or "清单条目", columns, values_of(row, columns), change)
        return
    nodes = owners(page)
    place = Column("branch", "党支部", Choice(tuple(nodes)), 18, required=True)

    def add(values: Values) -> None:
        branch_id = nodes[values.pop("branch")]
        named = {"list_name": list_name} if list_name is not None else {}
        with page.workspace.writing("列入清单") as session:
            added = problems.add(session, {**values, **named}, today, branch_id=branch_id)
            said = added.list_name
        page.say(f"已列入{said}。")

    usual = {"branch": usual_owner(page, nodes), "found_on": today, "list_name": LISTS[0]}
    ask(page, "列入整改台账" if list_name else "列入清单", [place, *columns], usual, add)


def close_problem(page: Page, rows: Sequence[ProblemRow]) -> None:
    """Closes the chosen entry (销号), with what was done."""
    row = rows[0]
    if row.state == CLOSED:
        raise UserError(f"这一条已经在 {row.closed_on} 销号。")
    today = page.workspace.view.today

    def save(values: Values) -> None:
        with page.workspace.writing("销号") as session:
            problems.change(session, row.id, values, today)
        page.say("已销号；按 Ctrl+Z 撤销。")

    ask(page, "销号", _CLOSING, {"progress": row.progress, "closed_on": today}, save, who=row.problem)


def remove_problem(page: Page, row: ProblemRow) -> None:
    with page.workspace.writing("删除清单条目") as session:
        problems.remove(session, row.id)
    page.say("已删除这一条；按 Ctrl+Z 撤销。")


def show_meeting(page: Page, row: Any) -> None:
    """Opens the record of the meeting that a row comes from."""
    page.go("life", ("records", row.activity_id))
