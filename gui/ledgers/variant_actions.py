"""What can be done about the form of a ledger on a page that shows it: adjust it, carry it, fill in what was added."""

from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton

from gui.messages import ask
from gui.page import Page
from gui.papers.papers import folder_of, save_as
from gui.parts.file_dialogs import ask_which_to_open
from gui.parts.record_dialog import RecordDialog
from gui.tasks import Progress
from models import files
from models.errors import UserError
from models.ledger import Ledger, View
from models.ledgers.variants import added_columns, fill, local
from models.records import variants

_PATTERNS = "表样文件 (*.zbys);;所有文件 (*)"


def offer_forms(page: Page, ledger: Ledger, view: View, under: QPushButton) -> QMenu:
    """Opens the menu of 表样 under its button; `ledger` is as the catalogue declares it."""
    with page.workspace.reading() as session:
        changed = variants.changed(session)
    menu = QMenu(page)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.addAction("调整表样…", lambda: open_form(page, ledger, view))
    restore = menu.addAction("恢复标准表样", lambda: restore_standard(page, ledger))
    restore.setEnabled(ledger.name in changed)
    menu.addSeparator()
    carry = menu.addAction("导出表样…", lambda: carry_out(page))
    carry.setEnabled(bool(changed))
    menu.addAction("导入表样…", lambda: ask_for_forms(page))
    menu.popup(under.mapToGlobal(under.rect().bottomLeft()))
    return menu


def open_form(page: Page, ledger: Ledger, view: View) -> None:
    """Opens the screen on which the ledger's form is adjusted."""
    from gui.ledgers.variant_dialog import adjust

    adjust(page, ledger, view)


def restore_standard(page: Page, ledger: Ledger) -> None:
    """Asks, then gives the ledger its standard form; what was filled in there is kept."""

    def restore() -> None:
        with page.workspace.writing(f"恢复“{ledger.title}”的标准表样") as session:
            variants.reset(session, ledger.name)
        page.say(f"“{ledger.title}”已恢复标准表样；按 Ctrl+Z 撤销。")

    detail = "增加的列不再显示，填过的内容仍然留着，以后再增加同名的列就会回来。"
    ask(page, f"恢复“{ledger.title}”的标准表样？", yes="恢复", detail=detail, then=restore)


def carry_out(page: Page) -> None:
    """Asks where to save the forms of this data file, to be carried to another office."""
    from models.ledgers import variant_file

    with page.workspace.reading() as session:
        data = variant_file.packed(session)

    def write(path: Path, _progress: Progress) -> str:
        from exporters.files import replacing

        def same(written: Path) -> None:
            if written.read_bytes() != data:
                raise UserError("写出的表样文件和要写的不一样，没有存成。")

        with replacing(path, same) as file:
            file.write(data)
        return ""

    save_as(page, "导出表样", "支部台账表样.zbys", write)


def ask_for_forms(page: Page) -> None:
    """Asks for a file of forms and brings it in."""
    ask_which_to_open(page, "选择表样文件", folder_of(page), _PATTERNS, partial(bring_forms, page))


def bring_forms(page: Page, path: Path) -> None:
    """Reads a file of forms, says which ledgers it changes, and puts them in place when that is wanted."""
    from models.ledgers import variant_file

    with files.refusing(f"“{path.name}”读不出来"), path.open("rb") as file:
        data = file.read(variant_file.LARGEST + 1)
    with page.workspace.reading() as session:
        found = variant_file.read(session, data)
    page.workspace.folder = path.parent
    titles = "、".join(f"“{ledger.title}”" for ledger, _ in found)

    def take() -> None:
        with page.workspace.writing(f"导入表样：{path.name}") as session:
            variant_file.take(session, found)
        page.say(f"已换成文件里的表样：{titles}；按 Ctrl+Z 撤销。")

    detail = "这些台账现在的表样会被换掉；党员、党费等记录不受影响。"
    ask(page, f"文件里有 {len(found)} 张台账的表样：{titles}。", yes="导入", detail=detail, then=take)


def fill_in(page: Page, ledger: Ledger, view: View, row: Any) -> None:
    """Opens the added columns of one row to be filled in; UserError where there are none, or the row is no record."""
    with page.workspace.reading() as session:
        columns = added_columns(local(session, ledger))
    number = getattr(row, "id", None)
    if not columns:
        raise UserError("这张台账没有增加的列；可以在“表样”里增加。")
    if number is None:
        raise UserError("这一行不是一条记录，增加的列只能在纸上手填。")

    def save(values: dict[str, Any]) -> None:
        with page.workspace.writing(f"填写“{ledger.title}”增加的列") as session:
            fill(session, ledger, number, values, view)
        page.say("已保存；按 Ctrl+Z 撤销。")

    values = {column.key: getattr(row, column.key, None) for column in columns}
    RecordDialog("填写增加的列", columns, values, save, page, who=getattr(row, "name", "")).open()
