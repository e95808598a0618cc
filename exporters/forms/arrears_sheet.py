"""The paper by which the branch takes a member's unpaid months before its general meeting: facts, and room to decide.

It says what is on record and nothing of what is to follow: the meeting examines the reasons and decides (党章第九条).
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.forms.opinion import draw_opinion, place_for_day
from exporters.paper import A4, MM, Paper
from models.kinds import MONEY
from models.ledgers.dues.arrears_paper import ArrearsRecord, has_reached

TITLE = "党员连续不交党费情况说明"
_ASKED = "提请支部党员大会研究"
_LEFT, _RIGHT = 24 * MM, 22 * MM
_ROW = 9.5 * MM
_NOTE = (
    "党章第九条：党员如果没有正当理由，连续六个月不交纳党费，就被认为是自行脱党。"
    "支部党员大会应当决定把这样的党员除名，并报上级党组织批准。"
    "本说明只列事实，不改变本人党籍；是否有正当理由由大会研究认定。"
)


def draw(records: Sequence[ArrearsRecord], path: Path) -> frozenset[str]:
    """Writes a page for each member; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_sheet(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_sheet(paper: Paper, record: ArrearsRecord) -> None:
    width = paper.width - _LEFT - _RIGHT
    paper.text(_LEFT + width / 2, 25 * MM, TITLE, 20, "serif bold", "centre", spread=0.1)
    if has_reached(record) or record.name is None:
        paper.text(_LEFT + width / 2, 33 * MM, f"（{_ASKED}）", 12, "serif", "centre")
    paper.text(_LEFT, 41 * MM, f"党支部（盖章）：{words.said(record.unit)}", 10.5)
    right = f"填写日期：{words.day(record.made_on)}　　单位：元"
    paper.text(paper.width - _RIGHT, 41 * MM, right, 10.5, align="right")
    y = 44 * MM
    for boxes in _rows(record):
        y = draw_row(paper, _LEFT, y, width, _ROW, boxes)
    for title, said, height in (
        ("欠交月份\n和金额", _months(record), 32 * MM),
        ("催交、谈话\n和限期", _told(record.done), 50 * MM),
        ("本人说明\n的原因", _told(record.reasons), 30 * MM),
    ):
        y = draw_opinion(paper, _LEFT, y, width, height, title, said, ())
    vote = "应到有表决权　　人　实到　　人　赞成　　人　反对　　人　弃权　　人"
    signed = ("支部书记签字：", "记录人签字：", place_for_day())
    y = draw_opinion(paper, _LEFT, y, width, 44 * MM, "支部党员\n大会研究\n意见", vote, signed)
    y = draw_opinion(paper, _LEFT, y, width, 22 * MM, "本人签字", "", ("本人：", place_for_day()))
    y = draw_opinion(paper, _LEFT, y, width, 26 * MM, "上级党组\n织意见", "", ("（章）", place_for_day()))
    paper.paragraph(_LEFT, y + 2.5 * MM, width, f"说明：{_NOTE}", 8.5)


def _rows(record: ArrearsRecord) -> list[list[Box]]:
    run = f"{record.run} 个月" if record.run is not None else "　　个月"
    return [
        [label(3, "姓名"), name(4, words.said(record.name)), label(2.5, "性别"), Box(2.5, words.said(record.sex)),
         label(3, "出生年月"), Box(5, words.said(record.born))],
        [label(3, "入党时间"), Box(4, words.said(record.joined)), label(3, "单位及职务"),
         Box(10, words.said(record.post))],
        [label(3, "连续未交"), Box(4, run), label(3, "欠交合计"), Box(10, _sum(record), "left")],
    ]  # fmt: skip


def _sum(record: ArrearsRecord) -> str:
    return f"{words.yuan(record.owed)}　{words.in_capitals(record.owed)}" if record.owed is not None else "￥"


def _months(record: ArrearsRecord) -> str:
    """Each month with what was due, and what of it was paid."""
    parts = []
    for month, due, paid in record.months:
        part = f"，已交 {MONEY.show(paid)}" if paid else ""
        parts.append(f"{month}应交 {MONEY.show(due)}{part}")
    return "；".join(parts) + ("。" if parts else "")


def _told(lines: Sequence[tuple[date, str]]) -> str:
    return "\n　　".join(f"{on}　{what}" for on, what in lines)
