"""The lock that a window holds on its data file, so that a second window opens it for reading only."""

import getpass
import json
import os
import socket
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO


@dataclass(frozen=True)
class Holder:
    """Who has the file open: computer, user, process and since when (local time)."""

    host: str
    user: str
    pid: int
    since: str

    @property
    def chinese(self) -> str:
        return f"{self.user}（{self.host}）自 {self.since}"


class WindowLock:
    """Held from `take` to `free`; the system lets go of it when the process dies, so it never goes stale."""

    def __init__(self, path: Path) -> None:
        self._path = path.with_name(f".{path.name}.lock")
        self._file: IO[str] | None = None

    def take(self, now: datetime) -> Holder | None:
        """Takes the lock; answers who holds it instead, or None when it is ours."""
        file = self._path.open("a+", encoding="utf-8")
        if not _locked(file):
            file.seek(0)
            holder = _told(file.read())
            file.close()
            return holder
        file.seek(0)
        file.truncate()
        holder = Holder(socket.gethostname(), _user(), os.getpid(), f"{now:%H:%M}")
        file.write(json.dumps(vars(holder), ensure_ascii=False))
        file.flush()
        self._file = file
        return None

    def free(self) -> None:
        """Lets go of the lock."""
        if self._file is not None:
            self._file.close()
            self._file = None
            self._path.unlink(missing_ok=True)


def _user() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return "另一位用户"


def _told(text: str) -> Holder:
    try:
        return Holder(**json.loads(text))
    except (ValueError, TypeError):
        return Holder("这台电脑", "另一个窗口", 0, "刚才")


if os.name == "nt":
    import msvcrt

    _FAR = 2**30  # a byte no reader of the text meets

    def _locked(file: IO[str]) -> bool:
        try:
            file.seek(_FAR)
            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined,unused-ignore]
        except OSError:
            return False
        return True

else:
    import fcntl

    def _locked(file: IO[str]) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
