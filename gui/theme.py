"""Colours, letters and sizes of the window, and how they are put on the application."""

import json
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QDir, QLibraryInfo, QLocale, QTranslator
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from gui import style
from gui.palette import PALETTE, Palette

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
# For what our own fonts lack (emoji, a script of another country): families an office desktop is likely to have.
FALLBACK_FAMILIES = ("Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "WenQuanYi Micro Hei")


class TextSize(Enum):
    """The three text sizes a secretary can choose; the value is the height of running text in pixels."""

    STANDARD = 14
    LARGE = 16
    LARGEST = 19

    @property
    def chinese(self) -> str:
        return {"STANDARD": "标准", "LARGE": "大", "LARGEST": "特大"}[self.name]


def dress(app: QApplication, size: TextSize = TextSize.STANDARD) -> None:
    """Puts style, letters, colours and Qt's Chinese words on the application; call it once, before any window."""
    app.setStyle("Fusion")
    QLocale.setDefault(QLocale(QLocale.Language.Chinese, QLocale.Country.China))  # dates in Qt's own dialogs
    app.setPalette(_qt_palette(PALETTE))
    QDir.setSearchPaths("icons", [str(RESOURCES / "icons")])
    app.setProperty("families", load_fonts(RESOURCES / "fonts"))
    translator = QTranslator(app)
    if translator.load("qtbase_zh_CN", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)):
        app.installTranslator(translator)
    set_text_size(app, size)


def set_text_size(app: QApplication, size: TextSize) -> None:
    """Changes the text size at once, in every open window."""
    app.setFont(screen_font(app.property("families"), size.value))
    app.setStyleSheet(style.sheet(PALETTE, size.value))


def forget_what_is_gone() -> None:
    """Drops the rules that Qt keeps for lists that were deleted, half a kilobyte for each in every form that was open.

    All that stands is styled anew, so nobody should be waiting for it.
    """
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    app.setStyleSheet(app.styleSheet())


def load_fonts(folder: Path) -> list[str]:
    """The families for the screen, best first, after loading our own as the manifest in `folder` names them."""
    manifest = json.loads((folder / "fonts.json").read_text(encoding="utf-8"))
    families: list[str] = manifest["chains"]["sans"]
    for font in manifest["fonts"]:
        if font["family"] in families:
            QFontDatabase.addApplicationFont(str(folder / font["file"]))
    return [*families, *FALLBACK_FAMILIES]


def screen_font(families: list[str], pixels: int) -> QFont:
    """The running text of the window: our sans with tabular figures, `pixels` high."""
    font = QFont()
    font.setFamilies(families)
    font.setPixelSize(pixels)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferVerticalHinting)
    return font


def scaled(widget: QWidget, pixels: float) -> int:
    """A length drawn for 14 px text, in the text size that `widget` has now."""
    return round(pixels * widget.font().pixelSize() / TextSize.STANDARD.value)


def _qt_palette(colours: Palette) -> QPalette:
    role = QPalette.ColorRole
    named = {
        role.Window: colours.paper,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.heading,
        role.Text: colours.text,
        role.Button: colours.surface,
        role.ButtonText: colours.text,
        role.PlaceholderText: colours.faint,
        role.Highlight: colours.red_soft,
        role.HighlightedText: colours.text,
        role.Link: colours.red,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
    }
    palette = QPalette()
    for which, colour in named.items():
        palette.setColor(which, QColor(colour))
    for which in (role.Text, role.WindowText, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(colours.faint))
    return palette
