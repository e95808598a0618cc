"""Today: the working month at a glance, what is to be done, what needs attention."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout

from gui.dues.dues_chart import DuesChart
from gui.page import Page
from gui.parts.cards import PAGE_MARGINS, Card, ShareBar, button, column, fill, label, row
from gui.theme import TextSize, scaled
from gui.today_lists import DUTIES, NOTICES, Birthdays, LinkedList
from gui.workspace import Workspace
from models import settings
from models.kinds import MONEY
from models.ledger import View
from models.ledgers.dues.duties import DONE, Duty
from models.ledgers.notices import Notice
from models.ledgers.overview import Overview, overview, year_of_dues
from models.rules.periods import Month, Period

_WEEKDAYS = "一二三四五六日"
_MOST_NOTICES = 8
_MOST_CARE, _LINES = 4, 7  # lines of care, and with the notices: so many leave the chart its room
_MOST_LIFE = 5  # what a screen of 768 lines has room for, so that nothing moves when they come
_LATER = 50  # milliseconds from the first paint, so that the window stands before the year is read and drawn
_SHEET = Notice(("未打印", "warn"), "恢复单", "忘了密码只有它打得开，请打印", "recovery")
_TIED, _JOINED = "\u00a0", "\u2060"  # a space, and nothing, at which no line breaks


class TodayPage(Page):
    """Each line leads to the page where it is dealt with."""

    keys = "Alt+S 收缴　Ctrl+F 查找党员"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.state: Overview | None = None
        self._view: View = workspace.view
        self.question = MonthQuestion(self._enter_month)
        self.day, self.date, self.weekday = label("今天", "quiet"), label("", "big"), label("", "quiet")
        self.sums, self.bar, self.missing = label("", "strong", wrap=True), ShareBar(), label("", "quiet", wrap=True)
        self.start = button("", self._start, primary=True)
        self.duties = LinkedList(DUTIES, {"need"}, headed=True)
        self._any_height = self.duties.maximumHeight()
        self.duties_card = Card(self.duties, title="本月、本季该做的事", aside=" ")
        self.notices = LinkedList(NOTICES, {"text"}, headed=False)
        self.calm = label("没有需要特别留意的事。", "quiet")
        self.notices_card = Card(self.calm, self.notices, title="需要留意", aside="按紧急程度")
        self.care = LinkedList(NOTICES, {"text"}, headed=False)
        self.care_card = Card(self.care, title="困难帮扶", aside="按紧急程度")
        self.care_card.hide()
        self.birthdays = Birthdays()
        self.birthdays_card = Card(self.birthdays, title="本月政治生日", aside=" ", spacing=4)
        self.chart = DuesChart()
        self._later_due = False
        self._life: list[Duty] = []
        self._sheet: list[Notice] = []  # that of the recovery sheet, while it is not printed
        self.duties.followed.connect(self._follow)
        self.notices.followed.connect(self._follow)
        self.care.followed.connect(self._follow)
        self.workspace.backups_told.connect(self._show_backup)
        self.birthdays.chosen.connect(lambda who: self.go("members", who))
        self._lay_out()

    def reload(self) -> None:
        view = self.workspace.view
        with self.workspace.reading() as session:
            working = settings.read(session).month
            self._view = replace(view, period=Period(working, working))  # whatever month another page looks at
            state = self.state = overview(session, self._view)
        self.question.show_months(Month.of(view.today), working)
        self._show_day(state, view.today)
        self._show_duties(state)
        self._show_notices(state)
        self.birthdays.show_birthdays(state.birthdays)
        self.birthdays_card.aside.setText(f"{len(state.birthdays)} 人" if state.birthdays else "")
        self._later_due = True
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._later_due:
            self._later_due = False
            # Counted from the end of the painting, which on a busy machine may take as long by itself.
            QTimer.singleShot(0, self, lambda: QTimer.singleShot(_LATER, self, self._show_later))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.start.setFocus(Qt.FocusReason.OtherFocusReason)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange and hasattr(self, "_body"):
            self._arrange()

    def _show_day(self, state: Overview, today: date) -> None:
        self.date.setText(f"{today.month}月{today.day}日")
        self.weekday.setText(f"星期{_WEEKDAYS[today.weekday()]}　{_distance(state.day, today)}")
        sums = state.sums
        if not state.opened:
            self.sums.setText(f"{state.month.chinese}党费还没有开账" if state.members else "名册里还没有党员")
            self.missing.setText(
                "开账后按核定算出每位党员的应交党费。" if state.members else "先在“党员”里导入名册，再开账收缴。"
            )
            self.bar.show_share(0, 0)
            self.start.setText("开账　Alt+&S" if state.members else "去导入名册　Alt+&S")
            return
        paid = sums.people - sums.unpaid
        money = _together(f"{MONEY.show(sums.for_month)} / {MONEY.show(sums.due)} 元")
        people = _together(f"{paid} / {sums.people} 人")
        self.sums.setText(f"{state.month.chinese}党费　{people}　{money}")
        self.bar.show_share(float(sums.for_month), float(sums.due))
        late = f"　{_together(f'{state.late} 人连续欠交')}" if state.late else ""
        names = "、".join(state.unpaid[:3]) + ("……" if len(state.unpaid) > 3 else "")
        self.missing.setText(f"未交 {len(state.unpaid)} 人：{names}{late}" if state.unpaid else "已经全部交清。")
        self.start.setText("查看收缴　Alt+&S" if not state.unpaid else f"{'继续' if paid else '开始'}收缴　Alt+&S")

    def _show_duties(self, state: Overview) -> None:
        backup = self.workspace.last_backup()
        kept = "已核验" in backup
        words = backup.removeprefix("最近备份").strip() or "还没有备份"
        backed_up = Duty("backup", "备份", "每次退出时", words, DONE if kept else ("待备份", "warn"))
        duties = [*state.duties, backed_up, *self._life[:_MOST_LIFE]]
        self.duties.show_rows(duties)
        self._make_room_for_duties()
        done = sum(duty.mark == DONE for duty in duties)
        more = len(self._life) - _MOST_LIFE
        rest = f"，另有 {more} 项见组织生活" if more > 0 else ""
        self.duties_card.aside.setText(f"{len(duties)} 项，已完成 {done} 项{rest}")

    def _show_backup(self) -> None:
        if self.state is not None:
            self._show_duties(self.state)

    def _show_notices(self, state: Overview) -> None:
        shown = [*self._sheet, *state.notices][:_MOST_NOTICES]
        self.notices.setVisible(bool(shown))
        self.calm.setVisible(not shown)
        self.notices.show_rows(shown)
        self._make_room(self.notices, len(shown))
        more = len(self._sheet) + len(state.notices) - len(shown)
        self.notices_card.aside.setText(f"另有 {more} 项，见党费台账" if more > 0 else "按紧急程度" if shown else "")

    def _make_room_for_duties(self) -> None:
        """In one column they all stand there and the page scrolls; beside others they scroll by themselves."""
        if self._body.direction() == QBoxLayout.Direction.TopToBottom:
            self._make_room(self.duties, self.duties.model.rowCount() + 1)
        else:
            self.duties.setMinimumHeight(0)
            self.duties.setMaximumHeight(self._any_height)

    def _make_room(self, listed: LinkedList, lines: int) -> None:
        """Gives a list without headings the height of its lines."""
        listed.setFixedHeight(scaled(self, 33) * lines + 8)

    def _show_later(self) -> None:
        """What the first paint need not wait for: the year of dues, what organisation life and care ask for."""
        from models.ledgers.care.today import care_notices
        from models.ledgers.life.today import life_duties

        self._look_for_sheet()
        room = max(1, min(_MOST_CARE, _LINES - self.notices.model.rowCount()))
        with self.workspace.reading() as session:
            self.chart.show_months(year_of_dues(session, self._view))
            asked = life_duties(session, self._view)
            due = care_notices(session, self._view, room)
        self.care.show_rows(due)
        self._make_room(self.care, len(due))
        self.care_card.setVisible(bool(due))
        if self.state is not None and asked != self._life:
            self._life = asked
            self._show_duties(self.state)

    def _look_for_sheet(self) -> None:
        """Reminds the owner of an encrypted file of its recovery sheet."""
        from models import recovery_sheets
        from models.database import Database

        database = self.workspace.database
        due = [_SHEET] if isinstance(database, Database) and recovery_sheets.is_due(database) else []
        if self.state is not None and due != self._sheet:
            self._sheet = due
            self._show_notices(self.state)

    def _start(self) -> None:
        if self.state is not None and not self.state.members:
            self.go("members")
            return
        if self.state is not None and not self.state.opened:
            from gui.dues import dues_actions

            dues_actions.open_month(self, self.state.month, self._collect)
            return
        self._collect()

    def _collect(self) -> None:
        self.workspace.look_at(self._view)
        self.go("collect")

    def _enter_month(self, month: Month) -> None:
        from gui.dues import dues_actions

        dues_actions.enter_month(self, month)

    def _follow(self, line: Any) -> None:
        """Goes where the line is dealt with."""
        target = (line.member_id or line.target) if isinstance(line, Notice) else None
        leads = {
            "collect": ("collect", target),
            "remit": ("collect", "closing"),
            "voucher": ("collect", "closing"),
            "close": ("collect", "closing"),
            "assess": ("dues", "dues_assessments"),
            "notice": ("dues", "dues_notice"),
            "member": ("members", target),
            "term": ("branch", "members_terms"),
            "backup": ("settings", None),
            "holidays": ("settings", "节假日"),
            "life": ("life", getattr(line, "target", None)),
            "care": ("care", target),
            "recovery": ("settings", "密码"),
        }
        self.workspace.look_at(self._view)
        self.go(*leads[line.key])

    def _lay_out(self) -> None:
        dated = column(1, self.day, self.date, self.weekday, 1, spacing=0)
        month = column(1, self.sums, self.bar, self.missing, 1, spacing=6)
        top = Card()
        line = row(dated, month, self.start, spacing=24)
        line.setStretch(1, 1)
        top.body.addLayout(line)
        self._left = column(top, self.duties_card, spacing=14)
        self._left.setStretch(1, 1)
        chart = Card(self.chart, title="近十二个月党费", aside="应交与实交（元）")
        self._right = column(self.notices_card, self.birthdays_card, self.care_card, chart, spacing=14)
        self._right.setStretch(3, 1)
        self._body = row(self._left, self._right, spacing=14)
        self._body.setStretch(0, 68)
        self._body.setStretch(1, 47)
        whole = column(self.question, self._body, spacing=14, margins=PAGE_MARGINS)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self._arrange()

    def _arrange(self) -> None:
        """Two columns; in the largest text one, where no line is cut, with what needs attention before the duties."""
        abreast = self.font().pixelSize() <= TextSize.LARGE.value
        ways = QBoxLayout.Direction
        self._body.setDirection(ways.LeftToRight if abreast else ways.TopToBottom)
        if abreast:
            self._right.insertWidget(0, self.notices_card)
        else:
            self._left.insertWidget(1, self.notices_card)
        self._make_room_for_duties()
        for listed in (self.notices, self.care):
            self._make_room(listed, listed.model.rowCount())


class MonthQuestion(QFrame):
    """Asks whether to go on to the computer's month when that is not the one being worked on."""

    def __init__(self, enter: Callable[[Month], object]) -> None:
        super().__init__()
        self.setProperty("banner", "warn")
        self._enter = enter
        self._month: Month | None = None
        self.words = label("", wrap=True)
        self.agree = button("", self._agree)
        self.stay = button("以后再说", self.hide, flat=True)
        layout = QHBoxLayout(self)
        fill(layout, self.words, self.stay, self.agree, margins=(14, 6, 8, 6))
        layout.setStretch(0, 1)

    def show_months(self, clock: Month, working: Month) -> None:
        """Asks, unless both are the same or the question for this month was put off."""
        if clock == working:
            self._month = None
            self.hide()
            return
        if clock == self._month:
            return
        self._month = clock
        if clock < working:
            self.words.setText(f"电脑的日期是{clock.chinese}，早于工作月份{working.chinese}，请先核对电脑日期。")
        else:
            self.words.setText(
                f"已经到{clock.chinese}了，工作月份还是{working.chinese}。往月的收缴、补交和结账进入新月份后仍可办理。"
            )
        self.agree.setText(f"进入{clock.chinese}")
        self.agree.setVisible(clock > working)
        self.show()

    def _agree(self) -> None:
        if self._month is not None:
            self._enter(self._month)


def _together(words: str) -> str:
    """Words that stand on one line."""
    return _JOINED.join(words.replace(" ", _TIED))


def _distance(day: date, today: date) -> str:
    """How far the collection day is."""
    left = (day - today).days
    if left == 0:
        return "本月收缴日"
    return f"距收缴日 {left} 天" if left > 0 else f"已过收缴日 {-left} 天"
