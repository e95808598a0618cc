"""Erasures: that what the file knew of a person was taken out for good, the lines of the trail included."""

from datetime import date

from sqlalchemy.orm import Mapped

from models.base import Record


class Erasure(Record):
    """One erasing; `whose` says of whom by number alone, never by name.

    `lines` is JSON: by number of a line of the trail the fingerprint of what was left of it, so that a line without
    its words is still known from one that somebody altered.
    """

    __tablename__ = "erasures"

    on: Mapped[date]
    whose: Mapped[str]
    lines: Mapped[str]
