"""Choosing the people of a round by ticking them: found by name or initials, ticked with the space bar."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QVBoxLayout

from gui.page import Page
from gui.parts.cards import button, fill, label, line_edit, row
from gui.parts.chooser import Chooser
from gui.parts.dialog_size import open_at
from gui.parts.saving_dialog import SavingDialog
from models.ledgers.care import round_page as care_round_page
from models.ledgers.care.round_page import GROUPS, Candidate
from models.records.care import rounds as care_rounds
from models.records.care.rounds import CATEGORIES, Chosen
from models.variants import expression

_OWN = "按名单建议"


class RoundPeople(SavingDialog):
    """Offers those who are not on the list yet; a tick stays while the list is narrowed."""

    chapter = "rounds"

    def __init__(self, page: Page, round_id: int) -> None:
        super().__init__(page)
        self.page = page
        self._round_id = round_id
        self.setWindowTitle("选择慰问对象")
        with page.workspace.reading() as session:
            self._found = care_round_page.candidates(session, round_id)
        self.search = line_edit("姓名、首字母", lambda _words: self._narrow())
        self.group = Chooser("范围", [(each, each) for each in ("全部", *GROUPS)], letters=7)
        self.category = Chooser("慰问类别", [(_OWN, None), *((each, each) for each in CATEGORIES)], letters=8)
        self.list = QListWidget()
        self.list.setAccessibleName("可以选择的人")
        self.count = label("", "strong")
        self.tick_all = button("选中列出的人", self._tick_shown)
        self.save_button = button("选入名单", self._save, primary=True)
        self._fill()
        head = row(self.search, self.group, label("类别", "quiet"), self.category)
        foot = row(self.count, 1, self.tick_all, button("取消", self.reject), self.save_button)
        keys = label("回车 勾上第一位　↓ 到名单里　空格 打勾　Ctrl+回车 选入名单", "quiet")
        layout = QVBoxLayout(self)
        fill(layout, head, self.list, keys, foot, spacing=10, margins=(18, 14, 18, 14))
        layout.setStretch(1, 1)
        self.group.picked.connect(lambda _group: self._narrow())
        self.list.itemChanged.connect(lambda _item: self._tell())
        self.search.returnPressed.connect(self._to_list)
        self._tell()
        open_at(self, 620, 560)
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def ticked(self) -> list[Candidate]:
        """Those who are ticked, shown or not."""
        return [
            each
            for number, each in enumerate(self._found)
            if self.list.item(number).checkState() == Qt.CheckState.Checked
        ]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._save()
        elif event.key() == Qt.Key.Key_Down and self.focusWidget() is self.search:
            self._into_list()
        elif not enter:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        for each in self._found:
            item = QListWidgetItem(f"{each.name}　{each.category}　{each.detail}")
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Unchecked)
            self.list.addItem(item)

    def _narrow(self) -> None:
        words, group = self.search.text().strip().casefold(), self.group.value()
        said = expression(words)
        shown: list[int] = []
        for number, each in enumerate(self._found):
            named = said.search(each.name) or each.initials.startswith(words)
            fits = named and group in ("全部", each.group)
            self.list.item(number).setHidden(not fits)
            shown += [number] if fits else []
        if shown:
            self.list.setCurrentRow(shown[0])

    def _to_list(self) -> None:
        """Enter in the search ticks the first who is found, ready for the next name."""
        for item in self.list.selectedItems():
            if not item.isHidden():
                item.setCheckState(Qt.CheckState.Checked)
        self.search.selectAll()

    def _into_list(self) -> None:
        """The arrow leads from the search to the people, whom the space bar ticks."""
        if self.list.currentRow() < 0:
            self.list.setCurrentRow(0)
        self.list.setFocus(Qt.FocusReason.TabFocusReason)

    def _tick_shown(self) -> None:
        for number in range(self.list.count()):
            item = self.list.item(number)
            if not item.isHidden():
                item.setCheckState(Qt.CheckState.Checked)

    def _tell(self) -> None:
        chosen = len(self.ticked())
        self.count.setText(f"已选 {chosen} 人")
        self.save_button.setEnabled(chosen > 0)

    def _save(self) -> None:
        chosen, category = self.ticked(), self.category.value()
        if not chosen:
            return
        with self.page.workspace.writing(f"选入慰问名单（{len(chosen)} 人）") as session:
            for each in chosen:
                who = Chosen(each.name, category or each.category, each.member_id, each.case_id, each.branch_id)
                care_rounds.choose(session, self._round_id, who)
        self.page.say(f"已选入 {len(chosen)} 人；按 Ctrl+Z 撤销。")
        self.accept()
