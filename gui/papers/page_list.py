"""The list of a PDF's pages beside its preview."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QIcon, QPixmap

from gui.papers.preview import PdfPages

_THUMB = QSize(84, 118)  # at most
_FINER = 4  # drawn so much larger first: a line is never thinner than a pixel, and a small table would turn black
_LIST = QModelIndex()


class PageList(QAbstractListModel):
    """The pages as numbers with a small picture, drawn when it comes into view."""

    def __init__(self, pages: PdfPages, ratio: float, parent: QObject) -> None:
        super().__init__(parent)
        self._ratio = ratio  # device pixels to one
        self._pages = pages
        self._pictures: dict[int, QIcon] = {}  # of bare pixmaps Qt would make icons anew, and keep those

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = _LIST) -> int:
        return 0 if parent.isValid() else len(self._pages)

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{index.row() + 1}"
        if role == Qt.ItemDataRole.DecorationRole:
            return self._picture(index.row())
        return None

    def _picture(self, number: int) -> QIcon:
        if number not in self._pictures:
            size = self._pages.size(number)
            scale = min(_THUMB.width() / size.width(), _THUMB.height() / size.height())
            drawn = self._pages.image(number, scale * self._ratio * _FINER)
            picture = QPixmap.fromImage(
                drawn.scaledToHeight(drawn.height() // _FINER, Qt.TransformationMode.SmoothTransformation)
            )
            picture.setDevicePixelRatio(self._ratio)
            self._pictures[number] = QIcon(picture)
        return self._pictures[number]
