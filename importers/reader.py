"""Reading a workbook, an old spreadsheet or a text file into grids, in a child process with limits."""

import io
import os
import pickle
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from threading import Thread
from typing import Any

from importers import guard
from importers.grid import Grid, Workbook
from importers.reading import locked
from models.errors import UserError

Progress = Callable[[int, int], None]
# On a clock of its own: where the child's processor time can be limited, a busy computer may take longer.
SECONDS = 20.0 if sys.platform == "win32" else 60.0
PASTED = "粘贴的内容"
READING_CHILD = "--reading-child"  # what a frozen program is started with to become the child

_PROJECT = Path(__file__).resolve().parent.parent
_LOOK_EVERY = 0.1
_OUT_OF_TIME = getattr(signal, "SIGXCPU", 0)
_TOO_SLOW = "读取用了太长时间，已停止，没有导入。请只保留需要的工作表再导入。"
_TOO_HARD = "内容过多或已损坏，读取它的程序被迫停止，没有导入。请只保留需要的工作表，另存为 .xlsx 后再导入。"


class NeedsPasswordError(UserError):
    """The file has a password, and none was given or not the right one."""


def none_wanted(done: int, total: int) -> None:
    """For callers who neither watch nor stop the work."""


def read(path: Path, password: str | None = None, progress: Progress = none_wanted) -> Workbook:
    """All sheets of the file at `path`, whatever its ending says.

    UserError with one sentence that names the file when it cannot be read, or not within 20 seconds of the processor
    and 1 GiB; NeedsPasswordError among them when it is the password that is wanting.
    `progress` is called every tenth of a second with (0, 0), since nobody can know the end; what it raises stops
    the work. Leaves nothing behind.
    """
    try:
        return _parsed(_contents(path), path.stem, password, progress)
    except UserError as error:
        kind = NeedsPasswordError if str(error) in (locked.MISSING, locked.WRONG) else UserError
        raise kind(f"“{path.name}”{error}") from error


def read_pasted(data: bytes, progress: Progress = none_wanted) -> Workbook:
    """What was copied in another program, as text or as HTML: through the same guard and child as a file.

    UserError with one sentence where it is no table, and as `read`.
    """
    try:
        guard.form_of(data)
        return _parsed(data, PASTED, None, progress)
    except UserError as error:
        raise UserError(f"{PASTED}{error}") from error


def _parsed(data: bytes, name: str, password: str | None, progress: Progress) -> Workbook:
    found = _ask(data, password, progress)
    grids = tuple(_grid(*sheet, otherwise=name) for sheet in found["sheets"])
    return Workbook(grids, tuple(found["notices"]), found["from_1904"], name)


def _contents(path: Path) -> bytes:
    try:
        kind = path.stat().st_mode
        if not (stat.S_ISREG(kind) or stat.S_ISDIR(kind)):
            raise UserError("不是普通文件，没有读取。")  # a pipe would keep us waiting for ever
        with path.open("rb") as file:
            data = file.read(guard.FILE_BYTES + 1)
    except FileNotFoundError as error:
        raise UserError("不存在，请核对文件的位置。") from error
    except IsADirectoryError as error:
        raise UserError("是文件夹，不是文件。") from error
    except OSError as error:
        raise UserError("打不开，可能正被别的程序占用或没有读取权限。") from error
    guard.form_of(data)
    return data


def _ask(data: bytes, password: str | None, progress: Progress) -> dict[str, Any]:
    """What the child finds; where it dies, a second one tries the more careful way in the time that is left."""
    deadline = time.monotonic() + SECONDS
    for careful in (False, True):
        answer = _run(pickle.dumps((data, password, careful)), deadline, progress)
        if answer is not None:
            kind, found = _Plain(io.BytesIO(answer)).load()
            if kind == "refused":
                raise UserError(found)
            result: dict[str, Any] = found
            return result
    raise UserError(_TOO_HARD)


def _run(request: bytes, deadline: float, progress: Progress) -> bytes | None:
    """The child's answer, or None when it died; it never outlives this call."""
    with subprocess.Popen(
        _command(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=_environment(),
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),  # else Windows flashes a console
    ) as child:
        _send(child, request)
        try:
            while True:
                try:
                    answer = child.communicate(timeout=_LOOK_EVERY)[0]
                    if child.returncode == -_OUT_OF_TIME:
                        raise UserError(_TOO_SLOW)
                    return answer if child.returncode == 0 else None
                except subprocess.TimeoutExpired:
                    progress(0, 0)
                if time.monotonic() > deadline:
                    raise UserError(_TOO_SLOW)
        finally:
            child.kill()


def _send(child: subprocess.Popen[bytes], request: bytes) -> None:
    """Begins to write the request: `communicate` forgets what it has not sent by its first timeout."""
    pipe, child.stdin = child.stdin, None
    assert pipe is not None

    def write() -> None:
        with suppress(OSError), pipe:  # the child has died, which its status tells
            pipe.write(request)

    Thread(target=write, daemon=True).start()


def _command() -> list[str]:
    """A packed program is its own interpreter and must be told what to be; see main.py."""
    if getattr(sys, "frozen", False):
        return [sys.executable, READING_CHILD]
    return [sys.executable, "-S", "-m", "importers.reading"]  # without site, which costs as much as the rest


def _environment() -> dict[str, str]:
    """The child finds modules just where this process does."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(_PROJECT), *filter(None, sys.path)])}


def _grid(name: str, rows: Any, hidden: bool, typed: bool, merges: Any, faults: Any, *, otherwise: str) -> Grid:
    return Grid(name or otherwise, rows, hidden, typed, merges, faults)


_SENT = {("datetime", "date"): date, ("datetime", "datetime"): datetime}


class _Plain(pickle.Unpickler):
    """Takes dates and built-in types alone: the child has parsed a stranger's file and is not to be believed."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        try:
            return _SENT[module_name, global_name]
        except KeyError as error:
            raise UserError(_TOO_HARD) from error
