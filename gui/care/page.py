"""Care: everybody who is looked after, with the way of each case, the festival rounds, and the ledgers."""

from gui.page import Page
from gui.views_page import PageView, ViewsPage
from gui.workspace import Workspace


def _cases(workspace: Workspace) -> Page:
    from gui.care.cases_view import CareCasesView

    return CareCasesView(workspace)


def _ledgers(workspace: Workspace) -> Page:
    from gui.care.ledgers import CareLedgers

    return CareLedgers(workspace)


def _rounds(workspace: Workspace) -> Page:
    from gui.care.rounds_view import RoundsView

    return RoundsView(workspace)


VIEWS = (
    PageView("cases", "困难对象", _cases),
    PageView("rounds", "慰问", _rounds),
    PageView("ledgers", "台账", _ledgers),
)


class CarePage(ViewsPage):
    """Shows one of VIEWS at a time; what is shown is nobody's business but the branch's."""

    title = "困难帮扶"

    def __init__(self, workspace: Workspace) -> None:
        super().__init__(workspace, "care", VIEWS)
