"""Whether a data file is sound: its pages, its structure, the columns by which it is read."""

from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from models.base import Base
from models.connections import connect, driver
from models.database import APPLICATION_ID, Home
from models.errors import UserError
from models.failures import translated
from models.keys import FileKey

_DISORDERED = "数据文件的结构已损坏，请从最近的备份恢复。"


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
