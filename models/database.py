"""The data file: opening it, plain or encrypted, and the only two doors to it, `reading()` and `writing()`."""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from models import audit, commits, engines, files, keys, leftovers
from models.base import Base
from models.connections import connect, driver
from models.errors import DamagedError, ReadOnlyError, UserError
from models.failures import DAMAGED, elsewhere, translated
from models.keys import FileKey
from models.migrations import SCHEMA
from models.slots import Person
from models.unlocking import key_of, put_slots

APPLICATION_ID = 0x5A425454
Clock = Callable[[], datetime]


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
        self.was_made = False  # whether it was made just now, and no backup can hold it
        self.was_brought_up = False  # whether it was of an older schema when it was opened
        self._driver = driver(encrypted=key is not None)
        self._engine = engines.engine(self._driver, self.connect)
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

    @property
    def opened_by_code(self) -> bool:
        """Whether the code of the recovery sheet opened the file: its password may be forgotten."""
        return self.key is not None and self.key.by_code

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
        made = cls(path, key, actor, clock)
        made.was_made = True
        return made

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
            if isinstance(error, DamagedError) and files.identity(self.path) != self._identity:
                raise elsewhere(saving) from error  # sound, but under another key
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
        self.was_brought_up = True

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


def _say_begin(connection: Connection) -> None:
    writing = connection.get_execution_options().get("writing", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
