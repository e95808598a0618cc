"""F12, the card of an organisation itself and of the unit it stands in."""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row
from exporters.paper import A4, MM, Paper
from models.ledgers.members.cards import CARD_ITEMS
from models.ledgers.members.member_papers import OrganisationRecord

TITLE = "党组织基本信息采集表"
_SIDE = 20 * MM
_TITLE_BASE, _TOP = 30 * MM, 42 * MM
_ROW = 13 * MM
_LABEL, _VALUE = 4.2, 5.8
_PARTS: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...] = (
    (
        "党组织",
        (
            ("full_name",),
            ("short_name", "code"),
            ("secretary", "contact"),
            ("telephone", "category"),
            ("founded_on", "members"),
            ("approved_by",),
            ("fax", "email"),
            ("address",),
        ),
    ),
    (
        "所在单位（与上级党组织相同的，后四项可以不填）",
        (
            ("unit_relation", "is_joint"),
            ("unit_name",),
            ("unit_nature", "unit_party"),
            ("credit_code",),
            ("remark",),
        ),
    ),
)


def draw(records: Sequence[OrganisationRecord], path: Path) -> frozenset[str]:
    """Writes a page for each organisation; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        _draw_card(paper, record)
        paper.end_page()
    return paper.save(path)


def _draw_card(paper: Paper, record: OrganisationRecord) -> None:
    width = paper.width - 2 * _SIDE
    values = record.values or {}
    paper.text(paper.width / 2, _TITLE_BASE, TITLE, 20, "serif bold", "centre", spread=0.2)
    y = _TOP
    for heading, lines in _PARTS:
        y = draw_row(paper, _SIDE, y, width, 9 * MM, [Box(1, heading, style="sans", size=10)])
        for keys in lines:
            boxes: list[Box] = []
            for key in keys:
                wide = len(keys) == 1
                boxes.append(Box(_LABEL, CARD_ITEMS[key].title))
                share = _LABEL + 2 * _VALUE if wide else _VALUE
                boxes.append(Box(share, words.said(values.get(key)), "left" if wide else "centre"))
            y = draw_row(paper, _SIDE, y, width, _ROW, boxes)
    foot = ("党组织（盖章）", f"填表人：{words.said(record.maker)}", f"填表日期：{words.day(record.filled_on)}")
    paper.apart(y + 12 * MM, _SIDE, paper.width - _SIDE, foot, 10.5)
    paper.text(_SIDE, paper.height - 10 * MM, "内部资料", 8)
