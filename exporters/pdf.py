"""Ledgers on paper: A4, headings repeated, totals, capitals, signatures, and every page with its number.

A page is drawn as one piece of text column by column; what a text needs to be drawn is worked out once and kept.
"""

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from exporters import layout, table
from exporters.columns import PAD
from exporters.files import Progress, none_wanted
from exporters.layout import Span
from exporters.lettering import MIDDLE
from exporters.paper import A4_LANDSCAPE, LEADING, THIN, Fit, Paper
from exporters.table import NUMBERING, ROW, TOTAL_ROW, Page, PaperColumn, Plan
from models.ledger import Sheet
from models.rules import capitals

_TITLE_SIZE, _LINE_SIZE = 18.0, 10.0
_TITLE_BASE, _LINE_BASE, _LATER_BASE, _FOOT_BASE = 48.0, 75.0, 54.0, 26.0
_KNOWN = 20_000

# A text ready to be drawn: what stands before and after the height of its base line.
Ink = tuple[str, str]


def write(sheet: Sheet, path: Path, progress: Progress = none_wanted) -> frozenset[str]:
    """Writes one sheet; see `write_all`."""
    return write_all([sheet], path, progress)


def write_all(sheets: Sequence[Sheet], path: Path, progress: Progress = none_wanted) -> frozenset[str]:
    """Writes the sheets one after the other, each with pages of its own; answers the characters that no font has.

    `progress` is told rows done and rows in all, and may raise to stop; then, as after any error, an old file stands.
    A sheet without rows becomes a blank form. Equal sheets give equal bytes.
    """
    paper = Paper(A4_LANDSCAPE, "、".join(sheet.heading for sheet in sheets))
    plans = [table.plan(sheet, paper) for sheet in sheets]
    total = sum(len(sheet.rows) for sheet in sheets)
    before = 0
    for plan in plans:
        paper.turn(plan.size)
        drawing = _Drawing(plan, paper)
        for number in range(plan.page_count):
            drawing.page(number)
            if number < len(plan.pages) and plan.sheet.rows:
                progress(before + plan.pages[number].stop, total)
        before += len(plan.sheet.rows)
    return paper.save(path)


def draw_on(paper: Paper, sheet: Sheet) -> None:
    """Draws one sheet on pages of its own of a document that holds other papers too."""
    plan = table.plan(sheet, paper)
    paper.turn(plan.size)
    drawing = _Drawing(plan, paper)
    for number in range(plan.page_count):
        drawing.page(number)


class _Drawing:
    """One sheet while it is drawn, page by page."""

    def __init__(self, plan: Plan, paper: Paper) -> None:
        self.plan = plan
        self.paper = paper
        self.letters = paper.lettering("serif")
        self.left, self.right = plan.side, plan.size[0] - plan.side
        self._inks: list[dict[str, Ink | None]] = [{} for _ in plan.columns]
        self._headings: dict[float, str] = {}
        self._values_of = layout.values_of([c.column.key for c in plan.columns if c.column is not NUMBERING])

    def page(self, number: int) -> None:
        """Draws a page from its top to its foot."""
        pages = self.plan.pages
        if number < len(pages):
            y = self._top(number)
            self._heading(y)
            y = self._rows(pages[number], y)
            if number == len(pages) - 1:
                self._note(self._tail(y) + table.NOTE_GAP, self.plan.notes[0])
        else:
            self._top(number)
            self._note(table.LATER_TOP, self.plan.notes[number - len(pages) + 1])
        foot = self.plan.size[1] - _FOOT_BASE
        self.paper.foot(layout.marks(self.plan.sheet), number + 1, self.plan.page_count, self.left, foot)
        self.paper.end_page()

    def _top(self, number: int) -> float:
        """The heading of the sheet, shorter on later pages; answers where the table begins."""
        sheet = self.plan.sheet
        if number:
            self.paper.text(self.left + 2, _LATER_BASE, f"{sheet.heading}（续）", _LINE_SIZE)
            self.paper.text(self.right - 2, _LATER_BASE, sheet.lines[-1], _LINE_SIZE, align="right")
            return table.LATER_TOP
        width = self.right - self.left
        self.paper.box(self.left, _TITLE_BASE - 20, width, 28, sheet.heading, _TITLE_SIZE, "serif bold", pad=0)
        if any(sheet.lines):
            self.paper.apart(_LINE_BASE, self.left + 2, self.right - 2, sheet.lines, _LINE_SIZE)
        return table.TOP

    def _heading(self, y: float) -> None:
        if y not in self._headings:
            self._headings[y] = self.paper.recorded(lambda: self._draw_heading(y))
        self.paper.put(self._headings[y])

    def _draw_heading(self, y: float) -> None:
        plan, paper = self.plan, self.paper
        banded = {place for span, _ in plan.bands for place in range(span.first, span.last + 1)}
        for span, band in plan.bands:
            x, width = self._across(span)
            paper.box(x, y, width, table.BAND_ROW, band, table.HEADING_SIZE, "sans", pad=1)
            paper.rules([(x, y + table.BAND_ROW, x + width, y + table.BAND_ROW)], THIN)
        for place, each in enumerate(plan.columns):
            top = y + table.BAND_ROW if place in banded else y
            height = y + plan.heading_height - top
            spread = 1.0 if each.is_name and len(each.title) == 2 else 0.0
            paper.box(each.x, top, each.width, height, each.title, table.HEADING_SIZE, "sans", pad=0.5, spread=spread)

    def _across(self, span: Span) -> tuple[float, float]:
        """Where a span of columns begins, and how wide it is."""
        first, last = self.plan.columns[span.first], self.plan.columns[span.last]
        return first.x, last.x + last.width - first.x

    def _rows(self, page: Page, y: float) -> float:
        """The rows of a page and the rules of the table; answers where it ends."""
        plan = self.plan
        top = y + plan.heading_height
        if page.line is not None:
            return self._piece_of_row(page.start, page.line, y, top)
        edges = [top]
        for number in range(page.start, page.stop):
            edges.append(edges[-1] + plan.tall.get(number, ROW))
        self._grid(y, edges)
        if plan.sheet.rows and page.stop > page.start:
            self._cells(page, edges)
        return edges[-1]

    def _grid(self, y: float, edges: Sequence[float]) -> None:
        """The rules of a table that begins at `y` and whose rows lie between the edges."""
        plan = self.plan
        inside = {place for span, _ in plan.bands for place in range(span.first + 1, span.last + 1)}
        rules = [(self.left, edge, self.right, edge) for edge in (y, *edges)]
        for place, each in enumerate(plan.columns):
            rules.append((each.x, y + table.BAND_ROW if place in inside else y, each.x, edges[-1]))
        self.paper.rules([*rules, (self.right, y, self.right, edges[-1])], THIN)

    def _texts(self, page: Page) -> list[list[str]]:
        """What the cells of a page say, column by column."""
        plan = self.plan
        values = iter(zip(*map(self._values_of, plan.sheet.rows[page.start : page.stop]), strict=True))
        return [
            [str(number + 1) for number in range(page.start, page.stop)]
            if each.column is NUMBERING
            else list(map(each.column.kind.paper, next(values)))
            for each in plan.columns
        ]

    def _cells(self, page: Page, edges: Sequence[float]) -> None:
        """The texts of a page, in the order in which they are read and copied out: row by row."""
        middles = [self.plan.size[1] - (a + b) / 2 for a, b in pairwise(edges)]
        bases: dict[float, list[str]] = {}
        columns: list[list[str]] = []
        before = self.plan.columns[-1].size
        for each, inks, texts in zip(self.plan.columns, self._inks, self._texts(page), strict=True):
            size = each.size
            if size not in bases:
                bases[size] = [f"{middle - MIDDLE * size:.2f}" for middle in middles]
            if len(inks) > _KNOWN:
                inks.clear()
            font = "" if size == before else self.letters.font(size) + " "
            drawn = [font] * len(texts)
            for row, (text, base) in enumerate(zip(texts, bases[size], strict=True)):
                if text:
                    if text not in inks:
                        inks[text] = self._ink(each, text)
                    ink = inks[text]
                    drawn[row] += self._lines(each, middles[row], each.fit(text)) if ink is None else base.join(ink)
            columns.append(drawn)
            before = size
        rows = "\n".join(map("".join, zip(*columns, strict=True)))
        self.paper.put(f"BT {self.letters.font(before)} {rows} ET")

    def _ink(self, each: PaperColumn, text: str) -> Ink | None:
        """Works out how a text is drawn in its column; None when it takes several lines."""
        letters = self.letters
        width = letters.width(text, each.size)
        size, spread = each.size, ""
        if each.is_name and len(text) == 2 and width + size <= each.inner:
            width += size
            spread = letters.show_spread(text, 1, size)
        elif width > each.inner or "\n" in text:
            fit = each.fit(text)
            if len(fit.lines) > 1:
                return None
            width, size = letters.width(text, fit.size), fit.size
        x = (
            each.x
            + {"left": each.left, "centre": (each.width - width) / 2, "right": each.width - PAD - width}[each.align]
        )
        show = spread or letters.show(text, size)
        if size != each.size:
            rise = MIDDLE * (each.size - size)
            show = f"{letters.font(size)} {rise:.2f} Ts {show} 0 Ts {letters.font(each.size)}"
        return f"1 0 0 1 {x:.2f} ", f" Tm {show} "

    def _lines(self, each: PaperColumn, middle: float, fit: Fit) -> str:
        """The operators of lines in a column around a middle, counted from the foot of the page."""
        letters, pitch = self.letters, fit.size * LEADING
        base = middle + (len(fit.lines) - 1) * pitch / 2 - MIDDLE * fit.size
        drawn = [letters.font(fit.size)]
        for number, line in enumerate(fit.lines):
            free = each.inner - letters.width(line, fit.size)
            x = each.x + each.left + {"left": 0, "centre": free / 2, "right": free}[each.align]
            drawn.append(f"1 0 0 1 {x:.2f} {base - number * pitch:.2f} Tm {letters.show(line, fit.size)}")
        return " ".join([*drawn, letters.font(each.size), ""])

    def _piece_of_row(self, row: int, first: int, y: float, top: float) -> float:
        """As many lines of a row too tall for a page as a page takes; what has one line stands on its first page."""
        plan = self.plan
        pieces: list[tuple[PaperColumn, Fit]] = []
        for each, texts in zip(plan.columns, self._texts(Page(row, row + 1)), strict=True):
            fit = each.fit(texts[0])
            pieces.append((each, Fit(fit.size, fit.lines[first : first + plan.lines_a_page])))
        bottom = top + max(len(fit.lines) * fit.size * LEADING for _, fit in pieces) + 5
        self._grid(y, [top, bottom])
        for each, fit in pieces:
            middle = plan.size[1] - top - 2.5 - len(fit.lines) * fit.size * LEADING / 2
            self.paper.put(f"BT {self._lines(each, middle, fit)} ET")
        return bottom

    def _tail(self, y: float) -> float:
        """The totals, the amount in capitals and the signatures; answers where they end."""
        sheet = self.plan.sheet
        if table.has_totals(sheet):
            self._totals(y)
            y += TOTAL_ROW
        if sheet.capitals is not None:
            label, width = self._across(self.plan.label())
            words = label + width
            said = capitals.amount(sheet.capitals) if sheet.rows else ""  # a blank form is filled in by hand
            self.paper.box(label, y, width, TOTAL_ROW, "大写", 9, spread=1)
            self.paper.box(words, y, self.right - words, TOTAL_ROW, said, 9, align="left", pad=8)
            self._row_of_rules(y, [label, words, self.right])
            y += TOTAL_ROW
        if any(sheet.signatures):
            self.paper.apart(y + 24, self.left + 4, self.right - 4, sheet.signatures, _LINE_SIZE)
            y += table.SIGNATURES
        return y

    def _totals(self, y: float) -> None:
        plan = self.plan
        label = plan.label()
        inside = range(label.first + 1, label.last + 1)
        self._row_of_rules(y, [*(e.x for n, e in enumerate(plan.columns) if n not in inside), self.right])
        for place, each in enumerate(plan.columns):
            if each.column.key in plan.sheet.totals and plan.sheet.rows:
                text = each.column.total_text(plan.sheet.totals[each.column.key])
                self.paper.put(f"BT {self._lines(each, plan.size[1] - y - TOTAL_ROW / 2, each.fit(text))} ET")
            elif place == label.first and each.column.key not in plan.sheet.totals:
                x, width = self._across(label)
                self.paper.box(x, y, width, TOTAL_ROW, "合计", 9, spread=1)

    def _row_of_rules(self, y: float, uprights: Sequence[float]) -> None:
        bottom = y + TOTAL_ROW
        self.paper.rules([(self.left, bottom, self.right, bottom), *((x, y, x, bottom) for x in uprights)], THIN)

    def _note(self, y: float, lines: Sequence[str]) -> None:
        base = y + table.NOTE_LEADING / 2 + MIDDLE * table.NOTE_SIZE
        for number, line in enumerate(lines):
            self.paper.text(self.left + 2, base + number * table.NOTE_LEADING, line, table.NOTE_SIZE)
