"""The card of the agenda: items with tags, and behind each who said what."""

from collections.abc import Callable
from typing import Any

from gui.life.minutes_card import MinutesCard
from gui.page import Page
from models.kinds import TEXT, Choice
from models.ledger import Column
from models.ledgers.agenda_page import AGENDA_COLUMNS, AgendaRow, agenda_rows
from models.records import activities, activity_kinds, agenda
from models.records.activities import RECORDING

_ENTRY = (
    Column("title", "议题", TEXT, 30, required=True),
    Column("tags", "标签", Choice(agenda.TAGS, open=True), 18),
)


class AgendaCard(MinutesCard):
    """Shown for meetings that decide, and wherever an agenda was entered."""

    name = "agenda"

    def __init__(self, page: Page, keep: Callable[[], object] = lambda: None) -> None:
        super().__init__(page, "议题和发言", AGENDA_COLUMNS, _ENTRY, keep)
        self.view.setToolTip("回车 记发言　Delete 删除")
        self._decides = False

    def show_activity(self, activity_id: int | None) -> None:
        """Shows the agenda of an activity; hides the card where there is none and none is usual."""
        super().show_activity(activity_id)
        if activity_id is not None:
            self.setVisible(bool(self.view.model.rows) or (self._decides and not self.locked))

    def refresh(self) -> None:
        assert self.activity_id is not None
        with self.page.workspace.reading() as session:
            activity = activities.find(session, self.activity_id)
            self._decides = activity_kinds.kind_of(session, activity.kind).quorum != "none"
            rows = agenda_rows(session, activity.id)
        self.show_rows(rows, activity.state != RECORDING or self.page.workspace.database.read_only)

    def add(self, values: dict[str, Any]) -> None:
        assert self.activity_id is not None
        with self.page.workspace.writing("登记议题") as session:
            number = agenda.put(session, self.activity_id, values).id
        self.refresh()
        self.view.select(lambda each: each.id == number)
        self.page.say("议题已登记；在表里按回车记发言。")

    def open_row(self, chosen: AgendaRow) -> None:
        """Opens what was said to an item."""
        from gui.life.agenda_dialog import AgendaDialog

        assert self.activity_id is not None
        dialog = AgendaDialog(self.page, self.activity_id, chosen, self.locked)
        dialog.finished.connect(self.refresh)
        dialog.open()

    def remove_row(self, chosen: AgendaRow) -> None:
        with self.page.workspace.writing("删除议题") as session:
            agenda.remove(session, chosen.id)
        self.refresh()
        self.page.say("已删除这个议题和它的发言；按 Ctrl+Z 撤销。")
