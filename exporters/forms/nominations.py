"""F33, the summary of those nominated, across a sheet of A4."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, name
from exporters.forms.listing import draw_list
from exporters.paper import A4_LANDSCAPE, MM, Paper
from models.ledgers.life.vote_papers import NominationRecord, Nominee

TITLE = "候选人提名汇总表"
_SIDE = 14 * MM
_ROW, _CLOSING = 11 * MM, 22 * MM
_BLANK_ROWS = 8
_HEADS = ((1, "序号"), (2.2, "姓名"), (1, "性别"), (1.5, "民族"), (2.6, "籍贯"), (2.6, "学历/学位"), (2, "职称"),
          (2.2, "出生年月"), (2.2, "入党时间"), (2.4, "参加工作时间"), (3.6, "职务"), (3.4, "推荐意见"))  # fmt: skip


def draw(records: Sequence[NominationRecord], path: Path) -> frozenset[str]:
    """Writes each summary on as many pages as its names take; answers the characters that no font has."""
    paper = Paper(A4_LANDSCAPE, TITLE)
    for record in records:
        _draw_summary(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_summary(paper: Paper, record: NominationRecord) -> None:
    right = paper.width - _SIDE
    title = f"{words.said(record.body)}{TITLE}"
    paper.box(_SIDE, 14 * MM, paper.width - 2 * _SIDE, 12 * MM, title, 20, "serif bold", pad=0)
    facts = (f"党支部（盖章）：{words.said(record.unit)}", words.day(record.made_on))
    paper.apart(34 * MM, _SIDE, right, facts, 10.5)
    rows = [_row(number, each) for number, each in enumerate(record.nominees, 1)] or [
        [Box(share, str(number) if place == 0 else "") for place, (share, _title) in enumerate(_HEADS)]
        for number in range(1, _BLANK_ROWS + 1)
    ]
    y = draw_list(paper, 38 * MM, _SIDE, _HEADS, rows, _ROW, _CLOSING)
    foot = (f"支部书记（签名）：{words.said(record.secretary)}", "填表人：", "候选人按姓氏笔画为序")
    paper.apart(y + 12 * MM, _SIDE, right, foot, 10.5)


def _row(number: int, nominee: Nominee) -> list[Box]:
    said = (nominee.sex, nominee.ethnicity, nominee.native_place, nominee.education, nominee.title, nominee.born,
            nominee.joined, nominee.worked, nominee.post, nominee.opinion)  # fmt: skip
    shares = [share for share, _title in _HEADS]
    first = [Box(shares[0], str(number), size=10), name(shares[1], nominee.name)]
    return first + [
        Box(share, words.said(text).replace("-", "."), size=9.5, pad=2)
        for share, text in zip(shares[2:], said, strict=True)
    ]
