"""The kinds of activity as a table, in words."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.kinds import NUMBER, TEXT, Choice
from models.ledger import Column, Sheet
from models.records.life import activity_kinds
from models.records.life.activities import Activity
from models.records.life.activity_kinds import ENTITLED, EXTRA_FIELDS
from models.records.life.talks import Talk

IN_USE, IDLE = "在用", "停用"
STATE = Choice((IN_USE, IDLE), tones={IN_USE: "good", IDLE: "quiet"})
OWN, SUPPLIED, CHANGED = "自己加的", "程序带来", "程序带来，改过"
FORMS = {"F20": "会议记录（F20）", "F21": "党课记录（F21）", "F22": "活动记录（F22）", "F26": "谈话记录（F26）"}
_QUORUM = {"half": "过半数", "none": ""}


@dataclass(frozen=True, slots=True)
class KindRow:
    """A kind of activity; `id` is its key, `used` how many plans and records are of it."""

    id: str
    name: str
    group: str
    entitled: str
    quorum: str
    fields: str
    form: str
    used: int
    state: str
    origin: str


def kind_table(session: Session) -> Sheet:
    """Every kind in the order in which it is offered, those too that are offered no more."""
    counted, changed = used(session), activity_kinds.changed(session)
    rows = [
        KindRow(
            kind.key,
            kind.name,
            kind.group,
            ENTITLED[kind.entitled],
            _QUORUM[kind.quorum],
            "、".join((*(EXTRA_FIELDS[key][0] for key in kind.fields), *kind.free)),
            FORMS[kind.form],
            counted[kind.key],
            IN_USE if kind.active else IDLE,
            OWN if kind.is_own else CHANGED if kind.key in changed else SUPPLIED,
        )
        for kind in activity_kinds.kinds(session, idle=True)
    ]
    return Sheet("activity_kinds", "活动种类", COLUMNS, rows, {}, ("", "", ""), (), "", "landscape")


def used(session: Session) -> Counter[str]:
    """How many plans and records are of each kind, by its key."""
    rows = session.execute(select(Activity.kind, func.count()).group_by(Activity.kind))
    found = Counter({row[0]: row[1] for row in rows})
    talks = session.scalar(select(func.count()).select_from(Talk)) or 0
    for kind in activity_kinds.supplied():
        if kind.kept_in == "talks":
            found[kind.key] += talks
    return found


COLUMNS = (
    Column("name", "名称", TEXT, 14),
    Column("group", "类别", TEXT, 10),
    Column("entitled", "参加范围", TEXT, 14),
    Column("quorum", "表决人数", TEXT, 8),
    Column("fields", "另外要填的项目", TEXT, 26),
    Column("form", "记录表", TEXT, 14),
    Column("used", "已有记录", NUMBER, 8),
    Column("state", "状态", STATE, 6),
    Column("origin", "来源", TEXT, 12),
)
