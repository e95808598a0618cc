"""Organisation life: the year with its duties, the records, the ledgers."""

from gui.page import Page
from gui.views_page import PageView, ViewsPage
from gui.workspace import Workspace


def _ledgers(workspace: Workspace) -> Page:
    from gui.life_ledgers import LifeLedgers

    return LifeLedgers(workspace)


VIEWS = (PageView("ledgers", "台账", _ledgers),)


class LifePage(ViewsPage):
    """Shows one of VIEWS at a time."""

    title = "组织生活"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "life", VIEWS)
