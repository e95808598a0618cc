"""F33, the summary of the votes on admissions and on full membership at one meeting."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, name
from exporters.forms.listing import draw_list
from exporters.paper import A4_LANDSCAPE, MM, Paper
from models.ledgers.life.vote_papers import VoteSheetRecord
from models.ledgers.life.votes import VoteRow

TITLE = "票决情况汇总表"
_SIDE = 16 * MM
_ROW, _CLOSING = 14 * MM, 40 * MM
_BLANK_ROWS = 6
_HEADS = ((1, "序号"), (2.2, "姓名"), (5, "表决事项"), (2.3, "有表决权应到"), (1.6, "实到"), (1.6, "同意"),
          (1.7, "不同意"), (1.6, "弃权"), (2.2, "会前书面意见"), (1.8, "结果"), (2, "备注"))  # fmt: skip


def draw(records: Sequence[VoteSheetRecord], path: Path) -> frozenset[str]:
    """Writes the votes of each meeting; answers the characters that no font has."""
    paper = Paper(A4_LANDSCAPE, TITLE)
    for record in records:
        _draw_sheet(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_sheet(paper: Paper, record: VoteSheetRecord) -> None:
    right, width = paper.width - _SIDE, paper.width - 2 * _SIDE
    paper.text(paper.width / 2, 24 * MM, TITLE, 20, "serif bold", "centre", spread=0.2)
    facts = (
        f"党支部（盖章）：{words.said(record.unit)}",
        f"会议日期：{words.day(record.held_on)}",
        f"地点：{words.said(record.place)}",
    )
    paper.apart(34 * MM, _SIDE, right, facts, 10.5)
    rows = [_row(number, each) for number, each in enumerate(record.rows, 1)] or [
        [Box(share, str(number) if place == 0 else "") for place, (share, _title) in enumerate(_HEADS)]
        for number in range(1, _BLANK_ROWS + 1)
    ]
    y = draw_list(paper, 38 * MM, _SIDE, _HEADS, rows, _ROW, _CLOSING)
    note = (
        "说明：无记名投票，有两人以上的逐个表决。到会有表决权的正式党员超过应到半数才能开会，"
        "赞成超过应到半数才能通过；会前正式提出的书面意见计入票数。"
    )
    y = paper.paragraph(_SIDE, y + 2 * MM, width, note, 9)
    foot = ("支部书记（签名）：", "监票人（签名）：", "计票人（签名）：", words.day(None))
    paper.apart(y + 12 * MM, _SIDE, right, foot, 10.5)


def _row(number: int, vote: VoteRow) -> list[Box]:
    written = "、".join(
        f"{word} {count}" for word, count in (("同意", vote.written_favour), ("不同意", vote.written_against)) if count
    )
    shares = [share for share, _title in _HEADS]
    said = (str(vote.entitled), str(vote.present), str(vote.favour), str(vote.against), str(vote.abstained),
            written or "无", vote.outcome, words.said(vote.remark))  # fmt: skip
    return [
        Box(shares[0], str(number)),
        name(shares[1], words.said(vote.subject)),
        Box(shares[2], vote.text, "left", size=10),
        *(Box(share, text, size=10) for share, text in zip(shares[3:], said, strict=True)),
    ]
