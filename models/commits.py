"""Committing on a disk that fails at the last moment: whether it was saved is read from the file."""

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from models import files
from models.failures import UNCONFIRMED, UNKNOWN

_NEWEST = "SELECT id, hash FROM changes ORDER BY id DESC LIMIT 1"
# SQLITE_IOERR_FSYNC and _TRUNCATE: the changes may stand in the file by then; of an encrypted file only the first part,
# SQLITE_IOERR, is told.
_AT_THE_END = (1034, 1546, 10)


def commit(connection: Any, module: ModuleType, reopen: Callable[[], Any], journal: Path) -> str:
    """Commits the transaction of a driver's connection; raises what the driver tells when nothing was saved.

    Where the disk fails behind the point at which the changes stand in the file, saying that they were not saved would
    have them entered twice: then, or where nobody can tell, the answer is the sentence to be said. Else it is "".
    """
    newest = connection.execute(_NEWEST).fetchone()
    try:
        connection.execute("COMMIT")
    except module.Error as error:
        with suppress(module.Error):  # it is mostly rolled back already
            connection.execute("ROLLBACK")
        stands = _stands(newest, module, reopen)
        made = newest is not None  # else its tables are only being made: there is nothing that could be entered twice
        if stands is None and made and getattr(error, "sqlite_errorcode", _AT_THE_END[0]) in _AT_THE_END:
            return UNKNOWN
        if not stands:
            raise
        return "" if _is_confirmed(journal) else UNCONFIRMED
    return ""


def _stands(newest: Any, module: ModuleType, reopen: Callable[[], Any]) -> bool | None:
    """Whether the newest line of the trail is what another connection reads from the file; None where it reads nothing.

    A journal that is left is played back by that.
    """
    try:
        with closing(reopen()) as connection:
            return bool(connection.execute(_NEWEST).fetchone() == newest)
    except module.Error:
        return None


def _is_confirmed(journal: Path) -> bool:
    try:
        files.flush(journal)
    except OSError:
        return False
    return True
