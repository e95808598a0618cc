"""Pages of a PDF while they are drawn: type in boxes, rules, feet. Lengths are points, y runs down from the top."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from exporters import fonts, verify
from exporters.files import replacing
from exporters.fonts import Style
from exporters.lettering import MIDDLE, Lettering
from exporters.linebreaks import balanced_lines, break_lines
from models.kinds import Align

MM = 72 / 25.4
A4, A4_LANDSCAPE, A3_LANDSCAPE = (210 * MM, 297 * MM), (297 * MM, 210 * MM), (420 * MM, 297 * MM)
LEADING = 1.36
HAIR, THIN = 0.5, 0.7
_STEP = 0.25
_VERSION = (1, 5)

# Streams as they are: the default wraps them in ASCII for the mail of 1990, at a quarter more bytes and much more time.
rl_config.useA85 = 0


@dataclass(frozen=True)
class Fit:
    """A text as it fits its box: the size of the type and the lines."""

    size: float
    lines: tuple[str, ...]


class Paper:
    """A document in the making; `missing` gathers the characters that no font has."""

    def __init__(self, size: tuple[float, float], title: str) -> None:
        first = fonts.font(fonts.chain("serif")[0])
        self.canvas = Canvas(
            io.BytesIO(), size, pageCompression=1, invariant=1, initialFontName=first.fontName, pdfVersion=_VERSION
        )
        self.canvas.setTitle(title)
        for put in (self.canvas.setAuthor, self.canvas.setCreator, self.canvas.setProducer):
            put("支部台账")
        self.missing: set[str] = set()
        self.pages = 0
        self.width, self.height = size
        self._lettering: dict[Style, Lettering] = {}
        self._operators: list[str] = []

    def turn(self, size: tuple[float, float]) -> None:
        """Sets the size of the pages from here on."""
        self.canvas.setPageSize(size)
        self.width, self.height = size

    def lettering(self, style: Style) -> Lettering:
        """A style of type in this document."""
        if style not in self._lettering:
            self._lettering[style] = Lettering(self.canvas._doc, style, self.missing)
        return self._lettering[style]

    def put(self, operators: str) -> None:
        """Puts PDF operators on the page."""
        self._operators.append(operators)

    def recorded(self, draw: Callable[[], None]) -> str:
        """The operators of what `draw` would draw, to be put on many pages."""
        held, self._operators = self._operators, []
        draw()
        recorded, self._operators = "\n".join(self._operators), held
        return recorded

    def text(
        self, x: float, y: float, text: str, size: float, style: Style = "serif", align: Align = "left",
        spread: float = 0,
    ) -> None:  # fmt: skip
        """One line with its base line at `y`, from, around or up to `x`; `spread` in ems sets its characters apart."""
        letters = self.lettering(style)
        width = letters.width(text, size) + spread * size * (len(text) - 1)
        left = x - {"left": 0.0, "centre": width / 2, "right": width}[align]
        show = letters.show_spread(text, spread, size) if spread else letters.show(text, size)
        self.put(f"BT {letters.font(size)} 1 0 0 1 {left:.2f} {self.height - y:.2f} Tm {show} ET")

    def fit(self, text: str, size: float, style: Style, width: float, height: float, centred: bool = False) -> Fit:
        """The lines of a text in a box: in this size where it can be, else as much smaller as it takes."""
        letters = self.lettering(style)
        if text and text[-1] not in " \u3000" and "\n" not in text and letters.width(text, size) <= width:
            return Fit(size, (text,))
        broken = balanced_lines if centred else break_lines
        while True:
            lines = broken(text, width / size, lambda piece: letters.width(piece, 1))
            tall = len(lines) * size * LEADING
            if (tall <= height or len(lines) == 1) and all(letters.width(line, size) <= width + 0.01 for line in lines):
                return Fit(size, tuple(lines))
            size = size - _STEP if size > 2 * _STEP else size / 2

    def box(
        self, x: float, y: float, width: float, height: float, text: str, size: float, style: Style = "serif",
        align: Align = "centre", pad: float = 4, spread: float = 0,
    ) -> None:  # fmt: skip
        """A text in a box, in the middle of its height, in several lines or smaller type rather than cut."""
        inner = width - 2 * pad
        if spread and self.lettering(style).width(text, size) + spread * size * (len(text) - 1) <= inner:
            fit = Fit(size, (text,))
        else:
            fit, spread = self.fit(text, size, style, inner, height, align == "centre"), 0
        edge = {"left": x + pad, "centre": x + width / 2, "right": x + width - pad}[align]
        leading = fit.size * LEADING
        base = y + height / 2 - (len(fit.lines) - 1) * leading / 2 + MIDDLE * fit.size
        for number, line in enumerate(fit.lines):
            self.text(edge, base + number * leading, line, fit.size, style, align, spread)

    def paragraph(
        self, x: float, y: float, width: float, text: str, size: float, style: Style = "serif",
        leading: float = LEADING, indent: float = 0,
    ) -> float:  # fmt: skip
        """A text from the top edge `y` downwards, its first lines indented by so many ems; answers where it ends."""
        letters = self.lettering(style)
        for paragraph in text.split("\n"):
            lines = break_lines(paragraph, width / size, lambda piece: letters.width(piece, 1), indent)
            for number, line in enumerate(lines):
                left = x + (indent * size if number == 0 else 0)
                self.text(left, y + leading * size / 2 + MIDDLE * size, line, size, style)
                y += leading * size
        return y

    def rules(self, lines: Sequence[tuple[float, float, float, float]], thickness: float = HAIR) -> None:
        """Straight lines from x, y to x, y."""
        drawn = " ".join(
            f"{x0:.2f} {self.height - y0:.2f} m {x1:.2f} {self.height - y1:.2f} l" for x0, y0, x1, y1 in lines
        )
        self.put(f"{thickness:.5g} w {drawn} S")

    def dashes(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A dashed line, along which a sheet is cut or torn."""
        self.put("[4 3] 0 d 0.5 G")
        self.rules([(x0, y0, x1, y1)], HAIR)
        self.put("[] 0 d 0 G")

    def frame(self, x: float, y: float, width: float, height: float, thickness: float = HAIR) -> None:
        """The outline of a box."""
        self.put(f"{thickness:.5g} w {x:.2f} {self.height - y - height:.2f} {width:.2f} {height:.2f} re S")

    def picture(self, x: float, y: float, width: float, height: float, jpeg: bytes) -> None:
        """A picture in a box, stretched to it."""
        image = ImageReader(io.BytesIO(jpeg))
        self.canvas.drawImage(image, x, self.height - y - height, width, height)

    def apart(self, y: float, left: float, right: float, texts: Sequence[str], size: float) -> None:
        """Texts in one line, the first at the left edge, the last at the right, the room between them shared alike."""
        letters = self.lettering("serif")
        widths = [letters.width(text, size) for text in texts]
        free = right - left - sum(widths)
        if free < 0:
            self.box(left, y - size, right - left, 2 * size * (1 - MIDDLE), "　".join(filter(None, texts)), size, pad=0)
            return
        x = left
        for text, width in zip(texts, widths, strict=True):
            self.text(x, y, text, size)
            x += width + free / max(1, len(texts) - 1)

    def foot(self, left: str, page: int, pages: int, edge: float, y: float) -> None:
        """The foot of a page in grey: whose paper it is, and which page of how many."""
        self.put("0.35 g")
        self.text(edge, y, left, 8)
        self.text(self.width - edge, y, f"第 {page} 页　共 {pages} 页", 8, align="right")
        self.put("0 g")

    def end_page(self) -> None:
        """Ends the page drawn upon; the next begins empty."""
        self.canvas.addLiteral("\n".join(self._operators))
        self._operators = []
        self.canvas.showPage()
        self.pages += 1

    def save(self, path: Path) -> frozenset[str]:
        """Puts the document in place, whole and verified; answers the characters that no font has, drawn as 〓."""
        data: bytes = self.canvas.getpdfdata()
        with replacing(path, verify.pages(self.pages)) as file:
            file.write(data)
        return frozenset(self.missing)
