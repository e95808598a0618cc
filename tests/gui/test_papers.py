from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog

from gui.main_window import MainWindow
from gui.page import Page, PageEntry
from gui.papers.papers import preview, save_as
from gui.papers.preview_window import PreviewWindow
from gui.parts.file_dialogs import safe_name
from models.errors import UserError
from tests.gui.test_preview import make_pdf


@pytest.fixture
def page(qtbot, workspace, tmp_path):
    window = MainWindow([PageEntry("today", "今日", "home", Page)])
    qtbot.addWidget(window)
    window.show()
    workspace.folder = tmp_path
    window.begin(workspace)
    yield window.page
    for each in window.findChildren(PreviewWindow):
        each.close()


def test_a_preview_shows_what_was_written_and_takes_the_file_away(page, qtbot):
    places: list[Path] = []

    def write(path, progress):
        places.append(path)
        make_pdf(path, 2)

    preview(page, "收缴登记表 2026/11", write)
    qtbot.waitUntil(lambda: bool(page.findChildren(PreviewWindow)))
    (window,) = page.findChildren(PreviewWindow)
    assert window.where.text() == "第 1 页，共 2 页"
    assert places[0].is_file()
    assert places[0].name == "收缴登记表 2026_11.pdf"
    window.close()
    assert not places[0].parent.exists()


def test_what_is_not_right_on_the_pages_is_said_at_once_and_again_when_they_are_saved(page, qtbot, tmp_path):
    def write(path, progress):
        make_pdf(path, 1)
        return "第 1 行“姓名”的U+E000没有字体可画。"

    preview(page, "名册", write)
    qtbot.waitUntil(lambda: bool(page.findChildren(PreviewWindow)))
    (window,) = page.findChildren(PreviewWindow)
    assert window.banner.words.text() == "第 1 行“姓名”的U+E000没有字体可画。"
    window.copy_to(tmp_path / "名册.pdf")
    assert window.banner.words.text() == f"已保存到 {tmp_path / '名册.pdf'}。第 1 行“姓名”的U+E000没有字体可画。"
    window._after_printing(True)
    assert window.banner.words.text() == "已送到打印机。第 1 行“姓名”的U+E000没有字体可画。"


@pytest.mark.parametrize("failure", [UserError("没有写成。")])
def test_what_could_not_be_written_leaves_nothing(page, qtbot, failure):
    places: list[Path] = []

    def write(path, progress):
        places.append(path)
        path.write_bytes(b"half")
        raise failure

    with qtbot.waitSignal(page.asked_to_run) as asked:
        preview(page, "表", write)
    with qtbot.waitSignal(asked.args[0].ended):
        pass
    assert not places[0].parent.exists()
    assert page.window().banner.words.text() == "没有写成。"


def test_saving_asks_where_and_says_so(page, qtbot, tmp_path):
    folder = tmp_path / "党费"
    folder.mkdir()

    def write(path, progress):
        path.write_text("ok", encoding="utf-8")

    save_as(page, "导出登记表", "登记表.xlsx", write)
    dialog = page.findChild(QFileDialog)
    assert Path(dialog.selectedFiles()[0]) == tmp_path / "登记表.xlsx"
    dialog.fileSelected.emit(str(folder / "登记表.xlsx"))
    qtbot.waitUntil(page.window().banner.isVisible)
    assert page.window().banner.words.text() == f"已保存到 {folder / '登记表.xlsx'}"
    assert (folder / "登记表.xlsx").read_text(encoding="utf-8") == "ok"
    assert page.workspace.folder == folder
    dialog.reject()


@pytest.mark.parametrize(
    ("title", "name"),
    [("2026年11月：表/一", "2026年11月：表_一"), ("..", "未命名"), ("a" * 300, "a" * 120), ('<>:"|?*', "_______")],
)
def test_a_title_makes_a_name_that_any_system_takes(title, name):
    assert safe_name(title) == name
