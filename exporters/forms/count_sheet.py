"""F33, the report of the count: who should come and came, ballots, the votes of each candidate, who is elected."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.forms.listing import draw_list
from exporters.paper import A4, MM, Paper
from models.ledgers.life.election_page import CandidateLine
from models.ledgers.life.elections import UNCOUNTED
from models.ledgers.life.vote_papers import CountRecord

TITLE = "选举计票报告单"
_SIDE = 22 * MM
_ROW, _CLOSING = 10 * MM, 66 * MM
_BLANK_ROWS = 8
_HEADS = ((1.2, "序号"), (3.6, "候选人姓名"), (2, "赞成票"), (2.2, "不赞成票"), (2, "弃权票"), (2.6, "部分无效票"),
          (2.2, "结果"))  # fmt: skip


def draw(records: Sequence[CountRecord], path: Path) -> frozenset[str]:
    """Writes each report on as many pages as its names take; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_report(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_report(paper: Paper, record: CountRecord) -> None:
    width, right = paper.width - 2 * _SIDE, paper.width - _SIDE
    paper.text(paper.width / 2, 28 * MM, TITLE, 20, "serif bold", "centre", spread=0.2)
    paper.apart(39 * MM, _SIDE, right, (f"党支部：{words.said(record.unit)}", words.day(record.held_on)), 10.5)
    y = 43 * MM
    for boxes in _facts(record):
        y = draw_row(paper, _SIDE, y, width, _ROW, boxes)
    rows = [_line(number, each) for number, each in enumerate(record.lines, 1)] or [
        [Box(share, str(number) if place == 0 else "") for place, (share, _title) in enumerate(_HEADS)]
        for number in range(1, _BLANK_ROWS + 1)
    ]
    y = draw_list(paper, y + 4 * MM, _SIDE, _HEADS, rows, _ROW, _CLOSING)
    said = words.said(record.reason) or "计票结果：应选　　名，当选　　名，依次是："
    y = paper.paragraph(_SIDE, y + 4 * MM, width, said, 11, leading=1.6, indent=2)
    teller, counters = words.said(record.teller), words.said(record.counters)
    for place, text in enumerate((f"总监票人（签名）：{teller}", f"计票人（签名）：{counters}")):
        paper.text(_SIDE + place * width / 2, y + 13 * MM, text, 10.5)
    paper.text(right, y + 27 * MM, words.day(record.held_on), 10.5, align="right")


def _facts(record: CountRecord) -> list[list[Box]]:
    valid = None if record.returned is None else record.returned - (record.spoilt or 0)
    return [
        [label(3, "选举项目"), Box(8, words.said(record.body)), label(2.4, "方式"), Box(3, words.said(record.way))],
        [label(3, "有选举权应到"), _number(2, record.entitled), label(2.4, "实到"), _number(2, record.present),
         label(2.4, "应选名额"), _number(2, record.seats)],
        [label(2.4, "发出选票"), _number(1.7, record.issued), label(2.4, "收回选票"), _number(1.7, record.returned),
         label(2, "有效"), _number(1.6, valid), label(2, "无效"), _number(1.6, record.spoilt)],
    ]  # fmt: skip


def _number(share: float, value: int | None = None) -> Box:
    return Box(share, "" if value is None else str(value))


def _line(number: int, line: CandidateLine) -> list[Box]:
    counted = line.result != UNCOUNTED
    votes = (line.favour, line.against, line.abstained, line.invalid)
    shares = [share for share, _title in _HEADS]
    return [
        Box(shares[0], str(number) if line.listed else "另选"),
        name(shares[1], line.name, 11),
        *(Box(share, str(vote) if counted else "") for share, vote in zip(shares[2:6], votes, strict=True)),
        Box(shares[6], line.result if counted else ""),
    ]
