"""What is being typed of a record and not saved yet, so that a crash costs no more than the last few seconds."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Base
from models.records.life.activities import Activity, minutes_of


class Draft(Base):
    """The fields of an activity that were typed since it was last saved; no record, so the trail knows nothing of it.

    `content` is JSON of field and text as typed, `over` the version of the record that it was typed over, `kept_at`
    the local time. It names its activity by number alone: whoever removes one need not know of drafts.
    """

    __tablename__ = "drafts"

    id: Mapped[int] = mapped_column(primary_key=True)
    activity_id: Mapped[int] = mapped_column(unique=True)
    content: Mapped[str]
    over: Mapped[str]
    kept_at: Mapped[str]


@dataclass(frozen=True)
class Kept:
    """A draft found: the texts by field, when they were kept, and whether the record was changed since."""

    content: Mapping[str, str]
    at: datetime
    outdated: bool


def keep(session: Session, activity_id: int, content: Mapping[str, str], at: datetime) -> None:
    """Keeps what is typed, in the place of an earlier draft."""
    over, text = _version(session, activity_id), json.dumps(dict(content), ensure_ascii=False)
    known = _of(session, activity_id)
    if known is None:
        session.add(Draft(activity_id=activity_id, content=text, over=over, kept_at=at.isoformat()))
    else:
        known.content, known.kept_at = text, at.isoformat()
    session.flush()


def find(session: Session, activity_id: int) -> Kept | None:
    """The draft of an activity, None where everything is saved."""
    known = _of(session, activity_id)
    if known is None:
        return None
    outdated = known.over != _version(session, activity_id)
    return Kept(json.loads(known.content), datetime.fromisoformat(known.kept_at), outdated)


def waiting(session: Session) -> set[int]:
    """The numbers of the activities of which there are drafts."""
    return set(session.scalars(select(Draft.activity_id)))


def drop(session: Session, activity_id: int) -> None:
    """Forgets the draft of an activity, and those of activities that were removed."""
    alive = select(Activity.id)
    left = select(Draft).where((Draft.activity_id == activity_id) | Draft.activity_id.not_in(alive))
    for draft in session.scalars(left):
        session.delete(draft)
    session.flush()


def _of(session: Session, activity_id: int) -> Draft | None:
    return session.scalars(select(Draft).where(Draft.activity_id == activity_id)).first()


def _version(session: Session, activity_id: int) -> str:
    """What changes with every saved change of the record."""
    activity, minutes = session.get(Activity, activity_id), minutes_of(session, activity_id)
    return f"{activity.version if activity else 0}.{minutes.version if minutes else 0}"
