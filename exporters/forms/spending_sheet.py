"""F08, the request to use dues and its approval, upright on one page of A4."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label
from exporters.forms.opinion import draw_opinion, place_for_day
from exporters.paper import A4, MM, Paper
from models.ledgers.dues.money_papers import SpendingRecord

TITLE = "党费使用审批表"
_LEFT, _RIGHT = 25 * MM, 22 * MM
_ROW = 11 * MM
_NOTE = "党费使用须经集体研究决定，专款专用，收支有据。附件：活动方案、发票、签到册、照片、总结。"


def draw(records: Sequence[SpendingRecord], path: Path) -> frozenset[str]:
    """Writes a page for each request; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_sheet(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_sheet(paper: Paper, record: SpendingRecord) -> None:
    width = paper.width - _LEFT - _RIGHT
    paper.text(_LEFT + width / 2, 30 * MM, TITLE, 20, "serif bold", "centre", spread=0.2)
    paper.text(_LEFT, 41 * MM, f"申请党支部（章）：{words.said(record.unit)}", 10.5)
    paper.text(paper.width - _RIGHT, 41 * MM, f"申请日期：{words.day(record.asked_on)}", 10.5, align="right")
    y = 44 * MM
    for boxes in _rows(record):
        y = draw_row(paper, _LEFT, y, width, _ROW, boxes)
    y = draw_opinion(paper, _LEFT, y, width, 40 * MM, "用途说明", words.said(record.purpose), ())
    decided = f"经{words.day(record.decided_on)}支委会（党员大会）集体研究，同意使用。" if record.decided_on else ""
    y = draw_opinion(
        paper, _LEFT, y, width, 40 * MM, "支部委员会\n意见", decided, ("书记签字：", "（章）", place_for_day())
    )
    approved = f"批准人：{record.approver}　批准日期：{words.day(record.approved_on)}" if record.approved_on else ""
    y = draw_opinion(
        paper, _LEFT, y, width, 40 * MM, "机关党委\n意见", approved, ("负责人签字：", "（章）", place_for_day())
    )
    paper.paragraph(_LEFT, y + 3 * MM, width, f"说明：{_NOTE}", 9)


def _rows(record: SpendingRecord) -> list[list[Box]]:
    people = words.count(record.people) if record.people is not None else "　　人"
    return [
        [label(3, "活动名称"), Box(17, words.said(record.activity))],
        [label(3, "用途类别"), Box(7, words.said(record.kind)),
         label(3, "活动时间"), Box(7, words.day(record.held_on))],
        [label(3, "地点"), Box(7, words.said(record.place)), label(3, "参加人数"), Box(7, people)],
        [label(3, "预算大写"), Box(11, words.in_capitals(record.budget), "left"),
         Box(6, words.yuan(record.budget), "centre" if record.budget is not None else "left")],
        [label(3, "可用结余"), Box(7, words.yuan(record.balance)),
         label(3, "经办人"), Box(7, words.said(record.handler))],
    ]  # fmt: skip
