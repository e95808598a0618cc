"""走访记录表, the record of a visit, upright on one page of A4."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.paper import A4, LEADING, MM, Paper
from models.ledgers.care.visit_papers import VisitRecord

TITLE = "走访记录表"
_LEFT, _RIGHT, _TOP = 25 * MM, 22 * MM, 44 * MM
_ROW, _SIGNATURES = 11 * MM, 15 * MM
_SIZE, _PAD = 11.0, 3.5 * MM
_LABEL, _WIDE = 3.0, 17.0
_NOTE = "说明：本表涉及家庭情况，由党支部存档，不张贴、不外传。"


def draw(records: Sequence[VisitRecord], path: Path) -> frozenset[str]:
    """Writes each visit on a page; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_visit(paper, record)
    return paper.save(path)


def _draw_visit(paper: Paper, record: VisitRecord) -> None:
    width = paper.width - _LEFT - _RIGHT
    paper.text(_LEFT + width / 2, 30 * MM, TITLE, 20, "serif bold", "centre", spread=0.2)
    paper.text(_LEFT, 41 * MM, f"党支部（章）：{words.said(record.unit)}", 10.5)
    y = _TOP
    for boxes in _rows(record):
        y = draw_row(paper, _LEFT, y, width, _ROW, boxes)
    for title, text, height in _texts(record):
        y = _draw_text(paper, y, height * MM, title, text)
    signs = [label(_LABEL, "走访对象\n签字"), Box(7, ""), label(_LABEL, "走访人\n签字"), Box(7, "")]
    y = draw_row(paper, _LEFT, y, width, _SIGNATURES, signs)
    paper.text(_LEFT, y + 5 * MM, _NOTE, 9)
    paper.end_page()


def _rows(record: VisitRecord) -> list[list[Box]]:
    return [
        [label(_LABEL, "走访对象"), name(7, words.said(record.name)), label(_LABEL, "走访日期"),
         Box(7, words.day(record.on))],
        [label(_LABEL, "走访人"), Box(7, words.said(record.visitors)), label(_LABEL, "走访事由"),
         Box(7, words.said(record.occasion))],
    ]  # fmt: skip


def _texts(record: VisitRecord) -> list[tuple[str, str, float]]:
    """Title, text and height in millimetres of each field that is written in at length."""
    due = f"（{words.day(record.followup_on)}以前）" if record.followup_on else ""
    done = f"（{words.day(record.done_on)}办结）" if record.done_on else ""
    return [
        ("家庭和\n身体情况", words.said(record.situation), 42),
        ("提出的\n需求", words.said(record.needs), 42),
        ("答应办\n的事", words.said(record.promises), 34),
        ("后续要办", words.said(record.followup) + due, 25),
        ("办理结果", words.said(record.result) + done, 25),
    ]


def _draw_text(paper: Paper, y: float, height: float, title: str, text: str) -> float:
    """Draws a field with its text from the top, in smaller letters where there is much of it."""
    width = paper.width - _LEFT - _RIGHT
    end = draw_row(paper, _LEFT, y, width, height, [label(_LABEL, title), Box(_WIDE, "")])
    left = _LEFT + width * _LABEL / (_LABEL + _WIDE) + _PAD
    room = _LEFT + width - _PAD - left
    fit = paper.fit(f"　　{text}" if text else "", _SIZE, "serif", room, height - 2 * _PAD)
    for number, line in enumerate(fit.lines, 1):
        paper.text(left, y + _PAD + (number - 0.2) * fit.size * LEADING, line, fit.size)
    return end
