"""From a password to the key of a data file: its own, a person's, or the code of the recovery sheet."""

import os
from contextlib import closing
from pathlib import Path

from models import files, keys, recovery, slots
from models.connections import connect, driver
from models.errors import DamagedError, UserError
from models.failures import elsewhere, translated
from models.keys import PLAIN_HEAD, SALT_BYTES, FileKey
from models.slots import Person, Slot

PAGE_BYTES = 4096
_WRONG = "密码不对，请重新输入。如果确信没有输错，可能是文件的开头损坏了，请从备份恢复。"


class PasswordNeededError(UserError):
    """The file is encrypted and no password was given."""


class WrongPasswordError(UserError):
    """The password is not that of the file."""


def key_of(path: Path, password: str | None, known: FileKey | None = None) -> FileKey | None:
    """The key of the file at `path`, None for a plain one; raises the sentence for whatever is no data file.

    Where the file begins as the one whose key is `known`, that is the key and no password is needed.
    """
    if "\0" in str(path):
        raise UserError("文件名里有不能用的字符。")
    with files.refusing(f"打不开“{path}”"):
        if not path.exists():
            raise UserError(f"找不到数据文件“{path}”。")
        with path.open("rb") as file:
            start = file.read(keys.HEAD_BYTES)
            size = file.seek(0, os.SEEK_END)
            file.seek(max(0, size - PAGE_BYTES))
            end = file.read()
    head = start[:SALT_BYTES]
    if head == PLAIN_HEAD:
        return None
    if len(start) == keys.HEAD_BYTES and keys.has_lost_its_head(start):
        raise DamagedError(f"“{path.name}”的开头已损坏，请从最近的备份恢复。")
    if size == 0 or size % PAGE_BYTES or head.startswith(keys.FOREIGN_HEADS):
        raise DamagedError(f"“{path.name}”不是支部台账的数据文件，或已损坏。")
    if known is not None and head == known.salt:
        return known
    if password is None:
        raise PasswordNeededError(f"“{path.name}”设有密码，请提供密码后再打开。")
    return _key_by(password, path, head, end)


def is_own(key: FileKey, password: str) -> bool:
    """Whether a password is that of the file with this key itself, or the code of its recovery sheet."""
    return keys.key_for(password, key.salt).key == key.key or recovery.key_in(password) == key.key


def _key_by(password: str, path: Path, head: bytes, end: bytes) -> FileKey:
    """The key that a password gives: the file's own, a person's, or the code of the recovery sheet."""
    key = keys.key_for(password, head)
    if key.salt == head:
        return key
    written = recovery.key_in(password)
    if written is not None:
        if not keys.fits(written, head):
            raise WrongPasswordError("这份恢复单不是这个文件的；换过密码以后，要用换密码时打印的那一份。")
        return FileKey(written, head, by_code=True)
    for page in slots.pages_for(path, end):
        opened = page.opened(keys.wrapping_key(password, page.salt))
        if opened is not None and keys.fits(opened[0], head):
            return FileKey(opened[0], head, opened[1])
    if miscounted := recovery.miscounted(password):
        raise WrongPasswordError(miscounted)
    raise _refusal(path, key)


def _refusal(path: Path, key: FileKey) -> UserError:
    """Why a key does not fit the beginning of the file: if the pages open with it, only the beginning is damaged.

    Where the damage is in the random half, the key itself comes out wrong: then nobody can tell.
    """
    module = driver(encrypted=True)
    try:
        with closing(connect(path, key, read_only=True)) as connection:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except module.Error:
        return WrongPasswordError(_WRONG)
    return DamagedError(f"密码是对的，但“{path.name}”的开头已损坏，请从最近的备份恢复。")


def put_slots(path: Path, key: FileKey, beside: bool = True) -> None:
    """Puts the slots that the tables of an encrypted file tell behind its last page, and `beside` it where wanted.

    Nothing of this process may be writing to the file: closing it here would let go of SQLite's locks. UserError where
    another file takes its place just then, whose pages these slots would spoil.
    """
    found = files.identity(path)
    with translated(driver(encrypted=True)), closing(connect(path, key)) as connection:
        connection.execute("BEGIN IMMEDIATE")  # nobody else adds pages meanwhile, nor puts another file there
        if files.identity(path) != found:
            raise elsewhere(saving=False)
        rows = connection.execute("SELECT name, role, salt, wrapping FROM key_holders ORDER BY id").fetchall()
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        kept = [Slot(Person(name, role), bytes.fromhex(wrapping)) for name, role, _salt, wrapping in rows]
        page = slots.page_of(bytes.fromhex(rows[0][2]), key.key, kept) if rows else None
        slots.put_behind(path, pages, page)
        if beside:
            slots.put_beside(path, page)
        connection.execute("ROLLBACK")
