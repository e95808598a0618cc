"""Verified backups: made aside, read back, and only then counted; thinned by age; restored under a new name."""

import secrets
import shutil
from collections.abc import Iterable, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from models import attachments, filenames, files, leftovers, manifests, trail
from models.audit import Anchor
from models.connections import connect
from models.database import Database
from models.errors import UserError
from models.keys import SALT_BYTES
from models.manifests import ENDING, Backup, manifest_of
from models.rules import retention
from models.soundness import damage, damage_of
from models.unlocking import PasswordNeededError, key_of, put_slots

_ALIKE = 4  # so many equal bytes of sixteen are no chance


def make(database: Database, folder: Path) -> Backup:
    """Makes a backup of an open data file in `folder`, with its scans, and verifies it; UserError when either fails.

    The copy has the same key as the file. It gets its name only once it was read back: what fails leaves the folder as
    it was. Afterwards older backups of the same file are thinned.
    """
    attachments.tidy(database)
    made_at = database.clock().astimezone()
    path = _free_name(folder, f"{database.path.stem}-{made_at:%Y%m%d-%H%M%S}")
    aside = files.aside_of(path)
    with files.refusing(f"备份没有做成，写不进“{folder}”"):
        folder.mkdir(parents=True, exist_ok=True)
        leftovers.clear(folder)
        leftovers.clear(attachments.folder_of(path))
        try:
            anchor = _copy(database, aside)
            sound, scans = _read_back(database, aside, anchor)
            backup = Backup(
                path=path,
                made_at=made_at,
                digest=files.digest(aside),
                anchor=anchor,
                source=database.path.name,
                origin=manifests.origin_of(database.path),
                size=aside.stat().st_size,
                sound=sound,
                scans=tuple(scan.stored for scan in scans),
                missing=_keep_scans(scans, attachments.folder_of(database.path), attachments.folder_of(path)),
            )
            files.flush(aside)
            manifests.write(backup)
            files.put_new(aside, path)
        finally:
            for left in (aside, *(aside.with_name(aside.name + ending) for ending in files.JOURNALS)):
                left.unlink(missing_ok=True)
            if not path.exists():
                manifest_of(path).unlink(missing_ok=True)
    thin(folder, backup.origin, made_at)
    return backup


def _free_name(folder: Path, stem: str) -> Path:
    path = folder / f"{stem}{ENDING}"
    return path if not path.exists() else _free_name(folder, f"{stem}-{secrets.token_hex(2)}")


def _copy(database: Database, aside: Path) -> Anchor:
    """Copies the file as it is at one moment; answers the head of its trail at that moment."""
    aside.touch(exist_ok=False)
    with database.reading() as session, closing(connect(aside, database.key)) as target:
        anchor = trail.anchor(session)
        source = session.connection().connection.driver_connection
        assert source is not None
        source.backup(target)
    if database.key is not None:
        put_slots(aside, database.key, beside=False)
    return anchor


def _read_back(database: Database, aside: Path, expected: Anchor) -> tuple[bool, Sequence[attachments.Attachment]]:
    """Whether trail and tables of the copy agree, and its scans; UserError when it is not a sound copy at all."""
    with closing(Database.with_key(aside, database.key, read_only=True)) as copy, copy.reading() as session:
        if damage(session) or trail.anchor(session) != expected:
            raise UserError("备份没有通过核验，没有采用；以前的备份不受影响。请检查数据文件（检查数据）和磁盘。")
        sound = trail.break_in_chain(session) is None and next(trail.differences(session), None) is None
        scans = attachments.everything(session) if sound else ()
        return sound, [scan for scan in scans if filenames.is_stored(scan.stored)]  # a file may come from anywhere


def _keep_scans(scans: Iterable[attachments.Attachment], source: Path, target: Path) -> tuple[str, ...]:
    """Copies the scans that the folder does not hold yet; answers those that are missing or damaged."""
    missing = []
    for scan in scans:
        if not (target / scan.stored).exists():
            try:
                attachments.content_of(scan, source)
            except UserError:
                missing.append(scan.stored)
            else:
                _copy_scan(attachments.stored_file(scan.stored, source), target / scan.stored)
    return tuple(missing)


def _copy_scan(source: Path | None, target: Path) -> None:
    if source is None or target.exists():
        return
    target.parent.mkdir(exist_ok=True)
    aside = files.aside_of(target)
    try:
        shutil.copyfile(source, aside)
        files.flush(aside)
        files.put(aside, target)
    finally:
        aside.unlink(missing_ok=True)


def backups_in(folder: Path, stem: str | None = None) -> list[Backup]:
    """The backups in a folder that were verified, the newest first; of data files of one name when `stem` is given."""
    return manifests.found_in(folder, stem)


def anchors(folder: Path, path: Path) -> list[tuple[str, Anchor]]:
    """The states of the trail that the backups of the data file at `path` remember, for `checks.check`."""
    origin = manifests.origin_of(path)
    return [
        (f"{backup.made_at:%Y-%m-%d %H:%M} 的备份", backup.anchor)
        for backup in backups_in(folder)
        if backup.origin == origin
    ]


def with_sound_head(path: Path, folder: Path) -> Backup | None:
    """The newest backup of an encrypted file that shows the file's beginning to be damaged; None where none does.

    A new password changes all of a file's first bytes. Where some are still those of a backup, the others were spoilt:
    then no password opens the file. OSError where it cannot be read.
    """
    origin, head = manifests.origin_of(path), _head(path)
    for backup in backups_in(folder, path.stem):
        alike = sum(ours == theirs for ours, theirs in zip(head, _head(backup.path), strict=False))
        if backup.origin == origin and alike >= _ALIKE:
            return backup if alike < SALT_BYTES else None
    return None


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(SALT_BYTES)


def verify(path: Path) -> None:
    """UserError unless the backup is byte for byte what its manifest says; a copy without one passes to be opened."""
    if not path.is_file():
        raise UserError(f"找不到备份“{path}”。")
    told = manifests.read(path)
    with files.refusing(f"备份“{path.name}”读不出来"):
        if told is not None and files.digest(path) != told.digest:
            raise UserError(f"备份“{path.name}”的内容与做备份时不同，已损坏，请换一个备份。")


def restore(backup: Path, target: Path, password: str | None = None) -> tuple[str, ...]:
    """Brings a backup back under a new name; refuses a name that is taken and a backup that is damaged.

    An encrypted backup is read back with `password` when it is given; without it only its fingerprint is compared.
    Answers the stored names of scans that the backup should have and has not.
    """
    verify(backup)
    files.require_free(target)
    told = manifests.read(backup)
    aside = files.aside_of(target)
    with files.refusing(f"没有恢复成“{target}”"):
        try:
            shutil.copyfile(backup, aside)
            files.flush(aside)
            _read_restored(aside, backup, password, told is not None)
            missing = bring_scans(told, attachments.folder_of(backup), attachments.folder_of(target))
            files.put_new(aside, target)
        finally:
            aside.unlink(missing_ok=True)
    return missing


def duplicate(database: Database, target: Path) -> tuple[str, ...]:
    """Makes a verified copy of an open data file, with its scans, under a new name; otherwise as `restore`."""
    files.require_free(target)
    aside = files.aside_of(target)
    with files.refusing(f"没有复制成“{target}”"):
        try:
            return restore(make(database, aside).path, target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)


def _read_restored(aside: Path, backup: Path, password: str | None, told: bool) -> None:
    try:
        key = key_of(aside, password)
    except PasswordNeededError:
        if told:
            return  # its fingerprint was right; nobody needs to know the password to bring it back
        raise PasswordNeededError(f"“{backup.name}”设有密码，请提供密码后再恢复。") from None
    problems = damage_of(aside, key)
    if problems:
        raise UserError(f"备份“{backup.name}”不能用：{problems[0]}")


def bring_scans(told: Backup | None, source: Path, target: Path) -> tuple[str, ...]:
    """Copies the scans that the folder `target` does not hold yet, all of `source` where no manifest names them.

    Answers the stored names of those that should be there and are not.
    """
    if target.is_symlink():
        raise UserError(f"“{target}”是一个链接，扫描件会写到别处去，请换一个文件夹再恢复。")
    found = (scan.name for scan in source.glob("*.bin"))
    names = told.scans if told is not None else sorted(filter(filenames.is_stored, found))
    for name in names:
        _copy_scan(attachments.stored_file(name, source), target / name)
    return tuple(name for name in names if not (target / name).exists())


def thin(folder: Path, origin: str, now: datetime) -> Sequence[Path]:
    """Removes backups of one data file (by its mark) that are no longer kept for their age; answers what went.

    A backup whose trail and tables did not agree never takes the place of one whose did, nor does one that has changed
    its size; the newest of each kind always stays.
    """
    found = [backup for backup in backups_in(folder) if backup.origin == origin and backup.whole]
    gone = []
    for sound in (True, False):
        alike = {backup.made_at: backup.path for backup in found if backup.sound == sound}
        gone += [alike[moment] for moment in alike.keys() - retention.kept(alike, now)]
    for path in gone:
        with suppress(OSError):  # somebody looks at it just now: it goes the next time
            path.unlink(missing_ok=True)
            manifest_of(path).unlink(missing_ok=True)
    return sorted(gone)
