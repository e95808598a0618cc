"""The papers about members and organisations: F11 a member a page, F12 the organisation itself, F19 with names."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.members.cards import CARD_ITEMS, card_values
from models.ledgers.members.entry import MEMBERS_ENTRY, entry_rows
from models.ledgers.members.movements import WAYS_IN, WAYS_OUT, Balance, MovementRow, movements
from models.ledgers.sheets import furniture
from models.records.members.members import Member
from models.records.members.organisation import GROUP, Organisation

Numbered = Sequence[tuple[int, Any]]
_MORE = ("native_place", "work_started_on", "post", "rank", "party_post", "transferred_in_on")


@dataclass(frozen=True, slots=True)
class EntryCardRecord:
    """F11: a member's items by key, as they stand on paper; `filled_on` is the day it is made."""

    name: str | None = None
    unit: str | None = None
    filled_on: date | None = None
    maker: str | None = None
    values: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class OrganisationRecord:
    """F12: an organisation's items by key, as they stand on paper."""

    name: str | None = None
    filled_on: date | None = None
    maker: str | None = None
    values: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class ChangesRecord:
    """F19: the balance of a period and the names behind it."""

    unit: str | None = None
    period: str | None = None
    secretary: str | None = None
    maker: str | None = None
    made_on: date | None = None
    before: int | None = None
    came: tuple[int | None, ...] = (None,) * len(WAYS_IN)
    went: tuple[int | None, ...] = (None,) * len(WAYS_OUT)
    after: int | None = None
    full: int | None = None
    probationary: int | None = None
    rows: tuple[MovementRow, ...] = ()


def entry_cards(session: Session, view: View) -> Numbered:
    """F11: a card for each member in the branch on the view's day, numbered by the record."""
    words = furniture(session, view)
    more = {member.id: member for member in session.scalars(select(Member))}
    found = []
    for row in entry_rows(session, view):
        values = {column.key: column.kind.show(getattr(row, column.key)) for column in MEMBERS_ENTRY.columns} | {
            key: str(getattr(more[row.id], key) or "") for key in _MORE
        }
        found.append((row.id, EntryCardRecord(row.name, words.unit, view.today, words.maker, values)))
    return found


def organisations(session: Session, view: View) -> Numbered:
    """F12: a card for the organisation looked at, or for each but the groups."""
    chosen = select(Organisation).where(Organisation.kind != GROUP).order_by(Organisation.id)
    if view.branch_id is not None:
        chosen = chosen.where(Organisation.id == view.branch_id)
    found = []
    for node in session.scalars(chosen):
        known = card_values(session, node.id)
        values = {key: column.kind.show(known[key]) for key, column in CARD_ITEMS.items()}
        found.append((node.id, OrganisationRecord(node.name, view.today, furniture(session, view).maker, values)))
    return found


def changes(session: Session, view: View) -> Numbered:
    """F19: one paper for the period and branch looked at."""
    words = furniture(session, view)
    found = movements(session, view)
    balance: Balance = found.balance
    return [
        (
            view.branch_id or 0,
            ChangesRecord(
                unit=words.unit,
                period=view.period.chinese,
                secretary=words.secretary,
                maker=words.maker,
                made_on=view.today,
                before=balance.before,
                came=tuple(balance.came[way] for way in WAYS_IN),
                went=(*(balance.went[way] for way in WAYS_OUT),),
                after=balance.after,
                full=balance.full,
                probationary=balance.probationary,
                rows=found.rows,
            ),
        )
    ]
