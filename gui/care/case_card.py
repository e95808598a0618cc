"""The page of one person who is looked after: what is known, the household, and the way of the case as a timeline."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from gui.care.history import History
from gui.parts.cards import NO_MARGINS, Card, button, column, fill, label, row
from gui.parts.masking import masked
from gui.parts.scrolled import Scrolled
from gui.parts.wrapping_row import WrappingRow
from gui.settings.section import Facts
from gui.theme import scaled
from models.ledgers.care.cases import CaseRow
from models.ledgers.care.history import Event
from models.ledgers.care.page import Home, HomeLine
from models.rules.care import LEFT

_COLUMN = 330  # pixels for 14 px text: narrower than this the two columns stand one under the other
Remove = Callable[[bool, HomeLine], object]  # whether it is an income, and which one


class CaseCard(Scrolled):
    """Facts and household at the left, the timeline at the right; `deeds` are the buttons of the household.

    `remove` is asked to take one of the household or an income away.
    """

    def __init__(self, deeds: Sequence[tuple[str, Callable[[], object]]], remove: Remove) -> None:
        super().__init__(sideways=False)
        self._remove = remove
        self.facts = Facts()
        self.unmask = button("显示证号电话", lambda: None, flat=True)
        self.family = label("", wrap=True)
        self.lines = _Lines()
        self.timeline = History()
        self.reduce = button("申请党费减免…", lambda: None, flat=True)
        own = Card(row(label("基本情况", "heading"), 1, self.reduce, self.unmask), self.facts)
        buttons = row(*(button(words, deed) for words, deed in deeds), 1, spacing=8)
        house = Card(self.family, self.lines, buttons, title="家庭和收入")
        left = column(own, house, 1)
        right = column(Card(self.timeline, title="经过"), 1)
        self._columns = (own, self.timeline)
        inner = QWidget()
        fill(QVBoxLayout(inner), WrappingRow(left, right), 1, margins=NO_MARGINS)
        self.setWidget(inner)

    def show_case(self, each: CaseRow, household: Home, events: Sequence[Event], hidden: bool) -> None:
        """Shows a case, identity and telephone numbers masked where they are `hidden`."""
        for part in self._columns:
            part.setMinimumWidth(scaled(self, _COLUMN))
        self.facts.show_facts(_facts(each, hidden))
        private = any((each.id_number, each.phone, each.helper_phone))
        self.unmask.setText("显示证号电话" if hidden else "遮住证号电话")
        self.unmask.setVisible(private)
        self.family.setText(_family(household))
        self.lines.show_lines(
            [(line.cells, partial(self._remove, False, line)) for line in household.relatives],
            [(line.cells, partial(self._remove, True, line)) for line in household.incomes],
        )
        self.reduce.setVisible(each.member_id is not None and each.state != LEFT)
        self.timeline.show_events(events)


class _Lines(QWidget):
    """Lines of words in columns, each with a button that removes it; a group stands apart from the next."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(*NO_MARGINS)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(2)

    def show_lines(self, *groups: Sequence[tuple[tuple[str, ...], Callable[[], object]]]) -> None:
        """Shows groups of lines in place of those before."""
        while (item := self._grid.takeAt(0)) is not None:
            if item.widget() is not None:
                item.widget().hide()
                item.widget().deleteLater()
        place = 0
        for group in groups:
            for cells, remove in group:
                for number, words in enumerate(cells):
                    self._grid.addWidget(label(words, wrap=number == len(cells) - 1), place, number)
                taken = button("删除", remove, flat=True)
                taken.setAccessibleName(f"删除{cells[0]}")
                self._grid.addWidget(taken, place, len(cells))
                self._grid.setColumnStretch(len(cells) - 1, 1)
                place += 1
        self.setVisible(place > 0)


def _family(household: Home) -> str:
    people = f"{household.people} 人" if household.people is not None else "还没有登记"
    per_head = f"{household.per_head:,.2f} 元" if household.per_head is not None else "还没有登记收入"
    stated = f"（原台账：{household.stated}）" if household.stated else ""
    return f"家庭人口：{people}　人均月收入：{per_head}{stated}"


def _facts(each: CaseRow, hidden: bool) -> list[tuple[str, str]]:
    """What is known of a person, by what it is called; numbers masked where they are hidden."""

    def private(text: str | None) -> str:
        return masked(text) if text and hidden else text or ""

    flags = (("低保", each.low_income), ("优抚", each.honoured), ("建国前老党员", each.veteran))
    lines = (
        ("类别", "　".join([each.sort, each.degree or "", *(word for word, is_so in flags if is_so)])),
        ("党支部", each.branch),
        ("人员类别", each.person_kind or ""),
        ("出生", str(each.birth_date or "")),
        ("证号", private(each.id_number)),
        ("电话", private(each.phone)),
        ("住址", each.address or ""),
        ("困难类型", each.cause or ""),
        ("困难原因", each.detail or ""),
        ("健康状况", each.health or ""),
        ("证件", each.certificates or ""),
        ("帮扶措施", each.measures or ""),
        ("结对帮扶人", f"{each.helper}　{private(each.helper_phone)}" if each.helper else ""),
        ("结对时间", str(each.paired_on or "")),
        ("申请金额", f"{each.asked:,.2f} 元" if each.asked is not None else ""),
        ("曾受帮扶", each.aid or ""),
        ("组织认定", each.recognised or ""),
        ("备注", each.remark or ""),
    )
    return [(title, said) for title, said in lines if said.strip("　")]
