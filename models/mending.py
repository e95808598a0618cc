"""A data file that is damaged: the newest backup that is good takes its place, and the damaged file is put aside."""

import secrets
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models import attachments, backups, files, manifests, since
from models.database import Database
from models.errors import UserError
from models.keys import FileKey
from models.ledgers import rehearsal
from models.ledgers.rehearsal import Figure
from models.manifests import Backup
from models.since import Later


@dataclass(frozen=True)
class Offer:
    """A good backup beside the damaged file: what it holds, and what was done after it as far as that can be read.

    `figures` are empty where its password is not known; `later` is None where the damaged file does not tell;
    `written` is when that was last written (local time).
    """

    backup: Backup
    figures: tuple[Figure, ...]
    later: Mapping[str, Later] | None
    written: datetime


@dataclass(frozen=True)
class Mended:
    """How it ended: where the damaged file lies now, and the stored names of scans that no backup has."""

    aside: Path
    missing: tuple[str, ...]


def newest_good(path: Path, folders: Iterable[Path]) -> Backup | None:
    """The newest backup of the data file at `path` that still is what was verified; one that the books agreed in first.

    Backups of a file of the same name that lay elsewhere are not looked at: they may be of another branch.
    """
    origin = manifests.origin_of(path)
    found = [each for folder in folders for each in backups.backups_in(folder, path.stem) if each.origin == origin]
    for backup in sorted(found, key=lambda each: (each.sound, each.made_at), reverse=True):
        if not backup.whole:
            continue
        try:
            backups.verify(backup.path)
        except UserError:
            continue
        return backup
    return None


def offer(path: Path, backup: Backup, key: FileKey | None, readable: bool) -> Offer:
    """Lays the backup beside the damaged file at `path`; both are only read, and only where they are `readable`.

    They are not where they are encrypted and `key` is not known.
    """
    figures: tuple[Figure, ...] = ()
    later = None
    if readable:
        try:
            with closing(Database.with_key(backup.path, key, read_only=True)) as kept, kept.reading() as session:
                figures = tuple(rehearsal.figures(session))
        except UserError:
            figures = ()  # of an older version, or under another password: it can be brought back all the same
        try:
            with closing(Database(path, key, "", read_only=True)) as damaged, damaged.reading() as session:
                later = since.later(session, backup.anchor)
        except UserError:
            later = None  # it does not tell any more
    with files.refusing(f"“{path.name}”读不出来"):
        written = datetime.fromtimestamp(path.stat().st_mtime).astimezone()
    return Offer(backup, figures, later, written)


def go_on_with(backup: Path, path: Path, now: datetime) -> Mended:
    """Puts a backup in the place of the damaged file at `path`, which stays beside it as “…损坏-日期”.

    At each moment the damaged file or the restored one stands at `path`. What is left of a journal goes with the
    damaged file: it would spoil the other.
    """
    restored = files.aside_of(path)
    missing = backups.restore(backup, restored)
    aside = _free_name(path, f"{path.stem}.损坏-{now:%Y-%m-%d}")
    try:
        with files.refusing(f"没有用备份换下“{path.name}”，损坏的文件没有动"):
            files.keep(path, aside)
            for ending in files.JOURNALS:
                left = path.with_name(path.name + ending)
                if left.exists():
                    left.replace(aside.with_name(aside.name + ending))
            files.put(restored, path)
    finally:
        restored.unlink(missing_ok=True)
    return Mended(aside, missing)


def mend_scans(database: Database, folder: Path) -> int:
    """Takes scans that are missing or damaged beside an open file from the backups' `folder`; answers how many."""
    mended, own, kept = 0, attachments.folder_of(database.path), folder / attachments.FOLDER
    with database.reading() as session:
        scans = attachments.everything(session)
    for scan in scans:
        try:
            attachments.content_of(scan, own)
        except UserError:
            mended += _bring(scan, kept, own)
    return mended


def _bring(scan: attachments.Attachment, kept: Path, own: Path) -> bool:
    """Whether a scan's file was put back; a damaged one stays under another name."""
    try:
        attachments.content_of(scan, kept)
    except UserError:
        return False
    with files.refusing(f"附件“{scan.name}”没有从备份里找回"):
        own.mkdir(exist_ok=True)
        target = own / scan.stored
        if target.exists():
            target.replace(target.with_name(f"{target.name}.damaged-{secrets.token_hex(4)}"))
        files.write(target, (kept / scan.stored).read_bytes())
    return True


def _free_name(path: Path, stem: str) -> Path:
    found = path.with_name(f"{stem}{path.suffix}")
    return found if not found.exists() else path.with_name(f"{stem}-{secrets.token_hex(2)}{path.suffix}")
