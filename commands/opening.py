"""Opening the data file a command works on, and reading passwords from files."""

import argparse
import getpass
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from commands.output import hint
from models import clocks, files
from models.database import Database
from models.errors import UserError

_LONGEST_PASSWORD_FILE = 2**16
_UTF16 = (b"\xff\xfe", b"\xfe\xff")


@contextmanager
def opened(options: argparse.Namespace) -> Iterator[Database]:
    """The data file of the command line, closed in the end; UserError when there is none or it does not open."""
    database = Database.open(data_path(options), password(options), actor=actor())
    try:
        with database.reading() as session:
            doubt = clocks.doubt(session, datetime.now().astimezone())
        if doubt:
            hint(f"提醒：{doubt}")
        yield database
    finally:
        database.close()


def data_path(options: argparse.Namespace) -> Path:
    """The data file named, else the one last opened in the window; UserError when there is neither."""
    if options.data is not None:
        found: Path = options.data
        return found
    from models import preferences

    last = preferences.read().last_file
    if last is None:
        raise UserError("没有写明数据文件，窗口里也没有打开过；请用 --data 写明。")
    return last


def password(options: argparse.Namespace) -> str | None:
    """The password of the data file, None when no password file was named; it is never asked for."""
    return None if options.password_file is None else password_in(options.password_file)


def password_in(path: Path) -> str:
    """The first line of a text file in UTF-8, UTF-16 or GB18030; UserError when there is nothing in it."""
    with files.refusing(f"密码文件“{path}”读不出来"), path.open("rb") as file:
        content = file.read(_LONGEST_PASSWORD_FILE)
    first = _decoded(content, path).partition("\n")[0].rstrip("\r")
    if not first:
        raise UserError(f"密码文件“{path}”的第一行是空的，请把密码写在第一行。")
    return first


def _decoded(content: bytes, path: Path) -> str:
    for encoding in ("utf-16",) if content.startswith(_UTF16) else ("utf-8-sig", "gb18030"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UserError(f"密码文件“{path}”不是文本文件。")


def actor() -> str:
    """Who runs the command, as the trail of changes names them: the user of this computer."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a user without a name, in a container or on a server
        return "命令行"
