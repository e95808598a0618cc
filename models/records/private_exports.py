"""That something private left the data file: which table, what it tells of people, in which way, how many rows."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy.orm import Mapped, Session

from models.base import Record


class PrivateExport(Record):
    """One export or print of a table that tells identity numbers, pay, illness or accounts; `told` says which."""

    __tablename__ = "private_exports"

    on: Mapped[date]
    title: Mapped[str]
    told: Mapped[str]
    way: Mapped[str]
    rows: Mapped[int]


def note(session: Session, title: str, told: Sequence[str], way: str, rows: int, today: date) -> PrivateExport:
    """Writes down that a table was exported or printed."""
    added = PrivateExport(on=today, title=title, told="、".join(told), way=way, rows=rows)
    session.add(added)
    session.flush()
    return added
