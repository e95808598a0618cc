import re

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QRawFont
from PySide6.QtWidgets import QDialogButtonBox, QLabel

from gui import icons, style, theme
from gui.palette import PALETTE
from gui.theme import RESOURCES, TextSize


@pytest.fixture
def _standard_after(qapp):
    yield
    theme.set_text_size(qapp, TextSize.STANDARD)


@pytest.mark.usefixtures("_standard_after")
def test_the_text_size_changes_at_once_in_open_windows(qapp, qtbot):
    running, title = QLabel("文字"), QLabel("标题")
    title.setProperty("role", "title")
    for each in (running, title):
        qtbot.addWidget(each)
        each.show()
    sizes = []
    for size in TextSize:
        theme.set_text_size(qapp, size)
        sizes.append((running.font().pixelSize(), title.font().pixelSize()))
    assert sizes == [(14, 17), (16, 19), (19, 23)]
    assert [size.chinese for size in TextSize] == ["标准", "大", "特大"]


def test_our_own_letters_are_used_by_name_with_figures_of_one_width(qapp):
    assert qapp.font().families()[0] == "Zhibu Sans"
    raw = QRawFont.fromFont(qapp.font())
    assert raw.familyName() == "Zhibu Sans"
    metrics = QFontMetrics(qapp.font())
    assert len({metrics.horizontalAdvance(figure) for figure in "0123456789"}) == 1


def test_rare_characters_are_no_boxes(qapp):
    """A glyph that no family has would be drawn as an empty box, the same for every character."""
    pictures = set()
    for character in "䶮㛃𬎆𫖯𬱖𠅤𪻐\U0002fa1d":
        image = QImage(40, 40, QImage.Format.Format_RGB32)
        image.fill(0xFFFFFFFF)
        painter = QPainter(image)
        painter.setFont(qapp.font())
        painter.drawText(5, 30, character)
        painter.end()
        pictures.add(bytes(image.constBits()))
    assert len(pictures) == 8


def test_qt_speaks_chinese(qapp, qtbot):
    buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
    qtbot.addWidget(buttons)
    assert [each.text().split("(")[0] for each in buttons.buttons()] == ["确定", "取消"]


def test_the_style_sheet_is_whole():
    for size in TextSize:
        sheet = style.sheet(PALETTE, size.value)
        assert sheet.count("{") == sheet.count("}")
        assert "%(" not in sheet
        for name in re.findall(r"url\(icons:([\w-]+\.svg)\)", sheet):
            assert (RESOURCES / "icons" / name).is_file()


@pytest.mark.parametrize("file", sorted((RESOURCES / "icons").glob("*.svg")), ids=lambda file: file.stem)
def test_every_icon_draws_something_in_its_colour(qapp, file):
    picture = icons.pixmap(file.stem, "#123456", 24, 2.0)
    assert (picture.width(), picture.devicePixelRatio()) == (48, 2.0)
    image = picture.toImage()
    seen = {image.pixelColor(x, y).name() for x in range(48) for y in range(48) if image.pixelColor(x, y).alpha() > 250}
    assert seen
    if "currentColor" in file.read_text(encoding="utf-8"):
        assert "#123456" in seen


def test_an_icon_shows_its_state(qapp):
    made = icons.icon("check", "#111111", "#ff0000")
    on = made.pixmap(16, 16, made.Mode.Normal, made.State.On).toImage()
    off = made.pixmap(16, 16, made.Mode.Normal, made.State.Off).toImage()
    assert on != off


def test_an_icon_is_drawn_sharp_onto_a_widget(qapp):
    image = QImage(64, 64, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    icons.draw(painter, "x", "#000000", QRectF(0, 0, 64, 64))
    painter.end()
    assert image.pixelColor(32, 32).alpha() == 255
    assert image.pixelColor(2, 32).alpha() == 0
