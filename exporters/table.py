"""The plan of a ledger on paper, before a line is drawn: its columns, the heights of its rows, and its pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import ceil

from exporters import layout
from exporters.columns import PAD, SMALLEST, Share, Sort, Want, share_out
from exporters.layout import Span
from exporters.lettering import Lettering
from exporters.linebreaks import balanced_lines, break_lines
from exporters.paper import A3_LANDSCAPE, A4, A4_LANDSCAPE, LEADING, Fit, Paper
from models.kinds import NUMBER, Name, Person
from models.ledger import Column, Sheet

HEADING_SIZE, NOTE_SIZE, NOTE_LEADING = 8.5, 8.0, 12.5
ROW, TOTAL_ROW, BAND_ROW, HEADING_ROW = 20.0, 21.5, 19.0, 24.5
TOP, LATER_TOP = 82.0, 60.0
SIGNATURES, NOTE_GAP = 34.0, 6.0
SIDES = {"landscape": 45.0, "portrait": 56.0}
_SIZES = {"landscape": (A4_LANDSCAPE, A3_LANDSCAPE), "portrait": (A4, A4_LANDSCAPE, A3_LANDSCAPE)}
_INDENT = 1.5
_FOOT = 46.0
_SAMPLE = 300
_TEXT_EMS, _BLANK_EMS, _WORD_EMS, _TIGHT_WORD = 6.0, 4.0, 20.0, 3.0
_SHRINK_TEXT, _SHRINK_WORD, _SMALLEST_WORD = 0.88, 0.7, 5.5
_SPREAD_NAME = 2
_EVENED, _NARROW = 0.4, 8.0  # in a narrow column two lines look better when neither is much shorter than the other
# How many lines the texts of a column may take, from the first that fits; 0 leaves them the room of _TEXT_EMS.
_DEPTHS = (0, 2, 3)
_LONGEST_LOOKED_AT, _TEXT_STEP = 12, 0.5
_USUAL, _EASED_WORD = 0.9, 0.8
_TEXT_EASE = 1.25
_NOTE_KEPT = 12
_WHOLE_BRACKET = 6  # characters

NUMBERING = Column("", layout.NUMBER_TITLE, NUMBER, 4)


class PaperColumn:
    """A column on paper: where it stands, and how a text fits it."""

    def __init__(self, column: Column, x: float, share: Share, letters: Lettering) -> None:
        self.column = column
        self.x, self.width, self.size = x, share.width, share.size
        self.align = "centre" if column is NUMBERING else layout.alignment(column)
        self.is_name = isinstance(column.kind, Name | Person)
        self.left = PAD + (_INDENT if self.align == "left" else 0)
        self.inner = share.width - self.left - PAD
        self.sure = int(self.inner / share.size)
        self.title = _in_lines(column.title, share.width)
        self._letters = letters
        self._is_text = layout.is_free_text(column.kind)

    def fit(self, text: str) -> Fit:
        """The text in one line, in somewhat smaller type if need be, or in several; figures are never broken."""
        width = self._letters.width(text, self.size)
        ratio = self.inner / width if width else 1.0
        if "\n" not in text:
            if ratio >= 1:
                return Fit(self.size, (text,))
            least = _SHRINK_TEXT if self._is_text or (text.isalpha() and not self.is_name) else _SHRINK_WORD
            if self.align == "right" or (ratio >= least and self.size * ratio >= _SMALLEST_WORD):
                return Fit(self.size * ratio, (text,))
        evened = self.align == "centre" or (ratio > _EVENED and self.inner < _NARROW * self.size)
        broken = balanced_lines if evened else break_lines
        return Fit(self.size, tuple(broken(text, self.inner / self.size, lambda piece: self._letters.width(piece, 1))))


@dataclass(frozen=True)
class Page:
    """Rows `start` to before `stop`; of a row too tall for a page, which has pages alone, the lines from `line` on."""

    start: int
    stop: int
    line: int | None = None


@dataclass(frozen=True)
class Plan:
    """A sheet laid out: all that stands between its rows and the pages drawn of them.

    `rows` counts the rows drawn, blank ones where the sheet is empty; `tall` has the heights of those that are not ROW
    high; `lines_a_page` is how many lines of a too tall row a page takes. `notes` are the lines of the note by page,
    the first of them on the last page of the table.
    """

    sheet: Sheet
    size: tuple[float, float]
    side: float
    columns: tuple[PaperColumn, ...]
    bands: tuple[tuple[Span, str], ...]
    heading: float
    rows: int
    tall: dict[int, float]
    pages: tuple[Page, ...]
    lines_a_page: int
    notes: tuple[tuple[str, ...], ...]

    @property
    def heading_height(self) -> float:
        """The height of the titles with the bands over them."""
        return self.heading + (BAND_ROW if self.bands else 0)

    @property
    def page_count(self) -> int:
        return len(self.pages) + len(self.notes) - 1

    def label(self) -> Span:
        """The columns under which the words 合计 and 大写 stand: the running number and the one after it."""
        totalled = [n for n, each in enumerate(self.columns) if each.column.key in self.sheet.totals]
        return Span(0, max(0, min([1, len(self.columns) - 2, *(number - 1 for number in totalled)])))


def has_totals(sheet: Sheet) -> bool:
    return any(column.key in sheet.totals for column in sheet.columns)


def plan(sheet: Sheet, paper: Paper) -> Plan:
    """Lays a sheet out on A4, or on A3 where its columns would be illegible otherwise."""
    letters = paper.lettering("serif")
    columns = layout.printed_columns(sheet)
    if layout.is_numbered(sheet):
        columns = [NUMBERING, *columns]
    said = [_said(column, sheet) for column in columns]
    for size, depth in product(_SIZES[sheet.orientation], _DEPTHS):
        side = SIDES["portrait" if size[0] < size[1] else "landscape"]
        wants = [_want(column, texts, sheet, paper, depth) for column, texts in zip(columns, said, strict=True)]
        shares, fits = share_out(wants, size[0] - 2 * side)
        if fits:
            break
    placed, x = [], side
    for column, share in zip(columns, shares, strict=True):
        placed.append(PaperColumn(column, x, share, letters))
        x += share.width
    return _paged(sheet, paper, size, side, placed)


def _said(column: Column, sheet: Sheet) -> list[str]:
    """What the column says in the first rows and the total, by which its width is judged; nothing in a blank form."""
    if column is NUMBERING:
        return [str(len(sheet.rows))]
    if not sheet.rows:
        return []
    said = [column.kind.paper(getattr(row, column.key)) for row in islice(sheet.rows, _SAMPLE)]
    if column.key in sheet.totals:
        said.append(column.total_text(sheet.totals[column.key]))
    return [text for text in said if text]


def _want(column: Column, said: Sequence[str], sheet: Sheet, paper: Paper, depth: int) -> Want:
    """What a column asks for; where there is a `depth`, words and titles too may take several lines."""
    letters = paper.lettering("serif")
    spread = isinstance(column.kind, Name | Person)
    widths = sorted(letters.width(text, 1) + (spread and len(text) == _SPREAD_NAME) for text in said) or [0.0]
    sort = _sort(column)
    ems = widths[-1] if said else _unsaid(column, sheet, depth)
    if sort == "texts":
        ems = min(ems, max(column.width / 2 * _TEXT_EASE, _TEXT_EMS))
    usual = max(widths[int(len(widths) * _USUAL)], ems * _EASED_WORD)
    if depth and all(text.isalpha() for text in said):
        usual = min(usual, max(_TIGHT_WORD, ems / 2))
    least = {
        "figures": ems,
        "words": min(ems, usual, _WORD_EMS),
        "texts": min(ems, _narrowest(said, letters, depth) if depth and said else _TEXT_EMS),
    }[sort]
    heading = paper.lettering("sans").width(column.title, HEADING_SIZE)
    deep = depth or (2 if column is NUMBERING or len(column.title) > 3 else 1)
    least_heading = HEADING_SIZE * _narrow(column.title, max(deep, 2) + 1 if len(column.title) > 6 else deep)
    group = f"{type(column.kind).__name__}{column.width:g}" if sort == "figures" else sort
    return Want(ems, least, heading, min(heading, least_heading), column.width, sort, group)


def _in_lines(title: str, width: float) -> str:
    """A title that is wider than its column, broken where a bracket opens if that is enough."""
    if len(title) * HEADING_SIZE <= width or _in_brackets(title) * HEADING_SIZE > width:
        return title
    return title.replace("（", "\n（", 1)


def _in_brackets(title: str) -> int:
    """How many characters the longer part of a title has that is broken where its bracket opens."""
    before, bracket, within = title.partition("（")
    return max(len(before), len(bracket + within))


def _narrow(title: str, lines: int) -> int:
    """How few characters wide a title may be made in so many lines; one with a bracket keeps that whole."""
    least = ceil(len(title) / lines)
    parted = _in_brackets(title)
    return max(least, parted) if "（" in title and lines > 1 and parted <= _WHOLE_BRACKET else least


def _unsaid(column: Column, sheet: Sheet, depth: int) -> float:
    """The width in ems of a column with nothing in it: room to write by hand, while there is any."""
    if not sheet.rows:
        return column.width / 2
    return min(column.width / 2, _BLANK_EMS) if depth < _DEPTHS[-1] else 0.0


def _narrowest(said: Sequence[str], letters: Lettering, depth: int) -> float:
    """The width in ems at which the longest texts, but for a few outliers, take `depth` lines."""
    texts = sorted(set(said), key=lambda text: letters.width(text, 1), reverse=True)
    looked_at = texts[int(len(texts) * (1 - _USUAL)) :][:_LONGEST_LOOKED_AT]
    longest = letters.width(looked_at[0], 1)
    width = max(longest / depth, min(longest, _TIGHT_WORD))
    while any(len(break_lines(text, width, lambda piece: letters.width(piece, 1))) > depth for text in looked_at):
        width += _TEXT_STEP
    return width + _INDENT / SMALLEST


def _sort(column: Column) -> Sort:
    if layout.alignment(column) == "right":
        return "figures"
    return "texts" if layout.is_free_text(column.kind) else "words"


def _paged(sheet: Sheet, paper: Paper, size: tuple[float, float], side: float, columns: Sequence[PaperColumn]) -> Plan:
    sans = paper.lettering("sans")
    deepest = max(
        len(break_lines(each.title, each.width / HEADING_SIZE, lambda piece: sans.width(piece, 1))) for each in columns
    )
    heading = max(HEADING_ROW, deepest * HEADING_SIZE * LEADING + 4)
    bands = tuple(layout.bands([each.column.band for each in columns]))
    bottom = size[1] - _FOOT
    above = heading + (BAND_ROW if bands else 0)
    rooms = (bottom - TOP - above, bottom - LATER_TOP - above)
    tall, lines = _tall_rows(sheet, columns)
    rows = len(sheet.rows) or layout.BLANK_ROWS
    lines_a_page = max(1, int((min(rooms) - 5) / (max(each.size for each in columns) * LEADING)))
    letters = paper.lettering("serif")
    note = break_lines(
        sheet.note, (size[0] - 2 * side) / NOTE_SIZE, lambda piece: letters.width(piece, 1)
    ) if sheet.note else []  # fmt: skip
    after = (TOTAL_ROW if has_totals(sheet) else 0) + (TOTAL_ROW if sheet.capitals is not None else 0) + (
        SIGNATURES if any(sheet.signatures) else 0
    )  # fmt: skip
    kept = after + NOTE_GAP + NOTE_LEADING * min(len(note), _NOTE_KEPT)
    pages, used = _pages(rows, tall, lines, lines_a_page, rooms, kept)
    left = rooms[len(pages) > 1] - used - after - NOTE_GAP
    notes = _note_by_page(note, int(left / NOTE_LEADING), int((bottom - LATER_TOP) / NOTE_LEADING))
    return Plan(sheet, size, side, tuple(columns), bands, heading, rows, tall, tuple(pages), lines_a_page, tuple(notes))


def _tall_rows(sheet: Sheet, columns: Sequence[PaperColumn]) -> tuple[dict[int, float], dict[int, int]]:
    """The heights of the rows in which a text takes several lines, and how many it takes."""
    worded = [each for each in columns if each.align != "right" and each.column is not NUMBERING]
    heights: dict[int, float] = {}
    deepest: dict[int, int] = {}
    if not worded:
        return heights, deepest
    values_of = layout.values_of([each.column.key for each in worded])
    for number, row in enumerate(sheet.rows):
        for each, value in zip(worded, values_of(row), strict=True):
            text = each.column.kind.paper(value)
            if len(text) > each.sure or "\n" in text:
                fit = each.fit(text)
                if len(fit.lines) > 1:
                    height = len(fit.lines) * fit.size * LEADING + 5
                    heights[number] = max(heights.get(number, ROW), height)
                    deepest[number] = max(deepest.get(number, 1), len(fit.lines))
    return heights, deepest


def _pages(
    rows: int, tall: dict[int, float], lines: dict[int, int], lines_a_page: int, rooms: tuple[float, float], kept: float
) -> tuple[list[Page], float]:
    """The rows of each page, and the height used on the last; with it there is room for what is `kept` together."""
    pages: list[Page] = []
    start, used = 0, 0.0
    for number in range(rows):
        height = tall.get(number, ROW)
        if height > min(rooms):
            pages += [Page(start, number)] if number > start else []
            pages += [Page(number, number + 1, line) for line in range(0, lines[number], lines_a_page)]
            start, used = number + 1, 0.0
        elif used + height > rooms[bool(pages)]:
            pages.append(Page(start, number))
            start, used = number, height
        else:
            used += height
    if used + kept > rooms[bool(pages)] and rows > start:
        moved = max(start + 1, rows - 2) if rows - start > 1 else rows
        pages.append(Page(start, moved))
        start = moved
        used = sum(tall.get(number, ROW) for number in range(start, rows))
    return [*pages, Page(start, rows)], used


def _note_by_page(note: Sequence[str], first: int, later: int) -> list[tuple[str, ...]]:
    first = max(0, first)
    rest = range(first, len(note), later)
    return [tuple(note[:first]), *(tuple(note[start : start + later]) for start in rest)]
