"""Putting a file in place: written aside, flushed, verified, and only then exchanged for the old one."""

import errno
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from models import leftovers
from models.errors import UserError
from models.files import aside_of, reason

Verify = Callable[[Path], None]
Progress = Callable[[int, int], None]

_FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_REFUSED = {errno.EACCES, errno.EPERM}


def none_wanted(done: int, total: int) -> None:
    """The progress of a job that nobody watches."""


@contextmanager
def replacing(path: Path, verify: Verify) -> Iterator[BinaryIO]:
    """Gives a new file in the folder of `path`; it takes that name once the block has ended and `verify` has passed.

    `verify` is given the flushed and closed file and raises UserError if it is not what it should be. After any error,
    in the block too, the new file is gone and an old one stands untouched; an OSError about either becomes a UserError.
    """
    target = Path(os.path.realpath(path)) if "\0" not in str(path) else path
    aside = aside_of(target)
    try:
        _check_shape(target)
        leftovers.clear(target.parent)
        try:
            with aside.open("xb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())
            verify(aside)
            if target.exists():
                shutil.copymode(target, aside)
            aside.replace(target)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        if error.filename not in (None, str(aside), str(target)):
            raise
        raise UserError(refusal(error, target, windows=os.name == "nt")) from error


def _check_shape(target: Path) -> None:
    if "\0" in str(target):
        raise UserError("文件名里有不能用的字符，没有存成。")
    if target.is_dir():
        raise UserError(f"“{target}”是文件夹，请再写上文件名。")
    if not target.parent.is_dir():
        raise UserError(f"没有“{target.parent}”这个文件夹，请先建好或另选一处。")
    if target.exists() and not target.is_file():
        raise UserError(f"“{target}”不是普通文件，不能写在这里。")
    if target.exists() and not os.access(target, os.W_OK):
        raise UserError(f"“{target.name}”是只读文件，没有改动，请另起名字。")


def refusal(error: OSError, target: Path, windows: bool) -> str:
    """The sentence for a file that could not be written; `windows` says whose rules about open files hold."""
    name = target.name
    if error.errno in _FULL:
        return f"磁盘空间不够，“{name}”没有存成；原有的文件没有动。请清出空间或另选一处再存。"
    if error.errno == errno.EROFS:
        return f"“{target.parent}”只能读不能写，“{name}”没有存成，请另选一处。"
    if error.errno == errno.ENAMETOOLONG:
        return "文件名太长，没有存成，请改短一些。"
    if error.errno in _REFUSED and windows and target.exists():
        return f"“{name}”正被别的程序（如 Excel、WPS）打开，没有存成，请关闭后再存。"
    if error.errno in _REFUSED:
        return f"没有写入“{target.parent}”的权限，“{name}”没有存成，请另选一处。"
    return f"“{name}”没有存成（{reason(error)}）；原有的文件没有动。"
