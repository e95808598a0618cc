"""The description sheet that goes with a large voluntary payment to the centre."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.forms.opinion import draw_opinion, place_for_day
from exporters.paper import A4, MM, Paper
from models.ledgers.dues.money_papers import LargeRecord

TITLE = "大额党费情况说明"
_LEFT, _RIGHT = 25 * MM, 22 * MM
_ROW = 11 * MM
_NOTE = "党员自愿一次多交的大额党费全额上缴中央，由基层党委代收，连同本说明逐级转交，由中央组织部开具收据。"


def draw(records: Sequence[LargeRecord], path: Path) -> frozenset[str]:
    """Writes a page for each payment; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_sheet(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_sheet(paper: Paper, record: LargeRecord) -> None:
    width = paper.width - _LEFT - _RIGHT
    paper.text(_LEFT + width / 2, 30 * MM, TITLE, 20, "serif bold", "centre", spread=0.2)
    paper.text(_LEFT, 41 * MM, f"填报单位（盖章）：{words.said(record.unit)}", 10.5)
    paper.text(paper.width - _RIGHT, 41 * MM, "单位：元", 10.5, align="right")
    y = 44 * MM
    for boxes in _rows(record):
        y = draw_row(paper, _LEFT, y, width, _ROW, boxes)
    y = draw_opinion(paper, _LEFT, y, width, 66 * MM, "本人简要\n情况", words.said(record.description), ())
    signed = ("书记签字：", "（章）", place_for_day())
    for title in ("党支部\n意见", "基层党委\n意见"):
        y = draw_opinion(paper, _LEFT, y, width, 32 * MM, title, "", signed)
    y = draw_row(paper, _LEFT, y, width, _ROW, [
        label(3, "转交日期"), Box(7, words.day(record.handed_on)),
        label(4, "中央组织部收据号"), Box(6, words.said(record.receipt_no)),
    ])  # fmt: skip
    paper.paragraph(_LEFT, y + 3 * MM, width, f"说明：{_NOTE}", 9)


def _rows(record: LargeRecord) -> list[list[Box]]:
    return [
        [label(3, "姓名"), name(4, words.said(record.name)), label(2.5, "性别"), Box(3, words.said(record.sex)),
         label(2.5, "民族"), Box(5, words.said(record.ethnicity))],
        [label(3, "出生年月"), Box(7, words.said(record.born)),
         label(4, "入党时间"), Box(6, words.said(record.joined))],
        [label(3, "工作单位及职务"), Box(7, words.said(record.post)), label(4, "所在党支部"),
         Box(6, words.said(record.unit))],
        [label(3, "大额党费"), Box(11, words.in_capitals(record.amount), "left"),
         Box(6, words.yuan(record.amount), "centre" if record.amount is not None else "left")],
        [label(3, "交纳日期"), Box(7, words.day(record.paid_on)),
         label(4, "交纳方式"), Box(6, words.said(record.method))],
    ]  # fmt: skip
