"""Backups that were made before a data file had a password: whoever has one reads it."""

from collections.abc import Sequence
from pathlib import Path

from models import backups, files, manifests
from models.database import Database
from models.keys import PLAIN_HEAD
from models.manifests import Backup, manifest_of


def made_before(path: Path, folders: Sequence[Path]) -> Sequence[Backup]:
    """The backups in these folders of the data file at `path` that are not encrypted; OSError where one is not read."""
    origin = manifests.origin_of(path)
    return [
        backup
        for folder in dict.fromkeys(folders)
        for backup in backups.backups_in(folder)
        if backup.origin == origin and _is_plain(backup.path)
    ]


def replace(database: Database, folders: Sequence[Path]) -> int:
    """Makes a verified backup of the encrypted file in each folder and only then removes those not encrypted there.

    Answers how many went; UserError when a backup is not made, and then nothing of its folder has gone.
    """
    assert database.encrypted
    gone = 0
    for folder in dict.fromkeys(folders):
        old = made_before(database.path, [folder])
        if old:
            backups.make(database, folder)
            with files.refusing("没有加密的备份没有全部删掉"):
                for backup in old:
                    backup.path.unlink(missing_ok=True)
                    manifest_of(backup.path).unlink(missing_ok=True)
                    gone += 1
    return gone


def _is_plain(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(PLAIN_HEAD)) == PLAIN_HEAD
