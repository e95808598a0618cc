"""The pages of a PDF file as pictures (the only place that knows pypdfium2)."""

from pathlib import Path
from types import TracebackType

import pypdfium2
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QImage

POINTS_PER_INCH = 72


class PdfPages:
    """An open PDF file, its pages drawn on demand; pages are counted from 0. Use it on one thread, and close it."""

    def __init__(self, path: Path) -> None:
        self._document = pypdfium2.PdfDocument(path)

    def __enter__(self) -> "PdfPages":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __len__(self) -> int:
        return len(self._document)

    def size(self, number: int) -> QSizeF:
        """Width and height of a page, in points."""
        return QSizeF(*self._document.get_page_size(number))

    def image(self, number: int, scale: float) -> QImage:
        """A page drawn on white at `scale` pixels to the point."""
        page = self._document[number]
        bitmap = page.render(scale=scale, prefer_bgrx=True)
        drawn = QImage(bitmap.buffer, bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32).copy()
        bitmap.close()
        page.close()
        return drawn

    def close(self) -> None:
        self._document.close()
