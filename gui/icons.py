"""Line icons from resources/icons, drawn sharp at any scale and coloured by state."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from gui.palette import PALETTE
from gui.theme import RESOURCES

_SIZES = (16, 20, 24)
_RATIOS = (1.0, 2.0)


@lru_cache(maxsize=256)
def pixmap(name: str, colour: str, size: int, ratio: float = 1.0) -> QPixmap:
    """The icon in one colour, `size` logical pixels square, for a screen of `ratio` device pixels to one."""
    image = QPixmap(QSize(size, size) * ratio)
    image.setDevicePixelRatio(ratio)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    _drawing(name, colour).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def draw(painter: QPainter, name: str, colour: str, area: QRectF) -> None:
    """Draws the icon straight onto a widget, sharp at whatever scale it is painted."""
    _drawing(name, colour).render(painter, area)


@lru_cache(maxsize=128)
def icon(name: str, colour: str = PALETTE.nav_text, active: str = "") -> QIcon:
    """An icon for buttons and menus; `active` colours it when it is switched on."""
    made = QIcon()
    for ratio in _RATIOS:
        for size in _SIZES:
            made.addPixmap(pixmap(name, colour, size, ratio))
            made.addPixmap(pixmap(name, PALETTE.faint, size, ratio), QIcon.Mode.Disabled)
            if active:
                made.addPixmap(pixmap(name, active, size, ratio), QIcon.Mode.Normal, QIcon.State.On)
    return made


def app_icon() -> QIcon:
    """The program's own icon."""
    made = QIcon()
    for size in (16, 24, 32, 48, 64, 128, 256):
        made.addPixmap(pixmap("app", "", size))
    return made


@lru_cache(maxsize=128)
def _drawing(name: str, colour: str) -> QSvgRenderer:
    """The parsed drawing, its strokes in the given colour (an icon that brings its own colours keeps them)."""
    text = (RESOURCES / "icons" / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(text.replace("currentColor", colour).encode()))
