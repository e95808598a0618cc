"""The forms of visits and of 急难愁盼, and what is done with their rows. No title says whose they are."""

from collections.abc import Sequence
from typing import Any

from gui.ledgers.chapter_page import ChapterPage
from gui.ledgers.record_forms import ask, offering, owners, roomy, usual_owner, values_of
from gui.page import Page
from gui.papers.paper_files import preview_paper
from models.errors import UserError
from models.kinds import DAY, PERSON, TEXT, Choice
from models.ledger import Column
from models.ledgers.care.concerns import CLOSED, CONCERN_COLUMNS, ConcernRow
from models.ledgers.care.visits import NOTHING, VISIT_COLUMNS, VisitRow
from models.records.care import concerns as care_concerns
from models.records.care import visits as care_visits
from models.records.care.visits import SITUATION
from models.rules.deadlines import DONE

Values = dict[str, Any]
PAPER = "care_visit_sheet"
_WHO = Column("name", "走访对象", PERSON, 14, required=True)
_SITUATION = Column(SITUATION, "家庭和身体情况（不进台账）", TEXT, 60)
_LONG = ("needs", "promises", "matter", "measures", "progress")
_DONE = (Column("result", "办理结果", TEXT, 40), Column("done_on", "办结日期", DAY, 11, required=True))
_CLOSING = (
    Column("progress", "办理结果", TEXT, 40, required=True),
    Column("closed_on", "销号日期", DAY, 11, required=True),
)


def ask_for_visit(page: Page, row: VisitRow | None = None) -> None:
    """A new visit, or what is known of one with how the household was found."""
    today = page.workspace.view.today
    with page.workspace.reading() as session:
        occasions = Choice(care_visits.occasions(session), open=True)
        situation = care_visits.situation_of(session, row.id) if row is not None else None
    columns = roomy(offering(VISIT_COLUMNS, "occasion", occasions), _LONG)
    columns.insert(3, _SITUATION)
    if row is not None:
        number = row.id

        def change(values: Values) -> None:
            with page.workspace.writing("修改走访记录") as session:
                care_visits.change(session, number, values, today)
            page.say("走访记录已保存。")

        known = values_of(row, VISIT_COLUMNS) | {SITUATION: situation}
        ask(page, "走访记录", columns, known, change, who=row.name)
        return
    nodes = owners(page)

    def enter(values: Values) -> None:
        branch_id = nodes[values.pop("branch")]
        with page.workspace.writing("登记走访") as session:
            added = care_visits.enter(session, values, today, branch_id)
            is_known = added.member_id is not None or added.case_id is not None
        page.say("走访已登记。" if is_known else "走访已登记；名册和帮扶对象里没有这个人，只记姓名。")

    place = Column("branch", "党支部", Choice(tuple(nodes)), 14, required=True)
    known = {"branch": usual_owner(page, nodes), "on": today, "occasion": care_visits.DAILY}
    ask(page, "登记走访", (_WHO, *columns, place), known, enter)


def close_followup(page: Page, rows: Sequence[VisitRow]) -> None:
    """Enters that what follows from the chosen visit was done."""
    row = rows[0]
    if row.state == NOTHING:
        raise UserError("这次走访没有登记后续要办的事。")
    if row.state == DONE:
        raise UserError(f"后续要办的事已经在 {row.done_on} 办结。")
    today = page.workspace.view.today

    def save(values: Values) -> None:
        with page.workspace.writing("办结走访后续") as session:
            care_visits.change(session, row.id, values, today)
        page.say("已办结；按 Ctrl+Z 撤销。")

    ask(page, "办结后续", _DONE, {"result": row.result, "done_on": today}, save, who=row.followup or "")


def print_visits(page: Page, rows: Sequence[VisitRow]) -> None:
    """Previews the sheets of the visits selected."""
    assert isinstance(page, ChapterPage)
    preview_paper(page, PAPER, page.view_shown(), [row.id for row in rows])


def remove_visit(page: Page, row: VisitRow) -> None:
    with page.workspace.writing("删除走访记录") as session:
        care_visits.remove(session, row.id)
    page.say("已删除这次走访；按 Ctrl+Z 撤销。")


def ask_for_concern(page: Page, row: ConcernRow | None = None) -> None:
    """A new matter, or what is known of one."""
    today = page.workspace.view.today
    with page.workspace.reading() as session:
        kinds = Choice(care_concerns.kinds(session), open=True)
    columns = roomy(offering(CONCERN_COLUMNS, "kind", kinds), _LONG)
    if row is not None:
        number = row.id

        def change(values: Values) -> None:
            with page.workspace.writing("修改急难愁盼事项") as session:
                care_concerns.change(session, number, values, today)
            page.say("这一件已保存。")

        ask(page, "急难愁盼事项", columns, values_of(row, columns), change)
        return
    nodes = owners(page)

    def add(values: Values) -> None:
        branch_id = nodes[values.pop("branch")]
        with page.workspace.writing("登记急难愁盼事项") as session:
            care_concerns.add(session, values, today, branch_id)
        page.say("已列入急难愁盼事项清单。")

    place = Column("branch", "党支部", Choice(tuple(nodes)), 14, required=True)
    known = {"branch": usual_owner(page, nodes), "raised_on": today, "kind": care_concerns.OTHER}
    ask(page, "登记急难愁盼事项", (*columns, place), known, add)


def close_concern(page: Page, rows: Sequence[ConcernRow]) -> None:
    """Closes the chosen matter (销号), with what came of it."""
    row = rows[0]
    if row.state == CLOSED:
        raise UserError(f"这一件已经在 {row.closed_on} 销号。")
    today = page.workspace.view.today

    def save(values: Values) -> None:
        with page.workspace.writing("销号") as session:
            care_concerns.change(session, row.id, values, today)
        page.say("已销号；按 Ctrl+Z 撤销。")

    ask(page, "销号", _CLOSING, {"progress": row.progress, "closed_on": today}, save, who=row.matter)


def remove_concern(page: Page, row: ConcernRow) -> None:
    with page.workspace.writing("删除急难愁盼事项") as session:
        care_concerns.remove(session, row.id)
    page.say("已删除这一件；按 Ctrl+Z 撤销。")
