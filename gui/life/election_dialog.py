"""An election from candidates to count: the ballot in order of strokes, the votes, who is elected and why."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QVBoxLayout

from gui.life.election_forms import ask_for_election, ask_for_posts, change_election
from gui.life.election_table import ElectionTable
from gui.messages import ask
from gui.page import Page
from gui.papers.papers import preview
from gui.parts.cards import Card, button, fill, label, restyle, row
from gui.parts.chooser import Chooser
from gui.parts.dialog_size import open_at
from gui.parts.fields import Field, enter_leads_on
from gui.parts.person_completer import PersonCompleter
from gui.parts.saving_dialog import SavingDialog
from gui.theme import scaled
from gui.workspace import Found
from models.errors import FieldError, UserError
from models.kinds import NUMBER
from models.ledger import Column
from models.ledgers.life.election_page import ElectionPage, election_page
from models.records.life import elections
from models.rules.votes import PASSED

_BALLOTS = (
    Column("issued", "发出选票", NUMBER, 7),
    Column("returned", "收回选票", NUMBER, 7),
    Column("spoilt", "其中无效", NUMBER, 7),
)
_PAPERS = (("life_ballot", "选票"), ("life_count_sheet", "计票报告单"), ("life_nominations", "提名汇总表"))
_KEYS = "回车 下一格　Alt+↑↓ 调整次序　Delete 去掉　Ctrl+S 计票"


class ElectionDialog(SavingDialog):
    """The elections of one meeting; candidates are saved as they are added, votes with Ctrl+S."""

    chapter = "votes"

    def __init__(self, page: Page, activity_id: int, locked: bool = False) -> None:
        super().__init__(page)
        self.page, self.activity_id, self.locked = page, activity_id, locked
        self.shown: ElectionPage | None = None
        self._leaving = False
        self.setWindowTitle("选举")
        self.chooser = Chooser("选举", letters=16)
        self.chooser.picked.connect(self.show_election)
        self.new_button = button("新的选举…", self.ask_for_one)
        self.change_button = button("选举情况…", self._change, flat=True)
        self.remove_button = button("删除这次选举", self._ask_to_remove, flat=True)
        self.about = label("", "quiet", wrap=True)
        self.table = ElectionTable()
        self.add = QLineEdit()
        self.add.setPlaceholderText("加候选人：姓名、首字母，回车")
        self.write_in = QLineEdit()
        self.write_in.setPlaceholderText("另选他人：姓名，回车")
        self.sort_button = button("按姓氏笔画排", self._sort, flat=True)
        self.ballots = {column.key: Field(column) for column in _BALLOTS}
        self.reason = label("", "strong", wrap=True)
        self.problem = label("", "error", wrap=True)
        self.count_button = button("计票　Ctrl+S", self.count, primary=True)
        self.again_button = button("再次投票", self._vote_again)
        self.seat_button = button("登记进支部班子…", self._seat)
        self.papers = [button(f"{title}", self._printing(name)) for name, title in _PAPERS]
        self._lay_out()
        self._connect()
        open_at(self, 960, 620)
        self._offer()

    def show_election(self, election_id: int | None) -> None:
        """Shows one election; None where there is none yet. What is typed for it and not counted stays."""
        if self.shown is None or self.shown.id != election_id:
            self._forget()
        with self.page.workspace.reading() as session:
            self.shown = election_page(session, election_id) if election_id is not None else None
        shown = self.shown
        for part in (self.table, self.add, self.write_in, self.sort_button, self.count_button, *self.papers):
            part.setEnabled(shown is not None)
        for part in (self.add, self.write_in, self.sort_button, self.count_button, self.new_button):
            part.setHidden(self.locked)
        self.change_button.setHidden(shown is None or self.locked)
        self.remove_button.setHidden(shown is None or self.locked)
        self.again_button.setHidden(shown is None or not (shown.counted and shown.vacant) or self.locked)
        self.seat_button.setHidden(shown is None or not shown.winners or shown.seated or self.locked)
        self.table.show_lines(shown.lines if shown is not None else (), self.locked)
        self._show_words()

    def ask_for_one(self) -> None:
        """Asks for a new election of this meeting."""
        ask_for_election(self.page, self, self.activity_id, self._offer)

    def count(self) -> None:
        """Saves ballots and votes, and says who is elected."""
        shown = self._shown()
        self.problem.clear()
        wrong = [field for field in self.ballots.values() if not field.check()]
        if wrong:
            wrong[0].setFocus(Qt.FocusReason.TabFocusReason)
            return
        try:
            votes = self.table.votes()
            ballots = {key: field.value() or 0 for key, field in self.ballots.items()}
            with self.page.workspace.writing("选举计票") as session:
                elections.count(session, shown.id, ballots, votes)
        except FieldError as refusal:
            self._refuse(refusal)
        except (ValueError, UserError) as refusal:
            self.problem.setText(str(refusal))
        else:
            self._forget()
            self.show_election(shown.id)

    def done(self, result: int) -> None:
        """Leaves, after a question when votes were typed and not counted."""
        if self.is_changed and not self._leaving:
            ask(self, "填写的票数还没有计票，要放弃吗？", yes="放弃", no="继续填写", loses=True, then=self._leave)
            return
        super().done(result)

    @property
    def is_changed(self) -> bool:
        """Whether ballots or votes were typed that are not counted yet."""
        return self.table.is_changed or any(field.is_changed() for field in self.ballots.values())

    def open(self) -> None:
        super().open()
        if self.shown is None and not self.locked:
            self.ask_for_one()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.count()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def _offer(self, chosen: int | None = None) -> None:
        """Offers the elections of the meeting and shows one of them, the last where none is named."""
        with self.page.workspace.reading() as session:
            known = [(f"{each.body}（{each.way}）", each.id) for each in elections.of(session, self.activity_id)]
        self.chooser.offer(known)
        self.chooser.setHidden(len(known) < 2)
        number = chosen if chosen is not None else known[-1][1] if known else None
        self.chooser.choose(number)
        self.show_election(number)

    def _show_words(self) -> None:
        shown = self.shown
        if shown is None:
            self.about.setText("还没有登记选举。按“新的选举”，先写选什么、选几名。")
            self.reason.clear()
            return
        values = shown.values
        told = [f"{values['body']}　{values['way']}　应选 {values['seats']} 名"]
        told += [f"总监票人 {values['teller']}"] if values["teller"] else []
        told += [f"计票人 {values['counters']}"] if values["counters"] else []
        self.about.setText("　".join(told) + ("　当选人已登记进支部班子" if shown.seated else ""))
        usual = {"issued": values["present"], "returned": values["present"], "spoilt": 0}
        for key, field in self.ballots.items():
            if not field.is_changed():
                field.set_value(values[key] if shown.counted else usual[key])
            field.set_read_only(self.locked)
        self.reason.setText(shown.reason)
        restyle(self.reason, tone="plain" if not shown.counted else "good" if shown.outcome == PASSED else "warn")

    def _forget(self) -> None:
        """Lets go of what was typed and is not counted."""
        self.table.settle()
        for field in self.ballots.values():
            field.set_value(None)

    def _leave(self) -> None:
        self._leaving = True
        self.reject()

    def _nominate(self, who: int | str, listed: bool) -> None:
        shown = self._shown()
        self.problem.clear()
        try:
            with self.page.workspace.writing("登记候选人") as session:
                elections.nominate(session, shown.id, who, listed=listed)
        except UserError as refusal:
            self.problem.setText(str(refusal))
        self.show_election(shown.id)

    def _add_typed(self, field: QLineEdit, listed: bool) -> None:
        """Enter in a field: whoever is typed, from the roster where one is meant."""
        text = field.text().strip()
        if text:
            found = [each for each in self.page.workspace.find(text) if each.name == text]
            field.clear()
            self._nominate(found[0].id if len(found) == 1 else text, listed)

    def _take(self, found: Found, field: QLineEdit, listed: bool) -> None:
        field.clear()
        self._nominate(found.id, listed)

    def _move(self, by: int) -> None:
        chosen = self.table.chosen()
        if chosen is None or not chosen.listed or self.locked:
            return
        with self.page.workspace.writing("调整候选人次序") as session:
            elections.move(session, chosen.id, by)
        row_before = self.table.currentRow()
        self.show_election(self._shown().id)
        self.table.setCurrentCell(max(0, min(row_before + by, self.table.rowCount() - 1)), 3)

    def _withdraw(self) -> None:
        chosen = self.table.chosen()
        if chosen is None or self.locked:
            return

        def withdraw() -> None:
            with self.page.workspace.writing("去掉候选人") as session:
                elections.withdraw(session, chosen.id)
            self.show_election(self._shown().id)

        ask(self, f"要把{chosen.name}从选票上去掉吗？", yes="去掉", then=withdraw)

    def _sort(self) -> None:
        with self.page.workspace.writing("候选人按姓氏笔画排序") as session:
            elections.sort_by_strokes(session, self._shown().id)
        self.show_election(self._shown().id)

    def _vote_again(self) -> None:
        with self.page.workspace.writing("再次投票") as session:
            number = elections.vote_again(session, self._shown().id).id
        self._offer(number)

    def _seat(self) -> None:
        shown = self._shown()
        ask_for_posts(self.page, self, shown, lambda: self.show_election(shown.id))

    def _change(self) -> None:
        shown = self._shown()
        change_election(self.page, self, shown, lambda: self._offer(shown.id))

    def _ask_to_remove(self) -> None:
        shown = self._shown()

        def remove() -> None:
            with self.page.workspace.writing("删除选举") as session:
                elections.remove(session, shown.id)
            self._offer()

        ask(self, "要删除这次选举和它的候选人、票数吗？", yes="删除", then=remove)

    def _printing(self, name: str) -> Callable[[], None]:
        def show() -> None:
            from gui.papers.paper_files import drawing
            from models.ledgers.life.vote_papers import election_record

            with self.page.workspace.reading() as session:
                record: Any = election_record(session, name, self._shown().id)
            preview(self.page, dict(_PAPERS)[name], drawing(name, [record]))

        return show

    def _refuse(self, refusal: FieldError) -> None:
        self.problem.setText(str(refusal))
        if refusal.field.startswith("votes_"):
            self.table.go_to_votes(int(refusal.field.removeprefix("votes_")))
        elif refusal.field in self.ballots:
            self.ballots[refusal.field].setFocus(Qt.FocusReason.TabFocusReason)

    def _shown(self) -> ElectionPage:
        if self.shown is None:
            raise UserError("还没有登记选举，请先按“新的选举”。")
        return self.shown

    def _lay_out(self) -> None:
        head = row(self.chooser, self.about, self.change_button, self.remove_button, self.new_button, spacing=8)
        head.setStretch(1, 1)
        for line in (self.add, self.write_in):
            line.setMinimumWidth(scaled(self, 230))
        tools = row(self.add, self.write_in, self.sort_button, 1)
        counted = row(spacing=8)
        for field in self.ballots.values():
            field.setFixedWidth(90)
            counted.addWidget(field.title)
            counted.addWidget(field)
        counted.addStretch(1)
        counted.addWidget(self.again_button)
        counted.addWidget(self.seat_button)
        body = Card(tools, self.table, label(_KEYS, "small"), counted, self.reason, spacing=10)
        foot = row(*self.papers, self.problem, self.count_button, button("关闭", self.accept))
        foot.setStretch(len(self.papers), 1)
        layout = QVBoxLayout(self)
        fill(layout, head, body, foot, spacing=12, margins=(18, 14, 18, 14))
        layout.setStretch(1, 1)
        body.body.setStretch(1, 1)

    def _connect(self) -> None:
        self.table.moved.connect(self._move)
        self.table.removed.connect(self._withdraw)
        for line, listed in ((self.add, True), (self.write_in, False)):
            completer = PersonCompleter(line, self.page.workspace.find, say_nothing_found=False)
            completer.chosen.connect(lambda found, at=line, on=listed: self._take(found, at, on))
            line.returnPressed.connect(lambda at=line, on=listed: self._add_typed(at, on))
        fields = list(self.ballots.values())
        enter_leads_on(fields)
        fields[-1].entered.connect(self.table.go_to_votes)
