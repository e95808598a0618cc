"""Draws resources/icons/app.svg as the .ico or .png that a packed program or a shortcut asks for."""

import sys
from pathlib import Path

from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

SOURCE = Path(__file__).resolve().parent.parent / "resources/icons/app.svg"
SIZES = (16, 24, 32, 48, 64, 128, 256)


def drawn(source: Path, size: int) -> Image.Image:
    """The icon at size × size pixels on nothing; raises ValueError where the file is no drawing."""
    renderer = QSvgRenderer(str(source))
    if not renderer.isValid():
        raise ValueError(f"{source} cannot be drawn")
    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    renderer.render(painter)
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(image.constBits()))


def write(source: Path, target: Path) -> None:
    """Writes every size into one .ico, or the largest into any other kind of picture."""
    pictures = [drawn(source, size) for size in SIZES]
    if target.suffix == ".ico":
        pictures[-1].save(target, sizes=[picture.size for picture in pictures], append_images=pictures[:-1])
    else:
        pictures[-1].save(target)


if __name__ == "__main__":
    write(SOURCE, Path(sys.argv[1]))
