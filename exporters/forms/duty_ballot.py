"""F34, the ballot on the secretaries' reports of the year's duties (述职评议), upright on A4."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, name
from exporters.paper import A4, MM, Paper
from models.ledgers.life.appraisal_papers import DutyBallotRecord

TITLE = "党组织书记述职评议测评表"
_SIDE = 20 * MM
_TITLE_BASE, _TOP = 28 * MM, 42 * MM
_HEAD, _ROW, _LOWEST = 11 * MM, 18 * MM, 9 * MM
_FOOT = 50 * MM
_BLANK_ROWS = 6
_ANSWERS = ("好", "较好", "一般", "差")
_SHARES = (1.4, 3, 4.6, 1.5, 1.5, 1.5, 1.5, 5)


def draw(records: Sequence[DutyBallotRecord], path: Path) -> frozenset[str]:
    """Writes a page for each ballot; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_ballot(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_ballot(paper: Paper, record: DutyBallotRecord) -> None:
    width, right = paper.width - 2 * _SIDE, paper.width - _SIDE
    year = f"{record.year}年度" if record.year else "　　　　年度"
    paper.text(paper.width / 2, _TITLE_BASE, f"{year}{TITLE}", 18, "serif bold", "centre")
    paper.apart(_TOP - 2.5 * MM, _SIDE, right, (f"单位：{words.said(record.unit)}", "（无记名）"), 10.5)
    titles = ("序号", "书记姓名", "党支部", *_ANSWERS, "意见")
    heads = [Box(share, title, style="sans") for share, title in zip(_SHARES, titles, strict=True)]
    y = draw_row(paper, _SIDE, _TOP, width, _HEAD, heads)
    reports = record.reports or (("", ""),) * _BLANK_ROWS
    height = max(min((paper.height - _FOOT - y) / len(reports), _ROW), _LOWEST)
    for number, (who, branch) in enumerate(reports, start=1):
        texts = [str(number), who, branch, *("" for _ in (*_ANSWERS, "意见"))]
        boxes = [Box(share, text) for share, text in zip(_SHARES, texts, strict=True)]
        boxes[1] = name(_SHARES[1], who, 12)
        y = draw_row(paper, _SIDE, y, width, height, boxes)
    said = (
        "说明：每位书记只在一个格内打“√”；打两个以上“√”的，对该书记的测评无效，不打“√”的为弃权。意见可以写在“意见”栏。"
    )
    paper.paragraph(_SIDE, y + 4 * MM, width, said, 10)
