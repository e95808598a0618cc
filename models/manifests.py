"""What is written down beside each backup, so that it can be trusted, thinned and brought back without being opened."""

import hashlib
import json
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from models import filenames, files
from models.audit import Anchor

ENDING, MANIFEST = ".zbbak", ".json"
_AS_IT_IS = "surrogateescape"
_LONGEST = 16 * 2**20  # bytes of a manifest; one that names a hundred thousand scans has four


@dataclass(frozen=True)
class Backup:
    """A backup that was read back: its file, when it was made (local time), its SHA-256, the head of its trail.

    `source` is the name of the data file and `origin` a mark of where it lay; `scans` are the stored names of its
    attachments and `missing` those that could not be copied. `sound` says that trail and tables agreed, `whole` that
    the file still has its size.
    """

    path: Path
    made_at: datetime
    digest: str
    anchor: Anchor
    source: str
    origin: str = ""
    size: int = 0
    sound: bool = True
    whole: bool = True
    scans: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def origin_of(path: Path) -> str:
    """A mark of a data file by where it lies, which tells nothing of the place."""
    return hashlib.sha256(os.fsencode(os.path.realpath(path))).hexdigest()[:16]


def manifest_of(path: Path) -> Path:
    """Where the manifest of a backup stands."""
    return path.with_suffix(MANIFEST)


def write(backup: Backup) -> None:
    """Puts the manifest beside where the backup is or will be."""
    told = {
        "file": backup.path.name,
        "source": backup.source,
        "origin": backup.origin,
        "made_at": backup.made_at.isoformat(),
        "sha256": backup.digest,
        "size": backup.size,
        "trail_length": backup.anchor.length,
        "trail_head": backup.anchor.head,
        "sound": backup.sound,
        "scans": backup.scans,
        "missing": backup.missing,
    }
    # A file name need not be proper text.
    files.write(manifest_of(backup.path), json.dumps(told, ensure_ascii=False, indent=1).encode(errors=_AS_IT_IS))


def read(path: Path) -> Backup | None:
    """What the manifest of the backup at `path` says; None where there is none, or none that can be read.

    It may come from anywhere: what is no file, is too long, or leads out of the folder of scans is no manifest.
    """
    try:
        told = json.loads(_text_of(manifest_of(path)))
        return Backup(
            path=path,
            made_at=datetime.fromisoformat(told["made_at"]).astimezone(),
            digest=str(told["sha256"]),
            anchor=Anchor(int(told["trail_length"]), str(told["trail_head"])),
            source=str(told["source"]),
            origin=str(told["origin"]),
            size=int(told["size"]),
            sound=bool(told["sound"]),
            whole=path.stat().st_size == told["size"],
            scans=_stored_names(told["scans"]),
            missing=_stored_names(told["missing"]),
        )
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def found_in(folder: Path, stem: str | None = None) -> list[Backup]:
    """The backups in a folder that were verified, the newest first; of data files of one name when `stem` is given."""
    told = (read(path) for path in folder.glob(f"*{ENDING}")) if folder.is_dir() else ()
    found = [backup for backup in told if backup and stem in (None, Path(backup.source).stem)]
    return sorted(found, key=lambda backup: backup.made_at, reverse=True)


def _text_of(path: Path) -> str:
    if not path.is_file():  # a pipe would be waited for without end
        raise FileNotFoundError(path)
    with path.open("rb") as file:
        content = file.read(_LONGEST + 1)
    if len(content) > _LONGEST:
        raise ValueError("too long")
    return content.decode(errors=_AS_IT_IS)


def _stored_names(told: list[object]) -> tuple[str, ...]:
    """The names of scans; ValueError for what could lead out of their folder."""
    names = tuple(str(name) for name in told)
    if not all(map(filenames.is_stored, names)):
        raise ValueError("no name of a scan")
    return names
