"""The first page: how the month stands, what is to be done in it, and what wants attention."""

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from gui.bars import MonthBars
from gui.cards import PAGE_MARGINS, Card, ShareBar, Tag, button, column, label, row
from gui.ledger_view import LedgerView
from gui.page import Page
from gui.theme import scaled
from gui.workspace import Workspace
from models import settings
from models.ledgers.overview import DONE, Duty, Notice, Overview, duties_sheet, overview
from models.rules.periods import Month, Period

_WEEKDAYS = "一二三四五六日"
_NAMED = 3  # unpaid members named before the rest is summed up
_NOTICES, _BIRTHDAYS = 7, 8


class TodayPage(Page):
    """The dues of the month, the duties, the notices, the birthdays and a year of dues."""

    keys = "Alt+S 收缴　↑↓ 选事项　回车 前往"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.day, self.weekday = label("", "figure"), label("", "quiet")
        self.people, self.unpaid = label("", "strong"), label("", "quiet", wrap=True)
        self.share = ShareBar()
        self.start = button("开始收缴　Alt+&S", lambda: self.go("collect"), primary=True)
        self.new_month = Card()
        self.new_month_words = label("", wrap=True)
        self.new_month_button = button("进入这个月", self._enter_month)
        self.new_month.body.addLayout(row(self.new_month_words, 1, self.new_month_button))
        self.duties = LedgerView("本月没有要做的事。")
        self.duties.emphasise(quiet={"rule"})
        self.duties.opened.connect(self._open_duty)
        self.duties_card = Card(self.duties, title="本月该做的事")
        self.notices = QGridLayout()
        self.notices_card = Card(self.notices, title="需要留意")
        self.birthdays = QGridLayout()
        self.birthdays_card = Card(self.birthdays, title="本月政治生日")
        self.bars = MonthBars()
        self.bars_card = Card(self.bars, title="近十二个月党费", aside="应交与实交（元）")
        self._lay_out()

    def reload(self) -> None:
        with self.workspace.reading() as session:
            found = overview(session, self.workspace.view)
            chosen = settings.read(session)
        today = self.workspace.view.today
        self.day.setText(f"{today.month}月{today.day}日")
        self.weekday.setText(f"星期{_WEEKDAYS[today.weekday()]}　{_until(today, found.collection_day)}")
        self._show_dues(found)
        self._offer_month(chosen.month, Month.of(today))
        self.duties.show_sheet(duties_sheet(found.duties))
        done = sum(duty.state == DONE for duty in found.duties)
        self.duties_card.aside.setText(f"{len(found.duties)} 项，已完成 {done} 项")
        self._show_notices(found)
        self._show_birthdays(found)
        self.bars.show_months(found.chart)

    def _lay_out(self) -> None:
        dates = column(label("今天", "quiet"), self.day, self.weekday, spacing=2)
        middle = column(self.people, self.share, self.unpaid, spacing=8)
        head_row = row(dates, middle, self.start, spacing=26)
        head_row.setStretch(1, 1)
        head = Card(head_row)
        head.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        left = column(self.new_month, head, self.duties_card, spacing=14)
        left.setStretch(2, 1)
        right = column(self.notices_card, self.birthdays_card, self.bars_card, spacing=14)
        right.setStretch(2, 1)
        side = QWidget()
        side.setLayout(right)
        side.setFixedWidth(scaled(self, 430))
        layout = row(left, side, spacing=14, margins=PAGE_MARGINS)
        layout.setStretch(0, 1)
        self.setLayout(layout)
        for grid in (self.notices, self.birthdays):
            grid.setHorizontalSpacing(12)
            grid.setVerticalSpacing(9)

    def _show_dues(self, found: Overview) -> None:

        if not found.opened:
            self.people.setText(f"{found.month.chinese}党费还没有开账")
            self.unpaid.setText("开账就是按核定的基数定下每个人本月应交多少。")
            self.share.show_share(0, 1)
            self.start.setText("去开账　Alt+&S")
            return
        self.people.setText(
            f"{found.month.chinese}党费　{found.settled} / {found.owing} 人　{found.paid:,.2f} / {found.due:,.2f} 元"
        )
        self.share.show_share(float(found.paid), float(found.due))
        if not found.unpaid:
            self.unpaid.setText("全部交清。")
            self.start.setText("查看收缴　Alt+&S")
            return
        more = "……" if len(found.unpaid) > _NAMED else ""
        arrears = f"　{found.in_arrears} 人连续欠交" if found.in_arrears else ""
        self.unpaid.setText(f"未交 {len(found.unpaid)} 人：{'、'.join(found.unpaid[:_NAMED])}{more}{arrears}")
        self.start.setText(f"{'继续' if found.settled else '开始'}收缴　Alt+&S")

    def _offer_month(self, working: Month, calendar: Month) -> None:
        """Asks before the working month becomes that of the computer's clock."""
        self.new_month.setVisible(working != calendar)
        self.new_month_words.setText(
            f"现在的工作月份是{working.chinese}，今天已是{calendar.chinese}。要进入{calendar.chinese}吗？"
        )

    def _enter_month(self) -> None:
        month = Month.of(self.workspace.view.today)
        with self.workspace.writing(f"进入{month.chinese}") as session:
            settings.change(session, working_month=str(month))
        self.workspace.look_at(replace(self.workspace.view, period=Period(month, month)))

    def _open_duty(self, duty: Duty) -> None:
        self.go(duty.page)

    def _show_notices(self, found: Overview) -> None:
        _clear(self.notices)
        self.notices_card.aside.setText(f"{len(found.notices)} 项" if found.notices else "")
        if not found.notices:
            self.notices.addWidget(label("没有要特别留意的事。", "quiet"), 0, 0)
        for place, notice in enumerate(found.notices[:_NOTICES]):
            self.notices.addWidget(Tag(notice.tag, notice.tone), place, 0, Qt.AlignmentFlag.AlignLeft)
            self.notices.addWidget(_link(notice.name, lambda _link, n=notice: self._open_notice(n)), place, 1)
            self.notices.addWidget(label(notice.words, "quiet"), place, 2)
        self.notices.setColumnStretch(2, 1)

    def _open_notice(self, notice: Notice) -> None:
        self.go(notice.page, notice.target)

    def _show_birthdays(self, found: Overview) -> None:
        _clear(self.birthdays)
        month = self.workspace.view.today.month
        self.birthdays_card.aside.setText(f"{len(found.birthdays)} 人" if found.birthdays else "")
        if not found.birthdays:
            self.birthdays.addWidget(label("本月没有党员过政治生日。", "quiet"), 0, 0)
        for place, (day, name, years) in enumerate(found.birthdays[:_BIRTHDAYS]):
            words = label(f"{month}月{day}日　{name}　入党 {years} 年")
            self.birthdays.addWidget(words, place // 2, place % 2)


def _until(today: date, day: date) -> str:
    left = (day - today).days
    if left == 0:
        return "本月收缴日"
    return f"距收缴日 {left} 天" if left > 0 else f"收缴日 {day.month}月{day.day}日已过"


def _link(words: str, follow: object) -> QLabel:
    """A name that leads somewhere."""
    shown = QLabel(f'<a href="#" style="color: palette(window-text); text-decoration: none">{words}</a>')
    shown.setTextInteractionFlags(
        Qt.TextInteractionFlag.LinksAccessibleByMouse | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
    )
    shown.linkActivated.connect(follow)
    return shown


def _clear(grid: QGridLayout) -> None:
    while (item := grid.takeAt(0)) is not None:
        if item.widget() is not None:
            item.widget().deleteLater()
