"""How a person had the headings of foreign tables read, kept for the next file of the same office."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import UniqueConstraint, select
from sqlalchemy.orm import Mapped, Session

from models.base import Record


class RememberedHeading(Record):
    """A heading, as headings are compared, and the key of the column it is read as; None leaves it out."""

    __tablename__ = "remembered_headings"
    __table_args__ = (UniqueConstraint("ledger", "heading"),)

    ledger: Mapped[str]
    heading: Mapped[str]
    read_as: Mapped[str | None]


def remembered(session: Session, ledger: str) -> dict[str, str | None]:
    """The headings remembered for the imports of a ledger, each with the key it is read as."""
    return {each.heading: each.read_as for each in _kept(session, ledger)}


def remember(session: Session, ledger: str, read_as: Mapping[str, str | None]) -> None:
    """Keeps what headings, as they are compared, are read as; those known are changed."""
    known = {each.heading: each for each in _kept(session, ledger)}
    for heading, key in read_as.items():
        if heading in known:
            known[heading].read_as = key
        elif heading:
            session.add(RememberedHeading(ledger=ledger, heading=heading, read_as=key))
    session.flush()


def forget(session: Session, ledger: str, headings: Iterable[str]) -> None:
    """Has these headings read as if nobody had ever corrected them."""
    gone = set(headings)
    for each in _kept(session, ledger):
        if each.heading in gone:
            session.delete(each)
    session.flush()


def _kept(session: Session, ledger: str) -> Sequence[RememberedHeading]:
    chosen = select(RememberedHeading).where(RememberedHeading.ledger == ledger).order_by(RememberedHeading.id)
    return session.scalars(chosen).all()
