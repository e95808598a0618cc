"""A data file that a window has open: with its lock, or for reading only and why."""

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from models import places
from models.database import Database
from models.errors import UserError
from models.keys import FileKey
from models.locks import Holder, WindowLock
from models.unlocking import WrongPasswordError, is_own, key_of


class Standing(Enum):
    """How a file may be used where it lies."""

    OWN = "own"
    STICK = "stick"  # may be written, and may be pulled out
    SHARE = "share"
    MEDIUM = "medium"  # the file or its folder cannot be written
    READER = "reader"  # the password that opened it lets its person look only
    HELD = "held"  # by a window that is open
    LEFT = "left"  # the name of another computer's window, which may have crashed


_WORDS = {
    Standing.OWN: "",
    Standing.STICK: "数据文件在可以拔下的盘上，容易丢失和损坏；请先关闭程序再拔，最好搬到这台电脑上用。",
    Standing.SHARE: "数据文件在网络共享文件夹里，在那里改动容易损坏，所以只能查看；要修改，请复制到这台电脑上再用。",
    Standing.READER: "您的密码只能查看这个数据文件，不能修改；要修改，请用自己的经办密码，或请管文件的人改您的权限。",
    Standing.MEDIUM: "数据文件或它所在的文件夹不能写入，只能查看；要修改，请复制到这台电脑上再用。",
}


@dataclass(frozen=True)
class OpenedFile:
    """An open data file and how it stands; `holder` is who has it open instead of us."""

    database: Database
    lock: WindowLock
    standing: Standing
    holder: Holder | None = None

    @property
    def sentence(self) -> str:
        """What a person should know of it; empty when there is nothing."""
        if self.holder is None:
            return _WORDS[self.standing]
        if self.standing is Standing.HELD:
            return f"这个数据文件正由{self.holder.chinese}打开，这里只能查看，不能修改。"
        return f"{self.holder.chinese}打开了这个数据文件，没有关闭的记录，这里只能查看，不能修改。"

    def close(self) -> None:
        """Closes the file and lets go of its lock."""
        self.database.close()
        self.lock.free()


def open_file(
    path: Path, password: str | None, actor: str, now: datetime, over: bool = False, known: FileKey | None = None
) -> OpenedFile:
    """Opens a data file for a window; UserError as Database.open.

    `over` takes the lock although another computer has left its name; a window that is seen to be open keeps it.
    A file that has the same key as one opened before, as a copy or a backup has, opens with it (`known`) unasked.
    """
    shared = places.on_network(path)
    key = key_of(path, password, known)
    return settled(Database.with_key(path, key, actor, read_only=shared), now, over)


def settled(database: Database, now: datetime, over: bool = False) -> OpenedFile:
    """Takes the lock of an open file; where that cannot be, the file is opened again for reading only."""
    path, lock = database.path, WindowLock(database.path)
    if places.on_network(path):
        return OpenedFile(_for_reading(database), lock, Standing.SHARE)
    if database.read_only:
        return OpenedFile(database, lock, Standing.MEDIUM if _may_write(database) else Standing.READER)
    try:
        holder = lock.take(now, over)
    except UserError:  # there is no place for a lock: nothing can be saved there either
        return OpenedFile(_for_reading(database), lock, Standing.MEDIUM)
    if holder is not None:
        standing = Standing.HELD if lock.is_seen else Standing.LEFT
        return OpenedFile(_for_reading(database), lock, standing, holder)
    return OpenedFile(database, lock, Standing.STICK if places.on_stick(path) else Standing.OWN)


def require_password(database: Database, password: str) -> None:
    """UserError unless the password goes on with an open file: its own, its recovery code or its person's.

    The file is not opened beside: closing it again would let go of the locks that SQLite holds on it.
    """
    assert database.key is not None
    if is_own(database.key, password):
        return
    from models import holders

    person = holders.person_with(database, password)
    if person is None:
        raise WrongPasswordError("密码不对，请重新输入。")
    if person != database.person:
        who = database.person.name if database.person is not None else "管文件的人"
        raise WrongPasswordError(f"文件是{who}打开的，请用那个密码；换人用，请关掉程序再打开。")


def _may_write(database: Database) -> bool:
    return database.person is None or database.person.may_write


def _for_reading(database: Database) -> Database:
    if database.read_only:
        return database
    database.close()
    return Database.with_key(database.path, database.key, database.actor, database.clock, read_only=True)
