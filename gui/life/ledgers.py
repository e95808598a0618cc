"""The ledgers of organisation life: what was held, who came, what follows from it."""

from gui.ledgers.chapter_page import ChapterPage
from gui.life.chapters import CHAPTERS
from gui.parts.cards import NO_MARGINS
from gui.workspace import Workspace


class LifeLedgers(ChapterPage):
    """The view 台账 of the page 组织生活, which gives it its margins."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, CHAPTERS, NO_MARGINS)
