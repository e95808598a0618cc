"""The card of the agenda: items with tags, and behind each who said what."""

from collections.abc import Callable, Sequence
from typing import Any

from gui.life.minutes_card import Deeds, MinutesCard
from gui.page import Page
from models.kinds import TEXT, Choice
from models.ledger import Column
from models.ledgers.life.agenda_page import AGENDA_COLUMNS, AgendaRow, agenda_rows
from models.records.life import activities, activity_kinds, agenda
from models.records.life.activities import RECORDING

_ENTRY = (
    Column("title", "议题", TEXT, 30, required=True),
    Column("tags", "标签", Choice(agenda.TAGS, open=True), 18),
)


class AgendaCard(MinutesCard):
    """Shown for meetings that decide, and wherever an agenda was entered."""

    def __init__(self, page: Page, keep: Callable[[], object] = lambda: None) -> None:
        deeds = Deeds(self._add, self._open, self._remove)
        super().__init__(page, "议题和发言", AGENDA_COLUMNS, _ENTRY, self._rows, deeds, keep)
        self.view.setToolTip("回车 记发言　Delete 删除")
        self._decides = False

    def show_activity(self, activity_id: int | None) -> None:
        """Shows the agenda of an activity; hides the card where there is none and none is usual."""
        super().show_activity(activity_id)
        if activity_id is not None:
            self.setVisible(bool(self.view.model.rows) or (self._decides and not self.locked))

    def _rows(self, session: Any, activity_id: int) -> tuple[Sequence[AgendaRow], bool]:
        activity = activities.find(session, activity_id)
        self._decides = activity_kinds.kind_of(session, activity.kind).quorum != "none"
        return agenda_rows(session, activity.id), activity.state != RECORDING

    def _add(self, values: dict[str, Any]) -> None:
        with self.page.workspace.writing("登记议题") as session:
            number = agenda.put(session, self.shown(), values).id
        self.refresh()
        self.view.select(lambda each: each.id == number)
        self.page.say("议题已登记；在表里按回车记发言。")

    def _open(self, chosen: AgendaRow) -> None:
        """Opens what was said to an item."""
        from gui.life.agenda_dialog import AgendaDialog

        dialog = AgendaDialog(self.page, self.shown(), chosen, self.locked)
        dialog.finished.connect(self.refresh)
        dialog.open()

    def _remove(self, chosen: AgendaRow) -> None:
        with self.page.workspace.writing("删除议题") as session:
            agenda.remove(session, chosen.id)
        self.refresh()
        self.page.say("已删除这个议题和它的发言；按 Ctrl+Z 撤销。")
