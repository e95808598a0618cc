"""Duties of organisation life as data: those that come with the program, the branch's own, and accepted excuses."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from functools import cache
from typing import Any, Literal, get_args

from sqlalchemy import ForeignKey, Index, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record, numbered
from models.codes import RESOURCES
from models.errors import FieldError, UserError
from models.kinds import tidy
from models.records.life import activity_kinds
from models.records.members.organisation import Organisation
from models.rules.obligations import EVERY, Rhythm, Stretch

OwedBy = Literal["branch", "committee", "group", "root", "leaders"]
OWED_BY: Mapping[OwedBy, str] = {
    "branch": "每个党支部",
    "committee": "设委员会的党支部",
    "group": "每个党小组",
    "root": "本级党组织",
    "leaders": "党员领导干部",
}
SLIP = "reminder_slip"
OTHER_RECORDS: Mapping[str, str] = {SLIP: "党建工作提醒单"}
"""Records that fulfil a duty without being activities, by what stands for their kind."""
OWN_PREFIX = "own_"
MOST_TIMES = 31


class OwnObligation(Record):
    """What the branch keeps of a duty: one of its own, or its changes to one of the program; `document` is JSON."""

    __tablename__ = "obligations"

    key: Mapped[str] = mapped_column(unique=True)
    document: Mapped[str]


class Excuse(Record):
    """Why an organisation did not do a duty in the stretch of days that begins with `begins_on`."""

    __tablename__ = "excuses"
    __table_args__ = (
        Index("uq_excuses_obligation", "obligation", "organisation_id", "begins_on", unique=True),
    )  # fmt: skip

    obligation: Mapped[str]
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    begins_on: Mapped[date]
    reason: Mapped[str]
    noted_on: Mapped[date]


@dataclass(frozen=True)
class Obligation:
    """A duty: what fulfils it, how often, who owes it, since when.

    Any of `kinds` does, with `word` in title, theme, tags or the lecturer's post where there is one. One that is not
    `firm` is what a rule calls 一般: a reminder, not an error. `confidence` is the mark of rules.md §0 (V confirmed,
    M believed, L local). One that is not `on` is owed by nobody.
    """

    key: str
    name: str
    kinds: tuple[str, ...] = ()
    word: str | None = None
    every: str = EVERY[1]
    times: int = 1
    owed_by: OwedBy = "branch"
    firm: bool = False
    on: bool = True
    since: date | None = None
    until: date | None = None
    source: str = ""
    confidence: str = "L"
    place: int = 0

    @property
    def is_own(self) -> bool:
        """Whether the branch added it."""
        return self.key.startswith(OWN_PREFIX)

    @property
    def rhythm(self) -> Rhythm:
        return Rhythm(self.every, self.times, self.since, self.until)


_KEPT = tuple(field.name for field in fields(Obligation) if field.name != "key")
_DAYS = ("since", "until")


@cache
def supplied() -> tuple[Obligation, ...]:
    """The duties that come with the program."""
    loaded = json.loads((RESOURCES / "scales" / "duties.json").read_text(encoding="utf-8"))
    return tuple(_changed(Obligation(each["key"], each["name"], place=n), each) for n, each in enumerate(loaded, 1))


def obligations(session: Session, idle: bool = False) -> Sequence[Obligation]:
    """Every duty that is switched on, in order; with `idle` all of them."""
    found = {each.key: each for each in supplied()}
    for own in session.scalars(select(OwnObligation).order_by(OwnObligation.id)):
        document = json.loads(own.document)
        found[own.key] = _changed(found.get(own.key, Obligation(own.key, document["name"])), document)
    return sorted((each for each in found.values() if idle or each.on), key=lambda each: (each.place, each.key))


def named(session: Session, key: str) -> Obligation:
    """The duty of this key; UserError when there is none."""
    for each in obligations(session, idle=True):
        if each.key == key:
            return each
    raise UserError("这项规定动作已经不在清单里，可能已经删除。")


def save(session: Session, key: str | None, values: Mapping[str, Any]) -> Obligation:
    """Adds a duty of the branch's own (key None), or changes what is given of one; FieldError for what cannot be."""
    known = {each.key: each for each in obligations(session, idle=True)}
    if key is None:
        numbers = [int(each.removeprefix(OWN_PREFIX)) for each in known if each.startswith(OWN_PREFIX)]
        before = Obligation(
            f"{OWN_PREFIX}{max(numbers, default=0) + 1}", "", place=max(each.place for each in known.values()) + 1
        )
    else:
        before = named(session, key)
    wanted = replace(before, **{name: value for name, value in values.items() if name in _KEPT})
    wanted = replace(wanted, name=tidy(wanted.name), word=tidy(wanted.word) or None, source=tidy(wanted.source))
    _verify(session, wanted, known)
    text = json.dumps({name: _plain(getattr(wanted, name)) for name in _KEPT}, ensure_ascii=False)
    own = _own(session, wanted.key)
    if own is None:
        session.add(OwnObligation(key=wanted.key, document=text))
    elif own.document != text:
        own.document = text
    session.flush()
    return wanted


def switch(session: Session, key: str, on: bool, today: date) -> Obligation:
    """Switches a duty on, owed from the month of `today`, or off; what was owed before a switch is not judged anew."""
    known = named(session, key)
    if known.on == on:
        return known
    return save(session, key, {"on": on, "since": today.replace(day=1)} if on else {"on": on})


def remove(session: Session, key: str) -> None:
    """Removes a duty that the branch added, with its excuses; UserError for one of the program."""
    known = named(session, key)
    own = _own(session, key)
    if not known.is_own or own is None:
        raise UserError(f"“{known.name}”是程序带来的，不能删除；不需要它，可以停用。")
    for excuse_ in session.scalars(select(Excuse).where(Excuse.obligation == key)):
        session.delete(excuse_)
    session.delete(own)
    session.flush()


def excuse(session: Session, key: str, organisation_id: int, stretch: Stretch, reason: str, today: date) -> Excuse:
    """Says why a duty was not done in a stretch, or says it better; FieldError without a reason."""
    known = named(session, key)
    node = numbered(session, Organisation, organisation_id, "组织")
    if not tidy(reason):
        raise FieldError("reason", f"请写明{stretch.chinese}没有按规定开展“{known.name}”的原因。")
    found = _excuse(session, key, node.id, stretch.first)
    if found is None:
        found = Excuse(obligation=key, organisation_id=node.id, begins_on=stretch.first, noted_on=today)
        session.add(found)
    found.reason = tidy(reason)
    session.flush()
    return found


def take_back(session: Session, key: str, organisation_id: int, begins_on: date) -> None:
    """Takes an excuse away; UserError when there is none."""
    found = _excuse(session, key, organisation_id, begins_on)
    if found is None:
        raise UserError("这里没有单独登记过原因；写在未开展的计划里的，请到“年度计划”里恢复那一项。")
    session.delete(found)
    session.flush()


def excuses(session: Session, first: date, last: date) -> dict[tuple[str, int, date], str]:
    """The reasons for stretches that begin from `first` to `last`, by duty, organisation and first day."""
    chosen = select(Excuse.obligation, Excuse.organisation_id, Excuse.begins_on, Excuse.reason)
    rows = session.execute(chosen.where(Excuse.begins_on.between(first, last)))
    return {(key, organisation_id, begins_on): reason for key, organisation_id, begins_on, reason in rows}


def _changed(before: Obligation, document: Mapping[str, Any]) -> Obligation:
    values: dict[str, Any] = {name: document[name] for name in _KEPT if name in document}
    for name in _DAYS:
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    if "kinds" in values:
        values["kinds"] = tuple(values["kinds"])
    return replace(before, **values)


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _own(session: Session, key: str) -> OwnObligation | None:
    return session.scalars(select(OwnObligation).where(OwnObligation.key == key)).first()


def _excuse(session: Session, key: str, organisation_id: int, begins_on: date) -> Excuse | None:
    chosen = select(Excuse).where(Excuse.obligation == key, Excuse.organisation_id == organisation_id)
    return session.scalars(chosen.where(Excuse.begins_on == begins_on)).first()


def _verify(session: Session, wanted: Obligation, known: Mapping[str, Obligation]) -> None:
    if not wanted.name:
        raise FieldError("name", "请填写规定动作的名称。")
    if any(other.name == wanted.name and other.key != wanted.key for other in known.values()):
        raise FieldError("name", f"“{wanted.name}”已经有了，请换一个名称。")
    if wanted.every not in EVERY:
        raise FieldError("every", f"周期应为{'、'.join(EVERY)}。")
    if not 1 <= wanted.times <= MOST_TIMES:
        raise FieldError("times", f"次数应在 1 至 {MOST_TIMES} 之间。")
    if wanted.owed_by not in get_args(OwedBy):
        raise FieldError("owed_by", f"由谁开展应为{'、'.join(OWED_BY.values())}。")
    allowed = {*activity_kinds.by_key(session), *OTHER_RECORDS}
    if any(each not in allowed for each in wanted.kinds):
        raise FieldError("kinds", "完成它的活动种类里有一种已经不在种类表里。")
    if not wanted.kinds and wanted.word is None:
        raise FieldError("kinds", "请写明开展哪种活动算完成，或写明标题里应有的词。")
    if wanted.since is not None and wanted.until is not None and wanted.until < wanted.since:
        raise FieldError("until", f"截止日期 {wanted.until} 早于起始日期 {wanted.since}。")
