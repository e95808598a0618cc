"""How wide the columns of a table stand: measured from what they hold, then spread over the room there is."""

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QApplication

from gui.parts.cell_painter import tag_width
from gui.parts.ledger_model import LedgerModel
from models.ledger import Column

# Text height and cell padding for 14 px text, roomiest first; the first at which all columns fit is taken.
DENSITIES = ((14, 9), (13, 6), (12, 3), (12, 2))
_MEASURED = 400  # rows looked at from the top; longer texts below them are cut with an ellipsis
_WIDEST = 320


class Longest(NamedTuple):
    """The longest of what a column's first rows say, in letters of any size."""

    texts: Sequence[str]
    tags: Sequence[str]


def longest(model: LedgerModel) -> list[Longest]:
    """The longest texts and tags of each column; looked for once where several sizes of letters are tried."""
    return [_longest(model, number) for number in range(len(model.columns))]


def natural_widths(model: LedgerModel, font: QFont, padding: int, known: Sequence[Longest] | None = None) -> list[int]:
    """The width each column needs in `font` to show title, total and the longest of its first rows.

    `known` is what `longest` answered, where it was asked before.
    """
    known = longest(model) if known is None else known
    bold = QFont(font)
    bold.setBold(True)
    letters = _Letters(QFontMetrics(font), QFontMetrics(bold), QFontMetrics(totals_font(font)))
    widths = [
        min(_widest(model, number, column, known[number], letters), _WIDEST * font.pixelSize() // 14) + 2 * padding + 1
        for number, column in enumerate(model.columns)
    ]
    _widen_under_bands(widths, model.columns, letters.bold, padding)
    return widths


def totals_font(font: QFont) -> QFont:
    """The letters of totals over cells in `font`: bold, and in a dense table a little smaller, being the longest."""
    made = QFont(font)
    made.setBold(True)
    if font.pixelSize() * DENSITIES[0][0] <= QApplication.font().pixelSize() * DENSITIES[-1][0]:
        made.setPixelSize(font.pixelSize() - 1)
    return made


class _Letters(NamedTuple):
    """The measures of a table's letters."""

    plain: QFontMetrics
    bold: QFontMetrics
    totals: QFontMetrics


def _longest(model: LedgerModel, number: int) -> Longest:
    looks = [model.look(row, number) for row in range(min(len(model.rows), _MEASURED))]
    texts = sorted({look.text for look in looks if not look.tagged}, key=_extent)[-3:]
    tags = sorted({look.text for look in looks if look.tagged}, key=_extent)[-3:]
    return Longest(texts, tags)


def _widest(model: LedgerModel, number: int, column: Column, said: Longest, letters: _Letters) -> int:
    cells = letters.bold if column.key in model.bold else letters.plain
    widths = [cells.horizontalAdvance(text) for text in said.texts]
    widths += [tag_width(text, letters.plain) for text in said.tags]
    heading, total = letters.bold.horizontalAdvance(column.title), letters.totals.horizontalAdvance(model.total(number))
    return max(*widths, heading, total)


def _widen_under_bands(widths: list[int], columns: Sequence[Column], letters: QFontMetrics, padding: int) -> None:
    """Gives the columns of a band room for its name where they are together narrower."""
    for band, run in groupby(range(len(columns)), key=lambda number: columns[number].band):
        numbers = list(run)
        lacking = letters.horizontalAdvance(band) + 2 * padding - sum(widths[number] for number in numbers)
        if band and lacking > 0:
            for number in numbers:
                widths[number] += -(-lacking // len(numbers))


def _extent(text: str) -> int:
    """A text's length, counting a Chinese character as two."""
    return sum(2 if character > "\u2e7f" else 1 for character in text)


def spread(widths: Sequence[int], columns: Sequence[Column], room: int) -> list[int]:
    """The widths grown to fill `room`: texts take twice the share that figures and dates take."""
    left = room - sum(widths)
    if left <= 0 or not widths:
        return list(widths)
    weights = [w * (2 if column.kind.align == "left" else 1) for w, column in zip(widths, columns, strict=True)]
    whole = sum(weights)
    grown = [width + left * weight // whole for width, weight in zip(widths, weights, strict=True)]
    grown[-1] += room - sum(grown)
    return grown
