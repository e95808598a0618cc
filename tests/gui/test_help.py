import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QImage

from gui.help import Manual, _pictures, chapters


@pytest.fixture
def manual(owner, tmp_path):
    (tmp_path / "02-members.md").write_text(
        "# 党员\n\n从 Excel 导入名册。见[收缴日](03-collect.md)。", encoding="utf-8"
    )
    (tmp_path / "03-collect.md").write_text(
        "# 收缴日\n\n输首字母，**回车**收清。\n\n## 收错了，怎么办？\n\n冲销。", encoding="utf-8"
    )
    (tmp_path / "01-today.md").write_text("# 今日\n\n本月该做的事。", encoding="utf-8")
    return Manual(tmp_path, owner)


def titles(manual):
    return [manual.list.item(number).text() for number in range(manual.list.count())]


def test_chapters_stand_in_the_order_of_their_files(manual, tmp_path):
    assert [(chapter.name, chapter.title) for chapter in chapters(tmp_path)] == [
        ("today", "今日"),
        ("members", "党员"),
        ("collect", "收缴日"),
    ]


def test_it_opens_at_the_chapter_of_the_page(manual):
    manual.open_at("collect")
    assert "回车收清" in manual.text.toPlainText()
    manual.open_at("a page without a chapter")
    assert "本月该做的事" in manual.text.toPlainText()


def test_words_are_found_and_shown(manual):
    manual.open_at("today")
    manual.search.setText("导入")
    assert titles(manual) == ["党员"]
    assert manual.text.textCursor().selectedText() == "导入"
    manual.search.setText("不在书里")
    assert titles(manual) == []
    assert manual.text.toPlainText() == ""


def test_a_link_leads_to_another_chapter_and_nowhere_else(manual):
    manual.open_at("members")
    manual.text.anchorClicked.emit(QUrl("03-collect.md"))
    assert "回车收清" in manual.text.toPlainText()
    manual.text.anchorClicked.emit(QUrl("https://example.org/"))
    assert "回车收清" in manual.text.toPlainText()


def test_a_link_leads_to_a_section_of_a_chapter(manual):
    manual.open_at("today")
    manual.text.anchorClicked.emit(QUrl("03-collect.md#收错了怎么办"))
    assert manual.text.textCursor().block().text() == "收错了，怎么办？"
    manual.text.anchorClicked.emit(QUrl("#收缴日"))
    assert manual.text.textCursor().block().text() == "收缴日"
    manual.text.anchorClicked.emit(QUrl("#没有这一节"))
    assert manual.text.textCursor().block().text() == "收缴日"


def test_pictures_are_no_wider_than_the_page(manual, tmp_path, qtbot):
    for name, width in (("wide", 2000), ("small", 40)):
        QImage(width, 30, QImage.Format.Format_RGB32).save(str(tmp_path / f"{name}.png"))
    (tmp_path / "04-pictures.md").write_text("# 图\n\n![宽](wide.png)\n\n![小](small.png)", encoding="utf-8")
    illustrated = Manual(tmp_path, manual.parentWidget())
    qtbot.addWidget(illustrated)
    illustrated.open_at("pictures")
    qtbot.waitUntil(illustrated.isVisible)
    for width in (980, 700):
        illustrated.resize(width, 600)
        qtbot.wait(20)
        bar = illustrated.text.horizontalScrollBar()
        assert bar.maximum() == 0
        assert [shape.width() for _, shape in _pictures(illustrated.text.document())][1] == 40
