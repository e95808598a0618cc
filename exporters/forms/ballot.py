"""F33, the ballot of an election: two on an upright sheet of A4 over a line to cut along."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, name
from exporters.paper import A4, MM, Paper
from models.ledgers.life.vote_papers import BallotRecord
from models.rules.elections import COMPETED

TITLE = "选票"
_SIDE = 24 * MM
_HEAD, _TALLEST, _LOWEST = 9 * MM, 11 * MM, 7 * MM
_TOP, _NOTES = 31 * MM, 27 * MM
_BLANK_NAMES = 4
_NUMBER, _NAME, _MARK, _OTHER = 1.3, 4, 2.6, 4


def draw(records: Sequence[BallotRecord], path: Path) -> frozenset[str]:
    """Writes as many ballots of each election as it has copies; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        whole = len(_names(record)) * _LOWEST + _TOP + _HEAD + _NOTES > paper.height / 2
        on_page = 1 if whole else 2
        for first in range(0, record.copies, on_page):
            for place in range(min(on_page, record.copies - first)):
                _draw_ballot(paper, place * paper.height / 2, paper.height / on_page, record)
            if not whole:
                paper.dashes(10 * MM, paper.height / 2, paper.width - 10 * MM, paper.height / 2)
            paper.end_page()
    return paper.save(path)


def _names(record: BallotRecord) -> Sequence[str]:
    return record.names or ("",) * _BLANK_NAMES


def _draw_ballot(paper: Paper, top: float, room: float, record: BallotRecord) -> None:
    names, width = _names(record), paper.width - 2 * _SIDE
    body = words.said(record.body) or "中共　　　　　　支部委员会委员"
    paper.box(_SIDE, top + 9 * MM, width, 10 * MM, f"选举{body}选票", 16, "serif bold", pad=0)
    seats = f"应选 {record.seats} 名" if record.seats else "应选　　名"
    way = words.said(record.way) or COMPETED
    facts = (f"{way}　{seats}", words.day(record.held_on), "党支部（盖章）")
    paper.apart(top + 26 * MM, _SIDE, paper.width - _SIDE, facts, 10)
    heads = ((_NUMBER, "序号"), (_NAME, "候选人（按姓氏笔画）"), (_MARK, "符号"), (_OTHER, "另选他人"))
    y = draw_row(
        paper, _SIDE, top + _TOP, width, _HEAD, [Box(share, text, style="sans", size=10) for share, text in heads]
    )
    height = max(_LOWEST, min(_TALLEST, (room - _TOP - _HEAD - _NOTES) / len(names)))
    for number, who in enumerate(names, 1):
        boxes = [Box(_NUMBER, str(number)), name(_NAME, who, 13), Box(_MARK, ""), Box(_OTHER, "")]
        y = draw_row(paper, _SIDE, y, width, height, boxes)
    paper.paragraph(_SIDE, y + 2 * MM, width, _notes(record.seats), 9)


def _notes(seats: int | None) -> str:
    most = str(seats) if seats else "　　"
    return (
        "说明：1. 赞成的在“符号”格内画“○”，不赞成的画“×”，弃权的不画；不赞成的，可以在“另选他人”格内写上另选的人，"
        "弃权的不能另选。\n"
        f"2. 赞成的人数（含另选他人）等于或少于应选的 {most} 名，选票有效；多于 {most} 名，选票无效。\n"
        "3. 请用钢笔或签字笔填写，不能辨认的部分由监票人认定。"
    )
