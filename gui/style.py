"""The style sheet of the window, made from the palette and the text size."""

from collections.abc import Callable
from dataclasses import asdict

from gui.palette import TONES, Palette

Lengths = Callable[[float], int]


def sheet(colours: Palette, text: int) -> str:
    """The whole style sheet for running text `text` pixels high; lengths are drawn for 14 and grow with it."""

    def grown(pixels: float) -> int:
        return round(pixels * text / 14)

    words = asdict(colours) | {f"px{n}": f"{grown(n)}px" for n in (*range(2, 21), 24, 26, 30, 36)}
    rules = (_GROUND, _LABELS, _BUTTONS, _FIELDS, _LISTS, _BARS)
    return "\n".join(rule % words for rule in rules) + _tags(grown)


_GROUND = """
QMainWindow, QDialog, QStackedWidget#pages { background: %(paper)s; }
QDialog#record { background: %(surface)s; }
QFrame#foot { background: %(paper)s; border-top: 1px solid %(line)s; }
QMessageBox QLabel#qt_msgbox_label { font-weight: bold; }
QFrame[card="true"] { background: %(surface)s; border: 1px solid %(line)s; border-radius: 8px; }
QFrame[panel="true"] { background: %(heading)s; border: none; border-radius: 6px; }
QFrame[rule="true"] { background: %(row_line)s; border: none; max-height: 1px; }
QWidget#side { background: %(side)s; border-right: 1px solid %(line)s; }
QWidget#top { background: %(surface)s; border-bottom: 1px solid %(line)s; }
QFrame#strip { background: %(amber_soft)s; border: none; border-bottom: 1px solid %(amber)s; border-radius: 0; }
QWidget#status { background: %(surface)s; border-top: 1px solid %(line)s; }
QWidget#status QLabel { color: %(quiet)s; font-size: %(px12)s; }
QWidget#status QLabel[tone="good"] { color: %(green)s; }
QWidget#status QLabel[tone="warn"] { color: %(amber)s; font-weight: bold; }
QScrollArea, QScrollArea > QWidget > QWidget { background: transparent; border: none; }
QToolTip { background: %(surface)s; color: %(text)s; border: 1px solid %(edge)s; padding: 4px 6px; }
"""

_LABELS = """
QLabel[role="brand"] { color: %(red)s; font-size: %(px16)s; font-weight: bold; }
QLabel[role="title"] { font-size: %(px17)s; font-weight: bold; }
QLabel[role="big"] { font-size: %(px26)s; font-weight: bold; }
QLabel[role="figure"] { font-size: %(px20)s; font-weight: bold; }
QLabel[role="heading"] { font-weight: bold; }
QLabel[role="strong"] { font-weight: bold; }
QLabel[role="quiet"] { color: %(quiet)s; }
QLabel[role="small"] { color: %(quiet)s; font-size: %(px12)s; }
QLabel[role="error"] { color: %(red)s; font-size: %(px13)s; }
QLabel[tone="good"] { color: %(green)s; }
QLabel[tone="warn"] { color: %(amber)s; }
QLabel[tone="bad"] { color: %(red)s; }
QCheckBox[tone="bad"] { color: %(red)s; font-weight: bold; }
QLabel[tone="quiet"] { color: %(quiet)s; }
"""

_BUTTONS = """
QPushButton { background: %(surface)s; border: 1px solid %(edge)s; border-radius: 6px; padding: %(px5)s %(px14)s;
    min-height: %(px20)s; }
QPushButton:hover { background: %(heading)s; border-color: %(faint)s; }
QPushButton:pressed { background: %(trough)s; }
QPushButton:focus { border-color: %(red)s; }
QPushButton:disabled { color: %(faint)s; background: %(heading)s; border-color: %(line)s; }
QPushButton[primary="true"] { background: %(red)s; border-color: %(red)s; color: white; font-weight: bold; }
QPushButton[primary="true"]:hover { background: #A62C25; }
QPushButton[primary="true"]:pressed, QPushButton[primary="true"]:focus { background: %(red_dark)s; }
QPushButton[primary="true"]:disabled { background: #D9A29E; border-color: #D9A29E; color: %(surface)s; }
QPushButton[flat="true"] { background: transparent; border: 1px solid transparent; color: %(red)s;
    padding: %(px3)s %(px6)s; }
QPushButton[flat="true"]:hover { background: %(red_pale)s; }
QPushButton[flat="true"]:focus { border-color: %(red)s; }
QPushButton::menu-indicator { image: url(icons:combo-arrow.svg); width: %(px12)s; height: %(px12)s;
    subcontrol-origin: padding; subcontrol-position: center right; right: %(px8)s; }
QPushButton[switch="true"] { padding: %(px5)s %(px18)s; color: %(nav_text)s; }
QPushButton[switch="true"][chosen="true"] { background: %(red_soft)s; border-color: %(red)s; color: %(red_dark)s; }
QPushButton[menu="true"] { padding-right: %(px26)s; }
QPushButton[leading="true"] { text-align: left; }
QToolButton { background: transparent; border: 1px solid transparent; border-radius: 6px; padding: %(px4)s; }
QPushButton:checked { background: %(red_pale)s; border-color: %(red)s; }
QToolButton:hover, QToolButton:checked { background: %(trough)s; }
QToolButton:focus { border-color: %(red)s; }
QToolButton::menu-indicator { image: none; }
QCheckBox, QRadioButton { spacing: %(px7)s; }
QCheckBox::indicator, QRadioButton::indicator, QAbstractItemView::indicator {
    width: %(px15)s; height: %(px15)s; background: %(surface)s;
    border: 1px solid %(faint)s; border-radius: 4px; }
QRadioButton::indicator { border-radius: %(px8)s; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: %(red)s; border-color: %(red)s; image: url(icons:tick.svg); }
QRadioButton::indicator:checked { border-color: %(red)s; image: url(icons:dot.svg); }
QCheckBox::indicator:focus, QCheckBox::indicator:hover, QRadioButton::indicator:focus { border-color: %(red)s; }
QCheckBox:focus, QRadioButton:focus { color: %(red_dark)s; }
"""

_FIELDS = """
QLineEdit, QComboBox, QPlainTextEdit, QTextEdit, QSpinBox, QDateEdit { background: %(surface)s;
    border: 1px solid %(edge)s; border-radius: 6px; padding: %(px4)s %(px9)s;
    min-height: %(px20)s; selection-background-color: #EBC4C0;
    selection-color: %(text)s; }
QLineEdit:focus, QComboBox:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus, QDateEdit:focus {
    border: 2px solid %(red)s; padding: %(px3)s %(px8)s; }
QLineEdit:read-only, QLineEdit:disabled, QComboBox:disabled { background: %(heading)s; color: %(quiet)s; }
QLineEdit[wrong="true"], QComboBox[wrong="true"], QPlainTextEdit[wrong="true"] {
    border-color: %(red)s; background: %(red_pale)s; }
QLineEdit#search { background: #FBFAF8; }
QLineEdit#search:focus { background: %(surface)s; }
QComboBox::drop-down { border: none; width: %(px24)s; }
QComboBox::down-arrow { image: url(icons:combo-arrow.svg); width: %(px12)s; height: %(px12)s; }
QComboBox QLineEdit, QComboBox QLineEdit:focus { border: none; padding: 0; background: transparent; }
QTextBrowser, QTextBrowser:focus { border: none; border-radius: 0; padding: 0; }
"""

_LISTS = """
QAbstractItemView { background: %(surface)s; border: none; outline: none; }
QComboBox QAbstractItemView, QListView#popup { border: 1px solid %(edge)s; }
QComboBox QAbstractItemView::item, QListView#popup::item { min-height: %(px26)s; padding: 0 %(px10)s; }
QComboBox QAbstractItemView::item:selected, QListView#popup::item:selected {
    background: %(red_pale)s; color: %(red_dark)s; }
QTableView#frozen { border-right: 1px solid %(edge)s; }
QListView#pages { background: %(heading)s; border-right: 1px solid %(line)s; font-size: %(px12)s;
    padding-top: 8px; }
QListView#pages::item:selected { background: %(red_pale)s; color: %(red_dark)s; border-radius: 6px; }
QListView[plain="true"]::item { min-height: %(px30)s; padding: 0 %(px10)s; border-bottom: 1px solid %(row_line)s; }
QListView[plain="true"]::item:selected { background: %(red_pale)s; color: %(red_dark)s; }
QHeaderView { background: %(heading)s; border: none; }
QHeaderView::section { background: %(heading)s; color: %(heading_text)s; font-weight: bold; border: none;
    border-bottom: 1px solid #DDD6CC; padding: 0 %(px9)s; }
QTableView QTableCornerButton::section { background: %(heading)s; border: none; border-bottom: 1px solid #DDD6CC; }
QTableWidget::item { padding: 0 %(px9)s; border-bottom: 1px solid %(row_line)s; }
QMenu { background: %(surface)s; border: 1px solid %(edge)s; padding: 5px 0; }
QMenu::item { padding: %(px5)s %(px24)s; }
QMenu::item:selected { background: %(red_pale)s; color: %(red_dark)s; }
QMenu::item:disabled { color: %(faint)s; }
QMenu::separator { height: 1px; background: %(line)s; margin: 4px 0; }
QTabWidget::pane { border: none; }
QTabBar::tab { padding: %(px6)s %(px14)s; color: %(quiet)s; border: none; border-bottom: 2px solid transparent; }
QTabBar::tab:selected { color: %(red_dark)s; font-weight: bold; border-bottom-color: %(red)s; }
QTabBar::tab:focus { color: %(red)s; }
"""

_BARS = """
QProgressBar { background: %(trough)s; border: none; border-radius: %(px5)s; min-height: %(px10)s;
    max-height: %(px10)s; }
QProgressBar::chunk { background: %(red)s; border-radius: %(px5)s; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: %(edge)s; border-radius: 4px; margin: 2px; min-height: 30px; min-width: 30px; }
QScrollBar::handle:hover { background: %(faint)s; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: transparent; }
"""


def _tags(grown: Lengths) -> str:
    """Tags and banners: a state in its colour on a soft ground."""
    banners = (
        f'QFrame[banner="{tone}"] {{ background: {ground}; border: 1px solid {text}; border-radius: 8px; }}'
        for tone, (text, ground) in TONES.items()
    )
    shape = f"border-radius: 4px; padding: {grown(1)}px {grown(7)}px; font-size: {grown(12)}px;"
    tags = (
        f'QLabel[tag="{tone}"] {{ color: {text}; background: {ground}; {shape} }}'
        for tone, (text, ground) in TONES.items()
    )
    return "\n".join((*tags, *banners))
