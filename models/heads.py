"""Heads of the trail as they are printed at the foot of papers: up to which moment one still holds."""

import re
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import audit, trail
from models.audit import Change, Operation
from models.errors import UserError

DIGITS = 8
_PRINTED = re.compile(r"([0-9a-f]{4})\s*([0-9a-f]{4})(?:\D*?(\d+)\D*)?", re.IGNORECASE)
_LOST = "印出以后，前面的记录被别的软件改过、删过，或者整个换过；请从最近的备份恢复，并与备份对照。"


@dataclass(frozen=True)
class Held:
    """A printed head that holds: how many lines it covers and how many came since, and the last thing it covers."""

    lines: int
    since: int
    at: str
    actor: str
    title: str

    @property
    def sentence(self) -> str:
        """What is to be said of the paper."""
        moment = f"{datetime.fromisoformat(self.at).astimezone():%Y-%m-%d %H:%M}"
        by = f"（{self.actor}）" if self.actor else ""
        after = f"此后又有 {self.since} 条。" if self.since else "此后没有新的记录。"
        return f"与纸上一致：到 {moment}“{self.title}”{by}为止的 {self.lines} 条记录，印出以后没有被改过。{after}"


def held(session: Session, text: str) -> Held:
    """Up to where a head read off a paper holds; UserError says what is wrong with the trail, or with the text.

    The head is eight digits, with the number of lines behind it where the paper shows it.
    """
    digits, count = _read(text)
    total = audit.length(session)
    broken = trail.break_in_chain(session)
    if count is not None and count > total:
        raise UserError(f"纸上印的是 {count} 条记录，现在只有 {total} 条：后面的 {count - total} 条不见了。{_LOST}")
    found = session.execute(
        select(Change.id, Change.operation_id).where(func.substr(Change.hash, 1, DIGITS) == digits).order_by(Change.id)
    ).all()
    places = {_place(session, line): (line, operation) for line, operation in found}
    place = count if count in places else max(places, default=0)
    if not places or (count is not None and count not in places):
        where = f"（它现在在第 {place} 条，纸上是第 {count} 条）" if places else ""
        raise UserError(f"纸上的校验“{text.strip()}”在操作记录里对不上{where}：抄错了，或者{_LOST}")
    line, operation_id = places[place]
    if broken is not None and broken <= line:
        raise UserError(f"纸上的校验找得到，但是第 {broken} 条记录接不上：{_LOST}")
    operation = session.get_one(Operation, operation_id)
    return Held(place, total - place, operation.at, operation.actor, operation.title)


def _read(text: str) -> tuple[str, int | None]:
    found = _PRINTED.fullmatch(text.strip().removeprefix("账簿校验").strip())
    if found is None:
        raise UserError("请照纸上“账簿校验”后面的写：八位数字或字母，如 1a2b 3c4d（1234 条）。")
    first, second, count = found.groups()
    return f"{first}{second}".lower(), int(count) if count else None


def _place(session: Session, line: int) -> int:
    """How many lines there are up to this one."""
    return session.scalar(select(func.count()).select_from(Change).where(Change.id <= line)) or 0
