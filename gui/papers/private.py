"""Before something private leaves the data file it is asked once, and what left is written down."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from gui.messages import ask
from gui.page import Page
from models.records import private_exports

EXPORT, PRINT = "导出", "预览打印"


def ask_first(page: Page, told: Sequence[str], then: Callable[[], object], over: QWidget | None = None) -> None:
    """Asks before a table is exported that tells something private, once for each kind of thing while it is open.

    `then` goes on at once where nothing private is told, or it was agreed to before in this window.
    """
    new = [word for word in told if word not in page.workspace.agreed]
    if not new:
        then()
        return

    def go_on() -> None:
        page.workspace.agreed.update(new)
        then()

    ask(
        over or page,
        f"这张表里有{'、'.join(told)}，要导出吗？",
        detail="导出的文件请妥善保管，用完删掉；要传给别人，请导出加密的 Excel。每次导出都在变更记录里记一笔。",
        yes="导出",
        then=go_on,
    )


def note(page: Page, title: str, told: Sequence[str], way: str, rows: int) -> None:
    """Writes down what left, where something private did and the file can be written."""
    if told and not page.workspace.database.read_only:
        with page.workspace.writing(f"{way}“{title}”") as session:
            private_exports.note(session, title, told, way, rows, page.workspace.view.today)
