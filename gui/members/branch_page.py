"""The branch itself: committee and terms, birthdays, task forces, retirements, changes, statistics, its own card."""

from dataclasses import dataclass
from typing import Any

from gui.ledgers.chapter_page import ChapterPage
from gui.members.branch_chapters import CARD, CHAPTERS
from gui.members.branch_forms import ask_for_card
from gui.papers.paper_files import preview_paper
from gui.workspace import Workspace
from models.kinds import TEXT
from models.ledger import Column, Sheet
from models.ledgers.cards import CARD_ITEMS, card_values
from models.records import organisation


@dataclass(frozen=True)
class _Item:
    """One item of the organisation's card and what is known of it."""

    title: str
    value: str


class BranchPage(ChapterPage):
    """The ledgers of the branch, and the card of the organisation as a chapter of its own."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, CHAPTERS)

    def export(self) -> None:
        if self.chapter_shown.ledger is None:
            self.print_out()
            return
        super().export()

    def print_out(self) -> None:
        if self.chapter_shown.ledger is None:
            preview_paper(self, CARD, self.view_shown())
        else:
            super().print_out()

    def own_sheet(self, session: Any) -> Sheet:
        """The items of the organisation that is looked at as a table."""
        values = card_values(session, self._organisation(session))
        rows = [_Item(item.title, item.kind.show(values[key])) for key, item in CARD_ITEMS.items()]
        columns = (Column("title", "项目", TEXT, 22), Column("value", "内容", TEXT, 50))
        return Sheet(CARD, "党组织信息", columns, rows, {}, ("", "", ""), (), "", "portrait")

    def change_own(self) -> None:
        """The form of the organisation's card."""
        with self.workspace.reading() as session:
            organisation_id = self._organisation(session)
        ask_for_card(self, organisation_id)

    def _organisation(self, session: Any) -> int:
        chosen = self.view.branch_id
        return chosen if chosen is not None else organisation.root(session).id
