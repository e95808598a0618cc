"""Looking for words in the records of organisation life, in whatever was written of them.

Talks are kept apart and are not looked through: what was said in confidence is found nowhere.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from models.ledgers.life.items import full_names
from models.records.life import activity_kinds
from models.records.life.activities import Activity, Minutes
from models.records.life.agenda import AgendaItem, Contribution
from models.records.life.decisions import Decision
from models.records.life.followups import FollowUp
from models.rules.snippets import Snippet, snippet, words_of

MOST = 200  # records that are listed, the latest
Text = InstrumentedAttribute[str] | InstrumentedAttribute[str | None]
_FIELDS: Mapping[str, Text] = {
    "名称": Activity.title,
    "主题": Activity.theme,
    "议题标签": Activity.tags,
    "授课人": Activity.lecturer,
    "篇目": Activity.works,
    "成果": Activity.product,
    "列席": Activity.guests,
    "地点": Activity.place,
}
"""What is said of an activity itself, by what it is called."""


@dataclass(frozen=True)
class Part:
    """A table in which something of an activity is written: what it is called, the text, and whose it is."""

    title: str
    text: Text
    of: Select[Any]


_LONG = (
    Part("内容", Minutes.text, select(Minutes.activity_id)),
    Part("决议", Minutes.resolution, select(Minutes.activity_id)),
)
_PARTS = (
    Part("表决", Decision.text, select(Decision.activity_id)),
    Part("议程", AgendaItem.title, select(AgendaItem.activity_id)),
    Part("发言", Contribution.text,
         select(AgendaItem.activity_id).join(Contribution, Contribution.agenda_item_id == AgendaItem.id)),
    Part("后续事项", FollowUp.issue, select(FollowUp.activity_id).where(FollowUp.activity_id.is_not(None))),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Hit:
    """A record that holds every word: which it is, and the place that holds most of them, `where` being its title."""

    id: int
    kind: str
    on: date | None
    branch: str
    state: str
    name: str
    where: str
    snippet: Snippet


@dataclass(frozen=True)
class Hits:
    """The records found, the latest first; `more` says that only the latest are listed."""

    hits: tuple[Hit, ...]
    words: tuple[str, ...]
    more: bool = False


def search(session: Session, asked: str, branch_id: int | None = None, most: int = MOST) -> Hits:
    """The records that hold every word of what was asked, each word wherever it stands; none for no word at all."""
    words = words_of(asked)
    if not words:
        return Hits((), ())
    day = func.coalesce(Activity.held_on, Activity.planned_on)
    found = (
        select(Activity.id)
        .join(Minutes, Minutes.activity_id == Activity.id, isouter=True)
        .where(*map(_holding, words))
        .order_by(day.desc(), Activity.id.desc())
        .limit(most + 1)
    )
    if branch_id is not None:
        found = found.where(Activity.branch_id == branch_id)
    numbers = session.scalars(found).all()
    return Hits(tuple(_hits(session, numbers[:most], words)), words, len(numbers) > most)


def _holding(word: str) -> ColumnElement[bool]:
    """Whether the word stands in anything that was written of an activity; what is long is looked through last."""
    own = (text.icontains(word, autoescape=True) for text in _FIELDS.values())
    parts = (Activity.id.in_(part.of.where(part.text.icontains(word, autoescape=True))) for part in _PARTS)
    long = (text.icontains(word, autoescape=True) for text in (Minutes.resolution, Minutes.text))
    return or_(*own, *parts, *long)


def _hits(session: Session, numbers: Sequence[int], words: Sequence[str]) -> list[Hit]:
    kinds = activity_kinds.by_key(session)
    written = _written(session, numbers)
    names = full_names(session)
    known = {each.id: each for each in session.scalars(select(Activity).where(Activity.id.in_(numbers)))}
    found = []
    for number in numbers:
        activity = known[number]
        own = [(title, getattr(activity, text.key) or "") for title, text in _FIELDS.items()]
        where, text = max([*written.get(number, ()), *own], key=lambda each: _held(each[1], words))
        kind = kinds.get(activity.kind)
        found.append(
            Hit(
                id=number,
                kind=kind.name if kind is not None else activity.kind,
                on=activity.held_on or activity.planned_on,
                branch=names.get(activity.organisation_id, ""),
                state=activity.state,
                name=activity.title or activity.theme or "",
                where=where,
                snippet=snippet(text, words),
            )
        )
    return found


def _written(session: Session, numbers: Sequence[int]) -> dict[int, list[tuple[str, str]]]:
    """The texts of these activities with what each is called."""
    found: dict[int, list[tuple[str, str]]] = {}
    for part in (*_LONG, *_PARTS):
        of = part.of.selected_columns[0]
        for number, text in session.execute(part.of.add_columns(part.text).where(of.in_(numbers))):
            if text:
                found.setdefault(number, []).append((part.title, text))
    return found


def _held(text: str, words: Sequence[str]) -> int:
    """How many of the words stand in a text."""
    low = text.casefold()
    return sum(word in low for word in words)
