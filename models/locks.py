"""The lock that a window holds on its data file, so that a second window opens it for reading only."""

import getpass
import json
import os
import socket
import sys
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from models import files

_LONGEST = 4096


@dataclass(frozen=True)
class Holder:
    """Who has the file open: computer, user, process and since when (local time, 2026-11-23 14:02)."""

    host: str
    user: str
    pid: int
    since: str

    @property
    def chinese(self) -> str:
        return f"{self.user}（电脑 {self.host}）自 {self.since} 起" if self.host else self.user


class WindowLock:
    """Held from `take` to `free`. The system lets go of it when the process dies: what a crash left is no hindrance.

    Between two computers, on a shared folder, locks are not always seen: there the name that was left counts, until
    somebody who knows better takes the lock over.
    """

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f".{path.name}.lock")
        self._file: BinaryIO | None = None
        self.is_seen = False  # whether whoever has it is certainly there; else only a name was left

    def take(self, now: datetime, over: bool = False) -> Holder | None:
        """Takes the lock; answers who holds it instead, or None when it is ours.

        `over` takes it although the window of another computer has left its name. UserError when there is no place
        for a lock.
        """
        with files.refusing(f"“{self._path.parent}”里不能锁定数据文件"):
            while True:
                file = os.fdopen(os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644), "r+b")
                locked = _locked(file)
                left = _told(file)
                if locked is False or (not over and _may_live(left, seen=locked is True)):
                    file.close()
                    self.is_seen = locked is False or left.host == socket.gethostname()
                    return left
                if self._is_named(file):
                    break
                file.close()  # its holder removed it while it was opened here: it would guard nothing
        with suppress(OSError):  # on a full disk the lock holds all the same, only without a name
            _tell(file, Holder(socket.gethostname(), _user(), os.getpid(), f"{now:%Y-%m-%d %H:%M}"))
        self._file = file
        return None

    def free(self) -> None:
        """Lets go of the lock."""
        if self._file is None:
            return
        if sys.platform == "win32":  # where nobody can remove a file that somebody else may have open
            self._file.truncate(0)
        else:
            self._path.unlink(missing_ok=True)
        self._file.close()
        self._file = None

    def _is_named(self, file: BinaryIO) -> bool:
        try:
            return os.path.samestat(os.fstat(file.fileno()), self._path.stat())
        except FileNotFoundError:
            return False


def _may_live(left: Holder, seen: bool) -> bool:
    """Whether the window that left its name may still be open; `seen` says that its lock would have been seen."""
    if not left.host:
        return False
    if left.host != socket.gethostname():
        return True
    return not seen and left.pid != os.getpid() and files.is_running(left.pid)


def _tell(file: BinaryIO, holder: Holder) -> None:
    file.seek(0)
    file.truncate()
    file.write(json.dumps(asdict(holder), ensure_ascii=False).encode())
    file.flush()


def _told(file: BinaryIO) -> Holder:
    """Who left its name in the file; a holder without a host for a file that tells nothing."""
    file.seek(0)
    try:
        told = json.loads(file.read(_LONGEST))
        return Holder(str(told["host"]), str(told["user"]), int(told["pid"]), str(told["since"]))
    except (ValueError, TypeError, KeyError):
        return Holder("", "另一个窗口", 0, "")


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "另一位用户"


if sys.platform == "win32":
    import msvcrt

    _FAR = 2**30  # a byte that no reader of the text meets

    def _locked(file: BinaryIO) -> bool | None:
        """Locks the file; False when somebody else has, None where there are no locks."""
        file.seek(_FAR)
        try:
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: BinaryIO) -> bool | None:
        """Locks the file; False when somebody else has, None where there are no locks."""
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return None
        return True
