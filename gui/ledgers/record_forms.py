"""What the forms behind the rows of a ledger have in common: opening one, who is meant, which branch it belongs to."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from gui.page import Page
from gui.parts.record_dialog import RecordDialog
from models.errors import FieldError, UserError
from models.kinds import PERSON, Kind
from models.ledger import Column
from models.records.members import members, organisation

Values = dict[str, Any]
WHO = Column("who", "姓名", PERSON, 14, required=True)
_ROOMY = 40  # a column so wide gets lines to write in


def ask(
    page: Page, title: str, columns: Sequence[Column], values: Mapping[str, Any], save: Callable[[Values], None],
    locked: Sequence[str] = (), who: str = "",
) -> None:  # fmt: skip
    """Opens a form over a page; people are completed by the page's search, `who` stands above the fields."""
    RecordDialog(title, columns, values, save, page, find=page.workspace.find, locked=locked, who=who).open()


def values_of(row: Any, columns: Sequence[Column]) -> Values:
    """What a row says in these columns; nothing in those that it has not."""
    return {column.key: getattr(row, column.key, None) for column in columns}


def roomy(columns: Sequence[Column], long: Collection[str]) -> list[Column]:
    """The columns, those named in `long` with room for a few lines."""
    return [replace(each, width=_ROOMY) if each.key in long else each for each in columns]


def offering(columns: Sequence[Column], key: str, kind: Kind) -> list[Column]:
    """The columns, that of `key` with what the branch has written in it before."""
    return [replace(each, kind=kind) if each.key == key else each for each in columns]


def meant(page: Page, who: str) -> tuple[int, str]:
    """Number and name of the member meant; FieldError at the name when nobody or several are."""
    with page.workspace.reading() as session:
        try:
            found = members.find(session, who)
        except UserError as refusal:
            raise FieldError("who", str(refusal)) from None
        return found.id, found.name


def owners(page: Page) -> dict[str, int | None]:
    """The branches whose a record may be, by name; None is what stands above them, where there is such."""
    with page.workspace.reading() as session:
        own: dict[str, int | None] = {each.name: each.id for each in organisation.branches(session)}
        above = organisation.root(session)
        return own if above.name in own else {**own, above.name: None}


def organisations(page: Page) -> dict[str, int]:
    """The branches and the organisation above them, by name."""
    with page.workspace.reading() as session:
        own = {each.name: each.id for each in organisation.branches(session)}
        above = organisation.root(session)
        return own | {above.name: above.id}


def electing(page: Page) -> dict[str, int]:
    """The organisations that may have a committee, by name."""
    with page.workspace.reading() as session:
        above = organisation.root(session)
        own = {each.name: each.id for each in organisation.branches(session)}
        return own | ({above.name: above.id} if above.kind != organisation.GROUP else {})


def usual_owner(page: Page, nodes: Mapping[str, int] | Mapping[str, int | None]) -> str:
    """The branch that is looked at, else the first."""
    looked_at = page.view_shown().branch_id
    return next((name for name, number in nodes.items() if number == looked_at and number), next(iter(nodes)))
