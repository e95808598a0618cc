"""Kinds of activity as data: those that come with the program, and what the branch adds or changes of them."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import cache
from typing import Any, Literal, get_args

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models.base import Record
from models.codes import RESOURCES
from models.errors import FieldError, UserError
from models.kinds import FLAG, MONEY, NUMBER, TEXT, tidy
from models.kinds import Kind as ValueKind

Entitled = Literal["members", "committee", "group", "named"]
Quorum = Literal["half", "none"]
KeptIn = Literal["activities", "talks"]
ENTITLED: Mapping[Entitled, str] = {
    "members": "全体党员",
    "committee": "支部委员",
    "group": "本党小组党员",
    "named": "点名登记的人",
}
QUORUMS: Mapping[Quorum, str] = {"half": "有表决权的到会过半数才能表决", "none": "不要求"}
OWN_PREFIX = "own_"
FORMS = ("F20", "F21", "F22", "F26")
EXTRA_FIELDS: Mapping[str, tuple[str, ValueKind]] = {
    "lecturer": ("授课人", TEXT),
    "lecturer_post": ("授课人职务", TEXT),
    "hours": ("学时", MONEY),
    "works": ("篇目、片名或基地", TEXT),
    "tags": ("议题标签", TEXT),
    "product": ("成果", TEXT),
    "is_online": ("线上", FLAG),
    "eligible": ("应参加人数", NUMBER),
    "people": ("参加人次", NUMBER),
}
"""The fields of an activity that only some kinds ask for: title, and how the value is read."""
COUNTS: Mapping[str, str] = {
    "times": "次数",
    "people": "参加人次",
    "rate": "出勤率",
    "online": "线上次数",
    "offline": "线下次数",
    "hours": "学时",
    "service_hours": "服务时长",
    "share": "参评率",
    "ballots": "测评票份数",
    "products": "成果份数",
    "lecturers": "每位授课人的次数",
    "tags": "每个议题标签的次数",
}
"""What the statistics may count of a kind."""


class ActivityKind(Record):
    """What the branch keeps of a kind: one of its own, or its changes to one of the program; `document` is JSON."""

    __tablename__ = "activity_kinds"

    key: Mapped[str] = mapped_column(unique=True)
    document: Mapped[str]


@dataclass(frozen=True)
class Kind:
    """A kind of activity: who is entitled to attend, whether a quorum is asked for, its fields and its paper.

    `fields` are keys of EXTRA_FIELDS, `free` titles of fields that the branch added. `study` gives hours of study to
    those who attend. `counts` are keys of COUNTS, none where the statistics count what its fields give. One that is
    not `active` is offered no more, and its records stay.
    """

    key: str
    name: str
    group: str = "其他"
    entitled: Entitled = "members"
    quorum: Quorum = "none"
    fields: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    form: str = "F20"
    counts: tuple[str, ...] = ()
    kept_in: KeptIn = "activities"
    online: bool = False
    study: bool = False
    active: bool = True
    place: int = 0

    @property
    def is_own(self) -> bool:
        """Whether the branch added it."""
        return self.key.startswith(OWN_PREFIX)


_TUPLES = ("fields", "free", "counts")
_KEPT = tuple(field.name for field in fields(Kind) if field.name != "key")


@cache
def supplied() -> tuple[Kind, ...]:
    """The kinds that come with the program."""
    loaded = json.loads((RESOURCES / "scales" / "kinds.json").read_text(encoding="utf-8"))
    return tuple(_parsed({"place": place} | each) for place, each in enumerate(loaded, 1))


def _parsed(document: Mapping[str, Any]) -> Kind:
    values: dict[str, Any] = {name: tuple(value) if name in _TUPLES else value for name, value in document.items()}
    return Kind(**values)


def kinds(session: Session, idle: bool = False) -> Sequence[Kind]:
    """Every kind in the order in which it is offered; with `idle` those too that are offered no more."""
    found = {kind.key: kind for kind in supplied()}
    for own in session.scalars(select(ActivityKind).order_by(ActivityKind.id)):
        document = json.loads(own.document)
        known = found.get(own.key)
        found[own.key] = _parsed((asdict(known) if known else {"key": own.key}) | document)
    return sorted((kind for kind in found.values() if idle or kind.active), key=lambda kind: (kind.place, kind.key))


def by_key(session: Session) -> dict[str, Kind]:
    """Every kind by its key, those too that are offered no more."""
    return {kind.key: kind for kind in kinds(session, idle=True)}


def kind_of(session: Session, key: str) -> Kind:
    """The kind of this key; UserError when there is none."""
    found = by_key(session).get(key)
    if found is None:
        raise UserError("这种活动已经不在种类表里，请到“设置”里核对活动种类。")
    return found


def named(session: Session, name: str) -> Kind:
    """The kind of this name; FieldError when there is none."""
    everything = kinds(session, idle=True)
    for kind in everything:
        if kind.name == name:
            return kind
    listed = "、".join(kind.name for kind in everything if kind.active)
    raise FieldError("kind", f"没有“{name}”这种活动；可用的有：{listed}。")


def save(session: Session, key: str | None, values: Mapping[str, Any]) -> Kind:
    """Adds a kind of the branch's own (key None), or changes what is given of one; FieldError for what cannot be."""
    known = by_key(session)
    if key is None:
        key = _new_key(session, known)
        before = Kind(key, "", place=max(kind.place for kind in known.values()) + 1)
    else:
        before = known[key]
    wanted = replace(before, **{name: value for name, value in values.items() if name in _KEPT})
    wanted = replace(wanted, name=tidy(wanted.name), group=tidy(wanted.group) or "其他")
    _verify(wanted, known)
    document = json.dumps({name: getattr(wanted, name) for name in _KEPT}, ensure_ascii=False)
    own = _own(session, key)
    if own is None:
        session.add(ActivityKind(key=key, document=document))
    else:
        own.document = document
    session.flush()
    return wanted


def move(session: Session, key: str, step: int) -> None:
    """Moves a kind up (−1) or down (1) in the order in which kinds are offered; nothing happens at either end."""
    listed = kinds(session, idle=True)
    place = [kind.key for kind in listed].index(key)
    if 0 <= place + step < len(listed):
        moved, other = listed[place], listed[place + step]
        save(session, moved.key, {"place": other.place})
        save(session, other.key, {"place": moved.place})


def changed(session: Session) -> frozenset[str]:
    """The keys of the program's kinds of which the branch changed more than the order and whether they are offered."""
    known = by_key(session)
    return frozenset(
        before.key
        for before in supplied()
        if replace(known[before.key], place=before.place, active=before.active) != before
    )


def restore(session: Session, key: str) -> None:
    """Takes back what the branch changed of a kind that comes with the program; UserError for one that it added."""
    own = _own(session, key)
    if key.startswith(OWN_PREFIX):
        raise UserError("这个种类是自己加的，没有原来的样子；不要了可以删除或停用。")
    if own is not None:
        session.delete(own)
        session.flush()


def remove(session: Session, key: str, used: int) -> None:
    """Removes a kind that the branch added; UserError for one of the program, and while `used` records are of it."""
    kind = kind_of(session, key)
    if not kind.is_own:
        raise UserError(f"“{kind.name}”是程序带来的种类，不能删除；不再用它，可以停用。")
    if used:
        raise UserError(f"“{kind.name}”已经有 {used} 条记录，不能删除；不再用它，可以停用，记录照旧保留。")
    own = _own(session, key)
    assert own is not None
    session.delete(own)
    session.flush()


def _new_key(session: Session, known: Mapping[str, Kind]) -> str:
    numbers = [int(key.removeprefix(OWN_PREFIX)) for key in known if key.startswith(OWN_PREFIX)]
    return f"{OWN_PREFIX}{max(numbers, default=0) + 1}"


def _own(session: Session, key: str) -> ActivityKind | None:
    return session.scalars(select(ActivityKind).where(ActivityKind.key == key)).first()


def _verify(kind: Kind, known: Mapping[str, Kind]) -> None:
    if not kind.name:
        raise FieldError("name", "请填写活动种类的名称。")
    if any(other.name == kind.name and other.key != kind.key for other in known.values()):
        raise FieldError("name", f"“{kind.name}”已经有了，请换一个名称。")
    if kind.entitled not in get_args(Entitled):
        raise FieldError("entitled", f"参加范围应为{'、'.join(ENTITLED.values())}。")
    if kind.quorum not in get_args(Quorum):
        raise FieldError("quorum", "请选择是否要求到会人数。")
    if kind.form not in FORMS:
        raise FieldError("form", f"记录表应为{'、'.join(FORMS)}。")
    unknown = [each for each in kind.fields if each not in EXTRA_FIELDS]
    if unknown:
        raise FieldError("fields", f"没有“{unknown[0]}”这一项。")
    if not {*kind.counts} <= {*COUNTS}:
        raise FieldError("counts", f"能统计的有{'、'.join(COUNTS.values())}。")
    if len({*kind.free}) < len(kind.free) or not all(tidy(each) for each in kind.free):
        raise FieldError("free", "自设项目的名称不能空着，也不能重复。")
