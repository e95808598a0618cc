"""Phrases and templates for minutes: those that come with the program, and what the branch adds or changes of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.codes import RESOURCES
from models.errors import FieldError, UserError
from models.kinds import tidy

OWN_PREFIX = "own_"


class PhraseRow(Record):
    """What the branch keeps of a phrase: one of its own, or its changes to one of the program; `document` is JSON."""

    __tablename__ = "phrases"

    key: Mapped[str] = mapped_column(unique=True)
    document: Mapped[str]


@dataclass(frozen=True)
class Phrase:
    """A text to put into minutes; places to fill stand in it as 【应到】 (rules.templates).

    `kinds` are the keys of the kinds of activity that it is for, none: for all. A `template` is what new minutes of
    those kinds begin with. One that is not `active` is offered no more.
    """

    key: str
    title: str
    text: str
    kinds: tuple[str, ...] = ()
    template: bool = False
    active: bool = True
    place: int = 0

    @property
    def is_own(self) -> bool:
        """Whether the branch added it."""
        return self.key.startswith(OWN_PREFIX)

    def is_for(self, kind: str) -> bool:
        """Whether it is for minutes of this kind."""
        return not self.kinds or kind in self.kinds


_KEPT = tuple(field.name for field in fields(Phrase) if field.name != "key")


@cache
def supplied() -> tuple[Phrase, ...]:
    """The phrases and templates that come with the program."""
    loaded = json.loads((RESOURCES / "scales" / "phrases.json").read_text(encoding="utf-8"))
    return tuple(_parsed({"place": place} | each) for place, each in enumerate(loaded, 1))


def everything(session: Session, idle: bool = False) -> Sequence[Phrase]:
    """All phrases and templates in the order in which they are offered; with `idle` those too that are not."""
    found = {each.key: each for each in supplied()}
    for own in session.scalars(select(PhraseRow).order_by(PhraseRow.id)):
        known = found.get(own.key)
        found[own.key] = _parsed((asdict(known) if known else {"key": own.key}) | json.loads(own.document))
    return sorted((each for each in found.values() if idle or each.active), key=lambda each: (each.place, each.key))


def changed(session: Session) -> frozenset[str]:
    """The keys of those that come with the program and that the branch has changed."""
    before = {each.key: each for each in supplied()}
    now = {each.key: each for each in everything(session, idle=True)}
    return frozenset(key for key, each in before.items() if replace(now[key], active=each.active) != each)


def phrases(session: Session, kind: str) -> Sequence[Phrase]:
    """The phrases that are offered in minutes of a kind: the branch's own first, then those made for the kind."""
    offered = [each for each in everything(session) if not each.template and each.is_for(kind)]
    return sorted(offered, key=lambda each: (not each.is_own, not each.kinds))


def template(session: Session, kind: str) -> str:
    """What new minutes of a kind begin with; the branch's own counts before those of the program, "" for none."""
    offered = [each for each in everything(session) if each.template and each.is_for(kind)]
    best = sorted(offered, key=lambda each: (not each.kinds, not each.is_own))
    return best[0].text if best else ""


def save(session: Session, key: str | None, values: Mapping[str, Any]) -> Phrase:
    """Adds a phrase of the branch's own (key None), or changes what is given of one; FieldError for what cannot be."""
    known = {each.key: each for each in everything(session, idle=True)}
    if key is None:
        numbers = [int(each.removeprefix(OWN_PREFIX)) for each in known if each.startswith(OWN_PREFIX)]
        key = f"{OWN_PREFIX}{max(numbers, default=0) + 1}"
        before = Phrase(key, "", "", place=max(each.place for each in known.values()) + 1)
    else:
        before = known[key]
    wanted = replace(before, **{name: value for name, value in values.items() if name in _KEPT})
    wanted = replace(wanted, title=tidy(wanted.title), text=wanted.text.strip("\n"))
    if not wanted.title:
        raise FieldError("title", "请填写名称，插入时按它挑选。")
    if not wanted.text.strip():
        raise FieldError("text", "请填写内容。")
    document = json.dumps({name: getattr(wanted, name) for name in _KEPT}, ensure_ascii=False)
    own = _own(session, key)
    if own is None:
        session.add(PhraseRow(key=key, document=document))
    else:
        own.document = document
    session.flush()
    return wanted


def restore(session: Session, key: str) -> None:
    """Takes back what the branch changed of a phrase of the program; UserError for one that it added."""
    if key.startswith(OWN_PREFIX):
        raise UserError("这一条是自己加的，没有原来的样子；不要了可以删除。")
    _forget(session, key)


def remove(session: Session, key: str) -> None:
    """Removes a phrase that the branch added; UserError for one of the program."""
    if not key.startswith(OWN_PREFIX):
        raise UserError("这一条是程序带来的，不能删除；不再用它，可以停用。")
    _forget(session, key)


def _forget(session: Session, key: str) -> None:
    own = _own(session, key)
    if own is not None:
        session.delete(own)
        session.flush()


def _own(session: Session, key: str) -> PhraseRow | None:
    return session.scalars(select(PhraseRow).where(PhraseRow.key == key)).first()


def _parsed(document: Mapping[str, Any]) -> Phrase:
    values: dict[str, Any] = dict(document)
    return Phrase(**values | {"kinds": tuple(values.get("kinds", ()))})
