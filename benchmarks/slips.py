"""Internal slips, four to a sheet, beside reportlab's own way for papers of one shape: a Form XObject for the frame."""

from datetime import date
from decimal import Decimal
from pathlib import Path

from reportlab.pdfbase import pdfmetrics, ttfonts
from reportlab.pdfgen.canvas import Canvas

from benchmarks.case import Case
from exporters import fonts
from exporters.forms import slip, words
from exporters.paper import A4, MM
from models.ledgers.dues.papers import SlipRecord

_SLIPS = 1_000
_NAMES = ("张红卫", "周丽萍", "龚文博", "吴国强", "欧阳澍", "阿依古丽·买买提", "刘洋", "陈桂芳")
_TO_A_PAGE = 4
_LABELS = (
    (20, 17, "内部凭条"), (92, 17, "党费交纳凭条"), (24, 27, "交款人"), (109, 27, "所属期"), (24, 37, "金额（大写）"),
    (24, 47, "交纳方式"), (109, 47, "交款日期"), (20, 57, "收款单位（章）："), (126, 57, "收款人："),
    (162, 57, "交款人："),
    (20, 66, "本凭条供支部内部核对使用，不是正式收据；正式收据由上级党组织开具。"),
)  # fmt: skip
_LINES = [(20, y, 190, y) for y in (21, 31, 41, 51)] + [(x, 21, x, 51) for x in (20, 45, 105, 130, 190)]


def ours(work: tuple[list[SlipRecord], Path]) -> None:
    """The program's own slips."""
    slip.draw(*work)


def form_xobject(work: tuple[list[SlipRecord], Path]) -> None:
    """The frame once as a Form XObject, put on each place of a sheet, and over it what the slip says."""
    records, path = work
    pdfmetrics.registerFont(ttfonts.TTFont("Plain", fonts.FOLDER / fonts.chain("serif")[0]))
    pages = Canvas(str(path), pagesize=A4)
    height = A4[1] / _TO_A_PAGE
    pages.beginForm("frame", 0, 0, A4[0], height)
    pages.setFont("Plain", 10)
    for x, y, text in _LABELS:
        pages.drawString(x * MM, height - y * MM, text)
    for x0, y0, x1, y1 in _LINES:
        pages.line(x0 * MM, height - y0 * MM, x1 * MM, height - y1 * MM)
    pages.endForm()
    for start in range(0, len(records), _TO_A_PAGE):
        for place, record in enumerate(records[start : start + _TO_A_PAGE]):
            pages.saveState()
            pages.translate(0, A4[1] - (place + 1) * height)
            pages.doForm("frame")
            pages.setFont("Plain", 10)
            for x, y, text in _said(record):
                pages.drawString(x * MM, height - y * MM, text)
            pages.restoreState()
        pages.showPage()
    pages.save()


def _said(record: SlipRecord) -> list[tuple[int, int, str]]:
    return [
        (160, 17, f"编号：{record.number}"),
        (60, 27, words.said(record.payer)),
        (140, 27, words.said(record.covers)),
        (50, 37, words.in_capitals(record.amount)),
        (150, 37, words.yuan(record.amount)),
        (60, 47, words.said(record.method)),
        (140, 47, words.day(record.paid_on)),
        (50, 57, words.said(record.unit)),
        (140, 57, words.said(record.receiver)),
    ]


def _prepare(folder: Path) -> tuple[list[SlipRecord], Path]:
    records = [
        SlipRecord(
            number=f"2026-{number:05d}",
            payer=_NAMES[number % len(_NAMES)],
            covers=f"2026年{number % 12 + 1}月",
            amount=Decimal(2000 + number * 37) / 100,
            method="现金",
            paid_on=date(2026, 11, 23),
            unit="第一党支部",
            receiver="周丽萍",
        )
        for number in range(_SLIPS)
    ]
    return records, folder / "x.pdf"


CASES = (
    Case("1,000 slips, four to a sheet", "reportlab, a Form XObject for the frame", _prepare, ours, form_xobject, 1.3),
)
