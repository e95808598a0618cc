"""The card of the organisation among the chapters of the branch: its items as a table, its form, its paper."""

from dataclasses import dataclass
from typing import Any

from gui.ledgers.chapter_page import OwnSheet
from gui.members.branch_forms import ask_for_card
from gui.page import Page
from models.kinds import TEXT
from models.ledger import Column, Sheet, View
from models.ledgers.members.cards import CARD_ITEMS, card_values
from models.records.members import organisation

CARD = "members_organisation"
_COLUMNS = (Column("title", "项目", TEXT, 22), Column("value", "内容", TEXT, 50))


@dataclass(frozen=True)
class _Item:
    """One item of the card and what is known of it."""

    title: str
    value: str


def _items(session: Any, view: View) -> Sheet:
    """The items of the organisation that is looked at."""
    values = card_values(session, _organisation(session, view))
    rows = [_Item(item.title, item.kind.show(values[key])) for key, item in CARD_ITEMS.items()]
    return Sheet(CARD, "党组织信息", _COLUMNS, rows, {}, ("", "", ""), (), "", "portrait")


def _fill_in(page: Page, view: View) -> None:
    with page.workspace.reading() as session:
        organisation_id = _organisation(session, view)
    ask_for_card(page, organisation_id)


def _organisation(session: Any, view: View) -> int:
    """The branch that is looked at, else the organisation above all."""
    return view.branch_id if view.branch_id is not None else organisation.root(session).id


ORGANISATION_CARD = OwnSheet(_items, _fill_in, CARD)
