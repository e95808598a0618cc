"""The data file: opening it, plain or encrypted, and the only two doors to it, `reading()` and `writing()`."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError
from sqlalchemy.pool import QueuePool

from models import audit
from models.base import Base
from models.errors import UserError
from models.keys import SALT_BYTES, FileKey, key_for, new_key
from models.migrations import SCHEMA

APPLICATION_ID = 0x5A425454
PLAIN_HEAD = b"SQLite format 3\x00"
_FOREIGN_HEADS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"<")
_SETTINGS = (
    "foreign_keys=ON",
    "synchronous=FULL",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "mmap_size=0",
    "temp_store=MEMORY",
    "busy_timeout=5000",
)
Clock = Callable[[], datetime]


class PasswordNeededError(UserError):
    """The file is encrypted and no password was given."""


class WrongPasswordError(UserError):
    """The password is not that of the file."""


def utc_now() -> datetime:
    """The moment that audit lines carry."""
    return datetime.now(UTC)


class Database:
    """One open data file; `actor` is who makes the changes, as the audit lines name them."""

    def __init__(self, path: Path, key: FileKey | None, actor: str, clock: Clock = utc_now) -> None:
        self.path = path
        self.key = key
        self.actor = actor
        self._clock = clock
        self._driver: ModuleType = _driver(key)
        self._engine = create_engine(
            "sqlite://", creator=self.connect, module=self._driver, poolclass=QueuePool, pool_size=3, max_overflow=5
        )
        self._write_engine = self._engine.execution_options(writing=True)
        event.listen(self._engine, "begin", _begin)

    @property
    def encrypted(self) -> bool:
        return self.key is not None

    @classmethod
    def create(cls, path: Path, password: str | None = None, actor: str = "", clock: Clock = utc_now) -> "Database":
        """Makes a new data file with empty tables; refuses a path where something stands already."""
        try:
            path.touch(exist_ok=False)
        except FileExistsError:
            raise UserError(f"“{path}”已经存在，请另取一个文件名。") from None
        except OSError as error:
            raise UserError(f"无法在“{path.parent}”新建数据文件：{_reason(error)}。") from None
        database = cls(path, new_key(password) if password else None, actor, clock)
        try:
            with _translated():
                database._make_tables()
        except BaseException:
            database.close()
            path.unlink(missing_ok=True)
            raise
        return database

    @classmethod
    def open(cls, path: Path, password: str | None = None, actor: str = "", clock: Clock = utc_now) -> "Database":
        """Opens a data file; UserError with a sentence when it is missing, damaged, newer or locked by a password."""
        database = cls(path, _key_of(path, password), actor, clock)
        try:
            with _translated():
                database._verify_head()
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        self._engine.dispose()

    def connect(self) -> Any:
        """A new connection of the driver with key and settings applied (for backups too)."""
        connection = self._driver.connect(str(self.path), isolation_level=None, check_same_thread=False)
        try:
            prepare(connection, self.key)
            for setting in _SETTINGS:
                connection.execute(f"PRAGMA {setting}")
            mode = connection.execute("PRAGMA journal_mode=TRUNCATE").fetchone()[0]
            if mode != "truncate":
                raise UserError("数据文件不能以安全方式打开，请检查所在磁盘是否只读。")
        except BaseException:
            connection.close()
            raise
        return connection

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads; it sees one moment of the file."""
        with _translated(), Session(self._engine, autoflush=False, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self, title: str) -> Iterator[Session]:
        """A session whose changes are saved together under `title` with their audit lines, or not at all."""
        with _translated(), audit.AuditedSession(self._write_engine, expire_on_commit=False) as session:
            session.connection()
            yield session
            audit.finish(session, actor=self.actor, title=title, at=self._clock())
            session.commit()

    @contextmanager
    def trying(self) -> Iterator[Session]:
        """A session that may change anything and is rolled back at the end (previews, dry runs)."""
        with _translated(), audit.AuditedSession(self._write_engine, expire_on_commit=False) as session:
            session.connection()
            yield session
            session.rollback()

    def _make_tables(self) -> None:
        with self._write_engine.begin() as connection:
            Base.metadata.create_all(connection)
            audit.protect(connection)
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")

    def _verify_head(self) -> None:
        with self._engine.connect() as connection:
            application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            schema = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if application != APPLICATION_ID:
            raise UserError(f"“{self.path.name}”不是支部台账的数据文件。")
        if schema > SCHEMA:
            raise UserError(f"“{self.path.name}”由更新版本的程序保存，请先升级本程序再打开。")
        if schema < SCHEMA:
            raise UserError(f"“{self.path.name}”的格式版本 {schema} 已不再支持。")


def prepare(connection: Any, key: FileKey | None) -> None:
    """Gives a fresh connection its key and makes sure that the cipher is really at work."""
    if key is None:
        return
    connection.execute("PRAGMA cipher_log_level=NONE")
    connection.execute(f'PRAGMA key="{key.pragma}"')
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise UserError("加密组件没有生效，为保护数据，程序拒绝打开这个文件。")


def _driver(key: FileKey | None) -> ModuleType:
    if key is None:
        return sqlite3
    from sqlcipher3 import dbapi2

    module: ModuleType = dbapi2
    return module


def _key_of(path: Path, password: str | None) -> FileKey | None:
    """The key of the file at `path`, None for a plain one; raises the sentence for whatever is no data file."""
    try:
        with path.open("rb") as file:
            head = file.read(SALT_BYTES)
    except FileNotFoundError:
        raise UserError(f"找不到数据文件“{path}”。") from None
    except OSError as error:
        raise UserError(f"打不开“{path}”：{_reason(error)}。") from None
    if head == PLAIN_HEAD:
        return None
    if len(head) < SALT_BYTES or head.startswith(_FOREIGN_HEADS):
        raise UserError(f"“{path.name}”不是支部台账的数据文件，或已损坏。")
    if password is None:
        raise PasswordNeededError(f"“{path.name}”设有密码，请提供密码后再打开。")
    key = key_for(password, head)
    if key is None:
        raise WrongPasswordError("密码不对，请重新输入。")
    return key


def _begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")


def _reason(error: OSError) -> str:
    if isinstance(error, PermissionError):
        return "没有读写权限"
    if isinstance(error, IsADirectoryError):
        return "这是一个文件夹"
    return "所在文件夹不存在或不可用"


@contextmanager
def _translated() -> Iterator[None]:
    """Turns a stale row, a lock, a full disk and a damaged file into sentences; other errors pass."""
    try:
        yield
    except StaleDataError:
        raise UserError("这条记录刚刚在另一处被修改，本次没有保存，请刷新后再试。") from None
    except DBAPIError as error:
        sentence = _sentence(str(error.orig))
        if sentence is None:
            raise
        raise UserError(sentence) from None
    except Exception as error:
        sentence = _sentence(str(error)) if type(error).__module__.startswith(("sqlite3", "sqlcipher3")) else None
        if sentence is None:
            raise
        raise UserError(sentence) from None


def _sentence(text: str) -> str | None:
    for words, sentence in (
        ("database is locked", "数据文件正被另一个程序占用，本次没有保存，请稍后再试。"),
        ("database or disk is full", "磁盘已满，本次没有保存；请腾出空间后再试。"),
        ("readonly database", "数据文件是只读的，本次没有保存。"),
        ("disk I/O error", "读写磁盘出错，本次没有保存；请检查磁盘后再试。"),
        ("unable to open database", "数据文件打不开，请检查它所在的文件夹。"),
        ("not a database", "数据文件已损坏，请从最近的备份恢复。"),
        ("malformed", "数据文件已损坏，请从最近的备份恢复。"),
    ):
        if words in text:
            return sentence
    return None
