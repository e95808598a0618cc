"""Connections of the driver to a data file, plain or encrypted, with key and settings applied."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from models.errors import UserError
from models.failures import translated
from models.keys import FileKey

_SETTINGS = (
    "foreign_keys=ON",
    "synchronous=FULL",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "temp_store=MEMORY",
)
_PATIENCE = 5.0  # seconds that a connection waits for a lock


def driver(encrypted: bool) -> ModuleType:
    """The DB-API module for a data file."""
    if not encrypted:
        return sqlite3
    from sqlcipher3 import dbapi2

    module: ModuleType = dbapi2
    return module


def prepare(connection: Any, key: FileKey | None) -> None:
    """Gives a fresh connection its key and makes sure that the cipher is really at work."""
    if key is None:
        return
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f'PRAGMA key="{key.pragma}"')
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise UserError("加密组件没有生效，为保护数据，程序拒绝打开这个文件。")


def connect(path: Path, key: FileKey | None, read_only: bool = False) -> Any:
    """A connection of the driver to an existing file, with key and settings applied; the caller says BEGIN."""
    mode = "ro" if read_only else "rw"
    connection = driver(encrypted=key is not None).connect(
        f"{_uri(path)}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False, timeout=_PATIENCE
    )
    try:
        prepare(connection, key)
        for setting in _SETTINGS:
            connection.execute(f"PRAGMA {setting}")
        if read_only:
            connection.execute("PRAGMA query_only=ON")
        elif connection.execute("PRAGMA journal_mode=TRUNCATE").fetchone()[0] != "truncate":
            raise UserError("数据文件不能以安全方式打开，请检查所在磁盘是否只读。")
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def recrypted(path: Path, key: FileKey | None, aside: Path, wanted: FileKey | None) -> Iterator[None]:
    """Copies the file at `path` into the empty file `aside` under another key, or under none; `path` is only read.

    Nobody else writes to it while the block lasts; UserError where somebody did during the copying. The lock that the
    caller holds on a plain file is not enough: it is that of another library, and this one, which knows nothing of it,
    lets go of it at the end of each reading.
    """
    module = driver(encrypted=True)
    address = f"{_uri(path)}?mode={'rw' if key is None else 'ro'}"
    with translated(module), closing(module.connect(address, uri=True, isolation_level=None)) as connection:
        if key is not None:
            prepare(connection, key)
        kept = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")}
        before = connection.execute("PRAGMA data_version").fetchone()
        spelt = f'"{wanted.pragma}"' if wanted is not None else "''"
        connection.execute(f"ATTACH DATABASE ? AS target KEY {spelt}", (f"{_uri(aside)}?mode=rw",))
        connection.execute("SELECT sqlcipher_export('target')").fetchall()
        for name, value in kept.items():
            connection.execute(f"PRAGMA target.{name}={value}")
        connection.execute("DETACH DATABASE target")
        if key is None:
            connection.execute("BEGIN IMMEDIATE")
        if connection.execute("PRAGMA data_version").fetchone() != before:
            raise UserError(f"“{path.name}”刚刚被另一个程序修改，没有改成，请再试一次。")
        yield


def _uri(path: Path) -> str:
    """The path as SQLite reads it in a URI: file:///home/…, file:///D:/… or file:////server/share/…."""
    absolute = quote(path.absolute().as_posix(), safe="/:", errors="surrogateescape")
    return f"file://{'' if absolute.startswith('/') else '/'}{absolute}"
