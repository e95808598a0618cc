"""Files that are written aside, flushed and only then put in place, and why one could not be, as a sentence."""

import errno
import hashlib
import os
import platform
import re
import secrets
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from models.errors import UserError

JOURNALS = ("-journal", "-wal", "-shm")
LONGEST_NAME = 255
ASIDE = re.compile(r"\.~(?:(?P<host>[0-9a-f]{8})(?P<pid>[0-9a-f]{8}))?[0-9a-f]{16}\.tmp(?:-journal|-wal|-shm)?")
_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY}
_FAULTY = {errno.EIO, errno.ENXIO, errno.ENODEV, errno.ESTALE}
_BLOCK = 2**20


def aside_of(path: Path) -> Path:
    """A name in the folder of `path` that nothing has yet, for what is to take its place; it tells who writes there."""
    return path.with_name(f".~{_host()}{os.getpid():08x}{secrets.token_hex(8)}.tmp")


def writer_of(name: str) -> int | None:
    """The process of this computer that gave something a name by `aside_of`; None for any other name."""
    told = ASIDE.fullmatch(name)
    return int(told["pid"], 16) if told is not None and told["host"] == _host() else None


def is_running(pid: int) -> bool:
    """Whether there is a process of that number, whoever's it is; not to be asked on Windows."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def _host() -> str:
    return hashlib.sha256(platform.node().encode(errors="surrogateescape")).hexdigest()[:8]


def flush(path: Path) -> None:
    """Returns when the content of the file is on the disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def flush_folder(folder: Path) -> None:
    """Returns when the names in the folder are on the disk; Windows does that by itself and offers no way to ask."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put(aside: Path, path: Path) -> None:
    """Gives the file `aside` the name `path`, in place of an older file there."""
    aside.replace(path)
    flush_folder(path.parent)


def exchange(aside: Path, path: Path, let_go: Callable[[], None]) -> None:
    """Puts `aside` in the place of the data file at `path`, which the caller keeps locked until `let_go` is called.

    Windows lets nobody replace an open file: there it is let go first; UserError if somebody wrote meanwhile.
    """
    if os.name == "nt":
        before = path.stat()
        let_go()
        if path.stat().st_mtime_ns != before.st_mtime_ns:
            raise UserError(f"“{path.name}”刚刚被另一个程序修改，没有替换，请再试一次。")
        put(aside, path)
    else:
        put(aside, path)
        let_go()


def identity(path: Path) -> tuple[int, int] | None:
    """What tells the file at `path` from one put in its place; None on Windows, and where there is no file."""
    if os.name == "nt":
        return None
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino


def put_new(aside: Path, path: Path) -> None:
    """Gives the file `aside` the name `path`; FileExistsError when something has that name by now."""
    try:
        os.link(aside, path)
    except FileExistsError:
        raise
    except OSError:  # a stick formatted as FAT knows no links
        if path.exists():
            raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path)) from None
        aside.rename(path)
    else:
        aside.unlink()
    flush_folder(path.parent)


def keep(path: Path, kept: Path) -> None:
    """Gives the file at `path` a second name, under which it stays when another takes its place."""
    try:
        os.link(path, kept)
    except FileExistsError:
        keep(path, kept.with_name(f"{kept.stem}-{secrets.token_hex(4)}{kept.suffix}"))
    except OSError:  # a disk without links
        shutil.copyfile(path, kept)
        flush(kept)


def write(path: Path, content: bytes) -> None:
    """Writes a whole file so that either the old or the new one stands at `path`, whatever happens."""
    aside = aside_of(path)
    try:
        with aside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        put(aside, path)
    finally:
        aside.unlink(missing_ok=True)


def digest(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    found = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
    return found.hexdigest()


def require_free(path: Path) -> None:
    """UserError when no data file can be made at `path`: something stands there, or the journal of an older one."""
    if "\0" in str(path):
        raise UserError("文件名里有不能用的字符，请另取一个文件名。")
    if os.path.lexists(path):
        raise UserError(f"“{path}”已经存在，请另取一个文件名。")
    if not path.parent.is_dir():
        raise UserError(f"没有“{path.parent}”这个文件夹，请先建好或另选一处。")
    for ending in JOURNALS:
        left = path.with_name(path.name + ending)
        if len(os.fsencode(left.name)) > LONGEST_NAME:
            raise UserError("文件名太长，请改短一些。")
        if os.path.lexists(left):
            raise UserError(f"“{path.parent}”里留有旧的“{left.name}”，会损坏同名的新文件，请另取一个文件名。")


def reason(error: OSError) -> str:
    """Why the system refused, in a few words."""
    if error.errno in _FULL:
        return "磁盘空间不够"
    if error.errno == errno.EROFS:
        return "所在的磁盘只能读不能写"
    if error.errno in _REFUSED:
        return "没有读写权限，或文件正被别的程序打开"
    if isinstance(error, FileExistsError):
        return "这个名字已经被占用"
    if isinstance(error, IsADirectoryError):
        return "这是一个文件夹"
    if error.errno == errno.ENAMETOOLONG:
        return "文件名太长"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "所在的文件夹不存在或已拔出"
    if error.errno in _FAULTY:
        return "读写磁盘出错，磁盘可能已损坏或被拔出"
    return f"系统没有答应（{errno.errorcode.get(error.errno or 0, '原因不明')}）"


@contextmanager
def refusing(what: str) -> Iterator[None]:
    """Turns an OSError of the block into the sentence “`what`：why。”."""
    try:
        yield
    except OSError as error:
        raise UserError(f"{what}：{reason(error)}。") from error
