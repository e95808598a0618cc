"""The card of a member at a community (F45): the report for duty, and below it each service to be confirmed."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy.orm import Session

from models.ledger import View
from models.ledgers.care.service_hours import Served, served
from models.ledgers.care.volunteering import RegistrationRow, registration_rows
from models.ledgers.life.hours import ZERO
from models.ledgers.members.roster import members_on
from models.ledgers.sheets import furniture


@dataclass(frozen=True, slots=True)
class ServiceCardRecord:
    """F45: a member's card of a year; None where it is to be written by hand."""

    name: str | None = None
    unit: str | None = None
    post: str | None = None
    year: int | None = None
    community: str | None = None
    registered_on: date | None = None
    skills: str | None = None
    duty: str | None = None
    lines: tuple[Served, ...] = ()

    @property
    def times(self) -> int:
        return len(self.lines)

    @property
    def total(self) -> Decimal:
        return sum((line.hours for line in self.lines), ZERO)


def service_cards(session: Session, view: View) -> Sequence[tuple[int, Any]]:
    """A card, numbered by the member, for everybody who is registered or served in the year."""
    lines = served(session, view)
    places: Mapping[int, RegistrationRow] = {row.member_id: row for row in registration_rows(session, view)}
    above = furniture(session, view).unit
    found = []
    for member in members_on(session, view):
        place, own = places.get(member.id), lines.get(member.id, [])
        if place is None and not own:
            continue
        found.append(
            (
                member.id,
                ServiceCardRecord(
                    name=member.name,
                    unit=member.branch or above,
                    post=member.post,
                    year=view.period.year,
                    community=place.community if place is not None else None,
                    registered_on=place.registered_on if place is not None else None,
                    skills=place.skills if place is not None else None,
                    duty=place.post if place is not None else None,
                    lines=tuple(own),
                ),
            )
        )
    return found


SERVICE_PAPERS = {"care_service_card": service_cards}
