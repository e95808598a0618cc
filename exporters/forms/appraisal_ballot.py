"""F31, the ballot of the yearly appraisal: by qualities on a sheet across, or by grade alone on one upright."""

from collections.abc import Callable, Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, name
from exporters.paper import A4, A4_LANDSCAPE, MM, Paper
from models.ledgers.life.appraisal_papers import AppraisalBallotRecord
from models.rules.appraisal import GRADES

TITLE = "民主评议党员测评票"
_SIDE = 15 * MM
_TITLE_BASE, _TOP, _LATER_TOP = 20 * MM, 29 * MM, 14 * MM
_HEAD, _TALL_HEAD = 7 * MM, 10 * MM
_HEADS = _HEAD + _TALL_HEAD
_TALLEST, _LOWEST = 9 * MM, 6.4 * MM
_NOTES, _FOOT = 24 * MM, 9 * MM
_BLANK_NAMES = 15
_QUALITIES = ("理想信念", "政治理论素质", "组织纪律", "廉洁自律", "联系服务群众", "模范作用")
_ANSWERS = ("好", "一般", "差")
_NUMBER, _NAME, _ANSWER, _GRADE, _FAULTS = 1.1, 3, 0.85, 1.3, 3.3
_SLACK = 1e-6

Line = Callable[[Paper, float, float, float, str, str], float]
Heading = Callable[[Paper, float, float], float]


def draw(records: Sequence[AppraisalBallotRecord], path: Path) -> frozenset[str]:
    """Writes each ballot with a column for every quality; answers the characters that no font has."""
    paper = Paper(A4_LANDSCAPE, TITLE)
    for record in records:
        _draw_ballot(paper, record, _matrix_heading, _matrix_line, _matrix_notes(record))
    return paper.save(path)


def draw_simple(records: Sequence[AppraisalBallotRecord], path: Path) -> frozenset[str]:
    """Writes each ballot with the four grades alone; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_ballot(paper, record, _simple_heading, _simple_line, _simple_notes(record))
    return paper.save(path)


def _draw_ballot(
    paper: Paper, record: AppraisalBallotRecord, heading: Heading, line: Line, notes: Sequence[str]
) -> None:
    names = record.names or ("",) * _BLANK_NAMES
    width = paper.width - 2 * _SIDE
    year = f"{record.year}年度" if record.year else "　　　　年度"
    paper.text(paper.width / 2, _TITLE_BASE, f"{year}{TITLE}", 18, "serif bold", "centre")
    paper.apart(_TOP - 2 * MM, _SIDE, paper.width - _SIDE, (f"党支部：{words.said(record.unit)}", "（无记名）"), 10.5)
    pages = _by_page(len(names), paper.height)
    height = max(min((paper.height - _TOP - _HEADS - _NOTES - _FOOT) / len(names), _TALLEST), _LOWEST)
    start, y = 0, _TOP
    for number, held in enumerate(pages, start=1):
        y = heading(paper, y, width)
        for place in range(start, start + held):
            y = line(paper, y, width, height, str(place + 1), names[place])
        start += held
        if number == len(pages):
            paper.paragraph(_SIDE, y + 2 * MM, width, "\n".join(notes), 9)
        if len(pages) > 1:
            paper.foot("", number, len(pages), _SIDE, paper.height - 7 * MM)
        paper.end_page()
        y = _LATER_TOP


def _by_page(names: int, tall: float) -> list[int]:
    """How many names stand on each page, so that the notes have room under the last."""
    first = int((tall - _TOP - _HEADS - _FOOT) / _LOWEST + _SLACK)
    later = int((tall - _LATER_TOP - _HEADS - _FOOT) / _LOWEST + _SLACK)
    closing = int(_NOTES / _LOWEST) + 1
    pages, room = [], first
    while names > room - closing:
        held = min(room, names - 1)
        pages.append(held)
        names, room = names - held, later
    return [*pages, names]


def _matrix_heading(paper: Paper, y: float, width: float) -> float:
    unit = width / _matrix_shares()
    x = _SIDE
    tall = [Box(_NUMBER, "序号", style="sans", size=10), Box(_NAME, "姓名", style="sans", size=10)]
    draw_row(paper, x, y, (_NUMBER + _NAME) * unit, _HEADS, tall)
    x += (_NUMBER + _NAME) * unit
    above = [Box(_ANSWER * len(_ANSWERS), quality, style="sans", size=10) for quality in _QUALITIES]
    above.append(Box(_GRADE * len(GRADES), "综合评定", style="sans", size=10))
    below = [Box(_ANSWER, answer, size=9) for _ in _QUALITIES for answer in _ANSWERS]
    below += [Box(_GRADE, grade, size=9) for grade in GRADES]
    wide = sum(box.share for box in above) * unit
    draw_row(paper, x, y, wide, _HEAD, above)
    draw_row(paper, x, y + _HEAD, wide, _TALL_HEAD, below)
    draw_row(paper, x + wide, y, _FAULTS * unit, _HEADS, [Box(_FAULTS, "存在问题", style="sans", size=10)])
    return y + _HEADS


def _matrix_line(paper: Paper, y: float, width: float, height: float, number: str, who: str) -> float:
    answers = [Box(_ANSWER, "") for _ in range(len(_QUALITIES) * len(_ANSWERS))]
    grades = [Box(_GRADE, "") for _ in GRADES]
    boxes = [Box(_NUMBER, number, size=10), name(_NAME, who, 11), *answers, *grades, Box(_FAULTS, "")]
    return draw_row(paper, _SIDE, y, width, height, boxes)


def _matrix_shares() -> float:
    return _NUMBER + _NAME + _ANSWER * len(_QUALITIES) * len(_ANSWERS) + _GRADE * len(GRADES) + _FAULTS


def _simple_heading(paper: Paper, y: float, width: float) -> float:
    titles = [Box(2, "序号", style="sans"), Box(4, "姓名", style="sans")]
    titles += [Box(3.2, grade, style="sans") for grade in GRADES]
    return draw_row(paper, _SIDE, y, width, 1.4 * _HEAD, titles)


def _simple_line(paper: Paper, y: float, width: float, height: float, number: str, who: str) -> float:
    boxes = [Box(2, number), name(4, who, 12), *(Box(3.2, "") for _ in GRADES)]
    return draw_row(paper, _SIDE, y, width, height, boxes)


def _matrix_notes(record: AppraisalBallotRecord) -> Sequence[str]:
    return (
        "说明：1. 无记名填写。每位党员的每一项只在一个格内打“√”；同一项打两个以上“√”的，该项无效，不打“√”的为弃权。",
        f"2. {_limit(record)}3. 综合评定为“基本合格”“不合格”的，请在“存在问题”栏写明主要表现。",
    )


def _simple_notes(record: AppraisalBallotRecord) -> Sequence[str]:
    return (
        "说明：1. 无记名填写。每位党员只在一个等次内打“√”；打两个以上“√”的，对该党员的评定无效，不打“√”的为弃权。",
        f"2. {_limit(record)}",
    )


def _limit(record: AppraisalBallotRecord) -> str:
    if record.cap is None:
        return "评为“优秀”的一般不超过参加评定党员的　　　　，即不超过　　　名。"
    return f"评为“优秀”的一般不超过参加评定党员的{record.share}，即不超过 {record.cap} 名。"
