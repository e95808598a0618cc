"""F20, F21 and F22: the record of a meeting, its text flowing over as many pages as it takes, the grid with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from exporters.forms import minutes_parts as parts
from exporters.forms.grid import Box, draw_row
from exporters.forms.minutes_parts import Cell, Section
from exporters.forms.photographs import draw_photographs, sheets_of
from exporters.linebreaks import break_lines
from exporters.paper import A4, LEADING, MM, THIN, Paper
from models.kinds import Align
from models.ledgers.life.minutes_papers import MinutesRecord

_LEFT, _RIGHT = 24 * MM, 21 * MM
_TITLE_BASE, _LINE_BASE, _TOP, _LATER_TOP = 28 * MM, 36.5 * MM, 38.5 * MM, 22 * MM
_BOTTOM, _FOOT = 271.5 * MM, 277 * MM
_LABEL, _VALUE, _WIDE = 96.0, 218.5, 533.0
_ROW, _TALLEST_ROW, _SIGNATURES = 9.9 * MM, 70 * MM, 12 * MM
_SIZE, _TEXT_SIZE, _PITCH = 11.0, 11.5, 21.0
_PAD, _SIDE_PAD = 2.6 * MM, 4 * MM
_LEAST = 24 * MM  # of a text that may be written by hand
_LEAST_LABEL, _LEAST_TEXT = 13 * MM, 40 * MM
_FOOT_SIZE, _FOOT_LINES = 8.0, 2
_KEPT_LINES = 3  # that stand with the signatures on a page they begin


@dataclass
class _Portion:
    """What one page holds of a section."""

    section: Section
    continued: bool
    lines: list[str] = field(default_factory=list)

    @property
    def height(self) -> float:
        return max(len(self.lines) * _PITCH + 2 * _PAD, _LEAST_LABEL)

    @property
    def wanted(self) -> float:
        return max(self.height, _LEAST) if self.section.asked_for and not self.continued else self.height

    def label(self) -> str:
        return f"{self.section.label}\n（续）" if self.continued else self.section.label


def draw(records: Sequence[MinutesRecord], path: Path) -> frozenset[str]:
    """Writes each record on as many pages as it takes, then its photographs; answers the characters no font has."""
    paper = Paper(A4, "、".join(dict.fromkeys(map(parts.title, records))))
    for record in records:
        draw_on(paper, record)
    return paper.save(path)


def draw_on(paper: Paper, record: MinutesRecord) -> None:
    """Draws one record on upright pages of its own."""
    paper.turn(A4)
    cells = list(parts.rows(record))
    heights = _heights(paper, cells)
    foot = _foot_lines(paper, record)
    texts = list(parts.sections(record))
    if len(foot) > _FOOT_LINES:
        texts.append(Section("后续事项", "\n".join(record.follow_ups)))
        foot = []
    pages = _flow(paper, texts, _TOP + sum(heights))
    photographs = sheets_of(record.photos)
    count = len(pages) + len(photographs)
    for number, page in enumerate(pages, start=1):
        y = _draw_head(paper, record, cells, heights) if number == 1 else _draw_later_head(paper, record)
        is_last = number == len(pages)
        _draw_texts(paper, page, y, _BOTTOM - (_SIGNATURES if is_last else 0))
        if is_last:
            _row(paper, _BOTTOM - _SIGNATURES, _SIGNATURES, [Cell(each, "") for each in parts.SIGNERS])
        _draw_foot(paper, foot if is_last else [], number, count)
        paper.end_page()
    for number, sheet in enumerate(photographs, start=len(pages) + 1):
        _draw_later_head(paper, record)
        draw_photographs(paper, sheet, _LEFT, _LATER_TOP, paper.width - _RIGHT, _BOTTOM)
        paper.foot("内部资料", number, count, _LEFT, _FOOT)
        paper.end_page()


def _foot_lines(paper: Paper, record: MinutesRecord) -> list[str]:
    """What follows from the meeting, as it stands at the foot beside the number of the page."""
    letters = paper.lettering("serif")
    room = (paper.width - _LEFT - _RIGHT) * 0.78 / _FOOT_SIZE
    said = parts.follow_ups(record)
    return break_lines(said, room, lambda piece: letters.width(piece, 1)) if said else []


def _draw_foot(paper: Paper, lines: Sequence[str], number: int, count: int) -> None:
    paper.foot(lines[0] if lines else "内部资料", number, count, _LEFT, _FOOT)
    paper.put("0.35 g")
    for place, line in enumerate(lines[1:], start=1):
        paper.text(_LEFT, _FOOT + place * _FOOT_SIZE * LEADING, line, _FOOT_SIZE)
    paper.put("0 g")


def _draw_head(
    paper: Paper, record: MinutesRecord, rows: Sequence[tuple[Cell, ...]], heights: Sequence[float]
) -> float:
    """The title and the grid over the text; answers where it ends."""
    paper.text(
        _LEFT + (paper.width - _LEFT - _RIGHT) / 2, _TITLE_BASE, parts.title(record), 20, "serif bold", "centre", 0.25
    )
    paper.text(_LEFT + 1, _LINE_BASE, f"党组织：{record.unit}" if record.unit else "党组织：", 9.5)
    paper.text(paper.width - _RIGHT - 1, _LINE_BASE, parts.entered_later(record), 9.5, align="right")
    y = _TOP
    for row, height in zip(rows, heights, strict=True):
        y = _row(paper, y, height, row)
    return y


def _draw_later_head(paper: Paper, record: MinutesRecord) -> float:
    """The line over a page that continues the record; answers where the page begins."""
    base = _LATER_TOP - 2.5 * MM
    paper.text(_LEFT + 1, base, f"{parts.title(record)}（续）", 9.5)
    said = record.name or ""
    if paper.lettering("serif").width(said, 9.5) < 110 * MM:
        paper.text(paper.width - _RIGHT - 1, base, said, 9.5, align="right")
    return _LATER_TOP


def _row(paper: Paper, y: float, height: float, cells: Sequence[Cell]) -> float:
    boxes: list[Box] = []
    for cell in cells:
        wide = len(cells) == 1
        align: Align = "left" if cell.to_the_left else "centre"
        boxes += [_label(cell.label), Box(_WIDE if wide else _VALUE, cell.text, align, size=_SIZE)]
    return draw_row(paper, _LEFT, y, paper.width - _LEFT - _RIGHT, height, boxes)


def _label(text: str) -> Box:
    """A label; two or three characters stand as wide as four."""
    return Box(_LABEL, text, size=_SIZE, spread={2: 2.0, 3: 0.5}.get(len(text), 0))


def _heights(paper: Paper, rows: Sequence[tuple[Cell, ...]]) -> list[float]:
    """The heights of the rows of the grid, which leaves the text a part of the first page however much it holds."""
    wanted = [_height(paper, row) for row in rows]
    scale = min(1.0, (_BOTTOM - _TOP - _LEAST_TEXT) / sum(wanted))
    return [height * scale for height in wanted]


def _height(paper: Paper, cells: Sequence[Cell]) -> float:
    """How high a row is that holds these texts at full size, up to a limit beyond which they become smaller."""
    unit = (paper.width - _LEFT - _RIGHT) / (_LABEL + _WIDE)
    letters = paper.lettering("serif")
    room = (_WIDE if len(cells) == 1 else _VALUE) * unit - 10
    lines = max(
        max(
            len(break_lines(cell.text, room / _SIZE, lambda piece: letters.width(piece, 1))), 1 + cell.label.count("\n")
        )
        for cell in cells
    )
    return min(max(_ROW, lines * _SIZE * LEADING + 9), _TALLEST_ROW)


def _flow(paper: Paper, sections: Sequence[Section], top: float) -> list[list[_Portion]]:
    """The portions of each page; the last page has room for the signatures, and something to stand over them."""
    pages: list[list[_Portion]] = [[]]
    y = top
    for section in sections:
        portion: _Portion | None = None
        for line in _lines(paper, section.text):
            if portion is None or y + _PITCH > _BOTTOM:
                continued = portion is not None
                if y + _PITCH + 2 * _PAD > _BOTTOM:
                    pages.append([])
                    y = _LATER_TOP
                portion = _Portion(section, continued)
                pages[-1].append(portion)
                y += 2 * _PAD
            portion.lines.append(line)
            y += _PITCH
    used = sum(each.height for each in pages[-1])
    if (top if len(pages) == 1 else _LATER_TOP) + used + _SIGNATURES > _BOTTOM:
        pages.append([_carried_over(pages[-1])])
    return pages


def _carried_over(page: list[_Portion]) -> _Portion:
    """Takes the last lines off a page, to stand on the next one; a short section goes there whole."""
    last = page[-1]
    if len(last.lines) <= _KEPT_LINES and len(page) > 1:
        return page.pop()
    kept = len(last.lines) - _KEPT_LINES if len(last.lines) > _KEPT_LINES else 1
    moved = _Portion(last.section, True, last.lines[kept:])
    last.lines = last.lines[:kept]
    return moved


def _lines(paper: Paper, text: str) -> list[str]:
    """The lines of a text whose paragraphs begin two characters in; an empty text has an empty line."""
    letters = paper.lettering("serif")
    width = ((paper.width - _LEFT - _RIGHT) * _WIDE / (_LABEL + _WIDE) - 2 * _SIDE_PAD) / _TEXT_SIZE
    paragraphs = [each.strip() for each in text.splitlines()] or [""]
    lines: list[str] = []
    for paragraph in paragraphs:
        indented = f"　　{paragraph}" if paragraph else ""
        lines += break_lines(indented, width, lambda piece: letters.width(piece, 1)) or [""]
    return lines


def _draw_texts(paper: Paper, portions: Sequence[_Portion], y: float, bottom: float) -> None:
    """Draws a page's portions one under the other down to the bottom, room to spare given to the first text."""
    left, right = _LEFT, paper.width - _RIGHT
    inner = left + (right - left) * _LABEL / (_LABEL + _WIDE)
    heights = [portion.height for portion in portions]
    for place, portion in enumerate(portions):
        heights[place] += min(portion.wanted - portion.height, max(0.0, bottom - y - sum(heights)))
    heights[0] += bottom - y - sum(heights)
    for portion, height in zip(portions, heights, strict=True):
        paper.rules(
            [(left, y, right, y), (left, y + height, right, y + height),
             *((x, y, x, y + height) for x in (left, inner, right))], THIN,
        )  # fmt: skip
        label = _label(portion.label())
        paper.box(left, y, inner - left, height, label.text, label.size, pad=5, spread=label.spread)
        for number, line in enumerate(portion.lines):
            base = y + _PAD + (number + 0.5) * _PITCH + 0.37 * _TEXT_SIZE
            paper.text(inner + _SIDE_PAD, base, line, _TEXT_SIZE)
        y += height
