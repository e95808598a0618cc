"""F07, the application for reduced dues or exemption and its approval, upright on one page of A4."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.forms.opinion import draw_opinion, place_for_day
from exporters.paper import A4, MM, Paper
from models.ledgers.dues.papers import ReductionRecord

TITLE = "少交（免交）党费申请审批表"
_LEFT, _RIGHT = 25 * MM, 22 * MM
_ROW, _OPINION = 11 * MM, 56 * MM
_RETIRED = "离退休"
_NOTE = (
    "在职党员由支部委员会（党员大会）研究后，报上级党委批准；离退休党员生活确有困难的，由支部研究决定。"
    "批准以前照原数交纳；已经交纳的不退。本表由党支部存档。"
)


def draw(records: Sequence[ReductionRecord], path: Path) -> frozenset[str]:
    """Writes a page for each application; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_sheet(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_sheet(paper: Paper, record: ReductionRecord) -> None:
    width = paper.width - _LEFT - _RIGHT
    paper.text(_LEFT + width / 2, 30 * MM, TITLE, 20, "serif bold", "centre", spread=0.1)
    paper.text(_LEFT, 41 * MM, f"党支部（章）：{words.said(record.unit)}", 10.5)
    paper.text(paper.width - _RIGHT, 41 * MM, f"申请日期：{words.day(record.applied_on)}", 10.5, align="right")
    y = 44 * MM
    for boxes in _rows(record):
        y = draw_row(paper, _LEFT, y, width, _ROW, boxes)
    signed = (f"申请人签字：{words.said(record.applicant) if record.applicant != '本人' else ''}", place_for_day())
    y = draw_opinion(paper, _LEFT, y, width, 62 * MM, "申请理由", words.said(record.cause), signed)
    for title, said, who in (
        ("支部委员会\n意见", _decided(record), "书记签字："),
        ("上级党委\n意见", _approved(record), "负责人签字："),
    ):
        y = draw_opinion(paper, _LEFT, y, width, _OPINION, title, said, (who, "（章）", place_for_day()))
    paper.paragraph(_LEFT, y + 3 * MM, width, f"说明：{_NOTE}", 9)


def _rows(record: ReductionRecord) -> list[list[Box]]:
    return [
        [label(3, "姓名"), name(5, words.said(record.name)), label(2, "性别"), Box(2, words.said(record.sex)),
         label(3, "入党时间"), Box(5, words.said(record.joined_on))],
        [label(3, "党费类别"), Box(5, words.said(record.category)), label(3, "缴费基数"),
         Box(3.5, _sum(record.base)), label(2.5, "原应交"), Box(3, _sum(record.full))],
        [label(3, "申请"), Box(8, _asked(record), size=9.5), label(3, "起止月份"), Box(6, _span(record), size=9.5)],
    ]  # fmt: skip


def _sum(amount: Decimal | None) -> str:
    return f"{amount:,.2f}" if amount is not None else ""


def _asked(record: ReductionRecord) -> str:
    if record.amount is None:
        return "□ 少交，每月交　　　元　□ 免交"
    if record.amount == 0:
        return "□ 少交，每月交　　　元　☑ 免交"
    return f"☑ 少交，每月交 {record.amount:,.2f} 元　□ 免交"


def _span(record: ReductionRecord) -> str:
    if record.from_month is None or record.to_month is None:
        return "　　年　月至　　年　月"
    return f"{record.from_month.chinese}至{record.to_month.chinese}"


def _decided(record: ReductionRecord) -> str:
    if record.decided_on is None:
        return ""
    what = "免交党费" if record.amount == 0 else f"每月交纳党费 {_sum(record.amount)} 元"
    above = "。" if record.category == _RETIRED else "，报上级党委批准。"
    return f"经{words.day(record.decided_on)}支部研究，同意{record.name}同志{_span(record)}{what}{above}"


def _approved(record: ReductionRecord) -> str:
    if record.approved_on is None:
        return ""
    by = words.said(record.approver)
    number = f"（{record.approval_no}）" if record.approval_no else ""
    return f"{by}{words.day(record.approved_on)}批准{number}。"
