"""The card of votes: what was decided, the count, and quorum and majority worked out and said in words."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from gui.life.minutes_card import Deeds, MinutesCard
from gui.page import Page
from gui.parts.cards import button, label, restyle, row
from gui.parts.record_dialog import RecordDialog
from models.errors import FieldError, UserError
from models.kinds import NUMBER, TEXT
from models.ledger import Column
from models.ledgers.life.votes import OUTCOME, VOTE_COLUMNS, VoteRow, votes_of
from models.records.life import activities, activity_kinds, decisions, voters
from models.records.life.activities import RECORDING
from models.records.life.voters import Voters
from models.rules.votes import ADMISSION, RULES

_COLUMNS = (
    Column("text", "决议事项", TEXT, 26),
    Column("entitled", "应到（有表决权）", NUMBER, 13),
    Column("present", "实到", NUMBER, 6),
    Column("favour", "赞成", NUMBER, 6),
    Column("against", "反对", NUMBER, 6),
    Column("abstained", "弃权", NUMBER, 6),
    Column("outcome", "结果", OUTCOME, 8),
)
_ENTRY = (
    Column("text", "决议事项，如 同意某同志按期转正", TEXT, 26, required=True),
    Column("favour", "赞成", NUMBER, 8, required=True),
    Column("against", "反对", NUMBER, 8),
    Column("abstained", "弃权", NUMBER, 8),
)
_COUNTED = (
    Column("entitled", "应到（有表决权）", NUMBER, 10, required=True),
    Column("present", "实到（有表决权）", NUMBER, 10, required=True),
)
_WIDE = {"text": 26, "performance": 40, "remark": 26}


class VotesCard(MinutesCard):
    """Who should come and came is taken from the roll; `keep` saves its marks before a vote is entered."""

    def __init__(self, page: Page, keep: Callable[[], object] = lambda: None) -> None:
        deeds = Deeds(self._add, self.open_row, self._remove)
        super().__init__(page, "表决", _COLUMNS, _ENTRY, self._rows, deeds, keep)
        self.view.emphasise(bold=("favour",), quiet=())
        self.view.setToolTip("回车 打开　Delete 删除")
        self.said = label("", "quiet", wrap=True)
        self.source = label("", "small", wrap=True)
        self.elections = button("选举…", self._open_elections, flat=True)
        self.exclusions = button("不计入应到会…", self._open_exclusions, flat=True)
        self.body.insertWidget(1, self.said)
        self.source.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        foot = row(self.elections, self.exclusions, self.source, spacing=4)
        foot.setStretch(2, 1)
        self.body.addLayout(foot)
        self.voters: Voters | None = None
        self._outdated: frozenset[int] = frozenset()
        self.view.chosen.connect(self._show_verdict)
        self.first.entered.connect(self._offer_everybody)

    def show_activity(self, activity_id: int | None) -> None:
        """Shows the votes of an activity of a kind that votes, or that has votes; hides the card otherwise."""
        super().show_activity(activity_id)
        if activity_id is not None:
            self.setVisible(self._votes or bool(self.view.model.rows))

    def refresh(self) -> None:
        """Reads the votes anew, and who has a vote."""
        super().refresh()
        self.exclusions.setHidden(self.locked)
        rows = self.view.model.rows
        if rows and self.view.current_row() is None:
            self.view.select(lambda each: each is rows[-1])
        self._show_verdict(self.view.current_row())

    def _rows(self, session: Any, activity_id: int) -> tuple[Sequence[VoteRow], bool]:
        activity = activities.find(session, activity_id)
        self._votes = activity_kinds.kind_of(session, activity.kind).quorum != "none"
        self.voters = voters.voters(session, activity.id)
        self._outdated = frozenset(each.id for each in decisions.outdated(session, activity.id))
        return votes_of(session, activity.id), activity.state != RECORDING

    def _add(self, values: dict[str, Any]) -> None:
        with self.page.workspace.writing("登记表决") as session:
            added = decisions.decide(session, self.shown(), values)
            verdict = decisions.verdict(added)
            number = added.id
        self.refresh()
        self.view.select(lambda each: each.id == number)
        self.page.say(f"表决已登记：{verdict.outcome}。")

    def ask_for_more(self, values: dict[str, Any], refusal: FieldError) -> None:
        """Opens the form with what was typed, and says at its field what is still needed."""
        dialog = self._form("登记表决", values, self._add_in_form)
        dialog.open()
        dialog.save()
        field = dialog.fields.get(refusal.field)
        if field is not None:
            field.setFocus(Qt.FocusReason.TabFocusReason)

    def open_row(self, chosen: VoteRow) -> None:
        """Opens a vote with rule, way, written opinions and what an admission asks for."""
        if self.locked:
            raise UserError("这份记录已经定稿，请先重新打开再修改。")

        def save(values: dict[str, Any]) -> None:
            with self.page.workspace.writing("修改表决") as session:
                decisions.change(session, chosen.id, values)
            self.refresh()
            self.page.say("表决已保存。")

        known = {column.key: getattr(chosen, column.key) for column in (*_COUNTED, *VOTE_COLUMNS)}
        self._form("表决", known, save).open()

    def _remove(self, chosen: VoteRow) -> None:
        with self.page.workspace.writing("删除表决") as session:
            decisions.remove(session, chosen.id)
        self.refresh()
        self.page.say("已删除这项表决；按 Ctrl+Z 撤销。")

    def _add_in_form(self, values: dict[str, Any]) -> None:
        self._add(values)
        self.forget()

    def _form(self, title: str, known: dict[str, Any], save: Callable[[dict[str, Any]], None]) -> RecordDialog:
        """The form of a vote; people are shown as the roll counts them, and typed only where there is no roll."""
        counted = {} if self.voters is None else {"entitled": self.voters.entitled, "present": self.voters.present}
        columns = [replace(each, width=_WIDE.get(each.key, 10), band="") for each in (*_COUNTED, *VOTE_COLUMNS)]
        text = known.get("text") or ""
        usual = {"rule": known.get("rule") or (decisions.usual_rule("", text).name if text else None)}
        find, locked = self.page.workspace.find, tuple(counted)
        return RecordDialog(title, columns, {**known, **usual, **counted}, save, self.page, find=find, locked=locked)

    def _offer_everybody(self) -> None:
        """Once the resolution is typed: all who are there in favour, to be confirmed or typed over."""
        favour = self.fields["favour"]
        if self.activity_id is not None and self.fields["text"].text():
            self.keep()  # marks of the roll that wait belong to the count
            self.refresh()
        if self.voters is not None and self.fields["text"].text() and not favour.text():
            favour.type_text(str(self.voters.present))
            favour.setFocus(Qt.FocusReason.TabFocusReason)
            cast(QLineEdit, favour.widget).selectAll()  # what is typed now takes its place, also where the cursor was

    def _show_verdict(self, chosen: VoteRow | None) -> None:
        """Says in words why the chosen vote passed or did not, and whether the roll was changed since."""
        sentence, tone, source = "", "plain", ""
        if chosen is not None:
            sentence, source = chosen.reason, RULES[chosen.rule].source
            if chosen.rule == ADMISSION.name and not chosen.performance:
                sentence += "　还没有写主要表现，按回车打开填写。"
            if chosen.id in self._outdated and self.voters is not None:
                sentence = (
                    f"点名改过，现在有表决权的应到 {self.voters.entitled} 人、实到 {self.voters.present} 人，"
                    f"与登记时不同。按回车打开这项表决，核对票数后保存。"
                )
                tone = "warn"
        elif self.voters is not None and not self.locked:
            sentence = f"有表决权的应到 {self.voters.entitled} 人，实到 {self.voters.present} 人。"
        self.said.setText(sentence)
        self.said.setVisible(bool(sentence))
        restyle(self.said, tone=tone)
        self.source.setText(source)

    def _open_elections(self) -> None:
        from gui.life.election_dialog import ElectionDialog

        self.keep()
        ElectionDialog(self.page, self.shown(), self.locked).open()

    def _open_exclusions(self) -> None:
        from gui.life.exclusion_dialog import ExclusionDialog

        self.keep()
        dialog = ExclusionDialog(self.page, self.shown())
        dialog.finished.connect(self.refresh)
        dialog.open()
