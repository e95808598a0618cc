"""The branch itself: committee and terms, birthdays, task forces, retirements, changes, statistics, its own card."""

from gui.ledgers.chapter_page import ChapterPage
from gui.members.branch_chapters import CHAPTERS
from gui.workspace import Workspace


class BranchPage(ChapterPage):
    """The ledgers of the branch, and the card of the organisation as a chapter of its own."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, CHAPTERS)
