"""The view 记录 of 组织生活: the year's activities at the left, the one that is chosen beside them."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedLayout, QWidget

from gui.life import minutes_deeds as deeds
from gui.life import minutes_forms as forms
from gui.life.minutes_agenda import AgendaCard
from gui.life.minutes_card import MinutesCard
from gui.life.minutes_drafts import DraftKeeper
from gui.life.minutes_files import MinutesFiles
from gui.life.minutes_followups import FollowUpsCard
from gui.life.minutes_header import MinutesHeader
from gui.life.minutes_list import MinutesList
from gui.life.minutes_plan import PlanCard
from gui.life.minutes_record import MinutesRecord
from gui.life.minutes_votes import VotesCard
from gui.page import Page
from gui.parts.cards import Empty, button, row
from gui.workspace import Found, Workspace
from models.errors import FieldError, UserError
from models.ledgers.life.minutes_page import Entry, MinutesPage, entries, minutes_page, years
from models.records.life import activities, activity_kinds, phrases, recording, roll_call
from models.records.life.activities import HELD, RECORDING, STATES
from models.records.life.attendance import Mark
from models.records.members.organisation import branches
from models.rules import templates

_IN_MEMORY = "草稿也没有存上；写下的内容还在，请不要关程序，腾出空间、插好盘以后，打开这份记录再保存。"


class MinutesView(Page):
    """Keeps what is typed as a draft every few seconds, saves it with Ctrl+S and when another record is chosen."""

    keys = "空格 切换出席　1 出席 2 请假 3 公出 4 缺席　Ctrl+S 保存　Alt+D 定稿"
    chapter = "minutes"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace)
        self.shown: MinutesPage | None = None
        self.list = MinutesList(self.new_record)
        self.record = MinutesRecord(workspace.find)
        self.plan = PlanCard(self.begin_record, self.drop, self.replan)
        self.cards: tuple[MinutesCard, ...] = (
            AgendaCard(self, self.record.roll.keep),
            VotesCard(self, self.record.roll.keep),
            FollowUpsCard(self, self.record.roll.keep),
        )
        for card in self.cards:
            self.record.below.addWidget(card)
        self.nothing = Empty("", button("新记录　Ctrl+N", self.new_record, primary=True), icon="message-square")
        self.header = self.head = MinutesHeader(self)
        self.drafts = DraftKeeper(workspace.database, self._typed, self)
        self._restored: dict[str, str] = {}  # the draft that was found, as it was typed
        self._faces = QStackedLayout()
        for face in (self.nothing, self.plan, self.record):
            self._faces.addWidget(face)
        right = QWidget()
        right.setLayout(self._faces)
        layout = row(self.list, right, spacing=14)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._connect()
        self._set_keys()

    def reload(self) -> None:
        view, chosen = self.workspace.view, self.shown.id if self.shown is not None else None
        with self.workspace.reading() as session:
            offered = [(each.name, each.id) for each in branches(session)]
            kinds = [(each.name, each.key) for each in activity_kinds.kinds(session) if each.kept_in == "activities"]
            first = self.list.year.value() is None
            self.list.offer(years(session, view.today), offered, kinds)
            if first:
                self.list.year.choose(view.period.year)
                self.list.branch.choose(view.branch_id)
            found = entries(session, self.list.year.value(), self.list.branch.value(), self.list.kind.value())
            if not any(each.id == chosen for each in found) and not (chosen and self._is_there(session, chosen)):
                chosen = _first(found)
        self.list.show_entries(found, chosen)
        (self._open if self.shown is None else self._look_at)(chosen)

    def show_target(self, target: Any) -> None:
        """Shows the activity of this number, in its year; with (number, words) the place where the words stand."""
        self.leave()
        number, words = target if isinstance(target, tuple) else (target, ())
        with self.workspace.reading() as session:
            found = activities.find(session, number)
            day, month = found.held_on or found.planned_on, found.planned_month
        year = day.year if day is not None else month.year if month is not None else None
        self.list.filter.clear()
        self.list.kind.choose(None)
        self.list.branch.choose(found.branch_id if self.list.branch.value() is not None else None)
        self.list.year.choose(year)
        self._open(found.id)
        self.reload()
        self.record.text.show_words(words)
        if self.shown is not None and self.shown.state == RECORDING and self.shown.count.unmarked:
            QTimer.singleShot(0, self, self._go_to_roll)

    def new_record(self) -> None:
        """Asks for a new record of the kind and branch that are looked at."""
        self.leave()
        kind, branch_id = self.list.kind.value(), self.list.branch.value()
        forms.ask_for_record(self, kind, branch_id, self._begun)

    def begin_record(self) -> None:
        """Begins the record of the plan that is shown."""
        forms.ask_when_held(self, self.chosen(), self._begun)

    def save(self) -> None:
        """Saves for good what was typed, and says so."""
        self.record.roll.keep()
        if not self.record.is_changed:
            self.say("都已保存。")
            return
        said = self._save()
        if said is not None:
            self.say(f"{self.chosen().title}记录已保存。{said}")

    def leave(self) -> None:
        """Saves what was typed before something else is shown; what cannot be saved stays as a draft, or in memory."""
        self.record.roll.keep()
        if self.shown is None or self.shown.state != RECORDING or not self.record.is_changed:
            return
        if self.record.typed() == self._restored:
            return  # a draft that was found and not touched stays one until somebody has looked at it
        stays = "写下的内容已存为草稿。" if self.drafts.keep() else _IN_MEMORY
        title = self.shown.title
        try:
            said = self._save()
        except UserError as refusal:
            self.refuse(f"{title}记录没有保存：{refusal}{stays}")
        else:
            if said is None:
                self.refuse(f"{title}记录有一项填得不对，没有保存；{stays}")
            elif said:
                self.say(said)

    @property
    def unkept(self) -> str:
        count = len(self.drafts.unkept)
        if count:
            return f"有 {count} 份会议记录没有存上，离开就丢了。"
        half = [f"“{card.heading.text()}”" for card in self.cards if card.waits]
        return f"会议记录的{'、'.join(half)}里有一行写了还没有登记，离开就丢了。" if half else ""

    def print_out(self) -> None:
        self.leave()
        deeds.print_record(self, self.chosen())

    def export(self) -> None:
        self.leave()
        deeds.write_docx(self, self.chosen())

    def open_files(self) -> None:
        """Shows the signed copy, the photographs, the sheet of signatures."""
        shown = self.chosen()
        if shown.state not in HELD:
            raise UserError("这项活动还没有记录，开始记录以后再存签字件、照片。")
        MinutesFiles(self, shown.id, shown.title, locked=self.workspace.database.read_only).open()

    def print_sheet(self) -> None:
        """The sheet to be signed at the door, of a plan too."""
        from gui.life.minutes_papers import preview_sign_in

        preview_sign_in(self, self.chosen().id)

    def file(self) -> None:
        """Saves what was typed, checks the record and files it."""
        shown = self.chosen()
        if shown.state != RECORDING:
            raise UserError("只有记录中的活动能定稿。")
        self._fill_known()
        if not self.record.is_changed or self._save() is not None:
            deeds.file(self, shown, self.record.go_to)

    def reopen(self) -> None:
        """Asks why a filed record is opened again."""
        forms.ask_to_reopen(self, self.chosen())

    def upload(self) -> None:
        """Asks when the record was put on the platform above."""
        forms.ask_about_upload(self, self.chosen())

    def unhold(self) -> None:
        """Makes the record a plan again, after a question."""
        deeds.ask_to_unhold(self, self.chosen())

    def remove(self) -> None:
        """Removes the activity, after a question."""
        deeds.ask_to_remove(self, self.chosen())

    def drop(self) -> None:
        """Asks why the plan was not held."""
        forms.ask_why_dropped(self, self.chosen())

    def replan(self) -> None:
        """Makes a plan again of what was not held."""
        deeds.replan(self, self.chosen())

    def chosen(self) -> MinutesPage:
        """The activity that is shown; UserError where none is."""
        if self.shown is None:
            raise UserError("请先在左边选一次活动，或按 Ctrl+N 新建记录。")
        return self.shown

    def recall(self) -> None:
        """Calls the roll anew for the day that stands."""
        shown = self.chosen()
        self.record.roll.keep()
        with self.workspace.writing(f"重列{shown.title}应到名单") as session:
            called = recording.recall(session, shown.id)
        self.say(called.sentence or "应到名单与那一天的名册一致。")

    def _save(self) -> str | None:
        """Saves what was typed; what is to be said of the roll, None where a field cannot be read or was refused."""
        shown = self.chosen()
        wrong = self.record.check()
        if wrong:
            self.record.go_to(wrong)
            return None
        try:
            with self.workspace.writing(f"保存{shown.title}记录") as session:
                called = recording.save(session, shown.id, self.record.values(), self.workspace.view.today)
        except FieldError as refusal:
            if not self.record.show_refusal(refusal.field, str(refusal)):
                raise
            return None
        self.record.settle()
        self.drafts.settle(shown.id)
        self.record.text.show_draft(None)
        return called.sentence

    def _open(self, activity_id: int | None) -> None:
        """Turns to another activity, with its draft if there is one."""
        self.record.forget()
        self.shown = None
        self._look_at(activity_id)
        found: MinutesPage | None = self.shown
        draft = found.draft if found is not None and found.state == RECORDING else None
        held = self.drafts.unkept.get(found.id) if found is not None and found.state == RECORDING else None
        self.drafts.follow(activity_id, draft.content if draft is not None else {})
        self.record.text.show_draft(None)
        self._restored = dict(draft.content) if draft is not None and held is None else {}
        if held is not None:
            self.record.restore(held)
            self.drafts.note()
            self.say("没有存上的内容已放回，请再保存一次。")
        elif draft is not None:
            self.record.restore(draft.content)
            self.record.text.show_draft(draft.at)
            changed = "记录在那以后又改过，请核对后再保存。" if draft.outdated else ""
            self.say(f"找到 {draft.at:%m月%d日 %H:%M} 的草稿，已恢复。{changed}")

    def _look_at(self, activity_id: int | None) -> None:
        """Shows an activity as it stands in the file now; what is being typed stays."""
        if activity_id is None:
            self.shown = None
            self.nothing.words.setText("这里还没有记录。开过会、搞过活动以后，按 Ctrl+N 新建记录，先点名，再写内容。")
            self._faces.setCurrentWidget(self.nothing)
        elif self.shown is not None and self.shown.id != activity_id:
            self._open(activity_id)
            return
        else:
            with self.workspace.reading() as session:
                self.shown = minutes_page(session, activity_id)
                offered = phrases.phrases(session, self.shown.kind)
            if self.shown.state in HELD:
                self.record.show_page(self.shown, self.workspace.database.read_only)
                self.record.text.offer(offered)
                self._faces.setCurrentWidget(self.record)
            else:
                self.plan.show_page(self.shown)
                self._faces.setCurrentWidget(self.plan)
        self.head.show_page(self.shown)
        for card in self.cards:
            card.show_activity(activity_id if self.shown is not None and self.shown.state in HELD else None)

    def _choose(self, activity_id: int) -> None:
        if self.shown is None or self.shown.id != activity_id:
            self.leave()
            self._open(activity_id)

    def _narrow(self) -> None:
        self.leave()
        self.reload()

    def _begun(self, activity_id: int) -> None:
        """A record was begun: it is shown, ready for the calling of the roll."""
        self.show_target(activity_id)
        shown = self.chosen()
        self.say(f"已列出应到 {shown.count.entitled} 人，请点名。" if shown.roll else "请登记参加的人，再写内容。")
        QTimer.singleShot(0, self, self._go_to_roll)

    def _go_to_roll(self) -> None:
        if self.chosen().roll:
            self.record.roll.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.record.roll.add.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark(self, marks: dict[int, Mark]) -> None:
        shown = self.chosen()
        try:
            with self.workspace.writing(f"{shown.title}点名") as session:
                roll_call.mark(session, shown.id, marks)
        except UserError:
            self.record.roll.give_back(marks)
            raise

    def _bring(self, found: Found) -> None:
        shown = self.chosen()
        named = shown.entitled == "named"
        self.record.roll.keep()
        with self.workspace.writing(f"{shown.title}加{'参加' if named else '列席'}人员") as session:
            roll_call.bring(session, shown.id, found.id, called=named)
        self.say(f"已把{found.name}加入{'参加' if named else '列席'}名单。")

    def _take_off(self, member_id: int) -> None:
        shown = self.chosen()
        with self.workspace.writing(f"{shown.title}从名单去掉一人") as session:
            roll_call.take_off(session, shown.id, member_id)

    def _set_dual(self, member_id: int, dual: bool) -> None:
        shown = self.chosen()
        with self.workspace.writing(f"{shown.title}登记双重组织生活") as session:
            roll_call.set_dual(session, shown.id, member_id, dual)

    def _fill(self) -> None:
        """Fills in the text what is known, and says so where it is nothing."""
        if not self._fill_known():
            raise UserError("还没有可以填入的内容；人数在全部点名以后填入。")

    def _fill_known(self) -> bool:
        """Fills in the text what is known: numbers once all are called."""
        self.record.roll.keep()
        with self.workspace.reading() as session:
            known = recording.places(session, self.chosen().id)
        before = self.record.text.text.text()
        filled = templates.fill(before, known)
        if filled != before:
            self.record.text.replace(filled)
        return filled != before

    def _typed(self) -> dict[str, str]:
        return self.record.typed() if self.shown is not None and self.shown.state == RECORDING else {}

    def _is_there(self, session: Any, activity_id: int) -> bool:
        """Whether the record that is being typed is still there, though the list shows others."""
        return self.record.is_changed and session.get(activities.Activity, activity_id) is not None

    def _connect(self) -> None:
        roll = self.record.roll
        self.list.chosen.connect(self._choose)
        self.list.narrowed.connect(self._narrow)
        self.record.changed.connect(self.drafts.note)
        self.record.fields.upload_wanted.connect(self.upload)
        self.record.text.fill_wanted.connect(self._fill)
        self.drafts.kept.connect(self.record.text.show_draft)
        self.drafts.failed.connect(lambda why: self.record.text.show_draft(None, f"草稿没有存上：{why}"))
        self.record.text.edit_wanted.connect(lambda: self.go("settings", "常用语和模板"))
        roll.marked.connect(self._mark)
        roll.brought.connect(self._bring)
        roll.taken_off.connect(self._take_off)
        roll.dual_set.connect(self._set_dual)
        roll.recall_wanted.connect(self.recall)

    def _set_keys(self) -> None:
        for keys, slot in (
            ("Ctrl+S", self.save),
            ("Alt+D", self.file),
            ("Alt+H", lambda: self.record.roll.list.setFocus(Qt.FocusReason.ShortcutFocusReason)),
            ("Alt+R", lambda: self.record.text.text.setFocus(Qt.FocusReason.ShortcutFocusReason)),
            ("Alt+F", self.open_files),
            ("F8", self.record.text.go_to_blank),
        ):
            # Of the whole window: the buttons beside the page's title are no children of this view.
            QShortcut(QKeySequence(keys), self).activated.connect(slot)


def _first(found: Sequence[Entry]) -> int | None:
    """What is shown at first: one with a draft, the record that is being kept, the last that was, the first plan."""
    for each in found:
        if each.has_draft:
            return each.id
    for states in ((RECORDING,), HELD, STATES):
        for each in found:
            if each.state in states:
                return each.id
    return None
