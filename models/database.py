"""The data file: opening it, plain or encrypted, and the only two doors to it, `reading()` and `writing()`."""

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import ModuleType
from typing import Any
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool, QueuePool

from models import audit, commits, files, keys, leftovers, recovery, slots
from models.base import Base
from models.errors import DamagedError, ReadOnlyError, UserError
from models.failures import DAMAGED, elsewhere, translated
from models.keys import PLAIN_HEAD, SALT_BYTES, FileKey
from models.migrations import SCHEMA
from models.slots import Person, Slot

APPLICATION_ID = 0x5A425454
PAGE_BYTES = 4096
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
_WRONG = "密码不对，请重新输入。如果确信没有输错，可能是文件的开头损坏了，请从备份恢复。"
_DISORDERED = "数据文件的结构已损坏，请从最近的备份恢复。"
Clock = Callable[[], datetime]


class PasswordNeededError(UserError):
    """The file is encrypted and no password was given."""


class WrongPasswordError(UserError):
    """The password is not that of the file."""


def utc_now() -> datetime:
    """The moment that audit lines carry."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Home:
    """Where a session's data file lies and whether it is encrypted; every session carries it in `info["home"]`."""

    path: Path
    encrypted: bool


class Database:
    """One open data file; `actor` is who makes the changes, as the audit lines name them."""

    def __init__(
        self, path: Path, key: FileKey | None, actor: str, clock: Clock = utc_now, read_only: bool = False
    ) -> None:
        self.path = path
        self.key = key
        self.actor = actor.encode(errors="replace").decode()
        self.clock = clock
        self.read_only = read_only
        self._driver = driver(encrypted=key is not None)
        self._engine = create_engine(
            "sqlite://",
            creator=self.connect,
            hide_parameters=True,  # an error of the file quotes no member
            module=self._driver,
            poolclass=QueuePool,
            pool_size=3,
            max_overflow=5,
        )
        event.listen(self._engine, "begin", _say_begin)
        event.listen(self._engine, "commit", self._commit)
        self._committed = ""  # what is to be said of the last commit, where the disk failed in it
        self._write_engine = self._engine.execution_options(writing=True)
        self._identity = files.identity(path)

    @property
    def encrypted(self) -> bool:
        return self.key is not None

    @property
    def person(self) -> Person | None:
        """Who opened the file with a password of their own; None with the file's own password or without one."""
        return self.key.person if self.key is not None else None

    @classmethod
    def create(
        cls,
        path: Path,
        password: str | None = None,
        actor: str = "",
        clock: Clock = utc_now,
        begin: Callable[["Database"], None] | None = None,
    ) -> "Database":
        """Makes a new data file with its tables; refuses a path where something stands already.

        What `begin` writes is in the file before it gets its name: it is there with all of it or not at all.
        """
        files.require_free(path)
        aside = files.aside_of(path)
        key = keys.new_key(password) if password else None
        try:
            with files.refusing(f"无法新建“{path}”"), translated(driver(encrypted=key is not None)):
                aside.touch(exist_ok=False)
                with closing(cls(aside, key, actor, clock)) as database:
                    database._make_tables()
                    if begin is not None:
                        begin(database)
                files.flush(aside)
                files.put_new(aside, path)
        finally:
            aside.unlink(missing_ok=True)
        return cls(path, key, actor, clock)

    @classmethod
    def open(
        cls,
        path: Path,
        password: str | None = None,
        actor: str = "",
        clock: Clock = utc_now,
        read_only: bool = False,
    ) -> "Database":
        """Opens a data file; UserError with a sentence when it is missing, damaged, newer or locked by a password.

        A file that cannot be written (a read-only medium) opens read-only, as with `read_only`. An older file is
        brought to the present schema first.
        """
        return cls.with_key(path, key_of(path, password), actor, clock, read_only)

    @classmethod
    def with_key(
        cls, path: Path, key: FileKey | None, actor: str = "", clock: Clock = utc_now, read_only: bool = False
    ) -> "Database":
        """Opens a data file whose key is known, for a copy of an open one; otherwise as `open`."""
        writable = os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)
        if key is not None and key.person is not None:
            actor, writable = key.person.name, writable and key.person.may_write
        database = cls(path, key, actor, clock, read_only or not writable)
        try:
            with translated(database._driver):
                schema = database._schema()
                if not database.read_only:
                    leftovers.clear(path.parent)
                if schema < SCHEMA:
                    database._bring_up()
                database._require_tables()
        except BaseException:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Closes every connection and clears away the empty journal that would otherwise stay beside the file."""
        self._engine.dispose()
        if not self.read_only and self.key is not None and self.path.exists():
            # What was saved may have written over the slots; those beside the file serve until the next closing.
            with suppress(UserError, OSError):
                put_slots(self.path, self.key)
        if not self.read_only and self.path.with_name(f"{self.path.name}-journal").exists():
            # Without it the file is as sound; SQLite itself removes it, and only if nobody else is writing.
            with suppress(self._driver.Error), closing(self.connect()) as connection:
                connection.execute("PRAGMA busy_timeout=0")
                connection.execute("PRAGMA journal_mode=DELETE")

    def rest(self) -> None:
        """Closes the connections that wait for their next use, so that none of them holds a lock on the file."""
        self._engine.dispose()

    def connect(self) -> Any:
        """A new connection of the driver with key and settings applied (for backups too)."""
        return connect(self.path, self.key, self.read_only)

    def scrub(self) -> None:
        """Writes the file anew in its place, so that nothing stays where something was removed.

        Needs as much free room beside the file as it has; UserError when that fails, with the file as it was.
        """
        with translated(self._driver), closing(self.connect()) as connection:
            connection.execute("VACUUM")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that only reads; it sees one moment of the file."""
        with (
            self._told(),
            Session(self._engine, autoflush=False, expire_on_commit=False, info=self._info) as session,
        ):
            self._begin(session)
            yield session

    @contextmanager
    def writing(self, title: str) -> Iterator[Session]:
        """A session whose changes are saved together under `title` with their audit lines, or not at all."""
        with self._changing() as session:
            yield session
            audit.finish(session, actor=self.actor, title=title, at=self.clock())
            session.commit()
        if self._committed:
            self._engine.dispose()
            raise UserError(self._committed)

    @contextmanager
    def trying(self) -> Iterator[Session]:
        """A session that may change anything and is rolled back at the end (previews, dry runs)."""
        with self._changing() as session:
            yield session
            session.rollback()

    @contextmanager
    def _changing(self) -> Iterator[audit.AuditedSession]:
        if self.read_only:
            raise ReadOnlyError
        with (
            self._told(saving=True),
            audit.AuditedSession(self._write_engine, expire_on_commit=False, info=self._info) as session,
        ):
            try:
                self._begin(session, saving=True)
                yield session
            except BaseException:
                session.rollback()  # closing alone would not tell those who listen
                raise

    @contextmanager
    def _told(self, saving: bool = False) -> Iterator[None]:
        """Errors as sentences; no connection is used again after one: an encrypted one would go on failing."""
        try:
            with translated(self._driver, saving):
                yield
        except UserError as error:
            if isinstance(error.__cause__, DBAPIError | self._driver.Error):
                self._engine.dispose()
            raise

    def _begin(self, session: Session, saving: bool = False) -> None:
        """Begins the transaction, and makes sure that the file at the path is still the one that was opened."""
        session.connection()
        if files.identity(self.path) != self._identity:
            raise elsewhere(saving)

    def _commit(self, connection: Connection) -> None:
        """Listens to the commit and does it before SQLAlchemy, which then finds nothing left to commit."""
        kept, journal = connection.connection.driver_connection, self.path.with_name(f"{self.path.name}-journal")
        self._committed = commits.commit(kept, self._driver, self.connect, journal)

    @property
    def _info(self) -> dict[Any, Any]:
        return {"home": Home(self.path, self.encrypted)}

    def _make_tables(self) -> None:
        with self._write_engine.begin() as connection:
            Base.metadata.create_all(connection)
            audit.protect(connection)
            connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
            connection.exec_driver_sql(f"PRAGMA user_version={SCHEMA}")

    def _schema(self) -> int:
        """The number of the file's schema; UserError when it is no data file of ours or a newer one."""
        with self._engine.connect() as connection:
            application = connection.exec_driver_sql("PRAGMA application_id").scalar_one()
            schema: int = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
        if application != APPLICATION_ID:
            raise DamagedError(f"“{self.path.name}”不是支部台账的数据文件。")
        if schema > SCHEMA:
            raise UserError(f"“{self.path.name}”由更新版本的程序保存，请先升级本程序再打开。")
        return schema

    def _bring_up(self) -> None:
        if self.read_only:
            raise UserError(f"“{self.path.name}”由旧版本的程序保存，需要升级，请把它复制到本机硬盘上再打开。")
        from models.migrations import upgrade

        self._engine.dispose()
        upgrade.bring_up(self.path, self._schema_engine)
        self._identity = files.identity(self.path)

    def _schema_engine(self, path: Path) -> Engine:
        """An engine over a file with this one's key, for changing its tables."""

        def unlinked() -> Any:
            connection = connect(path, self.key)
            # A table is changed by putting another in its place, which must not take the rows that name it along.
            connection.execute("PRAGMA foreign_keys=OFF")
            return connection

        engine = create_engine(
            "sqlite://", creator=unlinked, hide_parameters=True, module=self._driver, poolclass=NullPool
        )
        event.listen(engine, "begin", _say_begin)
        return engine.execution_options(writing=True)

    def _require_tables(self) -> None:
        with self._engine.connect() as connection:
            kept = set(connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'").scalars())
        if not set(Base.metadata.tables) <= kept:
            raise DamagedError(DAMAGED)


def put_slots(path: Path, key: FileKey, beside: bool = True) -> None:
    """Puts the slots that the tables of an encrypted file tell behind its last page, and `beside` it where wanted.

    Nothing of this process may be writing to the file: closing it here would let go of SQLite's locks.
    """
    with translated(driver(encrypted=True)), closing(connect(path, key)) as connection:
        connection.execute("BEGIN IMMEDIATE")  # nobody else adds pages meanwhile
        rows = connection.execute("SELECT name, role, salt, wrapping FROM key_holders ORDER BY id").fetchall()
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        kept = [Slot(Person(name, role), bytes.fromhex(wrapping)) for name, role, _salt, wrapping in rows]
        page = slots.page_of(bytes.fromhex(rows[0][2]), key.key, kept) if rows else None
        slots.put_behind(path, pages, page)
        if beside:
            slots.put_beside(path, page)
        connection.execute("ROLLBACK")


def damage(session: Session) -> list[str]:
    """What SQLite and the cipher find wrong with the file of a session, a sentence each; empty when it is sound."""
    home: Home = session.info["home"]
    connection: Any = session.connection().connection.driver_connection
    found = _damage(connection, home.encrypted)
    return found or ([] if _has_columns(connection) else [_DISORDERED])


def _has_columns(connection: Any) -> bool:
    """Whether every table has the columns by which it is read: a bit of a name may have turned."""
    kept = set(
        connection.execute(
            "SELECT known.name, info.name FROM sqlite_master AS known, pragma_table_info(known.name) AS info"
        )
    )
    return {(table.name, column.name) for table in Base.metadata.sorted_tables for column in table.columns} <= kept


def damage_of(path: Path, key: FileKey | None) -> list[str]:
    """The same of a file that nobody has open, whatever its schema; the file is only read."""
    try:
        with translated(driver(encrypted=key is not None)), closing(connect(path, key, read_only=True)) as connection:
            if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
                return [f"“{path.name}”不是支部台账的数据文件。"]
            return _damage(connection, key is not None)
    except UserError as error:
        return [str(error)]


def _damage(connection: Any, encrypted: bool) -> list[str]:
    found = []
    if encrypted and not _deciphers(connection):
        found.append("数据文件的加密校验没有通过，文件内容已损坏，请从最近的备份恢复。")
    if connection.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
        found.append(_DISORDERED)
    elif connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
        found.append("数据文件里有记录指向不存在的记录，请从最近的备份恢复。")
    return found


def _deciphers(connection: Any) -> bool:
    """Whether every page is what the cipher wrote; behind the last one the slots may stand, which it did not."""
    told = [line for (line,) in connection.execute("PRAGMA cipher_integrity_check")]
    behind = connection.execute("PRAGMA page_count").fetchone()[0] + 1
    return set(told) <= {f"HMAC verification failed for page {behind}"}


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


def recrypt(path: Path, key: FileKey | None, aside: Path, wanted: FileKey | None) -> None:
    """Copies the file at `path` into the empty file `aside` under another key, or under none; `path` is only read."""
    module = driver(encrypted=True)
    address = f"{_uri(path)}?mode=ro"
    with translated(module), closing(module.connect(address, uri=True, isolation_level=None)) as connection:
        if key is not None:
            prepare(connection, key)
        kept = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")}
        spelt = f'"{wanted.pragma}"' if wanted is not None else "''"
        connection.execute(f"ATTACH DATABASE ? AS target KEY {spelt}", (f"{_uri(aside)}?mode=rw",))
        connection.execute("SELECT sqlcipher_export('target')").fetchall()
        for name, value in kept.items():
            connection.execute(f"PRAGMA target.{name}={value}")
        connection.execute("DETACH DATABASE target")


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


def _key_by(password: str, path: Path, head: bytes, end: bytes) -> FileKey:
    """The key that a password gives: the file's own, a person's, or the code of the recovery sheet."""
    key = keys.key_for(password, head)
    if key.salt == head:
        return key
    written = recovery.key_in(password)
    if written is not None:
        if not keys.fits(written, head):
            raise WrongPasswordError("这份恢复单不是这个文件的；换过密码以后，要用换密码时打印的那一份。")
        return FileKey(written, head)
    for page in slots.pages_for(path, end):
        opened = page.opened(keys.wrapping_key(password, page.salt))
        if opened is not None and keys.fits(opened[0], head):
            return FileKey(opened[0], head, opened[1])
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


def _uri(path: Path) -> str:
    """The path as SQLite reads it in a URI: file:///home/…, file:///D:/… or file:////server/share/…."""
    absolute = quote(path.absolute().as_posix(), safe="/:", errors="surrogateescape")
    return f"file://{'' if absolute.startswith('/') else '/'}{absolute}"


def _say_begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
