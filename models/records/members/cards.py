"""F12: what the national card of an organisation asks beyond its name, secretary and telephone number."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ForeignKey, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, assign
from models.records.members import organisation
from models.records.members.organisation import Organisation
from models.rules.periods import PartialDate

SAME_AS_ABOVE = "与上级党组织相同"


class OrganisationCard(Record):
    """The further items of an organisation's card (forms.md §7.2, §7.4, F13); at most one to an organisation."""

    __tablename__ = "organisation_cards"

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"), unique=True)
    full_name: Mapped[str | None]
    short_name: Mapped[str | None]
    code: Mapped[str | None]
    founded_on: Mapped[PartialDate | None]
    approved_by: Mapped[str | None]
    category: Mapped[str | None]
    is_joint: Mapped[bool | None]
    contact: Mapped[str | None]
    fax: Mapped[str | None]
    email: Mapped[str | None]
    address: Mapped[str | None]
    unit_relation: Mapped[str | None]
    unit_name: Mapped[str | None]
    unit_nature: Mapped[str | None]
    unit_party: Mapped[str | None]
    credit_code: Mapped[str | None]
    remark: Mapped[str | None]


CARD_FIELDS = tuple(
    column.name
    for column in OrganisationCard.__table__.columns
    if column.name not in {"id", "version", "organisation_id"}
)


def card_of(session: Session, organisation_id: int) -> OrganisationCard | None:
    """The card of an organisation, None while nothing was entered."""
    own = select(OrganisationCard).where(OrganisationCard.organisation_id == organisation_id)
    return session.scalars(own).first()


def fill_in(session: Session, organisation_id: int, values: Mapping[str, Any]) -> None:
    """Enters the given items of an organisation's card, and its secretary and telephone number."""
    node = session.get_one(Organisation, organisation_id)
    card = card_of(session, organisation_id)
    if card is None:
        card = OrganisationCard(organisation_id=node.id)
        session.add(card)
    assign(card, {key: values[key] for key in CARD_FIELDS if key in values})
    if {"secretary", "telephone"} & set(values):
        organisation.describe(
            session, node.id, values.get("secretary", node.secretary), values.get("telephone", node.telephone)
        )
    session.flush()
