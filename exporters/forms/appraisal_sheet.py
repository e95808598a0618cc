"""F32, the sheet of the yearly appraisal that goes into a member's file: one member a page."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.forms.opinion import draw_opinion, place_for_day
from exporters.paper import A4, MM, Paper
from models.ledgers.life.appraisal_papers import AppraisalSheetRecord

TITLE = "民主评议党员登记表"
_LEFT, _RIGHT = 25 * MM, 22 * MM
_ROW = 11 * MM
_SUMMARY, _OPINION, _OWN, _ABOVE = 92 * MM, 46 * MM, 24 * MM, 32 * MM


def draw(records: Sequence[AppraisalSheetRecord], path: Path) -> frozenset[str]:
    """Writes a page for each member; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_sheet(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_sheet(paper: Paper, record: AppraisalSheetRecord) -> None:
    width = paper.width - _LEFT - _RIGHT
    year = f"{record.year}年度" if record.year else "　　　　年度"
    paper.text(_LEFT + width / 2, 26 * MM, TITLE, 20, "serif bold", "centre", spread=0.1)
    paper.apart(36 * MM, _LEFT, paper.width - _RIGHT, (f"党支部：{words.said(record.unit)}", f"（{year}）"), 10.5)
    y = 39 * MM
    for boxes in _rows(record):
        y = draw_row(paper, _LEFT, y, width, _ROW, boxes)
    signed = ("本人签字：", place_for_day())
    y = draw_opinion(paper, _LEFT, y, width, _SUMMARY, "个人总结", "", signed)
    decided = words.day(record.held_on)
    y = draw_opinion(paper, _LEFT, y, width, _OPINION, "支部评议\n意见", _said(record), ("支部书记签字：", decided))
    y = draw_row(paper, _LEFT, y, width, _ROW, [label(3, "评定等次"), Box(17, _grade(record), style="sans", size=12)])
    y = draw_opinion(paper, _LEFT, y, width, _OWN, "本人意见", "", signed)
    draw_opinion(paper, _LEFT, y, width, _ABOVE, "机关党委\n意见", "", ("（盖章）", place_for_day()))


def _rows(record: AppraisalSheetRecord) -> list[list[Box]]:
    return [
        [label(3, "姓名"), name(4.5, words.said(record.name)), label(2.5, "性别"), Box(2.5, words.said(record.sex)),
         label(3, "出生日期"), Box(4.5, words.said(record.born))],
        [label(3, "入党时间"), Box(7, words.said(record.joined)), label(3, "转正时间"),
         Box(7, words.said(record.became_full))],
        [label(3, "单位及职务"), Box(17, words.said(record.post))],
    ]  # fmt: skip


def _said(record: AppraisalSheetRecord) -> str:
    parts = (record.opinion, f"处置：{record.disposition}。" if record.disposition else None)
    return "".join(part for part in parts if part)


def _grade(record: AppraisalSheetRecord) -> str:
    if record.probationary:
        return "预备党员，不评定等次"
    return words.said(record.grade)
