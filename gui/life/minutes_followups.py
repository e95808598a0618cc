"""The card of what follows from a meeting: the issue, who sees to it, by when, and whether it is done."""

from collections.abc import Callable, Sequence
from typing import Any

from gui.life.minutes_card import Deeds, MinutesCard
from gui.page import Page
from gui.parts.record_dialog import RecordDialog
from models.kinds import DAY, PERSON, TEXT
from models.ledger import Column
from models.ledgers.life.followups import FOLLOWUP_COLUMNS, STATE, FollowUpRow, followups_of
from models.records.life import followups
from models.rules.deadlines import DONE

_COLUMNS = (
    Column("issue", "事项", TEXT, 34),
    Column("owner", "责任人", TEXT, 10),
    Column("due_on", "完成时限", DAY, 11),
    Column("state", "状态", STATE, 8),
)
_ENTRY = (
    Column("issue", "要办的事项", TEXT, 34, required=True),
    Column("owner", "责任人", PERSON, 12),
    Column("due_on", "时限 年-月-日", DAY, 13),
)


class FollowUpsCard(MinutesCard):
    """A task can be entered and closed after the record is filed too: it is done later than the meeting."""

    def __init__(self, page: Page, keep: Callable[[], object] = lambda: None) -> None:
        deeds = Deeds(self._add, self._open, self._remove, self._close_or_reopen)
        super().__init__(page, "后续事项", _COLUMNS, _ENTRY, self._rows, deeds, keep)
        self.view.emphasise(bold=(), quiet=())
        self.view.setToolTip("回车 打开　空格 办结　Delete 删除")

    def _rows(self, session: Any, activity_id: int) -> tuple[Sequence[FollowUpRow], bool]:
        return followups_of(session, activity_id, self.page.workspace.view.today), False

    def _add(self, values: dict[str, Any]) -> None:
        workspace = self.page.workspace
        with workspace.writing("登记后续事项") as session:
            followups.add(session, values, workspace.view.today, self.activity_id)
        self.refresh()
        self.page.say("后续事项已登记。")

    def _open(self, chosen: FollowUpRow) -> None:
        """Opens a task with what came of it."""

        def save(values: dict[str, Any]) -> None:
            self._change(chosen, values)
            self.page.say("后续事项已保存。")

        known = {column.key: getattr(chosen, column.key) for column in FOLLOWUP_COLUMNS}
        RecordDialog("后续事项", FOLLOWUP_COLUMNS, known, save, self.page, find=self.page.workspace.find).open()

    def _close_or_reopen(self, chosen: FollowUpRow) -> None:
        """Closes a task today, or opens it again."""
        done = chosen.state == DONE
        self._change(chosen, {"done_on": None if done else self.page.workspace.view.today})
        self.page.say("这一项改回未办。" if done else "这一项已办结；办理结果按回车填写，按 Ctrl+Z 撤销。")

    def _remove(self, chosen: FollowUpRow) -> None:
        with self.page.workspace.writing("删除后续事项") as session:
            followups.remove(session, chosen.id)
        self.refresh()
        self.page.say("已删除；按 Ctrl+Z 撤销。")

    def _change(self, chosen: FollowUpRow, values: dict[str, Any]) -> None:
        workspace = self.page.workspace
        with workspace.writing("修改后续事项") as session:
            followups.change(session, chosen.id, values, workspace.view.today)
        self.refresh()
