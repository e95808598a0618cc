"""F41, the application of somebody in need and its approval, upright on A4; a long account goes on behind."""

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label, name
from exporters.forms.opinion import draw_opinion, place_for_day
from exporters.linebreaks import break_lines
from exporters.paper import A4, LEADING, MM, Paper
from models.ledgers.care.application import ApplicationRecord, HomeLine

TITLE = "困难党员申请审批表"
_LEFT, _RIGHT, _TOP, _LATER_TOP = 22 * MM, 20 * MM, 38 * MM, 34 * MM
_ROW, _HOME, _MOST_HOME = 9 * MM, 6.8 * MM, 52 * MM
_BLANK_HOME = 5
_REASON, _OPINION, _AID, _BOTTOM = 37 * MM, 26 * MM, 15 * MM, 279 * MM
_LABEL, _WIDE = 3.0, 17.0
_SIZE, _LEAST, _PAD, _FOOT = 10.5, 8.5, 3 * MM, 12 * MM
_HEADS = ((2.2, "称谓"), (3.8, "姓名"), (1.6, "年龄"), (5, "工作（学习）单位"), (3, "月收入（元）"), (4.4, "健康状况"))
_GOES_ON = "（下接续页）"
_NOTE = "说明：本表含健康、收入等个人情况，只作审批用，由党支部存档，不张贴、不外传。"


def draw(records: Sequence[ApplicationRecord], path: Path) -> frozenset[str]:
    """Writes each application on a page, a long account on another; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        rest = _draw_sheet(paper, record)
        paper.end_page()
        if rest:
            _draw_rest(paper, record, rest)
            paper.end_page()
    return paper.save(path)


def _draw_sheet(paper: Paper, record: ApplicationRecord) -> str:
    """Draws the form; answers what of the account has no room on it."""
    width = paper.width - _LEFT - _RIGHT
    paper.text(_LEFT + width / 2, 26 * MM, record.title, 19, "serif bold", "centre", spread=0.1)
    heads = (f"党支部（章）：{words.said(record.unit)}", f"申请日期：{words.day(record.applied_on)}")
    paper.apart(_TOP - 2.5 * MM, _LEFT, _LEFT + width, heads, 10)
    y = _TOP
    for boxes in _rows(record):
        y = draw_row(paper, _LEFT, y, width, _ROW, boxes)
    y = _draw_household(paper, record, y, width)
    y = draw_row(paper, _LEFT, y, width, _ROW, _incomes(record))
    shown, rest = _parted(paper, words.said(record.detail), width)
    signed = ("申请人签字：", place_for_day())
    y = draw_opinion(paper, _LEFT, y, width, _REASON, "困难情况\n和原因", shown, signed)
    y = draw_opinion(paper, _LEFT, y, width, _AID, "曾受帮扶", words.said(record.aid), ())
    asked = f"{words.yuan(record.asked)}　大写：{words.in_capitals(record.asked)}"
    y = draw_row(paper, _LEFT, y, width, _ROW, [label(_LABEL, "申请金额"), Box(_WIDE, asked, "left", pad=8)])
    for title, said, signs in (
        ("党支部意见", words.said(record.discussed), ("书记签字：", "（章）", place_for_day())),
        ("机关党委\n意见", words.said(record.approved), ("负责人签字：", "（章）", place_for_day())),
        ("上级党组织\n审批意见", "", ("审批金额：　　　　　元", "（章）", place_for_day())),
    ):
        y = draw_opinion(paper, _LEFT, y, width, _opinion(y, title), title, said, signs)
    paper.text(_LEFT, y + 5 * MM, _NOTE, 9)
    return rest


def _opinion(y: float, title: str) -> float:
    """How tall an opinion is: what is left of the page, shared by it and those below."""
    below = {"党支部意见": 3, "机关党委\n意见": 2}.get(title, 1)
    return min(_OPINION, (_BOTTOM - y) / below)


def _rows(record: ApplicationRecord) -> list[list[Box]]:
    said = words.said
    return [
        [label(3, "姓名"), name(3.6, said(record.name)), label(2.2, "性别"), Box(1.8, said(record.sex)),
         label(3, "出生日期"), Box(3.2, str(record.birth_date or "")), label(2, "民族"),
         Box(2.2, said(record.ethnicity))],
        [label(3, "入党时间"), Box(3.6, str(record.joined_on or "")), label(2.2, "人员类别"),
         Box(2.8, said(record.person_kind)), label(3, "健康状况"), Box(6.4, said(record.health))],
        [label(3, "身份证号"), Box(7.6, ""), label(3, "联系电话"), Box(7.4, "")],
        [label(3, "单位职务"), Box(7.6, said(record.post), size=9.5), label(3, "家庭住址"),
         Box(7.4, said(record.address), size=9.5)],
        [label(3, "困难类型"), Box(7.6, "　".join(filter(None, (record.sort, record.cause))), size=9.5),
         label(3, "证明材料"), Box(7.4, said(record.certificates), size=9.5)],
        [label(3, "享受政策"), Box(18, "　　　".join(_ticks(record)), "left", pad=10)],
    ]  # fmt: skip


def _ticks(record: ApplicationRecord) -> list[str]:
    flags = (("低保", record.low_income), ("优抚", record.honoured), ("建国前入党老党员", record.veteran))
    return [f"{'☑' if is_so else '□'} {title}" for title, is_so in flags]


def _draw_household(paper: Paper, record: ApplicationRecord, y: float, width: float) -> float:
    """The table of the household beside its name; a large one stands closer."""
    lines = [*record.household, *[HomeLine("", "")] * (_BLANK_HOME - len(record.household))]
    height = min(_HOME, _MOST_HOME / (len(lines) + 1))
    side = width * _LABEL / (_LABEL + _WIDE)
    draw_row(paper, _LEFT, y, side, height * (len(lines) + 1), [label(1, "家庭成员")])
    y = draw_row(paper, _LEFT + side, y, width - side, height, [Box(share, title, size=9.5) for share, title in _HEADS])
    for line in lines:
        texts = (line.relation, line.name, _number(line.age), words.said(line.unit), _sum(line.income),
                 words.said(line.health))  # fmt: skip
        boxes = [Box(share, text, size=9.5) for (share, _), text in zip(_HEADS, texts, strict=True)]
        y = draw_row(paper, _LEFT + side, y, width - side, height, boxes)
    return y


def _incomes(record: ApplicationRecord) -> list[Box]:
    over = f"（{record.months}平均）" if record.months else "（申请前十二个月平均）"
    return [
        label(3, "家庭人口"), Box(2, _number(record.people)), label(3, "月总收入"), Box(3, _sum(record.total)),
        label(3, "人均月收入"), Box(3, _sum(record.per_head)), Box(5, over, size=8),
    ]  # fmt: skip


def _parted(paper: Paper, text: str, width: float) -> tuple[str, str]:
    """What of the account is readable on the form, and the rest; letters are made smaller first, but not too small."""
    letters = paper.lettering("serif")
    room = width * _WIDE / (_LABEL + _WIDE) - 2 * _PAD
    lines = break_lines(f"　　{text}", room / _LEAST, lambda piece: letters.width(piece, 1))
    most = int((_REASON - _PAD - _FOOT) / (_LEAST * LEADING))
    if len(lines) <= most:
        return text, ""
    shown = "".join(lines[: most - 1]).lstrip("　")
    return f"{shown}{_GOES_ON}", text.replace("\n", "")[len(shown.replace("\n", "")) :]


def _draw_rest(paper: Paper, record: ApplicationRecord, rest: str) -> None:
    width = paper.width - _LEFT - _RIGHT
    head = f"{record.title}（续）　{words.said(record.name)}　困难情况和原因"
    paper.text(_LEFT, _LATER_TOP - 6 * MM, head, 11)
    y = paper.paragraph(_LEFT, _LATER_TOP, width, rest, _SIZE, leading=1.7)
    paper.text(_LEFT + width, y + 12 * MM, f"申请人签字：　　　　　　{place_for_day()}", 10.5, align="right")
    paper.text(_LEFT, y + 22 * MM, _NOTE, 9)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def _sum(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount:,.2f}"
