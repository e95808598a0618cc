"""F25, the papers around a 组织生活会: the sheet for opinions, and the list of self-examinations."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.forms.listing import draw_list
from exporters.paper import A4, MM, Paper
from models.ledgers.life.life_meeting_papers import OpinionRecord, ReviewRecord

OPINIONS, REVIEWS = "组织生活会征求意见表", "对照检查材料目录"
_SIDE = 22 * MM
_ROW, _CLOSING = 10 * MM, 18 * MM
_SUBJECTS = ("支部班子\n建设", "党员教育\n管理", "联系服务\n群众", "工作作风", "其他")
_REVIEW_HEADS = ((1.2, "序号"), (6, "材料名称"), (3, "党内职务"), (1.6, "页数"), (2.4, "审阅人"), (2.4, "备注"))
_BLANK_ROWS = 18


def draw_opinions(records: Sequence[OpinionRecord], path: Path) -> frozenset[str]:
    """Writes a sheet for each meeting; answers the characters that no font has."""
    paper = Paper(A4, OPINIONS)
    for record in records:
        _draw_opinions(paper, record)
        paper.end_page()
    return paper.save(path)


def draw_reviews(records: Sequence[ReviewRecord], path: Path) -> frozenset[str]:
    """Writes a list for each meeting; answers the characters that no font has."""
    paper = Paper(A4, REVIEWS)
    for record in records:
        _draw_reviews(paper, record)
        paper.end_page()
    return paper.save(path)


def _year(year: int | None) -> str:
    return f"{year}年度" if year else "　　　　年度"


def _draw_opinions(paper: Paper, record: OpinionRecord) -> None:
    width, right = paper.width - 2 * _SIDE, paper.width - _SIDE
    paper.text(paper.width / 2, 28 * MM, f"{_year(record.year)}{OPINIONS}", 20, "serif bold", "centre")
    paper.apart(39 * MM, _SIDE, right, (f"党支部：{words.said(record.unit)}", words.day(None)), 10.5)
    y = draw_row(paper, _SIDE, 42 * MM, width, _ROW, [label(3, "主题"), Box(14, words.said(record.theme))])
    heads = [Box(3, "方面", style="sans"), Box(9, "意见和建议", style="sans"), Box(5, "改进的具体办法", style="sans")]
    y = draw_row(paper, _SIDE, y, width, _ROW, heads)
    for subject in _SUBJECTS:
        y = draw_row(paper, _SIDE, y, width, 30 * MM, [Box(3, subject), Box(9, ""), Box(5, "")])
    y = draw_row(paper, _SIDE, y, width, 24 * MM, [Box(3, "对党员个人\n的意见"), Box(14, "")])
    note = "说明：可以不署名；请写具体的人和事。收回后由支部汇总，原汁原味反馈，提意见的人不公开。"
    y = paper.paragraph(_SIDE, y + 3 * MM, width, note, 9)
    paper.text(_SIDE, y + 9 * MM, "提意见人（可以不填）：", 10.5)
    paper.text(right, y + 9 * MM, f"收表人：{words.said(record.maker)}", 10.5, align="right")


def _draw_reviews(paper: Paper, record: ReviewRecord) -> None:
    right = paper.width - _SIDE
    paper.text(paper.width / 2, 26 * MM, f"{_year(record.year)}组织生活会{REVIEWS}", 18, "serif bold", "centre")
    facts = (f"党支部：{words.said(record.unit)}", f"会议日期：{words.day(record.held_on)}")
    paper.apart(37 * MM, _SIDE, right, facts, 10.5)
    rows = _reviews(record)
    y = draw_list(paper, 41 * MM, _SIDE, _REVIEW_HEADS, rows, _ROW, _CLOSING)
    foot = ("支部书记（签名）：", f"整理人：{words.said(record.maker)}", words.day(None))
    paper.apart(y + 12 * MM, _SIDE, right, foot, 10.5)


def _reviews(record: ReviewRecord) -> list[list[Box]]:
    """First that of the committee, then that of each member; empty lines on the blank."""
    first, second, *rest = (share for share, _title in _REVIEW_HEADS)
    titles = [("支部班子对照检查材料", "支部委员会"), *((f"{who}同志个人发言提纲", post) for who, post in record.names)]
    if not record.names:
        titles = [("", "")] * _BLANK_ROWS
    return [
        [
            Box(first, str(number)),
            Box(second, title, "left"),
            name(rest[0], post),
            *(Box(share, "") for share in rest[1:]),
        ]
        for number, (title, post) in enumerate(titles, 1)
    ]
