"""The person's page beside the roster: data, dues, and every change."""

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QStackedLayout,
    QStackedWidget,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from gui.members.member_dues import MonthGrid
from gui.palette import PALETTE
from gui.parts.cards import CARD_MARGINS, Empty, Figures, Tag, button, column, fill, label, row
from gui.parts.masking import is_private, masked
from gui.parts.scrolled import Scrolled
from gui.theme import scaled
from models.kinds import MONEY, Tone
from models.ledgers.life.merits import Merit
from models.ledgers.members.course import CourseLine
from models.ledgers.members.person import CARD, ENTRY_CARD, ChangeLine, PersonFile
from models.records.members.members import IN_THE_BRANCH, PROBATIONARY
from models.rules.periods import show_months

WIDTH, WIDEST = 380, 430  # the roster needs the rest of a small screen
_TABS = ("信息", "党费", "变动")


class MemberCard(QFrame):
    """Shows the file of one member; the buttons are the page's business."""

    case_wanted = Signal(int)  # the case of hardship that the quiet line leads to

    def __init__(
        self,
        edit: Callable[[], object],
        collect: Callable[[], object],
        leave: Callable[[], object],
        more: Callable[[], object],
    ) -> None:
        super().__init__()
        self.setProperty("card", True)
        self.filed: PersonFile | None = None
        self._private = False
        self.name, self.state = label("", "figure"), Tag()
        self.summary = label("", "quiet", wrap=True)
        self.case_line = button("", self._want_case, flat=True)
        self.case_line.setToolTip("打开困难帮扶")
        self.edit_button = button("修改　Alt+&E", edit)
        self.collect_button = button("收缴　Alt+&S", collect)
        self.leave_button = button("转出、离开", leave)
        self.more_button = button("更多", more)
        self.more_button.setShortcut("Alt+M")
        self.more_button.setToolTip("抽调、荣退、补记任职、合并、采集表　Alt+M")
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        for title in _TABS:
            self.tabs.addTab(title)
        self.data, self.dues, self.changes = MemberData(), MemberDues(), MemberChanges()
        self._pages = QStackedWidget()
        for page in (self.data, self.dues, self.changes):
            self._pages.addWidget(page)
        self.tabs.currentChanged.connect(self._pages.setCurrentIndex)
        head = column(
            row(self.name, self.state, 1, self.leave_button),
            self.summary,
            row(self.case_line, 1),
            row(self.edit_button, self.collect_button, self.more_button, 1, spacing=8),
            spacing=7,
            margins=(*CARD_MARGINS[:3], 4),
        )
        body = QWidget()
        fill(QVBoxLayout(body), head, self.tabs, self._pages, spacing=2)
        self._faces = QStackedLayout(self)
        self._faces.addWidget(Empty("在左边选一位党员，这里显示资料、党费和变动。", icon="user"))
        self._faces.addWidget(body)
        self._set_width()

    def show_person(self, filed: PersonFile | None, private: bool) -> None:
        """Shows a member's file, identity and telephone numbers in full only if `private`; None shows nobody."""
        self.filed, self._private = filed, private
        self._faces.setCurrentIndex(0 if filed is None else 1)
        if filed is None:
            return
        present = filed.status == IN_THE_BRANCH
        self.name.setText(filed.name)
        probation = PROBATIONARY if filed.values["category"] == PROBATIONARY else ""
        self.state.show_state(probation if present else f"已{filed.status}", "warn" if present else "quiet")
        self.summary.setText(_summary(filed))
        self.case_line.setVisible(filed.case is not None)
        self.case_line.setText(f"困难帮扶　{filed.case.state} ›" if filed.case is not None else "")
        self.leave_button.setText("转出、离开" if present else "恢复在册")
        for known in (self.edit_button, self.leave_button, self.more_button):
            known.setVisible(not filed.erased)
        self.data.show_person(filed, private)
        self.dues.show_person(filed)
        self.changes.show_changes(filed.changes, filed.course, filed.merits)

    def _want_case(self) -> None:
        if self.filed is not None and self.filed.case is not None:
            self.case_wanted.emit(self.filed.case.case_id)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.FontChange:
            self._set_width()
        super().changeEvent(event)

    def _set_width(self) -> None:
        self.setFixedWidth(min(scaled(self, WIDTH), WIDEST))


def _summary(filed: PersonFile) -> str:
    """The member in one line: sex, age, seniority, branch, group, post; of who left, when and where to."""
    values = filed.values
    if filed.status != IN_THE_BRANCH:
        parts = [f"{values['left_on']} 离开" if values["left_on"] else "", values["left_to"]]
    else:
        parts = [
            values["sex"],
            f"{values['age']} 岁" if values["age"] is not None else "",
            f"党龄 {values['seniority']} 年" if values["seniority"] is not None else "",
            values["branch"],
            values["group"],
            values["party_post"],
        ]
    return "　".join(part for part in parts if part)


class _Tab(Scrolled):
    """What a tab shows, as long as it likes."""

    def __init__(self, content: QWidget) -> None:
        super().__init__(content, sideways=False)

    def sizeHint(self) -> QSize:
        """Asks for no more room than it needs: it scrolls, so that the page does not have to."""
        return self.minimumSizeHint()


class MemberData(_Tab):
    """The fields in the order of the national entry card."""

    def __init__(self) -> None:
        content = QWidget()
        super().__init__(content)
        grid = QGridLayout(content)
        grid.setContentsMargins(14, 8, 14, 12)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        top = Qt.AlignmentFlag.AlignTop
        self.values = {}
        for line, key in enumerate(ENTRY_CARD):
            value = label("", wrap=True)
            value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            value.setAccessibleName(CARD[key].title)
            grid.addWidget(label(CARD[key].title, "quiet"), line, 0, top)
            grid.addWidget(value, line, 1, top)
            self.values[key] = value
        grid.setRowStretch(len(ENTRY_CARD), 1)

    def show_person(self, filed: PersonFile, private: bool) -> None:
        for key, value in self.values.items():
            kind = CARD[key].kind
            text = kind.show(filed.values[key])
            if key in ("seniority", "seniority_correction") and text:
                text += " 年" if key == "seniority" else " 个月"
            value.setText(masked(text) if text and is_private(kind) and not private else text or "—")
            value.setEnabled(bool(text))


class MemberDues(_Tab):
    """What the last due rests on, what is owed, and the years month by month."""

    def __init__(self) -> None:
        content = QWidget()
        super().__init__(content)
        self.figures = Figures()
        self.working = label("", wrap=True)
        self.source = label("", "small", wrap=True)
        self.panel = QFrame()
        self.panel.setProperty("panel", True)
        fill(QVBoxLayout(self.panel), self.working, self.source, spacing=3, margins=(10, 8, 10, 8))
        self.nothing = label("还没有党费记录。", "quiet")
        self._years = QVBoxLayout()
        self._years.setSpacing(8)
        fill(
            QVBoxLayout(content),
            self.figures, self.panel, self.nothing, self._years, 1,
            spacing=10, margins=(14, 10, 14, 12),
        )  # fmt: skip

    def show_person(self, filed: PersonFile) -> None:
        lines: list[tuple[str, str, Tone]] = []
        if filed.latest is not None:
            month, standing = filed.latest
            lines.append((f"{month.chinese}应交", MONEY.show(standing.due), "plain"))
            self.working.setText(standing.working)
            self.source.setText("　".join(part for part in (standing.category, standing.source) if part))
        if filed.paid_until is not None:
            lines.append(("交至", filed.paid_until.chinese, "good"))
        if filed.owed:
            lines.append((f"欠交 {show_months(list(filed.owed_months))}", MONEY.show(filed.owed), "bad"))
        self.figures.show_figures(lines)
        self.panel.setVisible(filed.latest is not None)
        self.nothing.setVisible(not filed.dues)
        while (item := self._years.takeAt(0)) is not None:
            item.widget().deleteLater()
        for year in filed.dues:
            sums = f"应交 {MONEY.show(year.due)}　实交 {MONEY.show(year.paid)}"
            block = QWidget()
            head = row(label(f"{year.year}年", "strong"), 1, label(sums, "small"))
            fill(QVBoxLayout(block), head, MonthGrid(year), spacing=4)
            self._years.addWidget(block)


class MemberChanges(_Tab):
    """Honours, what was so from when to when, then every change with its day, who made it, and old → new."""

    def __init__(self) -> None:
        self.words = label("", wrap=True)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.words.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.words.setMargin(14)
        super().__init__(self.words)

    def show_changes(
        self, changes: tuple[ChangeLine, ...], course: tuple[CourseLine, ...] = (), merits: tuple[Merit, ...] = ()
    ) -> None:
        quiet = f'style="color:{PALETTE.quiet}"'
        parts = [_merits(merits)] if merits else []
        parts += [_course(course)] if course else []
        parts += ['<p style="margin:6px 0 8px 0"><b>修改记录</b></p>'] if parts else []
        for change in changes:
            moment = f"{change.at.astimezone():%Y-%m-%d %H:%M}"
            details = "<br>".join(escape(line) for line in change.details)
            parts.append(
                f'<p style="margin:0 0 10px 0"><b>{escape(change.title)}</b><br>'
                f"<span {quiet}>{moment}　{escape(change.actor)}</span><br>{details}</p>"
            )
        self.words.setText("".join(parts) or f"<span {quiet}>还没有变动。</span>")


def _merits(merits: tuple[Merit, ...]) -> str:
    """Honours and grades, the latest first."""
    quiet = f'style="color:{PALETTE.quiet}"'
    lines = [
        f'<tr><td {quiet} style="padding-right:12px">{escape(each.when)}</td>'
        f"<td>{escape(each.what)}<br><span {quiet}>{escape(each.source)}</span></td></tr>"
        if each.source
        else f'<tr><td {quiet} style="padding-right:12px">{escape(each.when)}</td><td>{escape(each.what)}</td></tr>'
        for each in merits
    ]
    return (
        '<p style="margin:0 0 4px 0"><b>表彰和评议</b></p>'
        f'<table cellspacing="0" cellpadding="3" style="margin-bottom:8px">{"".join(lines)}</table>'
    )


def _course(course: tuple[CourseLine, ...]) -> str:
    """From when to when, in a table: what holds now stands bold."""
    quiet = f'style="color:{PALETTE.quiet}"'
    lines = []
    for line in course:
        value = f"<b>{escape(line.value)}</b>" if line.held else escape(line.value)
        reason = f"　{escape(line.reason)}" if line.reason else ""
        lines.append(
            f'<tr><td {quiet} style="padding-right:12px">{escape(line.title)}</td>'
            f"<td>{value}<br><span {quiet}>{escape(line.when)}{reason}</span></td></tr>"
        )
    return (
        '<p style="margin:0 0 4px 0"><b>任职和变动</b></p>'
        f'<table cellspacing="0" cellpadding="3" style="margin-bottom:8px">{"".join(lines)}</table>'
    )
