"""The forms of polls (民主测评), of reports on the year's duties (述职评议) and of the grades of branches."""

from collections.abc import Sequence
from typing import Any

from gui.ledgers.record_forms import ask, electing, usual_owner, values_of
from gui.page import Page
from gui.papers.paper_files import preview_paper
from models.kinds import PERSON, Choice
from models.ledger import Column
from models.ledgers.dues.past_registers import YEAR
from models.ledgers.life.duty_reviews import GRADE_COLUMNS, REVIEW_COLUMNS
from models.ledgers.life.polls import POLL_COLUMNS
from models.records.life import duty_reviews, polls
from models.records.members import members

DUTY_BALLOT = "life_duty_ballot"
Values = dict[str, Any]


def ask_for_poll(page: Page, row: Any = None) -> None:
    """A new poll, or what is known of one."""
    nodes = electing(page)
    today = page.workspace.view.today
    place = Column("branch", "党组织", Choice(tuple(nodes)), 18, required=True)
    columns = (place, *POLL_COLUMNS)

    def save(values: Values) -> None:
        node = nodes[values.pop("branch")]
        with page.workspace.writing(f"登记{values['title']}") as session:
            if row is None:
                polls.add(session, node, values, today)
            else:
                polls.change(session, row.id, values, today)
        page.say(f"{values['title']}已保存。")

    known = {"branch": usual_owner(page, nodes), "held_on": today} if row is None else values_of(row, columns)
    ask(page, "登记民主测评" if row is None else "修改民主测评", columns, known, save, locked=_locked(row))


def remove_poll(page: Page, row: Any) -> None:
    with page.workspace.writing(f"删除{row.title}") as session:
        polls.remove(session, row.id)
    page.say("已删除这次民主测评；按 Ctrl+Z 撤销。")


def ask_for_review(page: Page, row: Any = None) -> None:
    """The votes on a new report of a year, or what is known of one."""
    nodes = electing(page)
    today = page.workspace.view.today
    columns = (
        Column("branch", "党支部", Choice(tuple(nodes)), 18, required=True),
        Column("year", "年度", YEAR, 8, required=True),
        Column("name", "书记姓名", PERSON, 12, required=True),
        *sorted(REVIEW_COLUMNS, key=lambda column: column.key == "opinion"),
    )

    def save(values: Values) -> None:
        node, year = nodes[values.pop("branch")], values.pop("year")
        name, _ = members.split_marks(values.pop("name"))
        with page.workspace.writing(f"登记{name}述职评议") as session:
            if row is None:
                duty_reviews.review(session, node, year, name, values, today)
            else:
                duty_reviews.change_review(session, row.id, values, today)
        page.say(f"{name}的述职评议已保存。")

    known = values_of(row, columns) if row is not None else {"branch": usual_owner(page, nodes), "year": _year(page)}
    title = "登记述职评议" if row is None else "修改述职评议"
    ask(page, title, columns, known, save, locked=_locked(row, "year", "name"))


def remove_review(page: Page, row: Any) -> None:
    with page.workspace.writing(f"删除{row.name}述职评议") as session:
        duty_reviews.remove_review(session, row.id)
    page.say("已删除这条述职评议；按 Ctrl+Z 撤销。")


def print_duty_ballot(page: Page, _rows: Sequence[Any] = ()) -> None:
    """Shows the blank ballot with the secretaries of the branches that are looked at."""
    preview_paper(page, DUTY_BALLOT, page.view_shown())


def ask_for_grade(page: Page, row: Any = None) -> None:
    """The grade of a branch for a year."""
    nodes = electing(page)
    today = page.workspace.view.today
    columns = (
        Column("branch", "党支部", Choice(tuple(nodes)), 18, required=True),
        Column("year", "年度", YEAR, 8, required=True),
        *GRADE_COLUMNS,
    )

    def save(values: Values) -> None:
        branch = values.pop("branch")
        with page.workspace.writing(f"登记{branch}考核结果") as session:
            duty_reviews.grade(session, nodes[branch], values.pop("year"), values, today)
        page.say(f"{branch}的考核结果已保存。")

    known = values_of(row, columns) if row is not None else {"branch": usual_owner(page, nodes), "year": _year(page)}
    ask(page, "党支部考核结果", columns, known, save, locked=_locked(row, "year"))


def remove_grade(page: Page, row: Any) -> None:
    with page.workspace.writing(f"删除{row.branch}考核结果") as session:
        duty_reviews.remove_grade(session, row.id)
    page.say("已删除这条考核结果；按 Ctrl+Z 撤销。")


def _locked(row: Any, *further: str) -> tuple[str, ...]:
    return () if row is None else ("branch", *further)


def _year(page: Page) -> int:
    """The year that the page shows."""
    return page.view_shown().period.year
