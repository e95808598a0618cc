"""F26, the record of a talk, upright on one page of A4; what was said goes on behind where it is long."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.linebreaks import break_lines
from exporters.paper import A4, LEADING, MM, Paper
from models.ledgers.life.talk_papers import TalkRecord

TITLE = "谈心谈话记录表"
_LEFT, _RIGHT = 25 * MM, 22 * MM
_TOP, _LATER_TOP, _BOTTOM, _FOOT = 44 * MM, 30 * MM, 262 * MM, 274 * MM
_ROW, _PROMISES, _SIGNATURES = 11 * MM, 42 * MM, 15 * MM
_SIZE, _PITCH, _PAD = 11.0, 20.5, 4 * MM
_LABEL, _WIDE = 3.0, 17.0
_OPEN_NOTE = "谈话内容可以另附纸；由党支部存档。"
_CLOSED_NOTE = "本次谈话不公开：由谈话人保管或者密封存档，不得复印、传阅。"


def draw(records: Sequence[TalkRecord], path: Path) -> frozenset[str]:
    """Writes each talk on a page, or as many as its text takes; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_talk(paper, record)
    return paper.save(path)


def _draw_talk(paper: Paper, record: TalkRecord) -> None:
    rows = _rows(record)
    pages = _pages(_lines(paper, words.said(record.text)), _TOP + len(rows) * _ROW)
    for number, page in enumerate(pages, 1):
        y = _draw_head(paper, record, rows) if number == 1 else _draw_later_head(paper, record)
        is_last = number == len(pages)
        end = _BOTTOM - (_PROMISES + _SIGNATURES if is_last else 0)
        y = _draw_text(paper, y, end, "谈话内容" if number == 1 else "谈话内容\n（续）", page)
        if is_last:
            _draw_end(paper, record, y)
        note = _CLOSED_NOTE if record.confidential else _OPEN_NOTE
        paper.text(_LEFT, _BOTTOM + 5 * MM, f"说明：{note}", 9)
        if len(pages) > 1:
            paper.foot("", number, len(pages), _LEFT, _FOOT)
        paper.end_page()


def _pages(lines: list[str], top: float) -> list[list[str]]:
    """The lines of each page; the last page has room for promises and signatures, and is never without a line."""
    pages: list[list[str]] = []
    while len(lines) > _lines_in(_BOTTOM - _PROMISES - _SIGNATURES - top):
        most = min(_lines_in(_BOTTOM - top), len(lines) - 1)
        pages.append(lines[:most])
        lines, top = lines[most:], _LATER_TOP
    return [*pages, lines]


def _rows(record: TalkRecord) -> list[list[Box]]:
    time = words.day(record.on) + (f" {record.begins}" if record.begins else "")
    several = "、" in words.said(record.talked)
    talked = Box(7, words.said(record.talked)) if several else name(7, words.said(record.talked))
    return [
        [label(_LABEL, "谈话人"), name(7, words.said(record.talkers)), label(_LABEL, "谈话类型"),
         Box(7, words.said(record.sort))],
        [label(_LABEL, "被谈话人"), talked, label(_LABEL, "谈话时间"), Box(7, time)],
        [label(_LABEL, "谈话地点"), Box(_WIDE, words.said(record.place))],
    ]  # fmt: skip


def _draw_head(paper: Paper, record: TalkRecord, rows: Sequence[Sequence[Box]]) -> float:
    width = paper.width - _LEFT - _RIGHT
    paper.text(_LEFT + width / 2, 30 * MM, TITLE, 20, "serif bold", "centre", spread=0.2)
    paper.text(_LEFT, 41 * MM, f"党支部（章）：{words.said(record.unit)}", 10.5)
    if record.confidential:
        paper.text(paper.width - _RIGHT, 41 * MM, "不公开", 12, "sans bold", "right")
    y = _TOP
    for boxes in rows:
        y = draw_row(paper, _LEFT, y, width, _ROW, boxes)
    return y


def _draw_later_head(paper: Paper, record: TalkRecord) -> float:
    paper.text(_LEFT, _LATER_TOP - 3 * MM, f"{TITLE}（续）　{words.day(record.on)}", 10)
    if record.confidential:
        paper.text(paper.width - _RIGHT, _LATER_TOP - 3 * MM, "不公开", 12, "sans bold", "right")
    return _LATER_TOP


def _draw_text(paper: Paper, y: float, end: float, title: str, lines: Sequence[str]) -> float:
    width = paper.width - _LEFT - _RIGHT
    draw_row(paper, _LEFT, y, width, end - y, [label(_LABEL, title), Box(_WIDE, "")])
    left = _LEFT + width * _LABEL / (_LABEL + _WIDE) + _PAD
    for number, line in enumerate(lines):
        paper.text(left, y + _PAD + (number + 0.5) * _PITCH + 0.37 * _SIZE, line, _SIZE)
    return end


def _draw_end(paper: Paper, record: TalkRecord, y: float) -> None:
    width = paper.width - _LEFT - _RIGHT
    left = _LEFT + width * _LABEL / (_LABEL + _WIDE) + _PAD
    draw_row(paper, _LEFT, y, width, _PROMISES, [label(_LABEL, "意见和\n承诺"), Box(_WIDE, "")])
    if record.promises:
        room = _LEFT + width - _PAD - left
        fit = paper.fit(f"　　{record.promises}", _SIZE, "serif", room, _PROMISES - 2 * _PAD)
        for number, line in enumerate(fit.lines, 1):
            paper.text(left, y + _PAD + (number - 0.2) * fit.size * LEADING, line, fit.size)
    y += _PROMISES
    signs = [label(_LABEL, "被谈话人\n签字"), Box(7, ""), label(_LABEL, "谈话人\n签字"), Box(7, "")]
    draw_row(paper, _LEFT, y, width, _SIGNATURES, signs)


def _lines_in(height: float) -> int:
    return int((height - 2 * _PAD) // _PITCH)


def _lines(paper: Paper, text: str) -> list[str]:
    """The lines of a text whose paragraphs begin two characters in."""
    letters = paper.lettering("serif")
    width = ((paper.width - _LEFT - _RIGHT) * _WIDE / (_LABEL + _WIDE) - 2 * _PAD) / _SIZE
    lines: list[str] = []
    for paragraph in (each.strip() for each in text.splitlines()):
        indented = f"　　{paragraph}" if paragraph else ""
        lines += break_lines(indented, width, lambda piece: letters.width(piece, 1)) or [""]
    return lines
