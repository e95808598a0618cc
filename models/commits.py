"""Committing on a disk that fails at the last moment: whether it was saved is read from the file."""

from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from types import ModuleType
from typing import Any

from models import files

_NEWEST = "SELECT id, hash FROM changes ORDER BY id DESC LIMIT 1"


def commit(connection: Any, module: ModuleType, reopen: Callable[[], Any], journal: Path) -> bool:
    """Commits the transaction of a driver's connection; raises what the driver tells when nothing was saved.

    Where the disk fails behind the point at which the changes stand in the file, saying that they were not saved would
    have them entered twice: then the answer is whether the disk has confirmed them when asked once more.
    """
    newest = connection.execute(_NEWEST).fetchone()
    try:
        connection.execute("COMMIT")
    except module.Error:
        with suppress(module.Error):  # it is mostly rolled back already
            connection.execute("ROLLBACK")
        if not _stands(newest, module, reopen):
            raise
        return _is_confirmed(journal)
    return True


def _stands(newest: Any, module: ModuleType, reopen: Callable[[], Any]) -> bool:
    """Whether the newest line of the trail is what another connection reads from the file too."""
    try:
        with closing(reopen()) as connection:
            return bool(connection.execute(_NEWEST).fetchone() == newest)
    except module.Error:
        return False


def _is_confirmed(journal: Path) -> bool:
    try:
        files.flush(journal)
    except OSError:
        return False
    return True
