"""党支部工作交接清单: what one secretary hands over to the next, over as many pages as it takes, with room to write.

It says in whose keeping the sheet with the recovery code is, and never a password.
"""

from collections.abc import Sequence
from pathlib import Path

from exporters.forms import words
from exporters.forms.grid import Box, draw_row, label
from exporters.forms.opinion import place_for_day
from exporters.paper import A4, LEADING, MM, Paper
from models.ledgers.handover import BackupPlace, HandoverPack

TITLE = "党支部工作交接清单"
_SIDE, _TOP, _LATER_TOP, _FOOT = 18 * MM, 40 * MM, 18 * MM, 16 * MM
_ROW, _HEAD = 7.4 * MM, 7.4 * MM
_SIZE, _PAD = 9.5, 4
_MATTERS = ((1.3, "序号"), (2.2, "类别"), (4.4, "事项"), (2.9, "数量"), (7.6, "情况"), (3, "商定怎样办"))
_LEDGERS = (
    (1, "序号"),
    (3.6, "台账、资料"),
    (2.6, "电子记录"),
    (5.4, "起止"),
    (5.2, "纸质原件放在哪里"),
    (3.2, "册（份）数"),
)
_THINGS = ("印章、党旗", "收据、凭条存根", "上级文件、通知", "发展党员材料")
_BLANK_MATTERS, _BLANK_LEDGERS, _SPARE, _LINES = 8, 12, 3, 5
_PASSWORD = (
    "1. 密码当面交接，由接收人自己输入；本清单、短信、聊天里都不写密码。",
    "2. 接收人打开以后，在“设置→密码”里换成自己的密码；以前的备份仍用以前的密码，密码保管单随备份一起留存。",
    "3. 在“设置→密码”里重新打印恢复单，封好交组织保管，旧的当面销毁；换了密码，旧恢复单就打不开了。",
    "4. 在“设置→使用人”里移除移交人，增加接收人。",
    "5. 接收人在“设置→备份”里点“检查数据”和“演练恢复”，都没有问题再签字。",
)
_PLAIN = "数据文件没有密码，谁拿到都能打开。请接收人在“设置→密码”里设一个，打印恢复单，封好交组织保管。"


def draw(records: Sequence[HandoverPack], path: Path) -> frozenset[str]:
    """Writes each pack over as many pages as it takes; answers the characters that no font has."""
    paper = Paper(A4, TITLE)
    for record in records:
        counted = Paper(A4, TITLE)
        _draw(_Pages(counted, 0), record)
        _draw(_Pages(paper, counted.pages), record)
    return paper.save(path)


class _Pages:
    """The pages of one pack: what is drawn goes below what stands there, or on the next page."""

    def __init__(self, paper: Paper, total: int) -> None:
        self.paper, self.total = paper, total
        self.width = paper.width - 2 * _SIDE
        self.number, self.y = 1, _TOP

    def need(self, height: float) -> bool:
        """Begins the next page where so much room is not left; whether it did."""
        if self.y + height <= self.paper.height - _FOOT:
            return False
        self.end()
        self.number, self.y = self.number + 1, _LATER_TOP
        return True

    def end(self) -> None:
        """Ends the page with its foot."""
        self.paper.foot("内部资料　移交人、接收人各存一份", self.number, self.total, _SIDE, self.paper.height - 9 * MM)
        self.paper.end_page()

    def heading(self, text: str, room: float) -> None:
        """A heading that keeps so much room for what it stands above."""
        self.need(10 * MM + room)
        self.paper.text(_SIDE, self.y + 6.5 * MM, text, 12, "sans")
        self.y += 9 * MM

    def paragraph(self, text: str) -> None:
        """A text that stays on one page."""
        lines = self.paper.fit(text, _SIZE, "serif", self.width, 1e6).lines
        self.need(len(lines) * _SIZE * LEADING + 2)
        self.y = self.paper.paragraph(_SIDE, self.y, self.width, text, _SIZE) + 2

    def table(self, heads: Sequence[tuple[float, str]], rows: Sequence[Sequence[str]], left: frozenset[int]) -> None:
        """Rows under their heads, which stand anew on each page; texts in the columns `left` begin at the left."""
        unit = self.width / sum(share for share, _ in heads)

        def head() -> None:
            boxes = [Box(share, title, style="sans", size=_SIZE, pad=2) for share, title in heads]
            self.y = draw_row(self.paper, _SIDE, self.y, self.width, _HEAD, boxes)

        head()
        for row in rows:
            tall = max(self._height(text, share * unit, _PAD) for text, (share, _) in zip(row, heads, strict=True))
            if self.need(tall):
                head()
            boxes = [
                Box(share, text, "left" if place in left else "centre", size=_SIZE, pad=_PAD)
                for place, (text, (share, _)) in enumerate(zip(row, heads, strict=True))
            ]
            self.y = draw_row(self.paper, _SIDE, self.y, self.width, tall, boxes)

    def facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Names, and beside them what they are."""
        for title, said in facts:
            tall = self._height(said, self.width * 13 / 17, 2 * _PAD)
            self.need(tall)
            boxes = [label(4, title), Box(13, said, "left", size=_SIZE, pad=2 * _PAD)]
            self.y = draw_row(self.paper, _SIDE, self.y, self.width, tall, boxes)

    def _height(self, text: str, width: float, pad: float) -> float:
        lines = self.paper.fit(text, _SIZE, "serif", width - 2 * pad, 1e6).lines
        return max(_ROW, len(lines) * _SIZE * LEADING + 3 * MM)


def _draw(pages: _Pages, record: HandoverPack) -> None:
    paper = pages.paper
    paper.text(paper.width / 2, 24 * MM, TITLE, 20, "serif bold", "centre", spread=0.1)
    paper.text(_SIDE, 36 * MM, f"党组织（盖章）：{words.said(record.unit)}", 10.5)
    paper.text(paper.width - _SIDE, 36 * MM, f"截至{words.day(record.made_on)}", 10.5, align="right")
    pages.heading("一、没有办完的事", _HEAD + _ROW)
    pages.table(_MATTERS, _matters(record), frozenset({4}))
    pages.heading("二、台账、资料和原件", _HEAD + _ROW)
    pages.table(_LEDGERS, _ledgers(record), frozenset())
    pages.heading("三、数据文件和备份", 3 * _ROW)
    pages.facts(_files(record))
    pages.heading("四、密码", 3 * _ROW)
    pages.facts(_passwords(record))
    pages.y += 2 * MM
    for line in (_PLAIN,) if record.encrypted is False else _PASSWORD:
        pages.paragraph(line)
    pages.heading("五、操作记录", 2 * _ROW)
    pages.facts(_trail(record))
    pages.heading("六、其他要说明的事", _LINES * _ROW)
    for _ in range(_LINES):
        pages.y += _ROW
        paper.rules([(_SIDE, pages.y, paper.width - _SIDE, pages.y)])
    _sign(pages)
    pages.end()


def _matters(record: HandoverPack) -> list[Sequence[str]]:
    if record.made_on is None:
        return [(str(number), *[""] * 5) for number in range(1, _BLANK_MATTERS + 1)]
    found = [(each.chapter, each.name, each.count, each.told, "") for each in record.matters]
    rows = found or [("", "没有未办结的", "", "", "")]
    return [(str(number), *row) for number, row in enumerate([*rows, *[("",) * 5] * _SPARE], 1)]


def _ledgers(record: HandoverPack) -> list[Sequence[str]]:
    if record.made_on is None:
        return [(str(number), *[""] * 5) for number in range(1, _BLANK_LEDGERS + 1)]
    rows = [(each.name, each.count, each.span, "", "") for each in record.ledgers]
    rows += [(thing, "", "", "", "") for thing in _THINGS]
    return [(str(number), *row) for number, row in enumerate([*rows, *[("",) * 5] * _SPARE], 1)]


def _files(record: HandoverPack) -> list[tuple[str, str]]:
    kept = {True: "有密码，整个文件加密", False: "没有密码", None: ""}[record.encrypted]
    none = "没有设" if record.made_on is not None else ""
    places = [_place(each) for each in record.backups] + [none] * (2 - len(record.backups))
    return [
        ("数据文件", words.said(record.file)),
        ("放在", words.said(record.folder)),
        ("加密", kept),
        *((f"备份（{place}）", said) for place, said in zip(("第一处", "第二处"), places, strict=True)),
        ("备份介质移交", "U 盘、移动硬盘　　　个，编号："),
        ("接收人演练恢复", "□ 能打开，数字对得上　　　　演练日期：　　　　年　　月　　日"),
    ]


def _place(each: BackupPlace) -> str:
    last = f"，最近一次 {each.last}" if each.last else ""
    return f"{each.folder}\n核验过的 {each.count} 份{last}"


def _passwords(record: HandoverPack) -> list[tuple[str, str]]:
    return [
        ("使用人", "、".join(record.people) or ("没有另外的使用人" if record.made_on is not None else "")),
        ("恢复单由谁保管", "　　　　　　　　　　封存日期：　　　　年　　月　　日"),
        ("密码保管单", "　　　　　　　　　　□ 没有用　　□ 已当面交接"),
        ("密码换好的日期", place_for_day()),
    ]


def _trail(record: HandoverPack) -> list[tuple[str, str]]:
    count, head = "", ""
    if record.trail is not None:
        count = f"{record.trail.length} 条，只增不减；下面的校验码变了，就是后来又有改动"
        head = " ".join(record.trail.head[start : start + 8] for start in range(0, len(record.trail.head), 8))
    return [("操作记录", count), ("最后一条的校验码", head)]


def _sign(pages: _Pages) -> None:
    """The places of the three who sign, on one page."""
    tall = 15 * MM
    pages.y += 5 * MM
    pages.need(3 * tall + 14 * MM)
    pages.paragraph("以上已逐项核对、当面交接。本清单一式三份，移交人、接收人、党组织各存一份。")
    for who in ("移交人", "接收人", "监交人"):
        boxes = [label(3, who), Box(6, ""), label(3, "日期"), Box(5, place_for_day())]
        pages.y = draw_row(pages.paper, _SIDE, pages.y, pages.width, tall, boxes)
