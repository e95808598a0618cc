"""党支部工作手册: cover, contents, and every paper of a branch's year behind them, with the pages counted through."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from exporters import pdf
from exporters.binding import BoundPaper
from exporters.files import Progress, none_wanted
from exporters.forms import attendance, minutes, words
from exporters.paper import A4, MM
from models.ledger import Sheet
from models.ledgers.life.minutes_papers import MinutesRecord
from models.ledgers.life.work_book import Item, Part, WorkBookRecord
from models.ledgers.phrases import short

TITLE = "党支部工作手册"
_SIDE = 26 * MM
_CONTENTS_TOP, _CONTENTS_BOTTOM = 48 * MM, 272 * MM
_PITCH, _SMALL_PITCH = 8.2 * MM, 6.6 * MM
_SIZE, _SMALL = 12.0, 10.5
_FOOT = 285 * MM
_FIGURES = "零一二三四五六七八九"
_BLANK = (
    "党支部班子", "党员名册", "年度计划", "支部党员大会记录", "支部委员会会议记录", "党小组会记录", "党课记录",
    "主题党日活动记录表", "组织生活会记录", "民主评议党员记录", "党员考勤表", "组织生活统计",
)  # fmt: skip


class _Line:
    """A line of the contents; its `page` comes to be known when what it names is drawn, and stays None for nothing."""

    def __init__(self, text: str, is_part: bool, if_none: str = "") -> None:
        self.text = text
        self.is_part = is_part
        self.if_none = if_none
        self.page: int | None = None


def draw(records: Sequence[WorkBookRecord], path: Path, progress: Progress = none_wanted) -> frozenset[str]:
    """Writes a book for each record; answers the characters that no font has.

    `progress` is told papers done and papers in all, and may raise to stop; then, as after any error, an old file
    stands.
    """
    paper = BoundPaper(A4, TITLE)
    total = sum(len(part.items) for record in records for part in record.parts)
    done = 0
    for number, record in enumerate(records, start=1):
        for _ in _draw_book(paper, record, f"contents{number}_"):
            done += 1
            progress(done, total)
    return paper.save(path)


def _draw_book(paper: BoundPaper, record: WorkBookRecord, name: str) -> Iterator[None]:
    """Draws one book, and stops for a breath behind each paper in it."""
    paper.turn(A4)
    paper.begin_book()
    _draw_cover(paper, record)
    parts = record.parts or tuple(map(Part, _BLANK))
    if_none = "无" if record.parts else ""
    lines = [_lines_of(number, part, if_none) for number, part in enumerate(parts, start=1)]
    pages = _by_page([line for part in lines for line in part])
    for number in range(len(pages)):
        if number == 0:
            paper.mark("目录")
        paper.stamp(f"{name}{number}", 0, paper.height)
        paper.foot("内部资料", 0, 0, _SIDE, _FOOT)
        paper.end_page()
    for (head, *rest), part in zip(lines, parts, strict=True):
        if part.items:
            head.page = paper.page
            paper.mark(head.text)
        for place, item in enumerate(part.items):
            if rest:
                rest[place].page = paper.page
                paper.mark(rest[place].text, 1)
            _draw_item(paper, item)
            yield
    paper.turn(A4)
    for number, held in enumerate(pages):
        paper.form(f"{name}{number}", *A4, _contents(paper, held, number))
    paper.end_book()


def _draw_cover(paper: BoundPaper, record: WorkBookRecord) -> None:
    middle = paper.width / 2
    paper.mark("封面")
    year = f"{record.year}年度" if record.year else "　　　　年度"
    paper.text(middle, 78 * MM, TITLE, 40, "serif bold", "centre", 0.15)
    paper.text(middle, 100 * MM, year, 22, "serif", "centre", 0.1)
    y = 150 * MM
    for label, text in (
        ("党 支 部", words.said(record.unit)),
        ("支部书记", words.said(record.secretary)),
        ("填 写 人", words.said(record.maker)),
        ("装订日期", words.day(record.made_on)),
    ):
        paper.text(55 * MM, y, f"{label}：", 16)
        paper.box(80 * MM, y - 7 * MM, 75 * MM, 9.5 * MM, text, 16)
        paper.rules([(80 * MM, y + 2.5 * MM, 155 * MM, y + 2.5 * MM)])
        y += 15 * MM
    paper.text(middle, 262 * MM, "内部资料　妥善保管", 12, align="centre")
    paper.end_page()


def _lines_of(number: int, part: Part, if_none: str) -> list[_Line]:
    """The line of a part, and below it one for each record in it; ledgers and the attendance need none."""
    lines = [_Line(f"{_figure(number)}、{part.title}", is_part=True, if_none=if_none)]
    return lines + [_Line(_named(item), is_part=False) for item in part.items if isinstance(item, MinutesRecord)]


def _figure(number: int) -> str:
    """A number from 1 to 99 in Chinese figures."""
    tens, ones = divmod(number, 10)
    return {0: "", 1: "十"}.get(tens, f"{_FIGURES[tens]}十") + (_FIGURES[ones] if ones else "")


def _named(record: MinutesRecord) -> str:
    day = f"{short(record.held_on)}　" if record.held_on else ""
    return f"{day}{record.theme or record.name or ''}"


def _by_page(lines: Sequence[_Line]) -> list[list[_Line]]:
    """The lines of each page of contents; a part does not stand at the foot of a page without what is in it."""
    pages: list[list[_Line]] = [[]]
    y = _CONTENTS_TOP
    for line in lines:
        height = _PITCH if line.is_part else _SMALL_PITCH
        if y + height + (_SMALL_PITCH if line.is_part else 0) > _CONTENTS_BOTTOM:
            pages.append([])
            y = _CONTENTS_TOP
        pages[-1].append(line)
        y += height
    return pages


def _contents(paper: BoundPaper, lines: Sequence[_Line], number: int) -> Callable[[], None]:
    """What draws a page of contents, once the pages are known."""

    def drawing() -> None:
        title = "目　　录" if number == 0 else "目　　录（续）"
        paper.text(paper.width / 2, 34 * MM, title, 20, "serif bold", "centre")
        y = _CONTENTS_TOP
        for line in lines:
            y += _PITCH if line.is_part else _SMALL_PITCH
            _draw_line(paper, line, y)

    return drawing


def _draw_line(paper: BoundPaper, line: _Line, base: float) -> None:
    """The name, dots, and the page at the right edge."""
    size = _SIZE if line.is_part else _SMALL
    letters = paper.lettering("serif bold" if line.is_part else "serif")
    left, right = _SIDE + (0 if line.is_part else 9 * MM), paper.width - _SIDE
    page = line.if_none if line.page is None else str(line.page)
    text = line.text
    room = right - left - 26 * MM
    while letters.width(text, size) > room:
        text = f"{text[:-2]}…"
    paper.text(left, base, text, size, "serif bold" if line.is_part else "serif")
    paper.text(right, base, page, size, align="right")
    start = left + letters.width(text, size) + 3 * MM
    end = right - paper.lettering("serif").width(page, size) - 3 * MM
    dot = paper.lettering("serif").width("·", size)
    paper.text(end, base, "·" * int((end - start) / dot), size, align="right")


def _draw_item(paper: BoundPaper, item: Item) -> None:
    match item:
        case MinutesRecord():
            minutes.draw_on(paper, item)
        case Sheet():
            pdf.draw_on(paper, item)
        case _:
            attendance.draw_on(paper, item)
