"""Verified backups: made aside, read back, and only then counted; thinned by age; restored under a new name."""

import json
import shutil
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from models import attachments, files, trail
from models.database import Database, connect, damage
from models.errors import UserError
from models.trail import Anchor

ENDING, MANIFEST = ".zbbak", ".json"
_KEPT_ALL = timedelta(hours=48)
_SCHEDULE = ((14, "%Y-%m-%d"), (8, "%G-%V"), (24, "%Y-%m"))  # newest of each of so many days, weeks, months


@dataclass(frozen=True)
class Backup:
    """A backup that was verified: its file, when it was made (local time), its SHA-256 and the head of its trail."""

    path: Path
    made_at: datetime
    digest: str
    anchor: Anchor
    source: str


def make(database: Database, folder: Path) -> Backup:
    """Makes a backup of an open data file in `folder` and verifies it; UserError when either fails.

    The copy has the same key as the file. It counts, with its manifest beside it, only once it was read back.
    """
    made_at = database.clock().astimezone()
    stem = f"{database.path.stem}-{made_at:%Y%m%d-%H%M%S-%f}"
    path = folder / f"{stem}{ENDING}"
    aside = files.aside_of(path)
    with files.refusing(f"备份没有做成，写不进“{folder}”"):
        folder.mkdir(parents=True, exist_ok=True)
        aside.touch(exist_ok=False)
        try:
            with closing(database.connect()) as source, closing(connect(aside, database.key)) as target:
                source.backup(target)
            anchor = _read_back(aside, database)
            _keep_attachments(database, folder)
            backup = Backup(path, made_at, files.digest(aside), anchor, database.path.name)
            files.flush(aside)
            files.put_new(aside, path)
            files.write(_manifest_of(path), _manifest(backup))
        finally:
            aside.unlink(missing_ok=True)
            for ending in files.JOURNALS:
                aside.with_name(aside.name + ending).unlink(missing_ok=True)
    thin(folder, database.path.stem, made_at)
    return backup


def _read_back(path: Path, database: Database) -> Anchor:
    with closing(Database.with_key(path, database.key)) as copy, copy.reading() as session:
        found = damage(session)
        if found or trail.break_in_chain(session) is not None:
            raise UserError("备份没有通过核验，没有采用；以前的备份不受影响。")
        return trail.anchor(session)


def _keep_attachments(database: Database, folder: Path) -> None:
    """Copies the scans that the folder does not hold yet; a scan never changes under its name."""
    source = attachments.folder_of(database.path)
    if not source.is_dir():
        return
    target = folder / attachments.FOLDER
    target.mkdir(exist_ok=True)
    for scan in source.iterdir():
        if scan.is_file() and not (target / scan.name).exists():
            aside = files.aside_of(target / scan.name)
            shutil.copyfile(scan, aside)
            files.flush(aside)
            files.put(aside, target / scan.name)


def _manifest_of(path: Path) -> Path:
    return path.with_suffix(MANIFEST)


def _manifest(backup: Backup) -> bytes:
    told = {
        "file": backup.path.name,
        "source": backup.source,
        "made_at": backup.made_at.isoformat(),
        "sha256": backup.digest,
        "trail_length": backup.anchor.length,
        "trail_head": backup.anchor.head,
    }
    return json.dumps(told, ensure_ascii=False, indent=1).encode()


def backups_in(folder: Path, stem: str | None = None) -> list[Backup]:
    """The backups in a folder that have a manifest, the newest first; of one data file when `stem` is given."""
    found = []
    for path in folder.glob(f"*{ENDING}") if folder.is_dir() else ():
        backup = _told(path)
        if backup is not None and (stem is None or Path(backup.source).stem == stem):
            found.append(backup)
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def _told(path: Path) -> Backup | None:
    try:
        told = json.loads(_manifest_of(path).read_text(encoding="utf-8"))
        anchor = Anchor(int(told["trail_length"]), str(told["trail_head"]))
        return Backup(path, datetime.fromisoformat(told["made_at"]), told["sha256"], anchor, told["source"])
    except (OSError, ValueError, KeyError, TypeError):
        return None  # a copy without its manifest was never verified


def anchors(folder: Path, stem: str) -> list[tuple[str, Anchor]]:
    """The states of the trail that the backups of a data file remember, for `checks.check`."""
    return [(f"{backup.made_at:%Y-%m-%d %H:%M} 的备份", backup.anchor) for backup in backups_in(folder, stem)]


def verify(path: Path) -> None:
    """UserError unless the backup is byte for byte what its manifest says; a copy without one passes to be opened."""
    if not path.is_file():
        raise UserError(f"找不到备份“{path}”。")
    told = _told(path)
    if told is not None and files.digest(path) != told.digest:
        raise UserError(f"备份“{path.name}”的内容与做备份时不同，已损坏，请换一个备份。")


def restore(backup: Path, target: Path, password: str | None = None) -> None:
    """Brings a backup back under a new name; refuses a name that is taken and a backup that is damaged.

    An encrypted backup is read back with `password` when it is given; without it only its fingerprint is compared.
    """
    verify(backup)
    files.require_free(target)
    aside = files.aside_of(target)
    with files.refusing(f"没有恢复成“{target}”"):
        try:
            shutil.copyfile(backup, aside)
            files.flush(aside)
            _open_restored(aside, password, told=_told(backup) is not None)
            files.put_new(aside, target)
        finally:
            aside.unlink(missing_ok=True)
        scans = backup.parent / attachments.FOLDER
        if scans.is_dir():
            shutil.copytree(scans, attachments.folder_of(target), dirs_exist_ok=True)


def _open_restored(path: Path, password: str | None, told: bool) -> None:
    from models.database import PasswordNeededError

    try:
        restored = Database.open(path, password)
    except PasswordNeededError:
        if told:
            return  # its fingerprint was right; nobody needs to know the password to bring it back
        raise
    with closing(restored), restored.reading() as session:
        problems = damage(session)
    if problems:
        raise UserError(f"备份已损坏：{problems[0]}")


def thin(folder: Path, stem: str, now: datetime) -> Sequence[Path]:
    """Removes backups of a data file that the schedule no longer keeps; the newest always stays."""
    found = backups_in(folder, stem)
    kept = {backup.path for backup in found if now - backup.made_at <= _KEPT_ALL} | {b.path for b in found[:1]}
    for number, form in _SCHEDULE:
        newest: dict[str, Path] = {}
        for backup in found:
            newest.setdefault(backup.made_at.strftime(form), backup.path)
        kept.update(list(newest.values())[:number])
    gone = [backup.path for backup in found if backup.path not in kept]
    for path in gone:
        path.unlink(missing_ok=True)
        _manifest_of(path).unlink(missing_ok=True)
    return gone
