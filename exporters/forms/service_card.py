"""F45, a member's report for duty at a community with the record of services, upright on A4."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.paper import A4, MM, Paper
from models.ledgers.care.service_card import ServiceCardRecord
from models.ledgers.care.service_hours import Served
from models.ledgers.served import SERVICE_HOURS

TITLE = "在职党员到社区报到单（服务记录卡）"
_LEFT, _RIGHT, _TOP = 24 * MM, 22 * MM, 42 * MM
_ROW, _LINE, _FOOT = 11 * MM, 10.5 * MM, 276 * MM
_ON_PAGE = 14  # lines of services on a page
_SHARES = (4.2, 7, 2, 4, 3.4)


def draw(records: Sequence[ServiceCardRecord], path: Path) -> frozenset[str]:
    """Writes a card for each member, or as many pages as its services take; answers the characters no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        pages = [record.lines[start : start + _ON_PAGE] for start in range(0, len(record.lines), _ON_PAGE)] or [()]
        for number, lines in enumerate(pages, 1):
            _draw_page(paper, record, lines, number == len(pages))
            if len(pages) > 1:
                paper.foot("", number, len(pages), _LEFT, _FOOT)
            paper.end_page()
    return paper.save(path)


def _draw_page(paper: Paper, record: ServiceCardRecord, lines: Sequence[Served], is_last: bool) -> None:
    width = paper.width - _LEFT - _RIGHT
    paper.text(_LEFT + width / 2, 30 * MM, TITLE, 18, "serif bold", "centre")
    year = f"{record.year}年度" if record.year else "　　　　年度"
    paper.text(_LEFT, 39 * MM, f"党支部（章）：{words.said(record.unit)}", 10.5)
    paper.text(paper.width - _RIGHT, 39 * MM, year, 10.5, "serif", "right")
    y = _TOP
    for boxes in _head(record):
        y = draw_row(paper, _LEFT, y, width, _ROW, boxes)
    titles = ("服务日期", "服务内容", "时长\n（小时）", "服务地点", "社区确认\n（章）")
    y = draw_row(paper, _LEFT, y, width, _ROW, [Box(s, t, style="sans") for s, t in zip(_SHARES, titles, strict=True)])
    for line in (*lines, *(None,) * (_ON_PAGE - len(lines))):
        y = draw_row(paper, _LEFT, y, width, _LINE, _boxes(line))
    if is_last:
        said = f"{record.times} 次，{SERVICE_HOURS.show(record.total)} 小时" if record.lines else "　　次，　　　小时"
        y = draw_row(paper, _LEFT, y, width, _ROW, [label(4.2, "全年合计"), Box(16.4, said)])
        signed = ("本人签字：", "社区党组织（章）：", words.day(None))
        paper.apart(y + 11 * MM, _LEFT, paper.width - _RIGHT, signed, 10.5)


def _head(record: ServiceCardRecord) -> list[list[Box]]:
    return [
        [label(3, "姓名"), name(7, words.said(record.name), 12), label(3, "单位职务"), Box(7, words.said(record.post))],
        [label(3, "报到社区"), Box(7, words.said(record.community)), label(3, "报到日期"),
         Box(7, words.day(record.registered_on))],
        [label(3, "特长"), Box(7, words.said(record.skills)), label(3, "认领岗位"), Box(7, words.said(record.duty))],
    ]  # fmt: skip


def _boxes(line: Served | None) -> list[Box]:
    if line is None:
        return [Box(share, "") for share in _SHARES]
    texts = (
        words.day(line.on), line.content, SERVICE_HOURS.show(line.hours), words.said(line.community),
        words.said(line.confirmed_by),
    )  # fmt: skip
    return [Box(share, text, size=10) for share, text in zip(_SHARES, texts, strict=True)]
