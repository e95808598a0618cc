"""Setting, changing and removing the password of a data file: a verified copy under another key takes its place."""

from collections.abc import Callable, Mapping
from contextlib import ExitStack, closing

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models import files, holders, recovery, trail
from models.audit import Anchor
from models.base import Base
from models.connections import recrypted
from models.database import Database
from models.errors import FieldError, ReadOnlyError, UserError
from models.keys import new_key, require_sound
from models.soundness import damage
from models.unlocking import PasswordNeededError, WrongPasswordError, is_own, put_slots

_STEPS = 4  # the old key, the new key, the copy, its verification


def _nothing(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def change(
    database: Database, present: str | None, wanted: str | None, progress: Callable[[int, int], None] = _nothing
) -> Database:
    """Gives the file the password `wanted`, or none, and answers it opened anew; the one handed in is closed.

    `present` is the password it has now (WrongPasswordError when it is not). Those who open the file with a password
    of their own go on doing so; while there are such the file keeps one. When anything fails the file is as it
    was and stays open; so it is when `progress` raises, which it is called for between the steps. Scans keep their
    keys, which the file holds; backups made before keep the old password.
    """
    if database.read_only:
        raise ReadOnlyError
    if wanted is not None:
        require_sound(wanted)
    progress(0, _STEPS)
    _require_present(database, present)
    progress(1, _STEPS)
    key = new_key(wanted) if wanted is not None else None
    progress(2, _STEPS)
    aside = files.aside_of(database.path)
    try:
        with files.refusing("密码没有改成，数据文件没有动"), ExitStack() as holding:
            holding.callback(database.close)
            # The lock is held until the new file is in place, so that nothing saved meanwhile is lost.
            session = holding.enter_context(database.trying())
            if wanted is None:
                _require_alone(session)
            aside.touch(exist_ok=False)
            holding.enter_context(recrypted(database.path, database.key, aside, key))
            progress(3, _STEPS)
            with closing(Database.with_key(aside, key, read_only=True)) as copy, copy.reading() as copied:
                if damage(copied) or _content(copied) != _content(session):
                    raise UserError("密码没有改成：新文件没有通过核验，数据文件没有动。")
            if key is not None:
                put_slots(aside, key, beside=False)
            files.flush(aside)
            progress(_STEPS, _STEPS)
            files.exchange(aside, database.path, holding.close)
    finally:
        aside.unlink(missing_ok=True)
    return Database.with_key(database.path, key, database.actor, database.clock)


def _require_present(database: Database, present: str | None) -> None:
    """The present password is told by what opened the file, which is not read beside: that would let go of its locks.

    Where another file has taken its place by now, the lock on it is refused.
    """
    if database.key is None:
        return
    if present is None:
        raise PasswordNeededError(f"“{database.path.name}”设有密码，请提供现在的密码。")
    if is_own(database.key, present):
        return
    if holders.person_with(database, present) is not None:
        raise FieldError("password", "这是您自己的密码。换数据文件的密码，要用数据文件的密码。")
    raise WrongPasswordError(recovery.miscounted(present) or "密码不对，请重新输入。")


def _require_alone(session: Session) -> None:
    if session.scalar(select(func.count()).select_from(holders.KeyHolder)):
        raise FieldError("password", "还有使用人用自己的密码打开这个文件，请先移除他们，再取消密码。")


def _content(session: Session) -> tuple[Anchor, Mapping[str, int | None]]:
    """The head of the trail and how many rows each table has."""
    tables = Base.metadata.sorted_tables
    return trail.anchor(session), {
        table.name: session.scalar(select(func.count()).select_from(table)) for table in tables
    }
