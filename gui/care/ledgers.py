"""The ledgers of care: who is looked after, who came and left, who is to be looked at again, what is posted."""

from gui.care.chapters import CHAPTERS
from gui.ledgers.chapter_page import ChapterPage
from gui.parts.cards import NO_MARGINS
from gui.workspace import Workspace


class CareLedgers(ChapterPage):
    """The view 台账 of the page 困难帮扶, which gives it its margins."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, CHAPTERS, NO_MARGINS)
