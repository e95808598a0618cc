"""What is asked and done about points: the scheme of a year, a member's scores, additions and deductions, papers."""

from collections.abc import Sequence
from typing import Any

from gui.ledgers.record_forms import WHO, ask, meant
from gui.life.points_dialog import PointsDialog, Scores
from gui.life.points_scheme import PointsSchemeDialog
from gui.page import Page
from gui.papers.paper_files import preview_paper
from models.ledgers.life.points import EVENT_COLUMNS
from models.records.life import points
from models.records.life.points import SCORES, Item

SHEET = "life_points_sheet"
Values = dict[str, Any]


def ask_for_scheme(page: Page, _rows: Sequence[Any] = ()) -> None:
    """The items of the year that the page shows."""
    year = _year(page)
    with page.workspace.reading() as session:
        offered = list(points.offered(session, year))

    def save(items: list[Item]) -> None:
        with page.workspace.writing(f"修改{year}年积分项目") as session:
            points.set_scheme(session, year, items)
        page.say(f"{year}年积分项目已保存。")

    PointsSchemeDialog(year, offered, save, page).open()


def ask_for_scores(page: Page, row: Any) -> None:
    """The scores of a member for every item of the year."""
    with page.workspace.reading() as session:
        offered = list(points.offered(session, row.year))

    def save(scores: Scores) -> None:
        with page.workspace.writing(f"登记{row.name}{row.year}年积分") as session:
            for item in points.scheme(session, row.year):
                points.score(session, row.member_id, item, {kind: scores[f"{kind}_{item.item}"] for kind in SCORES})
        page.say(f"{row.name}的积分已保存。")

    PointsDialog(f"{row.name}　{row.year}年", offered, row.scores, save, page).open()


def ask_for_event(page: Page, row: Any = None) -> None:
    """Points added or taken away, or what is known of one such."""
    today = page.workspace.view.today

    def save(values: Values) -> None:
        member_id, name = meant(page, values.pop("who")) if row is None else (row.member_id, row.name)
        with page.workspace.writing(f"登记{name}积分加减") as session:
            if row is None:
                points.add_event(session, member_id, values, today)
            else:
                points.change_event(session, row.id, values, today)
        page.say(f"{name}的加减分已保存。")

    if row is None:
        ask(page, "登记加分、减分", (WHO, *EVENT_COLUMNS), {"on": today}, save)
    else:
        known = {column.key: getattr(row, column.key) for column in EVENT_COLUMNS}
        ask(page, "修改加分、减分", EVENT_COLUMNS, known, save, who=row.name)


def remove_event(page: Page, row: Any) -> None:
    with page.workspace.writing(f"删除{row.name}积分加减") as session:
        points.remove_event(session, row.id)
    page.say(f"已删除{row.name}的这条加减分；按 Ctrl+Z 撤销。")


def print_sheets(page: Page, rows: Sequence[Any]) -> None:
    """Shows the sheets F35 of the rows chosen, of everybody where it is one at most."""
    chosen = [row.member_id for row in rows] if len(rows) > 1 else None
    preview_paper(page, SHEET, page.view_shown(), chosen)


def _year(page: Page) -> int:
    return page.view_shown().period.year
