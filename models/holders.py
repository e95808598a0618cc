"""Those who open a data file with a password of their own: who they are, what they may, and their slots."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Mapped, Session, mapped_column

from models import keys, slots
from models.base import Record
from models.database import Database
from models.errors import FieldError, ReadOnlyError, UserError
from models.keys import require_sound
from models.kinds import tidy
from models.unlocking import put_slots

ROLES = (slots.CLERK, slots.READER)


class KeyHolder(Record):
    """One person; `salt` (of all alike) and `wrapping`, what their password gives with it, are in hexadecimal.

    The wrapping key stays within the file, so that the slots can be made anew when the file's own password changes.
    """

    __tablename__ = "key_holders"

    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    salt: Mapped[str]
    wrapping: Mapped[str]


@dataclass(frozen=True)
class Holder:
    """A person as shown; `role` is 经办 or 查看."""

    id: int
    name: str
    role: str


def everybody(session: Session) -> Sequence[Holder]:
    """All who have a password of their own, in the order in which they were added."""
    found = session.scalars(select(KeyHolder).order_by(KeyHolder.id))
    return [Holder(each.id, each.name, each.role) for each in found]


def person_with(database: Database, password: str) -> slots.Person | None:
    """Whose own password this is, of an open file; None where it is nobody's."""
    with database.reading() as session:
        known = session.scalars(select(KeyHolder)).all()
    for salt in {each.salt for each in known}:
        wrapping = keys.wrapping_key(password, bytes.fromhex(salt)).hex()
        for each in known:
            if each.salt == salt and each.wrapping == wrapping:
                return slots.Person(each.name, each.role)
    return None


def add(database: Database, name: str, role: str, password: str) -> None:
    """Lets a person open the file with `password`; FieldError where name, role or password cannot be taken."""
    _require_owner(database)
    name = _checked_name(name)
    if role not in ROLES:
        raise FieldError("role", f"权限应为{'或'.join(ROLES)}。")
    require_sound(password)
    with database.writing(f"增加使用人：{name}") as session:
        known = session.scalars(select(KeyHolder)).all()
        if len(known) >= slots.SLOTS:
            raise FieldError("name", f"一个数据文件最多 {slots.SLOTS} 位使用人，请先移除不再使用的人。")
        if any(each.name == name for each in known):
            raise FieldError("name", f"“{name}”已经有自己的密码。")
        salt = bytes.fromhex(known[0].salt) if known else secrets.token_bytes(slots.SALT_BYTES)
        wrapping = _wrapping(database, known, salt, password)
        session.add(KeyHolder(name=name, role=role, salt=salt.hex(), wrapping=wrapping))
    _put(database)


def change(database: Database, holder_id: int, *, role: str | None = None, password: str | None = None) -> None:
    """Gives a person another role or another password; FieldError where it cannot be taken."""
    _require_owner(database)
    if role is not None and role not in ROLES:
        raise FieldError("role", f"权限应为{'或'.join(ROLES)}。")
    if password is not None:
        require_sound(password)
    with database.writing("修改使用人") as session:
        found = _found(session, holder_id)
        if role is not None:
            found.role = role
        if password is not None:
            others = [each for each in session.scalars(select(KeyHolder)) if each is not found]
            found.wrapping = _wrapping(database, others, bytes.fromhex(found.salt), password)
    _put(database)


def remove(database: Database, holder_id: int) -> None:
    """Takes a person's password away; copies and backups made before still open with it."""
    _require_owner(database)
    with database.writing("移除使用人") as session:
        session.delete(_found(session, holder_id))
    _put(database)


def _found(session: Session, holder_id: int) -> KeyHolder:
    found = session.get(KeyHolder, holder_id)
    if found is None:
        raise UserError("这位使用人已经移除。")
    return found


def _require_owner(database: Database) -> None:
    if database.key is None:
        raise UserError("数据文件没有密码，谁都能打开；请先设置密码，再增加使用人。")
    if database.person is not None:
        raise UserError("只有用数据文件的密码打开时，才能增加、修改和移除使用人。")
    if database.read_only:
        raise ReadOnlyError


def _checked_name(name: str) -> str:
    name = tidy(name)
    if not name:
        raise FieldError("name", "请填写使用人的姓名。")
    if len(name.encode()) > slots.LONGEST_NAME:
        raise FieldError("name", "姓名太长，请改短一些。")
    return name


def _wrapping(database: Database, others: Sequence[KeyHolder], salt: bytes, password: str) -> str:
    """The wrapping key of a password, in hexadecimal; FieldError where it opens the file for somebody already."""
    assert database.key is not None
    wrapping = keys.wrapping_key(password, salt).hex()
    own = keys.key_for(password, database.key.salt).salt == database.key.salt
    if own or wrapping in [each.wrapping for each in others]:
        raise FieldError("password", "这个密码已经有人在用，请换一个。")
    return wrapping


def _put(database: Database) -> None:
    assert database.key is not None
    database.rest()
    put_slots(database.path, database.key)
